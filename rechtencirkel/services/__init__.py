"""What changes several rows of the instrument: rounds, sheets, hand-in, links."""

from rechtencirkel.services.link_answers import (
    NOTHING_SAID,
    Sent,
    SheetGoneError,
    send_answers,
    settle,
    settle_all,
)
from rechtencirkel.services.links import (
    OpenSheet,
    close_link,
    create_link,
    find_sheet,
    secrets_of,
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
    "NOTHING_SAID",
    "OpenSheet",
    "Sent",
    "SheetChangedError",
    "SheetGoneError",
    "close_link",
    "close_round",
    "create_link",
    "find_sheet",
    "hand_in",
    "load_question_sets",
    "mark_read_back",
    "open_round",
    "publish",
    "save_first_change",
    "save_page",
    "secrets_of",
    "send_answers",
    "settle",
    "settle_all",
]
