"""Polderdijke: the circle of April 2026, six actions in June, asked again in November."""

from random import Random

from improvement_actions.models import Signal
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    Competence,
    ConversationKind,
    MatrixDecision,
    OcmwProfile,
    OrganisationType,
    QuoteUse,
    RespondentCategory,
    ServiceDomain,
    Side,
    SocialRight,
    SteeringGroupRole,
)
from lpk_site.demo.analysis import SERVICE_BARRIERS
from lpk_site.demo.course import run_polderdijke
from lpk_site.demo.meetings import meet_in_polderdijke
from lpk_site.demo.partners import work_together_in_polderdijke
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.planning import plan_polderdijke
from lpk_site.demo.polderdijke_change import (
    agree_actions,
    carry_out,
    hold_dialogue,
    state_problems,
)
from lpk_site.demo.problems import support_problems
from lpk_site.demo.quotes import (
    TAKEN_BACK,
    appoint_in_polderdijke,
    read_over_in_polderdijke,
    take_back_in_polderdijke,
)
from lpk_site.demo.second_measurement import ask_again_in_polderdijke
from lpk_site.demo.setting_up import (
    add_organisations,
    add_target_group,
    give_roles,
    seat_members,
)
from lpk_site.demo.writing import (
    Said,
    day,
    enter,
    finish,
    options_around,
    save,
    stickers_around,
)
from projects.models import (
    Municipality,
    Organisation,
    Project,
    Role,
    TargetGroup,
)
from projects.services import start_project
from rechtencirkel.models import Conversation, Round
from rechtencirkel.services import close_round, open_round

STARTED_ON = day("2025-11-03")

# The medians of both sides, in framework order.
TARGET_MEDIANS = (4, 3, 5, 4, 5, 6, 3, 5, 2)
PROVIDER_MEDIANS = (5, 4, 7, 6, 8, 8, 6, 7, 3)

ORGANISATIONS = (
    ("ocmw", "OCMW Polderdijke", OrganisationType.OCMW, Side.PROVIDERS),
    ("huis", "Sociaal Huis Polderdijke", OrganisationType.OCMW, Side.PROVIDERS),
    ("buurthuis", "Buurthuis De Sluis", OrganisationType.GRASSROOTS, Side.TARGET_GROUP),
    ("gemeente", "Gemeente Polderdijke", OrganisationType.MUNICIPALITY, Side.PROVIDERS),
    (
        "ziekenfonds",
        "Ziekenfondsen Polderdijke",
        OrganisationType.HEALTH_FUND,
        Side.PROVIDERS,
    ),
)

# name, organisation, role, function, profile, account
MEMBERS = (
    (
        "Hilde Baert",
        "ocmw",
        SteeringGroupRole.LEAD,
        "coördinator",
        OcmwProfile.PRACTICE,
        "hilde",
    ),
    (
        "Dirk Moens",
        "ocmw",
        SteeringGroupRole.MEMBER,
        "schepen sociale zaken",
        OcmwProfile.POLICY,
        "",
    ),
    ("Samir Haddad", "buurthuis", SteeringGroupRole.MEMBER, "begeleider", "", "samir"),
    ("Rosa", "buurthuis", SteeringGroupRole.REPRESENTATIVE, "", "", ""),
    ("Lien Dhondt", "ziekenfonds", SteeringGroupRole.MEMBER, "", "", ""),
)

# group, people, held on, place, who
TALKS = (
    ("buurt", 7, "2026-02-10", "Buurthuis De Sluis", RespondentCategory.FOUND_THE_WAY),
    ("buurt", 6, "2026-02-24", "Buurthuis De Sluis", RespondentCategory.FOUND_THE_WAY),
    ("ouders", 5, "2026-03-10", "Basisschool", RespondentCategory.FOUND_THE_WAY),
    ("ouders", 7, "2026-03-24", "Basisschool", RespondentCategory.NOT_YET),
    ("buurt", 6, "2026-04-07", "Buurthuis De Sluis", RespondentCategory.NOT_YET),
)

