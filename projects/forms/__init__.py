"""The forms of the preparation, a module per subject.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from projects.forms.matrix import DecisionForm, PickForm, TargetGroupForm
from projects.forms.matrix_scores import (
    AgreedScoreForm,
    MatrixVersionForm,
    MemberScoresForm,
    OwnScoreForm,
    RoundCloseForm,
)
from projects.forms.memberships import MembershipCreateForm, MembershipForm
from projects.forms.planning import PlanningForm
from projects.forms.projects import ProjectCreateForm, ProjectForm
from projects.forms.seats import MemberEndForm, MemberForm, OrganisationForm

__all__ = [
    "AgreedScoreForm",
    "DecisionForm",
    "MatrixVersionForm",
    "MemberEndForm",
    "MemberForm",
    "MemberScoresForm",
    "MembershipCreateForm",
    "MembershipForm",
    "OrganisationForm",
    "OwnScoreForm",
    "PickForm",
    "PlanningForm",
    "ProjectCreateForm",
    "ProjectForm",
    "RoundCloseForm",
    "TargetGroupForm",
]
