"""The planning in versions: read it, and make the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from projects import access, services
from projects.access import Capability
from projects.composition import check_composition
from projects.forms import PlanningForm, step_formset
from projects.forms.planning import BaseStepFormSet
from projects.method_steps import propose_steps
from projects.models import Planning, PlanningStep, Project
from projects.models.steering_group import VOTING_ROLES
from projects.planning_changes import Change, Totals, changes_between, totals_of
from projects.timeline import COMPACT, WIDE, planning_timelines

# R7 gives no number; this many people per chosen group is what the product proposes.
PARTICIPANTS_PER_GROUP = 12

REOPENS = (
    "Je veranderde dagen, aantallen of uren. Alle leden geven opnieuw hun oordeel. "
    "Kruis dit aan en bewaar opnieuw."
)


@dataclass(frozen=True)
class ShownVersion:
    """A version with everything the page says about it."""

    planning: Planning
    steps: Sequence[PlanningStep]
    changes: tuple[Change, ...]

    @property
    def totals(self) -> Totals:
        return totals_of(self.steps)


@require_safe
def planning(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    versions = _shown(list(project.plannings.with_votes().order_by("-version")))
    members = list(project.steering_group.active(today).with_organisation())
    context: dict[str, Any] = {
        "project": project,
        "current": versions[0] if versions else None,
        "earlier": versions[1:],
        "composition": check_composition(members),
        "is_agreed": bool(versions) and versions[0].planning.agreed_on is not None,
    }
    if versions:
        newest = versions[0]
        seat = access.seat_of(project.viewer, project, today)
        check = services.feasibility_of(newest.planning, on=today)
        judges = seat is not None and seat.role in VOTING_ROLES
        context |= {
            "feasibility": check,
            "may_vote": judges and newest.planning.agreed_on is None,
            "has_voted": seat is not None
            and any(vote.member_id == seat.pk for vote in check.votes),
            "drawings": _drawings(newest.steps, today),
        }
    return render(request, "projects/planning.html", context)


@require_http_methods(["GET", "POST"])
def planning_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    current = project.plannings.with_votes().current()
    data = request.POST if request.method == "POST" else None
    draft = Planning(project=project, proposed_on=timezone.localdate())
    if current is not None:
        draft.version = current.version + 1
    form = PlanningForm(
        data, instance=draft, initial=_proposed_targets(project, current)
    )
    formset = step_formset(draft, data=data, initial=_proposed_rows(project, current))
    seen = posted_version(request)
    if data is not None and all([form.is_valid(), formset.is_valid()]):
        saved = _save_version(form, formset, current, seen)
        if saved is not None:
            messages.success(request, _what_was_saved(saved))
            return redirect("projects:planning", project.pk)
    context = {
        "project": project,
        "form": form,
        "formset": formset,
        "current": current,
        "missed": _missed(project, current, seen) if data is not None else (),
    }
    return render(request, "projects/planning_form.html", context)


@require_POST
def planning_settle(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    """Note the approval when a seat that began or ended made everybody agree."""
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    current = project.plannings.current()
    settled = current is not None and services.settle_planning(
        planning=current, on=timezone.localdate()
    )
    if settled:
        messages.success(request, f"{current} is goedgekeurd.")
    else:
        messages.info(request, "Er valt nu niets goed te keuren.")
    return redirect("projects:planning", project.pk)


def posted_version(request: AuthenticatedHttpRequest) -> int:
    """Return the version that the page was about, or 0 for none or nonsense."""
    posted = request.POST.get("seen", "")
    return int(posted) if posted.isdecimal() and len(posted) < 6 else 0


def shown_changes(
    newest: Planning | None, before: Planning | None
) -> tuple[Change, ...]:
    """Return what a version changes; the steps may be loaded or not."""
    if newest is None:
        return ()
    return changes_between(before, _steps(before), newest, _steps(newest))


def _shown(newest_first: Sequence[Planning]) -> list[ShownVersion]:
    older: list[Planning | None] = [*newest_first[1:], None]
    return [
        ShownVersion(version, _steps(version), shown_changes(version, before))
        for version, before in zip(newest_first, older, strict=False)
    ]


def _steps(version: Planning | None) -> list[PlanningStep]:
    return list(version.steps.all()) if version else []


def _drawings(steps: Sequence[PlanningStep], today: date) -> list[tuple[str, str]]:
    """Return the name of a layout with each of its drawings."""
    return [
        (layout.name, drawing)
        for layout in (WIDE, COMPACT)
        for drawing in planning_timelines(
            steps, today=today, layout=layout, ident=f"tijdlijn-{layout.name}"
        )
    ]


def _save_version(
    form: PlanningForm, formset: BaseStepFormSet, current: Planning | None, seen: int
) -> Planning | None:
    """Store the next version, or say at the form why not."""
    version, steps = form.save(commit=False), formset.steps()
    changes = changes_between(current, _steps(current), version, steps)
    is_fresh = current is not None and current.version == seen
    if is_fresh and _would_lose_votes(current, changes) and not version.is_major:
        form.add_error("is_major", REOPENS)
        return None
    try:
        return services.propose_planning(planning=version, steps=steps, seen=seen)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _would_lose_votes(current: Planning | None, changes: Sequence[Change]) -> bool:
    if current is None or not any(change.is_major for change in changes):
        return False
    return current.agreed_on is not None or bool(current.votes.all())


def _missed(
    project: Project, current: Planning | None, seen: int
) -> tuple[Change, ...]:
    """Return what somebody else changed since the version that this page showed."""
    if current is None or current.version == seen:
        return ()
    read = project.plannings.with_votes().filter(version=seen).first()
    return shown_changes(current, read)


def _what_was_saved(saved: Planning) -> str:
    if saved.version == 1:
        return f"{saved} is bewaard. Alle leden kunnen nu hun oordeel geven."
    if saved.is_major:
        return f"{saved} is bewaard. Alle leden geven opnieuw hun oordeel."
    return f"{saved} is bewaard. Wat de leden al zeiden, blijft staan."


def _proposed_targets(project: Project, current: Planning | None) -> dict[str, Any]:
    """Return what the form starts with: the current planning, or our own proposal."""
    if current is not None:
        kept = ["target_participants", "target_not_reached", "target_providers"]
        return model_to_dict(current, fields=[*kept, "remark"]) | {"is_major": False}
    chosen = project.target_groups.chosen().count()
    return {"target_participants": PARTICIPANTS_PER_GROUP * chosen} if chosen else {}


def _proposed_rows(project: Project, current: Planning | None) -> list[dict[str, Any]]:
    """Return the steps to start from: those of the current planning, or the method's."""
    if current is not None:
        names = ["title", "phase", "starts_on", "ends_on", "owner", "hours", "euros"]
        return [model_to_dict(step, fields=names) for step in _steps(current)]
    return [
        {
            "title": step.title,
            "phase": step.phase,
            "starts_on": step.starts_on,
            "ends_on": step.ends_on,
        }
        for step in propose_steps(project.started_on)
    ]
