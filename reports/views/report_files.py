"""Reports and guides for on paper: asking for one, how far it is, and the file."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.models import Conversation, Quote
from reports.forms import ReportRequestForm
from reports.guide import version_on_sheet
from reports.models import GUIDE_STEPS, STEPS, Report, ReportStatus
from reports.services import request_guide, request_report, retry_report

WITHHELD = (
    "Dit rapport kun je niet meer downloaden: er staat een uitspraak in die we niet meer "
    "mogen tonen. Maak hieronder een nieuw rapport."
)


@require_safe
def report_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    return _report_list(request, project, ReportRequestForm())


@require_POST
def report_request(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    form = ReportRequestForm(request.POST)
    if not form.is_valid():
        return _report_list(request, project, form)
    request_report(
        project=project,
        requested_by=request.user,
        introduction=form.cleaned_data["introduction"],
    )
    return redirect("reports:report_list", project.pk)


@require_safe
def report_status(
    request: AuthenticatedHttpRequest, project_id: int, report_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    report = get_object_or_404(project.reports.progress(), pk=report_id)
    context = {
        "project": project,
        "report": report,
        "step_count": len(STEPS),
        "is_withheld": _prints_what_is_gone(report),
    }
    return render(request, "reports/_report_status.html", context)


@require_POST
def report_retry(
    request: AuthenticatedHttpRequest, project_id: int, report_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    report = get_object_or_404(project.reports.progress(), pk=report_id)
    try:
        retry_report(report=report)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("reports:report_list", project.pk)


@require_safe
def report_download(
    request: AuthenticatedHttpRequest, project_id: int, report_id: int
) -> FileResponse | HttpResponseRedirect:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    report = get_object_or_404(project.reports.progress(), pk=report_id)
    if report.is_ready and _prints_what_is_gone(report):
        messages.error(request, WITHHELD)
        return redirect("reports:report_list", project.pk)
    day = timezone.localdate(report.requested_at)
    name = f"voortgang-{slugify(str(project.municipality))}-{day:%Y-%m-%d}.pdf"
    return _send_file(report, name)


@require_safe
def guide(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = _talk_on_paper(project, conversation_id)
    newest = conversation.guides.first()
    ready = next((row for row in conversation.guides.all() if row.is_ready), None)
    context = {
        "project": project,
        "conversation": conversation,
        "newest": newest,
        "ready": ready,
        "is_outdated": ready is not None
        and (ready.snapshot or {}).get("version") != version_on_sheet(conversation),
        "question_count": conversation.question_count(),
        "step_count": len(GUIDE_STEPS),
    }
    return render(request, "reports/guide.html", context)


@require_POST
def guide_request(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = _talk_on_paper(project, conversation_id)
    request_guide(conversation=conversation, requested_by=request.user)
    return redirect("reports:guide", project.pk, conversation.pk)


@require_safe
def guide_status(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = _talk_on_paper(project, conversation_id)
    newest = conversation.guides.first()
    if newest is None:
        raise Http404("Geen leidraad.")
    context = {
        "project": project,
        "conversation": conversation,
        "report": newest,
        "step_count": len(GUIDE_STEPS),
    }
    return render(request, "reports/_guide_status.html", context)


@require_safe
def guide_download(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> FileResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = _talk_on_paper(project, conversation_id)
    ready = conversation.guides.filter(status=ReportStatus.READY).first()
    day = conversation.held_on
    # The title is typed by people, so it is not in the name of the file.
    name = f"gespreksleidraad-{slugify(str(project.municipality))}-{day:%Y-%m-%d}.pdf"
    return _send_file(ready, name)


def _talk_on_paper(project: Project, conversation_id: int) -> Conversation:
    """Return a talk whose sheet the viewer may open; answers by link have no paper."""
    conversation: Conversation = get_object_or_404(
        project.conversations.with_sheet().select_related("round"), pk=conversation_id
    )
    access.require_sheet(
        project.viewer,
        entered_by_id=conversation.entered_by_id,
        people=conversation.people,
    )
    return conversation


def _send_file(report: Report | None, name: str) -> FileResponse:
    stored = report.file.name if report and report.is_ready else ""
    path = Path(settings.MEDIA_ROOT) / stored
    if not stored or not path.is_file():
        raise Http404("Geen bestand.")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/pdf",
    )


def _prints_what_is_gone(report: Report) -> bool:
    """Say whether a quote in the file may no longer be shown. At most one query."""
    printed = report.quote_ids
    return (
        bool(printed)
        and Quote.objects.filter(pk__in=printed).may_no_longer_be_shown().exists()
    )


def _report_list(
    request: AuthenticatedHttpRequest, project: Project, form: ReportRequestForm
) -> HttpResponse:
    reports: list[Report] = list(project.reports.progress().with_requester())
    quotes = Quote.objects.filter(conversation__project=project)
    gone = set(quotes.may_no_longer_be_shown().values_list("pk", flat=True))
    context = {
        "project": project,
        "form": form,
        "current": next((r for r in reports if r.is_unfinished), None),
        "newest": reports[0] if reports else None,
        "finished": [report for report in reports if report.is_ready],
        "withheld": {r.pk for r in reports if r.is_ready and r.quote_ids & gone},
        "failed": [report for report in reports if report.is_failed],
        "step_count": len(STEPS),
    }
    return render(request, "reports/report_list.html", context)
