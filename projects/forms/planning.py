"""The forms of the planning."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from kader.plain_forms import PlainModelForm
from projects.models import Planning


class PlanningForm(PlainModelForm):
    """The next version of the planning."""

    class Meta:
        model = Planning
        fields = [
            "target_participants",
            "target_not_reached",
            "target_providers",
            "agreed_on",
            "remark",
        ]
        help_texts = {
            "target_participants": (
                "Ons voorstel: 12 mensen per gekozen doelgroep, in twee gesprekken."
            ),
            "target_providers": "Ons voorstel: de helft van de sociale dienst.",
            "agreed_on": (
                "De dag waarop elk lid de planning haalbaar vond. "
                "Laat leeg zolang jullie nog overleggen."
            ),
            "remark": "Bijvoorbeeld: niet in de kerstvakantie.",
        }

    def clean_agreed_on(self) -> Any:
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on is not None and agreed_on > timezone.localdate():
            raise ValidationError("Kies vandaag of een dag die voorbij is.")
        return agreed_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        everybody: int | None = cleaned.get("target_participants")
        not_reached: int = cleaned.get("target_not_reached") or 0
        if everybody is not None and not_reached > everybody:
            self.add_error(
                "target_not_reached",
                f"Dit is een deel van de {everybody} mensen hierboven. "
                "Vul een kleiner getal in.",
            )
        return cleaned
