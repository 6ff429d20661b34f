"""Conversations: plan, describe, hand in, read back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import (
    ConversationEventKind,
    ConversationKind,
    RespondentCategory,
    Side,
)
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.forms import ConversationForm, DayForm, HandOverForm, RenameForm
from rechtencirkel.models import Conversation
from rechtencirkel.models.conversation_preparation import MAX_QUESTIONS_ADVISED
from rechtencirkel.publishing import domains_behind
from rechtencirkel.services import (
    delete_draft,
    hand_in,
    hand_over_sheet,
    mark_read_back,
    may_rename,
    who_may_take_over,
)

MAX_DOMAINS_ADVISED = 3
TOO_SMALL = (
    "Met minder dan 4 mensen is dit geen groepsgesprek. Wat ze vertelden, telt mee in "
    "woorden en nota’s. In de cijfers telt het niet mee: zo blijft iedereen anoniem."
)


@dataclass(frozen=True)
class TalkView:
    """What a viewer may know of a talk beside its sheet, in words.

    Who may not read the sheet sees no number under five; of a talk with one person they
    see the month and not the day, and not where it was.
    """

    conversation: Conversation
    size: str
    day: str
    place: str
    may_read_sheet: bool


def view_of(project: Project, conversation: Conversation) -> TalkView:
    """Return what the viewer of the project may know of a talk."""
    people = conversation.people
    may_read_sheet = not conversation.is_by_link and access.may_read_sheet(
        project.viewer, entered_by_id=conversation.entered_by_id, people=people
    )
    is_large = people >= access.SHEET_THRESHOLD
    is_alone = conversation.kind == ConversationKind.INDIVIDUAL
    hides_who = is_alone and not may_read_sheet
    return TalkView(
        conversation,
        size=f"{people} {'persoon' if people == 1 else 'mensen'}"
        if may_read_sheet or is_large
        else f"minder dan {access.SHEET_THRESHOLD} mensen",
        day=date_format(conversation.held_on, "F Y" if hides_who else "l j F Y"),
        place="" if hides_who else conversation.place,
        may_read_sheet=may_read_sheet,
    )


@require_safe
def conversation_list(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    talks = [view_of(project, c) for c in project.conversations.with_names()]
    context = {
        "project": project,
        "open_round": project.rounds.open().first(),
        "sides": [
            (side, [talk for talk in talks if talk.conversation.side == side])
            for side in Side
        ],
        "today": timezone.localdate(),
    }
    return render(request, "rechtencirkel/conversation_list.html", context)


@require_http_methods(["GET", "POST"])
def conversation_create(
    request: AuthenticatedHttpRequest, project_id: int, side: Side
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    measurement = project.rounds.open().first()
    if measurement is None:
        messages.info(request, "Er loopt nog geen meting. Start er eerst een.")
        return redirect("rechtencirkel:round_list", project.pk)
    form = ConversationForm(
        request.POST if request.method == "POST" else None,
        instance=Conversation(
            project=project,
            round=measurement,
            side=side,
            entered_by=request.user,
            category=_usual_category(side),
            guide=request.user.name,
        ),
    )
    if form.is_valid():
        conversation = form.save()
        messages.success(request, _what_now(conversation))
        return redirect(conversation)
    context = {"project": project, "form": form, "side": side}
    return render(request, "rechtencirkel/conversation_form.html", context)


@require_safe
def conversation_detail(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    conversation = get_object_or_404(
        project.conversations.with_names(), pk=conversation_id
    )
    today = timezone.localdate()
    talk = view_of(project, conversation)
    may_read_sheet = talk.may_read_sheet
    is_closed = conversation.round.is_closed
    counts = project.conversations.counted(today).filter(pk=conversation.pk).exists()
    may_judge = (
        project.viewer.may_manage
        and may_read_sheet
        and not conversation.is_draft
        and not conversation.is_accepted
    )
    told = conversation.totals.filter(published_on__isnull=False).exists()
    behind = domains_behind(conversation) if may_read_sheet and told else ()
    question_count = conversation.question_count()
    context = {
        "project": project,
        "conversation": conversation,
        "talk": talk,
        "today": today,
        "counts": counts,
        "is_told": told,
        "too_small": TOO_SMALL,
        "behind": () if conversation.is_draft else behind,
        "may_read_sheet": may_read_sheet,
        "may_judge": may_judge,
        "may_return": may_judge and not is_closed,
        "may_delete": may_read_sheet and may_delete(conversation),
        "may_reopen": not (conversation.is_draft or conversation.is_by_link)
        and not is_closed
        and (project.viewer.may_manage or (may_read_sheet and not counts)),
        "has_many_domains": len(conversation.domains) > MAX_DOMAINS_ADVISED,
        "question_count": question_count,
        "has_many_questions": question_count > MAX_QUESTIONS_ADVISED,
        "checklist": list(conversation.checklist.all()),
        # What was asked and answered is about the sheet: read by who may read that.
        "events": list(conversation.events.with_names()) if may_read_sheet else [],
        "may_hand_over": project.viewer.may_manage
        and conversation.is_draft
        and not is_closed
        and not conversation.is_by_link,
        "may_rename": not conversation.is_draft
        and may_rename(project.viewer, conversation),
        "is_future": conversation.held_on > today,
    }
    return render(request, "rechtencirkel/conversation_detail.html", context)


@require_http_methods(["GET", "POST"])
def conversation_edit(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    form = ConversationForm(
        request.POST if request.method == "POST" else None, instance=conversation
    )
    if form.is_valid():
        try:
            form.save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De gegevens zijn bewaard.")
            return redirect(conversation)
    side = Side(conversation.side)
    context = {"project": project, "form": form, "side": side}
    return render(request, "rechtencirkel/conversation_form.html", context)


@require_http_methods(["GET", "POST"])
def conversation_delete(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    if not may_delete(conversation):
        raise Http404("Dit verslag blijft.")
    if request.method == "POST":
        delete_draft(conversation=conversation)
        messages.success(request, f"Het ontwerp ‘{conversation.title}’ is weg.")
        return redirect("rechtencirkel:conversation_list", project.pk)
    context = {"project": project, "conversation": conversation}
    return render(request, "rechtencirkel/conversation_delete.html", context)


@require_http_methods(["GET", "POST"])
def conversation_rename(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_object_or_404(
        project.conversations.with_sheet(), pk=conversation_id
    )
    if not may_rename(project.viewer, conversation):
        raise PermissionDenied
    # The form writes what was typed on its own row, right or wrong.
    form = RenameForm(
        request.POST if request.method == "POST" else None,
        instance=Conversation.objects.get(pk=conversation.pk),
    )
    if form.is_valid():
        form.instance.save(update_fields=["title", "place"])
        messages.success(request, "De naam en de plaats zijn bewaard.")
        return redirect(conversation)
    context = {"project": project, "form": form, "conversation": conversation}
    return render(request, "rechtencirkel/conversation_rename.html", context)


@require_http_methods(["GET", "POST"])
def conversation_hand_over(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    conversation = get_object_or_404(
        project.conversations.with_sheet().drafts().with_names(), pk=conversation_id
    )
    form = HandOverForm(
        request.POST if request.method == "POST" else None, conversation=conversation
    )
    if form.is_valid():
        try:
            hand_over_sheet(
                conversation=conversation,
                on=timezone.localdate(),
                by=request.user,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            name = conversation.entered_by.name
            messages.success(request, f"{name} voert dit blad nu in.")
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "is_small": conversation.people < access.SHEET_THRESHOLD,
        "can_hand_over": who_may_take_over(conversation).exists(),
    }
    return render(request, "rechtencirkel/conversation_hand_over.html", context)


@require_POST
def conversation_hand_in(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    if conversation.is_returned:
        return redirect(
            "rechtencirkel:conversation_answer", project.pk, conversation.pk
        )
    try:
        hand_in(conversation=conversation, on=timezone.localdate(), by=request.user)
    except ValidationError as error:
        for reason in error.messages:
            messages.error(request, reason)
        return redirect("rechtencirkel:sheet_review", project.pk, conversation.pk)
    messages.success(request, "Het verslag is ingediend. Bedankt!")
    say_what_stays(request, conversation)
    return redirect(conversation)


@require_http_methods(["GET", "POST"])
def conversation_read_back(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_readable(project, conversation_id)
    form = DayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            mark_read_back(
                conversation=conversation,
                on=form.cleaned_data["day"],
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Genoteerd. Dit gesprek telt nu mee.")
            say_what_stays(request, conversation)
            return redirect(conversation)
    context = {"project": project, "form": form, "conversation": conversation}
    return render(request, "rechtencirkel/conversation_read_back.html", context)


def get_readable(project: Project, conversation_id: int) -> Conversation:
    """Return a conversation whose sheet the viewer may open; else 404 or 403.

    Answers by link have no sheet to read: nobody wrote it, and a question on it may have
    been answered by few. The analysis says what may be said of them.
    """
    conversation: Conversation = get_object_or_404(
        project.conversations.with_names(), pk=conversation_id
    )
    if conversation.is_by_link:
        raise PermissionDenied
    access.require_sheet(
        project.viewer,
        entered_by_id=conversation.entered_by_id,
        people=conversation.people,
    )
    return conversation


def get_draft(project: Project, conversation_id: int) -> Conversation:
    """Return a readable conversation that can still change; else 404."""
    conversation = get_readable(project, conversation_id)
    return get_object_or_404(project.conversations.drafts(), pk=conversation.pk)


def may_delete(conversation: Conversation) -> bool:
    """Whether a draft may go: never what stands in the figures.

    What was handed in once has a history that is kept, until its measurement closed
    without it. Two queries.
    """
    if not conversation.is_draft or conversation.totals.exists():
        return False
    if conversation.round.is_closed:
        return True
    # Changing hands is no history that must stay.
    kept = conversation.events.exclude(kind=ConversationEventKind.HANDED_OVER)
    return not kept.exists()


def say_what_stays(
    request: AuthenticatedHttpRequest, conversation: Conversation
) -> None:
    """Tell whoever hands in which figures do not follow, and what counts in none."""
    if behind := domains_behind(conversation):
        names = ", ".join(str(domain.label) for domain in behind)
        messages.warning(
            request, f"Deze cijfers blijven voorlopig zoals ze waren: {names}."
        )
    if not conversation.counts_in_figures:
        messages.info(request, TOO_SMALL)


def _usual_category(side: Side) -> RespondentCategory:
    if side == Side.TARGET_GROUP:
        return RespondentCategory.FOUND_THE_WAY
    return RespondentCategory.MIXED_STAFF


def _what_now(conversation: Conversation) -> str:
    if conversation.held_on > timezone.localdate():
        return "Het gesprek is gepland."
    return "Het gesprek staat klaar. Je kunt nu invoeren wat er gezegd werd."
