"""What changes several rows of the instrument: rounds, sheets, hand-in."""

from rechtencirkel.services.conversations import (
    ChecklistLine,
    accept,
    choose_questions,
    reopen,
    return_with_question,
    save_checklist,
)
from rechtencirkel.services.rounds import (
    DEFAULT_SERVICE,
    close_round,
    load_question_sets,
    open_round,
    publish,
)
from rechtencirkel.services.sheets import (
    LOCKED,
    SheetChangedError,
    hand_in,
    mark_read_back,
    save_first_change,
    save_page,
)

__all__ = [
    "DEFAULT_SERVICE",
    "LOCKED",
    "ChecklistLine",
    "SheetChangedError",
    "accept",
    "choose_questions",
    "close_round",
    "hand_in",
    "load_question_sets",
    "mark_read_back",
    "open_round",
    "publish",
    "reopen",
    "return_with_question",
    "save_checklist",
    "save_first_change",
    "save_page",
]
