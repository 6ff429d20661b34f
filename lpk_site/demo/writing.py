"""How the demo writes: every row checked as a form would, every sheet as if typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from django.db import models

from kader.vocabulary import (
    AnswerOption,
    BarrierKind,
    BarrierLevel,
    QuoteUse,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import Conversation, RoundQuestion
from rechtencirkel.services import hand_in, mark_read_back, save_first_change, save_page
from rechtencirkel.sheet import answer_key, option_key, read_page, sticker_key

Row = TypeVar("Row", bound=models.Model)

# Points around a middle, so that the middle stays the median whatever the group's size.
AROUND = (0, -1, 1, 0, -2, 2, 0, 1, -1, 0)


@dataclass(frozen=True)
class Said:
    """What one group said about one domain.

    `points` is a joint score; `stickers` maps points to people. `options` maps the end
    of a question code (D2) to five counts. `uses` is what every
    speaker agreed to. `barriers` are (text, kind, level).
    """

    points: int | None = None
    stickers: Mapping[int, int] = field(default_factory=dict)
    options: Mapping[str, Sequence[int]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    quotes: Sequence[str] = ()
    uses: Sequence[QuoteUse] = (QuoteUse.DIALOGUE, QuoteUse.REPORT)
    barriers: Sequence[tuple[str, BarrierKind, BarrierLevel]] = ()


def save(row: Row) -> Row:
    """Store one row after the checks a form would do."""
    row.full_clean()
    row.save()
    return row


def enter(conversation: Conversation, said: Mapping[ServiceDomain, Said]) -> None:
    """Type a sheet, domain by domain, through the same checks as the page."""
    for domain, words in said.items():
        questions = list(
            conversation.round.questions.filter(domain=domain, side=conversation.side)
        )
        typed = _typed(words, {q.code.split("-")[1]: q for q in questions})
        page = read_page(typed, questions=questions, people=conversation.people)
        if page.errors:
            raise ValueError(page.errors)
        save_page(
            conversation=conversation,
            domain=domain,
            page=page,
            version=conversation.version,
        )


def finish(
    conversation: Conversation, *, first_change: str = "", read_back: bool = True
) -> None:
    """Hand a sheet in the day after the talk; the group reads it back a week later."""
    if first_change:
        save_first_change(
            conversation=conversation, text=first_change, version=conversation.version
        )
    hand_in(conversation=conversation, on=conversation.held_on + timedelta(days=1))
    if read_back and conversation.side == Side.TARGET_GROUP:
        mark_read_back(
            conversation=conversation, on=conversation.held_on + timedelta(days=7)
        )


def stickers_around(middle: int, people: int) -> dict[int, int]:
    """Spread as many stickers as people around a middle, within 0 to 10."""
    counts: dict[int, int] = {}
    for place in range(people):
        value = min(10, max(0, middle + AROUND[place % len(AROUND)]))
        counts[value] = counts.get(value, 0) + 1
    return counts


def options_around(middle: int, people: int, random: Random) -> list[int]:
    """Spread people over four answers and "weet ik niet", denser near the middle."""
    weights = [max(1, 10 - abs(place * 3 + 1 - middle) * 2) for place in range(4)]
    counts = [0] * len(AnswerOption)
    for place in random.choices([0, 1, 2, 3, 4], [*weights, 1], k=people):
        counts[place] += 1
    return counts


def day(text: str) -> date:
    """Read a day such as 2026-11-10."""
    return date.fromisoformat(text)


def _typed(said: Said, questions: Mapping[str, RoundQuestion]) -> dict[str, str]:
    typed: dict[str, str] = {}
    if said.points is not None:
        typed["p"] = str(said.points)
    for value, people in said.stickers.items():
        typed[sticker_key(value)] = str(people)
    for code, counts in said.options.items():
        for option, people in zip(AnswerOption, counts, strict=True):
            typed[option_key(questions[code], option)] = str(people)
    for code, text in said.answers.items():
        typed[answer_key(questions[code])] = text
    for row, text in enumerate(said.quotes):
        ticks = {f"quote-{row}-{name}": "on" for name in (*said.uses, "checked")}
        typed |= {f"quote-{row}-text": text, **ticks}
    for row, (text, kind, level) in enumerate(said.barriers):
        typed[f"barrier-{row}-text"] = text
        typed[f"barrier-{row}-kind"] = kind.value
        typed[f"barrier-{row}-level"] = level.value
        typed[f"barrier-{row}-checked"] = "on"
    return typed
