"""The forms of the course: another phase, a chance, how the group took part."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import ParticipationState, Phase
from projects.forms.fields import field_of
from projects.models import Opportunity, ParticipationCheck, PhaseChange

STATE_WORDS = {
    ParticipationState.DONE: "de groep deed mee",
    ParticipationState.PLANNED: "het moet nog gebeuren",
    ParticipationState.NONE: "de groep doet niet mee",
}

REASON = PhaseChange._meta.get_field("reason")


class PhaseChangeForm(PlainForm):
    """Which phase, and why; services.change_phase says whether a reason is owed."""

    phase = forms.TypedChoiceField(
        label="naar welke fase?",
        choices=Phase.choices,
        coerce=Phase,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="waarom?",
        max_length=REASON.max_length,
        required=False,
        widget=forms.Textarea,
        help_text="Eén zin is genoeg. Hij blijft bij het verloop van het project staan.",
    )


class OpportunityForm(PlainModelForm):
    """Something that happens anyway, and what the project can do with it."""

    class Meta:
        model = Opportunity
        fields = ["text", "chance", "noted_on", "until", "is_used"]
        help_texts = {
            "chance": "Eén idee is genoeg. Later maak je er een actie van.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What is noted now still has to be used.
        if self.instance.pk is None:
            del self.fields["is_used"]

    def clean_noted_on(self) -> date:
        noted_on: date = self.cleaned_data["noted_on"]
        if noted_on > timezone.localdate():
            raise ValidationError("Kies vandaag of een dag die voorbij is.")
        return noted_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        noted_on, until = cleaned.get("noted_on"), cleaned.get("until")
        if noted_on and until and until < noted_on:
            self.add_error(
                "until", "Deze dag ligt voor de dag waarop je de kans noteerde."
            )
        return cleaned


class ParticipationForm(PlainModelForm):
    """How the group takes part at one moment; words are owed in every state."""

    class Meta:
        model = ParticipationCheck
        fields = ["state", "text"]
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "state").choices = [
            (state.value, f"{state.label}: {words}")
            for state, words in STATE_WORDS.items()
        ]
        self.fields["text"].error_messages["required"] = (
            "Schrijf in één zin hoe, of waarom niet."
        )
