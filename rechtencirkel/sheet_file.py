"""A file with a filled-in table, opened with care: bytes in, rows of text out.

Pure. Nothing in the file is computed, followed or run. What it is shows in its content;
how much of it is read has a bound before it is read.
"""

import csv
import re
import warnings
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from kader.plain_forms import UNSTORABLE
from rechtencirkel.sheet_template import NO, TRIGGERS, WORKSHEET, YES

MAX_BYTES = 1024 * 1024
MAX_UNPACKED = 3 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 1000
# Empty rows that carry only a colour are passed by, up to here.
MAX_ROWS_LOOKED_AT = 5_000
MAX_COLUMNS = 40
MAX_CELL = 8000
MAX_STRAY_SIGNS = 10

TOO_BIG = "Dit bestand is te groot. Een ingevuld sjabloon is hoogstens 1 MB."
TOO_MANY = (
    f"In dit bestand staat te veel. Een ingevuld sjabloon heeft hoogstens {MAX_ROWS} rijen "
    f"en {MAX_COLUMNS} kolommen."
)
OLD_OR_LOCKED = (
    "Dit is een oud Excel-bestand (.xls) of er zit een wachtwoord op. Bewaar het zonder "
    "wachtwoord als .xlsx of .csv."
)
MACROS = (
    "Er zitten macro's in dit bestand. Die openen we niet. Bewaar het als gewoon .xlsx."
)
NO_TABLE = (
    "Dit is geen rekenblad. Kies een ingevuld sjabloon: een .xlsx- of .csv-bestand."
)
OPEN_DOCUMENT = "Dit is een OpenDocument-bestand. Bewaar het als .xlsx of .csv."
BROKEN = (
    "Dit bestand is beschadigd of geen rekenblad. Bewaar het opnieuw als .xlsx of .csv."
)
FORMULA = "in kolom {column} staat een formule. We rekenen niets uit: typ zelf wat er moet staan."
IS_DATE = "in kolom {column} staat een datum. Typ een getal of een tekst."
IS_FAULT = (
    "in kolom {column} staat een foutmelding van het rekenblad. Typ wat er moet staan."
)
ODD_SIGN = "in kolom {column} staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."
TOO_LONG = (
    f"in kolom {{column}} staat meer dan {MAX_CELL} tekens. Maak de tekst korter."
)

_OLE = b"\xd0\xcf\x11\xe0"
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# What a reader may stumble over in a damaged or hostile workbook.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LargeZipFile,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)


class FileRefusedError(Exception):
    """A file that is not read any further; the text says why, and what to do."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong in one row; row 0 is the file as a whole."""

    row: int
    text: str


