"""How a project begins and who has access to it."""

import csv
from datetime import date
from importlib import resources

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from projects.models import Membership, Municipality, Project, Role


@transaction.atomic
def load_municipalities() -> int:
    """Add or correct the 285 municipalities that ship with the product; return how many.

    Source: Statbel, NIS codes of 1 January 2025, CC BY 4.0. Running it again changes
    nothing, and rows of a municipality's own (inhabitants, successor) stay.
    """
    table = resources.files("projects").joinpath("data/municipalities.csv")
    with table.open(encoding="utf-8") as lines:
        rows = [
            Municipality(
                nis_code=row["nis"], name=row["naam"], province=row["provincie"]
            )
            for row in csv.DictReader(lines)
        ]
    Municipality.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["nis_code"],
        update_fields=["name", "province"],
    )
    return len(rows)


@transaction.atomic
def start_project(
    *,
    municipality: Municipality,
    title: str,
    starting_point: str,
    started_on: date,
    coordinator_email: str,
    coordinator_name: str,
    started_by: User | None,
) -> Project:
    """Open a project and invite its coordinator."""
    project = Project.objects.create(
        municipality=municipality,
        title=title,
        starting_point=starting_point,
        started_on=started_on,
    )
    give_access(
        project=project,
        email=coordinator_email,
        name=coordinator_name,
        role=Role.COORDINATOR,
        given_by=started_by,
        since=started_on,
    )
    return project


@transaction.atomic
def give_access(
    *,
    project: Project,
    email: str,
    name: str,
    role: Role,
    given_by: User | None,
    since: date | None = None,
) -> Membership:
    """Give somebody a role, from today unless `since` says otherwise.

    Who has no account yet is invited by mail.
    """
    user = accounts.invite(email=email, name=name, invited_by=given_by)
    if project.memberships.filter(user=user).exists():
        raise ValidationError({"email": "Deze persoon heeft al toegang."})
    return Membership.objects.create(
        project=project, user=user, role=role, since=since or timezone.localdate()
    )


@transaction.atomic
def invite_again(*, membership: Membership, invited_by: User) -> None:
    """Mail a new link to somebody who never chose a password; the old one is void."""
    user = membership.user
    if user.has_usable_password():
        raise ValidationError(f"{user} heeft al een account en kan zich aanmelden.")
    accounts.invite(email=user.email, name=user.name, invited_by=invited_by)


@transaction.atomic
def change_role(*, membership: Membership, role: Role) -> Membership:
    """Give another role, but never leave a project without a coordinator."""
    if role != Role.COORDINATOR:
        _keep_a_coordinator(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def withdraw_access(*, membership: Membership) -> None:
    """Take the role away; what the person wrote stays."""
    _keep_a_coordinator(membership)
    membership.delete()


def _keep_a_coordinator(membership: Membership) -> None:
    others = Membership.objects.select_for_update().filter(
        project_id=membership.project_id, role=Role.COORDINATOR
    )
    if not others.exclude(pk=membership.pk).exists():
        raise ValidationError(
            "Dit is de enige coördinator. Maak eerst iemand anders coördinator."
        )
