"""The pages that belong to no project: the door, the health check, the small print."""

from email.utils import parseaddr

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe


# The door: sends everybody to where they belong.
@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("projects:project_list")
    return redirect("account_login")


# Read by a load balancer, which has no account. Says yes or no, never why.
@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return JsonResponse({"gezond": False}, status=503)
    return JsonResponse({"gezond": True})


# The law wants the four pages below readable for everybody.
@login_not_required
@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    return render(request, "lpk_site/about_data.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    # The organisation that runs the site answers at the address it also mails from.
    _, contact = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return render(request, "lpk_site/accessibility.html", {"contact": contact})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "lpk_site/privacy.html")


@login_not_required
@require_safe
def user_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "lpk_site/user_guide.html")