QUOTES = {
    (0, ServiceDomain.AFTERCARE): (
        "Toen mijn budgetbegeleiding stopte, hoorde ik niets meer. Alsof ik niet meer "
        "bestond."
    ),
    (
        1,
        ServiceDomain.ACCESS,
    ): "Alles moet met een app en itsme. Ik heb een gewone telefoon.",
    (2, ServiceDomain.RIGHTS_DETECTION): (
        "Niemand wist dat er een premie was voor mantelzorgers."
    ),
    (3, ServiceDomain.RIGHTS_DETECTION): (
        "Ik moest het van mijn buurvrouw horen dat ik korting kon krijgen."
    ),
    (4, ServiceDomain.RECEPTION): "Aan de balie kan iedereen meeluisteren.",
    TAKEN_BACK[:2]: TAKEN_BACK[2],
}

BARRIERS = {
    ServiceDomain.RIGHTS_DETECTION: (
        "Je moet zelf weten waar je recht op hebt",
        BarrierKind.AWARENESS,
        BarrierLevel.EXECUTION,
    ),
    ServiceDomain.ACCESS: (
        "Een afspraak maken lukt alleen met een smartphone",
        BarrierKind.USABILITY,
        BarrierLevel.EXECUTION,
    ),
    ServiceDomain.AFTERCARE: (
        "Na de hulp belt niemand nog",
        BarrierKind.TRUSTWORTHINESS,
        BarrierLevel.EXECUTION,
    ),
    ServiceDomain.RIGHTS_REALISATION: (
        "Elk jaar moet je hetzelfde bewijs opnieuw brengen",
        BarrierKind.USABILITY,
        BarrierLevel.REGULATION,
    ),
}


def load_polderdijke(people: dict[str, DemoAccount], seed: int) -> Project:
    """Load the project as it stands in November 2026."""
    project = _start(people)
    organisations = add_organisations(project, ORGANISATIONS)
    seat_members(project, organisations, people, MEMBERS, STARTED_ON)
    work_together_in_polderdijke(project, organisations, people)
    run_polderdijke(project, people)
    plan_polderdijke(project, organisations, people)
    groups = _choose_groups(project, organisations)
    measurement = open_round(
        project=project, title="Meting van april 2026", opened_on=day("2026-02-02")
    )
    appoint_in_polderdijke(project, people)
    random = Random(seed)  # noqa: S311 - spreads invented answers
    _hear_target_group(measurement, groups, organisations, people, random)
    _hear_providers(measurement, organisations, people, random)
    close_round(measurement=measurement, on=day("2026-04-30"))
    read_over_in_polderdijke(project)
    problems = state_problems(project, groups)
    take_back_in_polderdijke(project)
    support_problems(project, problems, organisations, people)
    conclusions = hold_dialogue(project, problems)
    actions = agree_actions(
        project, organisations, groups, problems, conclusions, people
    )
    carry_out(actions, groups, people)
    meet_in_polderdijke(project)
    ask_again_in_polderdijke(project, organisations, people, seed)
    save(
        Signal(
            project=project,
            text="Elk jaar hetzelfde bewijs vragen.",
            competence=Competence.FLEMISH,
            domains=(ServiceDomain.RIGHTS_REALISATION,),
            noted_on=day("2026-10-12"),
        )
    )
    return project


def _start(people: dict[str, DemoAccount]) -> Project:
    municipality = save(
        Municipality(nis_code="99998", name="Polderdijke", province="West-Vlaanderen")
    )
    hilde = people["hilde"].user
    project = start_project(
        municipality=municipality,
        title="Rechten in de polder",
        starting_point="Te veel mensen horen te laat waar ze recht op hebben.",
        started_on=STARTED_ON,
        coordinator_email=hilde.email,
        coordinator_name=hilde.name,
        started_by=people["beheer"].user,
    )
    give_roles(
        project,
        people,
        {"samir": Role.GRASSROOTS, "sofie": Role.SUPPORTER},
        given_by="hilde",
        since=STARTED_ON,
    )
    return project


