"""The list of somebody's projects, a new one, and the settings of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access, services
from projects.access import Capability
from projects.forms import ProjectCreateForm, ProjectForm


@require_safe
def project_list(request: AuthenticatedHttpRequest) -> HttpResponse:
    context = {
        "memberships": request.user.memberships.with_projects(),
        "may_create": access.may_create_projects(request.user),
    }
    return render(request, "projects/project_list.html", context)


@require_http_methods(["GET", "POST"])
def project_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    access.require_platform_admin(request.user)
    form = ProjectCreateForm(
        request.POST if request.method == "POST" else None,
        initial={"started_on": timezone.localdate()},
    )
    if form.is_valid():
        project = services.start_project(**form.cleaned_data, started_by=request.user)
        messages.success(
            request,
            f"‘{project}’ is gestart met {form.cleaned_data['coordinator_name']} "
            "als coördinator.",
        )
        return redirect("projects:project_list")
    return render(request, "projects/project_create.html", {"form": form})


@require_http_methods(["GET", "POST"])
def project_edit(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = ProjectForm(
        request.POST if request.method == "POST" else None, instance=project
    )
    if form.is_valid():
        form.save()
        messages.success(request, "De instellingen zijn bewaard.")
        return redirect("projects:project_edit", project.pk)
    if form.errors:
        # The masthead shows the stored title, not a half-typed one.
        project.refresh_from_db(fields=["title"])
    context = {
        "project": project,
        "form": form,
        "is_only_coordinator": project.memberships.coordinators().count() < 2,
    }
    return render(request, "projects/project_form.html", context)
