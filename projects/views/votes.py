"""The judgment of the members about the planning: giving, noting and answering it."""

import copy

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import ConditionAnswer, Feasibility
from projects import access, services
from projects.access import Capability
from projects.feasibility import mark_of
from projects.forms import AnswerForm, RecordedVoteForm, VoteForm
from projects.models import FeasibilityVote, Planning, Project, SteeringGroupMember
from projects.models.steering_group import VOTING_ROLES
from projects.views.plannings import posted_version, shown_changes

AGREED = "Deze planning is al goedgekeurd. Bij een grote wijziging oordeel je opnieuw."


@require_http_methods(["GET", "POST"])
def planning_vote(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    seat = access.seat_of(project.viewer, project, timezone.localdate())
    current = project.plannings.with_votes().current()
    refusal = _why_not(current, seat)
    form = _vote_form(VoteForm, request, current, seat)
    if seat and current and not refusal and form.is_valid():
        try:
            services.cast_vote(
                planning=_version_read(project, current, posted_version(request)),
                member=seat,
                choice=Feasibility(form.cleaned_data["choice"]),
                condition=form.cleaned_data["condition"],
                on=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                f"Bedankt. Je oordeel over planning {current.version} is bewaard.",
            )
            return redirect("projects:planning", project.pk)
    context = _about(project, current, seat) | {"form": form, "refusal": refusal}
    return render(request, "projects/planning_vote.html", context)


@require_http_methods(["GET", "POST"])
def planning_vote_record(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    members = project.steering_group.with_organisation()
    member = get_object_or_404(members, pk=member_id)
    current = project.plannings.with_votes().current()
    refusal = _why_not_record(current, member)
    form = _vote_form(RecordedVoteForm, request, current, member)
    if current and not refusal and form.is_valid():
        try:
            services.record_vote(
                planning=_version_read(project, current, posted_version(request)),
                member=member,
                choice=Feasibility(form.cleaned_data["choice"]),
                condition=form.cleaned_data["condition"],
                recorded_by=request.user,
                on=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Het oordeel van {member} is genoteerd.")
            return redirect("projects:planning", project.pk)
    context = _about(project, current, member) | {"form": form, "refusal": refusal}
    return render(request, "projects/planning_vote_record.html", context)


@require_http_methods(["GET", "POST"])
def vote_answer(
    request: AuthenticatedHttpRequest, project_id: int, vote_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    votes = FeasibilityVote.objects.filter(planning=project.plannings.current())
    vote = get_object_or_404(
        votes.select_related("planning", "member__organisation"), pk=vote_id
    )
    refusal = _why_not_answer(vote)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, instance=vote)
    mark = mark_of(vote)
    if not refusal and form.is_valid():
        try:
            services.answer_condition(
                vote=vote,
                answer=ConditionAnswer(form.cleaned_data["answer"]),
                text=form.cleaned_data["answer_text"],
                seen=request.POST.get("seen", ""),
                on=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Je antwoord aan {vote.member} is bewaard.")
            return redirect("projects:planning", project.pk)
    context = {
        "project": project,
        "form": form,
        "vote": vote,
        "mark": mark,
        "refusal": refusal,
    }
    return render(request, "projects/vote_answer.html", context)


def _vote_form(
    form_class: type[VoteForm],
    request: AuthenticatedHttpRequest,
    current: Planning | None,
    seat: SteeringGroupMember | None,
) -> VoteForm:
    given = _vote_of(current, seat)
    return form_class(
        request.POST if request.method == "POST" else None,
        # A copy: what is typed may not show as what was said.
        instance=copy.copy(given) or FeasibilityVote(planning=current, member=seat),
    )


def _vote_of(
    current: Planning | None, seat: SteeringGroupMember | None
) -> FeasibilityVote | None:
    if current is None or seat is None:
        return None
    return next((v for v in current.votes.all() if v.member_id == seat.pk), None)


def _version_read(project: Project, current: Planning, seen: int) -> Planning:
    """Return the version that the page showed; a vote holds for that one alone."""
    if current.version == seen:
        return current
    return project.plannings.filter(version=seen).first() or Planning(project=project)


def _about(
    project: Project, current: Planning | None, member: SteeringGroupMember | None
) -> dict[str, object]:
    """Return what a judgment is about: the version, its changes, the member's own steps."""
    before = None
    if current is not None:
        older = project.plannings.filter(version__lt=current.version)
        before = older.prefetch_related("steps__owner").current()
    steps = list(current.steps.all()) if current else []
    return {
        "project": project,
        "current": current,
        "member": member,
        "vote": _vote_of(current, member),
        "changes": shown_changes(current, before),
        "steps": steps,
        "own_steps": [
            step
            for step in steps
            if member is not None and step.owner_id == member.organisation_id
        ],
    }


def _why_not(current: Planning | None, seat: SteeringGroupMember | None) -> str:
    """Say why this person does not judge now, or nothing."""
    if seat is None:
        return (
            "Je zit niet in de stuurgroep. Alleen de leden oordelen of de planning "
            "haalbaar is."
        )
    if seat.role not in VOTING_ROLES:
        return "Je volgt de stuurgroep als waarnemer. Waarnemers oordelen niet mee."
    if current is None:
        return "Er is nog geen planning. De coördinator maakt eerst een voorstel."
    return AGREED if current.agreed_on is not None else ""


def _why_not_record(current: Planning | None, member: SteeringGroupMember) -> str:
    """Say why the coordinator does not note the judgment of this member, or nothing."""
    today = timezone.localdate()
    if member.speaks_for_self:
        return f"{member} heeft een account en oordeelt zelf."
    left = member.until is not None and member.until <= today
    if left or member.since > today or member.role not in VOTING_ROLES:
        return f"{member} oordeelt nu niet mee over de planning."
    if current is None:
        return "Er is nog geen planning. Maak eerst een voorstel."
    if current.agreed_on is not None:
        return "Deze planning is al goedgekeurd."
    return ""


def _why_not_answer(vote: FeasibilityVote) -> str:
    """Say why there is nothing to answer, or nothing."""
    if vote.choice == Feasibility.FEASIBLE:
        return f"{vote.member} vindt de planning haalbaar. Er is niets te beantwoorden."
    if vote.planning.agreed_on is not None:
        return "Deze planning is al goedgekeurd."
    return ""
