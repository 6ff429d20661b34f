"""Making links for providers, finding one behind its secret, and closing it."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from rechtencirkel.link_answers import settle
from rechtencirkel.models import AnswerCode, AnswerLink

# Names what the key is made for: the same secret key signs other things too.
LINK_SALT = "rechtencirkel.answer_link"


@dataclass(frozen=True)
class OpenSheet:
    """A link that may be answered now, and the hash of the code that opened it."""

    link: AnswerLink
    token_hash: str


@transaction.atomic
def create_link(*, link: AnswerLink, on: date, seed: str = "") -> AnswerLink:
    """Store a new link with its codes. `seed` is chosen here unless one is given.

    Raises ValidationError when its measurement is closed or its last day is over.
    """
    if link.round.is_closed:
        raise ValidationError("De meting is afgesloten. Start eerst een nieuwe meting.")
    if link.closes_on < on:
        raise ValidationError("De sluitingsdag is al voorbij. Kies een latere dag.")
    link.seed = seed or secrets.token_urlsafe(32)
    link.codes_made = link.codes_made if link.is_single_use else 0
    link.token_hash = _hash(_secret(link.seed))
    link.save()
    AnswerCode.objects.bulk_create(
        AnswerCode(link=link, token_hash=_hash(token))
        for token in sorted(_code_secrets(link))
    )
    return link


def secrets_of(link: AnswerLink) -> list[str]:
    """Return the ends of the addresses of a link: one, or one per code.

    Empty when the installation got another secret key since: old addresses still work,
    but nobody can write them out again. All codes are named, used or not.
    """
    if _hash(_secret(link.seed)) != link.token_hash:
        return []
    return _code_secrets(link) if link.is_single_use else [_secret(link.seed)]


def find_sheet(token: str, *, on: date) -> OpenSheet | None:
    """Return the sheet behind a secret, or None: unknown, used and closed look alike.

    Two queries, and the same two whatever the secret is worth.
    """
    token_hash = _hash(token)
    links = AnswerLink.objects.open(on).with_names()
    reusable = links.filter(is_single_use=False, token_hash=token_hash).first()
    by_code = links.filter(is_single_use=True, codes__token_hash=token_hash).first()
    link = reusable or by_code
    return OpenSheet(link, token_hash) if link else None


@transaction.atomic
def close_link(*, link: AnswerLink, on: date) -> AnswerLink:
    """End a link before its last day; what it still held is merged and counted."""
    closed = AnswerLink.objects.filter(pk=link.pk, closed_on=None).update(closed_on=on)
    if not closed:
        raise ValidationError("Deze link is al gesloten.")
    link.refresh_from_db()
    settle(measurement=link.round, on=on)
    return link


def _secret(purpose: str) -> str:
    """Return 256 bits in 43 signs that only this installation can make."""
    made = salted_hmac(LINK_SALT, purpose, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def _code_secrets(link: AnswerLink) -> list[str]:
    return [_secret(f"{link.seed}:{place}") for place in range(link.codes_made)]


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
