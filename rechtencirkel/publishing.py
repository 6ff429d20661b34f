"""Publishing in batches: what countable answers become, stored for every page to read.

Called at hand-in, at reading back, at closing and every day; whoever comes first
publishes, and the next finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from kader.vocabulary import ServiceDomain, Side
from rechtencirkel.batches import (
    NO_POINTS,
    Batch,
    PartRow,
    SheetTotals,
    Told,
    is_due,
    lags,
    next_batch,
)
from rechtencirkel.models import Conversation, DomainTotal, Publication, Round
from rechtencirkel.suppression import THRESHOLD

# A part is a target group by its number, or a category by its term.
TARGET_GROUP_PREFIX = "group:"


@transaction.atomic
def publish_answers(*, measurement: Round, on: date) -> int:
    """Publish what may be published of a measurement; return how many domains changed.

    Locks the measurement, so that two hand-ins at once publish one after the other, and
    the second one counts both. In a measurement that closed, nothing changes any more.
    Seven queries, whatever the number of answers.
    """
    # Not the key: a hand-in at the same time holds it through the rows it inserts.
    locked = Round.objects.select_for_update(no_key=True).get(pk=measurement.pk)
    return 0 if locked.is_closed else _publish(locked, on)


@transaction.atomic
def publish_last(*, measurement: Round, on: date) -> int:
    """Publish for the last time: all that was handed in counts. Expects it just closed.

    What would tell what one to four people said, stays out of the numbers for good.
    """
    return _publish(measurement, on)


def _publish(measurement: Round, on: date) -> int:
    totals = DomainTotal.objects.filter(round=measurement)
    counted = set(totals.counted(on).values_list("pk", flat=True))
    newest = {
        (row.side, row.domain): row
        for row in Publication.objects.filter(round=measurement).newest()
    }
    made, told, replaced = [], [], []
    for key, rows in _grouped(totals.select_related("conversation")).items():
        shown = newest.get(key)
        earlier = [row for row in rows if row.published_on]
        waiting = [row for row in rows if not row.published_on and row.pk in counted]
        ripe = _ripe(waiting)
        if not (ripe or earlier or (waiting and shown is None)):
            continue
        # A talk too small for figures comes along with its words.
        tiny = [r for r in waiting if not r.conversation.counts_in_figures]
        taken = [*earlier, *dict.fromkeys([*ripe, *tiny])] if ripe else earlier
        before = _batch(shown)
        batch = next_batch(before, [_sheet(row, counted) for row in taken])
        if shown is not None and not ripe and _is_same(before, batch):
            continue
        for row, share in zip(taken, batch.told, strict=True):
            row.told = _stored(share)
            row.published_on = row.published_on or on
            told.append(row)
        made.append(_publication(measurement, key, shown, batch, on))
        if shown is not None:
            replaced.append(shown.pk)
    Publication.objects.filter(pk__in=replaced).update(is_newest=False)
    Publication.objects.bulk_create(made)
    DomainTotal.objects.bulk_update(told, ["told", "published_on"])
    return len(made)


def publish_due(on: date) -> int:
    """Publish in every open measurement with answers; return how many domains changed."""
    return sum(
        publish_answers(measurement=measurement, on=on)
        for measurement in Round.objects.open().filter(
            pk__in=DomainTotal.objects.values("round")
        )
    )


def people_waiting(totals: Iterable[DomainTotal]) -> dict[Side, int]:
    """Count the people whose answers were handed in and are not shown yet, per side.

    Expects the conversation of each total loaded.
    """
    waiting = dict.fromkeys(Side, 0)
    for row in totals:
        if row.conversation.counts_in_figures:
            waiting[Side(row.side)] += row.people
    return waiting


def domains_behind(conversation: Conversation) -> tuple[ServiceDomain, ...]:
    """Return the domains whose figures still show a talk as it was before. One query."""
    return tuple(
        ServiceDomain(row.domain)
        for row in conversation.totals.filter(told__isnull=False)
        if lags(_as_it_is_now(row, conversation))
    )


def moved_since_told(conversation: Conversation) -> bool:
    """Whether a talk was told as part of another group or function. One query."""
    now = part_key(conversation)
    shares = [
        _share(row.told) for row in conversation.totals.filter(told__isnull=False)
    ]
    return any(s is not None and any(s.points) and s.part != now for s in shares)


Key = tuple[str, str]


def _grouped(rows: Iterable[DomainTotal]) -> dict[Key, list[DomainTotal]]:
    grouped: dict[Key, list[DomainTotal]] = defaultdict(list)
    for row in rows:
        grouped[row.side, row.domain].append(row)
    return grouped


def _ripe(waiting: Iterable[DomainTotal]) -> list[DomainTotal]:
    """Return the totals that may be published: of talks once five people wait.

    The one growing sheet of a link grows by five or more answers to a question, and is
    told at once. How many people stand on it says nothing of how many are new, so a talk
    with three never comes out because a link grew.
    """
    by_link: list[DomainTotal] = []
    talks: list[DomainTotal] = []
    for row in waiting:
        (by_link if row.conversation.is_by_link else talks).append(row)
    is_ripe = is_due(_as_it_is_now(row, row.conversation) for row in talks)
    return [*by_link, *(talks if is_ripe else ())]


def _sheet(row: DomainTotal, counted: Container[int]) -> SheetTotals:
    """Return a total as it may count today: an open report counts as it was told."""
    now = _as_it_is_now(row, row.conversation)
    if row.pk in counted:
        return now
    told = now.shown
    return replace(
        now, points=told.points, options=told.options, is_joint=told.is_joint
    )


def _as_it_is_now(row: DomainTotal, conversation: Conversation) -> SheetTotals:
    in_figures = conversation.counts_in_figures
    return SheetTotals(
        part=part_key(conversation),
        people=row.people if in_figures else 0,
        points=tuple(row.points) if in_figures else NO_POINTS,
        options=_counts(row.options) if in_figures else {},
        told=_share(row.told),
        is_joint=row.is_joint and row.people >= THRESHOLD,
    )


def _share(stored: Mapping[str, Any] | None) -> Told | None:
    """Read what was told of one conversation."""
    if stored is None:
        return None
    return Told(
        part=stored["part"],
        own=tuple(stored["own"]),
        together=tuple(stored["together"]),
        options=_counts(stored["options"]),
        is_joint=stored["is_joint"],
    )


def _stored(share: Told) -> dict[str, Any]:
    return {
        "part": share.part,
        "own": share.own,
        "together": share.together,
        "options": share.options,
        "is_joint": share.is_joint,
    }


def _is_same(before: Batch, after: Batch) -> bool:
    """Whether a new publication would show what the one before shows."""
    return (before.own, before.together, before.options) == (
        after.own,
        after.together,
        after.options,
    )


def part_key(conversation: Conversation) -> str:
    """Name the part a conversation belongs to: its target group, else its category."""
    if conversation.side == Side.TARGET_GROUP and conversation.target_group_id:
        return f"{TARGET_GROUP_PREFIX}{conversation.target_group_id}"
    return conversation.category


def _batch(row: Publication | None) -> Batch:
    """Return what a publication shows as plain values; nothing before the first."""
    if row is None:
        return Batch()
    return Batch(
        people=row.people,
        conversations=row.conversations,
        conversation_medians=tuple(row.conversation_medians),
        options=_counts(row.options),
        own=_counts(row.own),
        together=_counts(row.together),
        held=row.held,
    )


def part_rows_of(row: Publication) -> tuple[PartRow, ...]:
    """Return the table of parts of a publication."""
    return _batch(row).rows


def _counts(stored: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(counts) for key, counts in stored.items()}


def _publication(
    measurement: Round, key: Key, shown: Publication | None, batch: Batch, on: date
) -> Publication:
    side, domain = key
    return Publication(
        round=measurement,
        side=side,
        domain=domain,
        number=shown.number + 1 if shown else 1,
        published_on=on,
        people=batch.people,
        conversations=batch.conversations,
        points=batch.points,
        conversation_medians=batch.conversation_medians,
        options=batch.options,
        own=batch.own,
        together=batch.together,
        held=batch.held,
    )
