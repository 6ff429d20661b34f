"""The two base forms that every form of the product inherits.

They speak Dutch, wear the look's classes, and refuse what no database can hold: a lone
surrogate passes Django's own validation and then breaks the save. They also refuse what
this product stores nowhere: a national number or an account number (P1).
"""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from kader.privacy_hint import Clue, Finding, find_clues, why_refused

UNSTORABLE = re.compile("[\x00\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

# The name under which a page sends back which hints it showed.
PRIVACY_SEEN = "privacy_seen"
STAYS = "Mag het toch blijven staan? Bewaar dan opnieuw."

MESSAGES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "Vul dit nog in."},
    forms.IntegerField: {"invalid": "Vul een geheel getal in, bijvoorbeeld 7."},
    forms.DecimalField: {"invalid": "Vul een getal in, bijvoorbeeld 12,5."},
    forms.DateField: {"invalid": "Kies een dag, bijvoorbeeld 3/12/2026."},
    forms.EmailField: {"invalid": "Dit is geen e-mailadres. Kijk het nog eens na."},
    forms.ChoiceField: {
        "required": "Kies een van de mogelijkheden.",
        "invalid_choice": "Kies een van de mogelijkheden.",
    },
    forms.TypedMultipleChoiceField: {
        "required": "Kies minstens één mogelijkheid.",
        "invalid_choice": "Kies alleen uit de mogelijkheden hieronder.",
        "invalid_list": "Kies alleen uit de mogelijkheden hieronder.",
    },
    forms.ModelMultipleChoiceField: {
        "required": "Kies minstens één mogelijkheid.",
        "invalid_choice": "Kies alleen uit de mogelijkheden hieronder.",
        "invalid_pk_value": "Kies alleen uit de mogelijkheden hieronder.",
        "invalid_list": "Kies alleen uit de mogelijkheden hieronder.",
    },
}


WIDGET_CLASSES: dict[type[forms.Widget], str] = {
    forms.TextInput: "form-control",
    forms.EmailInput: "form-control",
    forms.PasswordInput: "form-control",
    forms.Textarea: "form-control",
    forms.NumberInput: "form-control short",
    forms.DateInput: "form-control short",
    forms.Select: "form-select",
}


class PlainFormMixin(forms.BaseForm):
    """Dutch messages, the look's classes and a guard on characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)

    def add_field(self, name: str, field: forms.Field) -> None:
        """Add a question that depends on rows, dressed as the others are."""
        _dress(field)
        self.fields[name] = field

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and UNSTORABLE.search(value):
                self.add_error(
                    name,
                    "Hier staat een teken dat we niet kunnen bewaren. "
                    "Typ de tekst opnieuw.",
                )
            elif refusal := self._why_refused(name, value):
                self.add_error(name, refusal)

    def _why_refused(self, name: str, value: Any) -> str:
        # Nothing may be told about what is in a password.
        is_secret = isinstance(self.fields[name].widget, forms.PasswordInput)
        if is_secret or not isinstance(value, str):
            return ""
        return why_refused(value)


class PlainForm(PlainFormMixin, forms.Form):
    """A form without a model behind it."""


class PlainModelForm(PlainFormMixin, forms.ModelForm):
    """A form that writes one row.

    Also checks the constraints that name a column the form does not show (such as the
    project): Django skips those and the save would fail instead.
    """

    def validate_unique(self) -> None:
        super().validate_unique()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))


class PrivacyHintMixin(PlainFormMixin):
    """Asks about names and the like before it saves, once (P9).

    Name the fields in `privacy_fields`, and what belongs in one of them in
    `privacy_allows`. What was shown comes back in `privacy_seen` and is then accepted:
    the writer decides. The page needs the script privacy-hint.js only to ask earlier.
    """

    privacy_fields: tuple[str, ...] = ()
    privacy_allows: ClassVar[dict[str, tuple[Clue, ...]]] = {}
    privacy_stays: ClassVar[str] = STAYS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[PRIVACY_SEEN] = forms.Field(
            required=False, widget=forms.MultipleHiddenInput
        )
        for name in self.privacy_fields:
            if name in self.fields:
                allows = ",".join(self.privacy_allows.get(name, ()))
                self.fields[name].widget.attrs["data-privacy"] = allows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = set(cleaned.get(PRIVACY_SEEN) or ())
        shown = set(seen)
        for name in self.privacy_fields:
            for finding in self._findings(name, cleaned.get(name)):
                if finding.key not in seen:
                    shown.add(finding.key)
                    self.add_error(name, f"{finding.sentence} {self.privacy_stays}")
        if shown != seen:
            # Sent back with the page, so that saving again is saying yes.
            data: Any = self.data
            again = data.copy()
            again.setlist(self.add_prefix(PRIVACY_SEEN), sorted(shown))
            self.data = again
        return cleaned

    def _findings(self, name: str, value: Any) -> tuple[Finding, ...]:
        if not isinstance(value, str):
            return ()
        found = find_clues(value, ignore=self.privacy_allows.get(name, ()))
        return tuple(finding for finding in found if not finding.blocks)


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows at once; refuses a number that no column can hold.

    Django looks all ids up together and lets such a number break the query. Name it in
    `Meta.field_classes` of every form with a many-to-many.
    """

    def clean(self, value: Any) -> Any:
        for given in value or ():
            if _is_too_large(given):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": given},
                )
        return super().clean(value)


def _is_too_large(given: Any) -> bool:
    try:
        return abs(int(given)) > models.BigIntegerField.MAX_BIGINT
    except (TypeError, ValueError):
        # Not a number at all: the field itself says so.
        return False


def _dress(field: forms.Field) -> None:
    """Give one field its messages and its widget the classes of components.css."""
    for kind, messages in MESSAGES.items():
        if isinstance(field, kind):
            field.error_messages |= messages
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 3
    css = WIDGET_CLASSES.get(type(field.widget))
    if css:
        field.widget.attrs.setdefault("class", css)
    _say_what_empty_means(field)


def _say_what_empty_means(field: forms.Field) -> None:
    """Replace Django's row of dashes by words."""
    words = "Kies" if field.required else "Niet ingevuld"
    if isinstance(field, forms.ModelMultipleChoiceField):
        return
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label is not None:
            field.empty_label = words
    elif isinstance(field, forms.TypedChoiceField):
        given: Any = field.choices
        field.choices = [(value, label if value else words) for value, label in given]
