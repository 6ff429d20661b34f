"""How a form of the preparation reaches one of its own fields."""

from typing import Any

from django import forms


def field_of(form: forms.BaseForm, name: str) -> Any:
    """Return one field as its own kind; a form knows them all as plain fields."""
    return form.fields[name]
