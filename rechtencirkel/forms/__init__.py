"""The forms of the instrument, a module per subject."""

from rechtencirkel.forms.conversations import (
    ConversationForm,
    FirstChangeForm,
    HandOverForm,
    RenameForm,
    wanted_domain,
)
from rechtencirkel.forms.links import AnswerLinkForm, AnswerSheetForm
from rechtencirkel.forms.photos import PhotosForm
from rechtencirkel.forms.preparation import ChecklistForm, TalkQuestionsForm
from rechtencirkel.forms.problems import (
    ProblemStatementForm,
    ProblemValidationForm,
    TopThreeForm,
)
from rechtencirkel.forms.questions import (
    CompareForm,
    QuestionChoiceForm,
    QuestionCreateForm,
    QuestionEditForm,
)
from rechtencirkel.forms.redaction import RedactionForm, RedactorForm
from rechtencirkel.forms.reports import AnswerForm, ReopenForm, ReturnForm
from rechtencirkel.forms.rounds import DayForm, RoundForm
from rechtencirkel.forms.sheet_import import SheetFileForm

__all__ = [
    "AnswerForm",
    "AnswerLinkForm",
    "AnswerSheetForm",
    "ChecklistForm",
    "CompareForm",
    "ConversationForm",
    "DayForm",
    "FirstChangeForm",
    "HandOverForm",
    "PhotosForm",
    "ProblemStatementForm",
    "ProblemValidationForm",
    "QuestionChoiceForm",
    "QuestionCreateForm",
    "QuestionEditForm",
    "RedactionForm",
    "RedactorForm",
    "RenameForm",
    "ReopenForm",
    "ReturnForm",
    "RoundForm",
    "SheetFileForm",
    "TalkQuestionsForm",
    "TopThreeForm",
    "wanted_domain",
]
