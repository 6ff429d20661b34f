"""What changes several rows of a dialogue, or moves it to another state."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from dialogue.models import AgendaItem, Conclusion, DialogueSession, SessionState

CLOSED = "Deze dialoogsessie is afgesloten. Er verandert niets meer aan."


@transaction.atomic
def save_session(*, session: DialogueSession) -> DialogueSession:
    """Store a new session, or what changed in one that is still open."""
    if not session._state.adding:
        # The state moves by conclusions and closing alone, never by a stale form.
        session.state = _lock_open(session.pk).state
    session.save()
    return session


@transaction.atomic
def add_agenda_item(*, item: AgendaItem) -> AgendaItem:
    """Put a point at the end of the agenda."""
    session = _lock_open(item.session_id)
    item.position = session.agenda.count() + 1
    item.save()
    return item


@transaction.atomic
def remove_agenda_item(*, item: AgendaItem) -> None:
    """Take a point off the agenda and number the others again."""
    session = _lock_open(item.session_id)
    if item.conclusions.exists():
        raise ValidationError(
            "Over dit punt schreven jullie al een conclusie. Daarom blijft het staan."
        )
    item.delete()
    for position, other in enumerate(session.agenda.all(), start=1):
        other.position = position
        other.save(update_fields=["position"])


@transaction.atomic
def record_conclusion(*, conclusion: Conclusion) -> Conclusion:
    """Store what was agreed; the first conclusion makes a planned session held.

    A side confirms words: when the sentence, the decision or the reason changes, both
    sides confirm again.
    """
    session = _lock_open(conclusion.session_id)
    if not conclusion._state.adding and _says_something_else(conclusion):
        conclusion.target_confirmation = ""
        conclusion.provider_confirmation = ""
    conclusion.save()
    if session.is_planned:
        session.state = SessionState.HELD
        session.save(update_fields=["state"])
    conclusion.session.state = session.state
    return conclusion


@transaction.atomic
def confirm_conclusion(
    *, conclusion: Conclusion, changed: Collection[str]
) -> Conclusion:
    """Store what a side said; only the changed columns, so that two sides can at once."""
    _lock_open(conclusion.session_id)
    conclusion.save(update_fields=changed)
    return conclusion


@transaction.atomic
def close_session(*, session: DialogueSession, on: date) -> DialogueSession:
    """Lock a session once every conclusion was confirmed by both sides."""
    current = _lock_open(session.pk)
    if current.held_on > on:
        raise ValidationError("Deze dialoogsessie moet nog plaatsvinden.")
    conclusions = list(current.conclusions.all())
    if not conclusions:
        raise ValidationError("Er staat nog geen enkele conclusie in.")
    if open_ones := [c for c in conclusions if not c.is_confirmed]:
        raise ValidationError(
            "Nog niet beide kanten reageerden op: "
            + "; ".join(f"“{conclusion.text}”" for conclusion in open_ones)
        )
    session.state = SessionState.CLOSED
    session.save(update_fields=["state"])
    return session


def _lock_open(session_id: int) -> DialogueSession:
    """Return the session as it is now, locked; refuse a closed one."""
    session = DialogueSession.objects.select_for_update().get(pk=session_id)
    if session.is_closed:
        raise ValidationError(CLOSED)
    return session


def _says_something_else(conclusion: Conclusion) -> bool:
    stored = Conclusion.objects.get(pk=conclusion.pk)
    return (conclusion.text, conclusion.decision, conclusion.reason) != (
        stored.text,
        stored.decision,
        stored.reason,
    )
