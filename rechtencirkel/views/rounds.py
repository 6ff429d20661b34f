"""Measurements: start one, look at its questions, close it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import Comparability
from projects import access
from projects.access import Capability
from rechtencirkel.comparison import compare
from rechtencirkel.forms import DayForm, RoundForm
from rechtencirkel.models import Round
from rechtencirkel.services import close_round, open_round, questions_of


@require_safe
def round_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    rounds = list(project.rounds.with_counts())
    context = {
        "project": project,
        "rounds": rounds,
        "has_open_round": any(not measurement.is_closed for measurement in rounds),
    }
    return render(request, "rechtencirkel/round_list.html", context)


@require_http_methods(["GET", "POST"])
def round_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    today = timezone.localdate()
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        instance=Round(project=project, opened_on=today, title=f"Meting {today.year}"),
    )
    if form.is_valid():
        try:
            measurement = open_round(project=project, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                f"De meting is gestart.{_comparable(form, measurement)} Kijk de vragen "
                "na en plan dan de gesprekken.",
            )
            return redirect("rechtencirkel:question_list", project.pk, measurement.pk)
    context = {"project": project, "form": form}
    return render(request, "rechtencirkel/round_form.html", context)


@require_http_methods(["GET", "POST"])
def round_close(
    request: AuthenticatedHttpRequest, project_id: int, round_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = get_object_or_404(project.rounds, pk=round_id)
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_round(measurement=measurement, on=form.cleaned_data["day"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{measurement.title} is afgesloten.")
            return redirect("rechtencirkel:round_list", project.pk)
    context = {
        "project": project,
        "form": form,
        "measurement": measurement,
        "draft_count": measurement.conversations.drafts().count(),
    }
    return render(request, "rechtencirkel/round_close.html", context)


def _comparable(form: RoundForm, measurement: Round) -> str:
    """Say how much of it compares with the measurement it follows; nothing without one."""
    previous = form.cleaned_data.get("previous")
    if previous is None:
        return ""
    rows = compare(questions_of(previous), questions_of(measurement))
    same = sum(row.comparability is not Comparability.NOT for row in rows)
    words = "vraag kun" if same == 1 else "vragen kun"
    return f" {same} {words} je vergelijken met {previous.title.lower()}."
