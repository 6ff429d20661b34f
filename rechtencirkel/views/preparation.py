"""Preparing a talk: what to arrange, and which questions to ask."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.forms import ChecklistForm, TalkQuestionsForm
from rechtencirkel.models.conversation_preparation import MAX_QUESTIONS_ADVISED
from rechtencirkel.services import choose_talk_questions, save_checklist
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
    form = TalkQuestionsForm(
        request.POST if request.method == "POST" else None,
        questions=conversation.round.questions.to_choose_from(
            conversation.side, conversation.domains
        ),
        chosen=dict(
            conversation.asked_questions.values_list("question_id", "position")
        ),
    )
    if form.is_valid():
        chosen = form.chosen_ids()
        try:
            choose_talk_questions(conversation=conversation, question_ids=chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "De vragen van dit gesprek zijn bewaard.")
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "most_questions": MAX_QUESTIONS_ADVISED,
    }
    return render(request, "rechtencirkel/conversation_questions.html", context)
