"""What a file would put on a sheet, beside what stands there already.

Pure. A question that the file leaves empty keeps its answer; quotes and barriers come
below the ones there are, and the same words are the same row. What results is checked by
the rules of the sheet itself.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kader.privacy_hint import Finding, find_clues, why_refused
from kader.vocabulary import (
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
    ServiceDomain,
)
from rechtencirkel.models import RoundQuestion
from rechtencirkel.sheet import (
    DISAGREEMENT_KEY,
    MAX_ROWS,
    SheetPage,
    read_page,
)
from rechtencirkel.sheet_drawing import find_hints
from rechtencirkel.sheet_file import Problem
from rechtencirkel.sheet_import import Place, Reading, keys_of
from rechtencirkel.sheet_template import (
    ANSWER,
    BARRIER,
    CHECKED,
    FIRST_CHANGE_CODE,
    JOINT,
    QUOTE,
    Part,
    part_of,
)

FIRST_CHANGE_MAX_LENGTH = 2000


@dataclass(frozen=True)
class Change:
    """One thing on the sheet: what it is about, what stands there, what comes."""

    what: str
    before: str
    after: str
    about: str = ""

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def is_same(self) -> bool:
        return self.before == self.after

    @property
    def replaces(self) -> bool:
        """Whether something that stands there now gets lost."""
        return not self.is_new and not self.is_same


@dataclass(frozen=True)
class Hint:
    """Something in a text that could lead to a person: a question, not an error."""

    place: Place
    findings: tuple[Finding, ...]


@dataclass
class Filling:
    """What the sheet becomes; it may be saved when there are no problems."""

    pages: dict[ServiceDomain, SheetPage] = field(default_factory=dict)
    first_change: str = ""
    problems: list[Problem] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    # What is shown before anything is saved, by the name of the page.
    changes: list[tuple[str, list[Change]]] = field(default_factory=list)

    @property
    def replaces(self) -> int:
        """How many things that stand on the sheet now get lost."""
        return sum(change.replaces for _, listed in self.changes for change in listed)

    @property
    def changes_nothing(self) -> bool:
        """Whether all that the file says stands on the sheet already."""
        return all(change.is_same for _, listed in self.changes for change in listed)


def lay_over(
    reading: Reading,
    stored: Mapping[ServiceDomain, Mapping[str, str]],
    first_change: str,
) -> Filling:
    """Lay what a file says over what a sheet says (`stored` and `first_change`)."""
    filling = Filling(problems=list(reading.problems))
    for domain, questions in reading.frame.pages:
        given = reading.typed.get(domain)
        if given:
            _lay_page(
                filling, reading, domain, questions, given, stored.get(domain, {})
            )
    _lay_first_change(filling, reading, first_change)
    filling.problems.sort(key=lambda problem: problem.row)
    return filling


def _lay_page(
    filling: Filling,
    reading: Reading,
    domain: ServiceDomain,
    questions: Sequence[RoundQuestion],
    given: Mapping[str, str],
    stored: Mapping[str, str],
) -> None:
    merged, keys = _merged(given, stored, questions)
    page = read_page(merged, questions=questions, people=reading.frame.people)
    filling.pages[domain] = page
    places = {
        keys.get(key, key): place
        for (where, key), place in reading.places.items()
        if where == domain
    }
    for key, error in page.errors.items():
        filling.problems.append(_problem(domain, error, places.get(key)))
    filling.problems += _too_many(domain, merged)
    now = {keys.get(key, key): text for key, text in given.items()}
    for key, findings in find_hints(now).items():
        asked = tuple(finding for finding in findings if not finding.blocks)
        if asked:
            filling.hints.append(Hint(places[key], asked))
    filling.changes.append(
        (domain.label, list(_changes(questions, stored, merged, now)))
    )


# --- before and after -------------------------------------------------------


def _changes(
    questions: Sequence[RoundQuestion],
    stored: Mapping[str, str],
    merged: Mapping[str, str],
    now: Mapping[str, str],
) -> Iterable[Change]:
    """Name what the file touches: question by question, then the words."""
    for question in questions:
        keys = keys_of(question, part_of(question))
        if set(keys.values()).intersection(now):
            yield Change(
                question.code,
                _said(question, keys, stored),
                _said(question, keys, merged),
                question.text,
            )
    if DISAGREEMENT_KEY in now:
        before = stored.get(DISAGREEMENT_KEY, "")
        yield Change(
            "Waarover de groep het niet eens was", before, now[DISAGREEMENT_KEY]
        )
    for prefix, what in (("quote", QUOTE), ("barrier", BARRIER)):
        old = dict(_rows(prefix, stored))
        for text, tags in _rows(prefix, now):
            before = f"“{text}” {old[text]}" if text in old else ""
            yield Change(what, before, f"“{text}” {tags}")


def _said(
    question: RoundQuestion, keys: Mapping[str, str], typed: Mapping[str, str]
) -> str:
    """Say in one line what a page answers to a question."""
    given = {label: typed.get(key, "") for label, key in keys.items()}
    if part_of(question) == Part.OPEN:
        return given[ANSWER]
    joint = given.pop(JOINT, "")
    counts = [f"{n}× {label}" for label, n in given.items() if n not in ("", "0")]
    return ", ".join([f"samen {joint} op 10"] * bool(joint) + counts)


def _rows(prefix: str, typed: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield the words of every quote or barrier with what was said about it."""
    for key, text in typed.items():
        if key.startswith(f"{prefix}-") and key.endswith("-text"):
            start = key.removesuffix("text")
            say = _uses if prefix == "quote" else _tags
            yield text, f"({say(start, typed)})"


