"""The forms of a dialogue: the session, its agenda, its conclusions, both sides' answers.

A closed session refuses every form; the services refuse it too.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dialogue.models import AgendaItem, Conclusion, DialogueSession, SessionState
from dialogue.services import CLOSED
from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import Confirmation, DialogueDecision


class SessionForm(PlainModelForm):
    """When and where, the preparation, and who was there on each side."""

    class Meta:
        model = DialogueSession
        fields = [
            "title",
            "held_on",
            "place",
            "guide",
            "prepared_with_group_on",
            "residents_present",
            "ocmw_present",
            "partners_present",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.state == SessionState.CLOSED:
            raise ValidationError(CLOSED)
        held_on = cleaned.get("held_on")
        prepared_on = cleaned.get("prepared_with_group_on")
        if held_on and prepared_on and prepared_on > held_on:
            self.add_error(
                "prepared_with_group_on",
                "De voorbereiding komt voor de dialoog. Kijk de dag nog eens na.",
            )
        return cleaned


class CloseForm(PlainForm):
    """Nothing to fill in: it carries the reason why closing is refused."""


class AgendaItemForm(PlainModelForm):
    """One point: a problem statement of the project, or a domain."""

    class Meta:
        model = AgendaItem
        fields = ["problem_statement", "domain", "minutes"]
        labels = {"problem_statement": "over welk probleem?"}
        help_texts = {
            "problem_statement": "Een zin waar jullie in de analyse op uitkwamen.",
            "domain": "Kies dit als er nog geen zin is, alleen een verschil van mening.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["problem_statement"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.instance.session.project.problem_statements.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _refuse_closed(self.instance.session)
        return cleaned


class ConclusionForm(PlainModelForm):
    """What was agreed on one point, with a reason when it is not done."""

    class Meta:
        model = Conclusion
        fields = ["text", "decision", "reason", "dissent"]
        widgets = {"text": forms.Textarea, "decision": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decision"]
        if isinstance(field, forms.TypedChoiceField):
            # A radio for "no choice" would be a choice.
            field.choices = DialogueDecision.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _refuse_closed(self.instance.session)
        decision = cleaned.get("decision")
        if decision and decision != DialogueDecision.DO and not cleaned.get("reason"):
            self.add_error("reason", "Schrijf waarom: de groep heeft recht op uitleg.")
        return cleaned


class ConfirmationForm(PlainModelForm):
    """What each side says about a conclusion, apart from each other."""

    class Meta:
        model = Conclusion
        fields = [
            "target_confirmation",
            "target_remark",
            "provider_confirmation",
            "provider_remark",
        ]
        labels = {
            "target_confirmation": "wat zeggen de bewoners?",
            "provider_confirmation": "wat zeggen het OCMW en de diensten?",
            "target_remark": "hun opmerking",
            "provider_remark": "hun opmerking",
        }
        help_texts = {
            "target_remark": "In hun eigen woorden, zonder namen.",
            "provider_remark": "In hun eigen woorden, zonder namen.",
        }
        widgets = {
            "target_confirmation": forms.RadioSelect,
            "provider_confirmation": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("target_confirmation", "provider_confirmation"):
            field = self.fields[name]
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [("", "Nog niet gevraagd"), *Confirmation.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _refuse_closed(self.instance.session)
        for side in ("target", "provider"):
            said = cleaned.get(f"{side}_confirmation")
            if said == Confirmation.AGREED_WITH_REMARK and not cleaned.get(
                f"{side}_remark"
            ):
                self.add_error(f"{side}_remark", "Schrijf welke opmerking zij maakten.")
        return cleaned


def _refuse_closed(session: DialogueSession) -> None:
    if session.is_closed:
        raise ValidationError(CLOSED)
