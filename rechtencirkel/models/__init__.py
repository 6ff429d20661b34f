"""The instrument: questions, rounds, conversations, answers and what they add up to."""

from rechtencirkel.models.answers import (
    BarrierMention,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Quote,
)
from rechtencirkel.models.conversation import Conversation, ConversationState
from rechtencirkel.models.conversation_history import ConversationEvent
from rechtencirkel.models.conversation_preparation import AskedQuestion, ChecklistItem
from rechtencirkel.models.disagreement import DisagreementNote
from rechtencirkel.models.problems import ProblemStatement
from rechtencirkel.models.questions import (
    Question,
    QuestionSet,
    Round,
    RoundQuestion,
)
from rechtencirkel.models.totals import DomainTotal

__all__ = [
    "AskedQuestion",
    "BarrierMention",
    "ChecklistItem",
    "Conversation",
    "ConversationEvent",
    "ConversationState",
    "DisagreementNote",
    "DomainTotal",
    "OpenAnswer",
    "OptionTally",
    "PointsTally",
    "ProblemStatement",
    "Question",
    "QuestionSet",
    "Quote",
    "Round",
    "RoundQuestion",
]
