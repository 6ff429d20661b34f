"""What changes several rows of the instrument: rounds, sheets, hand-in."""

from rechtencirkel.services.redaction import (
    ROLES_THAT_REDACT,
    appoint_redactor,
    count_to_redact,
    may_withdraw,
    release,
    withdraw_quote,
    withhold,
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
    "ROLES_THAT_REDACT",
    "SheetChangedError",
    "appoint_redactor",
    "close_round",
    "count_to_redact",
    "hand_in",
    "load_question_sets",
    "mark_read_back",
    "may_withdraw",
    "open_round",
    "publish",
    "release",
    "save_first_change",
    "save_page",
    "withdraw_quote",
    "withhold",
]
