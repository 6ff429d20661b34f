"""Preparing a talk, and what happens to its report: accept, send back, reopen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kader.vocabulary import ChecklistPoint, ConversationEventKind
from rechtencirkel.models import (
    AskedQuestion,
    ChecklistItem,
    Conversation,
    ConversationEvent,
    ConversationState,
    Round,
)

NOT_HANDED_IN = "Dit verslag is niet ingediend."
BY_LINK = "Deze antwoorden kwamen via een link. Niemand kan ze nakijken, terugsturen of heropenen."
ACCEPTED = "Dit verslag is aanvaard. Heropen het met een reden."
ROUND_IS_CLOSED = (
    "De meting is afgesloten. Een verslag dat nu opengaat, kan niet meer terug."
)


@dataclass(frozen=True)
class ChecklistLine:
    """One line of the checklist as typed; an own line has no point."""

    text: str
    is_done: bool
    point: ChecklistPoint | None = None


@transaction.atomic
def save_checklist(
    *, conversation: Conversation, lines: Iterable[ChecklistLine]
) -> None:
    """Store what is arranged; replaces what stood there. Empty lines are left out."""
    # Two helpers who tick at once: the last one stands, and no point stands twice.
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    conversation.checklist.all().delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(
            conversation=conversation,
            point=line.point or "",
            text=line.text,
            is_done=line.is_done,
        )
        for line in lines
        if line.text or (line.point and line.is_done)
    )


@transaction.atomic
def choose_talk_questions(
    *, conversation: Conversation, question_ids: Sequence[int]
) -> None:
    """Choose what a talk asks, in this order; an empty list asks everything again."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError("Dit gesprek is ingediend en ligt vast.")
    known: Mapping[int, object] = locked.round.questions.filter(
        side=locked.side, domain__in=locked.domains
    ).in_bulk(question_ids)
    if len(known) != len(question_ids):
        raise ValidationError("Kies alleen uit de vragen van dit gesprek.")
    locked.asked_questions.all().delete()
    AskedQuestion.objects.bulk_create(
        AskedQuestion(conversation=locked, question_id=pk, position=position)
        for position, pk in enumerate(question_ids, start=1)
    )


@transaction.atomic
def accept(*, conversation: Conversation, on: date, by: User) -> Conversation:
    """Lock a report for good: it comes back only with `reopen` and a reason.

    Whether a report counts does not wait for this: nobody holds back a group's voice by
    leaving its report unread.
    """
    locked = _handed_in(conversation)
    if locked.is_accepted:
        raise ValidationError("Dit verslag is al aanvaard.")
    locked.accepted_on = on
    locked.save(update_fields=["accepted_on"])
    _note(locked, ConversationEventKind.ACCEPTED, on, by)
    conversation.refresh_from_db()
    return conversation


@transaction.atomic
def return_with_question(
    *, conversation: Conversation, question: str, on: date, by: User
) -> Conversation:
    """Send a report back to its guide with one question, until it is accepted.

    What is shown of it stays shown as it was, until the answer comes.
    """
    locked = _handed_in(conversation)
    if locked.is_accepted:
        raise ValidationError(ACCEPTED)
    _withdraw(locked, ConversationState.RETURNED)
    _note(locked, ConversationEventKind.RETURNED, on, by, question)
    conversation.refresh_from_db()
    return conversation


@transaction.atomic
def reopen(
    *,
    conversation: Conversation,
    reason: str,
    on: date,
    by: User,
    may_withdraw_counted: bool,
) -> Conversation:
    """Make a handed-in report a draft again; who, when and why is kept.

    What was shown of it stays shown as it was, the rest waits until it is handed in
    again, and the group reads it again. A report that already counts asks
    `may_withdraw_counted`: whoever manages the project.
    """
    locked = _handed_in(conversation)
    if _counts(locked, on) and not may_withdraw_counted:
        raise ValidationError(
            "Dit gesprek telt al mee. Alleen de coördinator kan het heropenen."
        )
    _withdraw(locked, ConversationState.DRAFT)
    _note(locked, ConversationEventKind.REOPENED, on, by, reason)
    conversation.refresh_from_db()
    return conversation


def _handed_in(conversation: Conversation) -> Conversation:
    """Lock the row and return it as it stands now; refuse what is still open."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_by_link:
        raise ValidationError(BY_LINK)
    if locked.is_draft:
        raise ValidationError(NOT_HANDED_IN)
    return locked


def _counts(conversation: Conversation, on: date) -> bool:
    return Conversation.objects.counted(on).filter(pk=conversation.pk).exists()


def _withdraw(conversation: Conversation, state: ConversationState) -> None:
    # The lock that publishing and closing take too: nothing gets published, and no
    # measurement closes, between this look and what follows from it.
    measurement = Round.objects.select_for_update(no_key=True).get(
        pk=conversation.round_id
    )
    if measurement.is_closed:
        raise ValidationError(ROUND_IS_CLOSED)
    # Taking a talk out of what was published would tell what it said: the difference.
    conversation.totals.filter(published_on=None).delete()
    conversation.state = state
    conversation.handed_in_on = None
    conversation.accepted_on = None
    conversation.read_back_on = None
    # A new number: a page of the sheet that was still open somewhere is refused.
    conversation.version += 1
    conversation.save(
        update_fields=[
            "state",
            "handed_in_on",
            "accepted_on",
            "read_back_on",
            "version",
        ]
    )


def _note(
    conversation: Conversation,
    kind: ConversationEventKind,
    on: date,
    by: User,
    text: str = "",
) -> None:
    event = ConversationEvent(
        conversation=conversation, kind=kind, happened_on=on, by=by, text=text.strip()
    )
    event.full_clean()
    event.save()
