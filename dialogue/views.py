"""The pages of the dialogue: planning it, what was agreed, and what each side says."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from dialogue import services
from dialogue.forms import (
    AgendaItemForm,
    CloseForm,
    ConclusionForm,
    ConfirmationForm,
    SessionForm,
)
from dialogue.models import AgendaItem, Conclusion, DialogueSession
from kader.numbers import read_number
from kader.vocabulary import Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.models import ProblemStatement


@dataclass(frozen=True)
class NextStep:
    """The one thing to do now on the page of a session: its primary button."""

    kind: str
    target_id: int | None = None


@require_safe
def session_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    sessions = list(project.dialogue_sessions.with_conclusions())
    context = {
        "project": project,
        # The first to come stands first; what was held, newest first.
        "planned": [s for s in reversed(sessions) if s.is_planned],
        "held": [s for s in sessions if not s.is_planned],
    }
    return render(request, "dialogue/session_list.html", context)


@require_http_methods(["GET", "POST"])
def session_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = SessionForm(
        request.POST if request.method == "POST" else None,
        instance=DialogueSession(project=project),
    )
    if form.is_valid():
        session = services.save_session(session=form.instance)
        messages.success(request, f"Dialoogsessie ‘{session}’ is gepland.")
        return redirect(session)
    context = {"project": project, "form": form, "session": None}
    return render(request, "dialogue/session_form.html", context)


@require_safe
def session_detail(
    request: AuthenticatedHttpRequest, project_id: int, session_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    agenda = list(session.agenda.with_conclusions())
    may_edit = project.viewer.may_manage and not session.is_closed
    context = {
        "project": project,
        "session": session,
        "agenda": agenda,
        "target_side": Side.TARGET_GROUP,
        "provider_side": Side.PROVIDERS,
        "may_edit": may_edit,
        "may_confirm": project.viewer.may_contribute and not session.is_closed,
        "step": _next_step(project, session, agenda, timezone.localdate()),
        "suggestions": list(session.problems_to_discuss()) if may_edit else [],
    }
    return render(request, "dialogue/session_detail.html", context)


@require_http_methods(["GET", "POST"])
def session_edit(
    request: AuthenticatedHttpRequest, project_id: int, session_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    form = SessionForm(
        request.POST if request.method == "POST" else None, instance=session
    )
    if form.is_valid():
        try:
            services.save_session(session=session)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De gegevens van de sessie zijn bewaard.")
            return redirect(session)
    context = {"project": project, "form": form, "session": session}
    return render(request, "dialogue/session_form.html", context)


@require_http_methods(["GET", "POST"])
def session_close(
    request: AuthenticatedHttpRequest, project_id: int, session_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.close_session(session=session, on=timezone.localdate())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Dialoogsessie ‘{session}’ is afgesloten.")
            return redirect(session)
    context = {"project": project, "form": form, "session": session}
    return render(request, "dialogue/session_close.html", context)


@require_http_methods(["GET", "POST"])
def agenda_item_create(
    request: AuthenticatedHttpRequest, project_id: int, session_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    form = AgendaItemForm(
        request.POST if request.method == "POST" else None,
        instance=AgendaItem(
            session=session,
            problem_statement=_suggested(project, request.GET.get("probleem")),
        ),
    )
    if form.is_valid():
        try:
            services.add_agenda_item(item=form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Het punt staat op de agenda.")
            return redirect(session)
    context = {"project": project, "form": form, "session": session}
    return render(request, "dialogue/agenda_item_form.html", context)


@require_http_methods(["GET", "POST"])
def agenda_item_delete(
    request: AuthenticatedHttpRequest,
    project_id: int,
    session_id: int,
    agenda_item_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    item = get_object_or_404(session.agenda, pk=agenda_item_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.remove_agenda_item(item=item)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Het punt is van de agenda gehaald.")
            return redirect(session)
    context = {"project": project, "form": form, "session": session, "item": item}
    return render(request, "dialogue/agenda_item_delete.html", context)


@require_http_methods(["GET", "POST"])
def conclusion_create(
    request: AuthenticatedHttpRequest,
    project_id: int,
    session_id: int,
    agenda_item_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    item = get_object_or_404(session.agenda, pk=agenda_item_id)
    form = ConclusionForm(
        request.POST if request.method == "POST" else None,
        instance=Conclusion(session=session, agenda_item=item),
    )
    if form.is_valid():
        try:
            conclusion = services.record_conclusion(conclusion=form.instance)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, "De conclusie is bewaard. Nu bevestigt elke kant ze nog."
            )
            return redirect(conclusion)
    context = {"project": project, "form": form, "session": session, "item": item}
    return render(
        request, "dialogue/conclusion_form.html", context | {"conclusion": None}
    )


@require_http_methods(["GET", "POST"])
def conclusion_edit(
    request: AuthenticatedHttpRequest,
    project_id: int,
    session_id: int,
    conclusion_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    conclusion = get_object_or_404(session.conclusions, pk=conclusion_id)
    form = ConclusionForm(
        request.POST if request.method == "POST" else None, instance=conclusion
    )
    if form.is_valid():
        try:
            services.record_conclusion(conclusion=conclusion)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De conclusie is bewaard.")
            return redirect(conclusion)
    context = {"project": project, "form": form, "session": session}
    context |= {"conclusion": conclusion, "item": conclusion.agenda_item}
    return render(request, "dialogue/conclusion_form.html", context)


@require_http_methods(["GET", "POST"])
def conclusion_confirm(
    request: AuthenticatedHttpRequest,
    project_id: int,
    session_id: int,
    conclusion_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    session = get_object_or_404(project.dialogue_sessions, pk=session_id)
    conclusion = get_object_or_404(session.conclusions, pk=conclusion_id)
    form = ConfirmationForm(
        request.POST if request.method == "POST" else None, instance=conclusion
    )
    if form.is_valid():
        try:
            services.confirm_conclusion(
                conclusion=conclusion, changed=form.changed_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Wat de twee kanten zeggen, is bewaard.")
            return redirect(conclusion)
    context = {"project": project, "form": form, "session": session}
    return render(
        request,
        "dialogue/conclusion_confirm.html",
        context | {"conclusion": conclusion},
    )


def _suggested(project: Project, problem_id: str | None) -> ProblemStatement | None:
    """Return the problem statement an address names; a strange one is a 404."""
    if problem_id is None:
        return None
    number = read_number(problem_id)
    if number is None:
        raise Http404
    return get_object_or_404(project.problem_statements, pk=number)


def _next_step(
    project: Project,
    session: DialogueSession,
    agenda: list[AgendaItem],
    today: date,
) -> NextStep:
    """Say what comes next for this viewer: agenda, conclusions, both sides, closing."""
    manages = project.viewer.may_manage
    if session.is_closed or not project.viewer.may_contribute:
        return NextStep("nothing")
    without = [item for item in agenda if not item.conclusions.all()]
    if manages and (not agenda or (without and session.held_on > today)):
        return NextStep("agenda")
    if manages and without:
        return NextStep("conclude", without[0].pk)
    unconfirmed = [c for i in agenda for c in i.conclusions.all() if not c.is_confirmed]
    if unconfirmed:
        return NextStep("confirm", unconfirmed[0].pk)
    return NextStep("close") if manages and agenda else NextStep("nothing")
