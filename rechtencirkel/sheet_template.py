"""A talk's sheet as a file to fill in elsewhere: the words in it, and how it is written.

Pure: a frame in, bytes out. One table serves both formats: parts one under another, each
under its own header row. What a row is about stands in its code and in the header above
it, so rows and columns may be moved (`sheet_import` reads it back).
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kader.vocabulary import (
    OPTION_LABELS,
    POINTS_RANGE,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import RoundQuestion

TITLE = "Invulblad rechtencirkel"
# Goes up when a file of before can no longer be read.
FORMAT = 1
WORKSHEET = "Invulblad"

BANK, ROUND, SIDE, PEOPLE = "Vragenbank", "Meting", "Kant", "Aantal mensen"
# A row that begins with this, and a column that is called so, is there to be read only.
HOW = "Uitleg"
CODE, DOMAIN, QUESTION, ANSWER = "Code", "Domein", "Vraag", "Antwoord"
JOINT = "Samen gegeven"
QUOTE, CHECKED = "Uitspraak", "Niemand kan hieraan herkend worden"
BARRIER = "Drempel"
KIND, LEVEL, TYPE = "Wat ontbreekt er?", "Waar zit de drempel?", "Wat loopt mis?"
YES, NO = "ja", "nee"

DISAGREEMENT_CODE, FIRST_CHANGE_CODE = "ONENIG", "EERST"
QUOTE_CODE, BARRIER_CODE = "UITSPRAAK", "DREMPEL"
# Empty rows per domain; more may be added by hand.
EMPTY_ROWS = 3
# What makes a spreadsheet take text for a formula, also in full width.
TRIGGERS = "=+-@\t\r\n＝＋－＠"


class Part(StrEnum):
    """A part of the table: which header row stands above it."""

    AGREEMENT = "agreement"
    FREQUENCY = "frequency"
    POINTS = "points"
    OPEN = "open"
    QUOTES = "quotes"
    BARRIERS = "barriers"


COUNTED = {Part.AGREEMENT: Scale.AGREEMENT, Part.FREQUENCY: Scale.FREQUENCY}
# What is filled in per part; before it come the code, the domain, the words and the help.
VALUES: dict[Part, tuple[str, ...]] = {
    **{part: tuple(OPTION_LABELS[scale].values()) for part, scale in COUNTED.items()},
    Part.POINTS: (JOINT, *map(str, POINTS_RANGE)),
    Part.OPEN: (ANSWER,),
    Part.QUOTES: (*(use.label for use in QuoteUse), CHECKED),
    Part.BARRIERS: (KIND, LEVEL, TYPE),
}
WORDS = {Part.QUOTES: QUOTE, Part.BARRIERS: BARRIER}
EXPLAINED = {
    Part.AGREEMENT: "Hoeveel mensen kozen elk antwoord? Vul per antwoord een getal in.",
    Part.FREQUENCY: "Hoe vaak? Vul per antwoord in hoeveel mensen het kozen.",
    Part.POINTS: (
        "Gaf de groep samen punten, vul dan één getal van 0 tot 10 in. Gaf iedereen apart "
        "punten, tel dan de stickers per getal. Niet allebei."
    ),
    Part.OPEN: "Wat zei de groep? Schrijf geen namen of herkenbare situaties.",
    Part.QUOTES: (
        "Wat zei iemand letterlijk? Vul ja in waar die persoon het goed vindt dat we het "
        "tonen. Een rij te weinig? Voeg er een toe."
    ),
    Part.BARRIERS: "Wat hield mensen tegen? Eén drempel per rij.",
}


def header_of(part: Part) -> tuple[str, ...]:
    """Return the header row of a part."""
    return (CODE, DOMAIN, WORDS.get(part, QUESTION), HOW, *VALUES[part])


@dataclass(frozen=True)
class Frame:
    """What one talk's sheet asks: enough to write the template, and to read it back."""

    bank: str
    round_id: int
    round_title: str
    side: Side
    people: int
    pages: tuple[tuple[ServiceDomain, tuple[RoundQuestion, ...]], ...]

    @property
    def domains(self) -> tuple[ServiceDomain, ...]:
        return tuple(domain for domain, _ in self.pages)

    @property
    def questions(self) -> dict[str, RoundQuestion]:
        """Every question by its code."""
        return {q.code: q for _, questions in self.pages for q in questions}


