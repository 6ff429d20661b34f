"""Publishing in batches: what countable answers become, stored for every page to read.

Called at hand-in, at reading back, at closing and every day; whoever comes first
publishes, and the next finds nothing to do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from kader.vocabulary import Side
from rechtencirkel.batches import Batch, PartRow, SheetTotals, is_due, next_batch
from rechtencirkel.models import Conversation, DomainTotal, Publication, Round

# A part is a target group by its number, or a category by its term.
TARGET_GROUP_PREFIX = "group:"


@transaction.atomic
def publish_answers(*, measurement: Round, on: date) -> int:
    """Publish what may be published of a measurement; return how many domains changed.

    Locks the measurement, so that two hand-ins at once publish one after the other, and
    the second one counts both. Six queries, whatever the number of answers.
    """
    # Not the key: a hand-in at the same time holds it through the rows it inserts.
    Round.objects.select_for_update(no_key=True).get(pk=measurement.pk)
    waiting = _grouped(
        DomainTotal.objects.filter(round=measurement).counted(on).waiting()
    )
    if not waiting:
        return 0
    newest = {
        (row.side, row.domain): row
        for row in Publication.objects.filter(round=measurement).newest()
    }
    ripe = {key: _ripe(rows) for key, rows in waiting.items()}
    due = [key for key, rows in ripe.items() if rows or key not in newest]
    if not due:
        return 0
    earlier = _grouped(
        DomainTotal.objects.filter(round=measurement)
        .exclude(published_on=None)
        .select_related("conversation")
    )
    made, told = [], []
    for key in due:
        shown = newest.get(key)
        batch = _batch(shown)
        if ripe[key]:
            told += ripe[key]
            batch = next_batch(
                batch, [_sheet(row) for row in (*earlier[key], *ripe[key])]
            )
        made.append(_publication(measurement, key, shown, batch, on))
    Publication.objects.filter(
        pk__in=[row.pk for key, row in newest.items() if key in due]
    ).update(is_newest=False)
    Publication.objects.bulk_create(made)
    DomainTotal.objects.filter(pk__in=[row.pk for row in told]).update(published_on=on)
    return len(made)


def publish_due(on: date) -> int:
    """Publish in every measurement where answers wait; return how many domains changed."""
    return sum(
        publish_answers(measurement=measurement, on=on)
        for measurement in Round.objects.filter(
            pk__in=DomainTotal.objects.waiting().values("round")
        )
    )


def people_waiting(totals: Iterable[DomainTotal]) -> dict[Side, int]:
    """Count the people whose answers were handed in and are not shown yet, per side."""
    waiting = dict.fromkeys(Side, 0)
    for row in totals:
        waiting[Side(row.side)] += row.people
    return waiting


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
    return [*by_link, *(talks if is_due(_sheet(row) for row in talks) else ())]


def _sheet(row: DomainTotal) -> SheetTotals:
    return SheetTotals(
        part=part_key(row.conversation),
        people=row.people,
        points=tuple(row.points),
        options=row.options,
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
    )
