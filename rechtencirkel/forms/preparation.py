"""The forms with which a talk is prepared: what to arrange, and what to ask."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from kader.plain_forms import PlainForm, PrivacyHintMixin
from kader.privacy_hint import Finding
from kader.vocabulary import ChecklistPoint, ServiceDomain
from rechtencirkel.models import AskedQuestion, ChecklistItem, RoundQuestion
from rechtencirkel.models.conversation import NO_PLACE
from rechtencirkel.models.conversation_preparation import (
    CHECKLIST_MAX_LENGTH,
    MAX_OWN_LINES,
)
from rechtencirkel.models.questions import TEXT_MAX_LENGTH
from rechtencirkel.services import ANSWERED_HERE, ChecklistLine

# Two empty lines to write on; more appear when these are filled.
SPARE_LINES = 2


class ChecklistForm(PrivacyHintMixin, PlainForm):
    """The fixed points with a note each, and lines of one's own."""

    def __init__(self, *args: Any, items: Iterable[ChecklistItem], **kwargs: Any):
        super().__init__(*args, **kwargs)
        kept = {item.point: item for item in items if item.point}
        own = [item for item in items if not item.point]
        for point in ChecklistPoint:
            self._ask(point, point.label, kept.get(point), help_text=point.explanation)
        self.own_lines = min(len(own) + SPARE_LINES, MAX_OWN_LINES)
        for number in range(self.own_lines):
            item = own[number] if number < len(own) else None
            self._ask(f"own-{number}", f"Eigen punt {number + 1}", item)

    def _ask(
        self, key: str, label: str, item: ChecklistItem | None, help_text: str = ""
    ) -> None:
        self.add_field(
            f"{key}-done",
            forms.BooleanField(
                label=label,
                required=False,
                initial=item.is_done if item else False,
                help_text=help_text,
            ),
        )
        words = forms.CharField(
            label=f"{label}: wat precies?",
            required=False,
            max_length=CHECKLIST_MAX_LENGTH,
            initial=item.text if item else "",
        )
        words.widget.attrs["data-privacy"] = ""
        self.add_field(f"{key}-text", words)
        self.privacy_fields = (*self.privacy_fields, f"{key}-text")

    def rows(self) -> Iterator[tuple[BoundField, BoundField, bool]]:
        """Yield every line as it is drawn: its tick, its words, and whether it is fixed."""
        for key in self._keys():
            fixed = not key.startswith("own-")
            yield self[f"{key}-done"], self[f"{key}-text"], fixed

    def lines(self) -> list[ChecklistLine]:
        """Return what was typed, to be stored."""
        given = self.cleaned_data
        return [
            ChecklistLine(
                text=given[f"{key}-text"],
                is_done=given[f"{key}-done"],
                point=ChecklistPoint(key) if key in ChecklistPoint.values else None,
            )
            for key in self._keys()
        ]

    def _keys(self) -> list[str]:
        own = [f"own-{number}" for number in range(self.own_lines)]
        return [*(point.value for point in ChecklistPoint), *own]


@dataclass(frozen=True)
class TalkQuestionRow:
    """One question as it is drawn: whether it is asked, its place, and its words."""

    question: RoundQuestion
    ask: BoundField
    words: BoundField
    own_words: str
    # Whether the sheet answers it: then its words are fixed.
    is_answered: bool
    is_chosen: bool
    may_go_up: bool
    may_go_down: bool

    @property
    def shown_text(self) -> str:
        return self.own_words or self.question.text


class TalkQuestionsForm(PrivacyHintMixin, PlainForm):
    """Which questions a talk asks, in which order and words. The points are always asked.

    A button of the page moves one question and saves the rest with it, so that nothing
    that was ticked or typed gets lost on the way.
    """

    def __init__(
        self,
        *args: Any,
        questions: Iterable[RoundQuestion],
        chosen: Sequence[AskedQuestion],
        answered: Collection[int],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        places = {row.question_id: row.position for row in chosen}
        self.own_words = {row.question_id: row.text for row in chosen if row.text}
        self.answered = answered
        asked = [question for question in questions if not question.is_points]
        limited = {q.domain for q in asked if q.pk in places}
        order = list(ServiceDomain)
        self.questions = sorted(
            asked,
            key=lambda q: (
                order.index(ServiceDomain(q.domain)),
                places.get(q.pk, NO_PLACE),
                q.position,
            ),
        )
        self.asked_now = {
            q.pk for q in asked if q.pk in places or q.domain not in limited
        }
        self.privacy_fields = tuple(f"words-{q.pk}" for q in self.questions)
        for question in self.questions:
            self._ask(question)

    def _ask(self, question: RoundQuestion) -> None:
        own = self.own_words.get(question.pk, "")
        self.add_field(
            f"ask-{question.pk}",
            forms.BooleanField(
                label=own or question.text,
                required=False,
                initial=question.pk in self.asked_now,
            ),
        )
        words = forms.CharField(
            label=f"Eigen woorden voor {question.code}",
            required=False,
            max_length=TEXT_MAX_LENGTH,
            initial=own or question.text,
            widget=forms.Textarea,
            # Its answers belong to the words they were given to.
            disabled=question.pk in self.answered,
        )
        self.add_field(f"words-{question.pk}", words)
        words.widget.attrs |= {"rows": 2, "data-privacy": ""}

    def domains(self) -> Iterator[tuple[ServiceDomain, list[TalkQuestionRow]]]:
        """Yield every domain with its questions as they are drawn."""
        for domain in ServiceDomain:
            here = [q for q in self.questions if q.domain == domain]
            if here:
                yield domain, self._rows(here)

    def _rows(self, here: Sequence[RoundQuestion]) -> list[TalkQuestionRow]:
        movable = [q.pk for q in here if q.pk in self.asked_now]
        return [
            TalkQuestionRow(
                question=q,
                ask=self[f"ask-{q.pk}"],
                words=self[f"words-{q.pk}"],
                own_words=self.own_words.get(q.pk, ""),
                is_answered=q.pk in self.answered,
                is_chosen=q.pk in self.asked_now,
                may_go_up=q.pk in movable[1:],
                may_go_down=q.pk in movable[:-1],
            )
            for q in here
        ]

    def _findings(self, name: str, value: Any) -> tuple[Finding, ...]:
        # The words of the bank were read over before they were published.
        if value == self.fields[name].initial:
            return ()
        return super()._findings(name, value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for pk in self.own_words.keys() & set(self.answered):
            if f"ask-{pk}" in self.fields and not cleaned.get(f"ask-{pk}"):
                self.add_error(f"ask-{pk}", ANSWERED_HERE)
        return cleaned

    def chosen_ids(self, move: str = "") -> list[int]:
        """Return the ticked questions in their order; `move` is "up-12" or "down-12"."""
        ticked = [q for q in self.questions if self.cleaned_data[f"ask-{q.pk}"]]
        direction, _, wanted = move.partition("-")
        here = next((i for i, q in enumerate(ticked) if str(q.pk) == wanted), None)
        step = {"up": -1, "down": 1}.get(direction, 0)
        if here is not None and 0 <= here + step < len(ticked):
            one, other = ticked[here], ticked[here + step]
            # A question stays on the page of its own domain.
            if one.domain == other.domain:
                ticked[here], ticked[here + step] = other, one
        return [question.pk for question in ticked]

    def wordings(self) -> dict[int, str]:
        """Return the words of this talk, by question; empty means those of the round."""
        return {q.pk: self.cleaned_data[f"words-{q.pk}"] for q in self.questions}
