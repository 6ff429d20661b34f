"""The code on paper: which sheet a printout belongs to, and which questions were on it.

Typed by hand from paper, so without signs that look alike, and with a check sign: the
alphabet has a prime number of signs, so one wrong sign and two swapped signs are always
found. The code opens nothing by itself; whoever uses it needs a role in the project.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rechtencirkel.catalogue import content_hash
from rechtencirkel.models import RoundQuestion

# Without 0 and O, 1, I and L.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BASE = len(SIGNS)
# A talk has at least three signs, its questions three, and the check sign is the last.
TALK_SIGNS = 3
VERSION_SIGNS = 3
LONGEST = 16


@dataclass(frozen=True)
class PaperCode:
    """What stands on a printout; `version` stands for its questions in their words."""

    conversation_id: int
    version: str

    def __str__(self) -> str:
        """Write the code as it is printed: "22C-7KQW"."""
        talk = _digits(self.conversation_id, TALK_SIGNS)
        check = SIGNS[-_weighed(talk + self.version + SIGNS[0]) % BASE]
        return f"{talk}-{self.version}{check}"


def read_code(typed: str) -> PaperCode | None:
    """Read a code as somebody types it; None when it cannot be one."""
    signs = typed.upper().replace("-", "").replace(" ", "")
    shortest = TALK_SIGNS + VERSION_SIGNS + 1
    if not shortest <= len(signs) <= LONGEST or not set(signs) <= set(SIGNS):
        return None
    if _weighed(signs) % BASE:
        return None
    number = 0
    for sign in signs[: -VERSION_SIGNS - 1]:
        number = number * BASE + SIGNS.index(sign)
    return PaperCode(number, signs[-VERSION_SIGNS - 1 : -1])


def version_of(questions: Iterable[RoundQuestion]) -> str:
    """Return three signs that stand for these questions, in this order and wording."""
    digest = content_hash((q.code, q.text) for q in questions)
    return _digits(int(digest, 16) % BASE**VERSION_SIGNS, VERSION_SIGNS)


def _digits(number: int, at_least: int) -> str:
    signs = ""
    while number or len(signs) < at_least:
        number, rest = divmod(number, BASE)
        signs = SIGNS[rest] + signs
    return signs


def _weighed(signs: str) -> int:
    """Add the signs up, each with its own weight; the last one weighs one."""
    return sum(
        weight * SIGNS.index(sign) for weight, sign in enumerate(reversed(signs), 1)
    )
