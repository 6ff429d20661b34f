"""What a version of the planning changes against the one before, in sentences.

Pure: two versions and their steps in, lines out. It knows rule R6 (a change of dates,
target numbers or hours is a big change) and the amounts that the pages print.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from kader.vocabulary import Phase
from projects.models import Planning, PlanningStep

# A space that keeps the figures of one amount together.
JOINED = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Change:
    """One difference in words; a big one makes every member judge again (R6)."""

    sentence: str
    is_major: bool


@dataclass(frozen=True)
class Totals:
    """What all steps together take; a step without a figure takes nothing yet."""

    hours: int
    euros: int


def changes_between(
    before: Planning | None,
    steps_before: Sequence[PlanningStep],
    after: Planning,
    steps_after: Sequence[PlanningStep],
) -> tuple[Change, ...]:
    """Return every difference, target numbers first; nothing without a version before.

    Expects the owners of the steps loaded (no queries). A step is recognised by its
    title, or else by its dates, hours and phase.
    """
    if before is None:
        return ()
    pairs, gone, new = _match(steps_before, steps_after)
    return (
        *_target_changes(before, after),
        *(Change(f"Nieuwe stap: {describe(step)}.", is_major=True) for step in new),
        *(Change(f"Weggevallen: {describe(step)}.", is_major=True) for step in gone),
        *(change for old, step in pairs for change in _step_changes(old, step)),
        *_total_changes(steps_before, steps_after),
        *_remark_changes(before, after),
    )


def totals_of(steps: Iterable[PlanningStep]) -> Totals:
    """Add the hours and the euros of the steps."""
    given = list(steps)
    return Totals(
        hours=sum(step.hours or 0 for step in given),
        euros=sum(step.euros or 0 for step in given),
    )


def period(step: PlanningStep) -> str:
    """Write when a step runs, without saying twice: "9 – 22 november 2026"."""
    if step.starts_on == step.ends_on:
        return _day(step.starts_on)
    start = "j F Y"
    if step.starts_on.year == step.ends_on.year:
        start = "j" if step.starts_on.month == step.ends_on.month else "j F"
    return f"{date_format(step.starts_on, start)} – {_day(step.ends_on)}"


def describe(step: PlanningStep) -> str:
    """Name a step with what it asks of people."""
    parts = [step.title, period(step)]
    if step.hours:
        parts.append(f"{amount(step.hours)} uur")
    if step.owner:
        parts.append(str(step.owner))
    return ", ".join(parts)


def amount(value: int) -> str:
    """Write a whole number the Dutch way: 1 250."""
    return f"{value:,}".replace(",", JOINED)


def euros(value: int) -> str:
    """Write an amount of money: 1 250 euro."""
    return f"{amount(value)}{JOINED}euro"


def _day(value: date) -> str:
    return date_format(value, "j F Y")


def _target_changes(before: Planning, after: Planning) -> list[Change]:
    return [
        Change(
            f"{name}: {getattr(after, field)} in plaats van {getattr(before, field)}.",
            is_major=True,
        )
        for field, name in (
            ("target_participants", "Mensen van de doelgroep"),
            ("target_not_reached", "Mensen die de weg nog niet vonden"),
            ("target_providers", "Hulp- en dienstverleners"),
        )
        if getattr(before, field) != getattr(after, field)
    ]


Pair = tuple[PlanningStep, PlanningStep]


def _match(
    before: Sequence[PlanningStep], after: Sequence[PlanningStep]
) -> tuple[list[Pair], list[PlanningStep], list[PlanningStep]]:
    """Pair the steps of two versions; each step is used once."""
    pairs: list[Pair] = []
    gone, new = list(before), list(after)
    for key in (_exactly, _by_title, _by_size):
        matched = _pair_by(key, gone, new)
        pairs += matched
        used = {id(step) for pair in matched for step in pair}
        gone = [step for step in gone if id(step) not in used]
        new = [step for step in new if id(step) not in used]
    pairs.sort(key=lambda pair: (pair[1].starts_on, pair[1].position))
    return pairs, gone, new


def _pair_by(
    key: Callable[[PlanningStep], object],
    before: Sequence[PlanningStep],
    after: Sequence[PlanningStep],
) -> list[Pair]:
    waiting: dict[object, list[PlanningStep]] = {}
    for step in before:
        waiting.setdefault(key(step), []).append(step)
    return [
        (waiting[key(step)].pop(0), step) for step in after if waiting.get(key(step))
    ]


def _by_title(step: PlanningStep) -> object:
    return " ".join(step.title.casefold().split())


def _by_size(step: PlanningStep) -> object:
    return (step.starts_on, step.ends_on, step.hours, step.phase)


def _exactly(step: PlanningStep) -> object:
    return (_by_title(step), _by_size(step), step.owner_id)


def _step_changes(old: PlanningStep, new: PlanningStep) -> list[Change]:
    changes = []
    if (old.starts_on, old.ends_on) != (new.starts_on, new.ends_on):
        changes.append(
            Change(
                f"{new.title}: verschoven van {period(old)} naar {period(new)}.",
                is_major=True,
            )
        )
    if (old.hours or 0) != (new.hours or 0):
        changes.append(
            Change(
                f"{new.title}: {amount(new.hours or 0)} uur in plaats van "
                f"{amount(old.hours or 0)}.",
                is_major=True,
            )
        )
    if old.owner_id != new.owner_id:
        owner = f"nu trekt {new.owner} dit" if new.owner else "niemand trekt dit nog"
        # Whose hours they are changes with it.
        changes.append(Change(f"{new.title}: {owner}.", is_major=bool(new.hours)))
    return changes + _small_changes(old, new)


def _small_changes(old: PlanningStep, new: PlanningStep) -> list[Change]:
    sentences = []
    if old.title != new.title:
        sentences.append(f"‘{old.title}’ heet nu ‘{new.title}’.")
    if old.phase != new.phase:
        sentences.append(f"{new.title}: hoort nu bij {Phase(new.phase).label.lower()}.")
    if (old.euros or 0) != (new.euros or 0):
        sentences.append(
            f"{new.title}: {euros(new.euros or 0)} in plaats van "
            f"{euros(old.euros or 0)}."
        )
    return [Change(sentence, is_major=False) for sentence in sentences]


def _total_changes(
    before: Sequence[PlanningStep], after: Sequence[PlanningStep]
) -> list[Change]:
    was, now = totals_of(before), totals_of(after)
    if was.hours == now.hours:
        return []
    return [
        Change(
            f"Alles samen: {amount(now.hours)} uur in plaats van {amount(was.hours)}.",
            is_major=True,
        )
    ]


def _remark_changes(before: Planning, after: Planning) -> list[Change]:
    if before.remark.split() == after.remark.split():
        return []
    return [Change("De afspraken zijn herschreven.", is_major=False)]
