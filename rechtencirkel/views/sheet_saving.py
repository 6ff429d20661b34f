"""Saving a sheet while somebody types: JSON in, JSON out, each request exactly once."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.utils import OperationalError
from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from accounts.http import AuthenticatedHttpRequest, answers_json
from kader.vocabulary import ServiceDomain
from projects import access
from projects.access import Capability
from rechtencirkel.models import Conversation
from rechtencirkel.services import (
    LOCKED,
    FieldsRequest,
    NotSavedError,
    Saved,
    save_fields,
)
from rechtencirkel.sheet_changes import (
    MOST_CHANGES,
    NAME,
    Change,
    normalise,
    shown,
)
from rechtencirkel.views.conversations import get_readable

MOST_BYTES = 256 * 1024
# One device that types saves once a second; a brake on a program that runs wild.
MOST_SAVES = 600
WITHIN_SECONDS = 60

SENTENCES = {
    "unreadable": "Dit konden we niet lezen. Herlaad de bladzijde.",
    "too-large": "Dit is te veel om in één keer te bewaren.",
    "too-many": "Er komt te veel tegelijk binnen. We proberen het zo opnieuw.",
    "busy": "Het is even druk. We proberen het zo opnieuw.",
    "other-user": "Dit werd getypt door iemand anders. Meld je aan met dat account.",
    "other-request": "Deze wijziging werd al eens met een andere inhoud verstuurd.",
    "questions": (
        "De vragen op deze bladzijde zijn intussen veranderd. Open de bladzijde opnieuw "
        "en kijk ze na. Wat je typte, staat er dan nog."
    ),
    "locked": LOCKED,
}


@answers_json
@require_POST
def sheet_save_fields(
    request: AuthenticatedHttpRequest, project_id: int, conversation_id: int
) -> JsonResponse:
    """Save some fields of one page of a sheet.

    Answers 200 when all were written, 422 when a rule refused one, 409 when somebody else
    changed one: the others are written all the same, and the answer names each of them.
    """
    project = access.get_project(request.user, project_id, Capability.ENTER)
    conversation = get_readable(project, conversation_id)
    if refusal := _is_too_much(request):
        return refusal
    try:
        sent = json.loads(request.body)
        wanted = read_request(sent, digest=_digest(request))
    except (ValueError, RecursionError):
        return _refuse(400, "unreadable")
    # Whoever typed it may have gone home: it is never saved in the name of another.
    if sent.get("user") != request.user.pk:
        return _refuse(403, "other-user")
    # A tablet in a neighbourhood house is in use as long as somebody types on it.
    request.session.modified = True
    try:
        saved = save_fields(conversation=conversation, request=wanted, by=request.user)
    except NotSavedError as error:
        return _refuse(409, error.reason)
    except OperationalError:
        return _refuse(503, "busy")
    return JsonResponse(_tell(conversation, wanted, saved), status=saved.code)


def read_request(sent: object, *, digest: str) -> FieldsRequest:
    """Read what a device sent; raises ValueError when it cannot be what we asked for."""
    if not isinstance(sent, dict):
        raise ValueError("no object")
    domain = _typed(sent, "domain", str)
    return FieldsRequest(
        key=UUID(_typed(sent, "key", str)),
        digest=digest,
        version=_typed(sent, "version", int),
        asked=_typed(sent, "asked", str),
        domain=ServiceDomain(domain) if domain else None,
        changes=_read_changes(_typed(sent, "fields", dict)),
    )


def _typed(sent: Mapping[str, Any], name: str, kind: type) -> Any:
    value = sent.get(name)
    if type(value) is not kind:
        raise ValueError(name)
    return value


def _read_changes(fields: Mapping[str, Any]) -> dict[str, Change]:
    if not 0 < len(fields) <= MOST_CHANGES:
        raise ValueError("fields")
    changes = {}
    for name, values in fields.items():
        if not NAME.fullmatch(name) or not isinstance(values, dict):
            raise ValueError(name)
        changes[name] = Change(
            was=normalise(name, values.get("was")),
            now=normalise(name, values.get("now")),
        )
    return changes


def _digest(request: AuthenticatedHttpRequest) -> str:
    """Return the fingerprint of what is asked: the same body elsewhere asks another thing."""
    return hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()


def _is_too_much(request: AuthenticatedHttpRequest) -> JsonResponse | None:
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES:
        return _refuse(413, "too-large")
    if _is_flooded(request.user.pk):
        return _refuse(429, "too-many")
    return None


def _is_flooded(user_id: int) -> bool:
    key = f"sheet-saves-{user_id}"
    cache.add(key, 0, WITHIN_SECONDS)
    try:
        return cache.incr(key) > MOST_SAVES
    except ValueError:
        # It expired between the two lines.
        return False


def _tell(
    conversation: Conversation, wanted: FieldsRequest, saved: Saved
) -> dict[str, object]:
    conversation.version = saved.version
    return {
        "version": saved.version,
        "time": date_format(timezone.localtime(saved.at), "H.i"),
        "receipt": conversation.receipt,
        "shared": saved.is_shared,
        "written": saved.written,
        "conflicts": {
            name: {"mine": shown(wanted.changes[name].now), "theirs": shown(theirs)}
            for name, theirs in saved.conflicts.items()
        },
        "refused": saved.refused,
    }


def _refuse(status: int, reason: str) -> JsonResponse:
    return JsonResponse(
        {"reason": reason, "sentence": SENTENCES[reason]}, status=status
    )