def _choose_groups(
    project: Project, organisations: dict[str, Organisation]
) -> dict[str, TargetGroup]:
    rows = (
        (
            "buurt",
            "Mensen met schulden",
            (2, 3, 2, 3, 2, 3, 2),
            "Het buurthuis kent hen en de budgetdienst wil leren.",
        ),
        (
            "ouders",
            "Gezinnen met jonge kinderen en weinig inkomen",
            (3, 2, 3, 2, 3, 2, 2),
            "De school opent haar deuren voor de gesprekken.",
        ),
    )
    return {
        key: add_target_group(
            project,
            name,
            scores,
            rights=(
                SocialRight.SOCIAL_SERVICES,
                SocialRight.INCOME,
                SocialRight.HEALTH,
            ),
            bridge=organisations["buurthuis"],
            decision=MatrixDecision.CHOSEN,
            reason=reason,
        )
        for key, name, scores, reason in rows
    }


def _said(
    measurement: Round,
    side: Side,
    medians: tuple[int, ...],
    people: int,
    random: Random,
    talk: int,
) -> dict[ServiceDomain, Said]:
    """Spread one group's answers around the medians, domain by domain."""
    closed: dict[str, list[str]] = {}
    for question in measurement.questions.filter(side=side):
        if question.is_closed:
            closed.setdefault(question.domain, []).append(question.code.split("-")[1])
    said = {}
    for domain, median in zip(ServiceDomain, medians, strict=True):
        quote = QUOTES.get((talk, domain))
        named = BARRIERS if side == Side.TARGET_GROUP else SERVICE_BARRIERS
        barrier = named.get(domain)
        said[domain] = Said(
            stickers=stickers_around(median, people),
            options={
                code: options_around(median, people, random) for code in closed[domain]
            },
            quotes=(quote,) if quote and side == Side.TARGET_GROUP else (),
            uses=tuple(QuoteUse)[: 2 + talk % 2],
            barriers=(barrier,) if barrier and talk != 1 else (),
        )
    return said


def _hear_target_group(
    measurement: Round,
    groups: dict[str, TargetGroup],
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
    random: Random,
) -> None:
    for number, (group, size, held_on, place, category) in enumerate(TALKS):
        talk = save(
            Conversation(
                project=measurement.project,
                round=measurement,
                side=Side.TARGET_GROUP,
                kind=ConversationKind.GROUP,
                title=f"{place}, gesprek {number + 1}",
                target_group=groups[group],
                organisation=organisations["buurthuis"],
                category=category,
                held_on=day(held_on),
                place=place,
                guide="Samir Haddad",
                people=size,
                has_consent=True,
                domains=tuple(ServiceDomain),
                entered_by=people["samir"].user,
            )
        )
        enter(
            talk,
            _said(measurement, Side.TARGET_GROUP, TARGET_MEDIANS, size, random, number),
        )
        finish(talk, first_change="Dat iemand alles met je overloopt.")


def _hear_providers(
    measurement: Round,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
    random: Random,
) -> None:
    for key, size, category in (
        ("ocmw", 10, RespondentCategory.SOCIAL_WORK),
        ("ziekenfonds", 7, RespondentCategory.PARTNER),
    ):
        sheet = save(
            Conversation(
                project=measurement.project,
                round=measurement,
                side=Side.PROVIDERS,
                kind=ConversationKind.GROUP,
                title=f"{organisations[key].name}, maart",
                organisation=organisations[key],
                category=category,
                held_on=day("2026-03-17"),
                place=organisations[key].name,
                guide="Hilde Baert",
                people=size,
                has_consent=True,
                domains=tuple(ServiceDomain),
                entered_by=people["hilde"].user,
            )
        )
        enter(
            sheet,
            _said(measurement, Side.PROVIDERS, PROVIDER_MEDIANS, size, random, -1),
        )
        finish(sheet)
