"""The form of a problem statement."""

from typing import Any

from django import forms
from django.utils import timezone

from kader.plain_forms import PlainModelForm, PrivacyHintMixin, RowsField
from rechtencirkel.models import ProblemStatement, Quote


class ProblemStatementForm(PrivacyHintMixin, PlainModelForm):
    """Name a problem and what it rests on."""

    privacy_fields = ("text", "explanation")

    class Meta:
        model = ProblemStatement
        fields = [
            "text",
            "explanation",
            "domains",
            "target_groups",
            "quotes",
            "barrier_kind",
            "barrier_level",
            "non_take_up",
            "rights",
            "recognition",
            "rank",
        ]
        widgets = {
            "target_groups": forms.CheckboxSelectMultiple,
            "quotes": forms.CheckboxSelectMultiple,
        }
        field_classes = {"target_groups": RowsField, "quotes": RowsField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        target_groups, quotes = self.fields["target_groups"], self.fields["quotes"]
        if isinstance(target_groups, forms.ModelMultipleChoiceField):
            target_groups.queryset = project.target_groups.all()
        if isinstance(quotes, forms.ModelMultipleChoiceField):
            quotes.queryset = Quote.objects.shown(timezone.localdate()).filter(
                conversation__project=project
            )
            quotes.help_text = "Alleen uitspraken die vrijgegeven zijn staan hier."
