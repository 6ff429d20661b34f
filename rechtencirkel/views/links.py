"""Links for providers, as the coordinator makes, prints and closes them."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import ConversationKind, RespondentCategory, ServiceDomain
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.forms import AnswerLinkForm
from rechtencirkel.models import AnswerLink, WrittenAnswer
from rechtencirkel.models.links import LAST_QUESTION
from rechtencirkel.qr import draw_qr
from rechtencirkel.services import close_link, create_link, secrets_of
from rechtencirkel.suppression import Hidden, show_words


@require_safe
def link_list(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    today = timezone.localdate()
    counted = _counted(project)
    rows = [
        (link, link.is_open(today), counted.get(_pool_of(link)))
        for link in project.answer_links.with_names()
    ]
    context = {
        "project": project,
        "open_round": project.rounds.open().first(),
        "groups": [
            ("Open", [row for row in rows if row[1]]),
            ("Gesloten", [row for row in rows if not row[1]]),
        ],
        "has_links": bool(rows),
        "last_question": LAST_QUESTION,
        "last_words": _last_words(project),
    }
    return render(request, "rechtencirkel/link_list.html", context)


@require_http_methods(["GET", "POST"])
def link_create(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    measurement = project.rounds.open().first()
    if measurement is None:
        messages.info(request, "Er loopt nog geen meting. Start er eerst een.")
        return redirect("rechtencirkel:round_list", project.pk)
    form = AnswerLinkForm(
        request.POST if request.method == "POST" else None,
        instance=AnswerLink(
            project=project,
            round=measurement,
            domains=tuple(ServiceDomain),
            category=RespondentCategory.MIXED_STAFF,
            contact=request.user.name,
            created_by=request.user,
        ),
    )
    if form.is_valid():
        try:
            link = create_link(link=form.save(commit=False), on=timezone.localdate())
        except ValidationError as error:
            form.add_error("closes_on", error)
        else:
            messages.success(request, "De link is klaar. Deel ze met de dienst.")
            return redirect(link)
    context = {"project": project, "form": form}
    return render(request, "rechtencirkel/link_form.html", context)


@require_safe
def link_detail(
    request: AuthenticatedHttpRequest, project_id: int, link_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    link = get_object_or_404(project.answer_links.with_names(), pk=link_id)
    context = {
        "project": project,
        "link": link,
        "is_open": link.is_open(timezone.localdate()),
        "people": _counted(project).get(_pool_of(link)),
        "addresses": _addresses(link),
    }
    return render(request, "rechtencirkel/link_detail.html", context)


@require_http_methods(["GET", "POST"])
def link_close(
    request: AuthenticatedHttpRequest, project_id: int, link_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    link = get_object_or_404(project.answer_links.with_names(), pk=link_id)
    if request.method == "POST":
        try:
            close_link(link=link, on=timezone.localdate())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, "De link is gesloten.")
        return redirect("rechtencirkel:link_list", project.pk)
    context = {"project": project, "link": link}
    return render(request, "rechtencirkel/link_close.html", context)


def _pool_of(link: AnswerLink) -> tuple[int, int, str]:
    return link.round_id, link.organisation_id, link.category


def _counted(project: Project) -> dict[tuple[int, int | None, str], int]:
    """Return how many answered, per measurement, service and function. One query.

    Only what was counted already, so five or more: what waits is nobody's business.
    """
    sheets = project.conversations.filter(kind=ConversationKind.BY_LINK)
    return {
        (sheet.round_id, sheet.organisation_id, sheet.category): sheet.people
        for sheet in sheets
    }


def _addresses(link: AnswerLink) -> list[tuple[str, SafeString]]:
    """Return each address in full with its drawing."""
    urls = [
        settings.SITE_URL + reverse("rechtencirkel:answer", args=[secret])
        for secret in secrets_of(link)
    ]
    return [(url, draw_qr(url, "QR-code van de link")) for url in urls]


def _last_words(project: Project) -> tuple[str, ...] | Hidden:
    """Return what was released of the last question, about no domain (P7). Two queries."""
    asked = WrittenAnswer.objects.filter(
        round=project.rounds.latest_opened(), question=None
    )
    released = dict(asked.released().values_list("pk", "text"))
    if not released:
        return ()
    return show_words(released, asked.among_five().count(), secret=settings.SECRET_KEY)
