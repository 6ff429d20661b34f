"""The estimates of the steering group: each member's own, and all of them side by side."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import SocialRight
from projects import access, services
from projects.access import Capability
from projects.estimates import (
    ANCHORS,
    RightSummary,
    scores_of,
    severity_strip,
    severity_words,
    summarise,
)
from projects.forms import EstimateForm
from projects.models import ProblemEstimate, SteeringGroupMember
from projects.models.steering_group import VOTING_ROLES


@dataclass(frozen=True)
class EstimateLine:
    """One estimate as the page shows it."""

    estimate: ProblemEstimate
    scores: tuple[tuple[SocialRight, int, str], ...]


@dataclass(frozen=True)
class RightLine:
    """One social right as the page shows it."""

    summary: RightSummary
    strip: SafeString


@require_safe
def estimate_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    members = list(project.steering_group.active(today).with_organisation())
    seats = {member.pk for member in members}
    estimates = list(project.estimates.with_rights())
    present = [row for row in estimates if row.member_id in seats]
    given = {row.member_id for row in present}
    seat = access.seat_of(project.viewer, project, today)
    summaries = summarise(present)
    context = {
        "project": project,
        "seat": seat,
        "has_given": seat is not None and seat.pk in given,
        "estimates": [_line(estimate) for estimate in present],
        "of_former_members": [
            _line(row) for row in estimates if row.member_id not in seats
        ],
        "missing": [
            member
            for member in members
            if member.pk not in given and member.role in VOTING_ROLES
        ],
        "members": members,
        "rights": [
            RightLine(summary, severity_strip(summary, ident=f"recht-{place}"))
            for place, summary in enumerate(summaries)
        ],
        "discuss_first": [row for row in summaries if row.discuss_first],
        "anchors": list(enumerate(ANCHORS)),
    }
    return render(request, "projects/estimate_list.html", context)


@require_http_methods(["GET", "POST"])
def estimate_edit(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    today = timezone.localdate()
    seat = access.seat_of(project.viewer, project, today)
    if seat is None:
        return render(
            request, "projects/estimate_without_seat.html", {"project": project}
        )
    form = _form_for(request, seat, today)
    if form.is_valid() and _give(form, seat, today):
        messages.success(
            request, "Je inschatting is bewaard. De stuurgroep kan ze lezen."
        )
        return redirect("projects:estimate_list", project.pk)
    context = {"project": project, "form": form, "member": seat, "is_own": True}
    context |= {"anchors": list(enumerate(ANCHORS))}
    return render(request, "projects/estimate_form.html", context)


@require_http_methods(["GET", "POST"])
def estimate_record(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    member = get_object_or_404(project.steering_group.with_organisation(), pk=member_id)
    today = timezone.localdate()
    refusal = _why_not_for(member, today)
    if refusal:
        messages.error(request, refusal)
        return redirect("projects:estimate_list", project.pk)
    form = _form_for(request, member, today)
    if form.is_valid() and _give(form, member, today):
        messages.success(request, f"De inschatting van {member} is bewaard.")
        return redirect("projects:estimate_list", project.pk)
    context = {"project": project, "form": form, "member": member, "is_own": False}
    context |= {"anchors": list(enumerate(ANCHORS))}
    return render(request, "projects/estimate_form.html", context)


def _why_not_for(member: SteeringGroupMember, on: date) -> str:
    """Say why nobody else may write this member's estimate; "" when somebody may."""
    if member.speaks_for_self:
        return f"{member} heeft een account en geeft de inschatting zelf."
    if member.since > on:
        return f"{member} is nog geen lid. Dat kan vanaf {member.since:%d/%m/%Y}."
    if member.until is not None and member.until <= on:
        return f"{member} zit niet meer in de stuurgroep."
    return ""


def _form_for(
    request: AuthenticatedHttpRequest, member: SteeringGroupMember, on: date
) -> EstimateForm:
    """Return the form with what this member said before, if anything."""
    estimate = ProblemEstimate.objects.filter(member=member).with_rights().first()
    scores = scores_of(estimate) if estimate else ()
    return EstimateForm(
        request.POST if request.method == "POST" else None,
        instance=estimate
        or ProblemEstimate(project_id=member.project_id, member=member, given_on=on),
        initial={right.value: score for right, score in scores},
    )


def _give(form: EstimateForm, member: SteeringGroupMember, on: date) -> bool:
    """Store what the form holds; say in the form why not."""
    try:
        services.give_estimate(
            member=member,
            text=form.cleaned_data["text"],
            source_kind=form.cleaned_data["source_kind"],
            source=form.cleaned_data["source"],
            source_year=form.cleaned_data["source_year"],
            severities=form.severities,
            on=on,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _line(estimate: ProblemEstimate) -> EstimateLine:
    return EstimateLine(
        estimate,
        tuple(
            (right, score, severity_words(score))
            for right, score in scores_of(estimate)
        ),
    )
