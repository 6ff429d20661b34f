"""The forms of reading over: the words, and who does it."""

from typing import Any

from django import forms

from kader.plain_forms import PlainForm, PrivacyHintMixin
from kader.privacy_hint import Finding
from kader.vocabulary import RedactionState
from projects.models import Membership, Project
from rechtencirkel.models import WITHHELD_REASON_MAX_LENGTH
from rechtencirkel.services import ROLES_THAT_REDACT

DECISIONS = (
    (RedactionState.RELEASED.value, "Ja, zoals het hierboven staat"),
    (RedactionState.WITHHELD.value, "Nee, dit tonen we niet"),
)


class RedactionForm(PrivacyHintMixin, PlainForm):
    """Reword what makes somebody recognisable, or withhold it with a reason."""

    privacy_fields = ("text", "reason")

    text = forms.CharField(
        label="Zo mag het gelezen worden",
        help_text="Verander alleen waaraan je iemand herkent: een naam, een straat, een "
        "zeldzame situatie. De rest blijft zoals het gezegd werd.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    decision = forms.TypedChoiceField(
        label="Mogen we dit tonen?",
        choices=DECISIONS,
        coerce=RedactionState,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Waarom niet?",
        help_text="Alleen als je nee koos. Schrijf ook hier geen namen.",
        required=False,
        max_length=WITHHELD_REASON_MAX_LENGTH,
    )

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text) > self.longest:
            raise forms.ValidationError(
                f"Dit is te lang: {len(text)} tekens. Er is plaats voor {self.longest}."
            )
        return text

    def _findings(self, name: str, value: Any) -> tuple[Finding, ...]:
        # What is withheld may name anybody: nobody will read it.
        is_withheld = self.cleaned_data.get("decision") == RedactionState.WITHHELD
        if name == "text" and is_withheld:
            return ()
        return super()._findings(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == RedactionState.RELEASED and cleaned.get("text") == "":
            self.add_error("text", "Schrijf hier wat getoond mag worden.")
        if decision == RedactionState.WITHHELD and cleaned.get("reason") == "":
            self.add_error("reason", "Zeg waarom we dit niet tonen.")
        return cleaned


class PersonField(forms.ModelChoiceField):
    """Names the person, not the row."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user} ({obj.get_role_display()})"


class RedactorForm(PlainForm):
    """Who reads over in this project."""

    membership = PersonField(
        label="Wie maakt onherkenbaar?",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="Voorlopig niemand",
        help_text="Kies iemand die de mensen kent en discreet is: de coördinator of "
        "iemand van een basiswerking. Kies je niemand, dan tonen we meteen de uitspraken "
        "en drempels die nog wachten en een vinkje kregen van wie ze invoerde.",
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.queryset = project.memberships.with_users().filter(
            role__in=ROLES_THAT_REDACT, user__is_active=True
        )
