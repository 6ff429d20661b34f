"""One page of a conversation's sheet as it is drawn: the fields with what stands in them.

What was typed goes in, right or wrong, or what is stored as if it had just been typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kader.privacy_hint import Finding, find_clues
from kader.vocabulary import (
    OPTION_LABELS,
    POINTS_RANGE,
    AnswerOption,
    QuestionLanguage,
    Scale,
    ServiceDomain,
)
from rechtencirkel.catalogue import read_aids
from rechtencirkel.models import Conversation, RoundQuestion
from rechtencirkel.models.answers import ANSWER_MAX_LENGTH
from rechtencirkel.sheet import (
    DISAGREEMENT_KEY,
    MAX_ROWS,
    answer_key,
    option_key,
    sticker_key,
)

# What could lead to a person, by the id of its field: a question, never an error.
Hints = Mapping[str, tuple[Finding, ...]]
NO_HINTS: Hints = MappingProxyType({})


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
    named = conversation.barriers.filter(domain=domain).exclude(text="")
    for row, barrier in enumerate(named):
        typed[f"barrier-{row}-text"] = barrier.text
        typed[f"barrier-{row}-kind"] = barrier.kind
        typed[f"barrier-{row}-level"] = barrier.level
        typed[f"barrier-{row}-type"] = barrier.non_take_up
        typed[f"barrier-{row}-checked"] = "on" if barrier.is_unrecognisable else ""
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
