"""Heidebeke: 18 400 inhabitants, the analysis is running, one group not heard yet."""

from datetime import date

from dialogue.models import DialogueSession
from improvement_actions.models import ImprovementAction
from improvement_actions.services import create_action
from kader.vocabulary import (
    OcmwProfile,
    OrganisationType,
    ServiceDomain,
    Side,
    SocialRight,
    SteeringGroupRole,
    Werkpiste,
)
from lpk_site.demo.course import run_heidebeke
from lpk_site.demo.heidebeke_talks import (
    hear_providers,
    hear_target_group,
    prepare_talks,
)
from lpk_site.demo.links import share_links_in_heidebeke
from lpk_site.demo.matrix import fill_matrix
from lpk_site.demo.meetings import meet_in_heidebeke
from lpk_site.demo.partners import work_together_in_heidebeke
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.planning import plan_heidebeke, replan_heidebeke
from lpk_site.demo.questions import prepare_questions
from lpk_site.demo.quotes import read_over_in_heidebeke
from lpk_site.demo.setting_up import (
    add_organisations,
    give_roles,
    seat_members,
)
from lpk_site.demo.talks_extra import work_around_talks
from lpk_site.demo.writing import day, save
from projects.models import (
    Municipality,
    Organisation,
    Project,
    Role,
    TargetGroup,
)
from projects.services import start_project
from rechtencirkel.services import open_round

STARTED_ON = day("2026-09-07")

ORGANISATIONS = (
    ("ocmw", "OCMW Heidebeke", OrganisationType.OCMW, Side.PROVIDERS),
    (
        "deur",
        "Welzijnsschakel De Warme Deur",
        OrganisationType.GRASSROOTS,
        Side.TARGET_GROUP,
    ),
    (
        "kruispunt",
        "Buurthuis Het Kruispunt",
        OrganisationType.COMMUNITY_WORK,
        Side.TARGET_GROUP,
    ),
    ("caw", "CAW Schelde & Heide", OrganisationType.CAW, Side.PROVIDERS),
    (
        "ziekenfonds",
        "Ziekenfonds, dienst maatschappelijk werk",
        OrganisationType.HEALTH_FUND,
        Side.PROVIDERS,
    ),
    ("school", "Basisschool De Klimboom", OrganisationType.SCHOOL, Side.PROVIDERS),
)

# name, organisation, role, function, profile at the OCMW, key of the account
MEMBERS = (
    (
        "Els Vandamme",
        "ocmw",
        SteeringGroupRole.LEAD,
        "beleidsmedewerker",
        OcmwProfile.PRACTICE,
        "els",
    ),
    (
        "Griet Pauwels",
        "ocmw",
        SteeringGroupRole.MEMBER,
        "schepen sociale zaken, voorzitter BCSD",
        OcmwProfile.POLICY,
        "",
    ),
    (
        "Rachid El Amrani",
        "ocmw",
        SteeringGroupRole.MEMBER,
        "hoofdmaatschappelijk werker",
        OcmwProfile.PRACTICE,
        "",
    ),
    ("Nele Goossens", "deur", SteeringGroupRole.MEMBER, "begeleider", "", "nele"),
    ("Marleen", "deur", SteeringGroupRole.REPRESENTATIVE, "", "", ""),
    ("Tom Verbeke", "kruispunt", SteeringGroupRole.MEMBER, "opbouwwerker", "", "tom"),
    ("An De Clercq", "caw", SteeringGroupRole.MEMBER, "hulpverlener", "", ""),
    (
        "Joke Lemmens",
        "ziekenfonds",
        SteeringGroupRole.MEMBER,
        "maatschappelijk werker",
        "",
        "joke",
    ),
    ("Bert Claes", "school", SteeringGroupRole.MEMBER, "zorgleerkracht", "", ""),
)


def load_heidebeke(people: dict[str, DemoAccount], seed: int) -> Project:
    """Load the project as it stands in the week of 23 November 2026."""
    project = _start(people)
    organisations = add_organisations(project, ORGANISATIONS)
    seat_members(project, organisations, people, MEMBERS, STARTED_ON)
    work_together_in_heidebeke(project, people)
    groups = fill_matrix(project, organisations, people)
    plan_heidebeke(project, organisations, people)
    run_heidebeke(project, people)
    replan_heidebeke(project, organisations, people)
    meet_in_heidebeke(project)
    measurement = open_round(
        project=project, title="Meting van 2026", opened_on=day("2026-11-09")
    )
    prepare_questions(measurement)
    hear_target_group(measurement, groups, organisations, people)
    hear_providers(measurement, organisations, people)
    prepare_talks(measurement, groups, organisations, people)
    read_over_in_heidebeke(project, people)
    work_around_talks(project, people)
    share_links_in_heidebeke(measurement, organisations, people)
    _catch_an_opportunity(project, organisations, groups, people)
    save(
        DialogueSession(
            project=project,
            title="Dialoog over de rechtencirkel",
            held_on=day("2027-03-16"),
            place="Sociaal Huis",
            guide="Tom Verbeke",
        )
    )
    return project


def _start(people: dict[str, DemoAccount]) -> Project:
    municipality = save(
        Municipality(
            nis_code="99999",
            name="Heidebeke",
            province="Oost-Vlaanderen",
            inhabitants=18_400,
        )
    )
    els = people["els"].user
    project = start_project(
        municipality=municipality,
        title="Iedereen mee in Heidebeke",
        starting_point=(
            "Het Sociaal Huis verhuist in 2027. Dit is het moment om samen te bekijken "
            "hoe we mensen onthalen."
        ),
        started_on=STARTED_ON,
        coordinator_email=els.email,
        coordinator_name=els.name,
        started_by=people["beheer"].user,
    )
    give_roles(
        project,
        people,
        {
            "nele": Role.GRASSROOTS,
            "tom": Role.GRASSROOTS,
            "joke": Role.MEMBER,
            "sofie": Role.SUPPORTER,
        },
        given_by="els",
        since=STARTED_ON,
    )
    return project


def _catch_an_opportunity(
    project: Project,
    organisations: dict[str, Organisation],
    groups: dict[str, TargetGroup],
    people: dict[str, DemoAccount],
) -> None:
    on: date = day("2026-11-20")
    create_action(
        action=ImprovementAction(
            project=project,
            title="Gebruikers tekenen mee aan het nieuwe onthaal",
            description=(
                "De architect wil voor 15 december weten wat het nieuwe onthaal nodig "
                "heeft. De groepen zeggen mee wat er moet komen."
            ),
            is_opportunity=True,
            werkpiste=Werkpiste.SERVICE_QUALITY,
            domains=(ServiceDomain.ACCESS, ServiceDomain.RECEPTION),
            rights=(SocialRight.SOCIAL_SERVICES,),
            owner=organisations["ocmw"],
            owner_function="beleidsmedewerker",
            starts_on=on,
            due_on=day("2026-12-15"),
            is_feasible_soon=True,
            participation="Ouders en ouderen bekijken samen met de architect het plan.",
        ),
        target_groups=[groups["ouders"], groups["ouderen"]],
        created_by=people["els"].user,
        on=on,
    )
