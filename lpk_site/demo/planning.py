"""How both demo municipalities planned, and what each member said about it."""

from collections.abc import Mapping, Sequence

from accounts.models import User
from kader.vocabulary import ConditionAnswer, Feasibility, Phase
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import day
from projects.feasibility import mark_of
from projects.models import (
    FeasibilityVote,
    Organisation,
    Planning,
    PlanningStep,
    Project,
    SteeringGroupMember,
)
from projects.services import (
    answer_condition,
    cast_vote,
    propose_planning,
    record_vote,
)

# title, phase, first and last day, who, hours, euros
Step = tuple[str, Phase, str, str, str, int | None, int | None]

TALKS: Step = (
    "Groepsgesprekken met ouders en ouderen",
    Phase.ANALYSIS,
    "2026-11-09",
    "2027-01-22",
    "deur",
    48,
    650,
)
HEIDEBEKE_STEPS: tuple[Step, ...] = (
    (
        "Stuurgroep samenstellen en doelgroepen kiezen",
        Phase.PREPARATION,
        "2026-09-07",
        "2026-10-26",
        "ocmw",
        24,
        None,
    ),
    TALKS,
    (
        "Vragen aan de diensten",
        Phase.ANALYSIS,
        "2026-11-16",
        "2026-12-11",
        "ocmw",
        12,
        None,
    ),
    (
        "Problemen formuleren",
        Phase.ANALYSIS,
        "2027-02-08",
        "2027-02-08",
        "ocmw",
        16,
        None,
    ),
    (
        "Dialoog over de rechtencirkel",
        Phase.DIALOGUE,
        "2027-03-16",
        "2027-03-16",
        "kruispunt",
        30,
        480,
    ),
    (
        "Actieplan klaar",
        Phase.DIALOGUE,
        "2027-04-20",
        "2027-04-20",
        "ocmw",
        20,
        120,
    ),
)
# What the first version planned: straight through the holidays.
FIRST_TALKS: Step = (*TALKS[:3], "2027-01-15", *TALKS[4:])
EXTRA_TALK: Step = (
    "Extra groepsgesprek met wie de weg niet vond, Joke als tweede begeleider",
    Phase.ANALYSIS,
    "2026-12-03",
    "2026-12-03",
    "ziekenfonds",
    6,
    80,
)
HOLIDAYS = "Geen gesprekken van 21 december tot en met 3 januari."

POLDERDIJKE_STEPS: tuple[Step, ...] = (
    (
        "Stuurgroep samenstellen en doelgroepen kiezen",
        Phase.PREPARATION,
        "2025-11-03",
        "2026-01-19",
        "ocmw",
        30,
        None,
    ),
    (
        "Vijf groepsgesprekken",
        Phase.ANALYSIS,
        "2026-02-10",
        "2026-04-07",
        "buurthuis",
        60,
        900,
    ),
    (
        "Vragen aan de diensten",
        Phase.ANALYSIS,
        "2026-02-16",
        "2026-03-27",
        "huis",
        14,
        None,
    ),
    (
        "Problemen formuleren",
        Phase.ANALYSIS,
        "2026-04-27",
        "2026-05-08",
        "ocmw",
        18,
        None,
    ),
    ("Dialoog", Phase.DIALOGUE, "2026-06-09", "2026-06-09", "ocmw", 34, 620),
    (
        "Acties uitvoeren en terugkoppelen",
        Phase.EXECUTION,
        "2026-06-15",
        "2027-05-31",
        "huis",
        120,
        1_250,
    ),
)


def plan_heidebeke(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
) -> None:
    """Tell two versions: one that De Warme Deur refused, one that all nine approved."""
    els = people["els"].user
    _first_version(project, organisations, els)
    second = _propose(
        project,
        organisations,
        HEIDEBEKE_STEPS,
        on="2026-10-26",
        targets=(24, 6, 20),
        remark=HOLIDAYS,
        change_note="De gesprekken liggen stil als De Warme Deur gesloten is.",
    )
    for member in _members(project):
        _says(second, member, Feasibility.FEASIBLE, "", els, "2026-10-26")


