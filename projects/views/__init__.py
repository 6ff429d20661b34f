"""The pages of the preparation, a module per subject."""

from projects.views.matrix import (
    target_group_create,
    target_group_decide,
    target_group_delete,
    target_group_edit,
    target_group_matrix,
)
from projects.views.meetings import (
    meeting_agenda,
    meeting_calendar,
    meeting_create,
    meeting_delete,
    meeting_edit,
    meeting_item_delete,
    meeting_item_edit,
    meeting_item_move,
    meeting_list,
    meeting_record,
)
from projects.views.memberships import (
    membership_create,
    membership_delete,
    membership_edit,
    membership_invite,
    membership_list,
)
from projects.views.plannings import planning, planning_create
from projects.views.projects import project_create, project_edit, project_list
from projects.views.seats import (
    member_create,
    member_edit,
    member_end,
    organisation_create,
    organisation_edit,
    steering_group,
)

__all__ = [
    "meeting_agenda",
    "meeting_calendar",
    "meeting_create",
    "meeting_delete",
    "meeting_edit",
    "meeting_item_delete",
    "meeting_item_edit",
    "meeting_item_move",
    "meeting_list",
    "meeting_record",
    "member_create",
    "member_edit",
    "member_end",
    "membership_create",
    "membership_delete",
    "membership_edit",
    "membership_invite",
    "membership_list",
    "organisation_create",
    "organisation_edit",
    "planning",
    "planning_create",
    "project_create",
    "project_edit",
    "project_list",
    "steering_group",
    "target_group_create",
    "target_group_decide",
    "target_group_delete",
    "target_group_edit",
    "target_group_matrix",
]
