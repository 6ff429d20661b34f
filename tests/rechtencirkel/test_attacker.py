"""Attackers with everything that was ever shown, who know the rules, and a solver.

Each kept every page and asks whether what is hidden can be only one thing.

- The first reads the points of a side and its table of parts: the number of people, the
  median and the middle half of each line, and the names of the parts that have none.
- The second reads talk by talk. He knows of every talk how many people it had, of which
  part it is, in which row it stands, on which page it came in, when it was corrected,
  and whether it gave one score together. Besides the points and the parts he reads how
  many talks there are, and the median per conversation where all large ones scored
  together: then the score is the median.
- The third reads a question after every talk. He knows how many people each talk had,
  and looks for a talk that was held back because all of it gave the same answer. How
  many people left the question open, is on no page.

What they do not have: the sheet of a talk, or somebody who was in it.
"""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from kader.vocabulary import Side
from rechtencirkel import suppression
from rechtencirkel.analysis import analyse_parts
from rechtencirkel.batches import NO_POINTS, Batch, SheetTotals, is_due, next_batch
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
            state, told = renew(state, [*told, *waiting])
            batches.append(tuple(waiting))
            states.append(state)
            pages.append(page_of(state, side))
            waiting = []
    return Publishing(tuple(batches), tuple(states), tuple(pages), side)


def renew(state, sheets):
    """Publish once; return what is shown then, and the sheets as they were told."""
    state = next_batch(state, sheets)
    shares = zip(sheets, state.told, strict=True)
    return state, [replace(sheet, told=share) for sheet, share in shares]


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


# --- talk by talk: one score together, medians per conversation, corrections ----

TALK_SETS = 240
SCORES = range(1, 10)


@dataclass(frozen=True)
class Seen:
    """One page: what it shows, and what stands behind it, version by version."""

    points: object
    parts: tuple
    per_conversation: object
    conversations: int
    # Per talk the version that is told and whether it stands in the shared row.
    told: tuple


def together(part, people, score):
    points = [0] * VALUES
    points[score] = people
    return SheetTotals(part, people, tuple(points), is_joint=True)


def one_by_one(part, random, people):
    middle = random.choice(SCORES)
    return a_sheet(part, people, middle, random)


def invent_talks(seed):
    """Make up talks: large ones that mostly scored together, small ones that did not.

    Some are corrected later: another score together, or other stickers.
    """
    random = Random(seed)  # noqa: S311 - invents answers
    parts = PARTS[: random.randint(1, 3)]
    share = 1 if seed % 2 else 0.6
    talks = [
        together(part, people, random.choice(SCORES))
        if random.random() < share
        else one_by_one(part, random, people)
        for part, people in (
            (random.choice(parts), random.randint(5, 9))
            for _ in range(random.randint(2, 6))
        )
    ]
    talks += [
        one_by_one(random.choice(parts), random, random.choice((1, 1, 2, 4)))
        for _ in range(random.randint(1, 4))
    ]
    random.shuffle(talks)
    corrected = {}
    for number, talk in enumerate(talks):
        if random.random() < 0.3:
            score = random.choice(SCORES)
            corrected[number] = (
                together(talk.part, talk.people, score)
                if talk.is_joint
                else one_by_one(talk.part, random, talk.people)
            ).points
    return talks, corrected, random.choice(tuple(Side))


def tell(talks, corrected, side, *, protects=True):
    """Publish the talks one after the other, and every correction some talks later.

    Without `protects` a score given together hides the small talks beside it.
    """
    state, sheets, waiting, pages = Batch(), [], [], []
    versions = [[NO_POINTS, talk.points] for talk in talks]
    where = []

    def look():
        told = tuple(
            (number, versions[number].index(s.told.points), any(s.told.together))
            for number, s in zip(where, sheets, strict=True)
            if any(s.told.points)
        )
        pages.append(
            Seen(
                suppression.points(state.points),
                analyse_parts(state.rows, side),
                suppression.per_conversation(state.conversation_medians, state.points),
                state.conversations,
                told,
            )
        )

    for number, talk in enumerate(talks):
        waiting.append((number, replace(talk, is_joint=talk.is_joint and protects)))
        if is_due(sheet for _, sheet in waiting):
            where += [known for known, _ in waiting]
            state, sheets = renew(state, [*sheets, *(s for _, s in waiting)])
            waiting = []
            look()
        for again, points in corrected.items():
            if again in where and len(versions[again]) == 2 and again < number:
                place = where.index(again)
                sheets[place] = replace(sheets[place], points=points)
                versions[again].append(points)
                state, sheets = renew(state, sheets)
                look()
    return versions, pages


