"""What a project has to show, and what to do now: overview, tasks, De rode draad, groups."""

from collections.abc import Mapping, Sequence

from django.http import (
    HttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from improvement_actions.models import FeedbackDuty
from improvement_actions.story import in_order
from kader.vocabulary import Phase
from projects import access
from projects.access import CAPABILITIES, Capability
from projects.models import Project
from rechtencirkel.analysis import Circle, analyse_circle, total_of
from rechtencirkel.comparison import compare
from rechtencirkel.models import Publication, Round
from rechtencirkel.services import questions_of
from reports.groups import Material, tell_of_groups
from reports.measurements import Comparison, actions_between, compare_measurements
from reports.progress import build_progress
from reports.rules import (
    my_tasks as find_my_tasks,
    review as review_project,
    tasks_of_others,
)
from reports.situation import build_situation, coming_days

TASKS_SHOWN = 3


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
