"""What holds for every response: the headers, and how a stranger is asked to sign in.

Also what happens when two people save the same thing at one moment.
"""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

# How PostgreSQL numbers a row that may be there only once.
UNIQUE_VIOLATION = "23505"

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def response_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add the headers Django has no setting for; nothing behind a sign-in is stored."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Send a stranger to the sign-in page, also from a fragment.

    htmx follows a redirect silently and would paste the sign-in page into the fragment;
    a 401 with HX-Redirect makes the browser itself go there. A script that asked for
    data gets the bare 401: it holds text that must not be lost to a sign-in page.
    """

    def handle_no_permission(  # type: ignore[override]  # the stub knows only redirects
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if getattr(view_func, "answers_json", False):
            sentence = "Meld je opnieuw aan. Wat je typte, blijft staan."
            return JsonResponse({"reason": "sign-in", "sentence": sentence}, status=401)
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(
                status=401, headers={"HX-Redirect": reverse("account_login")}
            )
        return super().handle_no_permission(request, view_func)


class SecondLookMiddleware:
    """Let a form that lost a race look again, so that it says what is taken.

    Two people give the same name at one moment: both forms find it free, and the
    database refuses the second. Asked again, the form finds the row and says so at the
    field. A view writes in one transaction, so the first time left nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if request.method != "POST" or match is None or not _is_taken(exception):
            return None
        try:
            response: HttpResponseBase = match.func(
                request, *match.args, **match.kwargs
            )
        except IntegrityError:
            # The form does not see what is taken: that is a fault to report.
            return None
        return response


def _is_taken(exception: Exception) -> bool:
    """Whether the database refused something that may be there only once."""
    if not isinstance(exception, IntegrityError):
        return False
    cause = exception.__cause__
    return (
        getattr(cause, "pgcode", "") == UNIQUE_VIOLATION
        or getattr(cause, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_UNIQUE"
    )
