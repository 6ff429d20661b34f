"""What may be shown: the one module under every number that leaves the product.

Anonymity is arithmetic (P4 to P6). Nobody can lower these thresholds, the coordinator
included. A hidden value has no number in it, so a page cannot show it by accident.
"""

import hmac
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeVar

THRESHOLD = 5
DISTRIBUTION_THRESHOLD = 10
PERCENTAGE_THRESHOLD = 10
CONVERSATIONS_THRESHOLD = 5
# A smaller group is no group talk (P8): what it said counts in words, not in figures.
GROUP_THRESHOLD = 4
UNANIMOUS_THRESHOLD = 20
QUOTE_THRESHOLD = 5
HEADCOUNT_THRESHOLD = 8

Key = TypeVar("Key", bound=Hashable)


class Reason(StrEnum):
    """Why something is hidden, as the reader is told."""

    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"
    QUESTION = "question"
    TOGETHER = "together"

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
    # One sentence for every question: which of its reasons holds, is itself an answer.
    Reason.QUESTION: (
        "Deze vraag tonen we nog niet. Er antwoordden te weinig mensen, of je zou te veel "
        "over hen te weten komen. Zo blijft iedereen anoniem."
    ),
    # One sentence for the small part and for the part that protects it: telling them
    # apart would tell how small the small one is.
    Reason.TOGETHER: (
        "Te weinig antwoorden om dit apart te tonen. Het telt mee in het geheel. Zo "
        "blijft iedereen anoniem."
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
class PerConversation:
    """The median of the medians: every conversation weighs as much, whatever its size."""

    median: float
    conversations: int
    is_hidden: ClassVar[bool] = False


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


def per_conversation(
    medians: Sequence[int], histogram: Sequence[int]
) -> PerConversation | Hidden:
    """Return the middle conversation, from five conversations and five people on.

    `medians` counts conversations by their own median in half points: place 9 holds
    those with 4,5. `histogram` holds the people behind them.
    """
    conversations = sum(medians)
    if sum(histogram) < THRESHOLD or conversations < CONVERSATIONS_THRESHOLD:
        return Hidden()
    return PerConversation(_quantile(medians, 0.5) / 2, conversations)


def half_points(histogram: Sequence[int]) -> int:
    """Return the median of one conversation in half points, to be stored and counted.

    Never shown by itself. Expects at least one answer.
    """
    return int(2 * _quantile(histogram, 0.5))


def percentage(part: int, whole: int) -> int | None:
    """Return a whole percentage, None below ten answers: then one person is too much."""
    if whole < PERCENTAGE_THRESHOLD:
        return None
    return (200 * part + whole) // (2 * whole)


def distribution(counts: Sequence[int]) -> Distribution | Hidden:
    """Return what may be told of a closed question.

    Counts from ten answers on, and never when all of a group under twenty chose the
    same: that would tell what each of them answered. Why it is hidden is never told.
    """
    people = sum(counts)
    known = counts[:-1]
    if sum(known) < THRESHOLD or _is_one_answer(counts):
        return Hidden(Reason.QUESTION)
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

    Parts under the threshold are hidden, and then the next smallest too until what is
    hidden protects itself: otherwise total minus the shown parts gives a hidden part
    away (P5). A part of nobody needs no protection.
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
    while hidden and candidates and not protects_itself(len(hidden), sum(hidden)):
        key = candidates.pop(0)
        verdict[key] = Reason.PROTECTS_ANOTHER
        hidden.append(parts[key])
    return verdict


def protects_itself(parts: int, people: int) -> bool:
    """Whether parts whose sum is known can each still be anything from one to four.

    With two parts that takes five people together, with three six, and so on: five parts
    of five people are one person each, and no secret.
    """
    return parts >= 2 and people >= parts + THRESHOLD - 2


def counts_in_figures(people: int, *, is_group: bool) -> bool:
    """Whether a talk counts in any number (P8): not a group of two or three.

    A talk with one person does, among at least four others.
    """
    return not is_group or people >= GROUP_THRESHOLD


def may_score_together(people: int) -> bool:
    """Whether one score may stand for all of these people.

    Whoever knows that a few gave the same score, needs only one to know them all.
    """
    return people == 1 or people >= THRESHOLD


def may_follow(shown: Sequence[int], counts: Sequence[int]) -> bool:
    """Whether counts may replace what was shown before (P5).

    Who kept the earlier ones subtracts them: what is left has to be at least five
    people. A correction may also take answers away; those are then at least five too.
    """
    added, removed = (sum(change) for change in _changes(shown, counts))
    return added >= THRESHOLD and (removed == 0 or removed >= THRESHOLD)


def correction_may_follow(shown: Sequence[int], counts: Sequence[int]) -> bool:
    """Whether one talk's corrected answers to a question may replace its earlier ones.

    Neither what came in nor what went may be one answer that a few gave as one man.
    """
    return may_follow(shown, counts) and not any(
        _is_one_answer(change) for change in _changes(shown, counts)
    )


def distribution_may_follow(
    shown: Sequence[int], counts: Sequence[int], held: int = 0
) -> bool:
    """Whether the counts of a question may replace what is shown; zeros: nothing yet.

    `held` comes from `held_block`. While it is not zero, the question waits until at
    least two answers were given that often: then what waited can have been the one or
    the other, and every page in between would have looked the same.
    """
    if isinstance(distribution(counts), Hidden):
        return False
    if not correction_may_follow(shown, counts):
        return False
    added, _ = _changes(shown, counts)
    is_everybody = max(added) == sum(added)
    return not held or is_everybody or sum(n >= held for n in added) >= 2


def held_block(shown: Sequence[int], counts: Sequence[int], held: int = 0) -> int:
    """Return what a question has to wait for once it may not follow; zero for nothing.

    It starts when five or more gave one answer as one man, and grows with the answer
    that was given most while the question waits.
    """
    added, _ = _changes(shown, counts)
    starts = _is_one_answer(added) and sum(added) >= THRESHOLD
    return max(held, *added) if held or starts else 0


def _changes(
    shown: Sequence[int], counts: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Return what came in and what went, value by value."""
    pairs = list(zip(shown, counts, strict=True))
    added = [max(0, new - old) for old, new in pairs]
    return added, [max(0, old - new) for old, new in pairs]


def _is_one_answer(counts: Sequence[int]) -> bool:
    """Whether fewer than twenty people all gave the same answer."""
    people = sum(counts)
    return 0 < people < UNANIMOUS_THRESHOLD and max(counts) == people


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
    order = shuffled(words, "open answer", secret=secret)
    return tuple(words[row] for row in order)


def shuffled(rows: Iterable[int], kind: str, *, secret: str) -> list[int]:
    """Put the numbers of rows in an order that is always the same and tells nothing.

    Not the order in which they were typed: what one person said would stand together.
    """
    key = secret.encode()

    def place(row: int) -> bytes:
        return hmac.digest(key, f"{kind} {row}".encode(), "sha256")

    return sorted(rows, key=place)


def waiting(people: int) -> int | None:
    """Return how many wait to be shown, None when one to four could be counted by it."""
    return people if people >= THRESHOLD else None


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
