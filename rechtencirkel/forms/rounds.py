"""The forms of a measurement, and of a single day."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from kader.plain_forms import PlainForm, PlainModelForm
from rechtencirkel.models import Round
from rechtencirkel.services import DEFAULT_SERVICE


class RoundForm(PlainModelForm):
    """Start a measurement."""

    service = forms.CharField(
        label="Over welke dienst gaan de vragen?",
        help_text="Met het lidwoord erbij, zoals ‘het OCMW’. Dat staat straks in de vragen.",
        initial=DEFAULT_SERVICE,
        max_length=60,
    )

    class Meta:
        model = Round
        fields = ["title", "opened_on"]


class DayForm(PlainForm):
    """One day in the past or today: a closing, a reading back."""

    day = forms.DateField(label="Wanneer?", initial=timezone.localdate)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Kies vandaag of vroeger.")
        return day
