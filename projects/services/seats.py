"""What changes seats in the steering group, and what people agree to do there."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from accounts.models import User
from kader.vocabulary import (
    OrganisationType,
    Phase,
    Responsibility,
    SteeringGroupRole,
)
from projects.models import (
    Organisation,
    PhaseResponsibility,
    Project,
    Role,
    SteeringGroupMember,
)
from projects.services.planning import settle_planning
from projects.services.projects import give_access, invite_again

PSEUDONYM_HAS_NO_MAIL = (
    "Wie een schuilnaam koos, nodigen we niet uit per mail: aan het adres zou je zien "
    "wie het is."
)


def clashing_seat(
    *,
    organisation: Organisation,
    name: str,
    since: date,
    until: date | None,
    besides: int | None,
) -> SteeringGroupMember | None:
    """Return another seat of this person for this organisation in the same period.

    Names are compared without capitals. One query.
    """
    known = " ".join(name.split()).casefold()
    for seat in organisation.members.all():
        if seat.pk == besides or " ".join(seat.name.split()).casefold() != known:
            continue
        begins_before_it_ends = seat.until is None or since < seat.until
        ends_after_it_begins = until is None or seat.since < until
        if begins_before_it_ends and ends_after_it_begins:
            return seat
    return None


def say_clash(seat: SteeringGroupMember) -> str:
    """Say in one sentence why two periods cannot both hold."""
    if seat.until is None:
        return "Deze persoon zit al in de stuurgroep."
    return (
        f"{seat} zat al voor {seat.organisation} in de stuurgroep, van "
        f"{date_format(seat.since, 'j F Y')} tot {date_format(seat.until, 'j F Y')}. "
        "Die periodes lopen door elkaar."
    )


def default_access_role(member: SteeringGroupMember) -> Role:
    """Return the role that fits what this member does; the coordinator may differ."""
    if member.role == SteeringGroupRole.LEAD:
        return Role.COORDINATOR
    if member.role == SteeringGroupRole.SUPPORTER:
        return Role.SUPPORTER
    kind = OrganisationType(member.organisation.type)
    return Role.GRASSROOTS if kind.is_grassroots else Role.MEMBER


@transaction.atomic
def save_seat(
    *, member: SteeringGroupMember, email: str = "", saved_by: User, on: date
) -> SteeringGroupMember:
    """Store a seat, new or changed, and invite who sits there when an address is given.

    All or nothing: an address that is refused leaves no seat behind. A role that changes
    or an end that is taken back changes who judges the planning (R6), as `end_seat` does.
    """
    # Locking the project keeps two simultaneous saves from seating somebody twice.
    Project.objects.select_for_update().get(pk=member.project_id)
    clash = clashing_seat(
        organisation=member.organisation,
        name=member.name,
        since=member.since,
        until=member.until,
        besides=member.pk,
    )
    if clash:
        raise ValidationError(say_clash(clash))
    if member.user:
        _require_one_seat(member, member.user, on, field="user")
    member.save()
    _settle(member.project, on)
    if email:
        invite_member(
            member=member,
            email=email,
            role=default_access_role(member),
            invited_by=saved_by,
            on=on,
        )
    return member


@transaction.atomic
def end_seat(
    *, member: SteeringGroupMember, until: date, on: date
) -> SteeringGroupMember:
    """Let somebody leave the steering group: from that day the seat counts no longer.

    The seat stays on record with what was agreed, voted and scored on it. Access is
    something else and stays (`withdraw_access`). The planning no longer waits for who
    left (R6).
    """
    member = SteeringGroupMember.objects.select_for_update().get(pk=member.pk)
    if until < member.since:
        raise ValidationError("Het einde kan niet voor het begin liggen.")
    member.until = until
    member.save(update_fields=["until"])
    _settle(member.project, on)
    return member


@transaction.atomic
def save_organisation(*, organisation: Organisation, on: date) -> Organisation:
    """Store what is known of an organisation; its kind decides who is at the table (R1)."""
    organisation.save()
    _settle(organisation.project, on)
    return organisation


@transaction.atomic
def invite_member(
    *,
    member: SteeringGroupMember,
    email: str,
    role: Role,
    invited_by: User,
    on: date,
) -> SteeringGroupMember:
    """Give a member an account in the project and tie it to the seat.

    Who has access already keeps that role and gets no mail. Somebody who was invited and
    never chose a password gets a new link on the same address. Raises ValidationError
    for a pseudonym (P13), for who left, and for an account that has a seat already.
    """
    member = (
        SteeringGroupMember.objects.select_for_update(of=("self",))
        .select_related("project", "organisation")
        .get(pk=member.pk)
    )
    if member.is_pseudonym:
        raise ValidationError(PSEUDONYM_HAS_NO_MAIL)
    if member.until is not None and member.until <= on:
        raise ValidationError(f"{member} zit niet meer in de stuurgroep.")
    if member.user is not None:
        membership = member.project.memberships.with_users().get(user=member.user)
        invite_again(membership=membership, invited_by=invited_by)
        return member
    address = User.objects.normalize_email(email).lower()
    user = User.objects.filter(email=address).first()
    if user is not None and not user.is_active:
        raise ValidationError(
            {"email": "Dit account is afgesloten. Vraag de beheerder om hulp."}
        )
    known = member.project.memberships.with_users().filter(user=user).first()
    if user is not None:
        _require_one_seat(member, user, on, field="email")
    if user is None or known is None:
        known = give_access(
            project=member.project,
            email=address,
            name=member.name,
            role=role,
            given_by=invited_by,
            since=on,
        )
    elif not known.user.has_usable_password():
        invite_again(membership=known, invited_by=invited_by)
    member.user = known.user
    member.save(update_fields=["user"])
    return member


@transaction.atomic
def agree_responsibilities(
    *,
    project: Project,
    parts: Mapping[tuple[int, Phase], Responsibility | None],
    on: date,
) -> int:
    """Store who does what in which phase; return how many cells changed.

    Only the cells that are given change, and None clears one. Five queries at most,
    however many members there are. Raises ValidationError for a cell of somebody who
    is not in the steering group of this project.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    seated = set(project.steering_group.staying(on).values_list("pk", flat=True))
    if {member_id for member_id, _ in parts} - seated:
        raise ValidationError(
            "Iemand zit niet meer in de stuurgroep. Kijk de lijst nog eens na."
        )
    agreed = {
        (row.member_id, Phase(row.phase)): row
        for row in PhaseResponsibility.objects.filter(member__project=project)
    }
    gone = [
        agreed[cell].pk for cell, part in parts.items() if not part and cell in agreed
    ]
    changed = [
        PhaseResponsibility(member_id=cell[0], phase=cell[1], part=part)
        for cell, part in parts.items()
        if part and (cell not in agreed or agreed[cell].part != part)
    ]
    if gone:
        PhaseResponsibility.objects.filter(pk__in=gone).delete()
    if changed:
        PhaseResponsibility.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["member", "phase"],
            update_fields=["part"],
        )
    return len(gone) + len(changed)


def _settle(project: Project, on: date) -> None:
    """See whether the members who are left find the planning feasible (R6)."""
    planning = project.plannings.current()
    if planning is not None:
        settle_planning(planning=planning, on=on)


def other_seat_of(
    member: SteeringGroupMember, user: User, on: date
) -> SteeringGroupMember | None:
    """Return the seat besides this one that an account holds, now or later. One query."""
    seats = member.project.steering_group.staying(on).filter(user=user)
    return seats.exclude(pk=member.pk).with_organisation().first()


def _require_one_seat(
    member: SteeringGroupMember, user: User, on: date, *, field: str
) -> None:
    """Refuse a second seat for one account: a vote is given once."""
    other = other_seat_of(member, user, on)
    if other is not None:
        raise ValidationError(
            {field: f"Dit account heeft al een zitje: {other}, {other.organisation}."}
        )
