"""The forms with which a municipality prepares the questions of a round."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kader.plain_forms import PlainForm
from kader.vocabulary import (
    OPTION_LABELS,
    AnswerOption,
    CircleSize,
    Pictogram,
    QuestionLanguage,
    Scale,
    ServiceDomain,
    Side,
)
from rechtencirkel.models import RoundQuestion
from rechtencirkel.models.questions import REASON_MAX_LENGTH, TEXT_MAX_LENGTH
from rechtencirkel.services import Wording, has_answers

QUESTION_SCALES = [
    ("", "Open vraag: mensen vertellen in hun eigen woorden."),
    *((s.value, f"{s.label}. {s.explanation}") for s in Scale if s != Scale.POINTS),
]


def _language_key(language: QuestionLanguage) -> str:
    return f"taal_{language.value}"


def _option_label(option: AnswerOption) -> str:
    """Name an option on both scales: which one it is shows once the question is known."""
    labels = [OPTION_LABELS[s][option] for s in OPTION_LABELS]
    return " / ".join(dict.fromkeys(labels))


class WordingForm(PlainForm):
    """The words of a question, its reason, its drawing, its condition, its languages."""

    text = forms.CharField(
        label="De vraag",
        max_length=TEXT_MAX_LENGTH,
        widget=forms.Textarea,
        help_text="Korte zinnen en gewone woorden. Vraag één ding tegelijk.",
    )
    reason = forms.CharField(
        label="Waarom vragen we dit?",
        max_length=REASON_MAX_LENGTH,
        required=False,
        widget=forms.Textarea,
        help_text="Eén zin die de begeleider kan voorlezen. Mag leeg blijven.",
    )
    pictogram = forms.TypedChoiceField(
        label="Tekening bij de vraag",
        choices=[("", "Geen tekening"), *Pictogram.choices],
        required=False,
    )
    depends_on = forms.ModelChoiceField(
        label="Alleen stellen na een andere vraag",
        queryset=RoundQuestion.objects.none(),
        required=False,
        help_text="Kies een vraag met vier antwoorden uit hetzelfde domein.",
    )
    depends_options = forms.TypedMultipleChoiceField(
        label="Als iemand daar dit antwoordde",
        choices=[(o.value, _option_label(o)) for o in AnswerOption],
        coerce=AnswerOption,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in QuestionLanguage:
            field = forms.CharField(
                label=language.label,
                max_length=TEXT_MAX_LENGTH,
                required=False,
                widget=forms.Textarea(
                    attrs={
                        "rows": 2,
                        "class": "form-control",
                        "lang": language.tag,
                        "dir": language.direction,
                    }
                ),
            )
            field.error_messages["required"] = "Vul dit nog in."
            self.fields[_language_key(language)] = field

    @property
    def wording(self) -> Wording:
        """What the form says, once it is valid."""
        given = self.cleaned_data
        return Wording(
            text=given["text"],
            reason=given["reason"],
            pictogram=given["pictogram"],
            translations={
                language: given[_language_key(language)]
                for language in QuestionLanguage
            },
            depends_on=given.get("depends_on"),
            depends_options=given.get("depends_options", ()),
        )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        names = ("text", "reason", "pictogram", "is_hidden")
        return [self[name] for name in names if name in self.fields]

    @property
    def condition_fields(self) -> list[forms.BoundField]:
        names = ("depends_on", "depends_options")
        return [self[name] for name in names if name in self.fields]

    @property
    def language_fields(self) -> list[forms.BoundField]:
        return [self[_language_key(language)] for language in QuestionLanguage]

    def _offer_parents(self, rows: Any) -> None:
        field = self.fields["depends_on"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows
            field.empty_label = "Nee, altijd stellen"


class QuestionEditForm(WordingForm):
    """Change one question; what cannot change any more is shown and locked."""

    is_hidden = forms.BooleanField(
        label="Verberg deze vraag voor nieuwe gesprekken",
        required=False,
        help_text="Antwoorden die er al zijn, blijven bewaard.",
    )

    def __init__(self, *args: Any, question: RoundQuestion, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(question)
        super().__init__(*args, **kwargs)
        self.is_answered = has_answers(question)
        self.has_dependents = question.dependents.exists()
        if self.is_answered:
            self.fields["text"].disabled = True
            self.fields["text"].help_text = (
                "Op deze vraag is al geantwoord, of ze staat achter een link. De woorden "
                "liggen vast, anders betekenen die antwoorden iets anders. Verbergen "
                "kan wel."
            )
        if question.is_points:
            del self.fields["is_hidden"]
        if question.is_points or self.has_dependents:
            del self.fields["depends_on"], self.fields["depends_options"]
        else:
            self._offer_parents(
                question.round.questions.filter(
                    domain=question.domain,
                    side=question.side,
                    scale__in=[Scale.AGREEMENT, Scale.FREQUENCY],
                    depends_on=None,
                ).exclude(pk=question.pk)
            )


class QuestionCreateForm(WordingForm):
    """Add an own question; its code is given by the product."""

    domain = forms.TypedChoiceField(
        label="Bij welk domein hoort ze?",
        choices=ServiceDomain.choices,
        coerce=ServiceDomain,
    )
    side = forms.TypedChoiceField(
        label="Aan wie stellen jullie ze?",
        choices=Side.choices,
        coerce=Side,
        widget=forms.RadioSelect,
    )
    scale = forms.ChoiceField(
        label="Hoe antwoorden mensen?",
        choices=QUESTION_SCALES,
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("text", "side", "domain", "scale", "reason", "pictogram")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The condition asks for the page first; it can be set once the question exists.
        del self.fields["depends_on"], self.fields["depends_options"]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.field_order]


class QuestionChoiceForm(PlainForm):
    """Which questions the round asks; a button may fill in the whole or short circle."""

    circle = forms.TypedChoiceField(
        choices=[("", "Eigen keuze"), *CircleSize.choices],
        coerce=CircleSize,
        required=False,
        widget=forms.HiddenInput,
    )
    questions = forms.TypedMultipleChoiceField(
        label="Deze vragen stellen we",
        choices=(),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, questions: Sequence[RoundQuestion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["questions"]
        if isinstance(field, forms.TypedMultipleChoiceField):
            field.choices = [(q.pk, q.text) for q in questions]


class CompareForm(PlainForm):
    """Which two lists of questions to lay side by side."""

    van = forms.ChoiceField(label="Van", choices=())
    naar = forms.ChoiceField(label="Naar", choices=())

    def __init__(
        self, *args: Any, sources: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("van", "naar"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(sources)


def _initial(question: RoundQuestion) -> dict[str, Any]:
    return {
        "text": question.text,
        "reason": question.reason,
        "pictogram": question.pictogram,
        "is_hidden": question.is_hidden,
        "depends_on": question.depends_on_id,
        "depends_options": [o.value for o in question.depends_options],
        **{
            _language_key(QuestionLanguage(row.language)): row.text
            for row in question.translations.all()
        },
    }
