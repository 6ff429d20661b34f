"""The instrument: questions, rounds, conversations, answers and what they add up to."""

from rechtencirkel.models.answers import (
    BarrierMention,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Quote,
)
from rechtencirkel.models.conversation import Conversation, ConversationState
from rechtencirkel.models.links import (
    AnswerCode,
    AnswerLink,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.models.problems import ProblemStatement
from rechtencirkel.models.questions import (
    Question,
    QuestionSet,
    Round,
    RoundQuestion,
)
from rechtencirkel.models.totals import DomainTotal

__all__ = [
    "AnswerCode",
    "AnswerLink",
    "BarrierMention",
    "Conversation",
    "ConversationState",
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
    "WaitingAnswer",
    "WrittenAnswer",
]
