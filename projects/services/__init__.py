"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.matrix import (
    add_target_groups,
    agree_score,
    keep_matrix_version,
    open_matrix_round,
    read_matrix,
    remove_target_group,
    start_matrix_round,
)
from projects.services.matrix_scores import give_score, sheet_token, type_scores
from projects.services.planning import agree_planning
from projects.services.projects import (
    change_role,
    give_access,
    invite_again,
    load_municipalities,
    start_project,
    withdraw_access,
)

__all__ = [
    "add_target_groups",
    "agree_planning",
    "agree_score",
    "change_role",
    "give_access",
    "give_score",
    "invite_again",
    "keep_matrix_version",
    "load_municipalities",
    "open_matrix_round",
    "read_matrix",
    "remove_target_group",
    "sheet_token",
    "start_matrix_round",
    "start_project",
    "type_scores",
    "withdraw_access",
]
