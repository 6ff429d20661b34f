"""Reading over what people said, taking it back, and who reads over (P7, P9)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from kader.vocabulary import RedactionState
from projects.access import CAPABILITIES, SHEET_THRESHOLD, Capability
from projects.models import Membership, Project, Role
from projects.models.project import Viewer
from rechtencirkel.models import (
    Conversation,
    OpenAnswer,
    Quote,
    Redactor,
    WrittenAnswer,
)

Words = Quote | OpenAnswer | WrittenAnswer

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

    Raises ValidationError for somebody of another project or without the right to enter.
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
    locked = _begin(words, on)
    locked.redaction = RedactionState.RELEASED
    locked.text = text
    locked.withheld_because = ""
    locked.save()
    return locked


@transaction.atomic
def withhold(*, words: Words, because: str, on: date) -> Words:
    """Let words never be shown, with the reason. The original is kept for a while.

    Raises ValidationError without a reason, or when the words were withdrawn.
    """
    if not because:
        raise ValidationError("Zeg waarom we dit niet tonen.")
    locked = _begin(words, on)
    locked.redaction = RedactionState.WITHHELD
    locked.text = ""
    locked.withheld_because = because
    locked.save()
    return locked


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


def count_to_redact(*, project: Project, redactor: User, on: date) -> int:
    """Count what waits for this user as the appointed person; 0 for others. One query."""

    def mine(path: str) -> dict[str, object]:
        return {
            f"{path}__project": project,
            f"{path}__project__redactor__membership__user": redactor,
            f"{path}__project__redactor__membership__role__in": ROLES_THAT_REDACT,
        }

    quotes = Quote.objects.filter(**mine("conversation")).redactable(on).waiting()
    answers = OpenAnswer.objects.filter(**mine("conversation")).redactable(on).waiting()
    by_link = WrittenAnswer.objects.filter(**mine("round"))
    everything = (
        quotes.order_by()
        .values_list("pk")
        .union(
            answers.order_by().values_list("pk"),
            by_link.redactable().waiting().order_by().values_list("pk"),
            all=True,
        )
    )
    return everything.count()


def _begin(words: Words, on: date) -> Words:
    """Lock words to redact; the first time, put how they were typed aside."""
    locked: Words
    if isinstance(words, Quote):
        locked = Quote.objects.select_for_update().get(pk=words.pk)
        if locked.withdrawn_on is not None:
            raise ValidationError(WITHDRAWN)
    else:
        locked = type(words)._default_manager.select_for_update().get(pk=words.pk)
    if not (locked.text or locked.original):
        raise ValidationError(WIPED)
    if locked.redacted_on is None:
        locked.original = locked.text
        locked.redacted_on = on
    return locked
