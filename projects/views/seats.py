"""The steering group: who sits at the table, and for which organisation."""

from collections import Counter
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import Phase, Responsibility, SteeringGroupRole
from projects import access, services
from projects.access import Capability
from projects.composition import check_network
from projects.forms import (
    MemberEndForm,
    MemberForm,
    MemberInviteForm,
    OrganisationForm,
    ResponsibilitiesForm,
)
from projects.models import (
    Organisation,
    PhaseResponsibility,
    Project,
    SteeringGroupMember,
)
from projects.responsibilities import Grid, build_grid


@require_safe
def steering_group(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    everybody = list(project.steering_group.with_organisation().select_related("user"))
    members = [m for m in everybody if m.until is None or m.until > today]
    seats = Counter(member.organisation_id for member in members)
    engagements = list(project.engagements.with_names())
    chosen = project.target_groups.chosen().values_list("name", flat=True)
    context = {
        "project": project,
        "today": today,
        "members": members,
        "history": sorted(everybody, key=lambda m: m.since, reverse=True),
        "grid": _grid(project, members),
        "phases": list(Phase),
        "parts": list(Responsibility),
        "composition": check_network(
            [m for m in members if m.since <= today], engagements, list(chosen)
        ),
        "engaged": {engagement.organisation_id for engagement in engagements},
        "organisations": [
            (organisation, seats[organisation.pk])
            for organisation in project.organisations.all()
        ],
    }
    return render(request, "projects/steering_group.html", context)


@require_http_methods(["GET", "POST"])
def responsibilities(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    members = project.steering_group.staying(today).with_organisation()
    grid = _grid(project, list(members))
    form = ResponsibilitiesForm(
        request.POST if request.method == "POST" else None, grid=grid
    )
    if form.is_valid():
        try:
            services.agree_responsibilities(
                project=project, parts=form.changed_parts(), on=today
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De taken per fase zijn bewaard.")
            return redirect("projects:steering_group", project.pk)
    context = {"project": project, "form": form, "parts": list(Responsibility)}
    return render(request, "projects/responsibilities.html", context)


@require_http_methods(["GET", "POST"])
def member_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        instance=SteeringGroupMember(project=project),
    )
    if form.is_valid() and _saved(request, form):
        member = form.instance
        mailed = form.cleaned_data["email"]
        messages.success(
            request,
            f"{member} zit nu in de stuurgroep en krijgt een uitnodiging op {mailed}."
            if mailed and not member.user.has_usable_password()
            else f"{member} zit nu in de stuurgroep.",
        )
        return redirect("projects:steering_group", project.pk)
    context = {
        "project": project,
        "form": form,
        "member": None,
        "has_organisations": project.organisations.exists(),
    }
    return render(request, "projects/member_form.html", context)


@require_http_methods(["GET", "POST"])
def member_edit(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    member = get_object_or_404(project.steering_group, pk=member_id)
    form = MemberForm(
        request.POST if request.method == "POST" else None, instance=member
    )
    if form.is_valid() and _saved(request, form):
        messages.success(request, f"De gegevens van {member} zijn bewaard.")
        return redirect("projects:steering_group", project.pk)
    context = {
        "project": project,
        "form": form,
        "member": member,
        "has_organisations": True,
    }
    return render(request, "projects/member_form.html", context)


@require_http_methods(["GET", "POST"])
def member_invite(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    member = get_object_or_404(
        project.steering_group.with_organisation().select_related("user"), pk=member_id
    )
    form = MemberInviteForm(
        request.POST if request.method == "POST" else None, member=member
    )
    if form.is_valid():
        try:
            invited = services.invite_member(
                member=member,
                email=form.cleaned_data.get("email", ""),
                role=form.cleaned_data.get(
                    "role", services.default_access_role(member)
                ),
                invited_by=request.user,
                on=today,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _invited(invited))
            return redirect("projects:steering_group", project.pk)
    context = {
        "project": project,
        "form": form,
        "member": member,
        "has_left": member.until is not None and member.until <= today,
    }
    return render(request, "projects/member_invite.html", context)


@require_http_methods(["GET", "POST"])
def member_end(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    member = get_object_or_404(project.steering_group, pk=member_id)
    today = timezone.localdate()
    form = MemberEndForm(
        request.POST if request.method == "POST" else None,
        instance=member,
        initial={"until": member.until or today},
    )
    if form.is_valid():
        services.end_seat(
            member=member,
            until=form.cleaned_data["until"],
            on=timezone.localdate(),
        )
        messages.success(request, f"Het einde voor {member} is bewaard.")
        return redirect("projects:steering_group", project.pk)
    leads = member.responsibilities.filter(part=Responsibility.LEADS)
    others = project.steering_group.staying(today).exclude(pk=member.pk)
    context = {
        "project": project,
        "form": form,
        "member": member,
        "is_only_lead": member.role == SteeringGroupRole.LEAD
        and not others.filter(role=SteeringGroupRole.LEAD).exists(),
        "leads": [Phase(phase) for phase in leads.values_list("phase", flat=True)],
    }
    return render(request, "projects/member_end.html", context)


def _grid(project: Project, members: Sequence[SteeringGroupMember]) -> Grid:
    """Return who does what. One query, besides the members."""
    agreed = PhaseResponsibility.objects.filter(member__project=project)
    return build_grid(members, agreed)


def _saved(request: AuthenticatedHttpRequest, form: MemberForm) -> bool:
    """Store the seat of a valid form; when that is refused, the form says why."""
    try:
        services.save_seat(
            member=form.instance,
            email=form.cleaned_data.get("email", ""),
            saved_by=request.user,
            on=timezone.localdate(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    form.instance.refresh_from_db()
    return True


def _invited(member: SteeringGroupMember) -> str:
    user = member.user
    if user is None or user.has_usable_password():
        return f"{member} kan zich aanmelden met het account dat er al was."
    return f"{member} krijgt een uitnodiging op {user.email}."


@require_http_methods(["GET", "POST"])
def organisation_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None,
        instance=Organisation(project=project),
    )
    if form.is_valid():
        organisation = form.save()
        messages.success(request, f"{organisation} is toegevoegd.")
        return redirect("projects:steering_group", project.pk)
    context = {"project": project, "form": form, "is_new": True}
    return render(request, "projects/organisation_form.html", context)


@require_http_methods(["GET", "POST"])
def organisation_edit(
    request: AuthenticatedHttpRequest, project_id: int, organisation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    organisation = get_object_or_404(project.organisations, pk=organisation_id)
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, instance=organisation
    )
    if form.is_valid():
        services.save_organisation(
            organisation=form.save(commit=False), on=timezone.localdate()
        )
        messages.success(request, f"De gegevens van {organisation} zijn bewaard.")
        return redirect("projects:steering_group", project.pk)
    context = {"project": project, "form": form, "is_new": False}
    return render(request, "projects/organisation_form.html", context)
