"""The meetings of both demo steering groups: what was on the agenda, said and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from kader.vocabulary import AgendaKind
from lpk_site.demo.writing import day, save
from projects.agenda import Point
from projects.models import Meeting, Project, SteeringGroupMember
from projects.services import Decided, put_on_agenda, record_meeting


@dataclass(frozen=True)
class Decision:
    """A decision: the point it belongs to (from 1), who does it, and by when."""

    point: int
    text: str
    owner: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Held:
    """A meeting as the demo tells it; `absent` are the first names of who was not there."""

    held_on: date
    place: str
    points: Sequence[tuple[AgendaKind, str]]
    absent: Sequence[str] = ()
    minutes: str = ""
    decisions: Sequence[Decision] = ()


HEIDEBEKE = (
    Held(
        day("2026-09-14"),
        "Sociaal Huis",
        (
            (AgendaKind.OWN, "Waarom beginnen we hiermee?"),
            (AgendaKind.STEERING_GROUP, "Wie zit er aan tafel, en wie missen we nog?"),
            (AgendaKind.OWN, "Wat spreken we af over hoe we samenwerken?"),
        ),
        absent=("Bert",),
        minutes=(
            "Het Sociaal Huis verhuist in 2027. We willen dat mensen mee bepalen hoe het "
            "onthaal eruitziet.\n\n"
            "De Warme Deur vraagt dat we geen vergadertaal gebruiken. We leggen elk moeilijk "
            "woord uit."
        ),
        decisions=(
            Decision(
                2,
                "We vragen basisschool De Klimboom om mee te doen.",
                "Els",
                day("2026-10-05"),
            ),
            Decision(
                3,
                "We vergaderen nooit langer dan twee uur, en altijd op een moment dat de "
                "vrijwilligers kunnen.",
            ),
        ),
    ),
    Held(
        day("2026-10-05"),
        "Welzijnsschakel De Warme Deur",
        (
            (AgendaKind.MATRIX, "Met welke doelgroepen starten we?"),
            (AgendaKind.PLANNING, "Eerste voorstel van planning"),
        ),
        absent=("Griet",),
        minutes=(
            "We overliepen de groepen één voor één. Over de landbouwers zijn we het eens: de "
            "nood is groot, maar niemand heeft hun vertrouwen.\n\n"
            "De Warme Deur is gesloten in de kerstvakantie."
        ),
        decisions=(
            Decision(
                1,
                "We starten met alleenstaande ouders en met ouderen met een klein pensioen.",
            ),
            Decision(
                1,
                "We zoeken een landelijke organisatie die landbouwers kent.",
                "Rachid",
                day("2026-12-01"),
            ),
            Decision(
                2,
                "De planning wordt aangepast: geen gesprekken in de kerstvakantie.",
                "Els",
                day("2026-10-19"),
            ),
        ),
    ),
    Held(
        day("2026-10-26"),
        "Sociaal Huis",
        (
            (AgendaKind.PLANNING, "Vindt iedereen de planning haalbaar?"),
            (AgendaKind.OWN, "Hoe vragen we toestemming in een groepsgesprek?"),
        ),
        minutes="Elk lid zei of de planning haalbaar is. Iedereen vindt van wel.",
        decisions=(
            Decision(1, "We keuren de planning goed. De analyse kan starten."),
            Decision(
                2,
                "Nele en Tom lezen de starttekst voor het eerste gesprek na met hun groep.",
                "Nele",
                day("2026-11-09"),
            ),
        ),
    ),
)

POLDERDIJKE = (
    Held(
        day("2025-11-17"),
        "OCMW Polderdijke",
        (
            (AgendaKind.OWN, "Wat willen we bereiken?"),
            (AgendaKind.STEERING_GROUP, "Wie missen we nog?"),
        ),
        minutes="We willen dat mensen vroeger horen waar ze recht op hebben.",
        decisions=(
            Decision(
                2,
                "We vragen de ziekenfondsen om mee te doen.",
                "Hilde",
                day("2025-12-15"),
            ),
        ),
    ),
    Held(
        day("2026-01-19"),
        "Buurthuis De Sluis",
        (
            (AgendaKind.MATRIX, "Met welke doelgroepen starten we?"),
            (AgendaKind.PLANNING, "Vindt iedereen de planning haalbaar?"),
        ),
        minutes="Het buurthuis kent mensen met schulden, de school kent de gezinnen.",
        decisions=(
            Decision(1, "We starten met mensen met schulden en met jonge gezinnen."),
            Decision(2, "We keuren de planning goed."),
        ),
    ),
    Held(
        day("2026-04-20"),
        "Buurthuis De Sluis",
        (
            (AgendaKind.GAPS, "Wat zegt de rechtencirkel?"),
            (AgendaKind.OWN, "Hoe bereiden we de dialoog voor?"),
        ),
        absent=("Dirk",),
        minutes="Bij Toegang en Rechtendetectie zien de twee kanten het heel anders.",
        decisions=(
            Decision(1, "We leggen drie problemen voor in de dialoog."),
            Decision(
                2,
                "Samir bereidt de dialoog voor met de groep, op een rustig moment.",
                "Samir",
                day("2026-05-26"),
            ),
        ),
    ),
    Held(
        day("2026-06-22"),
        "OCMW Polderdijke",
        (
            (AgendaKind.ACTIONS, "Welke acties doen we eerst?"),
            (AgendaKind.FEEDBACK, "Wie vertelt het aan de groepen?"),
        ),
        minutes="We beginnen met wat weinig kost en veel verandert.",
        decisions=(
            Decision(
                1,
                "De dinsdag zonder afspraak begint in september.",
                "Hilde",
                day("2026-09-01"),
            ),
            Decision(
                2,
                "Rosa en Samir vertellen in het buurthuis wat er beslist is.",
                "Samir",
                day("2026-07-15"),
            ),
        ),
    ),
    Held(
        day("2026-10-05"),
        "Buurthuis De Sluis",
        (
            (AgendaKind.ACTIONS, "Hoe staat het met de verbeteracties?"),
            (AgendaKind.OWN, "Wat maken we blijvend?"),
        ),
        absent=("Lien",),
        minutes="De nazorgtelefoon werkt. De budgetdienst wil ermee doorgaan.",
        decisions=(
            Decision(
                2,
                "We vragen het vast bureau om de nazorgtelefoon in de procedure te zetten.",
                "Dirk",
                day("2026-10-12"),
            ),
        ),
    ),
    # Nothing was written down yet: the check of the project says so.
    Held(
        day("2026-11-16"),
        "OCMW Polderdijke",
        (
            (AgendaKind.ACTIONS, "Hoe staat het met de verbeteracties?"),
            (AgendaKind.FEEDBACK, "Wat vertellen we aan de groepen?"),
        ),
    ),
)


def meet_in_heidebeke(project: Project) -> None:
    """Tell three meetings, and plan the one of 7 December, of which the agenda is empty."""
    _tell(project, HEIDEBEKE, time(10, 0), time(12, 0))
    _plan(project, day("2026-12-07"), "Sociaal Huis", time(10, 0), time(12, 0))


def meet_in_polderdijke(project: Project) -> None:
    """Tell a year of meetings, the last without decisions, and plan the next."""
    _tell(project, POLDERDIJKE, time(13, 30), time(15, 30))
    coming = _plan(
        project, day("2026-12-14"), "Buurthuis De Sluis", time(13, 30), time(15, 30)
    )
    put_on_agenda(
        meeting=coming,
        points=[
            Point("", AgendaKind.ACTIONS, "Hoe staat het met de verbeteracties?"),
            Point("", AgendaKind.FEEDBACK, "Wat vertellen we aan de groepen?"),
            Point("", AgendaKind.OWN, "Wanneer meten we opnieuw?"),
        ],
    )


def _tell(
    project: Project, story: Sequence[Held], starts_at: time, ends_at: time
) -> None:
    for held in story:
        meeting = _plan(project, held.held_on, held.place, starts_at, ends_at)
        items = put_on_agenda(
            meeting=meeting,
            points=[Point("", kind, title) for kind, title in held.points],
        )
        if not held.minutes:
            continue
        seats = {
            seat.name.split()[0]: seat
            for seat in project.steering_group.active(held.held_on)
        }
        record_meeting(
            meeting=meeting,
            revision=meeting.revision,
            minutes=held.minutes,
            present=[s for name, s in seats.items() if name not in held.absent],
            decisions=[
                Decided(
                    key=None,
                    text=decision.text,
                    item=items[decision.point - 1],
                    owner=_seat(seats, decision.owner),
                    due_on=decision.due_on,
                )
                for decision in held.decisions
            ],
        )


def _seat(
    seats: dict[str, SteeringGroupMember], name: str
) -> SteeringGroupMember | None:
    return seats[name] if name else None


def _plan(
    project: Project, on: date, place: str, starts_at: time, ends_at: time
) -> Meeting:
    return save(
        Meeting(
            project=project,
            held_on=on,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
        )
    )
