"""Reading over what people said, taking it back, and who reads over (P7, P9)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Subquery

from accounts.models import User
from kader.vocabulary import RedactionState
from projects.access import CAPABILITIES, SHEET_THRESHOLD, Capability
from projects.models import Membership, Project, Role
from projects.models.project import Viewer
from rechtencirkel.models import (
    BarrierMention,
    Conversation,
    OpenAnswer,
    ProblemBarrier,
    Quote,
    Redactor,
    WrittenAnswer,
    fold_words,
)

Words = Quote | OpenAnswer | WrittenAnswer | BarrierMention

# Who enters sheets can read them over; nobody else sees words from a sheet.
ROLES_THAT_REDACT = tuple(
    role for role in Role if Capability.ENTER in CAPABILITIES[role]
)

WITHDRAWN = "Deze uitspraak is intussen ingetrokken. Er valt niets meer na te lezen."
WIPED = "Hier is geen tekst meer: het origineel is gewist."


@transaction.atomic
def appoint_redactor(
    *, project: Project, membership: Membership | None, on: date
) -> Redactor | None:
    """Appoint who reads over, in the place of who did; None appoints nobody.

    What can be read at this moment stays readable; everything after it waits for the
    appointed person. Raises ValidationError for somebody of another project or without the right to enter.
    """
    if membership is None:
        Redactor.objects.filter(project=project).delete()
        return None
    if membership.project_id != project.pk:
        raise ValidationError("Kies iemand uit dit project.")
    if membership.role not in ROLES_THAT_REDACT:
        raise ValidationError(
            "Kies een coördinator of iemand van een basiswerking. Alleen zij mogen "
            "verslagen lezen."
        )
    # Two appointments at once come one after the other.
    Project.objects.select_for_update().get(pk=project.pk)
    _keep_what_is_shown(project, on)
    # Whoever stays appointed keeps the day of the appointment.
    Redactor.objects.filter(project=project).exclude(membership=membership).delete()
    redactor, _ = Redactor.objects.get_or_create(
        project=project, defaults={"membership": membership, "appointed_on": on}
    )
    return redactor


@transaction.atomic
def release(*, words: Words, text: str, on: date) -> Words:
    """Let words be shown as they are reworded here. The original is kept for a while.

    Raises ValidationError when there are no words, or when they were withdrawn.
    """
    if not text:
        raise ValidationError("Schrijf hier wat getoond mag worden.")
    longest = words._meta.get_field("text").max_length
    if longest is not None and len(text) > longest:
        raise ValidationError(f"Dit is te lang. Er is plaats voor {longest} tekens.")
    locked = _begin(words, on)
    for one in locked:
        _let_copies_follow(one, text)
        one.redaction = RedactionState.RELEASED
        one.text = text
        one.withheld_because = ""
        one.save()
    return locked[0]


@transaction.atomic
def withhold(*, words: Words, because: str, on: date) -> Words:
    """Let words never be shown, with the reason. The original is kept for a while.

    Raises ValidationError without a reason, or when the words were withdrawn.
    """
    if not because:
        raise ValidationError("Zeg waarom we dit niet tonen.")
    locked = _begin(words, on)
    for one in locked:
        _let_copies_follow(one, "")
        one.redaction = RedactionState.WITHHELD
        one.text = ""
        one.withheld_because = because
        one.save()
    return locked[0]


@transaction.atomic
def withdraw_quote(*, quote: Quote, on: date) -> Quote:
    """Take a quote back because the speaker wants it: its words are gone at once.

    The row stays, so that what rested on it can say so. Raises ValidationError for a
    sheet that can still change (there it is simply taken off) and for a second time.
    """
    locked = Quote.objects.select_for_update().get(pk=quote.pk)
    if locked.withdrawn_on is not None:
        raise ValidationError("Deze uitspraak is al ingetrokken.")
    if locked.conversation.is_draft:
        raise ValidationError(
            "Dit verslag is niet ingediend of ging weer open. Haal de uitspraak gewoon "
            "van het blad."
        )
    locked.text = locked.original = locked.withheld_because = ""
    locked.uses = ()
    locked.withdrawn_on = on
    locked.save()
    return locked


def may_withdraw(
    viewer: Viewer, conversation: Conversation, *, is_redactor: bool
) -> bool:
    """Say whether the viewer may take back a quote of this conversation.

    Who entered the sheet, the appointed person and the coordinator; the last two only
    from groups whose words they may read (P4).
    """
    if not viewer.may_enter:
        return False
    if conversation.entered_by_id == viewer.user.pk:
        return True
    speaks_for_a_group = conversation.people >= SHEET_THRESHOLD
    return speaks_for_a_group and (viewer.may_manage or is_redactor)


@dataclass(frozen=True)
class Waiting:
    """How many words wait: for this user, or for somebody who is still to be appointed."""

    mine: int = 0
    unread: int = 0


def count_waiting(*, project: Project, user: User, on: date) -> Waiting:
    """Count what waits to be read over, for whom it concerns. One query.

    An appointed person who may no longer read sheets, or whose account is closed, counts
    as nobody.
    """
    reader = Redactor.objects.filter(
        project=project,
        membership__role__in=ROLES_THAT_REDACT,
        membership__user__is_active=True,
    ).values("membership__user")
    kinds: list[QuerySet[Any]] = [
        Quote.objects.filter(conversation__project=project).redactable(on),
        BarrierMention.objects.filter(conversation__project=project).redactable(on),
        OpenAnswer.objects.filter(conversation__project=project).redactable(on),
        WrittenAnswer.objects.filter(round__project=project).redactable(),
    ]
    first, *others = (
        rows.filter(redaction=RedactionState.WAITING)
        .order_by()
        .annotate(reader=Subquery(reader))
        .values_list("reader", flat=True)
        for rows in kinds
    )
    readers = Counter(first.union(*others, all=True))
    return Waiting(mine=readers[user.pk], unread=readers[None])


def _keep_what_is_shown(project: Project, on: date) -> None:
    """Mark what can be read now, so that an appointment takes nothing off a page."""
    quotes = Quote.objects.filter(conversation__project=project).readable(on)
    barriers = BarrierMention.objects.filter(conversation__project=project).shown(on)
    Quote.objects.filter(pk__in=quotes.waiting().values("pk")).update(was_shown=True)
    BarrierMention.objects.filter(pk__in=barriers.waiting().values("pk")).update(
        was_shown=True
    )


def _let_copies_follow(words: Words, text: str) -> None:
    """Give the problems that rest on a barrier its new words, or none.

    Where two copies come to say the same, one of them goes.
    """
    if not isinstance(words, BarrierMention) or not words.text:
        return
    copies = ProblemBarrier.objects.select_for_update().filter(
        round=words.conversation.round_id,
        domain=words.domain,
        kind=words.kind,
        level=words.level,
    )
    for copy in copies.exclude(text=""):
        if fold_words(copy.text) != fold_words(words.text) or copy.text == text:
            continue
        twin = copies.filter(problem=copy.problem_id, text=text).exclude(text="")
        if twin.exists():
            copy.delete()
            continue
        copy.text = text
        copy.save(update_fields=["text"])


def _begin(words: Words, on: date) -> Sequence[Words]:
    """Lock words to redact; the first time, put how they were typed aside.

    A barrier that several talks named in the same words is decided about once.
    """
    locked = _locked(words, on)
    if not (locked[0].text or locked[0].original):
        raise ValidationError(WIPED)
    for one in locked:
        if one.redacted_on is None:
            one.original = one.text
            one.redacted_on = on
    return locked


def _locked(words: Words, on: date) -> Sequence[Words]:
    if isinstance(words, Quote):
        quote = Quote.objects.select_for_update().get(pk=words.pk)
        if quote.withdrawn_on is not None:
            raise ValidationError(WITHDRAWN)
        return [quote]
    if isinstance(words, BarrierMention):
        mention = BarrierMention.objects.get(pk=words.pk)
        others = BarrierMention.objects.filter(
            conversation__round=mention.conversation.round_id, domain=mention.domain
        ).redactable(on)
        same = [other.pk for other in others if other.content == mention.content]
        found = (
            BarrierMention.objects.select_for_update(of=("self",))
            .filter(pk__in={mention.pk, *same})
            .select_related("conversation")
        )
        return sorted(found, key=lambda one: one.pk != mention.pk)
    locked: Words = type(words)._default_manager.select_for_update().get(pk=words.pk)
    return [locked]
