"""The forms with which a talk is prepared: what to arrange, and what to ask."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from kader.plain_forms import PlainForm, PrivacyHintMixin
from kader.vocabulary import ChecklistPoint, ServiceDomain
from rechtencirkel.models import ChecklistItem, RoundQuestion
from rechtencirkel.models.conversation_preparation import (
    CHECKLIST_MAX_LENGTH,
    MAX_OWN_LINES,
)
from rechtencirkel.services import ChecklistLine

# Two empty lines to write on; more appear when these are filled.
SPARE_LINES = 2
LAST_PLACE = 99


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


class TalkQuestionsForm(PlainForm):
    """Which questions a talk asks, and in which order. The points are not asked here."""

    def __init__(
        self,
        *args: Any,
        questions: Iterable[RoundQuestion],
        chosen: dict[int, int],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        limited = {q.domain for q in self.questions if q.pk in chosen}
        for question in self.questions:
            self.add_field(
                f"ask-{question.pk}",
                forms.BooleanField(
                    label=question.text,
                    required=False,
                    initial=question.pk in chosen or question.domain not in limited,
                ),
            )
            self.add_field(
                f"place-{question.pk}",
                forms.IntegerField(
                    label=f"Plaats van: {question.text}",
                    required=False,
                    min_value=1,
                    max_value=LAST_PLACE,
                    initial=chosen.get(question.pk),
                    error_messages=dict.fromkeys(
                        ("min_value", "max_value"), "Vul een getal in van 1 tot 99."
                    ),
                ),
            )

    def domains(
        self,
    ) -> Iterator[
        tuple[ServiceDomain, list[tuple[RoundQuestion, BoundField, BoundField]]]
    ]:
        """Yield every domain with its questions as they are drawn."""
        for domain in ServiceDomain:
            rows = [
                (q, self[f"ask-{q.pk}"], self[f"place-{q.pk}"])
                for q in self.questions
                if q.domain == domain
            ]
            if rows:
                yield domain, rows

    def chosen_ids(self) -> list[int]:
        """Return the ticked questions, by domain and then by the place they were given."""
        order = list(ServiceDomain)
        ticked = [q for q in self.questions if self.cleaned_data[f"ask-{q.pk}"]]
        ticked.sort(
            key=lambda q: (
                order.index(ServiceDomain(q.domain)),
                self.cleaned_data[f"place-{q.pk}"] or LAST_PLACE,
                q.position,
            )
        )
        return [question.pk for question in ticked]
