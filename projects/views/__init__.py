"""The pages of the preparation, a module per subject."""

from projects.views.course import (
    course,
    opportunity_create,
    opportunity_delete,
    opportunity_edit,
    participation_edit,
    participation_list,
    phase_change,
)
from projects.views.estimates import (
    estimate_edit,
    estimate_list,
    estimate_record,
)
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
    membership_hand_over,
    membership_invite,
    membership_list,
)
from projects.views.partners import (
    partner_delete,
    partner_edit,
    partner_list,
    partner_suggest,
)
from projects.views.plannings import (
    planning,
    planning_create,
    planning_settle,
)
from projects.views.projects import (
    project_create,
    project_edit,
    project_list,
)
from projects.views.seats import (
    member_create,
    member_edit,
    member_end,
    member_invite,
    organisation_create,
    organisation_edit,
    responsibilities,
    steering_group,
)
from projects.views.votes import (
    planning_vote,
    planning_vote_record,
    vote_answer,
)

__all__ = [
    "course",
    "estimate_edit",
    "estimate_list",
    "estimate_record",
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
    "member_invite",
    "membership_create",
    "membership_delete",
    "membership_edit",
    "membership_hand_over",
    "membership_invite",
    "membership_list",
    "opportunity_create",
    "opportunity_delete",
    "opportunity_edit",
    "organisation_create",
    "organisation_edit",
    "participation_edit",
    "participation_list",
    "partner_delete",
    "partner_edit",
    "partner_list",
    "partner_suggest",
    "phase_change",
    "planning",
    "planning_create",
    "planning_settle",
    "planning_vote",
    "planning_vote_record",
    "project_create",
    "project_edit",
    "project_list",
    "responsibilities",
    "steering_group",
    "target_group_create",
    "target_group_decide",
    "target_group_delete",
    "target_group_edit",
    "target_group_matrix",
    "vote_answer",
]
