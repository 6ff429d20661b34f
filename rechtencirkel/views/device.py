"""What a device asks for so that a sheet works without network.

The three answers are the same for everybody or hold no more than a number: what stands on
a sheet never goes through a cache of the browser.
"""

import hashlib
import json
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import FileSystemFinder
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from projects import access
from projects.access import Capability
from rechtencirkel.models import Conversation

# What pages need to look and work as they do.
SUFFIXES = (".css", ".js", ".svg", ".woff2")


# A device may ask who is signed in before anybody is.
@login_not_required
@require_safe
def device_state(request: HttpRequest) -> JsonResponse:
    """Say who is signed in and of which talks this person may keep pages on a device.

    Asking keeps the session alive, and renews the secret that a post needs: both may have
    ended while a tablet lay in a cupboard.
    """
    state: dict[str, object] = {"user": None, "token": get_token(request), "talks": []}
    if request.user.is_authenticated:
        request.session.modified = True
        state |= {"user": request.user.pk, "talks": _talks_to_keep(request.user)}
    return JsonResponse(state)


# The list of what waits, and the empty page in which a kept sheet opens: both come before
# anybody can sign in, and everything on them comes from the device itself.
@login_not_required
@require_safe
def device_page(request: HttpRequest) -> HttpResponse:
    return render(request, "rechtencirkel/device_page.html")


# A browser fetches this by itself, at the root so that it may serve every page.
@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    files = _site_files()
    shell = reverse("rechtencirkel:device_page")
    on_device = {
        "cacheName": f"rechtencirkel-{_fingerprint()}",
        "shell": shell,
        "files": [static(path) for path in files],
    }
    context = {
        "on_device": json.dumps(on_device),
        "script": static("js/sheet/worker.js"),
    }
    return render(
        request,
        "rechtencirkel/service_worker.js",
        context,
        content_type="text/javascript; charset=utf-8",
    )


def _talks_to_keep(user: User) -> list[int]:
    """Return the talks whose sheet this person may type in, also without network."""
    entered = Q(entered_by=user, project__in=access.projects_of(user, Capability.ENTER))
    managed = Q(
        people__gte=access.SHEET_THRESHOLD,
        project__in=access.projects_of(user, Capability.MANAGE),
    )
    talks = Conversation.objects.drafts().with_sheet().filter(entered | managed)
    return list(
        talks.filter(project__works_offline=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _site_files() -> list[str]:
    found = FileSystemFinder().list([])
    return sorted(path for path, _ in found if path.endswith(SUFFIXES))


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Return a mark of all files together: one changed letter fills a new cache."""
    digest = hashlib.sha256()
    for path, storage in sorted(FileSystemFinder().list([]), key=lambda item: item[0]):
        if path.endswith(SUFFIXES):
            with storage.open(path) as file:
                digest.update(path.encode() + file.read())
    return digest.hexdigest()[:16]
