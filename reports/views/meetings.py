"""Meetings with what was decided elsewhere, and the feed for a calendar."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
)
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import services as accounts
from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from projects.ical import write_calendar
from projects.models import Meeting, Project
from reports.meeting_parts import build_agenda, calendar_of


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


def _neighbours(
    project: Project, meeting: Meeting
) -> tuple[Meeting | None, Meeting | None]:
    """Return the meeting before this one and the one after. One query."""
    meetings = list(project.meetings.all())
    here = meetings.index(meeting)
    previous = meetings[here - 1] if here else None
    following = meetings[here + 1] if here + 1 < len(meetings) else None
    return previous, following
