"""The doelgroepenmatrix: its rows, what is decided about them, and the page itself."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import MatrixDecision
from projects import access, services
from projects.access import Capability
from projects.forms import DecisionForm, PickForm, TargetGroupForm
from projects.matrix import (
    CHANCE_CRITERIA,
    FEWEST_SCORES,
    NEED_CRITERIA,
    SUGGESTED_GROUPS,
)
from projects.models import MatrixScore, TargetGroup
from projects.models.steering_group import VOTING_ROLES
from projects.plot import key_mark, need_chance_plot


@require_safe
def target_group_matrix(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    seat = access.seat_of(project.viewer, project, today)
    judges = list(project.steering_group.voting(today))
    matrix = services.read_matrix(project=project, on=today)
    marks = [(key_mark(decision), decision.label) for decision in MatrixDecision]
    context = {
        "project": project,
        "matrix": matrix,
        "plot": need_chance_plot(matrix.points),
        "key": [*marks, (key_mark(None), "Nog niet beslist")],
        "need_criteria": NEED_CRITERIA,
        "chance_criteria": CHANCE_CRITERIA,
        "asks_for_partner": request.GET.get("partner") == "vraag",
        "fewest": FEWEST_SCORES,
        "may_score": seat is not None and seat.role in VOTING_ROLES,
        "judges": len(judges),
        "answered": MatrixScore.objects.counting(project, today).count_members(),
        "without_account": [m for m in judges if m.user_id is None],
        "newest_version": project.matrix_versions.last(),
        "scores": range(4),
    }
    return render(request, "projects/target_group_matrix.html", context)


@require_http_methods(["GET", "POST"])
def target_group_pick(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    present = list(project.target_groups.values_list("name", flat=True))
    form = PickForm(request.POST if request.method == "POST" else None, present=present)
    if form.is_valid():
        added = services.add_target_groups(project=project, names=form.wanted())
        messages.success(request, _added(added))
        return redirect("projects:target_group_matrix", project.pk)
    context = {"project": project, "form": form, "present": present}
    return render(request, "projects/target_group_pick.html", context)


def _added(groups: list[TargetGroup]) -> str:
    if not groups:
        return "Deze groepen stonden al in de matrix. Er is niets veranderd."
    if len(groups) == 1:
        return f"‘{groups[0]}’ staat nu in de matrix."
    return f"{len(groups)} groepen staan nu in de matrix."


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
    # The lock lets the form compare what the page showed with what is stored.
    with transaction.atomic():
        target_group = get_object_or_404(
            project.target_groups.select_for_update(), pk=target_group_id
        )
        form = TargetGroupForm(
            request.POST if request.method == "POST" else None, instance=target_group
        )
        is_saved = form.is_valid()
        if is_saved:
            form.save()
    if is_saved:
        messages.success(request, f"‘{target_group}’ is bewaard.")
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
        back = reverse("projects:target_group_matrix", args=[project.pk])
        return redirect(f"{back}?partner=vraag")
    matrix = services.read_matrix(project=project, on=timezone.localdate())
    context = {
        "project": project,
        "form": form,
        "target_group": target_group,
        "row": matrix.row_of(target_group),
        "others": [row for row in matrix.chosen if row.group.pk != target_group.pk],
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
