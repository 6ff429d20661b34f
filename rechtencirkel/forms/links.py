"""The form that makes a link, and the answer sheet behind one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PRIVACY_SEEN, PlainForm, PlainModelForm, PrivacyHintMixin
from kader.vocabulary import (
    OPTION_LABELS,
    POINTS_RANGE,
    AnswerOption,
    QuestionLanguage,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import AnswerLink, RoundQuestion
from rechtencirkel.models.links import LAST_QUESTION, MAX_CODES, WRITTEN_MAX_LENGTH
from rechtencirkel.services import NOTHING_SAID, Sent
from rechtencirkel.sheet_drawing import spoken_answers

NO_ANSWER = "Weet ik niet / geen antwoord"
LINK_KINDS = (
    ("one", "Eén adres voor iedereen van deze functies"),
    ("codes", "Een eigen code per persoon, die één keer werkt"),
)


class AnswerLinkForm(PlainModelForm):
    """Make a link for the people of one service and one function group."""

    is_single_use = forms.TypedChoiceField(
        label="Hoe geef je de link?",
        choices=LINK_KINDS,
        coerce=lambda given: given == "codes",
        initial="one",
        widget=forms.RadioSelect,
        help_text="Met één adres kan iemand ook twee keer antwoorden. Codes deel je uit op papier.",
    )
    codes_made = forms.IntegerField(
        label="Hoeveel codes?",
        required=False,
        min_value=1,
        max_value=MAX_CODES,
        help_text=f"Alleen nodig als ieder een eigen code krijgt, hoogstens {MAX_CODES}.",
        error_messages={
            "min_value": f"Vul een getal in van 1 tot {MAX_CODES}.",
            "max_value": f"Vul een getal in van 1 tot {MAX_CODES}.",
        },
    )

    class Meta:
        model = AnswerLink
        fields = [
            "organisation",
            "category",
            "domains",
            "is_single_use",
            "codes_made",
            "closes_on",
            "contact",
            "told_on",
        ]
        widgets = {"category": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_single_use"] = "one"
        self.initial["codes_made"] = None
        services = self.fields["organisation"]
        if isinstance(services, forms.ModelChoiceField):
            services.queryset = self.instance.project.organisations.filter(
                side=Side.PROVIDERS
            )
        self.fields["told_on"].help_text = "Mag leeg blijven. Het staat op het blad."

    def clean_codes_made(self) -> int:
        return self.cleaned_data["codes_made"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_single_use"):
            cleaned["codes_made"] = 0
        elif not cleaned.get("codes_made") and "codes_made" not in self.errors:
            self.add_error("codes_made", f"Vul een getal in van 1 tot {MAX_CODES}.")
        closes_on, told_on = cleaned.get("closes_on"), cleaned.get("told_on")
        if closes_on and told_on and told_on < closes_on:
            self.add_error("told_on", "Kies een dag na het sluiten van de link.")
        return cleaned


@dataclass(frozen=True)
class Choice:
    """One answer to tick, with its words in the chosen language when there are any."""

    key: str
    value: str
    label: str
    spoken: str


@dataclass(frozen=True)
class SheetLine:
    """One question with its field.

    `waits_for` holds the keys of the choices after which it is asked; empty: always.
    """

    question: RoundQuestion
    field: forms.BoundField
    choices: tuple[Choice, ...]
    waits_for: tuple[str, ...]


@dataclass(frozen=True)
class SheetPart:
    """The questions of one domain as they stand on the sheet."""

    domain: ServiceDomain
    lines: tuple[SheetLine, ...]


class AnswerSheetForm(PrivacyHintMixin, PlainForm):
    """The whole sheet of one provider. Nothing is obligatory, but not all of it empty."""

    privacy_stays = "Mag het toch blijven staan? Verstuur dan opnieuw."

    last = forms.CharField(
        label=LAST_QUESTION,
        required=False,
        max_length=WRITTEN_MAX_LENGTH,
        widget=forms.Textarea,
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[RoundQuestion],
        language: QuestionLanguage | None = None,
        **kwargs: Any,
    ) -> None:
        self.questions = questions
        self.language = language
        # What Django copies for every form: here each link asks its own questions.
        self.base_fields = {  # type: ignore[misc]
            **{_key(question): _field(question) for question in questions},
            **self.base_fields,
        }
        self.privacy_fields = (*(_key(q) for q in questions if q.is_open), "last")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {name for name, value in cleaned.items() if value} - {PRIVACY_SEEN}
        if not self.errors and not said:
            raise ValidationError(NOTHING_SAID)
        return cleaned

    def parts(self) -> Iterator[SheetPart]:
        """Return the domains that are asked, in framework order."""
        on_sheet = {question.pk: question for question in self.questions}
        for domain in ServiceDomain:
            asked = [q for q in self.questions if q.domain == domain]
            if asked:
                yield SheetPart(domain, tuple(self._line(q, on_sheet) for q in asked))

    def _line(
        self, question: RoundQuestion, on_sheet: Mapping[int, RoundQuestion]
    ) -> SheetLine:
        field = self[_key(question)]
        spoken = {
            option.value: words
            for option, words in spoken_answers(question, self.language).items()
        }
        # A condition holds only while the question it hangs on is asked itself.
        parent = on_sheet.get(question.depends_on_id or 0)
        return SheetLine(
            question=question,
            field=field,
            choices=tuple(
                Choice(
                    _choice_key(question, value), value, label, spoken.get(value, "")
                )
                for value, label in getattr(field.field, "choices", ())
            ),
            waits_for=tuple(
                _choice_key(parent, option) for option in question.depends_options
            )
            if parent
            else (),
        )

    def sent(self) -> Sent:
        """Return what was answered, as the service takes it."""
        values: dict[int, str] = {}
        texts: dict[int | None, str] = {}
        for question in self.questions:
            given = self.cleaned_data[_key(question)]
            if given:
                if question.is_open:
                    texts[question.pk] = given
                else:
                    values[question.pk] = given
        if last := self.cleaned_data["last"]:
            texts[None] = last
        return Sent(values=values, texts=texts)


def _choice_key(question: RoundQuestion, value: str) -> str:
    return f"{_key(question)}-{value or 'geen'}"


def _key(question: RoundQuestion) -> str:
    """Name a field after its kind and its question."""
    if question.is_points:
        return f"punten-{question.pk}"
    return f"{'tekst' if question.is_open else 'keuze'}-{question.pk}"


def _field(question: RoundQuestion) -> forms.Field:
    if question.is_open:
        return forms.CharField(
            label=question.text,
            required=False,
            max_length=WRITTEN_MAX_LENGTH,
            widget=forms.Textarea,
        )
    if question.is_points:
        choices = [(str(points), str(points)) for points in POINTS_RANGE]
        choices.append(("", NO_ANSWER))
    else:
        labels = OPTION_LABELS[Scale(question.scale)] | {
            AnswerOption.UNKNOWN: NO_ANSWER
        }
        choices = [(option.value, labels[option]) for option in AnswerOption]
    return forms.ChoiceField(
        label=question.text,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
    )
