"""How far a sheet is: per domain, how many of its questions hold an answer."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kader.vocabulary import Scale, ServiceDomain
from rechtencirkel.models import Conversation


@dataclass(frozen=True)
class Step:
    """One domain of a sheet. Nothing is obligatory: this informs, it never asks."""

    domain: ServiceDomain
    answered: int
    asked: int


def steps_of(conversation: Conversation) -> list[Step]:
    """Return the domains of a sheet in the order of the paper. Two queries."""
    scored = set(conversation.points_tallies.values_list("domain", flat=True))
    rows = list(
        conversation.round.questions.on_sheet(conversation.pk, conversation.side)
        .filter(domain__in=conversation.domains)
        .annotate(
            has_tally=_exists(conversation.option_tallies.all()),
            has_words=_exists(conversation.open_answers.all()),
            is_chosen=_exists(conversation.chosen_questions()),
        )
        .order_by()
        .values_list("domain", "scale", "has_tally", "has_words", "is_chosen")
    )
    # A domain of which nothing was chosen asks everything (Conversation.questions_about).
    narrowed = {domain for domain, *_, is_chosen in rows if is_chosen}
    asked: Counter[str] = Counter()
    done: Counter[str] = Counter()
    for domain, scale, has_tally, has_words, is_chosen in rows:
        is_points = scale == Scale.POINTS
        has_answer = has_tally or has_words or (is_points and domain in scored)
        done[domain] += has_answer
        asked[domain] += domain not in narrowed or is_points or has_answer or is_chosen
    return [Step(d, done[d], asked[d]) for d in conversation.domains]


def _exists(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(question=OuterRef("pk")))
