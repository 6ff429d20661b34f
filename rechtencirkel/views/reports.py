"""The report of a talk after it was handed in: accept, send back, answer, reopen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.forms import AnswerForm, ReopenForm, ReturnForm
from rechtencirkel.models import Conversation
from rechtencirkel.services import accept, hand_in, reopen, return_with_question
from rechtencirkel.views.conversations import get_draft, get_readable, say_what_stays


@require_POST
def conversation_accept(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    conversation = get_readable(project, conversation_id)
    try:
        accept(conversation=conversation, on=timezone.localdate(), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Het verslag is aanvaard en ligt vast.")
    return redirect(conversation)


@require_http_methods(["GET", "POST"])
def conversation_return(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.MANAGE)
    conversation = get_readable(project, conversation_id)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return_with_question(
                conversation=conversation,
                question=form.cleaned_data["question"],
                on=timezone.localdate(),
                by=request.user,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Het verslag is teruggestuurd met je vraag.")
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "is_told": conversation.totals.filter(published_on__isnull=False).exists(),
    }
    return render(request, "rechtencirkel/conversation_return.html", context)


@require_http_methods(["GET", "POST"])
def conversation_answer(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_draft(project, conversation_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            hand_in(
                conversation=conversation,
                on=timezone.localdate(),
                by=request.user,
                answer=form.cleaned_data["answer"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Het verslag is opnieuw ingediend. Dank je.")
            say_what_stays(request, conversation)
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "question": conversation.events.last_question(),
    }
    return render(request, "rechtencirkel/conversation_answer.html", context)


@require_http_methods(["GET", "POST"])
def conversation_reopen(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation: Conversation = get_object_or_404(
        project.conversations.with_sheet().with_names(), pk=conversation_id
    )
    # Who manages the project may reopen what they may not read: a sheet of four people.
    if not project.viewer.may_manage and not access.may_read_sheet(
        project.viewer,
        entered_by_id=conversation.entered_by_id,
        people=conversation.people,
    ):
        raise PermissionDenied
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen(
                conversation=conversation,
                reason=form.cleaned_data["reason"],
                on=timezone.localdate(),
                by=request.user,
                may_withdraw_counted=project.viewer.may_manage,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Het verslag is heropend.")
            return redirect(conversation)
    context = {
        "project": project,
        "form": form,
        "conversation": conversation,
        "is_told": conversation.totals.filter(published_on__isnull=False).exists(),
    }
    return render(request, "rechtencirkel/conversation_reopen.html", context)
