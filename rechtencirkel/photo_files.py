"""The files of photos of paper: where they lie, and how they go.

They live in `settings.SHEET_PHOTO_ROOT`, which is neither static nor media. A file is
written before its row and removed after it, so what is left over after a crash is a file
without a row: `sweep_photos` removes those.
"""

import os
import re
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from rechtencirkel.models import SheetPhoto

# A file this young may belong to a row that is being written at this moment.
SECONDS_BEFORE_SWEEPING = 3600
_OURS = re.compile(r"[0-9a-f]{32}\.(jpg|part)")


def path_of(file_name: str) -> Path:
    """Return where a photo lies."""
    return Path(settings.SHEET_PHOTO_ROOT) / file_name


def delete_expired_photos(*, on: date) -> int:
    """Delete the photos whose time is over; return how many.

    The file goes first: whatever happens in between, the picture is gone. Twice, or a day
    late, does no harm, and a photo that is late is already shown to nobody.
    """
    expired = list(SheetPhoto.objects.expired(on))
    remove_files(photo.file_name for photo in expired)
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
    remove_files(loose)
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


def write_file(content: bytes) -> str:
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


def remove_files(names: Iterable[str]) -> None:
    for name in names:
        path_of(name).unlink(missing_ok=True)
