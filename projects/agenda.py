"""What the steering group might talk about: a proposal from what happened in the project.

Pure: rows that are already loaded in, points out. It proposes and never decides; the
coordinator ticks what stays. What only the higher apps know (numbers, actions, feedback)
is proposed by the phase of the project.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

from kader.vocabulary import AgendaKind, EngagementState, Phase
from projects.composition import Composition
from projects.models import (
    Engagement,
    MeetingDecision,
    Opportunity,
    Planning,
    TargetGroup,
)

# As many as a meeting of two hours can carry.
POINTS_PROPOSED = 4
TITLE_LENGTH = 200
NOTE_LENGTH = 1000
# A step of the planning that begins this soon after the meeting is worth a word.
SOON = timedelta(days=60)

TITLES = {
    AgendaKind.STEERING_GROUP: "Wie missen we nog?",
    AgendaKind.MATRIX: "Met welke doelgroepen gaan we verder?",
    AgendaKind.PLANNING: "Loopt de planning zoals we dachten?",
    AgendaKind.GAPS: "Tussenstand: wat hoorden we al?",
    AgendaKind.ACTIONS: "Hoe staat het met de verbeteracties?",
    AgendaKind.FEEDBACK: "Wat vertellen we aan de groepen?",
}

# What always fits a phase, for when little happened.
USUAL = {
    Phase.PREPARATION: (
        AgendaKind.STEERING_GROUP,
        AgendaKind.MATRIX,
        AgendaKind.PLANNING,
        AgendaKind.FEEDBACK,
    ),
    Phase.ANALYSIS: (
        AgendaKind.GAPS,
        AgendaKind.STEERING_GROUP,
        AgendaKind.PLANNING,
        AgendaKind.MATRIX,
    ),
    Phase.DIALOGUE: (
        AgendaKind.GAPS,
        AgendaKind.PLANNING,
        AgendaKind.STEERING_GROUP,
        AgendaKind.FEEDBACK,
    ),
    Phase.EXECUTION: (
        AgendaKind.ACTIONS,
        AgendaKind.FEEDBACK,
        AgendaKind.STEERING_GROUP,
        AgendaKind.PLANNING,
    ),
    Phase.ANCHORING: (
        AgendaKind.ACTIONS,
        AgendaKind.FEEDBACK,
        AgendaKind.GAPS,
        AgendaKind.STEERING_GROUP,
    ),
}


@dataclass(frozen=True)
class Point:
    """One point that may come on the agenda.

    `key` is what a form ticks, `reason` is said before it is chosen, `note` goes along.
    """

    key: str
    kind: AgendaKind
    title: str
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Happened:
    """What the project looks like when an agenda is made.

    `planning` has its steps and votes loaded, `decisions` are those of earlier meetings with their owner,
    `previous_on` is the day of the last of these, and `voters` is how many members judge
    the planning (R6).
    """

    phase: Phase
    composition: Composition
    partners: Sequence[Engagement]
    groups: Sequence[TargetGroup]
    planning: Planning | None
    voters: int
    opportunities: Sequence[Opportunity]
    decisions: Sequence[MeetingDecision]
    previous_on: date | None


def standard_point(kind: AgendaKind) -> Point:
    """Return the point that a part of the project makes, with its usual title."""
    return Point(key=kind.value, kind=kind, title=TITLES[kind])


def propose_agenda(happened: Happened, on: date) -> tuple[Point, ...]:
    """Return four points for the meeting of that day, the most urgent first."""
    points: dict[str, Point] = {}
    for rule in RULES:
        for point in rule(happened, on):
            points.setdefault(point.key, point)
    for kind in USUAL[happened.phase]:
        points.setdefault(
            kind.value,
            Point(
                key=kind.value,
                kind=kind,
                title=TITLES[kind],
                reason=f"Dit past bij de fase {happened.phase.label.lower()}.",
            ),
        )
    return tuple(points.values())[:POINTS_PROPOSED]


def _phase(happened: Happened, on: date) -> Iterator[Point]:
    """Begin with what the phase is about."""
    reasons = {
        AgendaKind.GAPS: "De gesprekken lopen. Zo ziet iedereen hetzelfde.",
        AgendaKind.ACTIONS: "De uitvoering loopt. Wat ging vooruit, wat staat stil?",
    }
    first = USUAL[happened.phase][0]
    if first in reasons:
        yield Point(first.value, first, TITLES[first], reasons[first])


def _missing(happened: Happened, on: date) -> Iterator[Point]:
    """R1 to R4: who is not at the table, and whom we said we would contact."""
    kind = AgendaKind.STEERING_GROUP
    waiting = [
        engagement.organisation.name
        for engagement in happened.partners
        if engagement.state in (EngagementState.SUGGESTED, EngagementState.TO_CONTACT)
    ]
    if happened.composition.missing:
        reason = f"{happened.composition.missing[0].title}."
    elif waiting:
        more = f" en nog {len(waiting) - 1}" if len(waiting) > 1 else ""
        reason = f"Nog niet gecontacteerd: {waiting[0]}{more}."
    else:
        return
    yield Point(kind.value, kind, TITLES[kind], reason)


def _opportunities(happened: Happened, on: date) -> Iterator[Point]:
    """R8: something changes here anyway; the one that ends first."""
    open_ones = [
        o
        for o in happened.opportunities
        if not o.is_used and (o.until is None or o.until >= on)
    ]
    for chance in sorted(open_ones, key=lambda o: (o.until or date.max, o.pk))[:1]:
        until = f" tot {date_format(chance.until, 'j F Y')}" if chance.until else ""
        yield Point(
            key=f"kans-{chance.pk}",
            kind=AgendaKind.OWN,
            title=f"Een kans: {chance.text}"[:TITLE_LENGTH],
            note=chance.chance[:NOTE_LENGTH],
            reason=f"Genoteerd op {date_format(chance.noted_on, 'j F Y')}, bruikbaar{until}."
            if until
            else f"Genoteerd op {date_format(chance.noted_on, 'j F Y')}.",
        )


def _planning(happened: Happened, on: date) -> Iterator[Point]:
    """R6: every member has to find the planning feasible."""
    kind = AgendaKind.PLANNING
    planning = happened.planning
    if planning is None:
        title, reason = "Hoeveel mensen willen we horen?", "Er is nog geen planning."
    else:
        title = TITLES[kind]
        votes = list(planning.votes.all())
        awaiting = sum(vote.awaits_answer for vote in votes)
        silent = max(0, happened.voters - len(votes))
        coming = [s for s in planning.steps.all() if on <= s.starts_on <= on + SOON]
        if planning.agreed_on is None and awaiting:
            reason = f"{_count(awaiting, 'voorwaarde wacht', 'voorwaarden wachten')} op een antwoord."
        elif planning.agreed_on is None and silent:
            reason = f"{_count(silent, 'lid gaf', 'leden gaven')} nog geen oordeel."
        elif coming:
            step = min(coming, key=lambda s: (s.starts_on, s.pk))
            reason = f"‘{step.title}’ begint op {date_format(step.starts_on, 'j F Y')}."
        else:
            return
    yield Point(kind.value, kind, title, reason)


def _decisions(happened: Happened, on: date) -> Iterator[Point]:
    """Ask after what somebody promised to do between the last meeting and this one."""
    since = happened.previous_on or date.min
    due = [d for d in happened.decisions if d.due_on and since < d.due_on <= on]
    if due:
        yield Point(
            key="beslissingen",
            kind=AgendaKind.OWN,
            title="Wat kwam er van onze beslissingen?",
            note="\n".join(map(_promise, due))[:NOTE_LENGTH],
            reason=f"{_count(len(due), 'beslissing moest', 'beslissingen moesten')} tegen nu klaar zijn.",
        )


def _matrix(happened: Happened, on: date) -> Iterator[Point]:
    """R4: no group without a decision."""
    kind = AgendaKind.MATRIX
    undecided = sum(not group.decision for group in happened.groups)
    if not happened.groups:
        reason = "De doelgroepenmatrix is nog leeg."
    elif undecided:
        reason = f"{_count(undecided, 'doelgroep wacht', 'doelgroepen wachten')} op een beslissing."
    else:
        return
    yield Point(kind.value, kind, TITLES[kind], reason)


def _promise(decision: MeetingDecision) -> str:
    return f"{decision.text} ({decision.owner})" if decision.owner else decision.text


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


RULES: tuple[Callable[[Happened, date], Iterator[Point]], ...] = (
    _phase,
    _missing,
    _opportunities,
    _planning,
    _decisions,
    _matrix,
)
