"""The pages of the rechtencirkel, split by subject."""

from rechtencirkel.views.circle import domain_detail, wheel
from rechtencirkel.views.conversations import (
    conversation_create,
    conversation_delete,
    conversation_detail,
    conversation_edit,
    conversation_hand_in,
    conversation_list,
    conversation_read_back,
)
from rechtencirkel.views.preparation import (
    conversation_checklist,
    conversation_questions,
)
from rechtencirkel.views.privacy import privacy_check
from rechtencirkel.views.problems import (
    problem_statement_create,
    problem_statement_detail,
    problem_statement_edit,
    problem_statement_list,
)
from rechtencirkel.views.reports import (
    conversation_accept,
    conversation_answer,
    conversation_reopen,
    conversation_return,
)
from rechtencirkel.views.rounds import (
    question_list,
    round_close,
    round_create,
    round_list,
)
from rechtencirkel.views.sheets import sheet_closing, sheet_edit, sheet_review

__all__ = [
    "conversation_accept",
    "conversation_answer",
    "conversation_checklist",
    "conversation_create",
    "conversation_delete",
    "conversation_detail",
    "conversation_edit",
    "conversation_hand_in",
    "conversation_list",
    "conversation_questions",
    "conversation_read_back",
    "conversation_reopen",
    "conversation_return",
    "domain_detail",
    "privacy_check",
    "problem_statement_create",
    "problem_statement_detail",
    "problem_statement_edit",
    "problem_statement_list",
    "question_list",
    "round_close",
    "round_create",
    "round_list",
    "sheet_closing",
    "sheet_edit",
    "sheet_review",
    "wheel",
]
