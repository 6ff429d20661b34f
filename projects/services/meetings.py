"""What changes several rows of a meeting, or must hold when two people write at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from kader.vocabulary import AgendaKind
from projects.agenda import Point
from projects.models import (
    Meeting,
    MeetingDecision,
    MeetingItem,
    SteeringGroupMember,
)

# More than fits in one evening; a guard against forged posts.
MAX_ITEMS = 30


class MeetingChangedError(Exception):
    """Somebody else saved the minutes, or deleted the meeting, since the page was opened."""


@dataclass(frozen=True)
class Decided:
    """A decision as typed; `key` is the row it changes, None for a new one."""

    key: int | None
    text: str
    item: MeetingItem | None = None
    owner: SteeringGroupMember | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Recorded:
    """What became of a record: how many decisions went, and the meeting that comes."""

    removed: int
    next_meeting: Meeting | None
    next_is_new: bool


@transaction.atomic
def save_meeting(*, meeting: Meeting) -> Meeting:
    """Store when and where; a change counts as a revision, minutes stay as they are."""
    if meeting._state.adding:
        meeting.save()
        return meeting
    _lock(meeting)
    fields = ["title", "held_on", "starts_at", "ends_at", "place"]
    meeting.save(update_fields=fields)
    Meeting.objects.filter(pk=meeting.pk).update(revision=F("revision") + 1)
    meeting.refresh_from_db(fields=["revision"])
    return meeting


@transaction.atomic
def delete_meeting(*, meeting: Meeting) -> None:
    """Remove a meeting of which nothing was written down."""
    stored = _lock(meeting)
    if stored.decisions.exists() or stored.minutes:
        raise ValidationError(
            "Van deze vergadering staan er al beslissingen of een verslag. "
            "Je kunt ze niet meer schrappen."
        )
    stored.delete()


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, points: Sequence[Point]) -> list[MeetingItem]:
    """Add points at the end of the agenda, in this order; return what was added.

    What is there already is skipped: two people may accept the same proposal at once.
    """
    stored = _lock(meeting)
    there = {_identity(item.kind, item.title) for item in stored.items.all()}
    points = [p for p in points if _identity(p.kind, p.title) not in there]
    if len(points) + stored.items.count() > MAX_ITEMS:
        raise ValidationError(
            f"Er passen {MAX_ITEMS} punten op een agenda. Haal eerst iets weg."
        )
    last = stored.items.aggregate(last=Max("position"))["last"] or 0
    return [
        MeetingItem.objects.create(
            meeting=stored,
            position=last + step,
            kind=point.kind,
            title=point.title,
            note=point.note,
        )
        for step, point in enumerate(points, 1)
    ]


@transaction.atomic
def move_item(*, item: MeetingItem, earlier: bool) -> None:
    """Move a point one place; the first and the last stay where they are."""
    stored = _lock(item.meeting)
    items = list(stored.items.all())
    if item not in items:
        raise ValidationError("Iemand haalde dit punt intussen van de agenda.")
    here = items.index(item)
    there = here - 1 if earlier else here + 1
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
    for position, each in enumerate(items, 1):
        each.position = position
    MeetingItem.objects.bulk_update(items, ["position"])


@transaction.atomic
def record_meeting(
    *,
    meeting: Meeting,
    revision: int,
    minutes: str,
    present: Iterable[SteeringGroupMember],
    decisions: Sequence[Decided],
    next_on: date | None = None,
) -> Recorded:
    """Write down who was there, what was said and decided, and when the next one is.

    The claim is one conditional update, so that of two people who record at once the
    second overwrites nothing. A decision of which the text was emptied is removed.
    Raises MeetingChangedError when somebody was first, or deleted the meeting.
    """
    claimed = Meeting.objects.filter(pk=meeting.pk, revision=revision)
    if claimed.update(revision=F("revision") + 1, minutes=minutes) != 1:
        raise MeetingChangedError
    meeting.refresh_from_db(fields=["revision", "minutes"])
    meeting.present.set(present)
    removed = _write_decisions(meeting, decisions)
    next_meeting, is_new = _plan_next(meeting, next_on)
    return Recorded(removed=removed, next_meeting=next_meeting, next_is_new=is_new)


def _identity(kind: str, title: str) -> str:
    """Return what makes a point itself: a part of the project comes up once."""
    return title if kind == AgendaKind.OWN else kind


def _lock(meeting: Meeting) -> Meeting:
    stored = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if stored is None:
        raise ValidationError("Iemand schrapte deze vergadering intussen.")
    return stored


def _write_decisions(meeting: Meeting, decisions: Sequence[Decided]) -> int:
    emptied = [d.key for d in decisions if d.key is not None and not d.text]
    removed, _ = meeting.decisions.filter(pk__in=emptied).delete()
    for decided in decisions:
        if not decided.text:
            continue
        values = {
            "text": decided.text,
            "item": decided.item,
            "owner": decided.owner,
            "due_on": decided.due_on,
        }
        if decided.key is None:
            MeetingDecision.objects.create(meeting=meeting, **values)
        else:
            meeting.decisions.filter(pk=decided.key).update(**values)
    return removed


def _plan_next(meeting: Meeting, on: date | None) -> tuple[Meeting | None, bool]:
    """Return the meeting of that day, made like this one when there is none yet."""
    if on is None:
        return None, False
    if on <= meeting.held_on:
        raise ValidationError(
            {"next_on": "De volgende vergadering komt na deze. Kies een latere dag."}
        )
    existing = meeting.project.meetings.on_day(on).first()
    if existing is not None:
        return existing, False
    return (
        Meeting.objects.create(
            project=meeting.project,
            title=meeting.title,
            held_on=on,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            place=meeting.place,
        ),
        True,
    )
