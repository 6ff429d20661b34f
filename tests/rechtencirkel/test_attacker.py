"""An attacker with everything that was ever shown, and a solver.

He kept every page: after each batch the number of people, the median and the middle half
of a side, of each part that has a line of its own, and the names of the parts that have
none. He knows the rules. He asks the solver whether what is hidden can be only one thing.
"""

from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from kader.vocabulary import Side
from rechtencirkel import suppression
from rechtencirkel.analysis import analyse_parts
from rechtencirkel.batches import Batch, SheetTotals, is_due, next_batch
from rechtencirkel.suppression import Distribution

VALUES = 11
DATA_SETS = 1000
PARTS = ("a", "b", "c", "d")
OWN, TOGETHER = range(2)


@dataclass(frozen=True)
class Shown:
    """One page: the points of the side, and the lines of the table of parts."""

    points: object
    parts: tuple
    options: tuple


@dataclass(frozen=True)
class Publishing:
    """What happened: sheets per batch, the batch after each, and what was shown."""

    batches: tuple
    states: tuple
    pages: tuple
    side: Side


def invent(seed):
    """Make up a measurement: two to four parts, one of them always small."""
    random = Random(seed)  # noqa: S311 - invents answers
    parts = PARTS[: random.randint(2, 4)]
    sizes = {part: random.randint(5, 14) for part in parts}
    sizes[parts[0]] = random.randint(1, 4)
    if random.random() < 0.25:
        sizes[parts[-1]] = random.randint(1, 6)
    middle = {part: random.randint(1, 9) for part in parts}
    sheets = []
    for part, size in sizes.items():
        while size:
            people = min(size, random.choice((1, 2, 3, 5, 6, 8)))
            size -= people
            sheets.append(a_sheet(part, people, middle[part], random))
    random.shuffle(sheets)
    return sheets, random.choice(tuple(Side))


def a_sheet(part, people, middle, random):
    points = [0] * VALUES
    options = [0] * 5
    for _ in range(people):
        points[min(10, max(0, middle + random.randint(-2, 2)))] += 1
        options[random.choice((0, 1, 1, 2, 3, 4))] += 1
    return SheetTotals(part, people, tuple(points), {"D1": options})


def publish(sheets, side, *, at_once=False):
    """Hand the sheets in one after the other, as the service does, or all at once."""
    state, told, waiting = Batch(), [], []
    batches, states, pages = [], [], []
    for sheet in sheets:
        waiting.append(sheet)
        if is_due(waiting) and (not at_once or sheet is sheets[-1]):
            told += waiting
            state = next_batch(state, told)
            batches.append(tuple(waiting))
            states.append(state)
            pages.append(page_of(state, side))
            waiting = []
    return Publishing(tuple(batches), tuple(states), tuple(pages), side)


def page_of(state, side):
    return Shown(
        points=suppression.points(state.points),
        parts=analyse_parts(state.rows, side),
        options=tuple(
            suppression.distribution(state.options[code])
            for code in sorted(state.options)
        ),
    )


