"""The forms of access: who, and with which role."""

from django import forms

from accounts.models import User
from kader.plain_forms import PlainForm
from projects.models import Role

NAME_LENGTH = User._meta.get_field("name").max_length
EMAIL_LENGTH = User._meta.get_field("email").max_length


class MembershipCreateForm(PlainForm):
    """Who gets access, and with which role."""

    name = forms.CharField(label="naam", max_length=NAME_LENGTH)
    email = forms.EmailField(
        label="e-mailadres",
        max_length=EMAIL_LENGTH,
        help_text="Wie nog geen account heeft, krijgt een uitnodiging op dit adres.",
    )
    role = forms.TypedChoiceField(
        label="rol", choices=Role.choices, coerce=Role, widget=forms.RadioSelect
    )


class MembershipForm(PlainForm):
    """Another role for somebody who has access."""

    role = forms.TypedChoiceField(
        label="rol", choices=Role.choices, coerce=Role, widget=forms.RadioSelect
    )
