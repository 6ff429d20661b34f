"""The request as every signed-in view receives it, and a mark on what scripts call."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from accounts.models import User

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class AuthenticatedHttpRequest(HttpRequest):
    """A request behind the sign-in middleware: the user is never anonymous."""

    user: User
    htmx: HtmxDetails


def answers_json(view: View) -> View:
    """Mark a view that only scripts call: a stranger gets a 401, never a page."""
    view.answers_json = True  # type: ignore[attr-defined]  # read by the middleware
    return view
