"""The forms of a meeting: when and where, the agenda, and what was said and decided."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst

from kader.numbers import ID_DIGITS
from kader.plain_forms import PlainForm, PlainModelForm, RowsField
from kader.vocabulary import AgendaKind
from projects.agenda import Point
from projects.forms.fields import field_of
from projects.models import (
    Meeting,
    MeetingDecision,
    MeetingItem,
    Project,
    SteeringGroupMember,
)
from projects.services import Decided

YEAR = timedelta(days=366)
OWN_POINTS = 3
EMPTY_ROWS = 3
# More decisions than one evening gives; a guard against forged posts.
MAX_NEW_ROWS = 20
DECISION_KEY = re.compile(
    rf"decision-([0-9]{{1,{ID_DIGITS}}})-(text|item|owner|due_on)"
)
NEW_KEY = re.compile(r"new-([0-9]{1,2})-(text|item|owner|due_on)")


def check_day(project: Project, day: date | None, *, years_ahead: int = 3) -> None:
    """Refuse a day that can only be a slip: long before the project, or far away."""
    first = project.started_on - YEAR
    last = timezone.localdate() + years_ahead * YEAR
    if day is not None and not first <= day <= last:
        raise ValidationError(
            f"Kies een dag tussen {date_format(first, 'j F Y')} "
            f"en {date_format(last, 'j F Y')}."
        )


class MeetingForm(PlainModelForm):
    """When and where the steering group meets."""

    class Meta:
        model = Meeting
        fields = ["title", "held_on", "starts_at", "ends_at", "place"]
        help_texts = {
            "starts_at": "Zonder uur staat de vergadering als een hele dag in je agenda.",
            "ends_at": "Laat je dit leeg, dan houdt je agenda twee uur vrij.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            field = field_of(self, name)
            field.widget = forms.TimeInput(
                attrs={"type": "time", "class": "form-control short"}, format="%H:%M"
            )
            field.input_formats = ["%H:%M", "%H:%M:%S", "%H.%M", "%H"]
            field.error_messages["invalid"] = "Vul een uur in, bijvoorbeeld 14:00."

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        check_day(self.instance.project, held_on)
        return held_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if ends_at is not None and starts_at is None and not self.errors:
            self.add_error("starts_at", "Vul ook in wanneer de vergadering begint.")
        elif ends_at is not None and starts_at is not None and ends_at <= starts_at:
            self.add_error("ends_at", "Het einde ligt voor het begin. Kijk de uren na.")
        return cleaned


class AgendaForm(PlainForm):
    """Points to put on the agenda: some come from the project, some are typed."""

    parts = forms.TypedMultipleChoiceField(
        label="uit het project", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, points: Sequence[Point], ticked: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = {point.key: point for point in points}
        field_of(self, "parts").choices = [
            (point.key, _point_words(point)) for point in points
        ]
        self.initial["parts"] = list(ticked)
        for number in range(1, OWN_POINTS + 1):
            self.fields[f"own_{number}"] = forms.CharField(
                label=f"eigen punt {number}",
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        if not points:
            del self.fields["parts"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.chosen():
            self.add_error(None, "Kruis minstens één punt aan, of typ er zelf een.")
        return cleaned

    def chosen(self) -> list[Point]:
        """Return the ticked points in the order of the page, then the typed ones."""
        ticked = self.cleaned_data.get("parts", [])
        typed = [
            self.cleaned_data.get(f"own_{number}", "")
            for number in range(1, OWN_POINTS + 1)
        ]
        return [
            *(point for key, point in self.points.items() if key in ticked),
            *(Point("eigen", AgendaKind.OWN, title) for title in typed if title),
        ]


class MeetingItemForm(PlainModelForm):
    """The words of one point."""

    class Meta:
        model = MeetingItem
        fields = ["title", "note"]


class MeetingRecordForm(PlainModelForm):
    """Who was there, what was said, and when the next meeting is."""

    next_on = forms.DateField(
        label="wanneer is de volgende vergadering?",
        required=False,
        help_text="We zetten ze meteen klaar, op dezelfde plaats en hetzelfde uur.",
    )

    class Meta:
        model = Meeting
        fields = ["present", "minutes"]
        field_classes = {"present": RowsField}
        widgets = {"present": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = field_of(self, "present")
        present.queryset = members_of(self.instance)
        present.label_from_instance = _member_words
        self.fields["minutes"].widget.attrs["rows"] = 8

    def clean_next_on(self) -> date | None:
        next_on: date | None = self.cleaned_data["next_on"]
        held_on = self.instance.held_on
        if next_on is not None and next_on <= held_on:
            raise ValidationError(
                f"Kies een dag na deze vergadering van {date_format(held_on, 'j F Y')}."
            )
        check_day(self.instance.project, next_on)
        return next_on


class MeetingDecisionForm(PlainModelForm):
    """One row of decisions. An empty row is no decision; an emptied one goes."""

    class Meta:
        model = MeetingDecision
        fields = ["text", "item", "owner", "due_on"]

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[int, str]],
        owners: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Checking writes what was typed on the instance, so this is kept apart.
        self.stored_text: str = self.instance.text
        meeting = self.instance.meeting
        self.fields["text"].required = False
        self.fields["text"].widget.attrs["rows"] = 2
        # The lists are read once for all rows; a posted id is looked up in its queryset.
        for name, rows, allowed in (
            ("item", items, meeting.items.all()),
            ("owner", owners, members_of(meeting)),
        ):
            field_of(self, name).queryset = allowed
            field_of(self, name).choices = [("", "Niet ingevuld"), *rows]

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    @property
    def differs(self) -> bool:
        """Whether other words stand in a decision that exists than what is stored."""
        typed = str(self["text"].value() or "")
        return not self.is_new and typed.split() != self.stored_text.split()

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        meeting = self.instance.meeting
        if due_on is not None and due_on < meeting.held_on:
            raise ValidationError(
                "Kies een dag na de vergadering van "
                f"{date_format(meeting.held_on, 'j F Y')}."
            )
        check_day(meeting.project, due_on, years_ahead=10)
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        rest = [cleaned.get(name) for name in ("item", "owner", "due_on")]
        if self.is_new and not cleaned.get("text") and any(rest) and not self.errors:
            self.add_error("text", "Schrijf ook wat jullie beslisten.")
        return cleaned

    def decided(self) -> Decided | None:
        """Return what was typed; None for a new row that stayed empty."""
        if self.is_new and not self.cleaned_data["text"]:
            return None
        return Decided(key=self.instance.pk, **self.cleaned_data)


class MeetingRecord:
    """The whole page of the minutes: one form, and a row per decision.

    What was typed is always drawn again, also a row whose decision somebody else removed
    meanwhile: it comes back as a new one. A stored decision that was not on the page when
    it was posted is left alone.
    """

    def __init__(self, meeting: Meeting, data: QueryDict | None = None) -> None:
        self.meeting = meeting
        self.form = MeetingRecordForm(data, instance=meeting)
        self.rows = list(self._rows(data))

    @property
    def bound_rows(self) -> list[MeetingDecisionForm]:
        return [row for row in self.rows if row.is_bound]

    def is_valid(self) -> bool:
        """Check every form, also after the first that is wrong."""
        return all([self.form.is_valid(), *(row.is_valid() for row in self.bound_rows)])

    def decisions(self) -> list[Decided]:
        return [d for row in self.bound_rows if (d := row.decided()) is not None]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every sentence with the id of its field, for the summary above the title."""
        return [
            (field.id_for_label or field.auto_id, _told(str(field.label), str(error)))
            for form in (self.form, *self.bound_rows)
            for field in form
            for error in field.errors
        ]

    def _rows(self, data: QueryDict | None) -> Iterator[MeetingDecisionForm]:
        lists = {
            "items": [(item.pk, item.title) for item in self.meeting.items.all()],
            "owners": [
                (member.pk, _member_words(member))
                for member in members_of(self.meeting).with_organisation()
            ],
        }
        stored = list(self.meeting.decisions.all())
        posted = _without_lost_rows(data, {decision.pk for decision in stored})
        for decision in stored:
            prefix = f"decision-{decision.pk}"
            was_shown = f"{prefix}-text" in (posted or {})
            yield MeetingDecisionForm(
                posted if was_shown else None,
                instance=decision,
                prefix=prefix,
                **lists,
            )
        for number in range(_new_rows(posted)):
            yield MeetingDecisionForm(
                posted,
                instance=MeetingDecision(meeting=self.meeting),
                prefix=f"new-{number}",
                **lists,
            )


