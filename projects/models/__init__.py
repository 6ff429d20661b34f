"""The local project and its preparation."""

from projects.models.course import Opportunity, ParticipationCheck, PhaseChange
from projects.models.engagement import Engagement
from projects.models.estimates import ProblemEstimate, RightEstimate
from projects.models.meetings import Meeting, MeetingDecision, MeetingItem
from projects.models.planning import FeasibilityVote, Planning, PlanningStep
from projects.models.project import Membership, Municipality, Project, Role
from projects.models.steering_group import (
    Organisation,
    PhaseResponsibility,
    SteeringGroupMember,
)
from projects.models.target_groups import (
    NO_SCORE,
    SCORED_CRITERIA,
    Criterion,
    MatrixScore,
    MatrixVersion,
    MatrixVersionRow,
    TargetGroup,
    score_token,
)

__all__ = [
    "NO_SCORE",
    "SCORED_CRITERIA",
    "Criterion",
    "Engagement",
    "FeasibilityVote",
    "MatrixScore",
    "MatrixVersion",
    "MatrixVersionRow",
    "Meeting",
    "MeetingDecision",
    "MeetingItem",
    "Membership",
    "Municipality",
    "Opportunity",
    "Organisation",
    "ParticipationCheck",
    "PhaseChange",
    "PhaseResponsibility",
    "Planning",
    "PlanningStep",
    "ProblemEstimate",
    "Project",
    "RightEstimate",
    "Role",
    "SteeringGroupMember",
    "TargetGroup",
    "score_token",
]
