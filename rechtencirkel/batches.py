"""What a publication shows, worked out from the one before it. Pure: no queries.

New answers come out per group of people, never one by one: who kept the earlier page
and subtracts it from the new one must be left with at least five people (P5). Every cell
follows that rule by itself: the points of a side with its parts, and each question.
A cell that may not follow yet stays as it was, also when the measurement closes: then the
last one to four answers stay out of the numbers.

A report that was opened again after it was told stays told as it was. Corrected, each
of its cells is replaced in the row where it stands, or, when the difference is about
fewer than five people, stays as it was told and holds nobody else back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kader.vocabulary import POINTS_RANGE, AnswerOption
from rechtencirkel import suppression

NO_POINTS = (0,) * len(POINTS_RANGE)
NO_ANSWERS = (0,) * len(AnswerOption)
# Medians of conversations run from 0 to 10 in half points.
NO_MEDIANS = (0,) * (2 * len(POINTS_RANGE) - 1)

Histograms = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Told:
    """What of one conversation stands in the figures, and in which row its points do.

    `part` is what it was told as a part of; it stays that for good. `is_joint` is
    whether its points were one score given together.
    """

    part: str
    own: tuple[int, ...] = NO_POINTS
    together: tuple[int, ...] = NO_POINTS
    options: Histograms = field(default_factory=dict)
    is_joint: bool = False

    @property
    def points(self) -> tuple[int, ...]:
        return _summed([self.own, self.together])


@dataclass(frozen=True)
class SheetTotals:
    """One conversation's totals for one domain; `part` is what it is a part of.

    `told` is what already stands in the figures, None before its first publication.
    `is_joint` says that five people or more gave their points as one score.
    """

    part: str
    people: int
    points: tuple[int, ...]
    options: Mapping[str, Sequence[int]] = field(default_factory=dict)
    told: Told | None = None
    is_joint: bool = False

    @property
    def shown(self) -> Told:
        """What already stands in the figures, nothing at first."""
        if self.told is None:
            return Told(self.part)
        if any(self.told.points):
            return self.told
        return replace(self.told, part=self.part)


@dataclass(frozen=True)
class PartRow:
    """One row of the table of parts: one part, or what was taken together (P6)."""

    parts: tuple[str, ...]
    points: tuple[int, ...]
    is_together: bool = False


@dataclass(frozen=True)
class Batch:
    """Everything one publication of one side of one domain may show.

    `own` holds the points of parts that came in with five people or more at once,
    `together` those of parts that were too small for that: only their sum is shown.
    `conversations` counts those of which points are shown, `conversation_medians` those
    of them with five people or more. A question that may not be shown yet has zeros;
    `held` says of such a question how often two answers have to be given first. `told`
    is the share of every conversation, in the order they were given.
    """

    people: int = 0
    conversations: int = 0
    conversation_medians: tuple[int, ...] = NO_MEDIANS
    options: Histograms = field(default_factory=dict)
    own: Histograms = field(default_factory=dict)
    together: Histograms = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    told: tuple[Told, ...] = ()

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

    `shown` is the publication before, `sheets` every conversation up to now, each with
    what was told of it. Doing it twice changes nothing the second time.
    """
    placed = _place(_correct(sheets), sheets)
    options, held, answered = _options(shown, sheets)
    told = tuple(
        replace(share, options=answers)
        for share, answers in zip(placed, answered, strict=True)
    )
    return Batch(
        people=sum(sheet.people for sheet in sheets),
        conversations=sum(any(share.points) for share in told),
        conversation_medians=_medians(told),
        options=options,
        own=_rows((share.part, share.own) for share in told),
        together=_rows((share.part, share.together) for share in told),
        held=held,
        told=told,
    )


def lags(sheet: SheetTotals) -> bool:
    """Whether something of a told conversation still stands as it was before."""
    told = sheet.shown
    return (any(told.points) and told.points != sheet.points) or any(
        any(counts) and tuple(sheet.options.get(code, NO_ANSWERS)) != counts
        for code, counts in told.options.items()
    )


def _correct(sheets: Sequence[SheetTotals]) -> list[Told]:
    """Replace corrected points in the row where they stand, one talk after the other.

    Only when the difference may be told by itself, and in its row and of everybody too:
    two corrections in one batch could leave less than five people between two pages.
    """
    shares = [sheet.shown for sheet in sheets]
    before = list(shares)
    for place, sheet in enumerate(sheets):
        share = shares[place]
        if not any(_removed(share.points, sheet.points)):
            continue
        in_one_row = not (any(share.own) and any(share.together))
        if not in_one_row or not suppression.may_follow(share.points, sheet.points):
            continue
        # What hid a small talk beside it may not become a score that hides nobody.
        if sheet.is_joint and not share.is_joint:
            continue
        is_together = any(share.together)
        tried = [*shares]
        tried[place] = (
            replace(share, together=sheet.points)
            if is_together
            else replace(share, own=sheet.points)
        )
        if _steps_are_large(before, tried, share.part, is_together=is_together):
            shares = tried
    return shares


