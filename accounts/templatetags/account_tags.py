"""Hands the sign-in page the people of the demo; in production there are none."""

from collections.abc import Iterable

from django import template
from django.conf import settings

from accounts.models import User

register = template.Library()


@register.simple_tag
def demo_accounts() -> Iterable[User]:
    """Return whom a visitor of the demo may be. One query in the demo, else none."""
    return User.objects.demo_accounts() if settings.DEMO else []
