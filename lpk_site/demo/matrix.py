"""The doelgroepenmatrix of Heidebeke: a first version together, then everybody's scores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from kader.vocabulary import Confidence, MatrixDecision, SocialRight, SourceKind
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.setting_up import SCORED, add_target_group
from lpk_site.demo.writing import day, save
from projects.models import (
    NO_SCORE,
    Criterion,
    Organisation,
    Project,
    SteeringGroupMember,
    TargetGroup,
)
from projects.services import (
    agree_score,
    give_score,
    keep_matrix_version,
    open_matrix_round,
    sheet_token,
    type_scores,
)

FIRST_KEPT_ON = day("2026-09-28")
OPENED_ON = day("2026-10-05")

RIGHTS_FIVE = (
    SocialRight.SOCIAL_SERVICES,
    SocialRight.INCOME,
    SocialRight.FAMILY,
    SocialRight.LEISURE,
    SocialRight.HOUSING,
)
RIGHTS_THREE = (SocialRight.SOCIAL_SERVICES, SocialRight.INCOME, SocialRight.HEALTH)


@dataclass(frozen=True)
class DemoGroup:
    """One row: what the group guessed first, the medians of October, and the decision.

    Scores stand in the order N1, N2, N4, K1 to K4.
    """

    key: str
    name: str
    first: tuple[int, ...] | None
    medians: tuple[int, ...]
    rights: tuple[SocialRight, ...]
    decision: MatrixDecision
    reason: str
    bridge: str = ""
    services: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


GROUPS = (
    DemoGroup(
        "ouders",
        "Alleenstaande ouders",
        (2, 3, 1, 3, 2, 3, 2),
        (2, 3, 2, 3, 2, 3, 2),
        RIGHTS_FIVE,
        MatrixDecision.CHOSEN,
        "De Warme Deur heeft een vaste ouderwerking; de school wil meedoen.",
        bridge="deur",
        services=("ocmw", "school"),
        about={
            "representative": "Een ouder uit de ouderwerking van De Warme Deur.",
            "planned_talks": 2,
            "support": "Opvang voor de kinderen, busticketten, gesprekken tijdens de "
            "schooluren.",
            "source_kind": SourceKind.FIGURE,
            "source": "Gezinnen met één ouder, gemeentelijke bevolkingscijfers",
            "source_year": 2025,
            "confidence": Confidence.HIGH,
        },
    ),
    DemoGroup(
        "ouderen",
        "Ouderen met een klein pensioen",
        (3, 2, 2, 1, 3, 2, 1),
        (3, 2, 2, 2, 3, 2, 3),
        RIGHTS_THREE,
        MatrixDecision.CHOSEN,
        "Er is een lokaal dienstencentrum en de sociaal werker start met huisbezoeken.",
        bridge="kruispunt",
        services=("ocmw", "ziekenfonds"),
        about={
            "representative": "Iemand uit de koffienamiddag van Het Kruispunt.",
            "planned_talks": 2,
            "support": "Vervoer van deur tot deur, een zaal zonder trappen.",
            "source_kind": SourceKind.SIGNAL,
            "source": "Huisbezoeken van het lokaal dienstencentrum",
            "source_year": 2026,
            "confidence": Confidence.MEDIUM,
        },
    ),
    DemoGroup(
        "landbouwers",
        "Landbouwers in moeilijkheden",
        (1, 3, 2, 1, 1, 1, 0),
        (1, 3, 3, 1, 1, 1, 0),
        RIGHTS_THREE,
        MatrixDecision.NOT_NOW,
        "Eerst brug bouwen. We kennen niemand die vertrouwen heeft. Actie: contact met "
        "een landelijke organisatie.",
        about={
            "source_kind": SourceKind.ESTIMATE,
            "confidence": Confidence.LOW,
        },
    ),
    DemoGroup(
        "werkloosheid",
        "Mensen die hun werkloosheidsuitkering verliezen",
        None,
        (2, 3, 2, 1, 2, 2, 2),
        RIGHTS_THREE,
        MatrixDecision.RESERVE,
        "Opnieuw bekijken in maart, samen met VDAB en vakbonden.",
        about={
            "source_kind": SourceKind.SIGNAL,
            "source": "Nieuwe vragen aan de loketten van OCMW en ziekenfonds",
            "source_year": 2026,
            "confidence": Confidence.MEDIUM,
        },
    ),
)

# The one cell that stayed agreed: the members think far apart, and talked about it.
AGREED = ("landbouwers", Criterion.K3)
APART = {
    AGREED: (0, 0, 1, 1, 1, 1, 1, 2, 2),
    # In the order of the seats; Joke's is the eighth.
    ("werkloosheid", Criterion.N1): (2, 2, 2, 1, 2, 2, 2, 3, 2),
}
# Three of the nine lean a point to one side, so the median stays where it is.
LEANING = (0, 1, 0, 0, 1, 0, 0, 0, 1)

REASONS = {
    ("Joke Lemmens", "werkloosheid", Criterion.N1): (
        "elke maand nieuwe vragen aan ons loket",
        True,
    ),
    ("Nele Goossens", "ouders", Criterion.K1): (
        "onze ouderwerking komt elke week samen",
        True,
    ),
    ("Tom Verbeke", "landbouwers", Criterion.N4): ("we zien hen nooit", False),
}


def fill_matrix(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
) -> dict[str, TargetGroup]:
    """Fill the matrix as it grew: guessed together, scored apart, then decided."""
    els = people["els"].user
    groups = {row.key: _add(project, row, organisations) for row in GROUPS if row.first}
    keep_matrix_version(
        project=project,
        on=FIRST_KEPT_ON,
        made_by=els,
        note="Eerste verkenning, samen ingevuld",
    )
    groups |= {
        row.key: _add(project, row, organisations) for row in GROUPS if not row.first
    }
    for row in GROUPS:
        _let_go(groups[row.key], row)
    _score(project, groups, OPENED_ON)
    open_matrix_round(project=project, on=OPENED_ON)
    for row in GROUPS:
        group = groups[row.key]
        group.decision, group.reason = row.decision, row.reason
        save(group)
    keep_matrix_version(
        project=project,
        on=OPENED_ON,
        made_by=els,
        note="Na de stuurgroep van oktober",
    )
    return groups


def _add(
    project: Project, row: DemoGroup, organisations: Mapping[str, Organisation]
) -> TargetGroup:
    group = add_target_group(
        project,
        row.name,
        row.first or (None,) * len(SCORED),
        rights=row.rights,
        bridge=organisations.get(row.bridge),
        **row.about,
    )
    group.services.set([organisations[key] for key in row.services])
    return group


def _let_go(group: TargetGroup, row: DemoGroup) -> None:
    """Take the first scores away: from now on the members say what they think."""
    for criterion in map(Criterion, SCORED):
        seen = group.score(criterion)
        if seen is not None and (row.key, criterion) != AGREED:
            agree_score(target_group=group, criterion=criterion, score=None, seen=seen)


def _score(project: Project, groups: Mapping[str, TargetGroup], on: date) -> None:
    """Let every member score every cell: own page, or paper that the coordinator types."""
    for seat, member in enumerate(project.steering_group.voting(on)):
        scores = {
            (row.key, Criterion(name)): _leaning(row, place, seat)
            for row in GROUPS
            for place, name in enumerate(SCORED)
        }
        if member.user is None:
            type_scores(
                member=member,
                scores={(groups[k].pk, c): s for (k, c), s in scores.items()},
                seen=sheet_token([]),
            )
        else:
            _give(member, member.user, groups, scores)


def _give(
    member: SteeringGroupMember,
    user: User,
    groups: Mapping[str, TargetGroup],
    scores: Mapping[tuple[str, Criterion], int],
) -> None:
    for (key, criterion), score in scores.items():
        reason, is_shared = REASONS.get((member.name, key, criterion), ("", False))
        give_score(
            member=member,
            given_by=user,
            target_group=groups[key],
            criterion=criterion,
            score=score,
            reason=reason,
            is_shared=is_shared,
            seen=NO_SCORE,
        )


def _leaning(row: DemoGroup, place: int, seat: int) -> int:
    """Return what one seat thinks, so that the nine together have the median."""
    apart = APART.get((row.key, Criterion(SCORED[place])))
    if apart:
        return apart[seat]
    middle = row.medians[place]
    step = LEANING[(seat + place) % len(LEANING)]
    return middle - step if middle else middle + step
