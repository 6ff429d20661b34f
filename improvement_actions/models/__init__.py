"""What the municipality changes, whether the group heard it, and whether it lasts."""

from improvement_actions.models.action import (
    ALLOWED_TRANSITIONS,
    REASON_NEEDED,
    FollowUp,
    ImprovementAction,
)
from improvement_actions.models.anchoring import Anchoring, Signal
from improvement_actions.models.feedback import Feedback, FeedbackDuty

__all__ = [
    "ALLOWED_TRANSITIONS",
    "REASON_NEEDED",
    "Anchoring",
    "Feedback",
    "FeedbackDuty",
    "FollowUp",
    "ImprovementAction",
    "Signal",
]
