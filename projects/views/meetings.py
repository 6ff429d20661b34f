"""The meetings of the steering group: planning them, the agenda, the minutes."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.numbers import read_version
from kader.vocabulary import AgendaKind, Phase
from projects import access, services
from projects.access import Capability
from projects.agenda import (
    Happened,
    Point,
    propose_agenda,
    standard_point,
)
from projects.composition import check_composition
from projects.forms import AgendaForm, MeetingForm, MeetingItemForm, MeetingRecord
from projects.ical import appointment_of, write_calendar
from projects.models import Meeting, MeetingDecision, Project
from projects.models.steering_group import VOTING_ROLES

CHANGED = (
    "Iemand anders bewaarde dit verslag intussen. Je leest eerst wat er nu staat, en "
    "daaronder wat jij typte. Er is niets overschreven. Vul jouw tekst aan en bewaar "
    "opnieuw."
)


@require_safe
def meeting_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    upcoming = list(project.meetings.upcoming(today).with_counts())
    context = {
        "project": project,
        "next_meeting": upcoming[0] if upcoming else None,
        "later_meetings": upcoming[1:],
        "past_meetings": project.meetings.past(today).with_counts(),
    }
    return render(request, "projects/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
def meeting_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        instance=Meeting(project=project),
    )
    if form.is_valid():
        meeting = services.save_meeting(meeting=form.instance)
        messages.success(request, f"De vergadering van {meeting.when} is gepland.")
        _warn_about_the_same_day(request, meeting)
        return redirect("projects:meeting_agenda", project.pk, meeting.pk)
    context = {"project": project, "form": form, "meeting": None}
    return render(request, "projects/meeting_form.html", context)


@require_http_methods(["GET", "POST"])
def meeting_edit(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    form = MeetingForm(
        request.POST if request.method == "POST" else None, instance=meeting
    )
    if form.is_valid():
        try:
            services.save_meeting(meeting=meeting)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De gegevens van de vergadering zijn bewaard.")
            _warn_about_the_same_day(request, meeting)
            return redirect(meeting)
    context = {"project": project, "form": form, "meeting": meeting}
    return render(request, "projects/meeting_form.html", context)


@require_http_methods(["GET", "POST"])
def meeting_delete(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    if request.method == "POST":
        try:
            services.delete_meeting(meeting=meeting)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(meeting)
        messages.success(request, f"De vergadering van {meeting.when} is geschrapt.")
        return redirect("projects:meeting_list", project.pk)
    context = {"project": project, "meeting": meeting}
    return render(request, "projects/meeting_delete.html", context)


@require_safe
def meeting_calendar(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    meeting = get_object_or_404(
        project.meetings.select_related("project"), pk=meeting_id
    )
    name = f"vergadering-{meeting.held_on:%Y-%m-%d}.ics"
    return HttpResponse(
        write_calendar(
            [appointment_of(meeting, settings.SITE_URL)],
            name="Rechtencirkel",
            now=timezone.now(),
        ),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
def meeting_agenda(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    items = list(meeting.items.all())
    proposed = (
        () if items else propose_agenda(_happened(project, meeting), meeting.held_on)
    )
    form = AgendaForm(
        request.POST if request.method == "POST" else None,
        points=_points(proposed, {item.kind for item in items}),
        ticked=[point.key for point in proposed],
    )
    if form.is_valid():
        try:
            added = services.put_on_agenda(meeting=meeting, points=form.chosen())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _say_what_was_added(request, len(added))
            return redirect("projects:meeting_agenda", project.pk, meeting.pk)
    context = {
        "project": project,
        "meeting": meeting,
        "items": items,
        "proposed_count": len(proposed),
        "form": form,
    }
    return render(request, "projects/meeting_agenda.html", context)


@require_http_methods(["GET", "POST"])
def meeting_item_edit(
    request: AuthenticatedHttpRequest,
    project_id: int,
    meeting_id: int,
    meeting_item_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    item = get_object_or_404(meeting.items, pk=meeting_item_id)
    form = MeetingItemForm(
        request.POST if request.method == "POST" else None, instance=item
    )
    if form.is_valid():
        form.save()
        messages.success(request, "Het punt is bewaard.")
        return redirect("projects:meeting_agenda", project.pk, meeting.pk)
    context = {"project": project, "form": form, "meeting": meeting, "item": item}
    return render(request, "projects/meeting_item_form.html", context)


@require_http_methods(["GET", "POST"])
def meeting_item_delete(
    request: AuthenticatedHttpRequest,
    project_id: int,
    meeting_id: int,
    meeting_item_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    item = get_object_or_404(meeting.items, pk=meeting_item_id)
    if request.method == "POST":
        item.delete()
        messages.success(request, f"‘{item}’ is van de agenda gehaald.")
        return redirect("projects:meeting_agenda", project.pk, meeting.pk)
    context = {
        "project": project,
        "meeting": meeting,
        "item": item,
        "decision_count": item.decisions.count(),
    }
    return render(request, "projects/meeting_item_delete.html", context)


@require_POST
def meeting_item_move(
    request: AuthenticatedHttpRequest,
    project_id: int,
    meeting_id: int,
    meeting_item_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = get_object_or_404(project.meetings, pk=meeting_id)
    item = get_object_or_404(meeting.items, pk=meeting_item_id)
    direction = request.POST.get("direction")
    if direction in ("earlier", "later"):
        try:
            services.move_item(item=item, earlier=direction == "earlier")
        except ValidationError as error:
            messages.error(request, error.messages[0])
    place = reverse("projects:meeting_agenda", args=[project.pk, meeting.pk])
    return redirect(f"{place}#punt-{item.pk}")


@require_http_methods(["GET", "POST"])
def meeting_record(
    request: AuthenticatedHttpRequest, project_id: int, meeting_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    meeting = project.meetings.filter(pk=meeting_id).first()
    if meeting is None:
        return _gone(request, project)
    record = MeetingRecord(meeting, request.POST if request.method == "POST" else None)
    conflict = False
    if request.method == "POST" and record.is_valid():
        try:
            recorded = services.record_meeting(
                meeting=meeting,
                revision=_revision(request),
                minutes=record.form.cleaned_data["minutes"],
                present=record.form.cleaned_data["present"],
                decisions=record.decisions(),
                next_on=record.form.cleaned_data["next_on"],
            )
        except services.MeetingChangedError:
            conflict = True
        else:
            _say_what_was_recorded(request, recorded)
            stays = "stay" in request.POST
            return (
                redirect("projects:meeting_record", project.pk, meeting.pk)
                if (stays)
                else redirect(meeting)
            )
    return _record_page(request, project, record, conflict=conflict)


def _record_page(
    request: AuthenticatedHttpRequest,
    project: Project,
    record: MeetingRecord,
    *,
    conflict: bool,
) -> HttpResponse:
    """Draw the page; after a conflict beside what is stored now, as a 409."""
    stored = project.meetings.with_minutes().filter(pk=record.meeting.pk).first()
    if stored is None:
        return _gone(request, project)
    if conflict:
        # Drawn anew upon what is stored now, so that rows of both stand on the page.
        record = MeetingRecord(project.meetings.get(pk=stored.pk), request.POST)
        record.is_valid()
    kept = request.method == "POST" and not conflict
    context = {
        "project": project,
        "meeting": stored,
        "form": record.form,
        "record": record,
        "conflict": CHANGED if conflict else "",
        "revision": _revision(request) if kept else stored.revision,
    }
    return render(
        request,
        "projects/meeting_record.html",
        context,
        status=409 if conflict else 200,
    )


def _gone(request: AuthenticatedHttpRequest, project: Project) -> HttpResponse:
    """Give back what was typed for a meeting that somebody deleted meanwhile."""
    typed = [
        value
        for key, value in request.POST.items()
        if value and (key == "minutes" or key.endswith("-text"))
    ]
    if not typed:
        raise Http404("Geen vergadering.")
    context = {"project": project, "typed": typed}
    return render(request, "projects/meeting_gone.html", context, status=404)


def _revision(request: AuthenticatedHttpRequest) -> int:
    return read_version(request.POST.get("revision", ""))


def _say_what_was_recorded(
    request: AuthenticatedHttpRequest, recorded: services.Recorded
) -> None:
    messages.success(request, "Het verslag is bewaard.")
    if recorded.removed:
        one = recorded.removed == 1
        messages.info(
            request,
            "1 beslissing is geschrapt."
            if one
            else f"{recorded.removed} beslissingen zijn geschrapt.",
        )
    if recorded.next_meeting is not None:
        state = "staat klaar" if recorded.next_is_new else "stond er al"
        messages.info(
            request,
            f"De volgende vergadering, {recorded.next_meeting.when}, {state}.",
        )


def _say_what_was_added(request: AuthenticatedHttpRequest, number: int) -> None:
    if number == 0:
        messages.info(request, "Dat stond al op de agenda.")
    elif number == 1:
        messages.success(request, "Het punt staat op de agenda.")
    else:
        messages.success(request, f"{number} punten staan op de agenda.")


def _warn_about_the_same_day(
    request: AuthenticatedHttpRequest, meeting: Meeting
) -> None:
    """Two meetings on one day are possible, and mostly a slip."""
    others = meeting.project.meetings.on_day(meeting.held_on).exclude(pk=meeting.pk)
    if other := others.first():
        day = date_format(meeting.held_on, "l j F Y")
        messages.warning(
            request,
            f"Op {day} is er nog een vergadering: ‘{other}’. Kijk na of dat klopt.",
        )


def _points(proposed: tuple[Point, ...], present: set[str]) -> list[Point]:
    """Return the proposal first, then the parts of the project that are not there yet."""
    taken = present | {point.kind for point in proposed}
    rest = [kind for kind in AgendaKind if kind != AgendaKind.OWN and kind not in taken]
    return [*proposed, *(standard_point(kind) for kind in rest)]


def _happened(project: Project, meeting: Meeting) -> Happened:
    """Gather what the proposal is made from. Nine queries."""
    members = list(
        project.steering_group.active(timezone.localdate()).with_organisation()
    )
    earlier = list(project.meetings.past(meeting.held_on))
    return Happened(
        phase=Phase(project.phase),
        composition=check_composition(members),
        partners=list(project.engagements.with_names()),
        groups=list(project.target_groups.all()),
        planning=project.plannings.with_votes().current(),
        voters=sum(member.role in VOTING_ROLES for member in members),
        opportunities=list(project.opportunities.all()),
        decisions=list(
            MeetingDecision.objects.filter(meeting__in=earlier).select_related("owner")
        ),
        previous_on=earlier[0].held_on if earlier else None,
    )
