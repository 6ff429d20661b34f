"""One page of a conversation's sheet: what was typed, checked in one pass.

A sheet has too many little fields for a Django form (measured: ten times slower) and
its rules cross fields: tallies may not exceed the number of people. A mapping in, values
and Dutch errors out; what was typed is kept, right or wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from kader.plain_forms import UNSTORABLE
from kader.privacy_hint import Finding, find_clues, why_refused
from kader.vocabulary import (
    OPTION_LABELS,
    POINTS_RANGE,
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    NonTakeUp,
    QuestionLanguage,
    QuoteUse,
    Scale,
    ServiceDomain,
)
from rechtencirkel.catalogue import read_aids
from rechtencirkel.models import Conversation, RoundQuestion
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
UNSTORABLE_MESSAGE = (
    "Hier staat een teken dat we niet kunnen bewaren. Typ de tekst opnieuw."
)


# What could lead to a person, by the id of its field: a question, never an error.
Hints = Mapping[str, tuple[Finding, ...]]
NO_HINTS: Hints = MappingProxyType({})


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


@dataclass(frozen=True)
class Field:
    """One input of the page as it is drawn: what was typed, and what is wrong with it."""

    key: str
    label: str
    value: str
    error: str
    # The label in the language of the talk, when there is one.
    spoken: str = ""
    hints: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Block:
    """One question with its inputs: five counters, one text, or the points."""

    question: RoundQuestion
    fields: tuple[Field, ...]
    error: str
    joint: str = ""
    # What must have been counted before this question is asked: names of counters.
    waits_for: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id that the error summary links to."""
        return f"q-{self.question.pk}"

    @property
    def total(self) -> int:
        """How many were counted, for a reader without script."""
        return sum(int(f.value) for f in self.fields if f.value.isdecimal())


@dataclass(frozen=True)
class WordRow:
    """One row of quotes or barriers; the fields carry their keys as posted."""

    number: int
    values: Mapping[str, str]
    errors: Mapping[str, str]
    hints: tuple[Finding, ...] = ()

    @property
    def ticked(self) -> set[str]:
        """The names of what is ticked or filled in."""
        return {name for name, value in self.values.items() if value}


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


def stored_page(conversation: Conversation, domain: ServiceDomain) -> dict[str, str]:
    """Return what is stored for a domain as if it had just been typed. Six queries."""
    typed: dict[str, str] = {}
    for tally in conversation.option_tallies.filter(
        question__domain=domain
    ).select_related("question"):
        key = option_key(tally.question, AnswerOption(tally.option))
        typed[key] = str(tally.people)
    for points in conversation.points_tallies.filter(domain=domain):
        if points.is_joint:
            typed["p"] = str(points.points)
        else:
            typed[sticker_key(points.points)] = str(points.people)
    for answer in conversation.open_answers.filter(
        question__domain=domain
    ).select_related("question"):
        typed[answer_key(answer.question)] = answer.text
    return typed | _stored_words(conversation, domain)


def _stored_words(conversation: Conversation, domain: ServiceDomain) -> dict[str, str]:
    typed: dict[str, str] = {}
    legible = conversation.quotes.filter(domain=domain).exclude(text="")
    for row, quote in enumerate(legible):
        typed[f"quote-{row}-text"] = quote.text
        for use in quote.uses:
            typed[f"quote-{row}-{use}"] = "on"
        typed[f"quote-{row}-checked"] = "on" if quote.is_unrecognisable else ""
    for row, barrier in enumerate(conversation.barriers.filter(domain=domain)):
        typed[f"barrier-{row}-text"] = barrier.text
        typed[f"barrier-{row}-kind"] = barrier.kind
        typed[f"barrier-{row}-level"] = barrier.level
        typed[f"barrier-{row}-type"] = barrier.non_take_up
    for note in conversation.disagreements.filter(domain=domain):
        typed[DISAGREEMENT_KEY] = note.text
    return typed


def find_hints(typed: Mapping[str, str]) -> Hints:
    """Look for names and the like in every text of a page, by the id of its field."""
    found = {
        key: find_clues(text)
        for key, text in typed.items()
        if (key.startswith("o-") or key.endswith("-text") or key == DISAGREEMENT_KEY)
        and len(text) <= ANSWER_MAX_LENGTH
    }
    return {key: findings for key, findings in found.items() if findings}


def build_blocks(
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    questions: Sequence[RoundQuestion],
    language: QuestionLanguage | None = None,
    hints: Hints = NO_HINTS,
) -> list[Block]:
    """Return the questions of a page with what was typed, right or wrong.

    A condition holds only while the question it hangs on is on the page itself.
    """
    blocks = []
    on_page = {question.pk: question for question in questions}
    for question in questions:
        if question.is_closed:
            labels = OPTION_LABELS[Scale(question.scale)]
            keys = [(option_key(question, o), labels[o]) for o in AnswerOption]
        elif question.is_points:
            keys = [(sticker_key(value), str(value)) for value in POINTS_RANGE]
        else:
            keys = [(answer_key(question), question.text)]
        spoken = _spoken_labels(question, language)
        blocks.append(
            Block(
                question=question,
                fields=tuple(
                    Field(
                        key,
                        label,
                        typed.get(key, ""),
                        errors.get(key, ""),
                        spoken.get(label, ""),
                        hints.get(key, ()),
                    )
                    for key, label in keys
                ),
                error=errors.get("p" if question.is_points else f"q-{question.pk}", ""),
                joint=typed.get("p", ""),
                waits_for=_waits_for(question, on_page),
            )
        )
    return blocks


def _spoken_labels(
    question: RoundQuestion, language: QuestionLanguage | None
) -> dict[str, str]:
    """Return the words of the answers in a language, by their Dutch label."""
    labels = OPTION_LABELS[Scale(question.scale)] if question.is_closed else {}
    return {
        labels[option]: words
        for option, words in spoken_answers(question, language).items()
    }


def spoken_answers(
    question: RoundQuestion, language: QuestionLanguage | None
) -> Mapping[AnswerOption, str]:
    """Return the words of the answers to a closed question in a language."""
    if language is None or not question.is_closed:
        return {}
    words = read_aids().answers[language][Scale(question.scale)]
    return {option: words[option] for option in AnswerOption}


def _waits_for(
    question: RoundQuestion, on_page: Mapping[int, RoundQuestion]
) -> tuple[str, ...]:
    parent = on_page.get(question.depends_on_id or 0)
    if parent is None:
        return ()
    return tuple(option_key(parent, o) for o in question.depends_options)


def build_rows(
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    prefix: str,
    names: Sequence[str],
    *,
    spare: int = 1,
    hints: Hints = NO_HINTS,
) -> list[WordRow]:
    """Return the filled rows of quotes or barriers, and a spare one to fill in."""
    filled = [
        number
        for number in range(MAX_ROWS)
        if typed.get(f"{prefix}-{number}-text", "").strip()
    ]
    last = filled[-1] if filled else -1
    return [
        WordRow(
            number=number,
            values={name: typed.get(f"{prefix}-{number}-{name}", "") for name in names},
            errors={
                name: errors.get(f"{prefix}-{number}-{name}", "") for name in names
            },
            hints=hints.get(f"{prefix}-{number}-text", ()),
        )
        for number in range(min(MAX_ROWS, last + 1 + spare))
    ]


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
