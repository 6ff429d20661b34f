"""The planning: how many people the municipality wants to hear, in versions."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access, services
from projects.access import Capability
from projects.composition import check_composition
from projects.forms import PlanningForm
from projects.models import Planning, Project

# R7 gives no number; this many people per chosen group is what the product proposes.
PARTICIPANTS_PER_GROUP = 12


@require_safe
def planning(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    members = project.steering_group.active(timezone.localdate()).with_organisation()
    newest_first = list(project.plannings.order_by("-version"))
    context = {
        "project": project,
        "current": newest_first[0] if newest_first else None,
        "earlier": newest_first[1:],
        "composition": check_composition(list(members)),
    }
    return render(request, "projects/planning.html", context)


@require_http_methods(["GET", "POST"])
def planning_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = PlanningForm(
        request.POST if request.method == "POST" else None,
        instance=Planning(project=project),
        initial=_proposal(project),
    )
    if form.is_valid():
        agreed = services.agree_planning(planning=form.save(commit=False))
        messages.success(request, f"{agreed} is bewaard.")
        return redirect("projects:planning", project.pk)
    context = {"project": project, "form": form}
    return render(request, "projects/planning_form.html", context)


def _proposal(project: Project) -> dict[str, Any]:
    """Return what the form starts with: the current planning, or our own proposal.

    Never the approval: a changed planning has to be found feasible again (R6).
    """
    current = project.plannings.current()
    if current is not None:
        return model_to_dict(
            current,
            fields=[
                "target_participants",
                "target_not_reached",
                "target_providers",
                "remark",
            ],
        )
    chosen = project.target_groups.chosen().count()
    return {"target_participants": PARTICIPANTS_PER_GROUP * chosen} if chosen else {}
