"""Two hundred at the same moment: one row per key, one winner per field, nobody unheard."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kader.vocabulary import ServiceDomain
from projects.models import Role
from rechtencirkel.models import AnsweredRequest
from rechtencirkel.services import fingerprint_of, sheet_fields
from tests.factories import ConversationFactory, MembershipFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.smoke]

# Each thread holds one connection to the database and sends its share one by one.
THREADS = 20
EACH = 10
DOMAIN = ServiceDomain.ACCESS


@pytest.fixture
def talk():
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=[DOMAIN],
        people=300,
    )


def body_for(talk, fields, key=None):
    return {
        "key": str(key or uuid.uuid4()),
        "user": talk.entered_by_id,
        "version": 0,
        "domain": DOMAIN.value,
        "asked": fingerprint_of(talk.questions_about(DOMAIN)),
        "fields": {name: {"was": "", "now": now} for name, now in fields.items()},
    }


def send_all(talk, bodies):
    """Send every body, from twenty threads that start together; busy ones try again."""
    url = reverse("rechtencirkel:sheet_save_fields", args=[talk.project_id, talk.pk])
    start = Barrier(THREADS)

    def run(share):
        client = Client()
        client.force_login(talk.entered_by)
        start.wait()
        answers = []
        try:
            for body in share:
                while True:
                    answer = client.post(
                        url, json.dumps(body), content_type="application/json"
                    )
                    if answer.status_code != 503:
                        break
                answers.append((answer.status_code, answer.json()))
        finally:
            connection.close()
        return answers

    shares = [bodies[place::THREADS] for place in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        return [answer for share in pool.map(run, shares) for answer in share]


def test_two_hundred_posts_with_one_key_are_one_change(talk):
    body = body_for(talk, {"disagreement": "Eén keer."})

    answers = send_all(talk, [body] * THREADS * EACH)

    talk.refresh_from_db()
    assert {code for code, _ in answers} == {200}
    assert {told["receipt"] for _, told in answers} == {f"{talk.pk}-1"}
    assert AnsweredRequest.objects.count() == 1
    assert talk.version == 1
    assert talk.disagreements.count() == 1


def test_of_two_hundred_editors_of_one_field_one_writes_and_the_others_are_told(talk):
    texts = [f"Editor {number} zei dit." for number in range(THREADS * EACH)]

    answers = send_all(talk, [body_for(talk, {"disagreement": t}) for t in texts])

    stored = talk.disagreements.get().text
    told = [
        answer["conflicts"]["disagreement"] for code, answer in answers if code == 409
    ]
    talk.refresh_from_db()
    assert sorted(code for code, _ in answers) == [200] + [409] * 199
    assert talk.version == 1
    assert {conflict["theirs"] for conflict in told} == {stored}
    assert {conflict["mine"] for conflict in told} | {stored} == set(texts)


def test_two_hundred_editors_who_each_add_something_lose_nothing(talk):
    bodies = [
        body_for(talk, {f"s-{number % 10}": "1", "disagreement": ""})
        for number in range(10)
    ]

    answers = send_all(talk, bodies * THREADS)

    talk.refresh_from_db()
    assert {code for code, _ in answers} == {200}
    assert sum(talk.points_tallies.values_list("people", flat=True)) == 10
    assert talk.version == 10


def test_the_race_is_real_without_the_comparison(talk, monkeypatch):
    """Two editors of one field: if nobody compared, the second would win unheard."""
    merge = sheet_fields.merge_page

    def blind(stored, changes, **rest):
        return merge({}, changes, **rest)

    monkeypatch.setattr(sheet_fields, "merge_page", blind)
    texts = [f"Editor {number} zei dit." for number in range(THREADS * 2)]

    answers = send_all(talk, [body_for(talk, {"disagreement": t}) for t in texts])

    assert [code for code, _ in answers].count(200) > 1
