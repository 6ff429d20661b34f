"""How a project begins and who has access to it."""

import csv
from datetime import date
from importlib import resources

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from kader.vocabulary import SteeringGroupRole
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
    """Take the role away; what the person wrote stays.

    A seat in the steering group stays too, without the account.
    """
    _keep_a_coordinator(membership)
    seats = membership.project.steering_group.staying(timezone.localdate())
    seats.filter(user_id=membership.user_id).update(user=None)
    membership.delete()


@transaction.atomic
def hand_over(
    *,
    giver: Membership,
    successor: Membership,
    own_role: Role | None,
    with_lead: bool,
    on: date,
) -> None:
    """Make somebody else coordinator, and give the giver another role or none at all.

    The project has a coordinator at every moment: both change or neither does. With
    `with_lead` the trekker of the steering group changes along, from the giver's seat to
    the successor's. Raises ValidationError when one of them can no longer do this.
    """
    project = Project.objects.select_for_update().get(pk=giver.project_id)
    locked = {
        row.pk: row
        for row in project.memberships.select_for_update(of=("self",))
        .select_related("user")
        .order_by("pk")
        .filter(pk__in=[giver.pk, successor.pk])
    }
    if len(locked) < 2 or locked[giver.pk].role != Role.COORDINATOR:
        raise ValidationError(
            "De toegang is intussen veranderd. Kijk de lijst eerst nog eens na."
        )
    giver, successor = locked[giver.pk], locked[successor.pk]
    if not successor.user.is_active or not successor.user.has_usable_password():
        raise ValidationError(
            {
                "successor": (
                    f"{successor.user} heeft nog geen account geopend. "
                    "Wacht tot de uitnodiging aanvaard is."
                )
            }
        )
    if with_lead:
        _move_the_lead(project, giver.user, successor.user, on)
    successor.role = Role.COORDINATOR
    successor.save(update_fields=["role"])
    if own_role is None:
        withdraw_access(membership=giver)
    else:
        change_role(membership=giver, role=own_role)


def _move_the_lead(project: Project, giver: User, successor: User, on: date) -> None:
    lead = project.steering_group.of_user(giver, on).filter(role=SteeringGroupRole.LEAD)
    seat = project.steering_group.of_user(successor, on).first()
    if seat is None:
        raise ValidationError(
            {
                "with_lead": (
                    f"{successor} zit niet in de stuurgroep. Geef die persoon eerst een "
                    "zitje, of laat dit leeg."
                )
            }
        )
    if lead.update(role=SteeringGroupRole.MEMBER):
        seat.role = SteeringGroupRole.LEAD
        seat.save(update_fields=["role"])


def _keep_a_coordinator(membership: Membership) -> None:
    """Refuse when nobody else with an active account is coordinator."""
    coordinators = Membership.objects.coordinators().filter(
        project_id=membership.project_id
    )
    others = coordinators.select_for_update(of=("self",)).exclude(pk=membership.pk)
    if not list(others):
        raise ValidationError(
            "Dit is de enige coördinator. Maak eerst iemand anders coördinator."
        )
