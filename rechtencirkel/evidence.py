"""What a problem statement can rest on, and what it still misses. Pure: no queries.

Whatever is offered here already passed through the analysis: a side that is hidden has
no number, and a barrier comes from conversations that may be shown.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from kader.vocabulary import BarrierKind, BarrierLevel, NonTakeUp, ServiceDomain, Side
from rechtencirkel.analysis import Circle, SideResult, folded, group_barriers
from rechtencirkel.models import (
    BarrierMention,
    ProblemBarrier,
    ProblemScore,
    ProblemStatement,
)

KEY_LENGTH = 16

TagT = TypeVar("TagT", BarrierKind, BarrierLevel, NonTakeUp)


@dataclass(frozen=True)
class ShownSide:
    """A median with its number of people, as a page shows it."""

    median: float
    people: int


@dataclass(frozen=True)
class Score:
    """One domain of one measurement; a hidden or silent side is None."""

    round_id: int
    domain: ServiceDomain
    target: ShownSide | None
    provider: ShownSide | None

    @property
    def key(self) -> str:
        return f"{self.round_id}-{self.domain}"


@dataclass(frozen=True)
class Barrier:
    """A barrier as several conversations of one measurement named it."""

    round_id: int
    domain: ServiceDomain
    text: str
    kind: BarrierKind
    level: BarrierLevel
    non_take_up: NonTakeUp | None
    sides: tuple[Side, ...]
    conversations: int

    @property
    def key(self) -> str:
        """Name the barrier by its words and tags, so that a tick survives a new count."""
        words = "|".join((self.domain, folded(self.text), self.kind, self.level))
        digest = hashlib.sha256(words.encode()).hexdigest()
        return f"{self.round_id}-{digest[:KEY_LENGTH]}"


@dataclass(frozen=True)
class Tags:
    """The tags that most of the ticked barriers carry; None where they carry none."""

    kind: BarrierKind | None = None
    level: BarrierLevel | None = None
    non_take_up: NonTakeUp | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        given = (self.kind, self.level, self.non_take_up)
        return tuple(str(tag.label) for tag in given if tag is not None)


def scores_of(circle: Circle, round_id: int) -> tuple[Score, ...]:
    """Return the domains of which at least one side may be shown."""
    return tuple(
        Score(round_id, result.domain, _shown(result.target), _shown(result.provider))
        for result in circle.shown
    )


def barriers_of(
    mentions: Sequence[BarrierMention], round_id: int
) -> tuple[Barrier, ...]:
    """Count the barriers per domain, the most named first inside each.

    Expects mentions that may be shown, with their conversation loaded.
    """
    found = []
    for domain in ServiceDomain:
        own = [mention for mention in mentions if mention.domain == domain]
        types: dict[tuple[str, str, str], Counter[str]] = {}
        for mention in own:
            place = (folded(mention.text), mention.kind, mention.level)
            types.setdefault(place, Counter())[mention.non_take_up] += 1
        for result in group_barriers(own):
            named = types.get((folded(result.text), result.kind, result.level))
            found.append(
                Barrier(
                    round_id=round_id,
                    domain=domain,
                    text=result.text,
                    kind=result.kind,
                    level=result.level,
                    non_take_up=_most(NonTakeUp, named or Counter()),
                    sides=result.sides,
                    conversations=result.total,
                )
            )
    return tuple(found)


def score_of_row(row: ProblemScore) -> Score:
    """Return a kept score as the value it was."""
    return Score(
        round_id=row.round_id,
        domain=ServiceDomain(row.domain),
        target=_kept(row.target_median, row.target_people),
        provider=_kept(row.provider_median, row.provider_people),
    )


def barrier_of_row(row: ProblemBarrier) -> Barrier:
    """Return a kept barrier as the value it was."""
    return Barrier(
        round_id=row.round_id,
        domain=ServiceDomain(row.domain),
        text=row.text,
        kind=BarrierKind(row.kind),
        level=BarrierLevel(row.level),
        non_take_up=NonTakeUp(row.non_take_up) if row.non_take_up else None,
        sides=tuple(row.sides),
        conversations=row.conversations,
    )


def suggest_tags(barriers: Iterable[Barrier]) -> Tags:
    """Return the tags named in most conversations; a tie goes to the framework order."""
    kinds: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for barrier in barriers:
        kinds[barrier.kind] += barrier.conversations
        levels[barrier.level] += barrier.conversations
        if barrier.non_take_up:
            types[barrier.non_take_up] += barrier.conversations
    return Tags(
        kind=_most(BarrierKind, kinds),
        level=_most(BarrierLevel, levels),
        non_take_up=_most(NonTakeUp, types),
    )


def open_tags(problem: ProblemStatement, suggested: Tags) -> Tags:
    """Return what is suggested for the tags that the statement leaves open."""
    return Tags(
        kind=None if problem.barrier_kind else suggested.kind,
        level=None if problem.barrier_level else suggested.level,
        non_take_up=None if problem.non_take_up else suggested.non_take_up,
    )


def has_changed(kept: Score, now: Mapping[str, Score]) -> bool:
    """Say whether the pages show something else today than when it was kept."""
    return now.get(kept.key) != kept


def what_misses(problem: ProblemStatement, *, has_evidence: bool) -> tuple[str, ...]:
    """Say what a statement still needs before the dialogue, in the order to do it."""
    misses = []
    if not has_evidence:
        misses.append("er hangt nog geen uitspraak, cijfer of drempel aan")
    if not problem.recognition:
        misses.append("de groep gaf nog geen antwoord op deze zin")
    if not problem.provider_confirmation:
        misses.append("de diensten gaven nog geen antwoord op deze zin")
    if problem.owner_id is None:
        misses.append("niemand volgt dit op")
    return tuple(misses)


def _shown(side: SideResult) -> ShownSide | None:
    if side.median is None or side.people is None:
        return None
    return ShownSide(side.median, side.people)


def _kept(median: Decimal | None, people: int | None) -> ShownSide | None:
    if median is None or people is None:
        return None
    return ShownSide(float(median), people)


def _most(terms: type[TagT], counted: Counter[str]) -> TagT | None:
    named = [term for term in terms if counted[term]]
    return max(named, key=lambda term: counted[term], default=None)
