"""What a publication shows, worked out from the one before it. Pure: no queries.

New answers come out per group of people, never one by one: who kept the earlier page
and subtracts it from the new one must be left with at least five people (P5). Every cell
follows that rule by itself: the points of a side with its parts, and each question.
A cell that may not follow yet stays as it was, also when the measurement closes: then the
last one to four answers stay out of the numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kader.vocabulary import POINTS_RANGE
from rechtencirkel import suppression

NO_POINTS = (0,) * len(POINTS_RANGE)
# Medians of conversations run from 0 to 10 in half points.
NO_MEDIANS = (0,) * (2 * len(POINTS_RANGE) - 1)


@dataclass(frozen=True)
class SheetTotals:
    """One conversation's totals for one domain; `part` is what it is a part of."""

    part: str
    people: int
    points: tuple[int, ...]
    options: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class PartRow:
    """One row of the table of parts: one part, or what was taken together (P6)."""

    parts: tuple[str, ...]
    points: tuple[int, ...]
    is_together: bool = False


Histograms = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Batch:
    """Everything one publication of one side of one domain may show.

    `own` holds the points of parts that came in with five people or more at once,
    `together` those of parts that were too small for that: only their sum is shown.
    """

    people: int = 0
    conversations: int = 0
    conversation_medians: tuple[int, ...] = NO_MEDIANS
    options: Histograms = field(default_factory=dict)
    own: Histograms = field(default_factory=dict)
    together: Histograms = field(default_factory=dict)

    @property
    def points(self) -> tuple[int, ...]:
        """The points of everybody; always the sum of the rows, so nothing subtracts."""
        return _summed([NO_POINTS, *self.own.values(), *self.together.values()])

    @property
    def rows(self) -> tuple[PartRow, ...]:
        """The table of parts: own rows in a fixed order, the rest in one last row."""
        rows = [PartRow((part,), points) for part, points in sorted(self.own.items())]
        if self.together:
            parts = tuple(sorted(self.together))
            sums = _summed(self.together.values())
            rows.append(PartRow(parts, sums, is_together=True))
        return tuple(rows)


def is_due(waiting: Iterable[SheetTotals]) -> bool:
    """Whether enough people wait to publish again."""
    return sum(sheet.people for sheet in waiting) >= suppression.THRESHOLD


def next_batch(shown: Batch, sheets: Sequence[SheetTotals]) -> Batch:
    """Return what is shown once these conversations are published.

    `shown` is the publication before, `sheets` every conversation up to now.
    """
    own, together = _parts(shown, sheets)
    is_renewed = (own, together) != (shown.own, shown.together)
    return Batch(
        people=sum(sheet.people for sheet in sheets),
        conversations=len(sheets),
        conversation_medians=_medians(sheets)
        if is_renewed
        else shown.conversation_medians,
        options=_options(shown.options, sheets),
        own=own,
        together=together,
    )


def _parts(
    shown: Batch, sheets: Iterable[SheetTotals]
) -> tuple[Histograms, Histograms]:
    """Place the answers that came in since in a row of their part, or in the shared row.

    Whatever is placed in a row at once is of five people at least, and never moves to
    another row afterwards. So every page of every day is a sum of such blocks, and no
    difference between two of them is smaller than a block.
    """
    counted: dict[str, tuple[int, ...]] = {}
    for sheet in sheets:
        if sum(sheet.points):
            before = counted.get(sheet.part, NO_POINTS)
            counted[sheet.part] = _summed([before, sheet.points])
    own, together = dict(shown.own), dict(shown.together)
    added, removed = {}, {}
    for part in sorted({*counted, *own, *together}):
        new = counted.get(part, NO_POINTS)
        old = _summed([own.get(part, NO_POINTS), together.get(part, NO_POINTS)])
        pairs = list(zip(new, old, strict=True))
        added[part] = tuple(max(0, n - o) for n, o in pairs)
        removed[part] = tuple(max(0, o - n) for n, o in pairs)
    sizes = {part: sum(points) for part, points in added.items() if sum(points)}
    if sum(sizes.values()) < suppression.THRESHOLD:
        return shown.own, shown.together
    _take_away(removed, own, together)
    verdict = suppression.breakdown(sizes)
    for part in sizes:
        place = own if verdict[part] is None else together
        place[part] = _summed([place.get(part, NO_POINTS), added[part]])
    return own, together


def _take_away(
    removed: Histograms,
    own: dict[str, tuple[int, ...]],
    together: dict[str, tuple[int, ...]],
) -> None:
    """Carry out the corrections of sheets that were opened again, with the new answers."""
    for part, points in removed.items():
        rest = points
        for place in (own, together):
            if part in place and any(rest):
                pairs = list(zip(place[part], rest, strict=True))
                place[part] = tuple(max(0, there - gone) for there, gone in pairs)
                rest = tuple(max(0, gone - there) for there, gone in pairs)


def _options(
    shown: Mapping[str, tuple[int, ...]], sheets: Iterable[SheetTotals]
) -> dict[str, tuple[int, ...]]:
    counted: dict[str, list[Sequence[int]]] = {}
    for sheet in sheets:
        for code, counts in sheet.options.items():
            counted.setdefault(code, []).append(counts)
    result = dict(shown)
    for code in sorted(counted):
        new = _summed(counted[code])
        before = shown.get(code, (0,) * len(new))
        follows = suppression.distribution_may_follow(before, new)
        result[code] = new if follows else before
    return result


def _medians(sheets: Iterable[SheetTotals]) -> tuple[int, ...]:
    counts = list(NO_MEDIANS)
    for sheet in sheets:
        if sum(sheet.points):
            counts[suppression.half_points(sheet.points)] += 1
    return tuple(counts)


def _summed(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(values) for values in zip(*rows, strict=True))
