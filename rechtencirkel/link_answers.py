"""What happens to an answer that came by link: taken apart, shuffled, counted per five.

An answer waits per question until at least five of them, of the same service and the same
function group, can be counted together. So every number that follows from them is about
five people or more, and every change between two moments is too: nobody can subtract
yesterday from today and keep one person's answer (P4, P5). When the links of a service
close, what still waits moves to everybody of the measurement together (P6); what is under
five even there stays hidden.

Nothing here knows who sent an answer, when, or with which code.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import SystemRandom
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum

from accounts.models import User
from kader.vocabulary import (
    ConversationKind,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from projects.models import Organisation
from rechtencirkel.adding_up import add_up, store_totals
from rechtencirkel.models import (
    AnswerCode,
    AnswerLink,
    Conversation,
    ConversationState,
    OptionTally,
    PointsTally,
    Round,
    RoundQuestion,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.models.conversation import MAX_PEOPLE
from rechtencirkel.models.links import draw_number
from rechtencirkel.publishing import publish_answers
from rechtencirkel.suppression import THRESHOLD

Loose = TypeVar("Loose", WaitingAnswer, WrittenAnswer)

NOTHING_SAID = "Je vulde nog niets in. Beantwoord minstens één vraag."


class SheetGoneError(Exception):
    """The link closed, or its code was used, while the sheet was being filled in."""


@dataclass(frozen=True)
class Sent:
    """What one person sent: a value or a text per question; None is the last question."""

    values: Mapping[int, str]
    texts: Mapping[int | None, str]


@dataclass(frozen=True)
class Pool:
    """Where an answer will be counted."""

    round_id: int
    organisation: Organisation | None
    category: RespondentCategory

    @property
    def place(self) -> dict[str, Any]:
        """The columns that every loose answer of this pool has."""
        return {
            "round_id": self.round_id,
            "organisation": self.organisation,
            "category": self.category,
        }

    @property
    def waiting(self) -> QuerySet[WaitingAnswer]:
        return WaitingAnswer.objects.filter(**self.place)

    @property
    def written(self) -> QuerySet[WrittenAnswer]:
        return WrittenAnswer.objects.filter(**self.place)

    @property
    def sheet(self) -> QuerySet[Conversation]:
        return Conversation.objects.filter(kind=ConversationKind.BY_LINK, **self.place)


@transaction.atomic
def send_answers(*, link: AnswerLink, token_hash: str, sent: Sent, on: date) -> None:
    """Take an answer sheet in and use its code up, as two things without a tie.

    One sheet at a time per measurement. Raises SheetGoneError when the link closed or
    the code was used meanwhile, ValidationError when nothing was answered.
    """
    if not sent.values and not sent.texts:
        raise ValidationError(NOTHING_SAID)
    measurement = _lock(link.round)
    link = AnswerLink.objects.select_related("organisation", "round").get(pk=link.pk)
    if not link.is_open(on):
        raise SheetGoneError
    if link.is_single_use:
        # Deleted, not marked: a mark would carry the number of this transaction.
        used, _ = AnswerCode.objects.filter(link=link, token_hash=token_hash).delete()
        if not used:
            raise SheetGoneError
    pool = Pool(measurement.pk, link.organisation, RespondentCategory(link.category))
    if not _has_room(pool, THRESHOLD):
        raise SheetGoneError
    place = pool.place
    _put(
        pool,
        [
            WaitingAnswer(**place, question_id=question_id, value=value)
            for question_id, value in sent.values.items()
        ],
        [
            WrittenAnswer(**place, question_id=question_id, text=text)
            for question_id, text in sent.texts.items()
        ],
    )
    _count_what_is_enough(pool, measurement, link.created_by, on)


@transaction.atomic
def settle(*, measurement: Round, on: date) -> None:
    """Count what waits of services whose links are all closed, merged where needed."""
    measurement = _lock(measurement)
    maker = measurement.answer_links.order_by("pk").first()
    if maker is None:
        return
    still_open = set(
        measurement.answer_links.open(on).values_list("organisation_id", "category")
    )
    waiting = WaitingAnswer.objects.filter(round=measurement)
    written = WrittenAnswer.objects.filter(round=measurement, is_among_five=False)
    together = Pool(measurement.pk, None, RespondentCategory.MIXED_STAFF)
    _put(
        together,
        _taken_out(waiting.exclude(organisation=None), still_open, together),
        _taken_out(written.exclude(organisation=None), still_open, together),
    )
    _count_what_is_enough(together, measurement, maker.created_by, on)


def settle_all(on: date) -> int:
    """Settle every open measurement where something waits; return how many."""
    waiting = set(WaitingAnswer.objects.values_list("round_id", flat=True))
    waiting |= set(
        WrittenAnswer.objects.filter(is_among_five=False).values_list(
            "round_id", flat=True
        )
    )
    rounds = Round.objects.open().filter(pk__in=waiting)
    for measurement in rounds:
        settle(measurement=measurement, on=on)
    return len(rounds)


def close_links_of(*, measurement: Round, on: date) -> None:
    """Close every link of a measurement that ends, and count what it held."""
    measurement.answer_links.filter(closed_on=None).update(closed_on=on)
    settle(measurement=measurement, on=on)


def _lock(measurement: Round) -> Round:
    """Take the one lock of a measurement, the same that publishing takes.

    Not the key: whoever hands in a talk holds that through the rows it inserts, and an
    answer sheet need not wait for it.
    """
    return Round.objects.select_for_update(no_key=True).get(pk=measurement.pk)


def _has_room(pool: Pool, people: int) -> bool:
    """Say whether the sheet of this pool can hold so many more people."""
    return not pool.sheet.filter(people__gt=MAX_PEOPLE - people).exists()


def _put(
    pool: Pool, waiting: Iterable[WaitingAnswer], written: Iterable[WrittenAnswer]
) -> None:
    """Add answers to what waits, and write all of it again in a new order."""
    waiting = [*pool.waiting, *waiting]
    pool.waiting.delete()
    WaitingAnswer.objects.bulk_create(_shuffled(waiting))
    unseen = pool.written.filter(is_among_five=False)
    written = [*unseen, *written]
    unseen.delete()
    WrittenAnswer.objects.bulk_create(_shuffled(written))


def _taken_out(
    rows: QuerySet[Loose], still_open: Container[tuple[int, str]], pool: Pool
) -> list[Loose]:
    """Remove the rows of services that no open link has, and return them for a pool."""
    left = [
        row for row in rows if (row.organisation_id, row.category) not in still_open
    ]
    rows.filter(pk__in=[row.pk for row in left]).delete()
    for row in left:
        row.organisation, row.category = pool.organisation, pool.category
    return left


def _shuffled(rows: Iterable[Loose]) -> list[Loose]:
    """Return the rows under other numbers and in another order."""
    renewed = list(rows)
    for row in renewed:
        row.id = draw_number()
    SystemRandom().shuffle(renewed)
    return renewed


def _count_what_is_enough(
    pool: Pool, measurement: Round, maker: User, on: date
) -> None:
    """Let the texts be read over and count the answers of every question with five."""
    texts: dict[int | None, list[int]] = defaultdict(list)
    for text in pool.written.filter(is_among_five=False):
        texts[text.question_id].append(text.pk)
    ready = [pk for pks in texts.values() if len(pks) >= THRESHOLD for pk in pks]
    pool.written.filter(pk__in=ready).update(is_among_five=True)
    answers: dict[int, list[WaitingAnswer]] = defaultdict(list)
    for answer in pool.waiting.select_related("question"):
        answers[answer.question_id].append(answer)
    enough = [rows for rows in answers.values() if len(rows) >= THRESHOLD]
    enough = _without_a_small_step(pool, enough)
    if enough and _has_room(pool, max(map(len, enough))):
        _pour(pool, measurement, maker, enough, on)


def _without_a_small_step(
    pool: Pool, batches: list[list[WaitingAnswer]]
) -> list[list[WaitingAnswer]]:
    """Leave out what would make the number of people of the sheet grow by one to four.

    That number is the largest count of a question. It takes two batches that are not
    five to get there, so only after small services were merged a second time.
    """
    sheet = pool.sheet.first()
    if sheet is None:
        return batches
    counted = _answers_per_question(sheet)
    steps = [
        (batch, counted[_counted_as(batch[0].question)] + len(batch) - sheet.people)
        for batch in batches
    ]
    return [batch for batch, step in steps if not 0 < step < THRESHOLD]


def _pour(
    pool: Pool,
    measurement: Round,
    maker: User,
    batches: Iterable[Sequence[WaitingAnswer]],
    on: date,
) -> None:
    """Add whole batches to the sheet of this pool, and publish what it adds up to.

    Only the totals of the domains that something was added to are told anew.
    """
    rows = [row for batch in batches for row in batch]
    domains = {row.question.domain for row in rows}
    sheet = pool.sheet.select_for_update().first() or _new_sheet(
        pool, measurement, maker, domains, on
    )
    _add_options(sheet, rows)
    _add_points(sheet, rows)
    pool.waiting.filter(pk__in=[row.pk for row in rows]).delete()
    sheet.domains = {*sheet.domains, *domains}
    # How many took part is not counted, only how many answered each question.
    sheet.people = max(_answers_per_question(sheet).values())
    sheet.save(update_fields=["domains", "people"])
    sheet.refresh_from_db()
    sheet.totals.update(people=sheet.people)
    store_totals(sheet, [total for total in add_up(sheet) if total.domain in domains])
    publish_answers(measurement=measurement, on=on)


def _new_sheet(
    pool: Pool, measurement: Round, maker: User, domains: Iterable[str], on: date
) -> Conversation:
    who = str(pool.organisation) if pool.organisation else "Alle diensten samen"
    return Conversation.objects.create(
        project_id=measurement.project_id,
        round=measurement,
        side=Side.PROVIDERS,
        kind=ConversationKind.BY_LINK,
        title=f"Via een link: {who}"[:120],
        organisation=pool.organisation,
        category=pool.category,
        held_on=on,
        place="Op het eigen toestel",
        guide="Niemand: ieder vulde het zelf in",
        people=THRESHOLD,
        has_consent=True,
        domains=tuple(ServiceDomain(domain) for domain in domains),
        entered_by=maker,
        state=ConversationState.HANDED_IN,
        handed_in_on=on,
    )


def _add_options(sheet: Conversation, rows: Iterable[WaitingAnswer]) -> None:
    """Raise the tallies of the closed questions. Three queries."""
    new = Counter(
        (row.question_id, row.value) for row in rows if not row.question.is_points
    )
    known = {
        (tally.question_id, tally.option): tally
        for tally in sheet.option_tallies.filter(
            question__in={question for question, _ in new}
        )
    }
    for key, tally in known.items():
        tally.people += new.pop(key, 0)
    OptionTally.objects.bulk_update(known.values(), ["people"])
    OptionTally.objects.bulk_create(
        OptionTally(
            conversation=sheet, question_id=question, option=option, people=people
        )
        # Not in the order of arrival, which the numbers of the rows would keep.
        for (question, option), people in sorted(new.items())
    )


def _add_points(sheet: Conversation, rows: Iterable[WaitingAnswer]) -> None:
    """Raise the tallies of the points, which are kept per domain. Three queries."""
    new = Counter(
        (row.question.domain, int(row.value)) for row in rows if row.question.is_points
    )
    known = {
        (tally.domain, tally.points): tally for tally in sheet.points_tallies.all()
    }
    for key, tally in known.items():
        tally.people += new.pop(key, 0)
    PointsTally.objects.bulk_update(known.values(), ["people"])
    PointsTally.objects.bulk_create(
        PointsTally(conversation=sheet, domain=domain, points=points, people=people)
        for (domain, points), people in sorted(new.items())
    )


def _answers_per_question(sheet: Conversation) -> Counter[int | str]:
    """Count the answers to every question; the points stand under their domain."""
    options = sheet.option_tallies.order_by().values_list("question_id")
    points = sheet.points_tallies.order_by().values_list("domain")
    return Counter(
        dict([*options.annotate(Sum("people")), *points.annotate(Sum("people"))])
    )


def _counted_as(question: RoundQuestion) -> int | str:
    return question.domain if question.is_points else question.pk