class Attack:
    """Integer counts per batch, part, row and value, bound by everything on the pages.

    A part's answers stand in a row of their own or in the row that small parts share.
    With `knows_who_came` the attacker also counted everybody who walked in.
    """

    def __init__(self, happened, *, knows_who_came=False):
        self.knows_who_came = knows_who_came
        self.parts = sorted({s.part for batch in happened.batches for s in batch})
        self.shape = (len(happened.batches), len(self.parts), 2, VALUES)
        self.truth = self.what_happened(happened)
        self.rows, self.low, self.high = [], [], []
        before = None
        for place, page in enumerate(happened.pages):
            if page != before:
                self.reads(page.points, self.cells(place, self.parts, (OWN, TOGETHER)))
                self.reads_table(page.parts, place)
            before = page
        people = self.truth.sum(axis=3)
        for batch, part, row in np.ndindex(*self.shape[:3]):
            if row == OWN and people[batch, part, OWN]:
                # The row of this part grew, so all of it stands there.
                self.bind(self.cell(batch, part, TOGETHER), 0, 0)
            if row == OWN and knows_who_came:
                came = people[batch, part].sum()
                both = self.cell(batch, part, OWN) + self.cell(batch, part, TOGETHER)
                self.bind(both, came, came)

    def what_happened(self, happened):
        truth = np.zeros(self.shape)
        for batch, (before, after) in enumerate(pairwise((Batch(), *happened.states))):
            for part, name in enumerate(self.parts):
                for row, field in ((OWN, "own"), (TOGETHER, "together")):
                    old = getattr(before, field).get(name, (0,) * VALUES)
                    new = getattr(after, field).get(name, (0,) * VALUES)
                    truth[batch, part, row] = np.subtract(new, old)
        return truth

    def reads_table(self, lines, until):
        if not lines:
            return
        for line in lines:
            row = (TOGETHER,) if line.is_together or line.points.is_hidden else (OWN,)
            cells = self.cells(until, line.keys, row)
            self.reads(line.points, cells)
            if line.points.is_hidden:
                # Named, so there is somebody.
                self.bind(cells, 1, np.inf)
        alone = {line.keys[0] for line in lines if not line.points.is_hidden}
        for part in set(self.parts) - alone:
            self.bind(self.cells(until, [part], (OWN,)), 0, 0)

    def reads(self, points, cells):
        if points.is_hidden:
            return
        n = points.people
        self.bind(cells, n, n)
        for share, value in (
            (0.25, points.low),
            (0.5, points.median),
            (0.75, points.high),
        ):
            cut = share * n
            first = int(cut) if cut == int(cut) else int(cut) + 1
            last = first + 1 if cut == int(cut) else first
            # The answer at `first` is at most the value, the one at `last` at least.
            self.bind(self.up_to(cells, int(np.floor(value))), first, np.inf)
            self.bind(self.up_to(cells, int(np.ceil(value)) - 1), 0, last - 1)

    def cells(self, until, parts, rows):
        chosen = np.zeros(self.shape)
        for part in parts:
            for row in rows:
                chosen[: until + 1, self.parts.index(part), row] = 1
        return chosen

    def cell(self, batch, part, row):
        chosen = np.zeros(self.shape)
        chosen[batch, part, row] = 1
        return chosen

    def up_to(self, cells, most):
        chosen = cells.copy()
        chosen[..., most + 1 :] = 0
        return chosen

    def bind(self, mask, low, high):
        self.rows.append(mask.ravel())
        self.low.append(low)
        self.high.append(high)

    def targets(self):
        """Return what is hidden and about one to four people: counts, then answers.

        Of each part in the shared row, in every stretch of batches.
        """
        last = self.shape[0]
        for part in range(len(self.parts)):
            for start in range(last):
                for end in range(start + 1, last + 1):
                    hidden = self.truth[start:end, part, TOGETHER]
                    if not 1 <= hidden.sum() <= 4:
                        continue
                    chosen = np.zeros(self.shape)
                    chosen[start:end, part, TOGETHER] = 1
                    if not self.knows_who_came:
                        yield chosen.ravel()
                    for value in np.flatnonzero(hidden.sum(axis=0)):
                        answer = np.zeros(self.shape)
                        answer[start:end, part, TOGETHER, value] = 1
                        yield answer.ravel()

    def recovered(self):
        """Count the targets that can be only one number."""
        open_targets = list(self.targets())
        self.bound = LinearConstraint(
            csr_matrix(np.array(self.rows)), self.low, self.high
        )
        found = 0
        while open_targets:
            target = open_targets.pop()
            others = self.others(target)
            if not others:
                found += 1
                continue
            # Every other world that fits acquits all the targets that differ in it.
            open_targets = [
                t
                for t in open_targets
                if all(
                    np.isclose(t @ world, t @ self.truth.ravel()) for world in others
                )
            ]
        return found

    def others(self, target):
        """Return a world that shows the same pages and differs in the target, if any."""
        true = target @ self.truth.ravel()
        for sign in (-1, 1):
            world = self.solve(sign * target)
            if not np.isclose(target @ world, true):
                return [world]
        return []

    def solve(self, objective):
        most = self.truth.sum()
        answer = milp(
            objective,
            constraints=self.bound,
            bounds=Bounds(0, most),
            integrality=np.ones(objective.size),
        )
        # The truth fits what was shown, so there is always an answer.
        assert answer.success, answer.message
        return np.round(answer.x)


def attacks(seeds, *, at_once=False, **knows):
    """Return for every made up measurement how much was found and how much was hidden."""
    for seed in seeds:
        happened = publish(*invent(seed), at_once=at_once)
        if happened.pages:
            attack = Attack(happened, **knows)
            yield attack.recovered(), sum(1 for _ in attack.targets())


def hide_only_what_is_small(parts):
    """Suppress without complement: total minus the shown parts is what is hidden."""
    return {
        key: suppression.Reason.TOO_FEW if people < suppression.THRESHOLD else None
        for key, people in parts.items()
    }


# In four parts, so that two processes share them.
@pytest.mark.parametrize("part", range(4))
def test_the_attacker_recovers_nothing(part):
    seeds = range(part, DATA_SETS, 4)

    outcomes = [
        *attacks(seeds[::2]),
        *attacks(seeds[1::4], at_once=True),
        *attacks(seeds[3::4], knows_who_came=True),
    ]

    assert len(outcomes) > len(seeds) * 0.9
    assert sum(hidden > 0 for _, hidden in outcomes) > len(seeds) * 0.5
    assert [found for found, _ in outcomes if found] == []


def test_without_complementary_suppression_the_attacker_wins(monkeypatch):
    monkeypatch.setattr(suppression, "breakdown", hide_only_what_is_small)

    outcomes = [o for o in attacks(range(100), at_once=True) if o[1]]

    assert len(outcomes) > 50
    assert sum(found > 0 for found, _ in outcomes) > len(outcomes) / 2


def test_between_two_pages_a_distribution_changes_by_nobody_or_by_five():
    changes = [
        new.people - old.people
        for seed in range(DATA_SETS)
        for earlier, later in pairwise(publish(*invent(seed)).pages)
        for old, new in zip(earlier.options, later.options, strict=True)
        if isinstance(old, Distribution) and isinstance(new, Distribution)
    ]

    assert max(changes) >= suppression.THRESHOLD
    assert not set(changes) & {1, 2, 3, 4}