@dataclass(frozen=True)
class Line:
    """One row of the template: what stands in it, and what it is."""

    cells: tuple[str | int, ...]
    part: Part | None = None
    is_header: bool = False
    is_explanation: bool = False


def part_of(question: RoundQuestion) -> Part:
    """Return the part of the table in which a question is answered."""
    if question.is_points:
        return Part.POINTS
    if question.is_open:
        return Part.OPEN
    return Part.AGREEMENT if question.scale == Scale.AGREEMENT else Part.FREQUENCY


def build_lines(frame: Frame) -> Iterator[Line]:
    """Yield the whole table, without anything filled in."""
    yield Line((TITLE, FORMAT))
    yield Line((BANK, frame.bank))
    yield Line((ROUND, frame.round_id, frame.round_title))
    yield Line((SIDE, frame.side.label))
    yield Line((PEOPLE, frame.people))
    explanation = (
        "Laat de codes en de koppen staan. Wat leeg blijft, verandert niets op het blad. "
        "Schrijf geen namen, adressen of nummers van mensen."
    )
    yield Line((HOW, explanation), is_explanation=True)
    for part in Part:
        rows = list(_rows_of(part, frame))
        if rows:
            yield Line(())
            yield Line((HOW, EXPLAINED[part]), part, is_explanation=True)
            yield Line(header_of(part), part, is_header=True)
            for row in rows:
                yield Line(row, part)


def _rows_of(part: Part, frame: Frame) -> Iterator[tuple[str, ...]]:
    if part in WORDS:
        code = QUOTE_CODE if part == Part.QUOTES else BARRIER_CODE
        for domain in frame.domains:
            yield from [(code, domain.label, "", _help(part, frame))] * EMPTY_ROWS
        return
    for domain, questions in frame.pages:
        for question in questions:
            if part_of(question) == part:
                yield (question.code, domain.label, question.text, _help(part, frame))
    if part == Part.OPEN:
        for domain in frame.domains:
            asked = "Waarover was de groep het niet eens?"
            yield (DISAGREEMENT_CODE, domain.label, asked, "Mag leeg blijven.")
        asked = "Wat moet er als eerste veranderen?"
        yield (FIRST_CHANGE_CODE, "", asked, "Mag leeg blijven.")


def _help(part: Part, frame: Frame) -> str:
    people = frame.people
    return {
        Part.AGREEMENT: f"0 tot {people}, samen hoogstens {people}",
        Part.FREQUENCY: f"0 tot {people}, samen hoogstens {people}",
        Part.POINTS: "Samen: één getal. Stickers: hoeveel per getal",
        Part.OPEN: "Mag leeg blijven.",
        Part.QUOTES: f"{YES} of {NO}",
        Part.BARRIERS: "Kies uit de lijst. Wat misloopt, mag leeg blijven.",
    }[part]


# --- csv --------------------------------------------------------------------