def replan_heidebeke(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
) -> None:
    """Tell the third version, during the analysis: a proposal that members still judge."""
    els = people["els"].user
    third = _propose(
        project,
        organisations,
        (*HEIDEBEKE_STEPS[:2], EXTRA_TALK, *HEIDEBEKE_STEPS[2:]),
        on="2026-11-20",
        targets=(24, 6, 20),
        remark=HOLIDAYS,
        change_note=(
            "We spraken nog niemand die de weg niet vond. Daarom komt er een gesprek "
            "bij, in Het Kruispunt."
        ),
    )
    for member in _members(project):
        said = {
            "Els Vandamme": (Feasibility.FEASIBLE, ""),
            "Griet Pauwels": (Feasibility.FEASIBLE, ""),
            "Rachid El Amrani": (Feasibility.FEASIBLE, ""),
            "Tom Verbeke": (Feasibility.FEASIBLE, ""),
            "An De Clercq": (
                Feasibility.FEASIBLE_IF,
                "De uren over twee weken gespreid worden.",
            ),
        }.get(member.name)
        if said:
            _says(third, member, *said, els, "2026-11-20")


def _first_version(
    project: Project, organisations: Mapping[str, Organisation], els: User
) -> None:
    first = _propose(
        project,
        organisations,
        (HEIDEBEKE_STEPS[0], FIRST_TALKS, *HEIDEBEKE_STEPS[2:]),
        on="2026-10-12",
        targets=(24, 6, 20),
    )
    for member in _members(project):
        if member.name == "Nele Goossens":
            vote = _says(
                first,
                member,
                Feasibility.FEASIBLE_IF,
                "Niet in de kerstvakantie, dan zijn we gesloten.",
                els,
                "2026-10-14",
            )
            answer_condition(
                vote=vote,
                answer=ConditionAnswer.NOT_ACCEPTED,
                text=(
                    "In deze versie lopen de gesprekken door. We maken een nieuwe "
                    "planning, met een pauze."
                ),
                seen=mark_of(vote),
                on=day("2026-10-19"),
            )
        else:
            _says(first, member, Feasibility.FEASIBLE, "", els, "2026-10-14")


def plan_polderdijke(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
) -> None:
    """Tell one version, approved by all five on one evening."""
    planning = _propose(
        project,
        organisations,
        POLDERDIJKE_STEPS,
        on="2026-01-12",
        targets=(30, 10, 15),
    )
    for member in _members(project):
        _says(
            planning,
            member,
            Feasibility.FEASIBLE,
            "",
            people["hilde"].user,
            "2026-01-19",
        )


def _propose(
    project: Project,
    organisations: Mapping[str, Organisation],
    steps: Sequence[Step],
    *,
    on: str,
    targets: tuple[int, int, int],
    remark: str = "",
    change_note: str = "",
) -> Planning:
    participants, not_reached, providers = targets
    newest = project.plannings.current()
    planning = Planning(
        project=project,
        target_participants=participants,
        target_not_reached=not_reached,
        target_providers=providers,
        remark=remark,
        change_note=change_note,
        proposed_on=day(on),
    )
    return propose_planning(
        planning=planning,
        steps=[_step(organisations, *step) for step in steps],
        seen=newest.version if newest else 0,
    )


def _step(
    organisations: Mapping[str, Organisation],
    title: str,
    phase: Phase,
    first: str,
    last: str,
    owner: str,
    hours: int | None,
    euros: int | None,
) -> PlanningStep:
    return PlanningStep(
        title=title,
        phase=phase,
        starts_on=day(first),
        ends_on=day(last),
        owner=organisations[owner],
        hours=hours,
        euros=euros,
    )


def _members(project: Project) -> list[SteeringGroupMember]:
    return list(project.steering_group.order_by("pk"))


def _says(
    planning: Planning,
    member: SteeringGroupMember,
    choice: Feasibility,
    condition: str,
    recorded_by: User,
    on: str,
) -> FeasibilityVote:
    """Let a member judge; who has no account says it aloud and the coordinator notes it."""
    if member.user_id is not None:
        return cast_vote(
            planning=planning,
            member=member,
            choice=choice,
            condition=condition,
            on=day(on),
        )
    return record_vote(
        planning=planning,
        member=member,
        choice=choice,
        condition=condition,
        recorded_by=recorded_by,
        on=day(on),
    )
