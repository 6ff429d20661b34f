"""Keeping photos of paper beside a sheet, and letting them go in time.

Files live in `settings.SHEET_PHOTO_ROOT`, which is neither static nor media. A file is
written before its row and removed after it, so what is left over after a crash is a file
without a row: `sweep_photos` removes those.
"""

import os
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from rechtencirkel.models import Conversation, SheetPhoto
from rechtencirkel.models.photos import MAX_PHOTOS
from rechtencirkel.pictures import Picture

LOCKED = "Dit gesprek is ingediend. Er kunnen geen foto's meer bij."
# A file this young may belong to a row that is being written at this moment.
SECONDS_BEFORE_SWEEPING = 3600
_OURS = re.compile(r"[0-9a-f]{32}\.(jpg|part)")


def path_of(file_name: str) -> Path:
    """Return where a photo lies."""
    return Path(settings.SHEET_PHOTO_ROOT) / file_name


def add_photos(
    *, conversation: Conversation, pictures: Sequence[Picture], on: date
) -> list[SheetPhoto]:
    """Keep pictures with a sheet that is still open: all of them or none.

    Raises ValidationError when the sheet is locked or gets too many.
    """
    names = [_write(picture.content) for picture in pictures]
    try:
        return _add_rows(conversation, pictures, names, on)
    except BaseException:
        _remove_files(names)
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
    transaction.on_commit(partial(_remove_files, [name]))


@transaction.atomic
def delete_draft(*, conversation: Conversation) -> None:
    """Delete a draft with everything on it, the photos of its paper included."""
    names = list(conversation.photos.values_list("file_name", flat=True))
    conversation.delete()
    transaction.on_commit(partial(_remove_files, names))


def delete_expired_photos(*, on: date) -> int:
    """Delete the photos whose time is over; return how many.

    The file goes first: whatever happens in between, the picture is gone. Twice, or a day
    late, does no harm, and a photo that is late is already shown to nobody.
    """
    expired = list(SheetPhoto.objects.expired(on))
    _remove_files(photo.file_name for photo in expired)
    SheetPhoto.objects.filter(pk__in=[photo.pk for photo in expired]).delete()
    return len(expired)


def sweep_photos(*, now: float) -> int:
    """Delete the files that belong to no row, and uploads that broke off; return how many.

    `now` is in seconds since 1970. Young files are left: their row may be on its way.
    """
    before = now - SECONDS_BEFORE_SWEEPING
    old = {
        path.name
        for path in _files_before(Path(settings.SHEET_PHOTO_ROOT), before)
        if _OURS.fullmatch(path.name)
    }
    known = SheetPhoto.objects.filter(file_name__in=old)
    loose = old - set(known.values_list("file_name", flat=True))
    _remove_files(loose)
    # An upload removes its own file, unless the program was stopped halfway.
    broken_off = _files_before(Path(settings.FILE_UPLOAD_TEMP_DIR), before)
    for path in broken_off:
        path.unlink(missing_ok=True)
    return len(loose) + len(broken_off)


def _files_before(folder: Path, moment: float) -> list[Path]:
    """Return the files in a folder, if there is one, that nobody touched since."""
    if not folder.is_dir():
        return []
    return [
        path
        for path in folder.iterdir()
        if path.is_file() and path.stat().st_mtime < moment
    ]


def _write(content: bytes) -> str:
    """Write a file under a random name, whole or not at all, for this program only."""
    folder = Path(settings.SHEET_PHOTO_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}.jpg"
    draft = path.with_suffix(".part")
    with draft.open("xb") as file:
        draft.chmod(0o600)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path.name


def _remove_files(names: Iterable[str]) -> None:
    for name in names:
        path_of(name).unlink(missing_ok=True)
