"""Typing a sheet, handing it in, and what it adds up to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from kader.vocabulary import (
    ConversationEventKind,
    ServiceDomain,
)
from rechtencirkel.adding_up import add_up, store_totals
from rechtencirkel.models import (
    BarrierMention,
    Conversation,
    ConversationEvent,
    ConversationState,
    DisagreementNote,
    DomainTotal,
    LiveSession,
    OpenAnswer,
    OptionTally,
    PointsTally,
    Quote,
    Round,
    RoundQuestion,
)
from rechtencirkel.models.conversation import OPEN_STATES
from rechtencirkel.publishing import moved_since_told, publish_answers
from rechtencirkel.sheet import SheetPage
from rechtencirkel.suppression import may_score_together

LOCKED = "Dit gesprek is ingediend en ligt vast."


class SheetChangedError(Exception):
    """Somebody else saved the sheet since this page was opened."""


@transaction.atomic
def save_page(
    *,
    conversation: Conversation,
    domain: ServiceDomain,
    page: SheetPage,
    version: int,
) -> Conversation:
    """Store one domain's page of a draft; replaces what stood there.

    `version` is the number the page was opened with. Raises SheetChangedError when
    somebody saved in between (nothing is written), ValidationError when locked.
    """
    claim_version(conversation, version)
    _replace_answers(conversation, domain, page)
    replace_points(conversation, domain, page)
    _replace_words(conversation, domain, page)
    return conversation


@transaction.atomic
def save_first_change(
    *, conversation: Conversation, text: str, version: int
) -> Conversation:
    """Store what the group wants changed first."""
    claim_version(conversation, version)
    conversation.first_change = text
    conversation.save(update_fields=["first_change"])
    return conversation


@transaction.atomic
def hand_in(
    *, conversation: Conversation, on: date, by: User | None = None, answer: str = ""
) -> Conversation:
    """Lock a sheet, store what it adds up to per domain, and publish what may be shown.

    `by` is whoever entered it unless somebody else hands it in. `answer` goes with a
    sheet that came back with a question, and may not be missing then. What was told of
    it before stays, cell by cell, until its correction may follow. Raises
    ValidationError with every reason why it cannot be handed in yet.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if not locked.is_draft:
        raise ValidationError(LOCKED)
    # Under the lock of the measurement: it cannot close between this look and the end.
    locked.round = Round.objects.select_for_update(no_key=True).get(pk=locked.round_id)
    # A score given together counts for as many people as the sheet says now.
    locked.points_tallies.filter(is_joint=True).update(people=locked.people)
    totals = add_up(locked)
    if locked.is_returned and not answer.strip():
        raise ValidationError("Antwoord eerst op de vraag van de coördinator.")
    if reasons := _reasons_not_to_hand_in(locked, totals, on):
        raise ValidationError(reasons)
    store_totals(locked, totals)
    locked.state = ConversationState.HANDED_IN
    locked.handed_in_on = on
    locked.save(update_fields=["state", "handed_in_on"])
    publish_answers(measurement=locked.round, on=on)
    LiveSession.objects.filter(conversation=locked).forget()
    ConversationEvent.objects.create(
        conversation=locked,
        kind=ConversationEventKind.HANDED_IN,
        happened_on=on,
        by=by or locked.entered_by,
        text=answer.strip(),
    )
    conversation.refresh_from_db()
    return conversation


@transaction.atomic
def mark_read_back(
    *, conversation: Conversation, on: date, by: User | None = None
) -> Conversation:
    """Record that the group heard its own report and recognised it."""
    # Locked, so that a report that just came back is not marked as read.
    state = Conversation.objects.select_for_update().get(pk=conversation.pk).state
    conversation.state = state
    if not conversation.awaits_reading_back:
        raise ValidationError(
            "Alleen een ingediend groepsgesprek kan nagelezen worden."
        )
    if conversation.handed_in_on and on < conversation.held_on:
        raise ValidationError("Nalezen kan niet voor het gesprek gebeuren.")
    conversation.state = ConversationState.READ_BACK
    conversation.read_back_on = on
    conversation.save(update_fields=["state", "read_back_on"])
    publish_answers(measurement=conversation.round, on=on)
    ConversationEvent.objects.create(
        conversation=conversation,
        kind=ConversationEventKind.READ_BACK,
        happened_on=on,
        by=by or conversation.entered_by,
    )
    return conversation


