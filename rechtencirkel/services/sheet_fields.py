"""Saving a sheet field by field: each request exactly once, and nobody overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from kader.vocabulary import AnswerOption, ServiceDomain
from rechtencirkel.catalogue import content_hash
from rechtencirkel.models import (
    AnsweredRequest,
    Conversation,
    DisagreementNote,
    OpenAnswer,
    OptionTally,
    RoundQuestion,
)
from rechtencirkel.services.sheets import (
    claim_version,
    replace_barriers,
    replace_points,
    replace_quotes,
)
from rechtencirkel.sheet import DISAGREEMENT_KEY
from rechtencirkel.sheet_changes import (
    CLOSING_KEY,
    Change,
    Merge,
    Value,
    merge_closing,
    merge_page,
    row_kind,
    standing,
)
from rechtencirkel.sheet_drawing import stored_page


class NotSavedReason(StrEnum):
    """Why a whole request is turned down; what was typed stays on the device."""

    OTHER_REQUEST = "other-request"
    QUESTIONS = "questions"
    LOCKED = "locked"


class NotSavedError(Exception):
    """Nothing of a request was written, and nothing of it is remembered."""

    def __init__(self, reason: NotSavedReason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class FieldsRequest:
    """The changes to one page of a sheet, as one device sends them.

    `domain` is None on the last page. `asked` is the fingerprint of the questions the
    writer saw. `digest` is the SHA-256 of everything that was sent.
    """

    key: UUID
    digest: str
    version: int
    asked: str
    domain: ServiceDomain | None
    changes: Mapping[str, Change]


@dataclass(frozen=True)
class Saved:
    """What became of a request. `conflicts` holds what stands there now.

    `is_shared` says that somebody else saved since the version the device knew.
    """

    code: int
    version: int
    at: datetime
    written: tuple[str, ...]
    conflicts: Mapping[str, Value]
    refused: Mapping[str, str]
    is_shared: bool = False


def fingerprint_of(questions: list[RoundQuestion]) -> str:
    """Return the mark by which a page knows which questions it showed."""
    return content_hash((q.code, q.text) for q in questions)


def save_fields(
    *, conversation: Conversation, request: FieldsRequest, by: User
) -> Saved:
    """Write the changes that can be written; a request counts once, however often sent.

    Raises NotSavedError when the sheet is handed in, when the questions were changed, or
    when the key belongs to another request.
    """
    with transaction.atomic():
        try:
            # Its own block: whoever comes second waits here for the first to finish.
            with transaction.atomic():
                row = AnsweredRequest.objects.create(
                    user=by,
                    project_id=conversation.project_id,
                    key=request.key,
                    body_sha256=request.digest,
                    made_on=timezone.now(),
                )
        except IntegrityError:
            return _answer_again(conversation, request, by)
        saved = _save(conversation, request, row.made_on)
        row.code = saved.code
        row.result = {
            "version": saved.version,
            "written": saved.written,
            "conflicts": sorted(saved.conflicts),
            "refused": saved.refused,
        }
        row.save(update_fields=["code", "result"])
        return saved


def _answer_again(
    conversation: Conversation, request: FieldsRequest, by: User
) -> Saved:
    row = AnsweredRequest.objects.get(
        user=by, project_id=conversation.project_id, key=request.key
    )
    if row.body_sha256 != request.digest:
        raise NotSavedError(NotSavedReason.OTHER_REQUEST)
    stored = _stored(conversation, request.domain)
    return Saved(
        code=row.code,
        version=row.result["version"],
        at=row.made_on,
        written=tuple(row.result["written"]),
        conflicts={
            name: standing(stored, name, request.changes[name])
            for name in row.result["conflicts"]
        },
        refused=row.result["refused"],
    )


def _save(conversation: Conversation, request: FieldsRequest, at: datetime) -> Saved:
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise NotSavedError(NotSavedReason.LOCKED)
    is_shared = request.version != locked.version
    merge = _merge(locked, request)
    if merge.changed:
        claim_version(locked, locked.version)
        _write(locked, request.domain, merge, request.changes)
    code = 409 if merge.conflicts else 422 if merge.refused else 200
    return Saved(
        code=code,
        version=locked.version,
        at=at,
        written=tuple(merge.written),
        conflicts=merge.conflicts,
        refused=merge.refused,
        is_shared=is_shared,
    )


def _merge(conversation: Conversation, request: FieldsRequest) -> Merge:
    stored = _stored(conversation, request.domain)
    if request.domain is None:
        return merge_closing(stored[CLOSING_KEY], request.changes)
    questions = conversation.questions_about(request.domain)
    if request.asked != fingerprint_of(questions):
        raise NotSavedError(NotSavedReason.QUESTIONS)
    return merge_page(
        stored, request.changes, questions=questions, people=conversation.people
    )


def _stored(
    conversation: Conversation, domain: ServiceDomain | None
) -> Mapping[str, str]:
    if domain is None:
        return {CLOSING_KEY: conversation.first_change}
    return stored_page(conversation, domain)


def _write(
    conversation: Conversation,
    domain: ServiceDomain | None,
    merge: Merge,
    changes: Mapping[str, Change],
) -> None:
    """Write what changed and touch nothing else on the page."""
    if domain is None:
        conversation.first_change = merge.typed[CLOSING_KEY]
        conversation.save(update_fields=["first_change"])
        return
    _write_answers(conversation, merge)
    if any(name == "p" or name.startswith("s-") for name in merge.changed):
        replace_points(conversation, domain, merge.page)
    kinds = {row_kind(name) for name in merge.changed}
    if "quote" in kinds:
        replace_quotes(conversation, domain, merge.page)
    if "barrier" in kinds:
        replace_barriers(conversation, domain, merge.page)
    if DISAGREEMENT_KEY in merge.changed:
        _write_disagreement(conversation, domain, merge.page.disagreement)


def _write_answers(conversation: Conversation, merge: Merge) -> None:
    for name in merge.changed:
        kind, _, rest = name.partition("-")
        if kind == "t":
            _write_count(conversation, rest, merge.typed[name])
        elif kind == "o":
            _write_answer(conversation, int(rest), merge.typed[name])


def _write_count(conversation: Conversation, rest: str, people: str) -> None:
    question_id, _, option = rest.partition("-")
    where = {"question_id": int(question_id), "option": AnswerOption(option)}
    conversation.option_tallies.filter(**where).delete()
    if people:
        OptionTally.objects.create(
            conversation=conversation, people=int(people), **where
        )


def _write_answer(conversation: Conversation, question_id: int, text: str) -> None:
    conversation.open_answers.filter(question_id=question_id).delete()
    if text:
        OpenAnswer.objects.create(
            conversation=conversation, question_id=question_id, text=text
        )


def _write_disagreement(
    conversation: Conversation, domain: ServiceDomain, text: str
) -> None:
    conversation.disagreements.filter(domain=domain).delete()
    if text:
        DisagreementNote.objects.create(
            conversation=conversation, domain=domain, text=text
        )
