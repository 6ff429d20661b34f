"""Two measurements side by side, and the actions that ran meanwhile.

Pure: rows in, values out. It never says that an action changed a score: a later score is
seen together with an action, and that is all the figures can tell. What each measurement
hides by itself stays hidden here too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from improvement_actions.models import ImprovementAction
from kader.svg import counted_points
from kader.vocabulary import (
    ActionStatus,
    Comparability,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.analysis import Circle, SideResult
from rechtencirkel.comparison import Change, Compared

BEGUN = frozenset({ActionStatus.RUNNING, ActionStatus.DONE})
ENDED = frozenset({ActionStatus.DONE, ActionStatus.STOPPED})


@dataclass(frozen=True)
class SideChange:
    """One side of one domain, then and now.

    `comparability` is that of the question that asked the points.
    """

    side: Side
    before: SideResult
    after: SideResult
    comparability: Comparability

    @property
    def is_same_question(self) -> bool:
        return self.comparability is not Comparability.NOT

    @property
    def is_reworded(self) -> bool:
        return self.comparability is Comparability.WITH_CARE

    @property
    def is_shown(self) -> bool:
        """Whether then and now may stand side by side."""
        medians = (self.before.median, self.after.median)
        return self.is_same_question and None not in medians

    @property
    def sentence(self) -> str:
        """Say how the middle moved, without saying why; empty when that is not shown."""
        if not self.is_shown or self.before.median is None or self.after.median is None:
            return ""
        moved = self.after.median - self.before.median
        if not moved:
            return "evenveel"
        return f"{counted_points(abs(moved))} {'meer' if moved > 0 else 'minder'}"

    @property
    def obstacle(self) -> str:
        """Say why the two cannot be compared; empty when they can."""
        if not self.is_same_question:
            return "niet dezelfde vraag"
        if not self.before.is_asked and not self.after.is_asked:
            return "twee keer niet bevraagd"
        for side, when in ((self.before, "toen"), (self.after, "nu")):
            if not side.is_asked:
                return f"{when} niet bevraagd"
            if side.median is None:
                return f"{when} te weinig antwoorden"
        return ""


@dataclass(frozen=True)
class ActionMeanwhile:
    """An action that ran between the two, with the days it began and ended."""

    action: ImprovementAction
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class DomainChange:
    """One domain, then and now, with the actions about it."""

    domain: ServiceDomain
    sides: tuple[SideChange, SideChange]
    actions: tuple[ActionMeanwhile, ...]

    @property
    def is_shown(self) -> bool:
        return any(side.is_shown for side in self.sides)


@dataclass(frozen=True)
class Comparison:
    """All nine domains, then and now, and how many questions of both lists compare."""

    domains: tuple[DomainChange, ...]
    same_questions: int
    other_questions: int
    loose_actions: tuple[ActionMeanwhile, ...]

    @property
    def shown(self) -> tuple[DomainChange, ...]:
        """Domains of which at least one side can be compared."""
        return tuple(change for change in self.domains if change.is_shown)

    @property
    def is_reworded(self) -> bool:
        """Whether a question that is compared has other words than before."""
        return any(s.is_shown and s.is_reworded for d in self.domains for s in d.sides)


def compare_measurements(
    before: Circle,
    after: Circle,
    *,
    questions: Iterable[Compared],
    actions: Iterable[ActionMeanwhile],
) -> Comparison:
    """Compare domain by domain, only where the question about the points compares."""
    compared = tuple(questions)
    meanwhile = tuple(actions)
    asked = [row for row in compared if row.change is not Change.NOT_ASKED]
    same = sum(row.comparability is not Comparability.NOT for row in asked)
    return Comparison(
        domains=tuple(
            DomainChange(
                domain=domain,
                sides=(
                    _change(
                        domain, before[domain].target, after[domain].target, compared
                    ),
                    _change(
                        domain,
                        before[domain].provider,
                        after[domain].provider,
                        compared,
                    ),
                ),
                actions=tuple(m for m in meanwhile if domain in m.action.domains),
            )
            for domain in ServiceDomain
        ),
        same_questions=same,
        other_questions=len(asked) - same,
        loose_actions=tuple(m for m in meanwhile if not m.action.domains),
    )


def actions_between(
    actions: Iterable[ImprovementAction], *, start: date, end: date
) -> tuple[ActionMeanwhile, ...]:
    """Return the actions that ran at some time from start to end, in order of the start.

    Expects the follow-ups loaded. An action runs from the first follow-up that says so,
    or from its own first day once it runs or is done, until it is done or stopped. Ideas
    and decisions that nobody started on are no change yet.
    """
    found = []
    for action in actions:
        began = _began_on(action)
        ended = _ended_on(action)
        if began is None or began > end or (ended is not None and ended < start):
            continue
        found.append(ActionMeanwhile(action, began, ended))
    return tuple(sorted(found, key=lambda m: (m.began_on, m.action.pk)))


def _change(
    domain: ServiceDomain,
    before: SideResult,
    after: SideResult,
    compared: Iterable[Compared],
) -> SideChange:
    """Put one side of a domain side by side; it has one question that asks points."""
    of_points = (
        row.comparability
        for row in compared
        if row.question.scale == Scale.POINTS
        and (row.question.domain, row.question.side) == (domain, before.side)
        and row.comparability is not Comparability.NOT
    )
    return SideChange(
        side=before.side,
        before=before,
        after=after,
        comparability=next(of_points, Comparability.NOT),
    )


def _began_on(action: ImprovementAction) -> date | None:
    days = [
        line.happened_on for line in action.follow_ups.all() if line.status in BEGUN
    ]
    if action.starts_on is not None and action.status in BEGUN:
        days.append(action.starts_on)
    return min(days, default=None)


def _ended_on(action: ImprovementAction) -> date | None:
    if action.status not in ENDED:
        return None
    days = [
        line.happened_on
        for line in action.follow_ups.all()
        if line.status == action.status
    ]
    return max(days, default=None)