def members_of(meeting: Meeting) -> Any:
    """Return who sat in the group on that day, and whoever the minutes already name."""
    group = meeting.project.steering_group
    named: QuerySet[SteeringGroupMember] = group.filter(
        Q(meetings_attended=meeting) | Q(meeting_decisions__meeting=meeting)
    )
    on_the_day = group.active(meeting.held_on).values("pk")
    return group.filter(
        Q(pk__in=on_the_day) | Q(pk__in=named.values("pk"))
    ).with_organisation()


def _member_words(member: SteeringGroupMember) -> str:
    return f"{member}, {member.organisation}"


def _told(label: str, error: str) -> str:
    return f"{capfirst(label)}{'' if label.endswith('?') else ':'} {error}"


def _point_words(point: Point) -> str:
    reason = format_html('<br><span class="meta">{}</span>', point.reason)
    return format_html("{}{}", point.title, reason if point.reason else "")


def _new_rows(data: Mapping[str, Any] | None) -> int:
    """Return how many empty rows to draw: three, and never fewer than were typed."""
    typed = [
        int(match[1])
        for key, value in (data or {}).items()
        if value and (match := NEW_KEY.fullmatch(key))
    ]
    return min(max([EMPTY_ROWS, *(number + 1 for number in typed)]), MAX_NEW_ROWS)


def _without_lost_rows(data: QueryDict | None, kept: set[int]) -> QueryDict | None:
    """Turn rows of decisions that are gone into new rows, so that no words are lost."""
    if data is None:
        return None
    lost: dict[int, dict[str, Any]] = {}
    for key in data:
        match = DECISION_KEY.fullmatch(key)
        if match and int(match[1]) not in kept:
            lost.setdefault(int(match[1]), {})[match[2]] = data[key]
    moved = data.copy()
    free = max(
        [
            -1,
            *(int(m[1]) for key in data if data[key] and (m := NEW_KEY.fullmatch(key))),
        ]
    )
    for row in lost.values():
        if row.get("text"):
            free += 1
            for name, value in row.items():
                moved[f"new-{free}-{name}"] = value
    return moved
