"""The request as every signed-in view receives it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind the sign-in middleware: the user is never anonymous."""

    user: User
    htmx: HtmxDetails
