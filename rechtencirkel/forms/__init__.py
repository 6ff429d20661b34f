"""The forms of the instrument, a module per subject."""

from rechtencirkel.forms.conversations import (
    ConversationForm,
    FirstChangeForm,
    wanted_domain,
)
from rechtencirkel.forms.preparation import ChecklistForm, QuestionChoiceForm
from rechtencirkel.forms.problems import ProblemStatementForm
from rechtencirkel.forms.reports import AnswerForm, ReopenForm, ReturnForm
from rechtencirkel.forms.rounds import DayForm, RoundForm

__all__ = [
    "AnswerForm",
    "ChecklistForm",
    "ConversationForm",
    "DayForm",
    "FirstChangeForm",
    "ProblemStatementForm",
    "QuestionChoiceForm",
    "ReopenForm",
    "ReturnForm",
    "RoundForm",
    "wanted_domain",
]
