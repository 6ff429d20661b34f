"""What holds for every response: the headers, and how a stranger is asked to sign in."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse

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
