"""The forms of partners: an organisation that is, or could be, involved."""

from typing import Any

from django import forms

from kader.plain_forms import PlainModelForm
from kader.vocabulary import Involvement, OrganisationType
from projects.forms.fields import field_of
from projects.models import Engagement, Organisation
from projects.services import find_organisation

NAME_LENGTH = Organisation._meta.get_field("name").max_length


def _explain_involvement(form: forms.BaseForm) -> None:
    """Say on the spot what each way to take part means."""
    field_of(form, "involvement").choices = [
        (how.value, f"{how.label}: {how.explanation[0].lower()}{how.explanation[1:]}")
        for how in Involvement
    ]


class PartnerForm(PlainModelForm):
    """A partner somebody suggests: known to the project, or new with its kind."""

    name = forms.CharField(
        label="welke organisatie?",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(
            attrs={"list": "known-organisations", "autocomplete": "off"}
        ),
    )
    kind = forms.TypedChoiceField(
        label="wat voor organisatie is het?",
        choices=[("", ""), *OrganisationType.choices],
        coerce=OrganisationType,
        empty_value=None,
        required=False,
        help_text="Niet nodig als de organisatie al in de lijst staat.",
    )

    class Meta:
        model = Engagement
        fields = ["phases", "involvement", "reason", "promise", "state"]
        widgets = {"involvement": forms.RadioSelect}
        labels = {"promise": "wat vragen we concreet?"}
        help_texts = {
            "reason": "Eén zin is genoeg. Wat zien of weten zij dat wij niet weten?",
            "promise": "Bijvoorbeeld: één overleg, of een lokaal voor de gesprekken.",
        }

    field_order = [
        "name",
        "kind",
        "reason",
        "phases",
        "involvement",
        "promise",
        "state",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _explain_involvement(self)
        # A suggestion waits for the steering group; only the coordinator goes further.
        if not self.instance.project.viewer.may_manage:
            del self.fields["state"]
        self.organisation: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        name = cleaned.get("name")
        if not name:
            return cleaned
        self.organisation = find_organisation(self.instance.project, name)
        if self.organisation is None:
            if not cleaned.get("kind") and "kind" not in self.errors:
                self.add_error(
                    "kind", "Deze organisatie is nieuw in het project. Kies een soort."
                )
        elif self.organisation.engagements.exists():
            self.add_error("name", f"{self.organisation} staat al bij de partners.")
        else:
            cleaned["kind"] = OrganisationType(self.organisation.type)
        return cleaned


class EngagementForm(PlainModelForm):
    """What the coordinator keeps about a partner: how far, with whom, what was agreed."""

    class Meta:
        model = Engagement
        fields = ["state", "contact", "promise", "phases", "involvement", "reason"]
        widgets = {"involvement": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _explain_involvement(self)
