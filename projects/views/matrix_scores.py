"""What the members think: their own scores, scores from paper, and what was agreed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from projects import access, services
from projects.access import Capability
from projects.forms import AgreedScoreForm, MemberScoresForm, OwnScoreForm
from projects.models import (
    NO_SCORE,
    SCORED_CRITERIA,
    Criterion,
    MatrixScore,
    Project,
    SteeringGroupMember,
    TargetGroup,
)
from projects.models.steering_group import VOTING_ROLES

Stored = dict[str, MatrixScore]


@dataclass
class OwnCell:
    """One question of a member's own page: what is stored, and how saving went."""

    criterion: Criterion
    form: OwnScoreForm
    stored: MatrixScore | None
    is_conflict: bool = False
    is_saved: bool = False

    @property
    def token(self) -> str:
        """What the page has seen: the old one as long as the answer is not stored."""
        if self.form.is_bound and not self.is_saved:
            return str(self.form["seen"].value() or NO_SCORE)
        return self.stored.token if self.stored else NO_SCORE

    @property
    def overruling(self) -> str:
        return self.stored.token if self.stored else NO_SCORE

    @property
    def typed(self) -> str:
        """The score that was chosen here, in words."""
        score = self.form.cleaned_data.get("score")
        return (
            "geen score"
            if score is None
            else f"{score} ({self.criterion.anchors[score]})"
        )


@dataclass(frozen=True)
class Progress:
    """A group in the list beside the questions, with how many of its cells are filled."""

    group: TargetGroup
    given: int

    @property
    def is_complete(self) -> bool:
        return self.given == len(SCORED_CRITERIA)


