"""The forms of access: who, and with which role."""

from typing import Any

from django import forms

from accounts.models import User
from kader.plain_forms import PlainForm
from projects.forms.fields import field_of
from projects.models import Membership, Role

NAME_LENGTH = User._meta.get_field("name").max_length
EMAIL_LENGTH = User._meta.get_field("email").max_length

NO_ACCESS = "none"


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


def _own_role(value: str) -> Role | None:
    return None if value == NO_ACCESS else Role(value)


class _Person(forms.ModelChoiceField):
    """Names the person, not the row."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} ({obj.get_role_display()})"


class HandOverForm(PlainForm):
    """Who becomes coordinator, and what the coordinator becomes."""

    successor = _Person(
        label="wie wordt coördinator?",
        queryset=Membership.objects.none(),
        help_text="Alleen wie een account geopend heeft.",
    )
    own_role = forms.TypedChoiceField(
        label="wat word jij?",
        choices=[
            (Role.MEMBER.value, "Stuurgroeplid"),
            (Role.GRASSROOTS.value, "Basiswerking"),
            (NO_ACCESS, "Geen toegang meer"),
        ],
        coerce=_own_role,
        empty_value=None,
        initial=Role.MEMBER.value,
        widget=forms.RadioSelect,
    )
    with_lead = forms.BooleanField(
        label="ook mijn plaats als trekker van de stuurgroep gaat over",
        required=False,
        initial=True,
    )

    def __init__(
        self, *args: Any, giver: Membership, has_lead: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "successor").queryset = (
            giver.project.memberships.with_users()
            .able_to_sign_in()
            .exclude(pk=giver.pk)
        )
        if not has_lead:
            del self.fields["with_lead"]
