"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.course import (
    change_phase,
    note_participation,
    use_opportunity,
)
from projects.services.estimates import give_estimate
from projects.services.matrix import remove_target_group
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
    "agree_planning",
    "change_phase",
    "change_role",
    "give_access",
    "give_estimate",
    "invite_again",
    "load_municipalities",
    "note_participation",
    "remove_target_group",
    "start_project",
    "use_opportunity",
    "withdraw_access",
]
