"""What stays comparable between two lists of questions: versions of the bank, or rounds.

Plain values in, plain values out: no database. Results compare by code; a code means the
same question only on the same scale, in the same domain and to the same side.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kader.vocabulary import Comparability, Scale, ServiceDomain, Side

SERVICE_PLACEHOLDER = "{dienst}"


@dataclass(frozen=True)
class Asked:
    """A question as one of the two lists asks it."""

    code: str
    domain: ServiceDomain
    side: Side
    scale: str
    text: str
    is_hidden: bool = False

    @property
    def scale_label(self) -> str:
        return Scale(self.scale).label if self.scale else "open vraag"


class Change(StrEnum):
    """What happened to one code between the two lists."""

    SAME = "Gelijk gebleven"
    REWORDED = "Anders verwoord"
    OTHER_QUESTION = "Andere vraag onder dezelfde code"
    HIDDEN = "Verborgen"
    SHOWN = "Weer gesteld"
    NOT_ASKED = "In geen van beide gesteld"
    ADDED = "Toegevoegd"
    REMOVED = "Weg"


@dataclass(frozen=True)
class Compared:
    """One code in both lists; at least one of the two is there."""

    before: Asked | None
    after: Asked | None
    change: Change

    @property
    def question(self) -> Asked:
        """The newest form of the question."""
        found = self.after or self.before
        if found is None:
            raise ValueError("A comparison needs a question.")
        return found

    @property
    def comparability(self) -> Comparability:
        if self.change is Change.SAME:
            return Comparability.SAME
        if self.change is Change.REWORDED:
            return Comparability.WITH_CARE
        return Comparability.NOT


def compare(before: Iterable[Asked], after: Iterable[Asked]) -> list[Compared]:
    """Return every code of the two lists once: those of `after` in order, then the rest."""
    old = {question.code: question for question in before}
    new = {question.code: question for question in after}
    codes = [*new, *(code for code in old if code not in new)]
    return [
        Compared(old.get(code), new.get(code), _change(old.get(code), new.get(code)))
        for code in codes
    ]


def _change(before: Asked | None, after: Asked | None) -> Change:
    if before is None:
        return Change.ADDED
    if after is None:
        return Change.REMOVED
    if _identity(before) != _identity(after):
        return Change.OTHER_QUESTION
    if before.is_hidden or after.is_hidden:
        return _change_of_hiding(before, after)
    return Change.SAME if same_words(before.text, after.text) else Change.REWORDED


def _identity(question: Asked) -> tuple[str, str, str]:
    return (question.domain, question.side, question.scale)


def _change_of_hiding(before: Asked, after: Asked) -> Change:
    if not after.is_hidden:
        return Change.SHOWN
    return Change.NOT_ASKED if before.is_hidden else Change.HIDDEN


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same; the name of the service may differ."""
    return one == other or _fits(one, other) or _fits(other, one)


def _fits(template: str, text: str) -> bool:
    if SERVICE_PLACEHOLDER not in template:
        return False
    parts = (re.escape(part) for part in template.split(SERVICE_PLACEHOLDER))
    return re.fullmatch("(.{1,80}?)".join(parts), text) is not None
