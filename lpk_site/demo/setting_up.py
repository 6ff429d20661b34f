"""How both demo projects are set up: roles, organisations, seats, matrix rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kader.vocabulary import Side, SteeringGroupRole
from lpk_site.demo.people import DemoAccount
from lpk_site.demo.writing import save
from projects.models import (
    Organisation,
    Project,
    Role,
    SteeringGroupMember,
    TargetGroup,
)
from projects.services import give_access

SCORED = ("n1", "n2", "n4", "k1", "k2", "k3", "k4")


def add_organisations(
    project: Project, rows: Sequence[tuple[str, str, str, Side]]
) -> dict[str, Organisation]:
    """Add organisations: key, name, type and side."""
    return {
        key: save(Organisation(project=project, name=name, type=kind, side=side))
        for key, name, kind, side in rows
    }


def give_roles(
    project: Project,
    people: Mapping[str, DemoAccount],
    roles: Mapping[str, Role],
    *,
    given_by: str,
    since: date,
) -> None:
    """Give accounts, by their short keys, a role in the project."""
    for key, role in roles.items():
        user = people[key].user
        give_access(
            project=project,
            email=user.email,
            name=user.name,
            role=role,
            given_by=people[given_by].user,
            since=since,
        )


def seat_members(
    project: Project,
    organisations: Mapping[str, Organisation],
    people: Mapping[str, DemoAccount],
    rows: Sequence[tuple[str, str, str, str, str, str]],
    since: date,
) -> None:
    """Seat people: name, organisation, role, function, OCMW profile, account or ''."""
    for name, organisation, role, function, profile, key in rows:
        save(
            SteeringGroupMember(
                project=project,
                organisation=organisations[organisation],
                name=name,
                is_pseudonym=role == SteeringGroupRole.REPRESENTATIVE,
                role=role,
                function=function,
                ocmw_profile=profile,
                since=since,
                user=people[key].user if key else None,
            )
        )


def add_target_group(
    project: Project, name: str, scores: Sequence[int | None], **fields: Any
) -> TargetGroup:
    """Add a row of the matrix; the scores in the order N1, N2, N4, K1 to K4."""
    given = dict(zip(SCORED, scores, strict=True))
    return save(TargetGroup(project=project, name=name, **given, **fields))
