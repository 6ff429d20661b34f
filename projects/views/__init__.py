"""The pages of the preparation, a module per subject."""

from projects.views.matrix import (
    target_group_create,
    target_group_decide,
    target_group_delete,
    target_group_edit,
    target_group_matrix,
    target_group_pick,
)
from projects.views.matrix_scores import (
    matrix_cell_save,
    matrix_member_scores,
    matrix_score_save,
    matrix_scores,
    matrix_scores_save,
)
from projects.views.matrix_versions import (
    matrix_round_close,
    matrix_round_open,
    matrix_version_create,
    matrix_versions,
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
    "matrix_cell_save",
    "matrix_member_scores",
    "matrix_round_close",
    "matrix_round_open",
    "matrix_score_save",
    "matrix_scores",
    "matrix_scores_save",
    "matrix_version_create",
    "matrix_versions",
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
    "target_group_pick",
]
