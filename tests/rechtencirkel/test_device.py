"""What a device may ask: who is signed in, which talks it may keep, which files the site has."""

import json
import re

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse

from projects.models import Role
from tests.factories import ConversationFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def state_of(user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(reverse("rechtencirkel:device_state"))


@pytest.fixture
def membership():
    return MembershipFactory(role=Role.GRASSROOTS)


def a_talk(membership, **fields):
    return ConversationFactory(
        project=membership.project, entered_by=membership.user, **fields
    )


def test_nobody_is_told_that_nobody_is_signed_in():
    told = state_of().json()

    assert (told["user"], told["talks"]) == (None, [])
    assert told["token"]


def test_whoever_enters_may_keep_their_own_drafts(membership):
    mine, small = a_talk(membership), a_talk(membership, people=2)
    a_talk(membership, filled=True, handed_in=True)
    ConversationFactory(project=membership.project)
    ConversationFactory()

    told = state_of(membership.user).json()

    assert (told["user"], told["talks"]) == (membership.user.pk, [mine.pk, small.pk])


def test_the_coordinator_may_keep_the_sheet_of_a_group_only(membership):
    coordinator = MembershipFactory(
        project=membership.project, role=Role.COORDINATOR
    ).user
    of_group = a_talk(membership, people=5)
    a_talk(membership, people=4)

    assert state_of(coordinator).json()["talks"] == [of_group.pk]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPPORTER])
def test_whoever_may_not_enter_keeps_nothing(membership, role):
    other = MembershipFactory(project=membership.project, role=role)
    a_talk(other)

    assert state_of(other.user).json()["talks"] == []


def test_a_project_that_keeps_nothing_on_devices_names_no_talk(membership):
    a_talk(membership)
    membership.project.works_offline = False
    membership.project.save()

    assert state_of(membership.user).json()["talks"] == []


def test_asking_keeps_the_session_alive(membership):
    assert state_of(membership.user).cookies["sessionid"]["max-age"]


def test_the_empty_page_is_the_same_for_everybody(membership):
    client = Client()
    client.force_login(membership.user)
    url = reverse("rechtencirkel:device_page")

    signed_in, stranger = client.get(url).text, Client().get(url).text

    assert membership.user.name not in signed_in
    assert re.sub(r'data-user="\d*"', "", signed_in) == re.sub(
        r'data-user="\d*"', "", stranger
    )


def test_the_service_worker_keeps_files_that_exist_and_one_page():
    answer = Client().get(reverse("rechtencirkel:service_worker"))
    given = re.search(r'JSON\.parse\("(.*)"\)', answer.text)[1]
    kept = json.loads(given.encode().decode("unicode_escape"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.wsgi_request.path == "/dienst.js"
    assert kept["shell"] == reverse("rechtencirkel:device_page")
    assert "/static/js/sheet/shell.js" in kept["files"]
    assert [
        url for url in kept["files"] if not find(url.removeprefix("/static/"))
    ] == []
