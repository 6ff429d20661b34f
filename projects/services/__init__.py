"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.matrix import remove_target_group
from projects.services.planning import (
    answer_condition,
    cast_vote,
    feasibility_of,
    propose_planning,
    record_vote,
    settle_planning,
)
from projects.services.projects import (
    change_role,
    give_access,
    invite_again,
    load_municipalities,
    start_project,
    withdraw_access,
)

__all__ = [
    "answer_condition",
    "cast_vote",
    "change_role",
    "feasibility_of",
    "give_access",
    "invite_again",
    "load_municipalities",
    "propose_planning",
    "record_vote",
    "remove_target_group",
    "settle_planning",
    "start_project",
    "withdraw_access",
]
