"""The forms of the steering group: organisations, seats and who does what."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import User
from kader.plain_forms import PlainForm, PlainModelForm
from kader.vocabulary import OrganisationType, Phase, Responsibility, Side
from projects.forms.fields import field_of
from projects.forms.memberships import EMAIL_LENGTH
from projects.models import Organisation, Project, Role, SteeringGroupMember
from projects.responsibilities import Grid, MemberParts
from projects.services import clashing_seat, default_access_role, say_clash
from projects.services.seats import PSEUDONYM_HAS_NO_MAIL

# A steering group may be older than its project, and people are announced ahead.
LONGEST_BEFORE = timedelta(days=10 * 365)
LONGEST_AHEAD = timedelta(days=3 * 365)


class OrganisationForm(PlainModelForm):
    """An organisation around the table."""

    class Meta:
        model = Organisation
        fields = ["name", "type", "side"]
        widgets = {"side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without the empty choice, which a row of radio buttons does not need.
        field_of(self, "side").choices = Side.choices


class MemberForm(PlainModelForm):
    """A seat in the steering group; a new one may come with an address to invite."""

    email = forms.EmailField(
        label="e-mailadres voor een uitnodiging",
        max_length=EMAIL_LENGTH,
        required=False,
        help_text=(
            "Niet nodig om in de stuurgroep te zitten. Vul je het in, dan krijgt deze "
            "persoon een mail om een account te openen."
        ),
    )

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
            "user": "Voor wie al toegang heeft. Niet nodig om in de stuurgroep te zitten.",
            "until": "Maak leeg als deze persoon toch blijft.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        field_of(self, "organisation").queryset = project.organisations.all()
        field_of(self, "user").queryset = User.objects.filter(
            memberships__project=project
        )
        # Leaving has a page of its own; here it can only be taken back.
        if self.instance.until is None:
            del self.fields["until"]
        if self.instance.pk is not None:
            del self.fields["email"]

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        require_plausible(since, self.instance.project)
        return since

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None:
            require_plausible(until, self.instance.project)
        return until

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
        self._check_account(cleaned)
        self._check_period(cleaned)
        return cleaned

    def _check_account(self, cleaned: dict[str, Any]) -> None:
        """Keep a pseudonym without an account (P13), and an account with one seat."""
        user, email = cleaned.get("user"), cleaned.get("email")
        if cleaned.get("is_pseudonym"):
            if user:
                self.add_error(
                    "user", "Aan een account zie je wie achter de schuilnaam zit."
                )
            if email:
                self.add_error("email", PSEUDONYM_HAS_NO_MAIL)
        elif user and email:
            self.add_error(
                "email", "Kies hierboven een account of vul een adres in, niet allebei."
            )

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        organisation, name = cleaned.get("organisation"), cleaned.get("name")
        since, until = cleaned.get("since"), cleaned.get("until")
        if not (organisation and name and since) or "until" in self.errors:
            return
        clash = clashing_seat(
            organisation=organisation,
            name=name,
            since=since,
            until=until,
            besides=self.instance.pk,
        )
        if clash:
            self.add_error(None, say_clash(clash))


class MemberEndForm(PlainModelForm):
    """The day on which somebody leaves the steering group."""

    class Meta:
        model = SteeringGroupMember
        fields = ["until"]
        help_texts = {"until": "Vanaf deze dag telt deze persoon niet meer mee."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        require_plausible(until, self.instance.project)
        return until


class MemberInviteForm(PlainForm):
    """To which address the invitation goes, and with which role.

    Somebody who was invited before is only asked again: then there is nothing to fill in.
    """

    email = forms.EmailField(label="e-mailadres", max_length=EMAIL_LENGTH)
    role = forms.TypedChoiceField(
        label="wat mag dit account?",
        choices=Role.choices,
        coerce=Role,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, member: SteeringGroupMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "role").initial = default_access_role(member)
        if member.user is not None:
            del self.fields["email"]
            del self.fields["role"]


class ResponsibilitiesForm(PlainForm):
    """Who does what: one choice for each member and each phase.

    Every field carries what it showed, so that only what this person changed is written
    and two people at once do not undo each other's work.
    """

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grid = grid
        for row in grid.rows:
            for cell in row.parts:
                name = _cell_name(row.member.pk, cell.phase)
                self.fields[name] = forms.ChoiceField(
                    label=cell.phase.label,
                    choices=[("", "nog open"), *Responsibility.choices],
                    required=False,
                    initial=cell.part.value if cell.part else "",
                    show_hidden_initial=True,
                    widget=forms.Select(attrs={"class": "form-select"}),
                    error_messages={
                        "invalid_choice": "Kies een van de mogelijkheden.",
                    },
                )

    @property
    def rows(self) -> Sequence[tuple[MemberParts, list[forms.BoundField]]]:
        """Each member with the fields of the five phases."""
        return [
            (row, [self[_cell_name(row.member.pk, cell.phase)] for cell in row.parts])
            for row in self.grid.rows
        ]

    def changed_parts(self) -> dict[tuple[int, Phase], Responsibility | None]:
        """Return the cells that this person changed."""
        changed = set(self.changed_data)
        parts = {}
        for row in self.grid.rows:
            for cell in row.parts:
                name = _cell_name(row.member.pk, cell.phase)
                if name in changed:
                    given = self.cleaned_data[name]
                    parts[row.member.pk, cell.phase] = (
                        Responsibility(given) if given else None
                    )
        return parts


def require_plausible(day: date, project: Project) -> None:
    """Refuse a day that can only be a slip of the keyboard."""
    earliest = project.started_on - min(LONGEST_BEFORE, project.started_on - date.min)
    latest = timezone.localdate() + LONGEST_AHEAD
    if day < earliest:
        raise ValidationError(
            f"Dat is erg lang geleden. Kies een dag vanaf "
            f"{date_format(earliest, 'j F Y')}."
        )
    if day > latest:
        raise ValidationError(
            f"Dat is erg ver vooruit. Kies een dag tot en met "
            f"{date_format(latest, 'j F Y')}."
        )


def _cell_name(member_id: int, phase: Phase) -> str:
    return f"part-{member_id}-{phase.value}"
