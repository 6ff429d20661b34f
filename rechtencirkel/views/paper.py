"""From a printout back to its sheet: the code that somebody types or scans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.forms.paper import PaperCodeForm
from rechtencirkel.models import Conversation
from rechtencirkel.paper import PaperCode, version_of

# What is not there and what belongs to another project sound the same.
UNKNOWN = "Bij deze code hoort geen gesprek in dit project."
OTHER_QUESTIONS = (
    "Op je papier staan andere vragen dan op dit blad: na het afdrukken is er iets "
    "veranderd. Kijk bij elke vraag of de woorden dezelfde zijn."
)


@require_safe
def paper_open(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    form = PaperCodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        code: PaperCode = form.cleaned_data["code"]
        conversation = (
            project.conversations.with_sheet().filter(pk=code.conversation_id).first()
        )
        if conversation is not None:
            access.require_sheet(
                project.viewer,
                entered_by_id=conversation.entered_by_id,
                people=conversation.people,
            )
            return _to_sheet(request, conversation, code)
        form.add_error("code", UNKNOWN)
    context = {"project": project, "form": form}
    status = 404 if form.errors else 200
    return render(request, "rechtencirkel/paper_open.html", context, status=status)


def _to_sheet(
    request: AuthenticatedHttpRequest, conversation: Conversation, code: PaperCode
) -> HttpResponse:
    args = [conversation.project_id, conversation.pk]
    if not conversation.is_draft:
        return redirect("rechtencirkel:sheet_review", *args)
    if code.version != version_of(conversation.all_questions()):
        messages.warning(request, OTHER_QUESTIONS)
    return redirect("rechtencirkel:sheet_edit", *args, conversation.domains[0])
