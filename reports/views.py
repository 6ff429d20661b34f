"""The pages that read across: overview, De rode draad, meetings, reports."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from accounts import services as accounts
from accounts.http import AuthenticatedHttpRequest
from improvement_actions.models import FeedbackDuty
from improvement_actions.story import in_order
from kader.vocabulary import Phase
from projects import access
from projects.access import CAPABILITIES, Capability
from projects.ical import write_calendar
from projects.models import Meeting, Project
from rechtencirkel.analysis import Circle, analyse_circle, total_of
from rechtencirkel.comparison import compare
from rechtencirkel.models import Publication, Quote, Round
from rechtencirkel.services import questions_of
from reports.forms import ReportRequestForm
from reports.groups import Material, tell_of_groups
from reports.measurements import Comparison, actions_between, compare_measurements
from reports.meeting_parts import build_agenda, calendar_of
from reports.models import STEPS, Report
from reports.progress import build_progress
from reports.rules import (
    my_tasks as find_my_tasks,
    review as review_project,
    tasks_of_others,
)
from reports.services import request_report, retry_report
from reports.situation import build_situation, coming_days

TASKS_SHOWN = 3
WITHHELD = (
    "Dit rapport kun je niet meer downloaden: er staat een uitspraak in die we niet meer "
    "mogen tonen. Maak hieronder een nieuw rapport."
)


@require_safe
def dashboard(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    situation = build_situation(project, timezone.localdate())
    tasks = find_my_tasks(situation)
    context = {
        "project": project,
        "progress": situation.progress,
        "tasks": tasks[:TASKS_SHOWN],
        "more_tasks": len(tasks[TASKS_SHOWN:]),
        "task_count": len(tasks),
        "minutes": sum(task.minutes for task in tasks[:TASKS_SHOWN]),
        "phases": [(phase, project.phase_state(phase)) for phase in Phase],
    }
    return render(request, "reports/dashboard.html", context)


@require_safe
def my_tasks(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    situation = build_situation(project, timezone.localdate())
    tasks = find_my_tasks(situation)
    context = {
        "project": project,
        "progress": situation.progress,
        "tasks": tasks[:TASKS_SHOWN],
        "later_tasks": tasks[TASKS_SHOWN:],
        "task_count": len(tasks),
        "minutes": sum(task.minutes for task in tasks),
        "others": tasks_of_others(situation),
        "days": coming_days(situation),
        "counts": [
            (severity, len(found))
            for severity, found in review_project(situation).items()
        ],
    }
    return render(request, "reports/my_tasks.html", context)


# The number in the masthead, asked after the page is there: no page waits for it.
@require_safe
def task_count(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    tasks = find_my_tasks(build_situation(project, timezone.localdate()))
    context = {"project": project, "number": len(tasks)}
    return render(request, "reports/_task_count.html", context)


@require_safe
def review(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    situation = build_situation(project, timezone.localdate())
    context = {
        "project": project,
        "progress": situation.progress,
        "found": review_project(situation),
        "held": CAPABILITIES[project.viewer.role],
    }
    return render(request, "reports/review.html", context)


@require_safe
def thread(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    progress = build_progress(project, timezone.localdate())
    context = {"project": project, "progress": progress}
    return render(request, "reports/thread.html", context)


@require_safe
def group_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    actions = project.improvement_actions.prefetch_related("target_groups")
    duties = FeedbackDuty.objects.of_project(project).open().with_names()
    stories = tell_of_groups(
        Material(
            conversations=list(project.conversations.with_names()),
            problems=list(project.problem_statements.prefetch_related("target_groups")),
            sessions=list(project.dialogue_sessions.all()),
            actions=in_order(actions),
            feedback=list(project.feedback.with_names()),
            duties=list(duties),
        ),
        viewer_id=request.user.pk,
        on=today,
    )
    context = {"project": project, "today": today, "stories": stories}
    return render(request, "reports/group_list.html", context)


@require_safe
def measurement_compare(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    rounds = list(project.rounds.all())
    before, after = _wanted_rounds(rounds, request.GET)
    comparison = None
    if before is not None and after is not None and before != after:
        comparison = _compare(project, before, after)
    context = {
        "project": project,
        "rounds": rounds,
        "before": before,
        "after": after,
        "comparison": comparison,
    }
    return render(request, "reports/measurement_compare.html", context)


@require_safe
def meeting_detail(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    meeting = get_object_or_404(project.meetings.with_minutes(), pk=meeting_id)
    previous, following = _neighbours(project, meeting)
    context = {
        "project": project,
        "today": today,
        "meeting": meeting,
        "is_over": meeting.held_on < today,
        "agenda": build_agenda(project, meeting, today),
        "loose_decisions": [d for d in meeting.decisions.all() if d.item_id is None],
        "present": meeting.present.all(),
        "previous": previous,
        "following": following,
    }
    return render(request, "reports/meeting_detail.html", context)


@require_safe
def meeting_minutes(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    meeting = get_object_or_404(project.meetings.with_minutes(), pk=meeting_id)
    present = list(meeting.present.all())
    members = project.steering_group.active(meeting.held_on).with_organisation()
    decisions = list(meeting.decisions.all())
    context = {
        "project": project,
        "meeting": meeting,
        "present": present,
        "absent": [member for member in members if member not in present],
        "points": [
            (item, [d for d in decisions if d.item_id == item.pk])
            for item in meeting.items.all()
        ],
        "loose_decisions": [d for d in decisions if d.item_id is None],
        "following": _neighbours(project, meeting)[1],
    }
    return render(request, "reports/meeting_minutes.html", context)


# A calendar program cannot sign in: the secret in the address is the key. Whatever is
# wrong with it, the answer is the same.
@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    feed = accounts.find_calendar_feed(token)
    projects = list(access.projects_of(feed.user, Capability.VIEW)) if feed else []
    if not projects:
        raise Http404("Geen agenda.")
    return HttpResponse(
        write_calendar(
            calendar_of(projects, settings.SITE_URL),
            name="Rechtencirkel",
            now=timezone.now(),
        ),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Cache-Control": "private",
            "Content-Disposition": 'inline; filename="rechtencirkel.ics"',
        },
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
    report = get_object_or_404(project.reports, pk=report_id)
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
    report = get_object_or_404(project.reports, pk=report_id)
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
    report = get_object_or_404(project.reports, pk=report_id)
    if report.is_ready and _prints_what_is_gone(report):
        messages.error(request, WITHHELD)
        return redirect("reports:report_list", project.pk)
    path = Path(settings.MEDIA_ROOT) / report.file.name if report.file else None
    if not report.is_ready or path is None or not path.is_file():
        raise Http404("Geen bestand.")
    day = timezone.localdate(report.requested_at)
    name = f"voortgang-{slugify(str(project.municipality))}-{day:%Y-%m-%d}.pdf"
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


def _wanted_rounds(
    rounds: Sequence[Round], asked: Mapping[str, str]
) -> tuple[Round | None, Round | None]:
    """Return the two measurements of the address, the oldest first.

    `rounds` are those of the project, newest first; an address that names another is
    ignored, and then it is about the newest and the one before. The same one twice is
    returned as it is.
    """
    if len(rounds) < 2:
        return None, None
    known = {str(measurement.pk): measurement for measurement in rounds}
    after = known.get(asked.get("naar", ""), rounds[0])
    older = rounds[min(rounds.index(after) + 1, len(rounds) - 1)]
    before = known.get(asked.get("van", ""), older)
    newest_first = sorted((before, after), key=rounds.index)
    return newest_first[1], newest_first[0]


def _compare(project: Project, before: Round, after: Round) -> Comparison:
    """Put two measurements side by side, with the actions meanwhile. Seven queries."""
    today = timezone.localdate()
    both = [before, after]
    rows = list(Publication.objects.filter(round__in=both).newest())

    def circle(measurement: Round) -> Circle:
        return analyse_circle(
            total_of(row) for row in rows if row.round_id == measurement.pk
        )

    return compare_measurements(
        circle(before),
        circle(after),
        questions=compare(questions_of(before), questions_of(after)),
        actions=actions_between(
            project.improvement_actions.prefetch_related("follow_ups"),
            start=before.opened_on,
            end=after.closed_on or today,
        ),
    )


def _neighbours(
    project: Project, meeting: Meeting
) -> tuple[Meeting | None, Meeting | None]:
    """Return the meeting before this one and the one after. One query."""
    meetings = list(project.meetings.all())
    here = meetings.index(meeting)
    previous = meetings[here - 1] if here else None
    following = meetings[here + 1] if here + 1 < len(meetings) else None
    return previous, following


def _report_list(
    request: AuthenticatedHttpRequest, project: Project, form: ReportRequestForm
) -> HttpResponse:
    reports: list[Report] = list(project.reports.with_requester())
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
