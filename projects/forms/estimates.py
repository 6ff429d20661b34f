"""The form of a member's own estimate."""

from typing import Any

from django import forms
from django.utils import timezone

from kader.plain_forms import PlainModelForm
from kader.vocabulary import SocialRight
from projects.estimates import ANCHORS, UNKNOWN, faults_of
from projects.models import ProblemEstimate

DOES_NOT_KNOW = "unknown"
SEVERITY_CHOICES = [
    *((str(score), anchor) for score, anchor in enumerate(ANCHORS)),
    (DOES_NOT_KNOW, UNKNOWN),
]


def _severity(value: str) -> int | None:
    return None if value == DOES_NOT_KNOW else int(value)


def _severity_field(right: SocialRight) -> forms.TypedChoiceField:
    """Ask how serious one right is here, with a way not to know."""
    return forms.TypedChoiceField(
        label=right.label,
        help_text=right.explanation,
        choices=SEVERITY_CHOICES,
        coerce=_severity,
        empty_value=None,
        required=False,
        initial=DOES_NOT_KNOW,
        widget=forms.RadioSelect,
    )


class EstimateForm(PlainModelForm):
    """What one member sees happen, how serious each right is, and where it comes from."""

    participation = _severity_field(SocialRight.PARTICIPATION)
    social_services = _severity_field(SocialRight.SOCIAL_SERVICES)
    income = _severity_field(SocialRight.INCOME)
    family = _severity_field(SocialRight.FAMILY)
    education = _severity_field(SocialRight.EDUCATION)
    leisure = _severity_field(SocialRight.LEISURE)
    work = _severity_field(SocialRight.WORK)
    housing = _severity_field(SocialRight.HOUSING)
    health = _severity_field(SocialRight.HEALTH)

    class Meta:
        model = ProblemEstimate
        fields = ["text", "source_kind", "source", "source_year"]
        help_texts = {
            "text": "Eén of twee zinnen zijn genoeg. Schrijf geen namen en geen "
            "herkenbare situaties.",
            "source_kind": "Een cijfer uit een bron, een signaal uit je werk, of een "
            "inschatting op gevoel.",
            "source": "Bijvoorbeeld: jaarverslag OCMW. Nodig als je een cijfer noemt.",
        }

    @property
    def severity_fields(self) -> list[forms.BoundField]:
        """The nine rights, in framework order."""
        return [self[right.value] for right in SocialRight]

    @property
    def severities(self) -> dict[SocialRight, int]:
        """What was scored; a right about which the member does not know is left out."""
        given = {right: self.cleaned_data.get(right.value) for right in SocialRight}
        return {right: score for right, score in given.items() if score is not None}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        faults = faults_of(
            text=cleaned.get("text", ""),
            source_kind=cleaned.get("source_kind", ""),
            source=cleaned.get("source", ""),
            source_year=cleaned.get("source_year"),
            severities=self.severities,
            on=timezone.localdate(),
        )
        for name, sentence in faults.items():
            # Who typed something that cannot be has heard so already.
            if name not in self.errors:
                self.add_error(name, sentence)
        return cleaned
