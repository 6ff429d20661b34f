"""Partners: the organisations that are involved without a seat (R5), or could be (R4)."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import EngagementState, Involvement, OrganisationType
from projects import access, services
from projects.access import Capability
from projects.composition import check_network
from projects.forms import EngagementForm, PartnerForm
from projects.models import Engagement

# Who waits for us comes first.
STATE_ORDER = (
    EngagementState.TO_CONTACT,
    EngagementState.SUGGESTED,
    EngagementState.CONTACTED,
    EngagementState.ENGAGED,
    EngagementState.DECLINED,
)


@dataclass(frozen=True)
class StateGroup:
    """The partners that are equally far."""

    state: EngagementState
    engagements: tuple[Engagement, ...]


@require_safe
def partner_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    members = list(project.steering_group.active(today).with_organisation())
    engagements = list(project.engagements.with_names())
    chosen = project.target_groups.chosen().values_list("name", flat=True)
    context = {
        "project": project,
        "groups": [
            StateGroup(state, rows)
            for state in STATE_ORDER
            if (rows := tuple(e for e in engagements if e.state == state))
        ],
        "seated": {member.organisation_id for member in members},
        "composition": check_network(members, engagements, list(chosen)),
        "has_chosen_groups": bool(chosen),
    }
    return render(request, "projects/partner_list.html", context)


@require_http_methods(["GET", "POST"])
def partner_suggest(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    kind = request.GET.get("soort", "")
    form = PartnerForm(
        request.POST if request.method == "POST" else None,
        instance=Engagement(project=project),
        initial={"kind": kind if kind in OrganisationType.values else ""},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            engagement = services.suggest_partner(
                project=project,
                name=given["name"],
                kind=given["kind"],
                phases=given["phases"],
                involvement=Involvement(given["involvement"]),
                reason=given["reason"],
                promise=given["promise"],
                state=EngagementState(given.get("state", EngagementState.SUGGESTED)),
                suggested_by=request.user,
                on=timezone.localdate(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _thanks(engagement, has_seat=_has_seat(engagement))
            )
            return redirect("projects:partner_list", project.pk)
    context = {
        "project": project,
        "form": form,
        "known": project.organisations.values_list("name", flat=True),
    }
    return render(request, "projects/partner_suggest.html", context)


@require_http_methods(["GET", "POST"])
def partner_edit(
    request: AuthenticatedHttpRequest, project_id: int, engagement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    engagement = get_object_or_404(project.engagements.with_names(), pk=engagement_id)
    form = EngagementForm(
        request.POST if request.method == "POST" else None, instance=engagement
    )
    if form.is_valid():
        form.save()
        messages.success(request, f"Wat jullie met {engagement} afspraken, is bewaard.")
        return redirect("projects:partner_list", project.pk)
    context = {
        "project": project,
        "form": form,
        "engagement": engagement,
        "states": list(EngagementState),
    }
    return render(request, "projects/partner_edit.html", context)


@require_http_methods(["GET", "POST"])
def partner_delete(
    request: AuthenticatedHttpRequest, project_id: int, engagement_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    engagement = get_object_or_404(project.engagements.with_names(), pk=engagement_id)
    if request.method == "POST":
        engagement.delete()
        messages.success(request, f"{engagement} staat niet meer bij de partners.")
        return redirect("projects:partner_list", project.pk)
    context = {"project": project, "engagement": engagement}
    return render(request, "projects/partner_delete.html", context)


def _has_seat(engagement: Engagement) -> bool:
    seats = engagement.organisation.members.active(timezone.localdate())
    return bool(seats.exists())


def _thanks(engagement: Engagement, *, has_seat: bool) -> str:
    said = (
        f"{engagement} is voorgesteld. De coördinator neemt het mee naar de stuurgroep."
        if engagement.state == EngagementState.SUGGESTED
        else f"{engagement} staat nu bij de partners."
    )
    if has_seat:
        said += " Deze organisatie zit ook in de stuurgroep. Dat kan samen."
    return said
