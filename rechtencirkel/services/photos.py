"""Keeping photos of paper beside a sheet; the night that takes them is rechtencirkel.photo_files."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction

from rechtencirkel.models import Conversation, SheetPhoto
from rechtencirkel.models.photos import MAX_PHOTOS
from rechtencirkel.photo_files import remove_files, write_file
from rechtencirkel.pictures import Picture

LOCKED = "Dit gesprek is ingediend. Er kunnen geen foto's meer bij."


def add_photos(
    *, conversation: Conversation, pictures: Sequence[Picture], on: date
) -> list[SheetPhoto]:
    """Keep pictures with a sheet that is still open: all of them or none.

    Raises ValidationError when the sheet is locked or gets too many.
    """
    names = [write_file(picture.content) for picture in pictures]
    try:
        return _add_rows(conversation, pictures, names, on)
    except BaseException:
        remove_files(names)
        raise


@transaction.atomic
def _add_rows(
    conversation: Conversation,
    pictures: Sequence[Picture],
    names: Sequence[str],
    on: date,
) -> list[SheetPhoto]:
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError(LOCKED)
    room = MAX_PHOTOS - locked.photos.count()
    if len(pictures) > room:
        raise ValidationError(
            f"Bij één blad passen {MAX_PHOTOS} foto's. Er kunnen er nog {max(room, 0)} bij."
        )
    return SheetPhoto.objects.bulk_create(
        SheetPhoto(
            conversation=locked,
            file_name=name,
            width=picture.width,
            height=picture.height,
            added_on=on,
        )
        for picture, name in zip(pictures, names, strict=True)
    )


@transaction.atomic
def remove_photo(*, photo: SheetPhoto) -> None:
    """Delete a photo, the file as soon as the row is really gone."""
    name = photo.file_name
    photo.delete()
    transaction.on_commit(partial(remove_files, [name]))


@transaction.atomic
def delete_draft(*, conversation: Conversation) -> None:
    """Delete a draft with everything on it, the photos of its paper included."""
    names = list(conversation.photos.values_list("file_name", flat=True))
    conversation.delete()
    transaction.on_commit(partial(remove_files, names))
