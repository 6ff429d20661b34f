"""The forms of the preparation, a module per subject.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from projects.forms.course import OpportunityForm, ParticipationForm, PhaseChangeForm
from projects.forms.estimates import EstimateForm
from projects.forms.matrix import DecisionForm, PickForm, TargetGroupForm
from projects.forms.matrix_scores import (
    AgreedScoreForm,
    MatrixVersionForm,
    MemberScoresForm,
    OwnScoreForm,
    RoundCloseForm,
)
from projects.forms.meetings import (
    AgendaForm,
    MeetingForm,
    MeetingItemForm,
    MeetingRecord,
)
from projects.forms.memberships import (
    HandOverForm,
    MembershipCreateForm,
    MembershipForm,
)
from projects.forms.partners import EngagementForm, PartnerForm
from projects.forms.planning import (
    AnswerForm,
    PlanningForm,
    RecordedVoteForm,
    StepForm,
    VoteForm,
    step_formset,
)
from projects.forms.projects import ProjectCreateForm, ProjectForm
from projects.forms.seats import (
    MemberEndForm,
    MemberForm,
    MemberInviteForm,
    OrganisationForm,
    ResponsibilitiesForm,
)

__all__ = [
    "AgendaForm",
    "AgreedScoreForm",
    "AnswerForm",
    "DecisionForm",
    "EngagementForm",
    "EstimateForm",
    "HandOverForm",
    "MatrixVersionForm",
    "MeetingForm",
    "MeetingItemForm",
    "MeetingRecord",
    "MemberEndForm",
    "MemberForm",
    "MemberInviteForm",
    "MemberScoresForm",
    "MembershipCreateForm",
    "MembershipForm",
    "OpportunityForm",
    "OrganisationForm",
    "OwnScoreForm",
    "ParticipationForm",
    "PartnerForm",
    "PhaseChangeForm",
    "PickForm",
    "PlanningForm",
    "ProjectCreateForm",
    "ProjectForm",
    "RecordedVoteForm",
    "ResponsibilitiesForm",
    "RoundCloseForm",
    "StepForm",
    "TargetGroupForm",
    "VoteForm",
    "step_formset",
]