@require_safe
def matrix_scores(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    seat = _judging_seat(project)
    groups = list(project.target_groups.all())
    progress = _progress(groups, seat, request.user)
    group = _asked_group(groups, progress, request.GET.get("groep", ""))
    cells = _cells(request, seat, group) if seat and group else []
    return _own_page(request, project, seat, progress, group, cells)


@require_POST
def matrix_scores_save(
    request: AuthenticatedHttpRequest, project_id: int, target_group_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    seat = _judging_seat(project)
    group = get_object_or_404(project.target_groups, pk=target_group_id)
    if seat is None:
        return redirect("projects:matrix_scores", project.pk)
    cells = _cells(request, seat, group)
    for cell in cells:
        # What nobody touched stays as it is, also when it changed on another screen.
        if cell.form.is_valid() and not cell.form.is_untouched:
            _save(cell, request, seat, group)
    groups = list(project.target_groups.all())
    if any(cell.is_conflict or cell.form.errors for cell in cells):
        progress = _progress(groups, seat, request.user)
        return _own_page(request, project, seat, progress, group, cells, status=409)
    messages.success(request, f"Je scores voor ‘{group}’ zijn bewaard.")
    later = groups[groups.index(group) + 1 :]
    if not later:
        return redirect("projects:target_group_matrix", project.pk)
    address = reverse("projects:matrix_scores", args=[project.pk])
    return redirect(f"{address}?groep={later[0].pk}")


@require_POST
def matrix_score_save(
    request: AuthenticatedHttpRequest,
    project_id: int,
    target_group_id: int,
    criterion: Criterion,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    seat = _judging_seat(project)
    group = get_object_or_404(project.target_groups, pk=target_group_id)
    if seat is None:
        return redirect("projects:matrix_scores", project.pk)
    (cell,) = _cells(request, seat, group, (criterion,))
    _save(cell, request, seat, group)
    context = {
        "project": project,
        "group": group,
        "cell": cell,
        "now": timezone.localtime(),
    }
    status = 409 if cell.is_conflict else 422 if cell.form.errors else 200
    return render(request, "projects/_own_score_state.html", context, status=status)


@require_http_methods(["GET", "POST"])
def matrix_member_scores(
    request: AuthenticatedHttpRequest, project_id: int, member_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    member = get_object_or_404(project.steering_group, pk=member_id)
    today = timezone.localdate()
    if not _is_typed_for(member, project):
        messages.info(request, _why_not(member))
        return redirect("projects:target_group_matrix", project.pk)
    form = MemberScoresForm(
        request.POST if request.method == "POST" else None,
        groups=list(project.target_groups.all()),
        stored=member.matrix_scores.all(),
    )
    if form.is_valid():
        try:
            services.type_scores(
                member=member, scores=form.scores(), seen=form.cleaned_data["seen"]
            )
        except ValidationError:
            form.refuse()
        else:
            messages.success(request, f"De scores van {member} zijn bewaard.")
            return redirect("projects:target_group_matrix", project.pk)
    context = {
        "project": project,
        "form": form,
        "member": member,
        "criteria": SCORED_CRITERIA,
        "today": today,
    }
    return render(request, "projects/matrix_member_scores.html", context)


@require_POST
def matrix_cell_save(
    request: AuthenticatedHttpRequest,
    project_id: int,
    target_group_id: int,
    criterion: Criterion,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    group = get_object_or_404(project.target_groups, pk=target_group_id)
    form = AgreedScoreForm(request.POST)
    if not form.is_valid() or not form.says_something():
        messages.error(request, "Kies een score van 0 tot 3.")
        return redirect("projects:target_group_matrix", project.pk)
    score = form.cleaned_data["score"]
    try:
        services.agree_score(
            target_group=group, criterion=criterion, **form.cleaned_data
        )
    except ValidationError:
        context = {
            "project": project,
            "target_group": group,
            "criterion": criterion,
            "score": score,
            "stored": group.score(criterion),
            "anchors": criterion.anchors,
        }
        return render(request, "projects/matrix_cell_save.html", context, status=409)
    said = "heeft geen afgesproken score meer" if score is None else f"is nu {score}"
    messages.success(request, f"{criterion.code} van ‘{group}’ {said}.")
    return redirect("projects:target_group_matrix", project.pk)


def _judging_seat(project: Project) -> SteeringGroupMember | None:
    """Return the viewer's seat if it may judge: an observer listens and gives no scores."""
    seat = access.seat_of(project.viewer, project, timezone.localdate())
    return seat if seat is not None and seat.role in VOTING_ROLES else None


def _asked_group(
    groups: list[TargetGroup], progress: list[Progress], asked: str
) -> TargetGroup | None:
    """Return the group in the address, or else the first that is not filled in yet."""
    if asked:
        found = [group for group in groups if str(group.pk) == asked]
        if not found:
            raise Http404("Geen doelgroep.")
        return found[0]
    unfinished = [one.group for one in progress if not one.is_complete]
    return next(iter([*unfinished, *groups]), None)


def _progress(
    groups: list[TargetGroup], seat: SteeringGroupMember | None, user: User
) -> list[Progress]:
    given: dict[int, int] = {}
    if seat is not None:
        mine = seat.matrix_scores.readable_by(user)
        for group_id in mine.values_list("target_group_id", flat=True):
            given[group_id] = given.get(group_id, 0) + 1
    return [Progress(group, given.get(group.pk, 0)) for group in groups]


def _cells(
    request: AuthenticatedHttpRequest,
    seat: SteeringGroupMember,
    group: TargetGroup,
    criteria: tuple[Criterion, ...] = SCORED_CRITERIA,
) -> list[OwnCell]:
    """Return the questions about one group, with what was typed or what is stored."""
    stored = _stored(seat, group, request.user)
    return [
        OwnCell(
            criterion,
            OwnScoreForm(
                request.POST if request.method == "POST" else None,
                criterion=criterion,
                stored=stored.get(criterion.value),
            ),
            stored.get(criterion.value),
        )
        for criterion in criteria
    ]


def _stored(seat: SteeringGroupMember, group: TargetGroup, user: User) -> Stored:
    """Return what this account may read of its seat: never what another one gave."""
    rows = seat.matrix_scores.readable_by(user).filter(target_group=group)
    return {row.criterion: row for row in rows}


def _save(
    cell: OwnCell,
    request: AuthenticatedHttpRequest,
    seat: SteeringGroupMember,
    group: TargetGroup,
) -> None:
    """Store one cell; what else was stored meanwhile is read again and kept."""
    if not cell.form.is_valid():
        return
    try:
        cell.stored = services.give_score(
            member=seat,
            given_by=request.user,
            target_group=group,
            criterion=cell.criterion,
            **cell.form.answer(),
        )
    except ValidationError:
        stored = _stored(seat, group, request.user)
        cell.stored = stored.get(cell.criterion.value)
        cell.is_conflict = True
    else:
        cell.is_saved = True


def _own_page(
    request: AuthenticatedHttpRequest,
    project: Project,
    seat: SteeringGroupMember | None,
    progress: list[Progress],
    group: TargetGroup | None,
    cells: list[OwnCell],
    status: int = 200,
) -> HttpResponse:
    place = next((i for i, one in enumerate(progress) if one.group == group), 0)
    context = {
        "project": project,
        "seat": seat,
        "progress": progress,
        "complete": sum(one.is_complete for one in progress),
        "group": group,
        "number": place + 1,
        "is_last": place + 1 == len(progress),
        "cells": cells,
        "rights": len(group.rights) if group else 0,
        "breadth": group.n3 if group else 0,
        "breadth_question": Criterion.N3.question,
        "now": timezone.localtime(),
    }
    return render(request, "projects/matrix_scores.html", context, status=status)


def _is_typed_for(member: SteeringGroupMember, project: Project) -> bool:
    return (
        member.user_id is None
        and not member.matrix_scores.from_screen().exists()
        and project.steering_group.voting(timezone.localdate())
        .filter(pk=member.pk)
        .exists()
    )


def _why_not(member: SteeringGroupMember) -> str:
    if member.user_id is not None or member.matrix_scores.from_screen().exists():
        return f"{member} geeft zelf scores. Die zijn privé."
    return f"{member} zit vandaag niet in de stuurgroep, of luistert alleen mee."
