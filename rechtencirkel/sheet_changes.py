"""Changes to a page of a sheet, field by field, as a device sends them.

Pure: what stands there and what is wanted go in, what may be written comes out. Every
change carries what its writer saw before it, so two devices can work on one page: a field
only one of them changed is taken over, a field that both changed is a conflict and stays
as it is. A quote or a barrier is one field, found by its words: two people who each add
one both get theirs.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kader.vocabulary import QuoteUse
from rechtencirkel.models import RoundQuestion
from rechtencirkel.models.conversation import FIRST_CHANGE_MAX_LENGTH
from rechtencirkel.sheet import (
    BARRIER_FIELDS,
    DISAGREEMENT_KEY,
    MAX_ROWS,
    QUOTE_FIELDS,
    SheetPage,
    read_page,
    read_text,
)
from rechtencirkel.sheet_drawing import build_blocks, build_rows

ROW_FIELDS = {"quote": QUOTE_FIELDS, "barrier": BARRIER_FIELDS}
TICKS = {*QuoteUse.values, "checked"}
MOST_CHANGES = 400
CLOSING_KEY = "text"

NOT_ON_PAGE = "Deze vraag staat niet meer op het blad."
FULL = f"Op één bladzijde is er plaats voor {MAX_ROWS}."

NAME = re.compile(r"[a-z]{1,20}(-[0-9]{1,18})?(-[a-z]{1,20})?", re.ASCII)
ROW_NAME = re.compile(r"(quote|barrier)-[0-9]+", re.ASCII)

# One line of words with its tags, or None when it is not there.
Row = tuple[tuple[str, str], ...] | None
Value = str | Row


@dataclass(frozen=True)
class Change:
    """What stood in a field when somebody began, and what should stand there now."""

    was: Value
    now: Value


@dataclass
class Merge:
    """What comes of the changes to one page.

    `typed` is the page as it will stand; `written` names what this request made so,
    `conflicts` maps a field to what stands there instead, `refused` to why it may not be.
    """

    typed: dict[str, str]
    rows: dict[str, list[Row]]
    page: SheetPage
    changed: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    conflicts: dict[str, Value] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def row_kind(name: str) -> str:
    """Return "quote" or "barrier" for the name of a row, else an empty string."""
    return name.partition("-")[0] if ROW_NAME.fullmatch(name) else ""


def as_row(kind: str, given: Mapping[str, str]) -> Row:
    """Return a row in the one form in which rows are compared."""
    words = plain_text(given.get("text", ""))
    if not words:
        return None
    rest = (
        (name, ("on" if given.get(name) else "") if name in TICKS else given[name])
        for name in ROW_FIELDS[kind][1:]
        if given.get(name)
    )
    return (("text", words), *rest)


def plain_text(given: str) -> str:
    """Return words as they are stored."""
    return given.strip().replace("\r\n", "\n")


def plain_count(given: str) -> str:
    """Return a count as it is stored: nothing is the same as zero."""
    given = given.strip()
    if given.isascii() and given.isdecimal() and len(given) <= 4:
        return str(int(given)) if int(given) else ""
    return given


def normalise(name: str, given: object) -> Value:
    """Return a value from outside in the form in which values are compared.

    Raises ValueError when it is not what such a field can hold at all.
    """
    kind = row_kind(name)
    if kind:
        if given is None:
            return None
        if not isinstance(given, dict) or not all(
            isinstance(part, str) for part in given.values()
        ):
            raise ValueError(name)
        return as_row(kind, given)
    if not isinstance(given, str):
        raise ValueError(name)
    return plain_count(given) if name[:2] in ("t-", "s-") else plain_text(given)


def shown(value: Value) -> object:
    """Return a value as a device reads it."""
    return dict(value) if isinstance(value, tuple) else value


def merge_page(
    stored: Mapping[str, str],
    changes: Mapping[str, Change],
    *,
    questions: Sequence[RoundQuestion],
    people: int,
) -> Merge:
    """Put the changes on the page that is stored.

    A change that the page's own rules refuse is left out; the others still count.
    """
    wanted = dict(changes)
    refused: dict[str, str] = {}
    on_page = _names_on_page(questions)
    for name in [n for n in wanted if not row_kind(n) and n not in on_page]:
        refused[name] = NOT_ON_PAGE
        del wanted[name]
    while True:
        merge = _put(stored, wanted)
        merge.page = read_page(_flat(merge), questions=questions, people=people)
        faults = _faults(merge, wanted)
        if not faults:
            merge.refused |= refused
            merge.written = sorted(
                wanted.keys() - merge.conflicts.keys() - merge.refused.keys()
            )
            return merge
        refused |= faults
        for name in faults:
            del wanted[name]


def merge_closing(stored: str, changes: Mapping[str, Change]) -> Merge:
    """Put the changes on the last page, which has one text."""
    merge = Merge(typed={}, rows={kind: [] for kind in ROW_FIELDS}, page=SheetPage())
    for name, change in changes.items():
        if name != CLOSING_KEY:
            merge.refused[name] = NOT_ON_PAGE
        elif change.now != stored and change.was != stored:
            merge.conflicts[name] = stored
        elif change.now != stored:
            now = {CLOSING_KEY: str(change.now)}
            read_text(now, CLOSING_KEY, FIRST_CHANGE_MAX_LENGTH, merge.page)
            merge.refused |= merge.page.errors
            merge.changed |= now.keys() - merge.refused.keys()
            merge.typed = now
    merge.written = sorted(
        changes.keys() - merge.conflicts.keys() - merge.refused.keys()
    )
    return merge


def standing(stored: Mapping[str, str], name: str, change: Change) -> Value:
    """Return what stands on the stored page where a change was meant to go."""
    kind = row_kind(name)
    if not kind:
        return normalise(name, stored.get(name, ""))
    rows = _stored_rows(stored, kind)
    return _row_with_words(rows, change.was) or _row_with_words(rows, change.now)


def _names_on_page(questions: Sequence[RoundQuestion]) -> set[str]:
    names = {field.key for b in build_blocks({}, {}, questions) for field in b.fields}
    if any(question.is_points for question in questions):
        names.add("p")
    return names | {DISAGREEMENT_KEY}


def _put(stored: Mapping[str, str], wanted: Mapping[str, Change]) -> Merge:
    merge = Merge(
        typed={name: text for name, text in stored.items() if not _is_of_row(name)},
        rows={kind: _stored_rows(stored, kind) for kind in ROW_FIELDS},
        page=SheetPage(),
    )
    for name, change in wanted.items():
        if kind := row_kind(name):
            _put_row(merge, name, kind, change)
            continue
        stands = normalise(name, merge.typed.get(name, ""))
        if change.now == stands:
            continue
        if change.was != stands:
            merge.conflicts[name] = stands
        else:
            merge.typed[name] = str(change.now)
            merge.changed.add(name)
    return merge


def _put_row(merge: Merge, name: str, kind: str, change: Change) -> None:
    rows, was, now = merge.rows[kind], _row(change.was), _row(change.now)
    if now == was or (now is not None and now in rows):
        return
    found, other = _row_with_words(rows, was), _row_with_words(rows, now)
    if found is None and now is None:
        # Somebody took it away already.
        return
    if found != was:
        merge.conflicts[name] = found
    elif other not in (None, found):
        merge.conflicts[name] = other
    elif was is None and len(rows) >= MAX_ROWS:
        merge.refused[name] = FULL
    else:
        place = len(rows) if was is None else rows.index(was)
        rows[place : place + 1] = [] if now is None else [now]
        merge.changed.add(name)


def _row(value: Value) -> Row:
    return value if isinstance(value, tuple) else None


def _row_with_words(rows: Iterable[Row], wanted: Value) -> Row:
    if not isinstance(wanted, tuple):
        return None
    return next((row for row in rows if row is not None and row[0] == wanted[0]), None)


def _is_of_row(name: str) -> bool:
    return name.startswith(("quote-", "barrier-"))


def _stored_rows(stored: Mapping[str, str], kind: str) -> list[Row]:
    rows = build_rows(stored, {}, kind, ROW_FIELDS[kind], spare=0)
    return [row for filled in rows if (row := as_row(kind, filled.values))]


def _flat(merge: Merge) -> dict[str, str]:
    flat = dict(merge.typed)
    for kind, rows in merge.rows.items():
        for number, row in enumerate(rows):
            flat |= {f"{kind}-{number}-{name}": value for name, value in row or ()}
    return flat


def _faults(merge: Merge, wanted: Mapping[str, Change]) -> dict[str, str]:
    """Return which of the changes made the page wrong, with what to say about each.

    What was wrong before is not held against a change elsewhere on the page.
    """
    faults: dict[str, str] = {}
    for key, sentence in merge.page.errors.items():
        for name in merge.changed:
            if _is_about(key, name, merge, wanted):
                faults.setdefault(name, sentence)
    return faults


def _is_about(key: str, name: str, merge: Merge, wanted: Mapping[str, Change]) -> bool:
    if kind := row_kind(name):
        if not key.startswith(f"{kind}-"):
            return False
        number = int(key.split("-")[1])
        return merge.rows[kind][number] == wanted[name].now
    # A field that is wrong by itself is the only one to blame.
    if key in merge.changed:
        return name == key
    if key == "p" or key.startswith("s-"):
        return name == "p" or name.startswith("s-")
    # One counter too high concerns all counters of its question.
    counted = re.fullmatch(r"[tq]-([0-9]+)(-[a-z]+)?", key)
    return bool(counted and name.startswith(f"t-{counted[1]}-"))
