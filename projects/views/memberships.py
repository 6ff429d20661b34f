"""Who has access to a project, and with which role."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from accounts.models import Invitation
from kader.vocabulary import SteeringGroupRole
from projects import access, services
from projects.access import CAPABILITIES, Capability
from projects.forms import HandOverForm, MembershipCreateForm, MembershipForm
from projects.models import Membership, Role


@dataclass(frozen=True)
class RoleGuide:
    """A role with everything it may do, in words."""

    label: str
    rights: tuple[str, ...]


ROLE_GUIDE = tuple(
    RoleGuide(
        role.label,
        tuple(c.label for c in Capability if c in CAPABILITIES[role]),
    )
    for role in Role
)


@require_safe
def membership_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    invited = Invitation.objects.usable().filter(user__memberships__project=project)
    context = {
        "project": project,
        "memberships": project.memberships.with_users(),
        "is_only_coordinator": project.memberships.coordinators().count() < 2,
        "invited": set(invited.values_list("user_id", flat=True)),
        "roles": ROLE_GUIDE,
    }
    return render(request, "projects/membership_list.html", context)


@require_http_methods(["GET", "POST"])
def membership_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = MembershipCreateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            membership = services.give_access(
                project=project, given_by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _welcome(membership))
            return redirect("projects:membership_list", project.pk)
    context = {
        "project": project,
        "form": form,
        "membership": None,
        "roles": ROLE_GUIDE,
    }
    return render(request, "projects/membership_form.html", context)


@require_POST
def membership_invite(
    request: AuthenticatedHttpRequest, project_id: int, membership_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    membership = get_object_or_404(project.memberships.with_users(), pk=membership_id)
    try:
        services.invite_again(membership=membership, invited_by=request.user)
    except ValidationError as error:
        messages.info(request, error.messages[0])
    else:
        messages.success(
            request,
            f"{membership.user} krijgt een nieuwe uitnodiging. De vorige werkt niet meer.",
        )
    return redirect("projects:membership_list", project.pk)


@require_http_methods(["GET", "POST"])
def membership_edit(
    request: AuthenticatedHttpRequest, project_id: int, membership_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    membership = get_object_or_404(project.memberships.with_users(), pk=membership_id)
    form = MembershipForm(
        request.POST if request.method == "POST" else None,
        initial={"role": membership.role},
    )
    if form.is_valid():
        try:
            services.change_role(membership=membership, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("role", error)
        else:
            messages.success(
                request,
                f"De rol van {membership.user} is nu {membership.get_role_display()}.",
            )
            return _back(request, membership)
    context = {
        "project": project,
        "form": form,
        "membership": membership,
        "roles": ROLE_GUIDE,
    }
    return render(request, "projects/membership_form.html", context)


@require_http_methods(["GET", "POST"])
def membership_delete(
    request: AuthenticatedHttpRequest, project_id: int, membership_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    membership = get_object_or_404(project.memberships.with_users(), pk=membership_id)
    if request.method == "POST":
        try:
            services.withdraw_access(membership=membership)
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("projects:membership_list", project.pk)
        messages.success(request, f"{membership.user} heeft geen toegang meer.")
        return _back(request, membership)
    context = {"project": project, "membership": membership}
    return render(request, "projects/membership_delete.html", context)


@require_http_methods(["GET", "POST"])
def membership_hand_over(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    giver = project.memberships.get(user=request.user)
    seats = project.steering_group.of_user(request.user, today)
    form = HandOverForm(
        request.POST if request.method == "POST" else None,
        giver=giver,
        has_lead=seats.filter(role=SteeringGroupRole.LEAD).exists(),
    )
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        own_role = form.cleaned_data["own_role"]
        try:
            services.hand_over(
                giver=giver,
                successor=successor,
                own_role=own_role,
                with_lead=form.cleaned_data.get("with_lead", False),
                on=today,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            then = (
                f"Jouw rol is nu {own_role.label.lower()}."
                if own_role
                else "Jij hebt geen toegang meer tot dit project."
            )
            messages.success(request, f"{successor.user} is nu coördinator. {then}")
            return redirect(project if own_role else "projects:project_list")
    able = set(project.memberships.able_to_sign_in().values_list("pk", flat=True))
    others = project.memberships.with_users().exclude(pk=giver.pk)
    context = {
        "project": project,
        "form": form,
        "can_hand_over": any(m.pk in able for m in others),
        "not_yet": [m.user for m in others if m.pk not in able],
    }
    return render(request, "projects/membership_hand_over.html", context)


def _welcome(membership: Membership) -> str:
    user = membership.user
    if user.has_usable_password():
        return f"{user} heeft nu toegang."
    return f"{user} krijgt een uitnodiging op {user.email}."


def _back(request: AuthenticatedHttpRequest, membership: Membership) -> HttpResponse:
    """Go back to the list, or out of it for who gave up the right to see it."""
    is_own = membership.user_id == request.user.pk
    is_gone = membership.pk is None
    may_manage = Capability.MANAGE in CAPABILITIES[Role(membership.role)]
    if is_own and (is_gone or not may_manage):
        return redirect("projects:project_list")
    return redirect("projects:membership_list", membership.project_id)
