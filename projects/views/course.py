"""The course of the project: phases that nothing locks, chances, and who took part."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import ParticipationMoment, Phase
from projects import access, services
from projects.access import Capability
from projects.course import steps_from
from projects.forms import OpportunityForm, ParticipationForm, PhaseChangeForm
from projects.models import Opportunity, ParticipationCheck
from projects.participation import QUESTIONS, check_participation


@require_safe
def course(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    chances = list(project.opportunities.open().with_names())
    context = {
        "project": project,
        "phases": [(phase, project.phase_state(phase)) for phase in Phase],
        "changes": project.phase_changes.newest_first().with_names(),
        "open_opportunities": [c for c in chances if not c.is_past(today)],
        "past_opportunities": [c for c in chances if c.is_past(today)],
        "used_opportunities": list(project.opportunities.used().with_names()),
    }
    return render(request, "projects/course.html", context)


@require_http_methods(["GET", "POST"])
def phase_change(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    planning = project.plannings.current()
    form = PhaseChangeForm(
        request.POST if request.method == "POST" else None,
        initial={"phase": request.GET.get("fase")},
    )
    if form.is_valid():
        try:
            change = services.change_phase(
                project=project,
                phase=form.cleaned_data["phase"],
                reason=form.cleaned_data["reason"],
                changed_by=request.user,
                on=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            project.refresh_from_db(fields=["phase"])
        else:
            messages.success(
                request, f"Jullie werken nu vooral aan: {change.get_phase_display()}."
            )
            return redirect("projects:course", project.pk)
    is_agreed = planning is not None and planning.agreed_on is not None
    steps = steps_from(Phase(project.phase), is_agreed=is_agreed)
    context = {
        "project": project,
        "form": form,
        "planning": planning,
        "choices": list(zip(form["phase"], steps, strict=True)),
    }
    return render(request, "projects/phase_change.html", context)


@require_http_methods(["GET", "POST"])
def opportunity_create(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    form = OpportunityForm(
        request.POST if request.method == "POST" else None,
        instance=Opportunity(
            project=project, noted_by=request.user, noted_on=timezone.localdate()
        ),
    )
    if form.is_valid():
        form.save()
        messages.success(request, "De kans is genoteerd.")
        return redirect("projects:course", project.pk)
    context = {"project": project, "form": form, "opportunity": None}
    return render(request, "projects/opportunity_form.html", context)


@require_http_methods(["GET", "POST"])
def opportunity_edit(
    request: AuthenticatedHttpRequest, project_id: int, opportunity_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    opportunity = get_object_or_404(project.opportunities, pk=opportunity_id)
    form = OpportunityForm(
        request.POST if request.method == "POST" else None, instance=opportunity
    )
    if form.is_valid():
        form.save()
        messages.success(request, "De kans is bewaard.")
        return redirect("projects:course", project.pk)
    context = {"project": project, "form": form, "opportunity": opportunity}
    return render(request, "projects/opportunity_form.html", context)


@require_http_methods(["GET", "POST"])
def opportunity_delete(
    request: AuthenticatedHttpRequest, project_id: int, opportunity_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    opportunity = get_object_or_404(project.opportunities, pk=opportunity_id)
    if request.method == "POST":
        opportunity.delete()
        messages.success(request, "De kans is weggehaald.")
        return redirect("projects:course", project.pk)
    context = {"project": project, "opportunity": opportunity}
    return render(request, "projects/opportunity_delete.html", context)


@require_safe
def participation_list(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    context = {
        "project": project,
        "participation": check_participation(
            project.participation_checks.all(), phase=Phase(project.phase)
        ),
    }
    return render(request, "projects/participation_list.html", context)


@require_http_methods(["GET", "POST"])
def participation_edit(
    request: AuthenticatedHttpRequest, project_id: int, moment: ParticipationMoment
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    noted = project.participation_checks.filter(moment=moment).first()
    form = ParticipationForm(
        request.POST if request.method == "POST" else None,
        instance=noted or ParticipationCheck(project=project, moment=moment),
    )
    if form.is_valid():
        services.note_participation(
            project=project,
            moment=moment,
            state=form.cleaned_data["state"],
            text=form.cleaned_data["text"],
            on=timezone.localdate(),
        )
        messages.success(request, f"De check van {moment.label.lower()} is bewaard.")
        return redirect("projects:participation_list", project.pk)
    context = {
        "project": project,
        "form": form,
        "moment": moment,
        "question": QUESTIONS[moment],
    }
    return render(request, "projects/participation_form.html", context)
