"""The forms of a row of the doelgroepenmatrix, and of choosing the rows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kader.plain_forms import PlainForm, PlainModelForm, RowsField
from kader.vocabulary import MatrixDecision
from projects.forms.fields import field_of
from projects.matrix import SUGGESTED_GROUPS
from projects.models import SCORED_CRITERIA, Criterion, TargetGroup

NAME_LENGTH = 120
# More lines at once is a list copied from somewhere, not groups somebody thought of.
MOST_NAMES = 30


def _score_field(criterion: Criterion) -> forms.TypedChoiceField:
    """Ask one score, with what each figure means and a way not to say."""
    anchors = [
        (str(score), f"{score} {anchor}")
        for score, anchor in enumerate(criterion.anchors)
    ]
    return forms.TypedChoiceField(
        label=f"{criterion.code} {criterion.question}",
        choices=[*anchors, ("", "niet afgesproken")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class TargetGroupForm(PlainModelForm):
    """One row of the matrix, with the scores that the group agreed together.

    Breadth (N3) follows from the ticked rights. The form remembers the scores and the
    ticks that the page showed (`seen`): what somebody else changed meanwhile is kept when
    this person left it alone, and shown beside their own answer when both changed it.
    """

    n1 = _score_field(Criterion.N1)
    n2 = _score_field(Criterion.N2)
    n4 = _score_field(Criterion.N4)
    k1 = _score_field(Criterion.K1)
    k2 = _score_field(Criterion.K2)
    k3 = _score_field(Criterion.K3)
    k4 = _score_field(Criterion.K4)
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    GUARDED = (*(criterion.value for criterion in SCORED_CRITERIA), "rights")

    class Meta:
        model = TargetGroup
        fields = [
            "name",
            "n1",
            "n2",
            "rights",
            "n4",
            "k1",
            "k2",
            "k3",
            "k4",
            "bridge",
            "representative",
            "services",
            "planned_talks",
            "support",
            "source_kind",
            "source",
            "source_year",
            "confidence",
        ]
        field_classes = {"services": RowsField}
        widgets = {
            "name": forms.TextInput(attrs={"list": "suggested-groups"}),
            "services": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.instance.project.organisations.all()
        field_of(self, "bridge").queryset = organisations
        field_of(self, "services").queryset = organisations
        for criterion in SCORED_CRITERIA:
            score = field_of(self, criterion.value)
            score.choices = [*score.choices[:-1], ("", "niet afgesproken")]
        self.fields["rights"].label = f"N3 {Criterion.N3.question}"
        self.fields["rights"].help_text = (
            "Kruis aan welke grondrechten deze mensen missen. De score volgt vanzelf: "
            "geen is 0, 1 of 2 is 1, 3 of 4 is 2, 5 of meer is 3."
        )
        # Read before the answers are written on the row.
        self.stored = {name: getattr(self.instance, name) for name in self.GUARDED}
        self.initial["seen"] = _written(self.stored)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.instance.project.target_groups.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Deze doelgroep staat al in de matrix.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.instance.pk is not None:
            self._mind_others(cleaned)
        return cleaned

    def _mind_others(self, cleaned: dict[str, Any]) -> None:
        """Keep what somebody else changed; ask again about what both changed."""
        seen = dict(zip(self.GUARDED, cleaned.get("seen", "").split("."), strict=False))
        both = []
        for name in self.GUARDED:
            if name not in cleaned:
                continue
            typed, stored = _word(cleaned[name]), _word(self.stored[name])
            if typed == stored:
                continue
            if typed == seen.get(name, ""):
                cleaned[name] = self.stored[name]
            elif stored != seen.get(name, ""):
                both.append(name)
        for name in both:
            self.add_error(name, self._both(name))
        if both:
            # The next attempt has seen what is stored, so it may replace it.
            given: Any = self.data
            data = given.copy()
            data[self.add_prefix("seen")] = _written(self.stored)
            self.data = data

    def _both(self, name: str) -> str:
        stored = self.stored[name]
        if name == "rights":
            return (
                f"Iemand anders bewaarde intussen {len(stored)} aangekruiste "
                "grondrechten. Kijk na wat je zelf aankruiste en bewaar opnieuw."
            )
        there = (
            "wiste deze score intussen"
            if stored is None
            else f"bewaarde intussen {stored} ({Criterion(name).anchors[stored]})"
        )
        return f"Iemand anders {there}. Kijk na wat je zelf koos en bewaar opnieuw."


def _written(values: dict[str, Any]) -> str:
    return ".".join(_word(value) for value in values.values())


def _word(value: Any) -> str:
    """Return a score or a set of ticks as one word, the same however it was given."""
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    return "-".join(sorted(str(term) for term in value))


class PickForm(PlainForm):
    """Several rows at once: from the start list, own names, or two groups combined."""

    names = forms.MultipleChoiceField(
        label="kies uit de lijst", required=False, widget=forms.CheckboxSelectMultiple
    )
    own_names = forms.CharField(
        label="of schrijf er zelf bij",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=(
            "Eén groep per lijn. Een ruime naam, zodat niemand te herkennen is."
        ),
    )
    first = forms.ChoiceField(label="eerste groep", required=False)
    second = forms.ChoiceField(label="tweede groep", required=False)

    def __init__(self, *args: Any, present: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(present)
        self.present = {name.casefold() for name in names}
        free = [n for n in SUGGESTED_GROUPS if n.casefold() not in self.present]
        field_of(self, "names").choices = [(name, name) for name in free]
        both = [("", "Kies een groep"), *((name, name) for name in (*names, *free))]
        for side in ("first", "second"):
            field_of(self, side).choices = both
        messages = field_of(self, "names").error_messages
        messages["invalid_choice"] = "Kies alleen uit de mogelijkheden hieronder."

    def clean_own_names(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self._lines()]
        names = [line for line in lines if line]
        if len(names) > MOST_NAMES:
            raise ValidationError(
                f"Schrijf hoogstens {MOST_NAMES} groepen tegelijk. Je kunt daarna "
                "nog groepen toevoegen."
            )
        for name in names:
            if len(name) > NAME_LENGTH:
                raise ValidationError(
                    f"Een naam telt hoogstens {NAME_LENGTH} tekens. Deze is te lang: "
                    f"‘{name[:40]}…’."
                )
        return names

    def _lines(self) -> list[str]:
        text: str = self.cleaned_data["own_names"]
        return text.splitlines()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("first", ""), cleaned.get("second", "")
        if bool(first) != bool(second):
            self.add_error("second" if first else "first", "Kies ook de andere groep.")
        elif first and first == second:
            self.add_error("second", "Kies twee verschillende groepen.")
        elif first and len(combined(first, second)) > NAME_LENGTH:
            self.add_error(
                "second",
                "Samen zijn deze twee namen te lang. Schrijf hierboven zelf een "
                "kortere naam.",
            )
        if not self.errors and not self.wanted():
            self.add_error("names", "Kies minstens één groep, of schrijf er zelf een.")
        return cleaned

    def wanted(self) -> list[str]:
        """Return every name that was asked for, in the order of the page."""
        cleaned = self.cleaned_data
        first, second = cleaned.get("first", ""), cleaned.get("second", "")
        return [
            *cleaned.get("names", []),
            *cleaned.get("own_names", []),
            *([combined(first, second)] if first and second else []),
        ]


def combined(first: str, second: str) -> str:
    """Return the name of the people who belong to both groups."""
    return f"{first}, ook {second[:1].lower()}{second[1:]}"


class DecisionForm(PlainModelForm):
    """What the steering group decides about a group, and why."""

    class Meta:
        model = TargetGroup
        fields = ["decision", "reason"]
        widgets = {"decision": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision, reason = field_of(self, "decision"), field_of(self, "reason")
        decision.required = reason.required = True
        decision.choices = MatrixDecision.choices
        reason.error_messages["required"] = (
            "Schrijf in één zin waarom jullie dit beslissen."
        )
