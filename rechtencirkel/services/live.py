"""Live in the room: letting phones in, opening and closing a vote, taking it over.

One vote per device and question, without knowing the device. A phone makes a secret and
keeps it. The server derives two things from it for one opening: a mark (a hash with the
key of the installation) and, with the secret itself as the key, a hash of the choice.
Both stand in the cache until the vote closes. Only the phone can show which choice was
its own, by bringing the secret again: so it can change its vote, and nobody else, the
server included, can read from the cache who voted what.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from rechtencirkel.models import (
    Conversation,
    LiveBallot,
    LiveSession,
    RoundQuestion,
)
from rechtencirkel.models.live import (
    CODE_LASTS,
    CODE_LENGTH,
    COUNT_FIELDS,
    answer_values,
    marks_of,
)
from rechtencirkel.services.sheets import LOCKED, save_counts
from rechtencirkel.suppression import THRESHOLD

# No letter or digit that looks like another one, and no vowels that make words.
CODE_SIGNS = "CDFHJKMNPQRTVWXY34679"
MARK_SALT = "rechtencirkel.live_mark"
SHORTEST_SECRET, LONGEST_SECRET = 22, 128
TOO_FEW_PEOPLE = (
    "Met minder dan 5 mensen stemmen we niet met de telefoon: dan is het te makkelijk "
    "te raden wie wat koos. Tel de handen."
)
TOO_FEW_VOTES = (
    "Er waren te weinig stemmen om te tonen (minder dan 5). Ze zijn weg. Tel de handen, "
    "of stem opnieuw."
)
NOTHING_TO_VOTE = "Over een open vraag stem je niet. Praat erover."
NOT_OPEN = "Laat eerst telefoons toe."


class VoteResult(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    CHANGED = "changed"
    SAME = "same"
    OVER = "over"
    FULL = "full"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Mark:
    """What one device leaves behind in the cache for one opening."""

    device: str
    choice: str


@transaction.atomic
def show_question(
    *, conversation: Conversation, question: RoundQuestion, at: datetime
) -> LiveSession:
    """Put a question on every screen that shows this talk."""
    _lock_draft(conversation)
    session, _ = LiveSession.objects.update_or_create(
        conversation=conversation,
        defaults={"question": question},
        create_defaults={"question": question, "opened_at": at},
    )
    return session


@transaction.atomic
def let_phones_in(*, conversation: Conversation, at: datetime) -> LiveSession:
    """Make a new code, valid for twelve hours. Raises ValidationError below five people.

    A code that still works is kept: a second press changes nothing.
    """
    people = _lock_draft(conversation).people
    if people < THRESHOLD:
        raise ValidationError(TOO_FEW_PEOPLE)
    session, _ = LiveSession.objects.get_or_create(
        conversation=conversation, defaults={"opened_at": at}
    )
    if session.lets_phones_in(at):
        return session
    session.ballots.all().forget()
    session.opened_at = at
    session.token = secrets.token_urlsafe(16)
    for _ in range(10):
        session.code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                session.save()
        except IntegrityError:
            # Another talk has this code; the next draw will not be taken too.
            continue
        return session
    raise ValidationError("Er is nu geen vrije code. Probeer het opnieuw.")


@transaction.atomic
def keep_phones_out(*, conversation: Conversation) -> None:
    """End the code; what was voted and not taken over is gone."""
    _lock_draft(conversation)
    for session in LiveSession.objects.filter(conversation=conversation):
        session.ballots.all().forget()
        session.code = session.token = None
        session.save(update_fields=["code", "token"])


@transaction.atomic
def open_ballot(
    *, conversation: Conversation, question: RoundQuestion, at: datetime
) -> LiveBallot:
    """Let the phones vote on one question, from zero; another open vote is closed first."""
    people = _lock_draft(conversation).people
    session = LiveSession.objects.filter(conversation=conversation).first()
    if session is None or not session.lets_phones_in(at):
        raise ValidationError(NOT_OPEN)
    if people < THRESHOLD:
        raise ValidationError(TOO_FEW_PEOPLE)
    if not answer_values(question):
        raise ValidationError(NOTHING_TO_VOTE)
    for other in session.ballots.filter(is_open=True).exclude(question=question):
        _close(other)
    session.ballots.filter(question=question).forget()
    session.question = question
    session.save(update_fields=["question"])
    ballot = LiveBallot.objects.create(
        session=session,
        question=question,
        key=secrets.token_urlsafe(16),
        people=people,
    )
    cache.set(marks_of(ballot.key), {}, CODE_LASTS.total_seconds())
    return ballot


@transaction.atomic
def close_ballot(*, conversation: Conversation, question: RoundQuestion) -> bool:
    """Stop the voting; say whether it may be shown. With fewer than five all is gone."""
    _lock_draft(conversation)
    return _close(_ballot_of(conversation, question))


@transaction.atomic
def drop_ballot(*, conversation: Conversation, question: RoundQuestion) -> None:
    """Throw the votes on a question away."""
    _lock_draft(conversation)
    LiveBallot.objects.filter(
        session__conversation=conversation, question=question
    ).forget()


@transaction.atomic
def take_over(*, conversation: Conversation, question: RoundQuestion) -> Conversation:
    """Write the votes of a closed ballot on the sheet, in the place of what stood there.

    The ballot is gone then. Raises ValidationError while phones still vote.
    """
    _lock_draft(conversation)
    ballot = _ballot_of(conversation, question)
    if ballot.is_open:
        raise ValidationError("Sluit eerst de stemming.")
    save_counts(conversation=conversation, question=question, counts=ballot.counts)
    ballot.delete()
    return conversation


@transaction.atomic
def cast_vote(
    *, token: str, key: str, secret: str, value: str, at: datetime
) -> VoteResult:
    """Count the vote of one device, or change it; every device counts once.

    The row of the ballot is locked for one read and one conditional update. When the
    cache lost the marks, nobody can tell who voted already: then the vote is over.
    """
    ballot = (
        LiveBallot.objects.select_for_update(of=("self",))
        .select_related("question")
        .filter(
            key=key,
            is_open=True,
            session__token=token,
            session__in=LiveSession.objects.reachable(at).values("pk"),
        )
        .first()
    )
    if ballot is None:
        return VoteResult.OVER
    values = answer_values(ballot.question)
    if value not in values or not _is_secret(secret):
        return VoteResult.NO_ANSWER
    marks: dict[str, str] | None = cache.get(marks_of(key))
    if marks is None:
        return VoteResult.OVER
    mark = _mark(key, secret, value)
    field = COUNT_FIELDS[values.index(value)]
    before = marks.get(mark.device)
    if before == mark.choice:
        return VoteResult.SAME
    mine = LiveBallot.objects.filter(pk=ballot.pk, is_open=True)
    if before is None:
        counted = mine.filter(votes__lt=F("people")).update(
            **{field: F(field) + 1, "votes": F("votes") + 1}
        )
        result = VoteResult.COUNTED
    else:
        old = COUNT_FIELDS[_chosen_before(key, secret, before, values)]
        counted = mine.filter(**{f"{old}__gte": 1}).update(
            **{field: F(field) + 1, old: F(old) - 1}
        )
        result = VoteResult.CHANGED
    if not counted:
        return VoteResult.FULL
    # Inside the lock: the next request of this same device must find it.
    cache.set(
        marks_of(key),
        marks | {mark.device: mark.choice},
        CODE_LASTS.total_seconds(),
    )
    return result


def find_by_token(token: str, *, at: datetime) -> LiveSession | None:
    """Return the session behind an address, or None: unknown and over look alike."""
    if not (token.isascii() and token.isprintable()):
        return None
    sessions = LiveSession.objects.reachable(at).select_related("conversation")
    return sessions.filter(token=token).first()


def find_by_code(typed: str, *, at: datetime) -> LiveSession | None:
    """Return the session behind a short code as people type it: " c4d-7kx "."""
    code = "".join(sign for sign in typed.upper() if sign in CODE_SIGNS)
    if len(code) != CODE_LENGTH:
        return None
    return LiveSession.objects.reachable(at).filter(code=code).first()


def _lock_draft(conversation: Conversation) -> Conversation:
    """Lock the talk, so that two remotes do one thing after the other."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError(LOCKED)
    return locked


