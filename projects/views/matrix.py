"""The doelgroepenmatrix: who scores, who decides, and what the square shows."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import MatrixDecision
from projects import access, services
from projects.access import Capability
from projects.forms import DecisionForm, TargetGroupForm
from projects.matrix import (
    CHANCE_CRITERIA,
    NEED_CRITERIA,
    SUGGESTED_GROUPS,
    build_matrix,
)
from projects.models import TargetGroup
from projects.plot import key_mark, need_chance_plot


@require_safe
def target_group_matrix(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    matrix = build_matrix(list(project.target_groups.select_related("bridge")))
    marks = [(key_mark(decision), decision.label) for decision in MatrixDecision]
    context = {
        "project": project,
        "matrix": matrix,
        "plot": need_chance_plot(matrix.points),
        "key": [*marks, (key_mark(None), "Nog niet beslist")],
        "need_criteria": NEED_CRITERIA,
        "chance_criteria": CHANCE_CRITERIA,
        "asks_for_partner": request.GET.get("partner") == "vraag",
    }
    return render(request, "projects/target_group_matrix.html", context)


@require_http_methods(["GET", "POST"])
def target_group_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    form = TargetGroupForm(
        request.POST if request.method == "POST" else None,
        instance=TargetGroup(project=project),
    )
    if form.is_valid():
        target_group = form.save()
        messages.success(request, f"‘{target_group}’ staat nu in de matrix.")
        return redirect("projects:target_group_matrix", project.pk)
    context = {
        "project": project,
        "form": form,
        "target_group": None,
        "suggestions": SUGGESTED_GROUPS,
    }
    return render(request, "projects/target_group_form.html", context)


@require_http_methods(["GET", "POST"])
def target_group_edit(
    request: AuthenticatedHttpRequest, project_id: int, target_group_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    target_group = get_object_or_404(project.target_groups, pk=target_group_id)
    form = TargetGroupForm(
        request.POST if request.method == "POST" else None, instance=target_group
    )
    if form.is_valid():
        form.save()
        messages.success(request, f"De scores van ‘{target_group}’ zijn bewaard.")
        return redirect("projects:target_group_matrix", project.pk)
    context = {
        "project": project,
        "form": form,
        "target_group": target_group,
        "suggestions": SUGGESTED_GROUPS,
    }
    return render(request, "projects/target_group_form.html", context)


@require_http_methods(["GET", "POST"])
def target_group_decide(
    request: AuthenticatedHttpRequest, project_id: int, target_group_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    target_group = get_object_or_404(project.target_groups, pk=target_group_id)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, instance=target_group
    )
    if form.is_valid():
        form.save()
        messages.success(
            request,
            f"De beslissing over ‘{target_group}’ is bewaard.",
        )
        # R4: with every choice of groups, ask who is missing around the table.
        matrix = reverse("projects:target_group_matrix", args=[project.pk])
        return redirect(f"{matrix}?partner=vraag")
    context = {
        "project": project,
        "form": form,
        "target_group": target_group,
        "decisions": list(MatrixDecision),
    }
    return render(request, "projects/target_group_decide.html", context)


@require_http_methods(["GET", "POST"])
def target_group_delete(
    request: AuthenticatedHttpRequest, project_id: int, target_group_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    target_group = get_object_or_404(project.target_groups, pk=target_group_id)
    if request.method == "POST":
        try:
            services.remove_target_group(target_group=target_group)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"‘{target_group}’ is uit de matrix gehaald.")
        return redirect("projects:target_group_matrix", project.pk)
    context = {"project": project, "target_group": target_group}
    return render(request, "projects/target_group_delete.html", context)
