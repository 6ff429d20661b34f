"""What changes several rows of the instrument: rounds, sheets, hand-in."""

from rechtencirkel.publishing import publish_answers, publish_due
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
    "SheetChangedError",
    "close_round",
    "hand_in",
    "load_question_sets",
    "mark_read_back",
    "open_round",
    "publish",
    "publish_answers",
    "publish_due",
    "save_first_change",
    "save_page",
]
