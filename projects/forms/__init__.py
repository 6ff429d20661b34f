"""The forms of the preparation, a module per subject.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from projects.forms.course import (
    OpportunityForm,
    ParticipationForm,
    PhaseChangeForm,
)
from projects.forms.estimates import (
    EstimateForm,
)
from projects.forms.matrix import (
    DecisionForm,
    TargetGroupForm,
)
from projects.forms.memberships import (
    HandOverForm,
    MembershipCreateForm,
    MembershipForm,
)
from projects.forms.partners import (
    EngagementForm,
    PartnerForm,
)
from projects.forms.planning import (
    AnswerForm,
    PlanningForm,
    StepForm,
    VoteForm,
    step_formset,
)
from projects.forms.projects import (
    ProjectCreateForm,
    ProjectForm,
)
from projects.forms.seats import (
    MemberEndForm,
    MemberForm,
    MemberInviteForm,
    OrganisationForm,
    ResponsibilitiesForm,
)

__all__ = [
    "AnswerForm",
    "DecisionForm",
    "EngagementForm",
    "EstimateForm",
    "HandOverForm",
from projects.forms.matrix import DecisionForm, TargetGroupForm
from projects.forms.meetings import (
    AgendaForm,
    MeetingForm,
    MeetingItemForm,
    MeetingRecord,
)
from projects.forms.memberships import MembershipCreateForm, MembershipForm
from projects.forms.planning import PlanningForm
from projects.forms.projects import ProjectCreateForm, ProjectForm
from projects.forms.seats import MemberEndForm, MemberForm, OrganisationForm

__all__ = [
    "AgendaForm",
    "DecisionForm",
    "MeetingForm",
    "MeetingItemForm",
    "MeetingRecord",
    "MemberEndForm",
    "MemberForm",
    "MemberInviteForm",
    "MembershipCreateForm",
    "MembershipForm",
    "OpportunityForm",
    "OrganisationForm",
    "ParticipationForm",
    "PartnerForm",
    "PhaseChangeForm",
    "PlanningForm",
    "ProjectCreateForm",
    "ProjectForm",
    "ResponsibilitiesForm",
    "StepForm",
    "TargetGroupForm",
    "VoteForm",
    "step_formset",
]
