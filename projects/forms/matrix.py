"""The forms of the doelgroepenmatrix."""

from typing import Any

from django import forms

from kader.plain_forms import PlainModelForm
from kader.vocabulary import MatrixDecision
from projects.forms.fields import field_of
from projects.models import Criterion, TargetGroup


def _score_field(criterion: Criterion) -> forms.TypedChoiceField:
    """Ask one score, with what each figure means and a way not to say."""
    anchors = [
        (str(score), f"{score} {anchor}")
        for score, anchor in enumerate(criterion.anchors)
    ]
    return forms.TypedChoiceField(
        label=f"{criterion.code} {criterion.question}",
        choices=[*anchors, ("", "nog niet")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class TargetGroupForm(PlainModelForm):
    """One row of the matrix. Breadth (N3) follows from the ticked rights."""

    n1 = _score_field(Criterion.N1)
    n2 = _score_field(Criterion.N2)
    n4 = _score_field(Criterion.N4)
    k1 = _score_field(Criterion.K1)
    k2 = _score_field(Criterion.K2)
    k3 = _score_field(Criterion.K3)
    k4 = _score_field(Criterion.K4)

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
        ]
        widgets = {"name": forms.TextInput(attrs={"list": "suggested-groups"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "bridge").queryset = self.instance.project.organisations.all()
        self.fields["rights"].label = f"N3 {Criterion.N3.question}"
        self.fields["rights"].help_text = (
            "Kruis aan welke grondrechten deze mensen missen. De score volgt vanzelf: "
            "geen is 0, 1 of 2 is 1, 3 of 4 is 2, 5 of meer is 3."
        )


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
