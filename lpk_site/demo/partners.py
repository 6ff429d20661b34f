"""Who does what in which phase, and which partners take part without a seat."""

from collections.abc import Mapping, Sequence
from datetime import date

from kader.vocabulary import (
    EngagementState,
    Involvement,
    OcmwProfile,
    OrganisationType,
    Phase,
    Responsibility,
)
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day, save
from projects.models import Organisation, Project, SteeringGroupMember
from projects.services import agree_responsibilities, end_seat, suggest_partner

# What one letter says in the tables below; a dot is a cell that stays empty.
LETTERS = {
    "T": Responsibility.LEADS,
    "B": Responsibility.DECIDES,
    "D": Responsibility.TAKES_PART,
    "W": Responsibility.IS_INFORMED,
}

# name, and one letter for each phase in framework order
HEIDEBEKE_PARTS = (
    ("Els Vandamme", "TDTD."),
    ("Griet Pauwels", "BWBBB"),
    ("Rachid El Amrani", "DDDT."),
    ("Nele Goossens", "DTDD."),
    ("Marleen", "DDDW."),
    ("Tom Verbeke", "DDDD."),
    ("An De Clercq", "WDD.."),
    ("Joke Lemmens", "DDDW."),
    ("Bert Claes", "WD..."),
)

POLDERDIJKE_PARTS = (
    ("Hilde Baert", "TTTTD"),
    ("Dirk Moens", "BWBBT"),
    ("Samir Haddad", "DDDDD"),
    ("Rosa", "DDDDW"),
    ("Lien Dhondt", "WDDD."),
)

# organisation, kind, phases, involvement, state, who suggested it, on, why, agreed, contact
Row = tuple[
    str,
    OrganisationType,
    Sequence[Phase],
    Involvement,
    EngagementState,
    str,
    str,
    str,
    str,
    str,
]

HEIDEBEKE_PARTNERS: tuple[Row, ...] = (
    (
        "Vakbond, dienst werkloosheid",
        OrganisationType.TRADE_UNION,
        (Phase.DIALOGUE,),
        Involvement.CONSULTED,
        EngagementState.SUGGESTED,
        "joke",
        "2026-11-19",
        "Zij zien mensen die hun uitkering verliezen vóór ons.",
        "Eén overleg.",
        "",
    ),
    (
        "VDAB Heidebeke",
        OrganisationType.VDAB,
        (Phase.ANALYSIS, Phase.DIALOGUE),
        Involvement.CONSULTED,
        EngagementState.TO_CONTACT,
        "els",
        "2026-10-26",
        "Samen met hen bekijken we in maart de groep die haar uitkering verliest.",
        "",
        "Teamleider van de werkwinkel",
    ),
    (
        "Huisartsenpraktijk De Linde",
        OrganisationType.HEALTH_CARE,
        (Phase.ANALYSIS,),
        Involvement.QUESTIONS,
        EngagementState.CONTACTED,
        "els",
        "2026-10-12",
        "De huisarts komt bij ouderen die nergens anders meer komen.",
        "",
        "Onthaal van de praktijk, 's morgens bereikbaar",
    ),
    (
        "Huis van het Kind Heidebeke",
        OrganisationType.FAMILY_CENTRE,
        (Phase.ANALYSIS, Phase.DIALOGUE),
        Involvement.QUESTIONS,
        EngagementState.ENGAGED,
        "nele",
        "2026-09-21",
        "Daar komen alleenstaande ouders die bij ons nog niet binnenstappen.",
        "Ze nodigen ouders uit voor de gesprekken en zorgen voor opvang.",
        "Coördinator van het Huis van het Kind",
    ),
)

POLDERDIJKE_PARTNERS: tuple[Row, ...] = (
    (
        "Waterbedrijf De Polder",
        OrganisationType.ENERGY_SUPPLIER,
        (Phase.EXECUTION,),
        Involvement.CARRIES_OUT,
        EngagementState.ENGAGED,
        "hilde",
        "2026-06-22",
        "Wie de waterfactuur niet betaalt, is daar het eerst bekend.",
        "Elke aanmaning vermeldt voortaan het nummer van het Sociaal Huis.",
        "Klantendienst",
    ),
    (
        "Basisschool De Wilg",
        OrganisationType.SCHOOL,
        (Phase.ANALYSIS, Phase.EXECUTION),
        Involvement.QUESTIONS,
        EngagementState.ENGAGED,
        "samir",
        "2026-01-12",
        "De school opent haar deuren voor de gesprekken.",
        "Een lokaal en koffie, elke maand.",
        "Directie",
    ),
    (
        "Vredegerecht",
        OrganisationType.JUSTICE,
        (Phase.EXECUTION, Phase.ANCHORING),
        Involvement.INFORMED,
        EngagementState.DECLINED,
        "hilde",
        "2026-07-06",
        "Bij de vrederechter komen de uithuiszettingen.",
        "Ze willen op de hoogte blijven, maar hebben nu geen tijd om mee te doen.",
        "Griffie",
    ),
)


def work_together_in_heidebeke(
    project: Project, people: Mapping[str, DemoAccount]
) -> None:
    """Divide the work of the nine members and list the partners."""
    _divide(project, HEIDEBEKE_PARTS, day("2026-09-21"))
    _involve(project, people, HEIDEBEKE_PARTNERS)


def work_together_in_polderdijke(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
) -> None:
    """Divide the work, list the partners, and let one member leave along the way."""
    former = save(
        SteeringGroupMember(
            project=project,
            organisation=organisations["ocmw"],
            name="Karin Maes",
            function="hoofdmaatschappelijk werker",
            ocmw_profile=OcmwProfile.PRACTICE,
            since=project.started_on,
        )
    )
    end_seat(member=former, until=day("2026-05-04"), on=day("2026-05-04"))
    _divide(project, POLDERDIJKE_PARTS, day("2026-07-06"))
    _involve(project, people, POLDERDIJKE_PARTNERS)


def _divide(project: Project, rows: Sequence[tuple[str, str]], on: date) -> None:
    members = {member.name: member.pk for member in project.steering_group.active(on)}
    agree_responsibilities(
        project=project,
        parts={
            (members[name], phase): LETTERS[letter]
            for name, letters in rows
            for phase, letter in zip(Phase, letters, strict=True)
            if letter in LETTERS
        },
        on=on,
    )


def _involve(
    project: Project, people: Mapping[str, DemoAccount], rows: Sequence[Row]
) -> None:
    for name, kind, phases, how, state, key, on, reason, promise, contact in rows:
        engagement = suggest_partner(
            project=project,
            name=name,
            kind=kind,
            phases=phases,
            involvement=how,
            reason=reason,
            promise=promise,
            state=state,
            suggested_by=people[key].user,
            on=day(on),
        )
        engagement.contact = contact
        save(engagement)
