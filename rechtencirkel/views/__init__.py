"""The pages of the rechtencirkel, split by subject."""

from rechtencirkel.views.answers import answer
from rechtencirkel.views.circle import domain_detail, wheel
from rechtencirkel.views.conversations import (
    conversation_create,
    conversation_delete,
    conversation_detail,
    conversation_edit,
    conversation_hand_in,
    conversation_hand_over,
    conversation_list,
    conversation_read_back,
    conversation_rename,
)
from rechtencirkel.views.device import device_page, device_state, service_worker
from rechtencirkel.views.findings import barrier_list, coverage, gap_list
from rechtencirkel.views.links import (
    link_close,
    link_create,
    link_detail,
    link_list,
)
from rechtencirkel.views.live import (
    live_ballot,
    live_phones,
    live_room,
    live_screen,
    live_show,
)
from rechtencirkel.views.live_votes import live_join, live_vote
from rechtencirkel.views.paper import paper_open
from rechtencirkel.views.photos import sheet_photo, sheet_photo_delete, sheet_photos
from rechtencirkel.views.preparation import (
    conversation_checklist,
    conversation_questions,
)
from rechtencirkel.views.privacy import privacy_check
from rechtencirkel.views.problem_ranking import (
    problem_rank,
    problem_rank_move,
    problem_rank_record,
    problem_rank_step,
)
from rechtencirkel.views.problems import (
    problem_statement_create,
    problem_statement_delete,
    problem_statement_detail,
    problem_statement_edit,
    problem_statement_list,
    problem_validate,
)
from rechtencirkel.views.questions import (
    question_choose,
    question_compare,
    question_create,
    question_edit,
    question_list,
    question_move,
    question_reset,
)
from rechtencirkel.views.redaction import (
    quote_withdraw,
    redaction_edit,
    redaction_list,
    redactor_edit,
)
from rechtencirkel.views.reports import (
    conversation_accept,
    conversation_answer,
    conversation_reopen,
    conversation_return,
)
from rechtencirkel.views.rounds import round_close, round_create, round_list
from rechtencirkel.views.sheet_files import (
    sheet_import,
    sheet_import_confirm,
    sheet_template_csv,
    sheet_template_xlsx,
)
from rechtencirkel.views.sheet_saving import sheet_save_fields
from rechtencirkel.views.sheets import sheet_closing, sheet_edit, sheet_review

__all__ = [
    "answer",
    "barrier_list",
    "conversation_accept",
    "conversation_answer",
    "conversation_checklist",
    "conversation_create",
    "conversation_delete",
    "conversation_detail",
    "conversation_edit",
    "conversation_hand_in",
    "conversation_hand_over",
    "conversation_list",
    "conversation_questions",
    "conversation_read_back",
    "conversation_rename",
    "conversation_reopen",
    "conversation_return",
    "coverage",
    "device_page",
    "device_state",
    "domain_detail",
    "gap_list",
    "link_close",
    "link_create",
    "link_detail",
    "link_list",
    "live_ballot",
    "live_join",
    "live_phones",
    "live_room",
    "live_screen",
    "live_show",
    "live_vote",
    "paper_open",
    "privacy_check",
    "problem_rank",
    "problem_rank_move",
    "problem_rank_record",
    "problem_rank_step",
    "problem_statement_create",
    "problem_statement_delete",
    "problem_statement_detail",
    "problem_statement_edit",
    "problem_statement_list",
    "problem_validate",
    "question_choose",
    "question_compare",
    "question_create",
    "question_edit",
    "question_list",
    "question_move",
    "question_reset",
    "quote_withdraw",
    "redaction_edit",
    "redaction_list",
    "redactor_edit",
    "round_close",
    "round_create",
    "round_list",
    "service_worker",
    "sheet_closing",
    "sheet_edit",
    "sheet_import",
    "sheet_import_confirm",
    "sheet_photo",
    "sheet_photo_delete",
    "sheet_photos",
    "sheet_review",
    "sheet_save_fields",
    "sheet_template_csv",
    "sheet_template_xlsx",
    "wheel",
]