def write_csv(frame: Frame) -> bytes:
    """Write the template for any spreadsheet: UTF-8 with a mark, split by semicolons."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for line in build_lines(frame):
        writer.writerow([guarded(str(cell)) for cell in line.cells])
    return text.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(tuple(TRIGGERS)) else text


# --- xlsx -------------------------------------------------------------------

_WIDTHS = (13, 20, 56, 30, *[11] * 12)
# The height of one line of text, in points; a spreadsheet does not measure merged cells.
_LINE = 16
_FIRST_VALUE = 5
_LAST_VALUE = _FIRST_VALUE + 11
_HEAD = PatternFill("solid", fgColor="E8E4DC")
_FILL_IN = PatternFill("solid", fgColor="FFFBE8")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_xlsx(frame: Frame) -> bytes:
    """Write the template as a workbook: text stays text, whatever it begins with."""
    book = Workbook()
    book.properties.creator = "Rechtencirkel"
    book.properties.title = TITLE
    sheet = book.worksheets[0]
    sheet.title = WORKSHEET
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    rows: dict[Part, list[int]] = {}
    for number, line in enumerate(build_lines(frame), start=1):
        _write_line(sheet, number, line)
        if line.part and not line.is_header and not line.is_explanation:
            rows.setdefault(line.part, []).append(number)
    for part, numbers in rows.items():
        _guide(sheet, part, numbers, frame.people)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _write_line(sheet: Worksheet, number: int, line: Line) -> None:
    for column, value in enumerate(line.cells, start=1):
        cell = sheet.cell(number, column)
        _put(cell, int(value) if _is_label_number(line, value) else value)
        cell.alignment = _WRAPPED
        if line.is_header:
            cell.font = Font(bold=True)
            cell.fill = _HEAD
            sheet.row_dimensions[number].height = 4 * _LINE
    if number == 1:
        sheet.cell(1, 1).font = Font(bold=True, size=16)
        sheet.cell(1, 1).alignment = Alignment(wrap_text=False)
    if line.is_explanation:
        sheet.cell(number, 2).font = Font(italic=True)
        sheet.merge_cells(
            start_row=number, end_row=number, start_column=2, end_column=_LAST_VALUE
        )
    elif line.part and not line.is_header:
        _make_room(sheet, number, line.part)
    if line.part == Part.OPEN and not line.is_explanation:
        sheet.merge_cells(
            start_row=number,
            end_row=number,
            start_column=_FIRST_VALUE,
            end_column=_LAST_VALUE,
        )


def _is_label_number(line: Line, value: str | int) -> bool:
    """Say whether this is one of the points above a column: a number to count under."""
    return line.is_header and value in VALUES[Part.POINTS][1:]


def _put(cell: Cell, value: str | int) -> None:
    cell.value = value
    if isinstance(value, str):
        # The library takes text that begins with = for a formula; here it never is one.
        cell.data_type = "s"
        cell.number_format = "@"


def _make_room(sheet: Worksheet, number: int, part: Part) -> None:
    """Colour the cells to fill in, and leave room to write where words go."""
    columns = range(_FIRST_VALUE, _FIRST_VALUE + len(VALUES[part]))
    for column in (*columns, 3) if part in WORDS else columns:
        cell = sheet.cell(number, column)
        cell.fill = _FILL_IN
        cell.alignment = _WRAPPED
        if part == Part.OPEN or column == 3:
            cell.number_format = "@"
    lines = 1 + len(str(sheet.cell(number, 3).value or "")) // _WIDTHS[2]
    least = 4 if part == Part.OPEN else 2
    sheet.row_dimensions[number].height = _LINE * max(lines, least)


def _guide(sheet: Worksheet, part: Part, rows: Sequence[int], people: int) -> None:
    """Offer the lists, and let the spreadsheet itself refuse what cannot be."""
    offered: dict[str, list[str]] = {}
    if part == Part.QUOTES:
        offered = {label: [YES, NO] for label in VALUES[part]}
    elif part == Part.BARRIERS:
        offered = {
            KIND: [kind.label for kind in BarrierKind],
            LEVEL: [level.label for level in BarrierLevel],
            TYPE: [kind.label for kind in NonTakeUp],
        }
    for place, label in enumerate(VALUES[part]):
        if part == Part.OPEN:
            return
        most = 10 if label == JOINT else people
        rule = (
            DataValidation(type="list", formula1=f'"{",".join(offered[label])}"')
            if label in offered
            else DataValidation(
                type="whole", operator="between", formula1="0", formula2=str(most)
            )
        )
        rule.allow_blank = True
        rule.errorTitle = "Dit kan hier niet"
        rule.error = (
            "Kies uit de lijst."
            if label in offered
            else f"Vul een geheel getal in van 0 tot {most}."
        )
        rule.showErrorMessage = True
        column = get_column_letter(_FIRST_VALUE + place)
        for row in rows:
            rule.add(f"{column}{row}")
        sheet.add_data_validation(rule)
