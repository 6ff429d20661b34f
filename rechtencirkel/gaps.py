"""Reads a circle as a list: where the sides differ, where they agree, what is not known.

Pure: what may be shown was decided before (rechtencirkel.suppression). How sure a
difference is, is a proposal of this product: see `certainty_of`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kader.svg import counted_points, points as in_points
from kader.vocabulary import Side
from rechtencirkel.analysis import Circle, DomainResult, SideResult
from rechtencirkel.suppression import DISTRIBUTION_THRESHOLD, Hidden, Points

# Fewer answers than this on one side: one group more could move the middle.
FEW = DISTRIBUTION_THRESHOLD
# A middle half wider than this is what Points.spread calls "ver uit elkaar".
WIDE = 3

# A side as the subject and as the owner of a sentence.
SUBJECTS = {Side.TARGET_GROUP: "de doelgroep", Side.PROVIDERS: "de diensten"}


class Certainty(StrEnum):
    """How much weight a comparison can carry, the heaviest first."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"

    @property
    def label(self) -> str:
        return CERTAINTY_LABELS[self]

    @property
    def icon(self) -> str:
        return CERTAINTY_ICONS[self]


CERTAINTY_LABELS = {
    Certainty.STRONG: "stevig",
    Certainty.FAIR: "vrij stevig",
    Certainty.WEAK: "nog onzeker",
}
CERTAINTY_ICONS = {
    Certainty.STRONG: "check-circle-fill",
    Certainty.FAIR: "check-lg",
    Certainty.WEAK: "question-circle",
}


@dataclass(frozen=True)
class Comparison:
    """A domain of which both sides are shown."""

    result: DomainResult
    gap: float
    certainty: Certainty
    doubts: tuple[str, ...]

    @property
    def is_big(self) -> bool:
        return self.result.is_big_gap

    @property
    def sentence(self) -> str:
        return compare_in_words(self.result)

    @property
    def sides(self) -> tuple[tuple[SideResult, Points], ...]:
        """Both sides with their points, the target group first."""
        return tuple(_shown(self.result))


@dataclass(frozen=True)
class Unknown:
    """A domain that cannot be compared yet, with the reason per side that is missing."""

    result: DomainResult
    reasons: tuple[tuple[Side, str], ...]
    is_hidden: bool


@dataclass(frozen=True)
class GapList:
    """The nine domains, each in exactly one of the three lists."""

    differences: tuple[Comparison, ...]
    agreements: tuple[Comparison, ...]
    unknown: tuple[Unknown, ...]

    @property
    def big(self) -> int:
        """How many differences are big."""
        return sum(comparison.is_big for comparison in self.differences)


def list_gaps(circle: Circle) -> GapList:
    """Sort the domains: the biggest gap first, and the surest of equal gaps first.

    Domains on which both sides agree that it can be better are a list of their own, the
    lowest first: they are as good a reason to act as a difference.
    """
    compared = [c for result in circle.domains if (c := compare(result)) is not None]
    order = list(Certainty)
    return GapList(
        differences=tuple(
            sorted(
                (c for c in compared if not c.result.is_shared_low),
                key=lambda c: (-c.gap, order.index(c.certainty)),
            )
        ),
        agreements=tuple(
            sorted(
                (c for c in compared if c.result.is_shared_low),
                key=lambda c: sum(points.median for _, points in c.sides),
            )
        ),
        unknown=tuple(
            Unknown(
                result,
                tuple(_reasons(result)),
                any(s.is_asked and isinstance(s.points, Hidden) for s in result.sides),
            )
            for result in circle.domains
            if result.gap is None
        ),
    )


def compare(result: DomainResult) -> Comparison | None:
    """Return the comparison of a domain, None unless both sides are shown."""
    if result.gap is None:
        return None
    doubts = tuple(_doubts(result))
    return Comparison(result, result.gap, certainty_of(len(doubts)), doubts)


def certainty_of(doubts: int) -> Certainty:
    """Weigh a comparison by the number of doubts: none, one, or more.

    There are two kinds of doubt, at most one of each: a side with fewer than ten answers,
    and a side whose own answers lie far apart.
    """
    return list(Certainty)[min(doubts, len(Certainty) - 1)]


def compare_in_words(result: DomainResult) -> str:
    """Say who gives more points, and how many; empty when that may not be shown."""
    target, provider = result.target.median, result.provider.median
    if target is None or provider is None:
        return ""
    if target == provider:
        return f"Beide kanten geven evenveel: {in_points(target)} op 10."
    gap = abs(provider - target)
    number = counted_points(gap)
    if provider > target:
        return f"De diensten geven {number} meer dan de doelgroep."
    return f"De doelgroep geeft {number} meer dan de diensten."


def _shown(result: DomainResult) -> Iterator[tuple[SideResult, Points]]:
    for side in result.sides:
        if not isinstance(side.points, Hidden):
            yield side, side.points


def _doubts(result: DomainResult) -> Iterator[str]:
    few = [side.side for side, points in _shown(result) if points.people < FEW]
    if few:
        whose = "beide kanten" if len(few) > 1 else SUBJECTS[few[0]]
        yield f"Minder dan {FEW} antwoorden van {whose}."
    wide = [
        side.side for side, points in _shown(result) if points.high - points.low > WIDE
    ]
    if wide:
        where = "beide kanten" if len(wide) > 1 else SUBJECTS[wide[0]]
        yield f"Binnen {where} liggen de meningen ver uit elkaar."


def _reasons(result: DomainResult) -> Iterator[tuple[Side, str]]:
    for side in result.sides:
        if not side.is_asked:
            yield side.side, "nog niet bevraagd"
        elif isinstance(side.points, Hidden):
            yield side.side, "te weinig antwoorden"
