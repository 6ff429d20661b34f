"""The forms of the preparation, a module per subject.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from projects.forms.matrix import DecisionForm, TargetGroupForm
from projects.forms.memberships import MembershipCreateForm, MembershipForm
from projects.forms.planning import (
    AnswerForm,
    PlanningForm,
    RecordedVoteForm,
    StepForm,
    VoteForm,
    step_formset,
)
from projects.forms.projects import ProjectCreateForm, ProjectForm
from projects.forms.seats import MemberEndForm, MemberForm, OrganisationForm

__all__ = [
    "AnswerForm",
    "DecisionForm",
    "MemberEndForm",
    "MemberForm",
    "MembershipCreateForm",
    "MembershipForm",
    "OrganisationForm",
    "PlanningForm",
    "ProjectCreateForm",
    "ProjectForm",
    "RecordedVoteForm",
    "StepForm",
    "TargetGroupForm",
    "VoteForm",
    "step_formset",
]
