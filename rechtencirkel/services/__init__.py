"""What changes several rows of the instrument: rounds, sheets, hand-in."""

from rechtencirkel.services.questions import (
    Wording,
    add_question,
    choose_questions,
    edit_question,
    has_answers,
    move_question,
    reset_question,
)
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
    "Wording",
    "add_question",
    "appoint_redactor",
    "choose_questions",
    "close_round",
    "count_to_redact",
    "edit_question",
    "hand_in",
    "has_answers",
    "load_question_sets",
    "mark_read_back",
    "may_withdraw",
    "move_question",
    "open_round",
    "publish",
    "release",
    "reset_question",
    "save_first_change",
    "save_page",
    "withdraw_quote",
    "withhold",
]
