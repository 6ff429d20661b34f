"""Two measurements side by side, and the actions that ran meanwhile.

Pure: rows in, values out. It never says that an action changed a score: a later score is
seen together with an action, and that is all the figures can tell. What each measurement
hides by itself stays hidden here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from improvement_actions.models import ImprovementAction
from kader.svg import points as in_points
from kader.vocabulary import ActionStatus, ServiceDomain, Side
from rechtencirkel.analysis import Circle, SideResult
from rechtencirkel.models import RoundQuestion

BEGUN = frozenset({ActionStatus.RUNNING, ActionStatus.DONE})
ENDED = frozenset({ActionStatus.DONE, ActionStatus.STOPPED})


@dataclass(frozen=True)
class SideChange:
    """One side of one domain, then and now.

    It is the same question when both measurements asked points under the same code; the
    words around the code may have changed (`is_reworded`).
    """

    side: Side
    before: SideResult
    after: SideResult
    is_same_question: bool
    is_reworded: bool

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
        number = in_points(abs(moved))
        unit = "punt" if abs(moved) == 1 else "punten"
        return f"{number} {unit} {'meer' if moved > 0 else 'minder'}"

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
    """All nine domains, then and now."""

    domains: tuple[DomainChange, ...]
    same_codes: int
    changed_codes: int
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
    asked_before: Iterable[RoundQuestion],
    asked_after: Iterable[RoundQuestion],
    actions: Iterable[ActionMeanwhile],
) -> Comparison:
    """Compare domain by domain, only where the same code was asked in both."""
    old = {question.code: question for question in asked_before}
    new = {question.code: question for question in asked_after}
    meanwhile = tuple(actions)
    return Comparison(
        domains=tuple(
            DomainChange(
                domain=domain,
                sides=(
                    _change(
                        before[domain].target, after[domain].target, domain, old, new
                    ),
                    _change(
                        before[domain].provider,
                        after[domain].provider,
                        domain,
                        old,
                        new,
                    ),
                ),
                actions=tuple(m for m in meanwhile if domain in m.action.domains),
            )
            for domain in ServiceDomain
        ),
        same_codes=len(old.keys() & new.keys()),
        changed_codes=len(old.keys() ^ new.keys()),
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
    before: SideResult,
    after: SideResult,
    domain: ServiceDomain,
    old: Mapping[str, RoundQuestion],
    new: Mapping[str, RoundQuestion],
) -> SideChange:
    shared = [
        code
        for code, question in old.items()
        if question.is_points
        and (question.side, question.domain) == (before.side, domain)
        and code in new
    ]
    return SideChange(
        side=before.side,
        before=before,
        after=after,
        is_same_question=bool(shared),
        is_reworded=any(old[code].text != new[code].text for code in shared),
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
