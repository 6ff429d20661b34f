"""The pages Te doen and Nakijken, and the number in the masthead."""

import pytest
from django.urls import reverse
from django.utils import timezone

from projects.models import Role
from tests.factories import (
    ConversationFactory,
    FeedbackDutyFactory,
    ImprovementActionFactory,
    MeetingFactory,
    ParticipationCheckFactory,
    PlanningFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db


def url(name, project):
    return reverse(f"reports:{name}", args=[project.pk])


def text(response):
    return " ".join(page_of(response).xpath("string(//main)").split())


def links(response):
    return page_of(response).xpath("//main//a/@href")


def settle_everything(project):
    """Leave nothing that a member could do."""
    TargetGroupFactory(project=project, chosen=True)
    ParticipationCheckFactory(project=project)


def test_the_page_says_what_why_and_where(member_client, project):
    page = member_client.get(url("my_tasks", project))

    assert "Kies met welke doelgroepen jullie starten" in text(page)
    assert "De stuurgroep beslist." in text(page)
    assert f"/projecten/{project.pk}/doelgroepenmatrix/" in links(page)


@pytest.mark.parametrize(
    ("duties", "heading"),
    [
        (0, "één ding vraagt je aandacht"),
        (1, "twee dingen vragen je aandacht"),
        (2, "drie dingen vragen je aandacht"),
    ],
)
def test_the_heading_counts_in_words(member_client, project, duties, heading):
    for _ in range(duties):
        FeedbackDutyFactory(
            action=ImprovementActionFactory(project=project),
            target_group=TargetGroupFactory(project=project),
            due_on=timezone.localdate(),
        )

    assert heading in text(member_client.get(url("my_tasks", project)))


def test_more_than_three_things_stand_below(coordinator_client, project):
    page = page_of(coordinator_client.get(url("my_tasks", project)))

    assert len(page.xpath("//main//ol[contains(@class, 'ruled')]/li")) == 3
    assert page.xpath("//main//h2[text()='Daarna']")


def test_what_others_do_is_no_link(member_client, project):
    page = page_of(member_client.get(url("my_tasks", project)))

    [others] = page.xpath("//main//section[@aria-labelledby='anderen']")
    assert "Start een meting met de rechtencirkel" in others.text_content()
    assert others.xpath(".//ul//a") == []


def test_nothing_to_do_is_said_kindly(member_client, project):
    settle_everything(project)
    ConversationFactory(project=project, target_group=project.target_groups.get())
    project.engagements.create(
        organisation=SteeringGroupMemberFactory(project=project).organisation
    )

    page = member_client.get(url("my_tasks", project))

    assert "je hoeft nu niets te doen" in text(page)
    assert "Alles wat de methode van je vraagt is gebeurd." in text(page)


def test_a_supporter_reads_no_names_and_no_calendar(supporter_client, project):
    MeetingFactory(project=project, planned=True, title="Geheime vergadering")
    PlanningFactory(project=project, agreed_on=None)
    SteeringGroupMemberFactory(project=project, name="An De Clercq")

    words = text(supporter_client.get(url("my_tasks", project)))

    assert "Je volgt dit project van op afstand." in words
    assert "Geheime vergadering" not in words
    assert "An De Clercq" not in words


def test_the_masthead_asks_for_the_number_afterwards(member_client, project):
    other = page_of(member_client.get(url("thread", project)))
    own = page_of(member_client.get(url("my_tasks", project)))

    [asked] = other.xpath("//header//span/@hx-get")
    assert asked == url("task_count", project)
    assert own.xpath("string(//header//span[@class='count'])") == "1"


def test_the_number_is_how_many_tasks_there_are(member_client, project):
    answer = member_client.get(url("task_count", project))

    assert '<span class="count">1</span>' in answer.text


def test_no_tasks_is_no_number(supporter_client, project):
    assert "count" not in supporter_client.get(url("task_count", project)).text.replace(
        "_task_count", ""
    )


def test_the_check_shows_every_severity_and_its_rule(coordinator_client, project):
    words = text(coordinator_client.get(url("review", project)))

    assert "Fouten" in words
    assert "Er is nog niemand van het OCMW en van een basiswerking" in words
    assert "(R1)" in words
    assert "Er is maar één coördinator" in words


def test_the_check_offers_only_what_the_reader_may_do(member_client, project):
    page = member_client.get(url("review", project))

    assert "Bij iemand anders" in text(page)
    assert f"/projecten/{project.pk}/stuurgroep/" not in links(page)


def test_the_check_is_not_for_supporters(supporter_client, project):
    assert supporter_client.get(url("review", project)).status_code == 403


def test_a_second_coordinator_settles_the_tip(coordinator_client, project, member):
    project.memberships.filter(user=member).update(role=Role.COORDINATOR)

    words = text(coordinator_client.get(url("review", project)))

    assert "Er is maar één coördinator" not in words


def test_the_overview_leads_to_the_rest_of_the_tasks(coordinator_client, project):
    page = coordinator_client.get(url("dashboard", project))

    assert url("my_tasks", project) in links(page)
    assert "Daarna: nog" in text(page)
