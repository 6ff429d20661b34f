"""How an account begins, and the secret addresses that belong to it."""

import hashlib
import logging
import secrets
from datetime import timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import CalendarFeed, Invitation, User

logger = logging.getLogger(__name__)

INVITATION_DAYS = 7


def token_hash(token: str) -> str:
    """Return what is stored of an invitation's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, name: str, invited_by: User | None) -> User:
    """Return the user with this address; a new one is mailed a link that works once.

    A second invitation voids the first. Somebody who already chose a password gets no
    link: an invitation never opens an existing account.
    """
    address = User.objects.normalize_email(email).lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, name)
    if user.has_usable_password():
        return user
    user.invitations.usable().update(expires_at=timezone.now())
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        token_hash=token_hash(token),
        invited_by=invited_by,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    transaction.on_commit(partial(_mail_invitation, user, token))
    return user


def find_invitation(token: str) -> Invitation | None:
    """Return the usable invitation behind a secret. One query.

    An invitation is worth nothing once its user has a password, however that was chosen:
    an old link must not open an account that exists.
    """
    invitation = (
        Invitation.objects.usable()
        .filter(token_hash=token_hash(token), user__is_active=True)
        .select_related("user")
        .first()
    )
    if invitation is None or invitation.user.has_usable_password():
        return None
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> User:
    """Set the password and use the invitation up.

    The claim is one conditional update, so two simultaneous clicks give one account.
    Raises ValidationError when somebody was first.
    """
    claimed = Invitation.objects.usable().filter(pk=invitation.pk)
    if claimed.update(accepted_at=timezone.now()) != 1:
        raise ValidationError("Deze uitnodiging is al gebruikt of vervallen.")
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def make_calendar_feed(*, user: User) -> str:
    """Return a new secret for the calendar of this user; the old address stops working.

    The secret is known only now: what is stored cannot give it back.
    """
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={"token_hash": token_hash(token), "created_at": timezone.now()},
    )
    return token


def revoke_calendar_feed(*, user: User) -> None:
    """Make the address of this user's calendar worthless, if there is one."""
    CalendarFeed.objects.filter(user=user).delete()


def find_calendar_feed(token: str) -> CalendarFeed | None:
    """Return the feed behind a secret, of somebody who may still sign in. One query."""
    return (
        CalendarFeed.objects.filter(token_hash=token_hash(token), user__is_active=True)
        .select_related("user")
        .first()
    )


def _mail_invitation(user: User, token: str) -> None:
    """Mail the link. A mail server that is down leaves the invitation as it is."""
    path = reverse("accounts:invitation_accept", args=[token])
    context = {
        "user": user,
        "link": f"{settings.SITE_URL}{path}",
        "days": INVITATION_DAYS,
    }
    try:
        send_mail(
            "Je uitnodiging voor de Rechtencirkel",
            render_to_string("accounts/invitation_mail.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
        )
    except (SMTPException, OSError):
        logger.exception("No mail could be sent to user %s", user.pk)
