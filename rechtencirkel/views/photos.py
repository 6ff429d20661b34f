"""Photos of the filled-in paper: add, look, remove. Who may read the sheet, may this too."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from projects import access
from projects.access import Capability
from rechtencirkel.forms import PhotosForm
from rechtencirkel.models import Conversation, SheetPhoto
from rechtencirkel.models.photos import (
    DAYS_KEPT_AFTER_HAND_IN,
    DAYS_KEPT_AT_MOST,
    MAX_PHOTOS,
)
from rechtencirkel.photo_files import path_of
from rechtencirkel.services import add_photos, remove_photo
from rechtencirkel.views.conversations import get_draft, get_readable


@require_http_methods(["GET", "POST"])
def sheet_photos(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    is_post = request.method == "POST"
    find = get_draft if is_post else get_readable
    conversation = find(project, conversation_id)
    form = PhotosForm(
        request.POST if is_post else None, request.FILES if is_post else None
    )
    if form.is_valid():
        pictures = form.cleaned_data["photos"]
        try:
            add_photos(
                conversation=conversation, pictures=pictures, on=timezone.localdate()
            )
        except ValidationError as error:
            form.add_error("photos", error)
        else:
            messages.success(request, _added(len(pictures)))
            return redirect("rechtencirkel:sheet_photos", project.pk, conversation.pk)
    photos = shown_photos(conversation)
    context = {
        "project": project,
        "conversation": conversation,
        "form": form,
        "photos": photos,
        "room": MAX_PHOTOS - len(photos),
        "days_after_hand_in": DAYS_KEPT_AFTER_HAND_IN,
        "days_at_most": DAYS_KEPT_AT_MOST,
    }
    return render(request, "rechtencirkel/sheet_photos.html", context)


@require_safe
def sheet_photo(
    request: AuthenticatedHttpRequest,
    project_id: int,
    conversation_id: int,
    photo_id: int,
) -> FileResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_readable(project, conversation_id)
    path = path_of(_kept(conversation, photo_id).file_name)
    if not path.is_file():
        raise Http404("Geen foto.")
    return FileResponse(
        path.open("rb"),
        filename="foto.jpg",
        content_type="image/jpeg",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )


@require_http_methods(["GET", "POST"])
def sheet_photo_delete(
    request: AuthenticatedHttpRequest,
    project_id: int,
    conversation_id: int,
    photo_id: int,
) -> HttpResponse:
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_readable(project, conversation_id)
    photo = _kept(conversation, photo_id)
    if request.method == "POST":
        remove_photo(photo=photo)
        messages.success(request, "De foto is weg.")
        return redirect("rechtencirkel:sheet_photos", project.pk, conversation.pk)
    context = {"project": project, "conversation": conversation, "photo": photo}
    return render(request, "rechtencirkel/sheet_photo_delete.html", context)


def shown_photos(conversation: Conversation) -> Sequence[SheetPhoto]:
    """Return the photos to show beside a sheet, in the order they came. One query."""
    return list(conversation.photos.kept(timezone.localdate()))


def _kept(conversation: Conversation, photo_id: int) -> SheetPhoto:
    kept = SheetPhoto.objects.kept(timezone.localdate())
    return get_object_or_404(kept, conversation=conversation, pk=photo_id)


def _added(number: int) -> str:
    return "De foto is bewaard." if number == 1 else f"{number} foto's zijn bewaard."
