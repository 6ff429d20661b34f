"""Checks on accounts and on the preparation of a project."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Invitation, User
from lpk_site.integrity.registry import Keys, check, elsewhere, keys
from projects.models import (
    Membership,
    Planning,
    Project,
    Role,
    SteeringGroupMember,
    TargetGroup,
)


@check(Invitation, "De uitnodiging is gebruikt, maar de persoon heeft geen wachtwoord.")
def accepted_invitations_gave_a_password() -> Keys:
    accepted = Invitation.objects.exclude(accepted_at=None).select_related("user")
    return [row.pk for row in accepted if not row.user.has_usable_password()]


@check(User, "Er zijn twee uitnodigingen tegelijk bruikbaar.")
def one_usable_invitation_per_person() -> Keys:
    usable = Invitation.objects.filter(accepted_at=None, expires_at__gt=timezone.now())
    counted = usable.values("user_id").order_by().annotate(n=Count("pk"))
    return counted.filter(n__gt=1).values_list("user_id", flat=True)


@check(User, "Het e-mailadres heeft hoofdletters, en zo vindt aanmelden het niet.")
def addresses_are_in_lower_case() -> Keys:
    return keys(User.objects.exclude(email=Lower("email")))


@check(Project, "Het project heeft geen coördinator.")
def projects_have_a_coordinator() -> Keys:
    coordinators = Membership.objects.filter(
        project=OuterRef("pk"), role=Role.COORDINATOR
    )
    return keys(Project.objects.filter(~Exists(coordinators)))


@check(Planning, "De versies van de planning lopen niet door van 1 af.")
def planning_versions_count_from_one() -> Keys:
    rows = Planning.objects.order_by("project_id", "version")
    numbers: dict[int, int] = defaultdict(int)
    wrong = []
    for pk, project_id, version in rows.values_list("pk", "project_id", "version"):
        numbers[project_id] += 1
        if version != numbers[project_id]:
            wrong.append(pk)
    return wrong


@check(SteeringGroupMember, "De organisatie van het lid hoort bij een ander project.")
def seats_stay_in_their_project() -> Keys:
    return elsewhere(SteeringGroupMember, "organisation")


@check(SteeringGroupMember, "Het lid heeft een account zonder rol in het project.")
def seats_with_an_account_have_a_role() -> Keys:
    role = Membership.objects.filter(project=OuterRef("project"), user=OuterRef("user"))
    seats = SteeringGroupMember.objects.filter(until=None).exclude(user=None)
    return keys(seats.filter(~Exists(role)))


@check(TargetGroup, "De brug naar de groep hoort bij een ander project.")
def bridges_stay_in_their_project() -> Keys:
    return elsewhere(TargetGroup, "bridge")