class TalkAttack:
    """Integer counts per talk, version and value, bound by everything on the pages."""

    def __init__(self, talks, versions, pages):
        self.blocks = [
            (number, version)
            for number, known in enumerate(versions)
            for version in range(1, len(known))
        ]
        self.size = len(self.blocks) * VALUES
        self.talks, self.pages = talks, pages
        # One score together is a choice among eleven, the others are counts.
        self.weight = [
            talks[number].people if talks[number].is_joint else 1
            for number, _ in self.blocks
        ]
        self.truth = np.concatenate(
            [
                np.array(versions[number][version]) / weight
                for (number, version), weight in zip(
                    self.blocks, self.weight, strict=True
                )
            ]
        )
        self.rows, self.low, self.high = [], [], []
        for place, (number, _) in enumerate(self.blocks):
            total = 1 if talks[number].is_joint else talks[number].people
            self.bind(self.cells([place], weighs=False), total, total)
        for page in pages:
            self.read(page)

    def read(self, page):
        told = [self.blocks.index((number, v)) for number, v, _ in page.told]
        self.quantiles(page.points, self.cells(told))
        for line in page.parts:
            if line.points.is_hidden:
                continue
            inside = [
                self.blocks.index((number, v))
                for number, v, is_together in page.told
                if self.talks[number].part in line.keys
                and is_together is line.is_together
            ]
            self.quantiles(line.points, self.cells(inside))
        if not page.per_conversation.is_hidden:
            large = [
                self.blocks.index((number, v))
                for number, v, _ in page.told
                if self.talks[number].people >= suppression.THRESHOLD
            ]
            assert page.per_conversation.conversations == len(large)
            if all(self.weight[place] > 1 for place in large):
                score = self.cells(large, weighs=False)
                self.middle(page.per_conversation.median, 0.5, score)
        assert page.conversations == len(told)

    def quantiles(self, points, cells):
        if points.is_hidden:
            return
        assert round(cells @ self.truth) == points.people
        for share, value in (
            (0.25, points.low),
            (0.5, points.median),
            (0.75, points.high),
        ):
            self.middle(value, share, cells)

    def middle(self, value, share, cells):
        n = round(cells @ self.truth)
        cut = share * n
        first = int(cut) if cut == int(cut) else int(cut) + 1
        last = first + 1 if cut == int(cut) else first
        self.bind(self.up_to(cells, int(np.floor(value))), first, np.inf)
        self.bind(self.up_to(cells, int(np.ceil(value)) - 1), 0, last - 1)

    def cells(self, places, *, weighs=True):
        chosen = np.zeros((len(self.blocks), VALUES))
        for place in places:
            chosen[place] = self.weight[place] if weighs else 1
        return chosen.ravel()

    def up_to(self, cells, most):
        chosen = cells.reshape(-1, VALUES).copy()
        chosen[:, most + 1 :] = 0
        return chosen.ravel()

    def bind(self, mask, low, high):
        self.rows.append(mask)
        self.low.append(low)
        self.high.append(high)

    def targets(self):
        """Return the answers of every told talk with one to four people."""
        told = {(number, v) for page in self.pages for number, v, _ in page.told}
        for place, block in enumerate(self.blocks):
            is_small = self.talks[block[0]].people < suppression.THRESHOLD
            if not is_small or block not in told:
                continue
            for value in range(VALUES):
                at = place * VALUES + value
                if self.truth[at]:
                    target = np.zeros(self.size)
                    target[at] = 1
                    yield target

    def recovered(self):
        """Count the targets that can be only one number."""
        bound = LinearConstraint(csr_matrix(np.array(self.rows)), self.low, self.high)
        return sum(
            all(
                np.isclose(
                    target @ self.solve(sign * target, bound), self.truth @ target
                )
                for sign in (-1, 1)
            )
            for target in self.targets()
        )

    def solve(self, objective, bound):
        answer = milp(
            objective,
            constraints=bound,
            bounds=Bounds(0, 9),
            integrality=np.ones(self.size),
        )
        # The truth fits what was shown, so there is always an answer.
        assert answer.success, answer.message
        return np.round(answer.x)


