"""Conversations: plan, describe, hand in, read back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import AuthenticatedHttpRequest
from kader.vocabulary import RespondentCategory, Side
from projects import access
from projects.access import Capability
from projects.models import Project
from rechtencirkel.forms import ConversationForm, DayForm
from rechtencirkel.models import Conversation
from rechtencirkel.models.conversation_preparation import MAX_QUESTIONS_ADVISED
from rechtencirkel.services import delete_draft, hand_in, mark_read_back

MAX_DOMAINS_ADVISED = 3


@require_safe
def conversation_list(
    request: AuthenticatedHttpRequest, project_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.VIEW)
    conversations = list(project.conversations.with_names())
    context = {
        "project": project,
        "open_round": project.rounds.open().first(),
        "sides": [
            (side, [c for c in conversations if c.side == side]) for side in Side
        ],
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
    may_read_sheet = not conversation.is_by_link and access.may_read_sheet(
        project.viewer,
        entered_by_id=conversation.entered_by_id,
        people=conversation.people,
    )
    counts = project.conversations.counted(today).filter(pk=conversation.pk).exists()
    may_judge = (
        project.viewer.may_manage
        and may_read_sheet
        and not conversation.is_draft
        and not conversation.is_accepted
    )
    question_count = conversation.question_count()
    context = {
        "project": project,
        "conversation": conversation,
        "may_read_sheet": may_read_sheet,
        "may_judge": may_judge,
        "may_return": may_judge and not counts and not conversation.round.is_closed,
        "may_reopen": not (conversation.is_draft or conversation.is_by_link)
        and not conversation.round.is_closed
        and (project.viewer.may_manage or (may_read_sheet and not counts)),
        "has_many_domains": len(conversation.domains) > MAX_DOMAINS_ADVISED,
        "question_count": question_count,
        "has_many_questions": question_count > MAX_QUESTIONS_ADVISED,
        "checklist": list(conversation.checklist.all()),
        # What was asked and answered is about the sheet: read by who may read that.
        "may_read_events": may_read_sheet or project.viewer.may_manage,
        "events": list(conversation.events.with_names()),
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
        form.save()
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
    # What was handed in once has a history, and that is kept.
    get_object_or_404(project.conversations.filter(events=None), pk=conversation.pk)
    if request.method == "POST":
        delete_draft(conversation=conversation)
        messages.success(request, f"Het ontwerp ‘{conversation.title}’ is weg.")
        return redirect("rechtencirkel:conversation_list", project.pk)
    context = {"project": project, "conversation": conversation}
    return render(request, "rechtencirkel/conversation_delete.html", context)


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


def _usual_category(side: Side) -> RespondentCategory:
    if side == Side.TARGET_GROUP:
        return RespondentCategory.FOUND_THE_WAY
    return RespondentCategory.MIXED_STAFF


def _what_now(conversation: Conversation) -> str:
    if conversation.held_on > timezone.localdate():
        return "Het gesprek is gepland."
    return "Het gesprek staat klaar. Je kunt nu invoeren wat er gezegd werd."