def _steps_are_large(
    before: Sequence[Told], after: Sequence[Told], part: str, *, is_together: bool
) -> bool:
    """Whether a row and the whole both differ by nobody or by enough people."""

    def line(shares: Sequence[Told]) -> tuple[int, ...]:
        if is_together:
            return _summed([NO_POINTS, *(share.together for share in shares)])
        own = [share.own for share in shares if share.part == part]
        return _summed([NO_POINTS, *own])

    def whole(shares: Sequence[Told]) -> tuple[int, ...]:
        return _summed([NO_POINTS, *(share.points for share in shares)])

    steps = [(count(before), count(after)) for count in (line, whole)]
    return all(old == new or suppression.may_follow(old, new) for old, new in steps)


def _place(shares: Sequence[Told], sheets: Sequence[SheetTotals]) -> list[Told]:
    """Place the answers that came in since in a row of their part, or in the shared row.

    Whatever is placed in a row at once is of five people at least, and never moves to
    another row afterwards. So every page of every day is a sum of such blocks, and no
    difference between two of them is smaller than a block.

    A score given together hides nobody: who knows it takes it away in his head. It has
    the row of its part, and whoever gave points alone waits for five others like that.
    """
    fresh = [_fresh(share, s.points) for share, s in zip(shares, sheets, strict=True)]
    sizes: dict[str, int] = {}
    for share, sheet, points in zip(shares, sheets, fresh, strict=True):
        if any(points) and not sheet.is_joint:
            sizes[share.part] = sizes.get(share.part, 0) + sum(points)
    is_enough = sum(sizes.values()) >= suppression.THRESHOLD
    verdict = suppression.breakdown(sizes)
    result = []
    for share, sheet, points in zip(shares, sheets, fresh, strict=True):
        if sheet.is_joint:
            may_come, is_own = sum(points) >= suppression.THRESHOLD, True
        else:
            may_come = is_enough and any(points)
            is_own = may_come and verdict[share.part] is None
        if not may_come:
            result.append(share)
        elif is_own:
            own = _summed([share.own, points])
            result.append(replace(share, own=own, is_joint=sheet.is_joint))
        else:
            result.append(replace(share, together=_summed([share.together, points])))
    return result


def _fresh(share: Told, points: tuple[int, ...]) -> tuple[int, ...]:
    """Return the points that stand in no row yet; none when others have to go first."""
    if any(_removed(share.points, points)):
        return NO_POINTS
    return _removed(points, share.points)


def _options(
    shown: Batch, sheets: Sequence[SheetTotals]
) -> tuple[Histograms, Mapping[str, int], Sequence[Histograms]]:
    """Return the questions that are shown, what they hold back, and every share in them."""
    result, held = dict(shown.options), dict(shown.held)
    answered: list[dict[str, tuple[int, ...]]] = [
        dict(sheet.shown.options) for sheet in sheets
    ]
    codes = {code for s in sheets for code in (*s.options, *s.shown.options)}
    for code in sorted(codes):
        shares = [_share(sheet, code) for sheet in sheets]
        new = _summed(shares)
        before = shown.options.get(code, (0,) * len(new))
        size = held.get(code, 0)
        if suppression.distribution_may_follow(before, new, size):
            result[code] = new
            held.pop(code, None)
            for answers, share in zip(answered, shares, strict=True):
                if any(share):
                    answers[code] = share
        else:
            result[code] = before
            if size := suppression.held_block(before, new, size):
                held[code] = size
    return result, held, answered


def _share(sheet: SheetTotals, code: str) -> tuple[int, ...]:
    """Return the answers to a question that a conversation may bring in now.

    What only grew is new; what also lost answers has to be large enough by itself.
    """
    told = sheet.shown.options.get(code, NO_ANSWERS)
    now = tuple(sheet.options.get(code, NO_ANSWERS))
    only_grew = not any(_removed(told, now))
    return now if only_grew or suppression.correction_may_follow(told, now) else told


def _medians(told: Iterable[Told]) -> tuple[int, ...]:
    """Count the conversations of five people or more by their own median.

    The median of one to four people is a number about one to four people (P4).
    """
    counts = list(NO_MEDIANS)
    for share in told:
        if sum(share.points) >= suppression.THRESHOLD:
            counts[suppression.half_points(share.points)] += 1
    return tuple(counts)


def _rows(shares: Iterable[tuple[str, tuple[int, ...]]]) -> dict[str, tuple[int, ...]]:
    """Add the shares in a row up per part; a part without any has no place in it."""
    rows: dict[str, tuple[int, ...]] = {}
    for part, points in shares:
        if any(points):
            rows[part] = _summed([rows.get(part, NO_POINTS), points])
    return rows


def _removed(old: Sequence[int], new: Sequence[int]) -> tuple[int, ...]:
    return tuple(max(0, was - now) for was, now in zip(old, new, strict=True))


def _summed(rows: Iterable[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(values) for values in zip(*rows, strict=True))
