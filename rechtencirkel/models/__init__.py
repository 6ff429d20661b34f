"""The instrument: questions, rounds, conversations, answers and what they add up to."""

from rechtencirkel.models.answers import (
    BarrierMention,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Quote,
    fold_words,
)
from rechtencirkel.models.conversation import Conversation, ConversationState
from rechtencirkel.models.conversation_history import ConversationEvent
from rechtencirkel.models.conversation_preparation import AskedQuestion, ChecklistItem
from rechtencirkel.models.disagreement import DisagreementNote
from rechtencirkel.models.links import (
    AnswerCode,
    AnswerLink,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.models.live import LiveBallot, LiveSession
from rechtencirkel.models.photos import SheetPhoto
from rechtencirkel.models.problem_evidence import (
    ProblemBarrier,
    ProblemPick,
    ProblemRanking,
    ProblemScore,
    ProblemValidation,
    standing_answer,
)
from rechtencirkel.models.problems import ProblemStatement
from rechtencirkel.models.publications import Publication
from rechtencirkel.models.questions import (
    OWN_CODE_PREFIX,
    PublishedError,
    Question,
    QuestionSet,
    Round,
    RoundQuestion,
)
from rechtencirkel.models.redaction import (
    DAYS_ORIGINAL_KEPT,
    WITHHELD_REASON_MAX_LENGTH,
    Redactable,
    Redactor,
)
from rechtencirkel.models.submissions import DAYS_ANSWER_KEPT, AnsweredRequest
from rechtencirkel.models.totals import DomainTotal
from rechtencirkel.models.translations import QuestionTranslation

__all__ = [
    "DAYS_ANSWER_KEPT",
    "DAYS_ORIGINAL_KEPT",
    "OWN_CODE_PREFIX",
    "WITHHELD_REASON_MAX_LENGTH",
    "AnswerCode",
    "AnswerLink",
    "AnsweredRequest",
    "AskedQuestion",
    "BarrierMention",
    "ChecklistItem",
    "Conversation",
    "ConversationEvent",
    "ConversationState",
    "DisagreementNote",
    "DomainTotal",
    "LiveBallot",
    "LiveSession",
    "OpenAnswer",
    "OptionTally",
    "PointsTally",
    "ProblemBarrier",
    "ProblemPick",
    "ProblemRanking",
    "ProblemScore",
    "ProblemStatement",
    "ProblemValidation",
    "Publication",
    "PublishedError",
    "Question",
    "QuestionSet",
    "QuestionTranslation",
    "Quote",
    "Redactable",
    "Redactor",
    "Round",
    "RoundQuestion",
    "SheetPhoto",
    "WaitingAnswer",
    "WrittenAnswer",
    "fold_words",
    "standing_answer",
]
