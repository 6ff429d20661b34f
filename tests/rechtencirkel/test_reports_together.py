"""A report opens, another is handed in and the measurement closes at one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import Conversation, DomainTotal, Publication, Round
from rechtencirkel.services import close_round, hand_in, reopen, return_with_question
from tests.factories import (
    ConversationFactory,
    PointsTallyFactory,
    RoundFactory,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]
TODAY = timezone.localdate


@pytest.fixture
def measurement():
    return RoundFactory()


def a_sheet(measurement, people, points):
    talk = ConversationFactory(
        project=measurement.project,
        round=measurement,
        providers=True,
        people=people,
        domains=[ServiceDomain.ACCESS],
    )
    PointsTallyFactory(
        conversation=talk, domain=ServiceDomain.ACCESS, points=points, people=people
    )
    return talk


def open_again(talk):
    reopen(
        conversation=talk,
        reason="Een telling was fout.",
        on=TODAY(),
        by=talk.entered_by,
        may_withdraw_counted=True,
    )


def send_back(talk):
    return_with_question(
        conversation=talk, question="Klopt dit?", on=TODAY(), by=talk.entered_by
    )


def at_once(*steps):
    """Run every step in its own thread; return which of them were refused."""
    start = Barrier(len(steps))

    def run(step):
        try:
            start.wait(timeout=20)
            step()
        except ValidationError:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


@pytest.mark.parametrize("withdraw", [open_again, send_back])
@pytest.mark.parametrize("_", range(4))
def test_a_report_that_opens_while_others_publish_is_told_whole_or_not(
    measurement, withdraw, _
):
    small, large = a_sheet(measurement, 3, 2), a_sheet(measurement, 5, 9)
    hand_in(conversation=small, on=TODAY())

    refused = at_once(
        lambda: withdraw(small), lambda: hand_in(conversation=large, on=TODAY())
    )

    page = Publication.objects.newest().get()
    told = [total.points for total in DomainTotal.objects.exclude(published_on=None)]
    assert refused == [False, False]
    assert page.points == [sum(values) for values in zip(*told, strict=True)]
    assert Conversation.objects.get(pk=small.pk).is_draft


@pytest.mark.parametrize("_", range(4))
def test_a_report_handed_in_while_the_measurement_closes_counts_or_is_refused(
    measurement, _
):
    talk = a_sheet(measurement, 6, 4)
    stale = Round.objects.get(pk=measurement.pk)

    refused, closed = at_once(
        lambda: hand_in(conversation=talk, on=TODAY()),
        lambda: close_round(measurement=stale, on=TODAY()),
    )

    talk.refresh_from_db()
    assert not closed
    assert talk.is_draft is refused
    assert Publication.objects.filter(is_newest=True).exists() is not refused


@pytest.mark.parametrize("_", range(4))
def test_no_report_opens_after_the_measurement_closed(measurement, _):
    talk = a_sheet(measurement, 6, 4)
    hand_in(conversation=talk, on=TODAY())
    stale = Round.objects.get(pk=measurement.pk)

    refused, closed = at_once(
        lambda: open_again(talk), lambda: close_round(measurement=stale, on=TODAY())
    )

    talk.refresh_from_db()
    assert not closed
    assert talk.is_draft is not refused
    assert sum(Publication.objects.newest().get().points) == 6


def test_a_measurement_that_two_people_close_closes_once(measurement):
    stale = [Round.objects.get(pk=measurement.pk) for _ in range(2)]

    refused = at_once(
        *(lambda row=row: close_round(measurement=row, on=TODAY()) for row in stale)
    )

    assert sorted(refused) == [False, True]
