"""Columns that hold the vocabulary, and the constraints that bind the database to it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Exact

from kader.vocabulary import Term


class TermSetField(models.CharField):
    """Several terms of one list in one column, always in framework order.

    Stored as ``<access><reception>``: readable in SQL, searchable with ``contains``, and
    checkable by the database (`subset_of`), which a JSON list or a bit mask is not.
    In Python the value is a tuple of members without doubles.
    """

    # For the type checker only: what may be set, and what is read back.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, terms: type[Term], **kwargs: Any) -> None:
        self.terms = terms
        kwargs.setdefault("max_length", sum(len(value) + 2 for value in terms.values))
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.terms, *args], kwargs

    def from_db_value(self, value: Any, *_: Any) -> tuple[Term, ...]:
        return self._members(value)

    def to_python(self, value: Any) -> Any:
        return self._members(value)

    def get_prep_value(self, value: Any) -> str:
        return "".join(f"<{term.value}>" for term in self._members(value))

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        """Skip the length validator: the members bound the length themselves."""

    def formfield(self, **kwargs: Any) -> Any:  # type: ignore[override]  # one kind of field only
        return forms.TypedMultipleChoiceField(
            choices=self.terms.choices,
            coerce=self.terms,
            required=not self.blank,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            widget=forms.CheckboxSelectMultiple,
        )

    def _members(self, value: Any) -> tuple[Term, ...]:
        if not value:
            return ()
        given: Iterable[str] = value
        if isinstance(value, str):
            given = value.removeprefix("<").removesuffix(">").split("><")
        wanted = {str(item) for item in given}
        unknown = wanted - set(self.terms.values)
        if unknown:
            raise ValidationError(f"Onbekende keuze: {', '.join(sorted(unknown))}.")
        return tuple(term for term in self.terms if term.value in wanted)


def one_of(
    model: str, field: str, terms: type[Term], *, blank: bool = False
) -> models.CheckConstraint:
    """Bind a column that holds one term (or, when blank, none) to its list."""
    values = [*terms.values, ""] if blank else terms.values
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"{model}_{field}_known"
    )


def subset_of(model: str, field: str, terms: type[Term]) -> models.CheckConstraint:
    """Bind a `TermSetField` to its list: without its known terms nothing remains."""
    rest: Any = F(field)
    for value in terms.values:
        rest = Replace(rest, Value(f"<{value}>"), Value(""))
    return models.CheckConstraint(
        condition=Q(Exact(rest, Value(""))), name=f"{model}_{field}_known"
    )
