"""The forms of the instrument, a module per subject."""

from rechtencirkel.forms.conversations import (
    ConversationForm,
    FirstChangeForm,
    wanted_domain,
)
from rechtencirkel.forms.links import AnswerForm, AnswerLinkForm
from rechtencirkel.forms.problems import ProblemStatementForm
from rechtencirkel.forms.rounds import DayForm, RoundForm

__all__ = [
    "AnswerForm",
    "AnswerLinkForm",
    "ConversationForm",
    "DayForm",
    "FirstChangeForm",
    "ProblemStatementForm",
    "RoundForm",
    "wanted_domain",
]