@dataclass(frozen=True)
class Row:
    """One row that is not empty, under the number by which its maker knows it."""

    number: int
    cells: tuple[str, ...]

    def at(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Grid:
    """All that stands in a file, as text."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def read_file(content: bytes) -> Grid:
    """Read a workbook or a list with separators; raises FileRefusedError."""
    if len(content) > MAX_BYTES:
        raise FileRefusedError(TOO_BIG)
    if content.startswith(_OLE):
        raise FileRefusedError(OLD_OR_LOCKED)
    if content.startswith(b"PK"):
        return _read_workbook(content)
    return _read_csv(content)


def _gathered(rows: Iterable[tuple[int, Iterable[object]]]) -> Grid:
    """Turn cells into text, keep the rows that say something, name what cannot be."""
    kept: list[Row] = []
    problems: list[Problem] = []
    for number, values in rows:
        if number > MAX_ROWS_LOOKED_AT:
            raise FileRefusedError(TOO_MANY)
        cells = []
        for place, value in enumerate(values, start=1):
            text, fault = _as_text(value)
            cells.append(text)
            if fault:
                said = fault.format(column=get_column_letter(place))
                problems.append(Problem(number, f"Rij {number}: {said}"))
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS or (cells and len(kept) == MAX_ROWS):
            raise FileRefusedError(TOO_MANY)
        if cells:
            kept.append(Row(number, tuple(cells)))
    return Grid(tuple(kept), tuple(problems))


class _Formula:
    """What stands in a cell that wants to compute something."""


class _Fault:
    """What stands in a cell that could not compute."""


def _as_text(value: object) -> tuple[str, str]:
    """Return what a cell says, and what is wrong with it."""
    for kind, fault in _NO_TEXT.items():
        if isinstance(value, kind):
            return "", fault
    if isinstance(value, bool):
        return (YES if value else NO), ""
    if isinstance(value, float):
        return _as_number(value), ""
    text = "" if value is None else str(value)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if UNSTORABLE.search(text):
        return UNSTORABLE.sub("", text), ODD_SIGN
    if len(text) > MAX_CELL:
        return text[:MAX_CELL], TOO_LONG
    return text, ""


_NO_TEXT: dict[type, str] = {
    _Formula: FORMULA,
    _Fault: IS_FAULT,
    **dict.fromkeys((date, datetime, time, timedelta), IS_DATE),
}


def _as_number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e9:
        return str(int(value))
    return str(value).replace(".", ",")


# --- workbooks --------------------------------------------------------------


def _read_workbook(content: bytes) -> Grid:
    try:
        with warnings.catch_warnings(action="ignore"):
            _look_inside(content)
            return _gathered(_cells_of(content))
    except _DAMAGE as error:
        raise FileRefusedError(BROKEN) from error


def _look_inside(content: bytes) -> None:
    """Judge the parts by what they claim; no part can give more than it claims."""
    with ZipFile(BytesIO(content)) as box:
        parts = box.infolist()
        names = {part.filename for part in parts}
        if "content.xml" in names:
            raise FileRefusedError(OPEN_DOCUMENT)
        if "xl/workbook.xml" not in names:
            raise FileRefusedError(NO_TABLE)
        if any("vbaproject" in name.lower() for name in names):
            raise FileRefusedError(MACROS)
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
            raise FileRefusedError(TOO_MANY)
        for name in names:
            if name.endswith((".xml", ".rels", ".vml")):
                _look_at_text(name, box.read(name))


def _look_at_text(name: str, text: bytes) -> None:
    # Definitions that blow up when read; also when hidden in wide letters.
    if _ENTITIES.search(text.replace(b"\0", b"")):
        raise FileRefusedError(BROKEN)
    if name == "[Content_Types].xml" and b"macroEnabled" in text:
        raise FileRefusedError(MACROS)


def _cells_of(content: bytes) -> Iterable[tuple[int, list[object]]]:
    book = load_workbook(
        BytesIO(content), read_only=True, data_only=False, keep_links=False
    )
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not sheets:
        raise FileRefusedError(NO_TABLE)
    sheet = sheets.get(WORKSHEET, book.worksheets[0])
    # What the file says of its own size may be a lie.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1), start=1):
        yield number, [_value_of(cell) for cell in row]


def _value_of(cell: object) -> object:
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return _Formula()
    if kind == "e":
        return _Fault()
    return getattr(cell, "value", None)


# --- text with separators ---------------------------------------------------


def _read_csv(content: bytes) -> Grid:
    text = _decoded(content)
    # Some spreadsheets say on the first line by what they split.
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):
        text, skipped = rest, 1
    else:
        skipped = 0
    head = "\n".join(text.splitlines()[:5])
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _gathered(
            (number, [_typed(cell) for cell in cells])
            for number, cells in enumerate(reader, start=1 + skipped)
        )
    except csv.Error as error:
        raise FileRefusedError(BROKEN) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # One stray sign is named by its row; a file full of them is no text at all.
        if text.count("\0") > MAX_STRAY_SIGNS:
            break
        return text
    raise FileRefusedError(NO_TABLE)


def _typed(cell: str) -> object:
    """Read one cell as text: a formula is one, unless an apostrophe says otherwise."""
    if cell.lstrip().startswith(("=", "＝")):
        return _Formula()
    if cell.startswith("'") and cell[1:].lstrip(" ").startswith(tuple(TRIGGERS)):
        return cell[1:]
    return cell
