"""What may be shown: the one module under every number that leaves the product.

Anonymity is arithmetic (P4 to P6). Nobody can lower these thresholds, the coordinator
included. A hidden value has no number in it, so a page cannot show it by accident.
"""

import hmac
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeVar

THRESHOLD = 5
DISTRIBUTION_THRESHOLD = 10
UNANIMOUS_THRESHOLD = 20
QUOTE_THRESHOLD = 5
HEADCOUNT_THRESHOLD = 8

Key = TypeVar("Key", bound=Hashable)


class Reason(StrEnum):
    """Why something is hidden, as the reader is told."""

    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"
    UNANIMOUS = "unanimous"

    @property
    def sentence(self) -> str:
        return REASON_SENTENCES[self]


REASON_SENTENCES = {
    Reason.TOO_FEW: (
        "Te weinig antwoorden om te tonen (minder dan 5). Zo blijft iedereen anoniem."
    ),
    Reason.PROTECTS_ANOTHER: (
        "We tonen dit niet, omdat je anders een kleinere groep kunt uitrekenen. "
        "Zo blijft iedereen anoniem."
    ),
    Reason.UNANIMOUS: (
        "Iedereen koos hetzelfde antwoord. We tonen dit niet, want dan weet je wat elke "
        "deelnemer antwoordde."
    ),
}


@dataclass(frozen=True)
class Hidden:
    """Something that is there and may not be shown."""

    reason: Reason = Reason.TOO_FEW
    is_hidden: ClassVar[bool] = True

    @property
    def sentence(self) -> str:
        return self.reason.sentence


@dataclass(frozen=True)
class Points:
    """Points on ten of at least five people.

    `median`, `low` and `high` run from 0 to 10 and may end in ,5; low to high is the
    middle half of the answers.
    """

    median: float
    low: float
    high: float
    people: int
    is_hidden: ClassVar[bool] = False

    @property
    def spread(self) -> str:
        """Say in words how far the answers lie apart."""
        width = self.high - self.low
        if width <= 1:
            return "dicht bij elkaar"
        return "wat uit elkaar" if width <= 3 else "ver uit elkaar"


@dataclass(frozen=True)
class Distribution:
    """The five counts of a closed question, in the order of `AnswerOption`.

    With five to nine answers `counts` is None: then only the middle and a word for the
    spread may be told.
    """

    people: int
    middle: int
    spread: str
    counts: tuple[int, ...] | None
    is_hidden: ClassVar[bool] = False


def points(histogram: Sequence[int]) -> Points | Hidden:
    """Return median and middle half of eleven counts, or hidden below five people."""
    people = sum(histogram)
    if people < THRESHOLD:
        return Hidden()
    return Points(
        median=_quantile(histogram, 0.5),
        low=_quantile(histogram, 0.25),
        high=_quantile(histogram, 0.75),
        people=people,
    )


def distribution(counts: Sequence[int]) -> Distribution | Hidden:
    """Return what may be told of a closed question.

    Counts from ten answers on, and never when all of a group under twenty chose the
    same: that would tell what each of them answered.
    """
    people = sum(counts)
    if people < THRESHOLD:
        return Hidden()
    if people < UNANIMOUS_THRESHOLD and max(counts) == people:
        return Hidden(Reason.UNANIMOUS)
    known = counts[:-1]
    if sum(known) < THRESHOLD:
        return Hidden()
    middle = round(_quantile(known, 0.5))
    width = _quantile(known, 0.75) - _quantile(known, 0.25)
    return Distribution(
        people=people,
        middle=middle,
        spread="dicht bij elkaar" if width < 1 else "uit elkaar",
        counts=tuple(counts) if people >= DISTRIBUTION_THRESHOLD else None,
    )


def breakdown(parts: Mapping[Key, int]) -> dict[Key, Reason | None]:
    """Say which parts of a shown total may be shown; None means: show it.

    Parts under the threshold are hidden, and then the next smallest too until the hidden
    parts together reach the threshold and are at least two: otherwise total minus the
    shown parts gives the hidden one away (P5). A part of nobody needs no protection.
    """
    verdict: dict[Key, Reason | None] = {
        key: Reason.TOO_FEW if people < THRESHOLD else None
        for key, people in parts.items()
    }
    hidden = [people for people in parts.values() if 0 < people < THRESHOLD]
    candidates = sorted(
        (key for key, reason in verdict.items() if reason is None),
        key=lambda key: parts[key],
    )
    while hidden and candidates and (len(hidden) < 2 or sum(hidden) < THRESHOLD):
        key = candidates.pop(0)
        verdict[key] = Reason.PROTECTS_ANOTHER
        hidden.append(parts[key])
    return verdict


def headcount(people: int) -> int | None:
    """Return how many were present beside a quote, or None for a small group."""
    return people if people >= HEADCOUNT_THRESHOLD else None


def show_words(
    words: Mapping[int, str], people: int, *, secret: str
) -> tuple[str, ...] | Hidden:
    """Return the open answers to one question, shuffled, or why they stay hidden (P7).

    The order is the same at every visit and tells nothing: it comes from a hash with a
    secret, of the row alone, so nobody can put the answers of one talk together.
    """
    if people < THRESHOLD:
        return Hidden()
    key = secret.encode()

    def place(row: int) -> bytes:
        return hmac.digest(key, f"open answer {row}".encode(), "sha256")

    return tuple(words[row] for row in sorted(words, key=place))


def _quantile(histogram: Sequence[int], share: float) -> float:
    """Return the value at a share of the ordered answers, exact, from counts alone.

    The mean of the two answers around the cut when it falls between them.
    """
    cut = share * sum(histogram)
    place = int(cut)
    if cut != place:
        return float(_value_at(histogram, place + 1))
    return (_value_at(histogram, place) + _value_at(histogram, place + 1)) / 2


def _value_at(histogram: Sequence[int], place: int) -> int:
    """Return the value of the answer at a place (from 1) in the ordered answers."""
    seen = 0
    for value, people in enumerate(histogram):
        seen += people
        if seen >= place:
            return value
    return len(histogram) - 1
