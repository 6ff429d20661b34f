"""The steering group: who sits at the table, and for which organisation."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from projects.composition import check_composition
from projects.forms import MemberEndForm, MemberForm, OrganisationForm
from projects.models import Organisation, SteeringGroupMember


@require_safe
def steering_group(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    members = list(project.steering_group.staying(today).with_organisation())
    seats = Counter(member.organisation_id for member in members)
    context = {
        "project": project,
        "today": today,
        "members": members,
        "former_members": project.steering_group.former(today).with_organisation(),
        "composition": check_composition([m for m in members if m.since <= today]),
        "organisations": [
            (organisation, seats[organisation.pk])
            for organisation in project.organisations.all()
        ],
    }
    return render(request, "projects/steering_group.html", context)


@require_http_methods(["GET", "POST"])
def member_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        instance=SteeringGroupMember(project=project),
    )
    if form.is_valid():
        member = form.save()
        messages.success(request, f"{member} zit nu in de stuurgroep.")
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
    if form.is_valid():
        form.save()
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
def member_end(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    member = get_object_or_404(project.steering_group, pk=member_id)
    form = MemberEndForm(
        request.POST if request.method == "POST" else None,
        instance=member,
        initial={"until": member.until or timezone.localdate()},
    )
    if form.is_valid():
        form.save()
        messages.success(request, f"Het einde voor {member} is bewaard.")
        return redirect("projects:steering_group", project.pk)
    context = {"project": project, "form": form, "member": member}
    return render(request, "projects/member_end.html", context)


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
        form.save()
        messages.success(request, f"De gegevens van {organisation} zijn bewaard.")
        return redirect("projects:steering_group", project.pk)
    context = {"project": project, "form": form, "is_new": False}
    return render(request, "projects/organisation_form.html", context)
