"""What the pages tell about actions: the story of one, the counts of all.

Reads rows that are already loaded, and never the database.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from improvement_actions.models import Anchoring, Feedback, FollowUp, ImprovementAction
from kader.vocabulary import ActionStatus, Werkpiste


@dataclass(frozen=True)
class Moment:
    """One point on the timeline of an action."""

    on: date
    text: str
    quote: str = ""
    note: str = ""
    status: ActionStatus | None = None


def tell(
    *,
    follow_ups: Iterable[FollowUp],
    feedback: Iterable[Feedback],
    anchorings: Iterable[Anchoring],
) -> list[Moment]:
    """Merge everything that happened around an action, newest first.

    On one day the order is: made to last, told to the group, done.
    """
    moments = [
        *map(_of_anchoring, anchorings),
        *map(_of_feedback, feedback),
        *map(_of_follow_up, follow_ups),
    ]
    return sorted(moments, key=lambda moment: moment.on, reverse=True)


def in_order(actions: Iterable[ImprovementAction]) -> list[ImprovementAction]:
    """Sort by status in order of the vocabulary, then by the day it has to be done."""
    order = list(ActionStatus)
    return sorted(
        actions,
        key=lambda action: (
            order.index(action.status_term),
            action.due_on or date.max,
            action.pk,
        ),
    )


def count_by_status(actions: Iterable[ImprovementAction]) -> str:
    """Say how many actions stand where: "1 beslist, 3 bezig, 2 klaar"."""
    counts = Counter(action.status_term for action in actions)
    return ", ".join(
        f"{counts[status]} {status.label.lower()}"
        for status in ActionStatus
        if counts[status]
    )


def unused_werkpistes(actions: Iterable[ImprovementAction]) -> tuple[Werkpiste, ...]:
    """Return the werkpistes that no action works along: a hint, no duty (R16)."""
    used = {werkpiste for action in actions for werkpiste in action.all_werkpistes}
    return tuple(werkpiste for werkpiste in Werkpiste if werkpiste not in used)


def enumerate_in_words(words: Sequence[str]) -> str:
    """Write a list as a sentence does: "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def _of_follow_up(line: FollowUp) -> Moment:
    value = line.indicator_value
    note = str(line.written_by)
    if value is not None:
        number = f"{float(value):g}".replace(".", ",")
        note = f"Nieuw cijfer: {number}. {note}"
    return Moment(line.happened_on, line.text, note=note, status=line.status_term)


def _of_feedback(feedback: Feedback) -> Moment:
    people = feedback.people_present
    heard = "1 aanwezige" if people == 1 else f"{people} aanwezigen"
    recognised = feedback.recognition_term.label.lower()
    return Moment(
        feedback.given_on,
        f"Verteld aan {feedback.target_group}, {heard}. Herkend: {recognised}.",
        quote=feedback.reaction,
    )


def _of_anchoring(anchoring: Anchoring) -> Moment:
    return Moment(
        anchoring.decided_on,
        f"Verankerd: {anchoring.text}",
        note=f"{anchoring.kind_term.label}, beslist door {anchoring.decided_by}",
    )
