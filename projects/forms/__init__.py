"""The forms of the preparation, a module per subject.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from projects.forms.course import (
    OpportunityForm,
    ParticipationForm,
    PhaseChangeForm,
)
from projects.forms.estimates import EstimateForm
from projects.forms.matrix import DecisionForm, TargetGroupForm
from projects.forms.memberships import MembershipCreateForm, MembershipForm
from projects.forms.planning import PlanningForm
from projects.forms.projects import ProjectCreateForm, ProjectForm
from projects.forms.seats import MemberEndForm, MemberForm, OrganisationForm

__all__ = [
    "DecisionForm",
    "EstimateForm",
    "MemberEndForm",
    "MemberForm",
    "MembershipCreateForm",
    "MembershipForm",
    "OpportunityForm",
    "OrganisationForm",
    "ParticipationForm",
    "PhaseChangeForm",
    "PlanningForm",
    "ProjectCreateForm",
    "ProjectForm",
    "TargetGroupForm",
]