def _ballot_of(conversation: Conversation, question: RoundQuestion) -> LiveBallot:
    ballot = (
        LiveBallot.objects.select_for_update(of=("self",))
        .select_related("question")
        .filter(session__conversation=conversation, question=question)
        .first()
    )
    if ballot is None:
        raise ValidationError("Over deze vraag is niet gestemd.")
    return ballot


def _close(ballot: LiveBallot) -> bool:
    """Close one ballot and throw its marks away; with fewer than five all of it."""
    enough = LiveBallot.objects.filter(pk=ballot.pk, votes__gte=THRESHOLD)
    may_be_shown = bool(enough.update(is_open=False))
    cache.delete(marks_of(ballot.key))
    if not may_be_shown:
        LiveBallot.objects.filter(pk=ballot.pk).delete()
    return may_be_shown


def _is_secret(given: str) -> bool:
    return SHORTEST_SECRET <= len(given) <= LONGEST_SECRET and given.isascii()


def _mark(key: str, secret: str, value: str) -> Mark:
    device = salted_hmac(MARK_SALT, f"{key}:{secret}", algorithm="sha256").hexdigest()
    return Mark(device, _hidden_choice(key, secret, value))


def _hidden_choice(key: str, secret: str, value: str) -> str:
    """Hash a choice with the secret of the phone, which is not kept here, as the key."""
    return hmac.digest(secret.encode(), f"{key}:{value}".encode(), "sha256").hex()


def _chosen_before(key: str, secret: str, before: str, values: tuple[str, ...]) -> int:
    """Return the place of what this device chose, found by trying every answer."""
    tried = [_hidden_choice(key, secret, value) for value in values]
    return tried.index(before)
