"""The forms with which somebody opens an account, signs in or changes their details.

Those of allauth keep their behaviour and get our words and classes; the settings
ACCOUNT_FORMS and MFA_FORMS say which replaces which.
"""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from kader.plain_forms import PlainForm, PlainFormMixin, PlainModelForm

PASSWORD_HINT = "Minstens 12 tekens. Een korte zin onthoud je makkelijk."  # noqa: S105
NEW_PASSWORD = {
    "password1": ("Kies een wachtwoord", PASSWORD_HINT),
    "password2": ("Typ het wachtwoord nog eens", ""),
}


class ChoosePasswordForm(PlainForm):
    """Choose the first password, typed twice."""

    password = forms.CharField(
        label="Kies een wachtwoord",
        help_text=PASSWORD_HINT,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label="Typ het wachtwoord nog eens",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, repeated = cleaned.get("password"), cleaned.get("repeated")
        if password and repeated and password != repeated:
            self.add_error(
                "repeated", ValidationError("De twee wachtwoorden zijn niet gelijk.")
            )
        return cleaned


class ProfileForm(PlainModelForm):
    """What people may change about themselves."""

    class Meta:
        model = User
        fields = ["name", "wants_digest"]


class AllauthFormMixin(PlainFormMixin):
    """Makes a form of allauth look and speak like the others.

    `words` gives a field its label and its hint. A placeholder that repeats the label
    goes: it disappears as soon as somebody types.
    """

    words: ClassVar[dict[str, tuple[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words[name]


class SignInForm(AllauthFormMixin, allauth_forms.LoginForm):
    words: ClassVar = {"login": ("E-mailadres", ""), "password": ("Wachtwoord", "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Password managers look for this one beside a current password.
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ForgottenPasswordForm(AllauthFormMixin, allauth_forms.ResetPasswordForm):
    words: ClassVar = {"email": ("E-mailadres", "Het adres waarmee je je aanmeldt.")}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail whoever has the address, also when there is no account.

        Both answers look the same and cost the same, so nobody learns who has an account.
        """
        if self.users:
            saved: str = super().save(request, **kwargs)
            return saved
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class NewPasswordForm(AllauthFormMixin, allauth_forms.ResetPasswordKeyForm):
    words: ClassVar = NEW_PASSWORD


class FirstPasswordForm(AllauthFormMixin, allauth_forms.SetPasswordForm):
    words: ClassVar = NEW_PASSWORD


class ChangePasswordForm(AllauthFormMixin, allauth_forms.ChangePasswordForm):
    words: ClassVar = {"oldpassword": ("Je wachtwoord van nu", ""), **NEW_PASSWORD}


class ConfirmPasswordForm(AllauthFormMixin, allauth_forms.ReauthenticateForm):
    words: ClassVar = {"password": ("Wachtwoord", "")}


class SignInCodeForm(AllauthFormMixin, AuthenticateForm):
    words: ClassVar = {"code": ("Code", "Zes cijfers uit je app, of een herstelcode.")}


class ConfirmCodeForm(AllauthFormMixin, ReauthenticateForm):
    words: ClassVar = SignInCodeForm.words


class ActivateSecondStepForm(AllauthFormMixin, ActivateTOTPForm):
    words: ClassVar = {"code": ("Code", "De zes cijfers die nu in je app staan.")}
