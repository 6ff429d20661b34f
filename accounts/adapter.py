"""What allauth may do here, and its words: it signs people in, never up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


class AccountAdapter(DefaultAccountAdapter):
    """Accounts begin with an invitation."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": (
            "Het e-mailadres of het wachtwoord klopt niet. Kijk ze allebei na."
        ),
        "enter_current_password": "Dit is niet je wachtwoord van nu.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "too_many_login_attempts": (
            "Je probeerde te veel keer. Wacht vijf minuten en probeer dan opnieuw."
        ),
        "rate_limited": "Je probeerde te veel keer. Wacht vijf minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile_edit")


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step of signing in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": "Zet eerst de tweede stap aan.",
        "incorrect_code": "Deze code klopt niet. Neem de code die nu in je app staat.",
    }

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the drawing as markup for in a page.

        The content security policy refuses it as a data: image. It is safe: allauth
        draws one path out of squares, whatever the address in it says.
        """
        drawing: str = super().build_totp_svg(url)
        return mark_safe(drawing[drawing.index("<svg") :])  # noqa: S308
