"""The pages of the rechtencirkel, split by subject."""

from rechtencirkel.views.answers import answer
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
from rechtencirkel.views.links import (
    link_close,
    link_create,
    link_detail,
    link_list,
    written_answer_list,
)
from rechtencirkel.views.problems import (
    problem_statement_create,
    problem_statement_detail,
    problem_statement_edit,
    problem_statement_list,
)
from rechtencirkel.views.rounds import (
    question_list,
    round_close,
    round_create,
    round_list,
)
from rechtencirkel.views.sheets import sheet_closing, sheet_edit, sheet_review

__all__ = [
    "answer",
    "conversation_create",
    "conversation_delete",
    "conversation_detail",
    "conversation_edit",
    "conversation_hand_in",
    "conversation_list",
    "conversation_read_back",
    "domain_detail",
    "link_close",
    "link_create",
    "link_detail",
    "link_list",
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
    "written_answer_list",
]
