"""How Polderdijke asked again in November 2026, with the short circle.

The same two groups and the same two services, after half a year of actions. Prevention
was left out, and only four people spoke about approaching: both stay without a figure.
"""

from dataclasses import dataclass
from random import Random

from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    CircleSize,
    ConversationKind,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from lpk_site.demo.links import answer_by_link_in_polderdijke
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import (
    Said,
    day,
    enter,
    finish,
    options_around,
    save,
    stickers_around,
)
from projects.models import Organisation, Project
from rechtencirkel.models import Conversation, Round
from rechtencirkel.services import close_round, open_round

ONLY_FOUR = ServiceDomain.APPROACH
EVERYTHING = tuple(ServiceDomain)
ASKED_AGAIN = tuple(d for d in EVERYTHING if d is not ServiceDomain.PREVENTION)

# The medians of both sides, in framework order.
MEDIANS = {
    Side.TARGET_GROUP: (4, 4, 5, 4, 6, 6, 5, 5, 4),
    Side.PROVIDERS: (5, 5, 7, 6, 8, 8, 6, 7, 5),
}


@dataclass(frozen=True)
class Talk:
    """One conversation of the second measurement."""

    side: Side
    title: str
    organisation: str
    place: str
    guide: str
    held_on: str
    people: int
    category: RespondentCategory
    domains: tuple[ServiceDomain, ...]
    group: str = ""
    first_change: str = ""


TALKS = (
    Talk(
        Side.TARGET_GROUP,
        "Buurthuis De Sluis, opnieuw",
        "buurthuis",
        "Buurthuis De Sluis",
        "Samir Haddad",
        "2026-10-27",
        7,
        RespondentCategory.FOUND_THE_WAY,
        tuple(d for d in ASKED_AGAIN if d is not ONLY_FOUR),
        group="Mensen met schulden",
        first_change="Dat ze bij iedereen terugbellen, niet alleen bij wie schulden heeft.",
    ),
    Talk(
        Side.TARGET_GROUP,
        "Basisschool, opnieuw",
        "buurthuis",
        "Basisschool",
        "Samir Haddad",
        "2026-11-03",
        8,
        RespondentCategory.NOT_YET,
        tuple(d for d in ASKED_AGAIN if d is not ONLY_FOUR),
        group="Gezinnen met jonge kinderen en weinig inkomen",
        first_change="Een dinsdag die ook na de schooluren open is.",
    ),
    Talk(
        Side.TARGET_GROUP,
        "Huisbezoeken van de buurtwerking",
        "buurthuis",
        "Buurthuis De Sluis",
        "Samir Haddad",
        "2026-11-05",
        4,
        RespondentCategory.NOT_YET,
        (ONLY_FOUR, ServiceDomain.ACCESS),
        group="Mensen met schulden",
    ),
    Talk(
        Side.PROVIDERS,
        "OCMW Polderdijke, oktober",
        "ocmw",
        "OCMW Polderdijke",
        "Hilde Baert",
        "2026-10-29",
        9,
        RespondentCategory.SOCIAL_WORK,
        EVERYTHING,
    ),
    Talk(
        Side.PROVIDERS,
        "Ziekenfondsen Polderdijke, november",
        "ziekenfonds",
        "Ziekenfondsen Polderdijke",
        "Hilde Baert",
        "2026-11-04",
        6,
        RespondentCategory.PARTNER,
        EVERYTHING,
    ),
)

# What people still ran into after the actions.
BARRIERS = {
    ServiceDomain.ACCESS: (
        "Op dinsdag schuif je aan, want op andere dagen moet het met de app",
        BarrierKind.AVAILABILITY,
        BarrierLevel.EXECUTION,
    ),
    ServiceDomain.RIGHTS_REALISATION: (
        "Elk jaar moet je hetzelfde bewijs opnieuw brengen",
        BarrierKind.USABILITY,
        BarrierLevel.REGULATION,
    ),
}


def ask_again_in_polderdijke(
    project: Project,
    organisations: dict[str, Organisation],
    people: dict[str, DemoAccount],
    seed: int,
) -> Round:
    """Follow the measurement of April, and publish what it may show."""
    measurement = open_round(
        project=project,
        title="Meting van november 2026",
        opened_on=day("2026-10-19"),
        size=CircleSize.SHORT,
        previous=project.rounds.get(),
    )
    random = Random(seed)  # noqa: S311 - spreads invented answers
    groups = {group.name: group for group in project.target_groups.all()}
    accounts = {Side.TARGET_GROUP: people["samir"], Side.PROVIDERS: people["hilde"]}
    for talk in TALKS:
        conversation = save(
            Conversation(
                project=project,
                round=measurement,
                side=talk.side,
                kind=ConversationKind.GROUP,
                title=talk.title,
                target_group=groups.get(talk.group),
                organisation=organisations[talk.organisation],
                category=talk.category,
                held_on=day(talk.held_on),
                place=talk.place,
                guide=talk.guide,
                people=talk.people,
                has_consent=True,
                domains=talk.domains,
                entered_by=accounts[talk.side].user,
            )
        )
        enter(conversation, _said(measurement, talk, random))
        finish(conversation, first_change=talk.first_change)
    answer_by_link_in_polderdijke(measurement, organisations, people)
    return close_round(measurement=measurement, on=day("2026-11-20"))


def _said(measurement: Round, talk: Talk, random: Random) -> dict[ServiceDomain, Said]:
    """Spread one group's answers around the medians, on the questions that are asked."""
    closed: dict[str, list[str]] = {}
    for question in measurement.questions.asked().filter(side=talk.side):
        if question.is_closed:
            closed.setdefault(question.domain, []).append(question.code.split("-")[1])
    said = {}
    for domain, median in zip(ServiceDomain, MEDIANS[talk.side], strict=True):
        if domain not in talk.domains:
            continue
        barrier = BARRIERS.get(domain) if talk.side == Side.TARGET_GROUP else None
        said[domain] = Said(
            stickers=stickers_around(median, talk.people),
            options={
                code: options_around(median, talk.people, random)
                for code in closed.get(domain, ())
            },
            barriers=(barrier,) if barrier else (),
        )
    return said