def _uses(start: str, typed: Mapping[str, str]) -> str:
    uses = [use.label.lower() for use in QuoteUse if typed.get(f"{start}{use.value}")]
    shown = f"tonen: {', '.join(uses)}" if uses else "nergens tonen"
    checked = typed.get(f"{start}checked")
    return f"{shown}; {CHECKED.lower() if checked else 'herkenbaarheid niet nagekeken'}"


def _tags(start: str, typed: Mapping[str, str]) -> str:
    lists = {"kind": BarrierKind, "level": BarrierLevel, "type": NonTakeUp}
    said = ((terms, typed.get(f"{start}{name}", "")) for name, terms in lists.items())
    return ", ".join(terms(value).label for terms, value in said if value in terms)


# --- the page as it becomes -------------------------------------------------


def _problem(domain: ServiceDomain, error: str, place: Place | None) -> Problem:
    if place is None:
        return Problem(0, f"Op het blad zelf, bij {domain.label}: {error}")
    return Problem(place.row, f"Rij {place.row}, {place.what}: {error}")


def _merged(
    given: Mapping[str, str],
    stored: Mapping[str, str],
    questions: Sequence[RoundQuestion],
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the page as it becomes, and under which key each given field is there."""
    merged = dict(stored)
    for question in questions:
        keys = set(keys_of(question, part_of(question)).values())
        if keys.intersection(given):
            merged = {key: merged[key] for key in merged if key not in keys}
    renamed: dict[str, str] = {}
    for prefix in ("quote", "barrier"):
        renamed |= _rows_below(prefix, given, merged)
    for key, value in given.items():
        merged[renamed.get(key, key)] = value
    return merged, renamed


def _rows_below(
    prefix: str, given: Mapping[str, str], merged: dict[str, str]
) -> dict[str, str]:
    """Find a row for every quote or barrier: the one with the same words, or a new one."""
    rows = re.compile(rf"{prefix}-(\d+)-(.+)")
    taken = {
        text: int(found[1])
        for key, text in merged.items()
        if (found := rows.fullmatch(key)) and found[2] == "text"
    }
    renamed = {}
    for key, text in given.items():
        found = rows.fullmatch(key)
        if not found or found[2] != "text":
            continue
        place = taken.setdefault(text, max(taken.values(), default=-1) + 1)
        # What the file says about it counts as a whole.
        for old in [k for k in merged if k.startswith(f"{prefix}-{place}-")]:
            del merged[old]
        for part in given:
            if part.startswith(f"{prefix}-{found[1]}-"):
                renamed[part] = f"{prefix}-{place}-{part.rsplit('-', 1)[1]}"
    return renamed


def _too_many(domain: ServiceDomain, merged: Mapping[str, str]) -> list[Problem]:
    texts = {
        "uitspraken": f"quote-{MAX_ROWS}-text",
        "drempels": f"barrier-{MAX_ROWS}-text",
    }
    return [
        Problem(
            0,
            f"Bij {domain.label} komen er meer dan {MAX_ROWS} {what}. Zoveel past er niet: "
            "kies de belangrijkste.",
        )
        for what, key in texts.items()
        if key in merged
    ]


def _lay_first_change(filling: Filling, reading: Reading, stored: str) -> None:
    text = reading.first_change
    if not text:
        return
    place = reading.places[None, FIRST_CHANGE_CODE]
    filling.first_change = text
    filling.changes.append(("Wat eerst?", [Change(place.what, stored, text)]))
    refusal = why_refused(text)
    if len(text) > FIRST_CHANGE_MAX_LENGTH:
        refusal = (
            f"Dit is te lang: {len(text)} tekens. Er is plaats voor "
            f"{FIRST_CHANGE_MAX_LENGTH}."
        )
    if refusal:
        filling.problems.append(
            Problem(place.row, f"Rij {place.row}, {place.what}: {refusal}")
        )
    elif findings := find_clues(text):
        filling.hints.append(Hint(place, findings))
