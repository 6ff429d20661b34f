"""The rounds of the doelgroepenmatrix and the versions that are kept of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access, services
from projects.access import Capability
from projects.forms import MatrixVersionForm, RoundCloseForm
from projects.matrix import FEWEST_SCORES
from projects.matrix_comparison import (
    ComparedRow,
    Comparison,
    compare,
    kept_rows,
    rows_now,
)
from projects.models import MatrixScore, MatrixVersion, Project

NOW = "nu"


@require_http_methods(["GET", "POST"])
def matrix_round_open(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    if request.method == "POST":
        try:
            services.open_matrix_round(project=project, on=today)
        except ValidationError as error:
            messages.info(request, error.messages[0])
        else:
            messages.success(request, "De scores van de leden zijn nu te zien.")
        return redirect("projects:target_group_matrix", project.pk)
    context = {
        "project": project,
        "judges": project.steering_group.voting(today).count(),
        "answered": MatrixScore.objects.counting(project, today).count_members(),
        "fewest": FEWEST_SCORES,
    }
    return render(request, "projects/matrix_round_open.html", context)


@require_http_methods(["GET", "POST"])
def matrix_round_close(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = RoundCloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            version = services.start_matrix_round(
                project=project,
                on=timezone.localdate(),
                started_by=request.user,
                is_blank=form.cleaned_data["start"] == "blank",
            )
        except ValidationError as error:
            messages.info(request, error.messages[0])
        else:
            messages.success(
                request,
                f"De nieuwe ronde loopt. Wat er stond, bewaarden we als versie "
                f"{version.number}.",
            )
        return redirect("projects:target_group_matrix", project.pk)
    context = {"project": project, "form": form}
    return render(request, "projects/matrix_round_close.html", context)


@require_http_methods(["GET", "POST"])
def matrix_version_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = MatrixVersionForm(
        request.POST if request.method == "POST" else None,
        instance=MatrixVersion(project=project),
    )
    if form.is_valid():
        try:
            version = services.keep_matrix_version(
                project=project,
                on=timezone.localdate(),
                made_by=request.user,
                note=form.cleaned_data["note"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Versie {version.number} is bewaard.")
            return redirect("projects:matrix_versions", project.pk)
    context = {"project": project, "form": form}
    return render(request, "projects/matrix_version_form.html", context)


@require_safe
def matrix_versions(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    versions = list(project.matrix_versions.select_related("made_by"))
    newest_first = versions[::-1]
    asked_from = request.GET.get("van", "")
    asked_to = request.GET.get("naar", NOW if not asked_from else "")
    if not asked_from and newest_first:
        asked_from = str(newest_first[0].number)
    sentence, comparison = "", None
    if versions:
        sentence, comparison = _compare(project, versions, asked_from, asked_to)
    context = {
        "project": project,
        "versions": newest_first,
        "asked_from": asked_from,
        "asked_to": asked_to,
        "sentence": sentence,
        "comparison": comparison,
    }
    return render(request, "projects/matrix_versions.html", context)


def _compare(
    project: Project, versions: list[MatrixVersion], before: str, after: str
) -> tuple[str, Comparison | None]:
    """Return what differs, or a sentence that says why there is nothing to compare."""
    if before == after:
        return "Kies twee verschillende versies. Deze twee zijn dezelfde.", None
    numbers = {str(version.number): version for version in versions}
    if before not in numbers or after not in (*numbers, NOW):
        return "Deze versie bestaat niet. Kies twee versies uit de lijst.", None
    later = (
        rows_now(services.read_matrix(project=project, on=timezone.localdate()))
        if after == NOW
        else _rows(numbers[after])
    )
    return "", compare(_rows(numbers[before]), later)


def _rows(version: MatrixVersion) -> list[ComparedRow]:
    return kept_rows(version.rows.all())
