"""One page of a conversation's sheet: what was typed, checked in one pass.

A sheet has too many little fields for a Django form (measured: ten times slower) and
its rules cross fields: tallies may not exceed the number of people. A mapping in, values
and Dutch errors out; what was typed is kept, right or wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kader.plain_forms import UNSTORABLE
from kader.privacy_hint import why_refused
from kader.vocabulary import (
    POINTS_RANGE,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuoteUse,
)
from rechtencirkel.models import RoundQuestion
from rechtencirkel.models.answers import (
    ANSWER_MAX_LENGTH,
    BARRIER_MAX_LENGTH,
    QUOTE_MAX_LENGTH,
)
from rechtencirkel.models.disagreement import DISAGREEMENT_MAX_LENGTH

DISAGREEMENT_KEY = "disagreement"
# More than a group says in one evening; a guard against forged posts.
MAX_ROWS = 20
# The fields of one row with a quote: the words, a tick per use, and the last check.
QUOTE_FIELDS = ("text", *QuoteUse.values, "checked")
BARRIER_FIELDS = ("text", "kind", "level", "type", "checked")
UNSTORABLE_MESSAGE = (
    "Hier staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."
)


@dataclass(frozen=True)
class QuoteRow:
    """A quote as typed."""

    text: str
    uses: tuple[QuoteUse, ...]
    is_unrecognisable: bool


@dataclass(frozen=True)
class BarrierRow:
    """A barrier as typed; empty tags are errors, except the type of non-take-up."""

    text: str
    kind: str
    level: str
    non_take_up: str
    is_unrecognisable: bool = False


@dataclass
class SheetPage:
    """The checked content of one domain's page.

    `errors` maps the id of a field to a Dutch sentence; empty means it may be saved.
    """

    options: dict[tuple[int, AnswerOption], int] = field(default_factory=dict)
    joint_points: int | None = None
    sticker_points: dict[int, int] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    quotes: list[QuoteRow] = field(default_factory=list)
    barriers: list[BarrierRow] = field(default_factory=list)
    disagreement: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors


def option_key(question: RoundQuestion, option: AnswerOption) -> str:
    """Name the field of one counter."""
    return f"t-{question.pk}-{option.value}"


def sticker_key(value: int) -> str:
    """Name the field with the stickers at one number of points."""
    return f"s-{value}"


def answer_key(question: RoundQuestion) -> str:
    """Name the field of an open answer."""
    return f"o-{question.pk}"


def read_page(
    posted: Mapping[str, str], *, questions: Sequence[RoundQuestion], people: int
) -> SheetPage:
    """Check one posted page against the questions of its domain and the group's size."""
    page = SheetPage()
    for question in questions:
        if question.is_closed:
            _read_options(posted, question, people, page)
        elif question.is_points:
            _read_points(posted, people, page)
        else:
            _read_answer(posted, question, page)
    _read_quotes(posted, page)
    _read_barriers(posted, page)
    page.disagreement = read_text(
        posted, DISAGREEMENT_KEY, DISAGREEMENT_MAX_LENGTH, page
    )
    return page


def _read_options(
    posted: Mapping[str, str], question: RoundQuestion, people: int, page: SheetPage
) -> None:
    total = 0
    for option in AnswerOption:
        key = option_key(question, option)
        count = _count(posted, key, people, page)
        if count:
            page.options[question.pk, option] = count
            total += count
    if total > people and f"q-{question.pk}" not in page.errors:
        page.errors[f"q-{question.pk}"] = (
            f"Je telde {total} antwoorden, maar er waren {people} mensen. Kijk de "
            "stickers nog eens na."
        )


def _read_points(posted: Mapping[str, str], people: int, page: SheetPage) -> None:
    given = posted.get("p", "").strip()
    if given:
        if given in {str(value) for value in POINTS_RANGE}:
            page.joint_points = int(given)
        else:
            page.errors["p"] = "Kies een getal van 0 tot 10."
    for value in POINTS_RANGE:
        count = _count(posted, sticker_key(value), people, page)
        if count:
            page.sticker_points[value] = count
    total = sum(page.sticker_points.values())
    if page.joint_points is not None and total:
        page.errors["p"] = (
            "Kies: de groep gaf samen punten, of je telde de stickers. Niet allebei."
        )
    elif total > people:
        page.errors["p"] = (
            f"Je telde {total} stickers, maar er waren {people} mensen. Tel ze nog eens."
        )


def _read_answer(
    posted: Mapping[str, str], question: RoundQuestion, page: SheetPage
) -> None:
    key = answer_key(question)
    text = read_text(posted, key, ANSWER_MAX_LENGTH, page)
    if text:
        page.answers[question.pk] = text


def _read_quotes(posted: Mapping[str, str], page: SheetPage) -> None:
    for row in range(MAX_ROWS):
        text = read_text(posted, f"quote-{row}-text", QUOTE_MAX_LENGTH, page)
        if text:
            page.quotes.append(
                QuoteRow(
                    text=text,
                    uses=tuple(
                        use for use in QuoteUse if posted.get(f"quote-{row}-{use}")
                    ),
                    is_unrecognisable=bool(posted.get(f"quote-{row}-checked")),
                )
            )


def _read_barriers(posted: Mapping[str, str], page: SheetPage) -> None:
    for row in range(MAX_ROWS):
        text = read_text(posted, f"barrier-{row}-text", BARRIER_MAX_LENGTH, page)
        if not text:
            continue
        barrier = BarrierRow(
            text=text,
            kind=posted.get(f"barrier-{row}-kind", ""),
            level=posted.get(f"barrier-{row}-level", ""),
            non_take_up=posted.get(f"barrier-{row}-type", ""),
            is_unrecognisable=bool(posted.get(f"barrier-{row}-checked")),
        )
        page.barriers.append(barrier)
        if barrier.kind not in BarrierKind.values:
            page.errors[f"barrier-{row}-kind"] = "Kies welke soort drempel dit is."
        if barrier.level not in BarrierLevel.values:
            page.errors[f"barrier-{row}-level"] = "Kies waar de drempel zit."
        if barrier.non_take_up not in ["", *NonTakeUp.values]:
            page.errors[f"barrier-{row}-type"] = "Kies een van de mogelijkheden."


def _count(posted: Mapping[str, str], key: str, people: int, page: SheetPage) -> int:
    """Read a whole number from 0 to the group's size; a wrong one becomes an error."""
    given = posted.get(key, "").strip()
    if not given:
        return 0
    # isdecimal alone would take other scripts' digits, and a long number is no count.
    if not (given.isascii() and given.isdecimal() and len(given) <= 4):
        page.errors[key] = f"Vul een getal in van 0 tot {people}."
        return 0
    count = int(given)
    if count > people:
        page.errors[key] = f"Er waren {people} mensen. Vul hoogstens {people} in."
        return 0
    return count


def read_text(
    posted: Mapping[str, str], key: str, longest: int, page: SheetPage
) -> str:
    text = posted.get(key, "").strip().replace("\r\n", "\n")
    if UNSTORABLE.search(text):
        page.errors[key] = UNSTORABLE_MESSAGE
    elif len(text) > longest:
        page.errors[key] = (
            f"Dit is te lang: {len(text)} tekens. Er is plaats voor {longest}."
        )
    elif refusal := why_refused(text):
        page.errors[key] = refusal
    return text