def claim_version(conversation: Conversation, version: int) -> None:
    """Take the next version number, or say why not: one conditional update."""
    claimed = Conversation.objects.filter(
        pk=conversation.pk, version=version, state__in=OPEN_STATES
    ).update(version=F("version") + 1)
    conversation.refresh_from_db()
    if claimed:
        return
    if not conversation.is_draft:
        raise ValidationError(LOCKED)
    raise SheetChangedError


def _replace_answers(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    conversation.option_tallies.filter(question__domain=domain).delete()
    OptionTally.objects.bulk_create(
        OptionTally(
            conversation=conversation,
            question_id=question_id,
            option=option,
            people=people,
        )
        for (question_id, option), people in page.options.items()
    )
    _replace_open_answers(conversation, domain, page)


def _replace_open_answers(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    """Write what changed; an answer that stayed the same also stays read over."""
    stored = list(conversation.open_answers.filter(question__domain=domain))
    kept = {
        answer.question_id: answer.pk
        for answer in stored
        # What is withheld stands on no page, so nobody can have taken it off.
        if page.answers.get(answer.question_id, "") == answer.text
    }
    gone = [answer.pk for answer in stored if answer.question_id not in kept]
    conversation.open_answers.filter(pk__in=gone).delete()
    OpenAnswer.objects.bulk_create(
        OpenAnswer(conversation=conversation, question_id=question_id, text=text)
        for question_id, text in page.answers.items()
        if question_id not in kept
    )


def replace_points(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    conversation.points_tallies.filter(domain=domain).delete()
    if page.joint_points is not None:
        # A score given together counts for everybody in the room.
        PointsTally.objects.create(
            conversation=conversation,
            domain=domain,
            points=page.joint_points,
            people=conversation.people,
            is_joint=True,
        )
        return
    PointsTally.objects.bulk_create(
        PointsTally(
            conversation=conversation, domain=domain, points=points, people=people
        )
        for points, people in page.sticker_points.items()
    )


def _replace_words(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    replace_quotes(conversation, domain, page)
    replace_barriers(conversation, domain, page)
    conversation.disagreements.filter(domain=domain).delete()
    if page.disagreement:
        DisagreementNote.objects.create(
            conversation=conversation, domain=domain, text=page.disagreement
        )


def replace_quotes(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    """Write what changed; the same words keep their row and all that rests on it.

    What was withdrawn or withheld stands on no page and stays behind without words.
    """
    stored: dict[str, list[Quote]] = defaultdict(list)
    for quote in conversation.quotes.filter(domain=domain).exclude(text=""):
        stored[quote.text].append(quote)
    kept, new = [], []
    for row in page.quotes:
        if stored[row.text]:
            quote = stored[row.text].pop(0)
            kept.append(quote)
        else:
            quote = Quote(conversation=conversation, domain=domain, text=row.text)
            new.append(quote)
        quote.uses = row.uses
        quote.is_unrecognisable = row.is_unrecognisable
    gone = [quote.pk for quotes in stored.values() for quote in quotes]
    conversation.quotes.filter(pk__in=gone).delete()
    Quote.objects.bulk_update(kept, ["uses", "is_unrecognisable"])
    Quote.objects.bulk_create(new)


def replace_barriers(
    conversation: Conversation, domain: ServiceDomain, page: SheetPage
) -> None:
    """Write what changed; the same words keep their row. Withheld ones stay behind."""
    stored: dict[str, list[BarrierMention]] = defaultdict(list)
    for barrier in conversation.barriers.filter(domain=domain).exclude(text=""):
        stored[barrier.text].append(barrier)
    kept, new = [], []
    for row in page.barriers:
        if stored[row.text]:
            barrier = stored[row.text].pop(0)
            kept.append(barrier)
        else:
            barrier = BarrierMention(
                conversation=conversation, domain=domain, text=row.text
            )
            new.append(barrier)
        barrier.kind, barrier.level = row.kind, row.level
        barrier.non_take_up = row.non_take_up
        barrier.is_unrecognisable = row.is_unrecognisable
    gone = [barrier.pk for barriers in stored.values() for barrier in barriers]
    conversation.barriers.filter(pk__in=gone).delete()
    BarrierMention.objects.bulk_update(
        kept, ["kind", "level", "non_take_up", "is_unrecognisable"]
    )
    BarrierMention.objects.bulk_create(new)


def _reasons_not_to_hand_in(
    conversation: Conversation, totals: list[DomainTotal], on: date
) -> list[str]:
    reasons = []
    if conversation.round.is_closed:
        reasons.append("De meting is afgesloten. Er kunnen geen gesprekken meer bij.")
    if conversation.held_on > on:
        reasons.append("Dit gesprek moet nog plaatsvinden.")
    if not conversation.has_consent:
        reasons.append(
            "Vink bij de gegevens aan dat de groep akkoord ging. Zonder toestemming "
            "gebruiken we niets."
        )
    if not any(sum(t.points) or t.options for t in totals) and not (
        conversation.open_answers.exists() or conversation.quotes.exists()
    ):
        reasons.append("Er staat nog geen enkel antwoord op het blad.")
    reasons += _counts_above_people(conversation, totals)
    reasons += _scores_by_a_few(conversation)
    reasons += _unlike_what_was_told(conversation)
    return reasons


def _counts_above_people(
    conversation: Conversation, totals: list[DomainTotal]
) -> list[str]:
    """Catch a group that was made smaller after its answers were counted."""
    reasons = []
    for total in totals:
        counted = [sum(total.points), *(sum(c) for c in total.options.values())]
        if max(counted) > conversation.people:
            label = ServiceDomain(total.domain).label
            reasons.append(
                f"Bij {label} telde je {max(counted)} antwoorden, maar er waren "
                f"{conversation.people} mensen."
            )
    return reasons


def _scores_by_a_few(conversation: Conversation) -> list[str]:
    """Refuse one score for two, three or four people: from one, you know them all."""
    if may_score_together(conversation.people):
        return []
    joint = conversation.points_tallies.filter(is_joint=True)
    return [
        f"Bij {ServiceDomain(domain).label} gaf de groep samen één cijfer. Dat kan vanaf 5 "
        "mensen: met minder weet je meteen wat ieder van hen vond. Laat iedereen een "
        "sticker plakken en tel die, of laat de punten weg."
        for domain in joint.order_by("pk").values_list("domain", flat=True)
    ]


def _unlike_what_was_told(conversation: Conversation) -> list[str]:
    """Keep a talk that stands in the figures where it stands: its domains and its part."""
    reasons = []
    for total in conversation.totals.filter(told__isnull=False):
        if total.domain not in conversation.domains:
            label = ServiceDomain(total.domain).label
            reasons.append(
                f"{label} staat al in de cijfers. Kies dat domein opnieuw bij de gegevens. "
                "Klopt er niets van, maak dan die bladzijde leeg."
            )
    if moved_since_told(conversation):
        reasons.append(
            "Dit gesprek staat al in de cijfers, bij een andere doelgroep of functie. Zet "
            "die bij de gegevens terug zoals ze was."
        )
    return reasons


def counts_of(conversation: Conversation, question: RoundQuestion) -> dict[str, int]:
    """Return what the sheet says about one question, by answer or by points. One query.

    Points that the group gave together stand under "joint".
    """
    if not question.is_points:
        options = conversation.option_tallies.filter(question=question)
        return dict(options.values_list("option", "people"))
    return {
        "joint" if row.is_joint else str(row.points): row.points
        if row.is_joint
        else row.people
        for row in conversation.points_tallies.filter(domain=question.domain)
    }


@transaction.atomic
def save_counts(
    *,
    conversation: Conversation,
    question: RoundQuestion,
    counts: Mapping[str, int],
    seen: Mapping[str, int] | None = None,
) -> Conversation:
    """Store how many people gave each answer to one question, and touch nothing else.

    `seen` is what stood there when the counting began: when that is no longer so, raises
    SheetChangedError. What others save meanwhile about other questions is no conflict.
    Raises ValidationError for more answers than people, and when the sheet is locked.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    counted = {value: people for value, people in counts.items() if people}
    if (total := sum(counted.values())) > locked.people:
        raise ValidationError(
            f"Je telde {total} antwoorden, maar er waren {locked.people} mensen."
        )
    stored = counts_of(locked, question)
    if seen is not None and stored not in (seen, counted):
        raise SheetChangedError
    claim_version(conversation, locked.version)
    if question.is_points:
        conversation.points_tallies.filter(domain=question.domain).delete()
        PointsTally.objects.bulk_create(
            PointsTally(
                conversation=conversation,
                domain=question.domain,
                points=int(value),
                people=people,
            )
            for value, people in counted.items()
        )
    else:
        conversation.option_tallies.filter(question=question).delete()
        OptionTally.objects.bulk_create(
            OptionTally(
                conversation=conversation,
                question=question,
                option=value,
                people=people,
            )
            for value, people in counted.items()
        )
    return conversation
