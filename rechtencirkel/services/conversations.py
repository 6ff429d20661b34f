"""Preparing a talk, and what happens to its report: accept, send back, reopen, pass on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from kader.vocabulary import ChecklistPoint, ConversationEventKind, ServiceDomain
from projects.access import CAPABILITIES, SHEET_THRESHOLD, Capability
from projects.models import Membership, Role
from projects.models.project import Viewer
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


@dataclass(frozen=True)
class Loss:
    """What stands on a sheet about one domain, and goes when the domain goes."""

    domain: ServiceDomain
    quotes: int
    barriers: int
    answers: int
    notes: int
    counts: int

    @property
    def sentence(self) -> str:
        """Say "Toegang: 2 uitspraken, 1 drempel"."""
        counted = (
            (self.quotes, "uitspraak", "uitspraken"),
            (self.barriers, "drempel", "drempels"),
            (self.answers, "open antwoord", "open antwoorden"),
            (self.notes, "notitie", "notities"),
        )
        parts = [f"{n} {one if n == 1 else many}" for n, one, many in counted if n]
        if self.counts:
            parts.append("de getelde antwoorden en punten")
        return f"{self.domain.label}: {', '.join(parts)}"


def lost_without(
    *, conversation: Conversation, domains: Iterable[ServiceDomain]
) -> tuple[Loss, ...]:
    """Return what a talk loses when it is only about these domains. Six queries."""
    kept = set(domains)

    def count(rows: QuerySet[Any], path: str = "domain") -> Counter[str]:
        return Counter(rows.order_by().values_list(path, flat=True))

    quotes = count(conversation.quotes.all())
    barriers = count(conversation.barriers.all())
    answers = count(conversation.open_answers.all(), "question__domain")
    notes = count(conversation.disagreements.all())
    counts = count(conversation.points_tallies.all())
    counts += count(conversation.option_tallies.all(), "question__domain")
    losses = (
        Loss(
            domain=domain,
            quotes=quotes[domain],
            barriers=barriers[domain],
            answers=answers[domain],
            notes=notes[domain],
            counts=counts[domain],
        )
        for domain in ServiceDomain
        if domain not in kept
    )
    return tuple(
        loss
        for loss in losses
        if loss.quotes or loss.barriers or loss.answers or loss.notes or loss.counts
    )


@transaction.atomic
def save_details(*, conversation: Conversation, changed: Iterable[str]) -> Conversation:
    """Store these columns of a draft; what stood about a domain that went, goes too.

    Raises ValidationError when the sheet was handed in meanwhile.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError("Dit gesprek is ingediend en ligt vast.")
    conversation.save(update_fields=list(changed))
    gone = [domain for domain in ServiceDomain if domain not in conversation.domains]
    conversation.asked_questions.filter(question__domain__in=gone).delete()
    conversation.option_tallies.filter(question__domain__in=gone).delete()
    conversation.points_tallies.filter(domain__in=gone).delete()
    conversation.open_answers.filter(question__domain__in=gone).delete()
    conversation.quotes.filter(domain__in=gone).delete()
    conversation.barriers.filter(domain__in=gone).delete()
    conversation.disagreements.filter(domain__in=gone).delete()
    return conversation


@transaction.atomic
def hand_over_sheet(
    *, conversation: Conversation, membership: Membership, on: date, by: User
) -> Conversation:
    """Let somebody else type an open sheet; who did so reads it no more, and it is noted.

    A sheet of fewer than five people is never handed to a coordinator: whoever manages
    the project reads groups only (P4). Raises ValidationError.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_by_link:
        raise ValidationError(BY_LINK)
    if not locked.is_draft:
        raise ValidationError(
            "Dit gesprek is ingediend en ligt vast. Heropen het eerst met een reden."
        )
    if membership.pk not in {m.pk for m in who_may_take_over(locked)}:
        raise ValidationError("Kies iemand die dit blad mag invoeren.")
    locked.entered_by = membership.user
    # A new number: a page that is still open with the other person is refused.
    locked.version += 1
    locked.save(update_fields=["entered_by", "version"])
    _note(locked, ConversationEventKind.HANDED_OVER, on, by)
    conversation.refresh_from_db()
    return conversation


def who_may_take_over(conversation: Conversation) -> QuerySet[Membership]:
    """Return the memberships that a sheet can be handed to."""
    roles = [role for role in Role if Capability.ENTER in CAPABILITIES[role]]
    if conversation.people < SHEET_THRESHOLD:
        roles = [r for r in roles if Capability.MANAGE not in CAPABILITIES[r]]
    return (
        conversation.project.memberships.filter(role__in=roles, user__is_active=True)
        .exclude(user=conversation.entered_by_id)
        .select_related("user")
    )


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
    """Choose what a talk asks, in this order; an empty list asks everything again.

    A domain of which everything is chosen in its own order keeps no choice: what the
    round asks later comes along.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError("Dit gesprek is ingediend en ligt vast.")
    offered = locked.round.questions.to_choose_from(locked.side, locked.domains)
    domain_of = dict(offered.values_list("pk", "domain"))
    chosen = dict.fromkeys(question_ids)
    if len(chosen) != len(question_ids) or not chosen.keys() <= domain_of.keys():
        raise ValidationError("Kies alleen uit de vragen van dit gesprek.")
    in_full = {
        domain
        for domain in locked.domains
        if [pk for pk in chosen if domain_of[pk] == domain]
        == [pk for pk in domain_of if domain_of[pk] == domain]
    }
    locked.asked_questions.all().delete()
    AskedQuestion.objects.bulk_create(
        AskedQuestion(conversation=locked, question_id=pk, position=position)
        for position, pk in enumerate(chosen, start=1)
        if domain_of[pk] not in in_full
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


def may_rename(viewer: Viewer, conversation: Conversation) -> bool:
    """Say whether the viewer may change the name and the place of a talk.

    Everybody of the project reads those two, so whoever manages may, whatever the size.
    """
    mine = viewer.may_enter and conversation.entered_by_id == viewer.user.pk
    return not conversation.is_by_link and (mine or viewer.may_manage)


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
