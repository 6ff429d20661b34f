"""Sixty phones press at the same moment: sixty votes, and one device is one vote."""

import os
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import AnswerOption
from rechtencirkel.models import LiveBallot
from rechtencirkel.services import (
    close_ballot,
    counts_of,
    hand_in,
    let_phones_in,
    live,
    open_ballot,
    save_counts,
    take_over,
)
from tests.factories import ConversationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]

PHONES = 60
OPTIONS = list(AnswerOption.values)
# As the script of the page does when the server asks to come back.
MOST_TRIES = 10


@pytest.fixture(autouse=True)
def _shared_cache(settings):
    """Use the cache of production where the tests have a Redis."""
    url = os.environ.get("TEST_REDIS_URL")
    if url and os.environ.get("LPK_TEST_EMBEDDED") != "1":
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": url,
            }
        }


def in_the_room(people):
    talk = ConversationFactory(people=people)
    question = next(q for q in talk.all_questions() if q.is_closed)
    let_phones_in(conversation=talk, at=timezone.now())
    ballot = open_ballot(conversation=talk, question=question, at=timezone.now())
    return talk, ballot


def press_at_once(ballot, presses):
    """Post every (secret, choice) in its own thread, all at the same moment."""
    url = reverse("rechtencirkel:live_vote", args=[ballot.session.token])
    start = Barrier(len(presses))

    def press(pressed):
        secret, choice = pressed
        client = Client()
        body = {"stemming": ballot.key, "geheim": secret, "keuze": choice}
        start.wait()
        try:
            for _ in range(MOST_TRIES):
                status = client.post(url, body).status_code
                if status != 503:
                    return status
                time.sleep(0.2)
            return status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return Counter(pool.map(press, presses))


def phones(number):
    return [(secrets.token_hex(24), OPTIONS[n % 5]) for n in range(number)]


def test_sixty_phones_at_once_are_sixty_votes():
    talk, ballot = in_the_room(PHONES)

    statuses = press_at_once(ballot, phones(PHONES))

    ballot.refresh_from_db()
    assert statuses == {200: PHONES}
    assert ballot.votes == PHONES
    assert ballot.counts == dict.fromkeys(OPTIONS, PHONES // 5)
    close_ballot(conversation=talk, question=ballot.question)
    take_over(conversation=talk, question=ballot.question)
    assert counts_of(talk, ballot.question) == dict.fromkeys(OPTIONS, PHONES // 5)


def test_sixty_phones_with_twelve_people_are_twelve_votes():
    _, ballot = in_the_room(12)

    press_at_once(ballot, phones(PHONES))

    ballot.refresh_from_db()
    assert ballot.votes == 12
    assert sum(ballot.counts.values()) == 12


def test_one_device_that_presses_five_times_at_once_is_one_vote():
    _, ballot = in_the_room(PHONES)
    secret = secrets.token_hex(24)

    press_at_once(ballot, [(secret, choice) for choice in OPTIONS])

    ballot.refresh_from_db()
    assert ballot.votes == 1
    assert sum(ballot.counts.values()) == 1


def test_without_the_marks_that_device_would_be_five_votes(monkeypatch):
    _, ballot = in_the_room(PHONES)
    monkeypatch.setattr(live, "cache", Forgetful())
    secret = secrets.token_hex(24)

    press_at_once(ballot, [(secret, choice) for choice in OPTIONS])

    ballot.refresh_from_db()
    assert ballot.votes == 5


class Forgetful:
    """A cache that knows of the opening and of no device."""

    def get(self, key):
        return {}

    def set(self, key, value, timeout):
        return None


def test_twenty_phones_that_all_change_their_mind_at_once_stay_twenty_votes():
    _, ballot = in_the_room(PHONES)
    before = phones(20)
    press_at_once(ballot, before)

    press_at_once(ballot, [(secret, "unknown") for secret, _ in before])

    ballot.refresh_from_db()
    assert ballot.votes == 20
    assert {v: n for v, n in ballot.counts.items() if n} == {"unknown": 20}


def test_votes_while_the_guide_closes_are_all_counted_or_all_told_they_are_late():
    talk, ballot = in_the_room(PHONES)
    press_at_once(ballot, phones(10))

    def close():
        try:
            return close_ballot(conversation=talk, question=ballot.question)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as guide:
        closing = guide.submit(close)
        press_at_once(ballot, phones(20))
        assert closing.result()

    closed = LiveBallot.objects.get()
    assert not closed.is_open
    assert 10 <= closed.votes <= 30
    assert sum(closed.counts.values()) == closed.votes


def test_two_remotes_that_count_at_once_lose_nothing():
    talk, _ = in_the_room(PHONES)
    questions = [q for q in talk.all_questions() if not q.is_open]
    start = Barrier(len(questions))

    def count(question):
        value = "5" if question.is_points else "first"
        start.wait()
        try:
            save_counts(
                conversation=talk, question=question, counts={value: 7}, seen={}
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(questions)) as pool:
        list(pool.map(count, questions))

    assert len(questions) >= 4
    assert all(sum(counts_of(talk, q).values()) == 7 for q in questions)


def test_handing_in_while_phones_vote_ends_well():
    talk = ConversationFactory(people=PHONES, filled=True)
    question = next(q for q in talk.all_questions() if q.is_closed)
    let_phones_in(conversation=talk, at=timezone.now())
    ballot = open_ballot(conversation=talk, question=question, at=timezone.now())

    def end():
        try:
            return hand_in(conversation=talk, on=timezone.localdate())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as guide:
        ending = guide.submit(end)
        statuses = press_at_once(ballot, phones(20))
        ending.result()

    assert set(statuses) <= {200, 410}
    assert not LiveBallot.objects.exists()
