"""The forms of actions, their follow-up, feedback, anchorings and signals.

Every choice of a row offers rows of the project alone.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from dialogue.models import Conclusion
from improvement_actions.models import (
    Anchoring,
    Feedback,
    FollowUp,
    ImprovementAction,
    Signal,
)
from improvement_actions.models.action import MAX_OTHER_WERKPISTES
from kader.plain_forms import PlainModelForm, RowsField
from kader.vocabulary import ActionStatus, Competence, Recognition, Werkpiste


def not_in_future(day: date) -> None:
    """Refuse a day that still has to come."""
    if day > timezone.localdate():
        raise ValidationError(
            "Deze dag moet nog komen. Kies vandaag of een dag ervoor."
        )


class ActionForm(PlainModelForm):
    """An improvement action, in the order in which a group talks about it."""

    SECTIONS = (
        (
            "Wat en waarom",
            (
                "title",
                "description",
                "conclusion",
                "problem_statement",
                "is_opportunity",
                "werkpiste",
                "other_werkpistes",
                "domains",
                "rights",
                "policy_task",
                "core_process",
            ),
        ),
        ("Wie", ("owner", "owner_function", "partners", "competence")),
        (
            "Wanneer en hoeveel",
            (
                "starts_on",
                "due_on",
                "is_feasible_soon",
                "cost",
                "indicator",
                "indicator_start",
                "indicator_goal",
                "bbc_reference",
            ),
        ),
        ("Hoe doet de groep mee", ("target_groups", "participation")),
    )

    class Meta:
        model = ImprovementAction
        fields = [
            "title",
            "description",
            "conclusion",
            "problem_statement",
            "is_opportunity",
            "werkpiste",
            "other_werkpistes",
            "domains",
            "rights",
            "policy_task",
            "core_process",
            "owner",
            "owner_function",
            "partners",
            "competence",
            "starts_on",
            "due_on",
            "is_feasible_soon",
            "cost",
            "indicator",
            "indicator_start",
            "indicator_goal",
            "bbc_reference",
            "target_groups",
            "participation",
        ]
        labels = {
            "starts_on": "wanneer start het?",
            "indicator_start": "waar staan jullie nu?",
            "indicator_goal": "waar willen jullie naartoe?",
            "werkpiste": "langs welke werkpiste vooral?",
        }
        help_texts = {
            "indicator_start": "Een getal. Later schrijf je op hoe het verandert.",
            "participation": "Bij het uitvoeren en bij het bekijken van het resultaat.",
        }
        widgets = {"target_groups": forms.CheckboxSelectMultiple}
        field_classes = {"target_groups": RowsField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        _offer(self, "owner", project.organisations.all())
        _offer(self, "problem_statement", project.problem_statements.all())
        _offer(self, "target_groups", project.target_groups.all())
        _offer(self, "conclusion", Conclusion.objects.of_project(project))

    @property
    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        for heading, names in self.SECTIONS:
            yield heading, [self[name] for name in names]

    def clean_other_werkpistes(self) -> tuple[Werkpiste, ...]:
        others: tuple[Werkpiste, ...] = tuple(self.cleaned_data["other_werkpistes"])
        if len(others) > MAX_OTHER_WERKPISTES:
            raise ValidationError("Kies hoogstens twee andere werkpistes.")
        main = self.cleaned_data.get("werkpiste")
        if main in others:
            raise ValidationError(
                f"‘{Werkpiste(main).label}’ koos je hierboven al. Kies een andere."
            )
        return others

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts_on, due_on = cleaned.get("starts_on"), cleaned.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", "Het einde kan niet voor het begin liggen.")
        return cleaned


class FollowUpForm(PlainModelForm):
    """What happened, with the moves this action may make now."""

    class Meta:
        model = FollowUp
        fields = ["text", "happened_on", "indicator_value", "status"]
        labels = {
            "indicator_value": "is er een nieuw cijfer?",
            "status": "verandert de stand?",
        }
        help_texts = {
            "text": "In gewone taal. Stel je de actie uit of stop je ermee, schrijf dan "
            "waarom: de groep leest dit mee.",
        }
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].validators.append(not_in_future)
        action = self.instance.action
        if action.indicator:
            self.fields["indicator_value"].help_text = action.indicator
        field = self.fields["status"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [
                ("", f"Blijft {action.status_term.label.lower()}"),
                *(
                    (status.value, f"{status.label}: {_lowered(status.explanation)}")
                    for status in action.allowed_transitions
                ),
            ]

    @property
    def new_status(self) -> ActionStatus | None:
        """Where the action moves to, None when it stays."""
        chosen = self.cleaned_data["status"]
        return ActionStatus(chosen) if chosen else None


class FeedbackForm(PlainModelForm):
    """One moment at which a group was told what happened."""

    class Meta:
        model = Feedback
        fields = [
            "target_group",
            "actions",
            "given_on",
            "channel",
            "people_present",
            "told",
            "recognition",
            "reaction",
        ]
        widgets = {
            "actions": forms.CheckboxSelectMultiple,
            "recognition": forms.RadioSelect,
        }
        field_classes = {"actions": RowsField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        _offer(self, "target_group", project.target_groups.all())
        _offer(self, "actions", project.improvement_actions.all())
        self.fields["given_on"].validators.append(not_in_future)
        field = self.fields["recognition"]
        if isinstance(field, forms.TypedChoiceField):
            # A radio for "no choice" would be a choice.
            field.choices = Recognition.choices


class AnchoringForm(PlainModelForm):
    """Where a change became part of how things always go."""

    class Meta:
        model = Anchoring
        fields = ["action", "text", "kind", "decided_by", "decided_on", "review_on"]
        widgets = {"text": forms.Textarea}

    def __init__(
        self, *args: Any, actions: QuerySet[ImprovementAction], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "action", actions)
        self.fields["decided_on"].validators.append(not_in_future)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decided_on, review_on = cleaned.get("decided_on"), cleaned.get("review_on")
        if decided_on and review_on and review_on <= decided_on:
            self.add_error("review_on", "Kies een dag na de beslissing.")
        return cleaned


class SignalForm(PlainModelForm):
    """An idea for another government."""

    class Meta:
        model = Signal
        fields = ["text", "competence", "domains", "noted_on"]
        widgets = {"text": forms.Textarea, "competence": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noted_on"].validators.append(not_in_future)
        field = self.fields["competence"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [
                (level.value, f"{level.label}: {_lowered(level.explanation)}")
                for level in (Competence.FLEMISH, Competence.FEDERAL)
            ]


def _offer(form: PlainModelForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field choose from these rows alone."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _lowered(sentence: str) -> str:
    """Return a sentence as the tail of another: without capital and full stop."""
    return sentence[0].lower() + sentence[1:].rstrip(".")
