"""The forms of the steering group: organisations and seats."""

from typing import Any

from django import forms

from accounts.models import User
from kader.plain_forms import PlainModelForm
from kader.vocabulary import OrganisationType, Side
from projects.forms.fields import field_of
from projects.models import Organisation, SteeringGroupMember


class OrganisationForm(PlainModelForm):
    """An organisation around the table."""

    class Meta:
        model = Organisation
        fields = ["name", "type", "side"]
        widgets = {"side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without the empty choice, which a row of radio buttons does not need.
        field_of(self, "side").choices = Side.choices


class MemberForm(PlainModelForm):
    """A seat in the steering group."""

    class Meta:
        model = SteeringGroupMember
        fields = [
            "organisation",
            "name",
            "is_pseudonym",
            "role",
            "function",
            "ocmw_profile",
            "since",
            "until",
            "user",
        ]
        labels = {"user": "account in dit project"}
        help_texts = {
            "user": "Niet nodig om in de stuurgroep te zitten.",
            "until": "Maak leeg als deze persoon toch blijft.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        field_of(self, "organisation").queryset = project.organisations.all()
        field_of(self, "user").queryset = User.objects.filter(
            memberships__project=project
        )
        # Leaving has a page of its own; here it can only be taken back.
        if self.instance.until is None:
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        if (
            organisation is not None
            and cleaned.get("ocmw_profile")
            and organisation.type != OrganisationType.OCMW
        ):
            self.add_error(
                "ocmw_profile",
                "Dit geldt alleen voor mensen van het OCMW. "
                f"Bij {organisation} kies je ‘Niet ingevuld’.",
            )
        return cleaned


class MemberEndForm(PlainModelForm):
    """The day on which somebody leaves the steering group."""

    class Meta:
        model = SteeringGroupMember
        fields = ["until"]
        help_texts = {"until": "Vanaf deze dag telt deze persoon niet meer mee."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
