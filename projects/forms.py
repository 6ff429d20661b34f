"""The forms of the preparation: project, steering group, matrix, planning and access.

A list to choose from holds rows of the project at hand and nothing else, so that a
crafted request cannot tie one municipality to another.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import MatrixDecision, OrganisationType, Side
from projects.models import (
    Criterion,
    Municipality,
    Organisation,
    Planning,
    Project,
    Role,
    SteeringGroupMember,
    TargetGroup,
)

NAME_LENGTH = User._meta.get_field("name").max_length
EMAIL_LENGTH = User._meta.get_field("email").max_length


def _field(form: forms.BaseForm, name: str) -> Any:
    """Return one field as its own kind; a form knows them all as plain fields."""
    return form.fields[name]


class ProjectCreateForm(PlainModelForm):
    """A new project and the person who will lead it."""

    coordinator_name = forms.CharField(
        label="naam van de coördinator", max_length=NAME_LENGTH
    )
    coordinator_email = forms.EmailField(
        label="e-mailadres van de coördinator",
        max_length=EMAIL_LENGTH,
        help_text="Wie nog geen account heeft, krijgt een uitnodiging op dit adres.",
    )

    class Meta:
        model = Project
        fields = ["municipality", "title", "starting_point", "started_on"]
        help_texts = {
            "title": "Bijvoorbeeld: Iedereen mee in Heidebeke.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "municipality").queryset = Municipality.objects.existing(
            timezone.localdate()
        )


class ProjectForm(PlainModelForm):
    """What the coordinator may change about the project."""

    class Meta:
        model = Project
        fields = ["title", "starting_point", "phase", "started_on", "closed_on"]
        widgets = {"phase": forms.RadioSelect}
        help_texts = {"closed_on": "Laat leeg zolang jullie eraan werken."}


class OrganisationForm(PlainModelForm):
    """An organisation around the table."""

    class Meta:
        model = Organisation
        fields = ["name", "type", "side"]
        widgets = {"side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without the empty choice, which a row of radio buttons does not need.
        _field(self, "side").choices = Side.choices


class MemberForm(PlainModelForm):
    """A seat in the steering group."""

    class Meta:
        model = SteeringGroupMember
        fields = [
            "organisation",
            "name",
            "is_pseudonym",
            "role",
            "function",
            "ocmw_profile",
            "since",
            "until",
            "user",
        ]
        labels = {"user": "account in dit project"}
        help_texts = {
            "user": "Niet nodig om in de stuurgroep te zitten.",
            "until": "Maak leeg als deze persoon toch blijft.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        _field(self, "organisation").queryset = project.organisations.all()
        _field(self, "user").queryset = User.objects.filter(
            memberships__project=project
        )
        # Leaving has a page of its own; here it can only be taken back.
        if self.instance.until is None:
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        organisation = cleaned.get("organisation")
        if (
            organisation is not None
            and cleaned.get("ocmw_profile")
            and organisation.type != OrganisationType.OCMW
        ):
            self.add_error(
                "ocmw_profile",
                "Dit geldt alleen voor mensen van het OCMW. "
                f"Bij {organisation} kies je ‘Niet ingevuld’.",
            )
        return cleaned


class MemberEndForm(PlainModelForm):
    """The day on which somebody leaves the steering group."""

    class Meta:
        model = SteeringGroupMember
        fields = ["until"]
        help_texts = {"until": "Vanaf deze dag telt deze persoon niet meer mee."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True


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
        _field(self, "bridge").queryset = self.instance.project.organisations.all()
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
        decision, reason = _field(self, "decision"), _field(self, "reason")
        decision.required = reason.required = True
        decision.choices = MatrixDecision.choices
        reason.error_messages["required"] = (
            "Schrijf in één zin waarom jullie dit beslissen."
        )


class PlanningForm(PlainModelForm):
    """The next version of the planning."""

    class Meta:
        model = Planning
        fields = [
            "target_participants",
            "target_not_reached",
            "target_providers",
            "agreed_on",
            "remark",
        ]
        help_texts = {
            "target_participants": (
                "Ons voorstel: 12 mensen per gekozen doelgroep, in twee gesprekken."
            ),
            "target_providers": "Ons voorstel: de helft van de sociale dienst.",
            "agreed_on": (
                "De dag waarop elk lid de planning haalbaar vond. "
                "Laat leeg zolang jullie nog overleggen."
            ),
            "remark": "Bijvoorbeeld: niet in de kerstvakantie.",
        }

    def clean_agreed_on(self) -> Any:
        agreed_on = self.cleaned_data["agreed_on"]
        if agreed_on is not None and agreed_on > timezone.localdate():
            raise ValidationError("Kies vandaag of een dag die voorbij is.")
        return agreed_on

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


class MembershipCreateForm(PlainForm):
    """Who gets access, and with which role."""

    name = forms.CharField(label="naam", max_length=NAME_LENGTH)
    email = forms.EmailField(
        label="e-mailadres",
        max_length=EMAIL_LENGTH,
        help_text="Wie nog geen account heeft, krijgt een uitnodiging op dit adres.",
    )
    role = forms.TypedChoiceField(
        label="rol", choices=Role.choices, coerce=Role, widget=forms.RadioSelect
    )


class MembershipForm(PlainForm):
    """Another role for somebody who has access."""

    role = forms.TypedChoiceField(
        label="rol", choices=Role.choices, coerce=Role, widget=forms.RadioSelect
    )
