"""A filled-in template read back: what goes on the sheet, and what is wrong in which row.

Pure: rows and a frame in, a reading out. The rules of the sheet itself are asked of
`rechtencirkel.sheet`, so that a file may hold exactly what may be typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kader.vocabulary import (
    POINTS_RANGE,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
    ServiceDomain,
    Term,
)
from rechtencirkel.models import RoundQuestion
from rechtencirkel.sheet import (
    DISAGREEMENT_KEY,
    answer_key,
    option_key,
    sticker_key,
)
from rechtencirkel.sheet_file import FileRefusedError, Grid, Problem, Row
from rechtencirkel.sheet_persons import fold, refuse_column, refuse_persons
from rechtencirkel.sheet_template import (
    ANSWER,
    BANK,
    CHECKED,
    CODE,
    DISAGREEMENT_CODE,
    DOMAIN,
    FIRST_CHANGE_CODE,
    FORMAT,
    HOW,
    JOINT,
    KIND,
    LEVEL,
    NO,
    PEOPLE,
    QUESTION,
    ROUND,
    SIDE,
    TITLE,
    TYPE,
    VALUES,
    WORDS,
    YES,
    Frame,
    Part,
    header_of,
    part_of,
)

AGAIN = "Download het sjabloon van dit gesprek opnieuw."
MEANS_YES = {YES, "j", "x", "1", "waar", "yes", "true"}
MEANS_NO = {"", NO, "n", "0", "onwaar", "no", "false"}


@dataclass(frozen=True)
class Place:
    """Where something stands in the file, and what it is about."""

    row: int
    what: str


@dataclass
class Reading:
    """What a file says, per domain in the keys of the sheet; nothing is stored yet."""

    frame: Frame
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    typed: dict[ServiceDomain, dict[str, str]] = field(default_factory=dict)
    places: dict[tuple[ServiceDomain | None, str], Place] = field(default_factory=dict)
    first_change: str = ""
    # The row that says something about a question, by its code and domain.
    answered: dict[tuple[str, str], int] = field(default_factory=dict)

    def complain(self, row: int, text: str) -> None:
        self.problems.append(Problem(row, f"Rij {row}: {text}"))

    def put(self, domain: ServiceDomain, key: str, value: str, place: Place) -> None:
        self.typed.setdefault(domain, {})[key] = value
        self.places[domain, key] = place

    @property
    def is_empty(self) -> bool:
        return not self.typed and not self.first_change


@dataclass(frozen=True)
class Table:
    """The part of the table that a row stands in: which column holds what."""

    part: Part
    columns: Mapping[str, int]

    def says(self, row: Row, label: str) -> str:
        return row.at(self.columns[label]) if label in self.columns else ""

    def values(self, row: Row) -> dict[str, str]:
        """Return what is filled in, by the label of its column."""
        given = {label: self.says(row, label) for label in VALUES[self.part]}
        return {label: value for label, value in given.items() if value}


def read_grid(grid: Grid, frame: Frame) -> Reading:
    """Read the rows of a file for this sheet.

    Raises FileRefusedError when it is another file, or about persons.
    """
    reading = Reading(frame, problems=list(grid.problems))
    body = _identify(grid, frame)
    table: Table | None = None
    for row in body:
        if _is_header(row):
            table = _read_header(row, reading)
        elif fold(row.at(0)) != fold(HOW):
            refuse_persons(row, table.columns.values() if table else ())
            _read_row(row, table, reading)
    return reading


# --- whose file it is -------------------------------------------------------


def _identify(grid: Grid, frame: Frame) -> list[Row]:
    """Check that the file is this template; return the rows below what says so."""
    rows = list(grid.rows)
    if not rows or fold(rows[0].at(0)) != fold(TITLE):
        # A list of people is named as such, whatever else is wrong with it.
        for row in rows:
            refuse_persons(row)
        raise FileRefusedError(
            "Dit is niet ons sjabloon: op de eerste rij staat niet ‘"
            f"{TITLE}’. {AGAIN} Vul dat in."
        )
    if rows[0].at(1) != str(FORMAT):
        raise FileRefusedError(
            f"Dit sjabloon heeft vorm {rows[0].at(1)[:20] or 'zonder nummer'}, en we "
            f"lezen vorm {FORMAT}. {AGAIN}"
        )
    head = next((at for at, row in enumerate(rows) if _is_header(row)), len(rows))
    said = {fold(row.at(0)): row for row in rows[1:head]}
    _must_be(said, BANK, frame.bank, "vragenbank")
    _must_be(said, ROUND, str(frame.round_id), "meting", frame.round_title)
    _must_be(said, SIDE, frame.side.label, "kant")
    known = {fold(label) for label in (BANK, ROUND, SIDE, PEOPLE, HOW)}
    for row in rows[1:head]:
        if fold(row.at(0)) not in known:
            refuse_persons(row)
    return rows[head:]


def _must_be(
    said: Mapping[str, Row], label: str, wanted: str, what: str, title: str = ""
) -> None:
    row = said.get(fold(label), Row(0, ()))
    if fold(row.at(1)) != fold(wanted):
        given = (row.at(2) or row.at(1))[:80]
        of = f"van de {what} ‘{given}’" if given else f"zonder {what}"
        raise FileRefusedError(
            f"Dit is een sjabloon {of}. Dit gesprek hoort bij ‘{title or wanted}’. {AGAIN}"
        )


def _is_header(row: Row) -> bool:
    cells = {fold(cell) for cell in row.cells}
    return {fold(CODE), fold(DOMAIN)} <= cells


def _read_header(row: Row, reading: Reading) -> Table | None:
    """Read which column holds what; a column about persons refuses the whole file."""
    labels = {fold(label): label for part in Part for label in header_of(part)}
    columns: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        label = labels.get(fold(cell))
        if label in columns:
            reading.complain(row.number, f"de kolom ‘{label}’ staat er twee keer.")
        elif label is not None:
            columns[label] = place
        elif cell:
            refuse_column(cell, row.number)
            reading.complain(
                row.number, f"de kolom ‘{cell[:60]}’ kennen we niet. Haal ze weg."
            )
    part = _part_under(columns)
    if part is None:
        reading.complain(row.number, f"deze kop kennen we niet. {AGAIN}")
        return None
    for label in header_of(part):
        if label not in columns and label not in (HOW, QUESTION):
            reading.complain(row.number, f"de kolom ‘{label}’ ontbreekt. Zet ze terug.")
    return Table(part, columns)


def _part_under(columns: Mapping[str, int]) -> Part | None:
    """Return the part with most of its own columns in a header, if any."""

    def own(part: Part) -> int:
        marks = (WORDS[part], *VALUES[part]) if part in WORDS else VALUES[part]
        return sum(label in columns for label in marks)

    best = max(Part, key=own)
    return best if own(best) else None


# --- what a row says --------------------------------------------------------


def _read_row(row: Row, table: Table | None, reading: Reading) -> None:
    if table is None:
        reading.complain(row.number, f"boven deze rij ontbreekt de kop. {AGAIN}")
        return
    known = set(table.columns.values())
    for at, cell in enumerate(row.cells):
        if cell and at not in known:
            reading.complain(
                row.number,
                f"er staat iets naast de tabel: ‘{cell[:40]}’. Haal het weg.",
            )
    if table.part in WORDS:
        _read_words(row, table, reading)
    elif values := _said(table, row):
        _read_answer(row, table, values, reading)


def _said(table: Table, row: Row) -> dict[str, str]:
    """Return what a row answers; a counted zero is the same as nothing counted."""
    values = table.values(row)
    return {
        label: value
        for label, value in values.items()
        if value != "0" or label in (JOINT, ANSWER)
    }


def _read_answer(
    row: Row, table: Table, values: Mapping[str, str], reading: Reading
) -> None:
    code = table.says(row, CODE).strip().upper().rstrip("*")
    if code in (DISAGREEMENT_CODE, FIRST_CHANGE_CODE) and table.part == Part.OPEN:
        _read_besides(row, table, code, values, reading)
        return
    question = reading.frame.questions.get(code)
    if not code:
        reading.complain(row.number, f"de code ontbreekt in de kolom ‘{CODE}’.")
    elif question is None:
        reading.complain(
            row.number,
            f"de code {code[:30]} hoort niet bij de vragen van dit gesprek. Haal de rij "
            "weg, of kies de vraag eerst bij het gesprek.",
        )
    elif part_of(question) != table.part:
        reading.complain(
            row.number,
            f"{code} staat in het verkeerde deel. Zet ze onder de kop waar ze stond.",
        )
    elif not _is_double(row, code, "", reading):
        _compare_words(row, table, question, reading)
        _put_answer(row, table, question, values, reading)


def _is_double(row: Row, code: str, domain: str, reading: Reading) -> bool:
    earlier = reading.answered.setdefault((code, domain), row.number)
    if earlier != row.number:
        about = f"{code} ({domain})" if domain else code
        reading.complain(
            row.number, f"{about} staat ook al op rij {earlier}. Hou één rij over."
        )
    return earlier != row.number


def _compare_words(
    row: Row, table: Table, question: RoundQuestion, reading: Reading
) -> None:
    """Say it when a question was put in other words since the template was made."""
    asked = table.says(row, header_of(table.part)[2])
    if asked and fold(asked) != fold(question.text):
        reading.remarks.append(
            Problem(
                row.number,
                f"Rij {row.number}: {question.code} luidt nu anders: “{question.text}” "
                "Kijk na of het antwoord daar nog bij past.",
            )
        )


def _put_answer(
    row: Row,
    table: Table,
    question: RoundQuestion,
    values: Mapping[str, str],
    reading: Reading,
) -> None:
    domain = ServiceDomain(question.domain)
    keys = keys_of(question, table.part)
    for label, value in values.items():
        place = Place(row.number, f"{question.code}, ‘{label}’")
        reading.put(domain, keys[label], value, place)
    whole = "p" if question.is_points else f"q-{question.pk}"
    reading.places.setdefault((domain, whole), Place(row.number, question.code))


def keys_of(question: RoundQuestion, part: Part) -> dict[str, str]:
    """Return the keys of the sheet for one question, by the label of the column."""
    if part == Part.POINTS:
        return {JOINT: "p"} | {str(n): sticker_key(n) for n in POINTS_RANGE}
    if part == Part.OPEN:
        return dict.fromkeys(VALUES[part], answer_key(question))
    keys = [option_key(question, option) for option in AnswerOption]
    return dict(zip(VALUES[part], keys, strict=True))


def _read_besides(
    row: Row, table: Table, code: str, values: Mapping[str, str], reading: Reading
) -> None:
    """Read what belongs to no question: what divided them, and what comes first."""
    [text] = values.values()
    if code == FIRST_CHANGE_CODE:
        if not _is_double(row, code, "", reading):
            reading.first_change = text
            reading.places[None, code] = Place(row.number, "Wat eerst")
        return
    domain = _domain_of(row, table, reading)
    if domain and not _is_double(row, code, domain.label, reading):
        place = Place(row.number, f"Oneens bij {domain.label}")
        reading.put(domain, DISAGREEMENT_KEY, text, place)


def _read_words(row: Row, table: Table, reading: Reading) -> None:
    """Read one quote or one barrier."""
    values, text = table.values(row), table.says(row, WORDS[table.part])
    what = WORDS[table.part]
    if not text:
        if any(value.lower() not in MEANS_NO for value in values.values()):
            reading.complain(
                row.number, f"er is iets aangeduid, maar de kolom ‘{what}’ is leeg."
            )
        return
    domain = _domain_of(row, table, reading)
    if domain is None or _is_double(row, text, f"{what}, {domain.label}", reading):
        return
    prefix = "quote" if table.part == Part.QUOTES else "barrier"
    count = sum(
        key.startswith(prefix) and key.endswith("-text")
        for key in reading.typed.get(domain, ())
    )
    start = f"{prefix}-{count}"
    reading.put(domain, f"{start}-text", text, Place(row.number, what))
    read = _uses_of if table.part == Part.QUOTES else _tags_of
    for name, label, value in read(row, values, reading):
        place = Place(row.number, f"{what}, ‘{label}’")
        reading.put(domain, f"{start}-{name}", value, place)


def _domain_of(row: Row, table: Table, reading: Reading) -> ServiceDomain | None:
    given = table.says(row, DOMAIN)
    found = _term(given, ServiceDomain)
    if found in reading.frame.domains:
        return ServiceDomain(found)
    known = ", ".join(domain.label for domain in reading.frame.domains)
    reading.complain(
        row.number,
        f"over het domein ‘{given[:40]}’ gaat dit gesprek niet. Kies uit: {known}.",
    )
    return None


def _uses_of(
    row: Row, values: Mapping[str, str], reading: Reading
) -> list[tuple[str, str, str]]:
    labels = {**{use.label: use.value for use in QuoteUse}, CHECKED: "checked"}
    found = []
    for label, name in labels.items():
        said = values.get(label, "").strip().lower()
        if said in MEANS_YES:
            found.append((name, label, "on"))
        elif said not in MEANS_NO:
            reading.complain(
                row.number, f"vul bij ‘{label}’ {YES} of {NO} in, niet ‘{said[:30]}’."
            )
    return found


def _tags_of(
    row: Row, values: Mapping[str, str], reading: Reading
) -> list[tuple[str, str, str]]:
    """Read the tags by their label; an empty one is for the rules of the sheet."""
    lists: dict[str, tuple[str, type[Term]]] = {
        KIND: ("kind", BarrierKind),
        LEVEL: ("level", BarrierLevel),
        TYPE: ("type", NonTakeUp),
    }
    found = []
    for label, (name, terms) in lists.items():
        given = values.get(label, "")
        term = _term(given, terms)
        if given and term is None:
            known = ", ".join(each.label for each in terms)
            reading.complain(
                row.number,
                f"‘{given[:40]}’ bij ‘{label}’ kennen we niet. Kies: {known}.",
            )
            # Not also told that it is empty.
            term = next(iter(terms))
        found.append((name, label, term.value if term else ""))
    return found


def _term(given: str, terms: type[Term]) -> Term | None:
    wanted = fold(given)
    return next((t for t in terms if wanted in (fold(t.label), t.value)), None)
