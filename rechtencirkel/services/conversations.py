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
    RoundQuestion,
)

NOT_HANDED_IN = "Dit verslag is niet ingediend."
BY_LINK = "Deze antwoorden kwamen via een link. Niemand kan ze nakijken, terugsturen of heropenen."
PUBLISHED = (
    "Dit gesprek staat al in de cijfers die getoond worden. Wie het eruit haalt, verraadt "
    "wat er gezegd is. Daarom ligt het vast."
)
ROUND_IS_CLOSED = (
    "De meting is afgesloten. Een verslag dat nu opengaat, kan niet meer terug."
)

ANSWERED_HERE = (
    "Op deze vraag staat al een antwoord op het blad. Met andere woorden zou dat antwoord "
    "iets anders betekenen. Wis eerst het antwoord, of laat de vraag zoals ze is."
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
    *,
    conversation: Conversation,
    question_ids: Sequence[int],
    wordings: Mapping[int, str] | None = None,
) -> None:
    """Choose what a talk asks, in this order; an empty list asks everything again.

    `wordings` are the words of this talk by question; without it the words stay. Words
    that the sheet answers never change: those answers would mean something else. Nor do
    the words of the points, from which the circle is drawn. Raises ValidationError.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError("Dit gesprek is ingediend en ligt vast.")
    known = locked.round.questions.filter(
        side=locked.side, domain__in=locked.domains
    ).in_bulk(question_ids)
    if len(known) != len(question_ids):
        raise ValidationError("Kies alleen uit de vragen van dit gesprek.")
    before = dict(
        locked.asked_questions.exclude(text="").values_list("question_id", "text")
    )
    wanted = before if wordings is None else wordings
    after = {
        pk: wanted[pk]
        for pk, question in known.items()
        if wanted.get(pk) and wanted[pk] != question.text
    }
    _refuse_silent_rewording(locked, known, before, after)
    locked.asked_questions.all().delete()
    AskedQuestion.objects.bulk_create(
        AskedQuestion(
            conversation=locked,
            question_id=pk,
            position=position,
            text=after.get(pk, ""),
        )
        for position, pk in enumerate(question_ids, start=1)
    )
    if after != before:
        # A page of the sheet that stands open with the old words is refused.
        locked.version += 1
        locked.save(update_fields=["version"])


def answered_questions(conversation: Conversation) -> set[int]:
    """Return which questions the sheet of this talk answers. One query."""
    counted = conversation.option_tallies.order_by().values_list("question_id")
    written = conversation.open_answers.order_by().values_list("question_id")
    return {question_id for (question_id,) in counted.union(written)}


def _refuse_silent_rewording(
    conversation: Conversation,
    known: Mapping[int, RoundQuestion],
    before: Mapping[int, str],
    after: Mapping[int, str],
) -> None:
    changed = {
        pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)
    }
    if any(known[pk].is_points for pk in changed & known.keys()):
        raise ValidationError("De punten op 10 vraag je overal met dezelfde woorden.")
    if changed & answered_questions(conversation):
        raise ValidationError(ANSWERED_HERE)


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
    """Send a report back to its guide with one question; its totals are withdrawn.

    Only before it is accepted and before it counts: after that it is reopened.
    """
    locked = _handed_in(conversation)
    if locked.is_accepted or _counts(locked, on):
        raise ValidationError(
            "Dit verslag is aanvaard of telt al mee. Heropen het met een reden."
        )
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

    Its totals are withdrawn until it is handed in again, and the group reads it again.
    A report that already counts asks `may_withdraw_counted`: whoever manages the project.
    What stands in a publication is never opened again: ValidationError.
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
    if conversation.round.is_closed:
        raise ValidationError(ROUND_IS_CLOSED)
    # Taking a talk out of what was published would tell what it said: the difference.
    if conversation.totals.exclude(published_on=None).exists():
        raise ValidationError(PUBLISHED)
    conversation.totals.all().delete()
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
