"""The forms of a conversation."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PlainForm, PlainModelForm, PrivacyHintMixin
from kader.privacy_hint import Clue
from kader.vocabulary import ConversationKind, RespondentCategory, ServiceDomain, Side
from projects.models import Membership
from rechtencirkel.forms.redaction import PersonField
from rechtencirkel.models import Conversation
from rechtencirkel.models.conversation import FIRST_CHANGE_MAX_LENGTH
from rechtencirkel.services import (
    Loss,
    lost_without,
    save_details,
    who_may_take_over,
)


class ConversationForm(PrivacyHintMixin, PlainModelForm):
    """Plan or describe one conversation; asks only what its side needs."""

    privacy_fields = ("title", "place")
    # Where people meet may be a street and a number.
    privacy_allows: ClassVar = {"place": (Clue.ADDRESS,)}
    losses: tuple[Loss, ...] = ()

    class Meta:
        model = Conversation
        fields = [
            "title",
            "kind",
            "target_group",
            "organisation",
            "category",
            "held_on",
            "place",
            "guide",
            "helps_participants",
            "people",
            "language",
            "has_interpreter",
            "domains",
            "has_consent",
        ]
        widgets = {"kind": forms.RadioSelect, "category": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conversation: Conversation = self.instance
        side = Side(conversation.side)
        self._offer("target_group", conversation.project.target_groups.all())
        self._offer("organisation", conversation.project.organisations.all())
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (c.value, c.label) for c in RespondentCategory if c.side == side
        ]
        # Answers by link are gathered by the product, never typed in.
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in ConversationKind.choices
            if choice[0] != ConversationKind.BY_LINK
        ]
        if side == Side.TARGET_GROUP:
            self._require_target_group()
        else:
            self._ask_a_service()

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def _require_target_group(self) -> None:
        field = self.fields["target_group"]
        field.required = True
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = "Kies"

    def _ask_a_service(self) -> None:
        for name in (
            "target_group",
            "kind",
            "language",
            "has_interpreter",
            "helps_participants",
        ):
            del self.fields[name]
        self.fields["title"].label = "Naam van deze reeks antwoorden"
        self.fields["title"].help_text = "Bijvoorbeeld: sociale dienst, november."
        self.fields["category"].label = "Welke functies?"
        self.fields[
            "category"
        ].help_text = "Kies de ruime groep als er minder dan 5 mensen zijn per functie."
        self.fields["people"].label = "Hoeveel mensen antwoordden?"
        self.fields["people"].help_text = "Onder 5 tonen we niets."
        self.fields["guide"].label = "Wie verzamelde de antwoorden?"
        self.fields["guide"].help_text = ""
        self.fields["domains"].label = "Over welke domeinen antwoordden ze?"
        self.fields[
            "has_consent"
        ].label = "Iedereen weet waarvoor dit dient en deed vrijwillig mee"
        self.fields["has_consent"].help_text = ""

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        opened_on = self.instance.round.opened_on
        if held_on < opened_on:
            raise ValidationError(
                f"De meting begon op {opened_on:%d/%m/%Y}. Kies een latere dag."
            )
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == ConversationKind.INDIVIDUAL and cleaned.get(
            "people"
        ) not in (None, 1):
            self.add_error("people", "Een individueel gesprek is met één persoon.")
        if self.instance.pk and "domains" in cleaned:
            self._ask_before_loss(cleaned["domains"])
        return cleaned

    def save(self, commit: bool = True) -> Conversation:  # noqa: FBT001, FBT002 - Django's
        """Write a new talk, or what this form asks of one that is there."""
        if self.instance.pk is None:
            created: Conversation = super().save(commit)
            return created
        asked = [name for name in self._meta.fields or () if name in self.fields]
        return save_details(conversation=self.instance, changed=asked)

    def _ask_before_loss(self, domains: Sequence[ServiceDomain]) -> None:
        """Ask a tick per domain that goes while something stands on its page."""
        self.losses = lost_without(conversation=self.instance, domains=domains)
        if not self.losses:
            return
        choices = [(loss.domain.value, loss.sentence) for loss in self.losses]
        self.add_field(
            "wiped",
            forms.MultipleChoiceField(
                label="Wat mag weg?",
                help_text="Je haalt een domein weg waarover al iets op het blad staat. "
                "Vink aan wat we mogen wissen. Dat kun je niet ongedaan maken. Wil je "
                "niets wissen, vink het domein dan weer aan.",
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            ),
        )
        # Right under the domains, where it was caused.
        names = [name for name in self.fields if name != "wiped"]
        names.insert(names.index("domains") + 1, "wiped")
        self.order_fields(names)
        data: Any = self.data
        ticked = set(data.getlist(self.add_prefix("wiped")))
        if not {value for value, _ in choices} <= ticked:
            self.add_error(
                "wiped",
                "Vink aan wat we mogen wissen, of hou het domein bij het gesprek.",
            )


class RenameForm(PrivacyHintMixin, PlainModelForm):
    """The name and the place of a talk, also after its report was handed in."""

    privacy_fields = ("title", "place")
    privacy_allows: ClassVar = {"place": (Clue.ADDRESS,)}

    class Meta:
        model = Conversation
        fields = ["title", "place"]


class HandOverForm(PlainForm):
    """Who types this sheet from now on."""

    membership = PersonField(
        label="Wie voert dit blad verder in?", queryset=Membership.objects.none()
    )

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["membership"]
        field.queryset = who_may_take_over(conversation)


class FirstChangeForm(PrivacyHintMixin, PlainForm):
    """The last question of every sheet."""

    privacy_fields = ("text",)

    text = forms.CharField(
        label="Wat moet er als eerste veranderen?",
        max_length=FIRST_CHANGE_MAX_LENGTH,
        required=False,
        widget=forms.Textarea,
    )


def wanted_domain(given: str) -> ServiceDomain | None:
    """Read a domain from an address; anything else is ignored."""
    return ServiceDomain(given) if given in ServiceDomain.values else None
