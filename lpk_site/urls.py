from collections.abc import Callable

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib import admin
from django.http import HttpResponseBase
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.http import require_http_methods

from lpk_site import views
from lpk_site.access_table import ACCESS_TABLE


def page(where: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    """Mount a page of allauth with the methods that the access table declares.

    Its views answer to PUT as well, which no page needs.
    """
    guarded = require_http_methods(ACCESS_TABLE[name].methods)(view)
    mount = re_path if where.startswith("^") else path
    return mount(where, guarded, name=name)


# allauth's own list of addresses holds pages this product does not have (sign-up,
# changing the e-mail address), so only the ones in use are mounted, with Dutch paths.
sign_in_pages = [
    page("aanmelden/", account.login, "account_login"),
    page("afmelden/", account.logout, "account_logout"),
    page("niet-actief/", account.account_inactive, "account_inactive"),
    page("bevestigen/", account.reauthenticate, "account_reauthenticate"),
    page("wachtwoord/", account.password_change, "account_change_password"),
    # allauth sends whoever signed in without a password (the demo) from there to here.
    page("wachtwoord/kiezen/", account.password_set, "account_set_password"),
    page("wachtwoord/vergeten/", account.password_reset, "account_reset_password"),
    page(
        "wachtwoord/vergeten/verstuurd/",
        account.password_reset_done,
        "account_reset_password_done",
    ),
    page(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    page(
        "wachtwoord/veranderd/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    page("tweede-stap/", mfa.index, "mfa_index"),
    page("tweede-stap/code/", mfa.authenticate, "mfa_authenticate"),
    page("tweede-stap/bevestigen/", mfa.reauthenticate, "mfa_reauthenticate"),
    page("tweede-stap/app/aan/", totp.activate_totp, "mfa_activate_totp"),
    page("tweede-stap/app/uit/", totp.deactivate_totp, "mfa_deactivate_totp"),
    page(
        "tweede-stap/herstelcodes/",
        recovery_codes.view_recovery_codes,
        "mfa_view_recovery_codes",
    ),
    page(
        "tweede-stap/herstelcodes/nieuw/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    page(
        "tweede-stap/herstelcodes/bewaren/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("gezond/", views.health, name="health"),
    path("over-deze-gegevens/", views.about_data, name="about_data"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("hulp/", views.user_guide, name="user_guide"),
    path("account/", include(sign_in_pages)),
    path("account/", include("accounts.urls")),
    path("projecten/", include("projects.urls")),
    path("", include("rechtencirkel.urls")),
    path("projecten/", include("dialogue.urls")),
    path("projecten/", include("improvement_actions.urls")),
    path("", include("reports.urls")),
    path("beheer/", admin.site.urls),
]
