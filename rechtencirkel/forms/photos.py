"""The form that takes photos of a filled-in sheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PlainForm
from rechtencirkel.models.photos import MAX_PHOTOS
from rechtencirkel.pictures import Picture, PictureError, read_picture

NOTHING_CHOSEN = "Neem een foto, of kies er een."


class PhotosInput(forms.FileInput):
    """Takes several files, from one control or more of the same name."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos by content; every one that cannot be read is named by its place."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        files = [file for file in data or () if file]
        if not files:
            raise ValidationError(NOTHING_CHOSEN)
        if len(files) > MAX_PHOTOS:
            raise ValidationError(
                f"Je koos {len(files)} foto's. Bij één blad passen er {MAX_PHOTOS}."
            )
        pictures, refused = [], []
        for number, file in enumerate(files, start=1):
            try:
                pictures.append(read_picture(file, file.size))
            except PictureError as error:
                which = f"Foto {number}" if len(files) > 1 else "Deze foto"
                refused.append(f"{which} {error}")
        if refused:
            raise ValidationError(refused)
        return pictures


class PhotosForm(PlainForm):
    """Photos or scans of the paper; never of people."""

    photos = PhotosField(label="Foto's of scans van het blad")
