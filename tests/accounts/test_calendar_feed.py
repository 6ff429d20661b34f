import re

import pytest
from django.urls import reverse

from accounts.models import CalendarFeed
from accounts.services import (
    find_calendar_feed,
    make_calendar_feed,
    revoke_calendar_feed,
    token_hash,
)
from tests.factories import UserFactory
from tests.helpers import page_of

pytestmark = pytest.mark.django_db

PROFILE = reverse("accounts:profile_edit")
CREATE = reverse("accounts:calendar_feed_create")
DELETE = reverse("accounts:calendar_feed_delete")


def main(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def test_only_the_hash_of_a_secret_is_stored():
    token = make_calendar_feed(user=UserFactory())

    feed = CalendarFeed.objects.get()
    assert feed.token_hash == token_hash(token)
    assert len(token) >= 40
    assert find_calendar_feed(token) == feed


def test_a_new_secret_makes_the_old_one_worthless():
    user = UserFactory()
    old = make_calendar_feed(user=user)

    new = make_calendar_feed(user=user)

    assert find_calendar_feed(old) is None
    assert find_calendar_feed(new).user == user


def test_a_revoked_secret_opens_nothing():
    user, other = UserFactory(), UserFactory()
    token, kept = make_calendar_feed(user=user), make_calendar_feed(user=other)

    revoke_calendar_feed(user=user)

    assert find_calendar_feed(token) is None
    assert find_calendar_feed(kept) is not None


def test_revoking_without_an_address_changes_nothing():
    revoke_calendar_feed(user=UserFactory())

    assert not CalendarFeed.objects.exists()


def test_the_secret_of_somebody_who_is_not_active_opens_nothing():
    user = UserFactory()
    token = make_calendar_feed(user=user)

    user.is_active = False
    user.save()

    assert find_calendar_feed(token) is None


def test_the_address_is_shown_once(stranger_client, stranger):
    answer = stranger_client.post(CREATE)
    address = page_of(answer).xpath("//input[@id='adres']/@value")[0]

    token = re.fullmatch(r"http://testserver/agenda/(.+)\.ics", address)[1]
    assert find_calendar_feed(token).user == stranger
    assert page_of(answer).xpath("//a[starts-with(@href, 'webcal://testserver/')]")
    assert answer.headers["Cache-Control"] == "no-store"
    assert token not in stranger_client.get(PROFILE).content.decode()


def test_the_profile_says_whether_there_is_an_address(stranger_client, stranger):
    before = main(stranger_client.get(PROFILE))
    make_calendar_feed(user=stranger)

    after = main(stranger_client.get(PROFILE))

    assert "Maak mijn agenda-adres" in before
    assert "Trek het adres in" not in before
    assert "Maak een nieuw adres" in after
    assert "Trek het adres in" in after


def test_revoking_is_asked_first(stranger_client, stranger):
    make_calendar_feed(user=stranger)

    question = main(stranger_client.get(DELETE))
    assert "Je agenda-adres intrekken?" in question
    assert CalendarFeed.objects.exists()
    answer = stranger_client.post(DELETE, follow=True)

    assert answer.redirect_chain == [(PROFILE, 302)]
    assert "Je agenda-adres werkt niet meer." in main(answer)
    assert not CalendarFeed.objects.exists()


def test_without_an_address_there_is_nothing_to_revoke(stranger_client):
    answer = stranger_client.get(DELETE)

    assert answer.url == PROFILE
