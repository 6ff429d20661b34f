"""What the agenda of a meeting shows of the project, and what a calendar shows of both.

Each part says in sentences how things stand on the day the page is opened. Numbers of
the rechtencirkel come through rechtencirkel.analysis, so never around its suppression.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from dialogue.models import DialogueSession
from improvement_actions import story
from improvement_actions.models import FeedbackDuty
from kader.vocabulary import (
    AgendaKind,
    EngagementState,
    Feasibility,
    MatrixDecision,
    Side,
)
from projects.composition import check_composition
from projects.ical import Appointment, appointment_of, uid_of
from projects.models import (
    Meeting,
    MeetingDecision,
    MeetingItem,
    Project,
)
from rechtencirkel.analysis import Circle, SideResult, analyse_circle, total_of
from rechtencirkel.models import Publication

# Names in a sentence before "en nog 3".
NAMES_SHOWN = 4


@dataclass(frozen=True)
class LivePart:
    """How one part of the project stands, with the page that tells more."""

    sentences: tuple[str, ...]
    url: str
    verb: str


@dataclass(frozen=True)
class AgendaPoint:
    """A point with its live part (an own point has none) and what was decided on it."""

    item: MeetingItem
    part: LivePart | None
    decisions: tuple[MeetingDecision, ...]


def build_agenda(
    project: Project, meeting: Meeting, on: date
) -> tuple[AgendaPoint, ...]:
    """Return the points of a meeting whose minutes are loaded.

    At most 11 queries: each kind of part is read once, and only when it is on the agenda.
    """
    items = list(meeting.items.all())
    parts = {
        kind: PARTS[kind](project, on)
        for kind in {AgendaKind(item.kind) for item in items}
        if kind in PARTS
    }
    decisions = list(meeting.decisions.all())
    return tuple(
        AgendaPoint(
            item=item,
            part=parts.get(AgendaKind(item.kind)),
            decisions=tuple(d for d in decisions if d.item_id == item.pk),
        )
        for item in items
    )


def calendar_of(projects: Sequence[Project], site_url: str) -> list[Appointment]:
    """Return the meetings and the dialogue sessions of these projects. Two queries.

    Only what, when and where: no names, no minutes, nothing of participants.
    """
    meetings = Meeting.objects.filter(project__in=projects).select_related("project")
    sessions = DialogueSession.objects.filter(project__in=projects).select_related(
        "project"
    )
    return [
        *(appointment_of(meeting, site_url) for meeting in meetings),
        *(
            Appointment(
                uid=uid_of("dialoog", session.pk, site_url),
                held_on=session.held_on,
                starts_at=None,
                ends_at=None,
                summary=f"{session.title}: {session.project.title}",
                place=session.place,
                url=f"{site_url}{session.get_absolute_url()}",
            )
            for session in sessions
        ),
    ]


def _steering_group(project: Project, on: date) -> LivePart:
    members = list(project.steering_group.active(on).with_organisation())
    missing = check_composition(members).missing
    waiting = [
        engagement.organisation.name
        for engagement in project.engagements.with_names()
        if engagement.state in (EngagementState.SUGGESTED, EngagementState.TO_CONTACT)
    ]
    sentences = [
        f"{_count(len(members), 'lid zit', 'leden zitten')} in de stuurgroep.",
        *(f"{finding.title}." for finding in missing),
    ]
    if waiting:
        sentences.append(f"Nog niet gecontacteerd: {_names(waiting)}.")
    return _part(sentences, project, "projects:steering_group", "Bekijk de stuurgroep")


def _matrix(project: Project, on: date) -> LivePart:
    groups = list(project.target_groups.all())
    sentences = []
    for decision, words in (
        (MatrixDecision.CHOSEN, "Gekozen"),
        (MatrixDecision.RESERVE, "Reserve"),
        (MatrixDecision.NOT_NOW, "Niet nu"),
        ("", "Nog geen beslissing"),
    ):
        names = [group.name for group in groups if group.decision == decision]
        if names:
            sentences.append(f"{words}: {_names(names)}.")
    return _part(
        sentences or ["De doelgroepenmatrix is nog leeg."],
        project,
        "projects:target_group_matrix",
        "Open de matrix",
    )


def _planning(project: Project, on: date) -> LivePart:
    planning = project.plannings.current()
    if planning is None:
        sentences = ["Er is nog geen planning."]
    else:
        sentences = [
            f"{planning} voorziet {planning.target_participants} mensen van de doelgroep en "
            f"{planning.target_providers} hulp- en dienstverleners."
        ]
        if planning.agreed_on is not None:
            day = date_format(planning.agreed_on, "j F Y")
            sentences.append(f"Haalbaar gevonden op {day}.")
        else:
            voters = project.steering_group.voting(on).count()
            votes = list(planning.votes.all())
            feasible = sum(v.choice == Feasibility.FEASIBLE for v in votes)
            conditions = sum(v.choice == Feasibility.FEASIBLE_IF for v in votes)
            refused = sum(v.choice == Feasibility.NOT_FEASIBLE for v in votes)
            silent = max(0, voters - len(votes))
            sentences.append(
                f"{_count(feasible, 'lid vindt', 'leden vinden')} ze haalbaar, "
                f"{conditions} met een voorwaarde, {refused} niet. "
                f"{_count(silent, 'lid gaf', 'leden gaven')} nog geen oordeel."
            )
    return _part(sentences, project, "projects:planning", "Open de planning")


def _gaps(project: Project, on: date) -> LivePart:
    measurement = project.rounds.latest_opened()
    publications = Publication.objects.filter(round=measurement).newest()
    counted = list(project.conversations.counted(on).filter(round=measurement))
    talks = [c for c in counted if c.side == Side.TARGET_GROUP]
    people = sum(c.people for c in talks)
    providers = sum(c.people for c in counted if c.side == Side.PROVIDERS)
    circle = analyse_circle(total_of(row) for row in publications)
    if measurement is None:
        sentences = ["Er is nog geen meting gestart."]
    else:
        sentences = [
            f"{_count(people, 'deelnemer', 'deelnemers')} in "
            f"{_count(len(talks), 'gesprek', 'gesprekken')}. "
            + _shown(circle, Side.TARGET_GROUP),
            f"{_count(providers, 'hulp- of dienstverlener', 'hulp- en dienstverleners')}. "
            + _shown(circle, Side.PROVIDERS),
        ]
        if circle.gaps:
            names = [result.domain.label for result in circle.gaps]
            sentences.append(
                f"De twee kanten kijken er heel anders naar bij {_names(names)}."
            )
    return _part(sentences, project, "rechtencirkel:wheel", "Open de rechtencirkel")


def _shown(circle: Circle, side: Side) -> str:
    """Say for which domains of a side something may be shown already (P4)."""
    results = [
        (result.domain.label, _side_of(result.sides, side).people)
        for result in circle.domains
    ]
    shown = [f"{label} (n = {people})" for label, people in results if people]
    if not shown:
        return "We kunnen nog niets tonen: daarvoor zijn minstens 5 mensen nodig."
    rest = " Andere domeinen nog niet." if len(shown) < len(results) else ""
    return f"Voor {story.enumerate_in_words(shown)} kunnen we al iets tonen.{rest}"


def _side_of(sides: Iterable[SideResult], side: Side) -> SideResult:
    return next(result for result in sides if result.side == side)


def _actions(project: Project, on: date) -> LivePart:
    actions = list(project.improvement_actions.all())
    late = [action.title for action in actions if action.is_overdue(on)]
    if not actions:
        sentences = ["Er zijn nog geen verbeteracties."]
    else:
        sentences = [
            f"{_count(len(actions), 'actie', 'acties')}: "
            f"{story.count_by_status(actions)}."
        ]
        if late:
            sentences.append(f"Over tijd: {_names([f'‘{title}’' for title in late])}.")
    return _part(
        sentences, project, "improvement_actions:action_list", "Bekijk de acties"
    )


def _feedback(project: Project, on: date) -> LivePart:
    duties = list(FeedbackDuty.objects.of_project(project).open().with_names())
    sentences = [
        f"{duty.target_group}: nieuws over ‘{duty.action}’, "
        f"{'moest verteld zijn' if duty.due_on < on else 'te vertellen'} voor "
        f"{date_format(duty.due_on, 'j F Y')}."
        for duty in duties[:NAMES_SHOWN]
    ]
    if len(duties) > NAMES_SHOWN:
        more = len(duties) - NAMES_SHOWN
        sentences.append(
            f"En nog {_count(more, 'terugkoppeling', 'terugkoppelingen')}."
        )
    return _part(
        sentences or ["Alle groepen hoorden wat er met hun woorden gebeurde."],
        project,
        "improvement_actions:feedback_list",
        "Bekijk de terugkoppelingen",
    )


def _part(
    sentences: Sequence[str], project: Project, route: str, verb: str
) -> LivePart:
    return LivePart(tuple(sentences), reverse(route, args=[project.pk]), verb)


def _names(names: Sequence[str]) -> str:
    shown = list(names[:NAMES_SHOWN])
    more = len(names) - len(shown)
    return story.enumerate_in_words([*shown, f"nog {more}"] if more else shown)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


PARTS: dict[AgendaKind, Callable[[Project, date], LivePart]] = {
    AgendaKind.STEERING_GROUP: _steering_group,
    AgendaKind.MATRIX: _matrix,
    AgendaKind.PLANNING: _planning,
    AgendaKind.GAPS: _gaps,
    AgendaKind.ACTIONS: _actions,
    AgendaKind.FEEDBACK: _feedback,
}
