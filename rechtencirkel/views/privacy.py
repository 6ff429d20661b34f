"""The hint on names while somebody types: reads a text, stores and logs nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest
from kader.privacy_hint import Clue, find_clues
from projects import access
from projects.access import Capability
from rechtencirkel.models.answers import ANSWER_MAX_LENGTH


@require_POST
def privacy_check(request: AuthenticatedHttpRequest, project_id: int) -> HttpResponse:
    """Answer with the hint that belongs under the field, or with nothing.

    A text that is too long to be saved is not looked at: saving says so.
    """
    access.get_project(request.user, project_id, Capability.CONTRIBUTE)
    text = request.POST.get("text", "")
    allowed = request.POST.get("allows", "").split(",")
    findings = find_clues(
        text[:ANSWER_MAX_LENGTH], ignore=[clue for clue in Clue if clue in allowed]
    )
    context = {"findings": findings}
    return render(request, "rechtencirkel/_privacy_hint.html", context)
