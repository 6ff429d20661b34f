"""The forms of the planning: a next version with its steps, a vote and its answer."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import ConditionAnswer, Feasibility, Phase
from projects.forms.fields import field_of
from projects.models import FeasibilityVote, Organisation, Planning, PlanningStep

MOST_STEPS = 60
EMPTY_ROWS = 3
TOO_MANY_STEPS = (
    f"Een planning heeft hoogstens {MOST_STEPS} stappen. "
    "Neem stappen samen of maak rijen leeg."
)
BROKEN_PAGE = "De stappen kwamen niet goed door. Open de bladzijde opnieuw."
# A step this far from the start of the project is a slip of the finger.
YEARS_BEFORE, YEARS_AFTER = 2, 10


class PlanningForm(PlainModelForm):
    """The next version of the planning; its steps are a formset of their own."""

    class Meta:
        model = Planning
        fields = [
            "target_participants",
            "target_not_reached",
            "target_providers",
            "remark",
            "change_note",
            "is_major",
        ]
        widgets = {"is_major": forms.CheckboxInput}
        labels = {"is_major": "dit is een grote wijziging"}
        help_texts = {
            "target_participants": (
                "Ons voorstel: 12 mensen per gekozen doelgroep, in twee gesprekken."
            ),
            "target_providers": "Ons voorstel: de helft van de sociale dienst.",
            "remark": "Bijvoorbeeld: niet in de kerstvakantie.",
            "is_major": (
                "Bij een grote wijziging geven alle leden opnieuw hun oordeel. Andere "
                "dagen, aantallen of uren zijn altijd een grote wijziging."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The first version changes nothing, and everybody judges it.
        if self.instance.version is None:
            del self.fields["change_note"], self.fields["is_major"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        everybody: int | None = cleaned.get("target_participants")
        not_reached: int = cleaned.get("target_not_reached") or 0
        if everybody is not None and not_reached > everybody:
            self.add_error(
                "target_not_reached",
                f"Dit is een deel van de {everybody} mensen hierboven. "
                "Vul een kleiner getal in.",
            )
        return cleaned


class StepForm(PlainForm):
    """One step of the planning; a row in which nothing is typed is no step."""

    title = forms.CharField(label="wat gebeurt er?", max_length=120)
    phase = forms.TypedChoiceField(
        label="fase", choices=[("", "Kies"), *Phase.choices], coerce=Phase
    )
    owner = forms.TypedChoiceField(
        label="wie trekt dit?", required=False, empty_value=None
    )
    starts_on = forms.DateField(label="van")
    ends_on = forms.DateField(label="tot en met")
    hours = forms.IntegerField(
        label="uren", required=False, min_value=0, max_value=10_000
    )
    euros = forms.IntegerField(
        label="euro", required=False, min_value=0, max_value=10_000_000
    )

    def __init__(
        self,
        *args: Any,
        owners: dict[str, Organisation],
        years: range,
        **kwargs: Any,
    ) -> None:
        # A row that was filled in before may be emptied as well.
        super().__init__(*args, **kwargs | {"empty_permitted": True})
        self.years = years
        owner = field_of(self, "owner")
        owner.choices = [
            ("", "Niet ingevuld"),
            *((key, str(organisation)) for key, organisation in owners.items()),
        ]
        owner.coerce = owners.__getitem__

    def has_changed(self) -> bool:
        """Say whether anything is typed; a phase or an owner alone is no step."""
        typed = (
            self[name].data
            for name in ("title", "starts_on", "ends_on", "hours", "euros")
        )
        return any(str(value).strip() for value in typed if value is not None)

    def clean_starts_on(self) -> date:
        return self._sane(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date:
        return self._sane(self.cleaned_data["ends_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error(
                "ends_on", "Het einde ligt voor het begin. Kijk de dagen na."
            )
        return cleaned

    def as_step(self) -> PlanningStep:
        """Return the row as a step; only for a valid row that is not empty."""
        return PlanningStep(**self.cleaned_data)

    def _sane(self, day: date) -> date:
        if day.year not in self.years:
            raise ValidationError(
                f"Kies een dag tussen {self.years.start} en {self.years.stop - 1}."
            )
        return day


class BaseStepFormSet(forms.BaseFormSet):
    """All steps of a version: at most sixty, in any order, overlapping or not."""

    def clean(self) -> None:
        # The page always has empty rows: none at all is a page that broke.
        if self.total_form_count() < 1:
            raise ValidationError(BROKEN_PAGE)
        if len(self.filled) > MOST_STEPS:
            raise ValidationError(TOO_MANY_STEPS)

    @property
    def filled(self) -> list[StepForm]:
        """Return the rows in which something is typed."""
        return [form for form in self.forms if form.has_changed()]

    def steps(self) -> list[PlanningStep]:
        """Return the steps of a valid formset, the first to begin first."""
        steps = [form.as_step() for form in self.filled]
        return sorted(steps, key=lambda step: (step.starts_on, step.ends_on))


# What the factory makes is a BaseStepFormSet; the stubs do not know.
StepFormSet: Any = forms.formset_factory(
    StepForm,
    formset=BaseStepFormSet,
    extra=EMPTY_ROWS,
    max_num=MOST_STEPS + EMPTY_ROWS,
    absolute_max=MOST_STEPS + 20,
)


def step_formset(
    planning: Planning, *, data: Any = None, initial: list[dict[str, Any]]
) -> BaseStepFormSet:
    """Return the rows for a planning of this project. One query, whatever the rows."""
    project = planning.project
    owners = {str(row.pk): row for row in project.organisations.all()}
    started = project.started_on.year
    formset: BaseStepFormSet = StepFormSet(
        data,
        prefix="steps",
        initial=initial,
        form_kwargs={
            "owners": owners,
            "years": range(started - YEARS_BEFORE, started + YEARS_AFTER + 1),
        },
        error_messages={
            "missing_management_form": BROKEN_PAGE,
            "too_many_forms": TOO_MANY_STEPS,
        },
    )
    return formset


class VoteForm(PlainModelForm):
    """What a member says about the planning: three answers and one sentence."""

    class Meta:
        model = FeasibilityVote
        fields = ["choice", "condition"]
        widgets = {"choice": forms.RadioSelect}
        labels = {
            "choice": "lukt dit voor jou?",
            "condition": "wat moet er veranderen?",
        }
        help_texts = {
            "condition": (
                "Alleen nodig bij ‘haalbaar als …’ en ‘niet haalbaar’. Eén zin is genoeg."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "choice").choices = Feasibility.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice, condition = cleaned.get("choice"), cleaned.get("condition")
        if "condition" in self.errors or not choice:
            return cleaned
        if choice == Feasibility.FEASIBLE_IF and not condition:
            self.add_error("condition", "Schrijf in één zin wat er moet veranderen.")
        elif choice == Feasibility.NOT_FEASIBLE and not condition:
            self.add_error("condition", "Schrijf in één zin waarom het niet lukt.")
        elif choice == Feasibility.FEASIBLE and condition:
            self.add_error(
                "condition",
                "Je koos ‘haalbaar’. Kies ‘haalbaar als …’, of maak dit leeg.",
            )
        return cleaned


class RecordedVoteForm(VoteForm):
    """What a member said aloud, typed in by the coordinator."""

    class Meta(VoteForm.Meta):
        labels = {
            "choice": "lukt het voor dit lid?",
            "condition": "wat moet er veranderen?",
        }


class AnswerForm(PlainModelForm):
    """What the coordinator answers to a condition."""

    class Meta:
        model = FeasibilityVote
        fields = ["answer", "answer_text"]
        widgets = {"answer": forms.RadioSelect}
        help_texts = {"answer_text": "Verplicht als je de voorwaarde niet aanvaardt."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = field_of(self, "answer")
        answer.required = True
        answer.choices = ConditionAnswer.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        refused = cleaned.get("answer") == ConditionAnswer.NOT_ACCEPTED
        is_told = bool(cleaned.get("answer_text")) or "answer_text" in self.errors
        if refused and not is_told:
            self.add_error("answer_text", "Schrijf in één zin waarom het niet kan.")
        return cleaned
