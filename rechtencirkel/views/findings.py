"""What the circle adds up to: the gaps, the barriers, and who was heard about what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import OrganisationType, RespondentCategory, ServiceDomain, Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.analysis import analyse_circle, group_barriers, total_of
from rechtencirkel.barriers import (
    BarrierTable,
    KindRow,
    blames_the_group,
    count_barriers,
)
from rechtencirkel.charts import paired_strip, sides_bar
from rechtencirkel.converters import SIDE_SLUGS
from rechtencirkel.coverage import NO_GROUP, NO_SERVICE, Talk, Targets, map_coverage
from rechtencirkel.forms import wanted_domain
from rechtencirkel.gaps import Comparison, list_gaps
from rechtencirkel.models import BarrierMention, Conversation, Publication, Round
from rechtencirkel.views.circle import chosen_round, wanted_round


@require_safe
def gap_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.FOLLOW)
    measurement = wanted_round(request, project)
    rows = Publication.objects.filter(round=measurement).newest()
    gaps = list_gaps(analyse_circle(total_of(row) for row in rows))
    context = {
        "project": project,
        "measurement": measurement,
        "chosen": chosen_round(request, measurement),
        "gaps": gaps,
        "differences": [_with_strip(each) for each in gaps.differences],
        "agreements": [_with_strip(each) for each in gaps.agreements],
    }
    return render(request, "rechtencirkel/gap_list.html", context)


@require_safe
def barrier_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    measurement = wanted_round(request, project)
    today = timezone.localdate()
    named = BarrierMention.objects.filter(conversation__round=measurement)
    # The tags of every published barrier count, whether its words may be read or not.
    mentions = list(named.told(today).select_related("conversation"))
    legible = set(named.shown(today).values_list("pk", flat=True))
    domain = wanted_domain(request.GET.get("domein", ""))
    side = SIDE_SLUGS.get(request.GET.get("kant", ""))
    wanted = [
        mention
        for mention in mentions
        if domain in (None, mention.domain)
        and side in (None, mention.conversation.side)
    ]
    table = count_barriers(wanted)
    context = {
        "project": project,
        "measurement": measurement,
        "chosen": chosen_round(request, measurement),
        "has_barriers": bool(mentions),
        "blames_the_group": blames_the_group(mentions),
        "table": table,
        "bars": _bars(table),
        "barriers": group_barriers(m for m in wanted if m.pk in legible),
        "has_barriers_without_words": any(m.pk not in legible for m in wanted),
        "domain": domain,
        "side": side,
        "domains": list(ServiceDomain),
        "sides": list(SIDE_SLUGS.items()),
    }
    return render(request, "rechtencirkel/barrier_list.html", context)


@require_safe
def coverage(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    measurement = wanted_round(request, project)
    planning = project.plannings.current()
    context = {
        "project": project,
        "measurement": measurement,
        "chosen": chosen_round(request, measurement),
        "planning": planning,
        "coverage": map_coverage(
            _talks(project, measurement),
            groups=[group.name for group in project.target_groups.chosen()],
            targets=Targets(
                planning.target_participants,
                planning.target_not_reached,
                planning.target_providers,
            )
            if planning
            else None,
        ),
        "domains": list(ServiceDomain),
    }
    return render(request, "rechtencirkel/coverage.html", context)


@dataclass(frozen=True)
class GapView:
    """A compared domain with its drawing."""

    comparison: Comparison
    strip: SafeString


def _with_strip(comparison: Comparison) -> GapView:
    strip = paired_strip(
        [
            (side.side, points.median, points.low, points.high)
            for side, points in comparison.sides
        ],
        ident=f"strook-{comparison.result.domain.css}",
    )
    return GapView(comparison, strip)


def _bars(table: BarrierTable) -> Sequence[tuple[KindRow, SafeString]]:
    """Draw a bar per kind that came up, the most named first."""
    rows = [row for row in table.rows if row.total.total]
    return [
        (
            row,
            sides_bar(
                [
                    (Side.TARGET_GROUP, row.total.target),
                    (Side.PROVIDERS, row.total.provider),
                ],
                most=table.most,
            ),
        )
        for row in sorted(rows, key=lambda row: -row.total.total)
    ]


def _talks(project: Project, measurement: Round | None) -> list[Talk]:
    """Return every conversation of the round. Two queries."""
    rows = project.conversations.filter(round=measurement)
    counted = set(rows.counted(timezone.localdate()).values_list("pk", flat=True))
    return [
        Talk(
            side=Side(row.side),
            row=_row_of(row),
            service=OrganisationType(row.organisation.type).label
            if row.organisation
            else NO_SERVICE,
            category=RespondentCategory(row.category),
            domains=tuple(row.domains),
            people=row.people,
            is_counted=row.pk in counted,
            is_few=row.people < access.SHEET_THRESHOLD
            and not access.may_read_sheet(
                project.viewer, entered_by_id=row.entered_by_id, people=row.people
            ),
        )
        for row in rows.select_related("target_group", "organisation")
    ]


def _row_of(row: Conversation) -> str:
    if row.side == Side.PROVIDERS:
        return RespondentCategory(row.category).label
    return row.target_group.name if row.target_group else NO_GROUP
