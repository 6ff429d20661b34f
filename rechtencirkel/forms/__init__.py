"""The forms of the instrument, a module per subject."""

from rechtencirkel.forms.conversations import (
    ConversationForm,
    FirstChangeForm,
    wanted_domain,
)
from rechtencirkel.forms.problems import (
    ProblemStatementForm,
    ProblemValidationForm,
    TopThreeForm,
)
from rechtencirkel.forms.rounds import DayForm, RoundForm

__all__ = [
    "ConversationForm",
    "DayForm",
    "FirstChangeForm",
    "ProblemStatementForm",
    "ProblemValidationForm",
    "RoundForm",
    "TopThreeForm",
    "wanted_domain",
]
