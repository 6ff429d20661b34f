"""What a sheet adds up to per domain, stored when it is handed in."""

from collections import defaultdict
from collections.abc import Iterable

from kader.vocabulary import POINTS_RANGE, AnswerOption
from rechtencirkel.models import Conversation, DomainTotal


def add_up(conversation: Conversation) -> list[DomainTotal]:
    """Add a sheet up per domain it covers; five queries whatever its size."""
    points: dict[str, list[int]] = defaultdict(lambda: [0] * len(POINTS_RANGE))
    joint = set()
    for tally in conversation.points_tallies.all():
        points[tally.domain][tally.points] += tally.people
        if tally.is_joint:
            joint.add(tally.domain)
    options: dict[str, dict[str, list[int]]] = defaultdict(dict)
    order = {option.value: place for place, option in enumerate(AnswerOption)}
    for answer in conversation.option_tallies.select_related("question"):
        counts = options[answer.question.domain].setdefault(
            answer.question.code, [0] * len(order)
        )
        counts[order[answer.option]] += answer.people
    return [
        DomainTotal(
            project_id=conversation.project_id,
            round_id=conversation.round_id,
            conversation=conversation,
            side=conversation.side,
            domain=domain,
            people=conversation.people,
            points=points[domain],
            options=options[domain],
            is_joint=domain in joint,
        )
        for domain in conversation.domains
    ]


def store_totals(conversation: Conversation, totals: Iterable[DomainTotal]) -> None:
    """Store what a sheet adds up to now; what was told of it before stays known."""
    stored = {total.domain: total for total in conversation.totals.all()}
    kept, new = [], []
    for total in totals:
        if total.domain in stored:
            row = stored[total.domain]
            row.people, row.points = total.people, total.points
            row.options, row.is_joint = total.options, total.is_joint
            kept.append(row)
        else:
            new.append(total)
    DomainTotal.objects.bulk_update(kept, ["people", "points", "options", "is_joint"])
    DomainTotal.objects.bulk_create(new)
