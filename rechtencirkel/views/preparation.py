"""Preparing a talk: what to arrange, and which questions to ask."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.forms import ChecklistForm, TalkQuestionsForm
from rechtencirkel.models import Conversation
from rechtencirkel.models.conversation_preparation import (
    MAX_QUESTIONS_ADVISED,
    MIN_QUESTIONS_ADVISED,
)
from rechtencirkel.services import (
    answered_questions,
    choose_talk_questions,
    save_checklist,
)
from rechtencirkel.views.conversations import get_draft


@require_http_methods(["GET", "POST"])
def conversation_checklist(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_object_or_404(
        project.conversations.with_sheet(), pk=conversation_id
    )
    form = ChecklistForm(
        request.POST if request.method == "POST" else None,
        items=list(conversation.checklist.all()),
    )
    if form.is_valid():
        save_checklist(conversation=conversation, lines=form.lines())
        messages.success(request, "De checklist is bewaard.")
        return redirect(conversation)
    context = {"project": project, "form": form, "conversation": conversation}
    return render(request, "rechtencirkel/conversation_checklist.html", context)


@require_http_methods(["GET", "POST"])
def conversation_questions(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    chosen = list(conversation.asked_questions.all())
    form = TalkQuestionsForm(
        request.POST if request.method == "POST" else None,
        questions=conversation.round.questions.to_choose_from(
            conversation.side, conversation.domains
        ),
        chosen=chosen,
        answered=answered_questions(conversation),
    )
    move = request.POST.get("move", "")
    if form.is_valid():
        try:
            choose_talk_questions(
                conversation=conversation,
                question_ids=form.chosen_ids(move),
                wordings=form.wordings(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if move:
                return redirect(_moved(conversation, move))
            messages.success(request, "De vragen van dit gesprek zijn bewaard.")
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "fewest_questions": MIN_QUESTIONS_ADVISED,
        "most_questions": MAX_QUESTIONS_ADVISED,
        "moved": request.GET.get("verplaatst", ""),
    }
    return render(request, "rechtencirkel/conversation_questions.html", context)


def _moved(conversation: Conversation, move: str) -> str:
    """Return to the question that moved: its button has the focus again.

    Without a fragment in the address: a browser then ignores where the focus must go.
    """
    page = reverse(
        "rechtencirkel:conversation_questions",
        args=[conversation.project_id, conversation.pk],
    )
    number = move.partition("-")[2]
    if not (number.isascii() and number.isdecimal()):
        return page
    return f"{page}?verplaatst={number}"
