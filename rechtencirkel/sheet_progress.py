"""How far a sheet is: per domain, how many of its questions hold an answer."""

from collections import Counter
from dataclasses import dataclass

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import Conversation


@dataclass(frozen=True)
class Step:
    """One domain of a sheet. Nothing is obligatory: this informs, it never asks."""

    domain: ServiceDomain
    answered: int
    asked: int


def steps_of(conversation: Conversation) -> list[Step]:
    """Return the domains of a sheet in the order of the paper. Four queries."""
    tallied = conversation.option_tallies.order_by().values_list("question", flat=True)
    written = conversation.open_answers.order_by().values_list("question", flat=True)
    answered = set(tallied.union(written))
    scored = set(conversation.points_tallies.values_list("domain", flat=True))
    chosen = set(conversation.asked_questions.values_list("question", flat=True))
    questions = list(
        conversation.round.questions.on_sheet(conversation.pk, conversation.side)
        .filter(domain__in=conversation.domains)
        .order_by()
    )
    # A domain of which nothing was chosen asks everything (Conversation.questions_about).
    narrowed = {q.domain for q in questions if q.pk in chosen}
    asked: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for question in questions:
        has_answer = question.pk in answered or (
            question.is_points and question.domain in scored
        )
        is_asked = (
            question.domain not in narrowed
            or question.is_points
            or has_answer
            or question.pk in chosen
        )
        asked[question.domain] += is_asked
        done[question.domain] += has_answer
    return [Step(d, done[d], asked[d]) for d in conversation.domains]
