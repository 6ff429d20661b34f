"""A photo of paper as somebody sends it, made again as a plain picture.

Pure: a file in, bytes out. What it is shows in its content, never in its name. Nothing of
the original stays but the dots: no place, no device, no moment, no comment.
"""

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps

MAX_BYTES = 15 * 1024 * 1024
# The long side: enough to read handwriting on A4.
MAX_SIDE = 2400
QUALITY = 82
# Refused by what the file says of itself, before a single dot is decoded. Phones take up
# to fifty megapixels as JPEG; a scan of A4 at 600 dots per inch has thirty-five.
MOST_DOTS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 40_000_000}
MOST_DOTS["WEBP"] = MOST_DOTS["PNG"]
FORMATS = ("JPEG", "PNG", "WEBP")

TOO_BIG = "is groter dan 15 MB. Maak ze opnieuw met een lagere kwaliteit."
TOO_MANY_DOTS = "heeft te veel beeldpunten. Maak ze opnieuw met een lagere kwaliteit, of scan op 300 dpi."
IS_HEIC = (
    "is een HEIC-foto van een iPhone of iPad. Die kunnen we niet lezen. Kies bij "
    "Instellingen, Camera, Structuren ‘Meest compatibel’ en neem ze opnieuw, of bewaar ze "
    "eerst als JPEG."
)
IS_PDF = "is een pdf. Maak een foto of scan als JPEG."
UNREADABLE = "kunnen we niet lezen. Kies een foto: JPEG, PNG of WebP."

# What a decoder may stumble over in a damaged or hostile file.
DAMAGE = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


class PictureError(Exception):
    """A file that cannot become a picture; the text goes on after "Foto 2"."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: JPEG, upright, without anything besides the dots."""

    content: bytes
    width: int
    height: int


def read_picture(file: IO[bytes], size: int) -> Picture:
    """Make a picture of what was sent; raises PictureError with a Dutch reason."""
    if size > MAX_BYTES:
        raise PictureError(TOO_BIG)
    file.seek(0)
    start = file.read(16)
    if start[4:8] == b"ftyp" and start[8:12] in _HEIC:
        raise PictureError(IS_HEIC)
    if start.startswith(b"%PDF"):
        raise PictureError(IS_PDF)
    file.seek(0)
    try:
        # Damaged details are not worth a word: none of them is kept.
        with warnings.catch_warnings(action="ignore"):
            return _read(file)
    except Image.DecompressionBombError as error:
        raise PictureError(TOO_MANY_DOTS) from error
    except DAMAGE as error:
        raise PictureError(UNREADABLE) from error


def _read(file: IO[bytes]) -> Picture:
    with Image.open(file, formats=FORMATS) as image:
        if image.width * image.height > MOST_DOTS[image.format or ""]:
            raise PictureError(TOO_MANY_DOTS)
        return _made_again(image)


def _made_again(image: Image.Image) -> Picture:
    """Shrink, turn upright, and copy the dots to a sheet that never had anything else."""
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    upright = _in_colour(ImageOps.exif_transpose(image))
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    made = BytesIO()
    clean.save(made, format="JPEG", quality=QUALITY, optimize=True)
    return Picture(content=made.getvalue(), width=clean.width, height=clean.height)


def _in_colour(image: Image.Image) -> Image.Image:
    """Return it with three colours; what is see-through shows white paper."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey, as some scanners give: keep the eight that matter.
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return image.convert("RGB")
