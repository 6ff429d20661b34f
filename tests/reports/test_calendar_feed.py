from datetime import time

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.services import make_calendar_feed, revoke_calendar_feed
from projects import access, services
from projects.access import CAPABILITIES, Capability
from projects.models import Role
from tests.factories import (
    DialogueSessionFactory,
    MeetingDecisionFactory,
    MeetingFactory,
    MembershipFactory,
    ProjectFactory,
    SteeringGroupMemberFactory,
    UserFactory,
)
from tests.helpers import assert_queries_do_not_grow

pytestmark = pytest.mark.django_db


def address(token):
    return reverse("reports:calendar_feed", args=[token])


def titles(response):
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(event["SUMMARY"]) for event in events}


@pytest.fixture
def feed(member):
    """Return the address of a member's calendar."""
    return address(make_calendar_feed(user=member))


def test_a_calendar_program_reads_it_without_signing_in(
    anonymous_client, feed, project
):
    meeting = MeetingFactory(project=project, starts_at=time(10), revision=4)
    session = DialogueSessionFactory(project=project)

    answer = anonymous_client.get(feed)

    events = {
        str(event["UID"]): event
        for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private"
    assert set(events) == {
        f"vergadering-{meeting.pk}@testserver",
        f"dialoog-{session.pk}@testserver",
    }
    assert events[f"vergadering-{meeting.pk}@testserver"]["SEQUENCE"] == 4
    assert "sessionid" not in answer.cookies


def test_a_member_of_two_projects_finds_both_and_no_third(
    anonymous_client, feed, member, project
):
    second = MembershipFactory(user=member, role=Role.GRASSROOTS).project
    for each in (project, second, ProjectFactory()):
        MeetingFactory(project=each, title=f"Stuurgroep van {each.pk}")

    found = titles(anonymous_client.get(feed))

    assert found == {
        f"Stuurgroep van {each.pk}: {each.title}" for each in (project, second)
    }


def test_a_role_that_may_not_read_gives_no_appointments(
    anonymous_client, feed, member, project
):
    MeetingFactory(project=project)
    followed = MembershipFactory(user=member, role=Role.SUPPORTER).project
    MeetingFactory(project=followed, title="Van een ander")

    found = titles(anonymous_client.get(feed))

    assert len(found) == 1
    assert "Van een ander" not in " ".join(found)


def test_no_names_and_no_minutes_are_in_it(anonymous_client, feed, project):
    seat = SteeringGroupMemberFactory(project=project, name="Griet Pauwels")
    meeting = MeetingFactory(project=project, minutes="We spraken over schulden.")
    meeting.present.add(seat)
    MeetingDecisionFactory(meeting=meeting, owner=seat, text="Griet belt.")
    DialogueSessionFactory(project=project, guide="Tom Verbeke")

    content = anonymous_client.get(feed).content.decode()

    assert "Pauwels" not in content
    assert "Verbeke" not in content
    assert "schulden" not in content
    assert "belt" not in content


def test_every_address_that_does_not_work_gets_the_same_answer(
    anonymous_client, coordinator, project
):
    def fresh():
        membership = MembershipFactory(project=project)
        return membership, address(make_calendar_feed(user=membership.user))

    left, of_left = fresh()
    services.withdraw_access(membership=left)
    revoked, of_revoked = fresh()
    revoke_calendar_feed(user=revoked.user)
    inactive, of_inactive = fresh()
    inactive.user.is_active = False
    inactive.user.save()
    supporter = MembershipFactory(project=project, role=Role.SUPPORTER).user
    of_supporter = address(make_calendar_feed(user=supporter))

    answers = [
        anonymous_client.get(url)
        for url in (
            address("nooit-gemaakt"),
            of_left,
            of_revoked,
            of_inactive,
            of_supporter,
        )
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert len({answer.content for answer in answers}) == 1


def test_an_address_works_until_access_is_withdrawn(
    anonymous_client, coordinator, project
):
    membership = MembershipFactory(project=project)
    feed = address(make_calendar_feed(user=membership.user))

    before = anonymous_client.get(feed).status_code
    services.withdraw_access(membership=membership)

    assert (before, anonymous_client.get(feed).status_code) == (200, 404)


def test_more_projects_and_meetings_cost_no_more_queries(
    anonymous_client, feed, member, project
):
    def add():
        more = MembershipFactory(user=member).project
        MeetingFactory(project=more)
        DialogueSessionFactory(project=more)

    add()

    assert_queries_do_not_grow(anonymous_client, feed, add, at_most=4)


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("role", Role)
def test_which_projects_follows_the_same_table_as_may_i(role, capability):
    membership = MembershipFactory(role=role)
    MembershipFactory(user=membership.user, project__title="Nog een", role=role)

    found = access.projects_of(membership.user, capability)

    assert (membership.project in found) == (capability in CAPABILITIES[role])
    assert not access.projects_of(UserFactory(), capability).exists()
