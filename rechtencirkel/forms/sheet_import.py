"""The form that takes a filled-in template."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kader.plain_forms import PlainForm
from rechtencirkel.sheet_file import (
    MAX_BYTES,
    TOO_BIG,
    FileRefusedError,
    Grid,
    read_file,
)

NOTHING_CHOSEN = "Kies het ingevulde sjabloon."


class GridField(forms.FileField):
    """A workbook or a list with separators, read by its content."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Grid:
        if not isinstance(data, UploadedFile):
            raise ValidationError(NOTHING_CHOSEN)
        if not data.size:
            raise ValidationError("Dit bestand is leeg.")
        if data.size > MAX_BYTES:
            raise ValidationError(TOO_BIG)
        try:
            return read_file(data.read())
        except FileRefusedError as error:
            raise ValidationError(str(error)) from error


class SheetFileForm(PlainForm):
    """A file with what a group said."""

    file = GridField(
        label="Het ingevulde sjabloon",
        help_text="Een .xlsx- of .csv-bestand van hoogstens 1 MB.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= {
            "accept": ".xlsx,.csv",
            "class": "form-control",
        }
