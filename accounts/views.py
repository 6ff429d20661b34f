"""The account pages that allauth does not have: invitation, profile, own calendar, demo."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import ChoosePasswordForm, ProfileForm
from accounts.http import AuthenticatedHttpRequest
from accounts.models import CalendarFeed, User
from accounts.services import (
    accept_invitation,
    find_invitation,
    make_calendar_feed,
    revoke_calendar_feed,
)

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 - a path


# Whoever follows an invitation has no account to sign in with yet.
@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_expired.html", status=410)
    form = ChoosePasswordForm(
        request.POST if request.method == "POST" else None, user=invitation.user
    )
    if form.is_valid():
        try:
            user = accept_invitation(
                invitation=invitation, password=form.cleaned_data["password"]
            )
        except ValidationError:
            return render(request, "accounts/invitation_expired.html", status=410)
        login(request, user, backend=PASSWORD_BACKEND)
        messages.success(request, f"Welkom, {user.get_short_name()}.")
        return redirect("projects:project_list")
    context = {"form": form, "invited": invitation.user}
    return render(request, "accounts/invitation_accept.html", context)


@require_http_methods(["GET", "POST"])
def profile_edit(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=request.user
    )
    if form.is_valid():
        form.save()
        messages.success(request, "Je gegevens zijn bewaard.")
        return redirect("accounts:profile_edit")
    # The masthead shows the stored name, not a half-typed one.
    request.user.refresh_from_db(fields=["name"])
    context = {"form": form, "feed": _feed_of(request.user)}
    return render(request, "accounts/profile_form.html", context)


@require_POST
def calendar_feed_create(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show the new address once; nobody can read it back from what is stored."""
    token = make_calendar_feed(user=request.user)
    context = {
        "token": token,
        "site": settings.SITE_URL,
        # What calendar programs listen to, on a phone as well.
        "subscribe": f"webcal://{urlsplit(settings.SITE_URL).netloc}",
    }
    return render(request, "accounts/calendar_feed_create.html", context)


@require_http_methods(["GET", "POST"])
def calendar_feed_delete(request: AuthenticatedHttpRequest) -> HttpResponse:
    if request.method == "POST":
        revoke_calendar_feed(user=request.user)
        messages.success(request, "Je agenda-adres werkt niet meer.")
        return redirect("accounts:profile_edit")
    if _feed_of(request.user) is None:
        return redirect("accounts:profile_edit")
    return render(request, "accounts/calendar_feed_delete.html")


def _feed_of(user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


# The demo lets a visitor choose a person; the settings forbid it in production.
@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User.objects.demo_accounts(), pk=user_id)
    login(request, user, backend=PASSWORD_BACKEND)
    return redirect("projects:project_list")