def talk_attacks(seeds, **how):
    """Return how much was found, how much was hidden, and what there was to read."""
    for seed in seeds:
        talks, corrected, side = invent_talks(seed)
        versions, pages = tell(talks, corrected, side, **how)
        if pages:
            attack = TalkAttack(talks, versions, pages)
            yield attack.recovered(), len(list(attack.targets())), versions, pages


@pytest.mark.parametrize("part", range(2))
def test_who_reads_talk_by_talk_recovers_no_small_talk(part):
    outcomes = list(talk_attacks(range(part, TALK_SETS, 2)))

    followed = [
        any(version == 2 for page in pages for _, version, _ in page.told)
        for _, _, _, pages in outcomes
    ]
    medians = [
        any(not page.per_conversation.is_hidden for page in pages)
        for _, _, _, pages in outcomes
    ]
    assert sum(hidden > 0 for _, hidden, _, _ in outcomes) > len(outcomes) * 0.3
    assert sum(followed) > len(outcomes) * 0.2
    assert sum(medians) > len(outcomes) * 0.1
    assert [found for found, *_ in outcomes if found] == []


def test_when_scores_together_hide_small_talks_he_does():
    outcomes = list(talk_attacks(range(100), protects=False))

    assert sum(found > 0 for found, *_ in outcomes) > 3


# --- question by question: what everybody answered ------------------------------

QUESTION_SETS = 40
NOTHING = (0, 0, 0, 0, 0)


def worlds_of(people):
    """Return every way in which up to so many people answered with three options."""
    numbers = range(people + 1)
    return [w for w in product(numbers, repeat=3) if sum(w) <= people]


def invent_answers(seed):
    """Make up talks of five to seven people; in the first all give the same answer."""
    random = Random(seed)  # noqa: S311 - invents answers
    first = [0, 0, 0]
    first[random.randrange(3)] = random.randint(5, 7)
    sizes = [random.randint(5, 7) for _ in range(random.randint(1, 3))]
    everybody = [[w for w in worlds_of(n) if sum(w) == n] for n in sizes]
    return [tuple(first), *(random.choice(worlds) for worlds in everybody)]


@cache
def tell_answers(shown, held, answers):
    """Publish all answers up to now; return what is shown, and what is held back."""
    before = Batch(options={"D1": shown}, held={"D1": held} if held else {})
    talk = SheetTotals("a", sum(answers), NO_POINTS, {"D1": answers})
    after = next_batch(before, [talk])
    return after.options["D1"], after.held.get("D1", 0)


def as_one_man(answers):
    """Return the one answer that five or more gave, None when they did not."""
    is_one = max(answers) == sum(answers) >= suppression.THRESHOLD
    return answers.index(max(answers)) if is_one else None


def fitting(talks):
    """Return what the first talk can have answered as one man, and the last page."""
    shown, held, answers, pages = NOTHING, 0, NOTHING, []
    for talk in talks:
        answers = (*np.add(answers[:3], talk).tolist(), 0, 0)
        shown, held = tell_answers(shown, held, answers)
        pages.append(suppression.distribution(shown))
    # Worlds that differ only in how they came here are one and the same from here on.
    fits = {(as_one_man(w), NOTHING, 0, (*w, 0, 0)) for w in worlds_of(sum(talks[0]))}
    for place, page in enumerate(pages):
        if place:
            fits = {
                (first, shown, held, (*np.add(known[:3], world).tolist(), 0, 0))
                for first, shown, held, known in fits
                for world in worlds_of(sum(talks[place]))
            }
        told = {(f, *tell_answers(s, h, known), known) for f, s, h, known in fits}
        fits = {w for w in told if suppression.distribution(w[1]) == page}
    return {first for first, *_ in fits}, pages[-1]


def test_who_reads_questions_does_not_learn_what_all_of_a_talk_answered():
    outcomes = [fitting(invent_answers(seed)) for seed in range(QUESTION_SETS)]

    assert sum(not page.is_hidden for _, page in outcomes) > QUESTION_SETS * 0.2
    assert [first for first, _ in outcomes if len(first) < 2] == []


def test_without_waiting_he_learns_more(monkeypatch):
    talks = [(5, 0, 0), (3, 2, 0)]
    careful, _ = fitting(talks)
    tell_answers.cache_clear()
    monkeypatch.setattr(suppression, "held_block", lambda *_: 0)

    careless, page = fitting(talks)

    tell_answers.cache_clear()
    assert not page.is_hidden
    assert careless < careful
