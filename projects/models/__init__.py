"""The local project and its preparation."""

from projects.models.planning import Planning
from projects.models.project import Membership, Municipality, Project, Role
from projects.models.steering_group import Organisation, SteeringGroupMember
from projects.models.target_groups import Criterion, Quadrant, TargetGroup

__all__ = [
    "Criterion",
    "Membership",
    "Municipality",
    "Organisation",
    "Planning",
    "Project",
    "Quadrant",
    "Role",
    "SteeringGroupMember",
    "TargetGroup",
]
