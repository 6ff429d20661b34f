"""The forms of a measurement, and of a single day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import CircleSize
from rechtencirkel.models import QuestionSet, Round
from rechtencirkel.services import DEFAULT_SERVICE


class RoundForm(PlainModelForm):
    """Start a measurement."""

    service = forms.CharField(
        label="Over welke dienst gaan de vragen?",
        help_text="Met het lidwoord erbij, zoals ‘het OCMW’. Dat staat straks in de vragen.",
        initial=DEFAULT_SERVICE,
        max_length=60,
    )

    previous = forms.ModelChoiceField(
        label="Neem de vragen van een vorige meting over",
        queryset=Round.objects.none(),
        required=False,
        help_text="Ook wat jullie verborgen, anders verwoordden of toevoegden.",
    )
    size = forms.TypedChoiceField(
        label="Met hoeveel vragen beginnen jullie?",
        choices=[(s.value, f"{s.label}: {s.explanation}") for s in CircleSize],
        coerce=CircleSize,
        initial=CircleSize.FULL.value,
        empty_value=CircleSize.FULL,
        required=False,
        widget=forms.RadioSelect,
        help_text="Je kunt later nog vragen verbergen of weer stellen. Neem je een vorige "
        "meting over, dan blijft ook verborgen wat toen verborgen was.",
    )
    question_set = forms.ModelChoiceField(
        label="Welke versie van de vragenbank?",
        queryset=QuestionSet.objects.none(),
        required=False,
    )

    class Meta:
        model = Round
        fields = ["title", "opened_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rounds = self.instance.project.rounds.all()
        newest = "De nieuwste, of die van de vorige meting" if rounds else "De nieuwste"
        self._offer("question_set", QuestionSet.objects.all(), empty=newest)
        self._offer("previous", rounds, empty="Nee, begin opnieuw")
        if not rounds:
            del self.fields["previous"]

    def _offer(self, name: str, rows: Any, *, empty: str) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
            field.empty_label = empty


class DayForm(PlainForm):
    """One day in the past or today: a closing, a reading back."""

    day = forms.DateField(label="Wanneer?", initial=timezone.localdate)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Kies vandaag of vroeger.")
        return day
