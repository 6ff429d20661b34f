"""What changes several rows of the instrument: rounds, sheets, hand-in, problems."""

from rechtencirkel.services.problem_ranking import (
    FEWEST_MEMBERS,
    RankingChangedError,
    choose_again,
    move_problem,
    save_top,
    settle_order,
    show_choices,
    sort_by_choices,
)
from rechtencirkel.services.problems import (
    Evidence,
    attach_evidence,
    evidence_of,
    remove_problem,
    shown_circles,
    shown_evidence,
    shown_scores,
    validate_problem,
    why_no_remark,
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
    "FEWEST_MEMBERS",
    "LOCKED",
    "Evidence",
    "RankingChangedError",
    "SheetChangedError",
    "attach_evidence",
    "choose_again",
    "close_round",
    "evidence_of",
    "hand_in",
    "load_question_sets",
    "mark_read_back",
    "move_problem",
    "open_round",
    "publish",
    "remove_problem",
    "save_first_change",
    "save_page",
    "save_top",
    "settle_order",
    "show_choices",
    "shown_circles",
    "shown_evidence",
    "shown_scores",
    "sort_by_choices",
    "validate_problem",
    "why_no_remark",
]
