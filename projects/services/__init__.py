"""What changes several rows of the preparation, or must hold for every caller."""

from projects.services.matrix import remove_target_group
from projects.services.meetings import (
    Decided,
    MeetingChangedError,
    Recorded,
    delete_meeting,
    move_item,
    put_on_agenda,
    record_meeting,
    save_meeting,
)
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
    "Decided",
    "MeetingChangedError",
    "Recorded",
    "agree_planning",
    "change_role",
    "delete_meeting",
    "give_access",
    "invite_again",
    "load_municipalities",
    "move_item",
    "put_on_agenda",
    "record_meeting",
    "remove_target_group",
    "save_meeting",
    "start_project",
    "withdraw_access",
]
