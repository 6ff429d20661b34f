from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from smtplib import SMTPException
from threading import Barrier
from unittest import mock

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.db import connection
from django.utils import timezone

from kader.vocabulary import Phase
from projects.models import Role
from reports import tasks
from reports.digest import write_letter
from reports.models import MAX_ATTEMPTS, Digest
from reports.tasks import send_digest, send_digests
from tests.factories import (
    ConversationFactory,
    DialogueSessionFactory,
    DigestFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    MeetingFactory,
    MembershipFactory,
    PhaseChangeFactory,
    PlanningFactory,
    ProjectFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def letter_to(user):
    return write_letter(user, MONDAY)


def changes_for(user):
    letter = letter_to(user)
    return letter.projects[0].changes if letter else ()


@pytest.fixture
def rung():
    with mock.patch.object(send_digest, "delay", autospec=True) as delay:
        yield delay


# --- what the mail says ---


def test_a_mail_says_what_there_is_to_do_and_where(coordinator, project, mailoutbox):
    send_digest(coordinator.pk, MONDAY.isoformat())

    mail = mailoutbox[0]
    assert mail.to == [coordinator.email]
    assert "dingen voor jou deze week" in mail.subject
    assert project.title in mail.body
    assert "- De stuurgroep is nog niet volledig." in mail.body
    assert f"/projecten/{project.pk}/te-doen/" in mail.body
    assert "/account/mijn-gegevens/" in mail.body


def test_two_tasks_of_a_kind_are_one_line(coordinator, project):
    for _ in range(2):
        MeetingFactory(project=project, title="Geheim", held_on=MONDAY)

    lines = letter_to(coordinator).projects[0].tasks

    assert "De stuurgroep van 23 november heeft nog geen agenda. (2 keer)" in lines, (
        lines
    )


def test_no_word_of_a_talk_leaves_in_a_mail(coordinator, project, mailoutbox):
    secret = "Zorgvuldig Geheim Woord"
    ConversationFactory(
        project=project,
        title=secret,
        place=secret,
        guide=secret,
        entered_by=coordinator,
        held_on=MONDAY - timedelta(days=3),
        handed_in=MONDAY - timedelta(days=2),
    )
    MeetingFactory(project=project, title=secret, place=secret, held_on=MONDAY)

    send_digest(coordinator.pk, MONDAY.isoformat())

    assert "1 gesprek is ingediend." in mailoutbox[0].body
    assert secret not in mailoutbox[0].body + mailoutbox[0].subject


def test_nothing_to_say_is_no_mail(supporter, mailoutbox):
    send_digest(supporter.pk, MONDAY.isoformat())

    assert mailoutbox == []
    assert not Digest.objects.exists()


@pytest.mark.parametrize(
    ("days", "is_told"), [(-8, False), (-7, True), (-1, True), (0, False)]
)
def test_only_the_week_before_counts_as_new(supporter, project, days, is_told):
    PhaseChangeFactory(
        project=project, phase=Phase.DIALOGUE, changed_on=MONDAY + timedelta(days=days)
    )

    told = "Het project is nu in de fase dialoog." in changes_for(supporter)

    assert told is is_told


def test_a_supporter_reads_nothing_of_the_table(supporter, project):
    MeetingFactory(project=project, held_on=MONDAY)
    PhaseChangeFactory(project=project, changed_on=MONDAY - timedelta(days=1))

    assert changes_for(supporter) == ("Het project is nu in de fase analyse.",)


def test_what_happened_last_week_is_told_without_details(member, project):
    yesterday = MONDAY - timedelta(days=1)
    PlanningFactory(project=project, proposed_on=yesterday, agreed_on=yesterday)
    MeetingFactory(project=project, held_on=MONDAY + timedelta(days=3))
    MeetingFactory(project=project, held_on=MONDAY + timedelta(days=30))
    DialogueSessionFactory(project=project, held_on=yesterday)
    FeedbackFactory(
        project=project,
        given_on=yesterday,
        target_group=TargetGroupFactory(project=project),
        actions=[ImprovementActionFactory(project=project)],
    )

    assert changes_for(member) == (
        "De stuurgroep komt samen op donderdag 26 november 2026.",
        "Planning 1 is voorgesteld.",
        "Planning 1 is goedgekeurd: alle leden vinden ze haalbaar.",
        "Er was een dialoogsessie op 22 november 2026.",
        "Eén keer hoorde een groep wat er met de acties gebeurde.",
    )


def test_all_projects_of_a_person_stand_in_one_mail(coordinator, mailoutbox):
    other = MembershipFactory(user=coordinator, role=Role.COORDINATOR).project

    send_digest(coordinator.pk, MONDAY.isoformat())

    assert len(mailoutbox) == 1
    assert other.title in mailoutbox[0].body


def test_a_closed_project_and_a_withdrawn_role_are_silent(coordinator, project):
    project.closed_on = timezone.localdate()
    project.save()

    assert letter_to(coordinator) is None


# --- never twice ---


def test_the_same_week_is_never_mailed_twice(coordinator, mailoutbox):
    assert send_digest(coordinator.pk, MONDAY.isoformat()) is True
    assert send_digest(coordinator.pk, MONDAY.isoformat()) is False

    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_task_send_one_mail(mailoutbox):
    user = MembershipFactory(role=Role.COORDINATOR).user
    start = Barrier(2)

    def work(_):
        try:
            start.wait(timeout=20)
            return send_digest(user.pk, MONDAY.isoformat())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = sorted(pool.map(work, range(2)))

    assert sent == [False, True]
    assert len(mailoutbox) == 1


def test_the_next_week_is_another_mail(coordinator, mailoutbox):
    send_digest(coordinator.pk, MONDAY.isoformat())
    send_digest(coordinator.pk, (MONDAY + timedelta(days=7)).isoformat())

    assert len(mailoutbox) == 2


def test_a_worker_that_died_while_sending_is_not_repeated(coordinator, mailoutbox):
    DigestFactory(user=coordinator, week_of=MONDAY)

    assert send_digest(coordinator.pk, MONDAY.isoformat()) is False
    assert mailoutbox == []


def test_a_mail_server_that_refused_is_asked_again(coordinator, mailoutbox):
    with mock.patch.object(
        tasks, "send_mail", autospec=True, side_effect=SMTPException
    ):
        assert send_digest(coordinator.pk, MONDAY.isoformat()) is False

    assert send_digest(coordinator.pk, MONDAY.isoformat()) is True
    digest = Digest.objects.get()
    assert (len(mailoutbox), digest.attempts, digest.refused) == (1, 2, False)
    assert digest.sent_at is not None


def test_a_mail_server_that_keeps_refusing_is_left_alone(coordinator, mailoutbox):
    DigestFactory(user=coordinator, week_of=MONDAY, refused=True, attempts=MAX_ATTEMPTS)

    assert send_digest(coordinator.pk, MONDAY.isoformat()) is False
    assert mailoutbox == []


# --- who gets one ---


def test_everybody_with_an_open_project_is_rung_for_once(coordinator, member, rung):
    MembershipFactory(user=member)

    assert send_digests() == 2
    assert {call.args[0] for call in rung.call_args_list} == {coordinator.pk, member.pk}


def test_a_switched_off_mail_is_not_sent(coordinator, rung, mailoutbox):
    coordinator.wants_digest = False
    coordinator.save()

    assert send_digests() == 0
    assert send_digest(coordinator.pk, MONDAY.isoformat()) is False
    assert mailoutbox == []


def test_a_blocked_account_gets_no_mail(coordinator, rung, mailoutbox):
    coordinator.is_active = False
    coordinator.save()

    assert send_digests() == 0
    assert send_digest(coordinator.pk, MONDAY.isoformat()) is False


def test_who_has_this_weeks_mail_is_not_rung_for_again(coordinator, rung):
    DigestFactory(user=coordinator, sent_at=timezone.now())

    assert send_digests() == 0


def test_a_person_without_a_project_is_not_rung_for(stranger, rung):
    ProjectFactory()

    assert send_digests() == 0


def test_the_clock_rings_on_monday_morning():
    entry = settings.CELERY_BEAT_SCHEDULE["send-digests"]

    assert entry["task"] == send_digests.name
    assert entry["schedule"] == crontab(minute="0", hour="7,9,11", day_of_week="mon")


def test_the_switch_stands_on_the_page_with_my_details(member_client, member):
    member_client.post("/account/mijn-gegevens/", {"name": member.name})

    member.refresh_from_db()
    assert member.wants_digest is False
