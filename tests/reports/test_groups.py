"""What became of what a group said: one short story per group."""

from datetime import date

import pytest
from django.utils import timezone

from kader.vocabulary import ActionStatus, ConversationKind, ServiceDomain
from projects.models import Role
from reports.groups import StepKind
from tests.factories import (
    ConversationFactory,
    DialogueSessionFactory,
    FeedbackDutyFactory,
    FeedbackFactory,
    ImprovementActionFactory,
    MembershipFactory,
    OrganisationFactory,
    ProblemStatementFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_a_monday(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


@pytest.fixture
def parents(project):
    return TargetGroupFactory(project=project, name="Alleenstaande ouders")


@pytest.fixture
def house(project):
    return OrganisationFactory(project=project, name="De Warme Deur")


@pytest.fixture
def talk(project, parents, house):
    """Return a talk of a week ago about two domains."""
    return ConversationFactory(
        project=project,
        target_group=parents,
        organisation=house,
        held_on=date(2026, 11, 16),
        domains=[ServiceDomain.RECEPTION, ServiceDomain.AFTERCARE],
    )


def stories(client, project):
    return client.get(f"/projecten/{project.pk}/wat-kwam-ervan/").context["stories"]


def texts(story):
    return [step.text for step in story.steps]


def test_without_a_talk_the_page_says_where_it_begins(member_client, project):
    response = member_client.get(f"/projecten/{project.pk}/wat-kwam-ervan/")

    assert "Het begint bij een gesprek" in response.text


def test_a_group_is_a_target_group_within_an_organisation(
    member_client, project, talk, parents
):
    ConversationFactory(
        project=project,
        target_group=parents,
        organisation=talk.organisation,
        held_on=date(2026, 10, 1),
    )
    elsewhere = OrganisationFactory(project=project, name="Het Kruispunt")
    ConversationFactory(project=project, target_group=parents, organisation=elsewhere)

    found = stories(member_client, project)

    assert [(story.name, story.talks) for story in found] == [
        ("Alleenstaande ouders, bij De Warme Deur", 2),
        ("Alleenstaande ouders, bij Het Kruispunt", 1),
    ]


def test_one_person_and_a_service_have_no_story(member_client, project):
    ConversationFactory(project=project, kind=ConversationKind.INDIVIDUAL, people=1)
    ConversationFactory(project=project, providers=True)

    assert stories(member_client, project) == ()


def test_who_entered_a_talk_sees_the_own_group_first(client, project, talk):
    nele = MembershipFactory(project=project, role=Role.GRASSROOTS).user
    ConversationFactory(
        project=project,
        entered_by=nele,
        target_group=TargetGroupFactory(project=project, name="Zelfstandigen"),
    )
    client.force_login(nele)

    found = stories(client, project)

    assert [story.is_own for story in found] == [True, False]
    assert found[0].name.startswith("Zelfstandigen")


def test_the_story_runs_from_talk_to_what_the_group_heard(
    member_client, project, talk, parents
):
    problem = ProblemStatementFactory(
        project=project, text="De rij staat achter je.", stated_on=date(2026, 11, 18)
    )
    problem.target_groups.add(parents)
    action = ImprovementActionFactory(
        project=project,
        title="Een apart lokaal",
        target_groups=[parents],
        status=ActionStatus.RUNNING,
        starts_on=date(2026, 11, 19),
    )
    FeedbackFactory(
        project=project,
        target_group=parents,
        actions=[action],
        given_on=date(2026, 11, 20),
    )

    story = stories(member_client, project)[0]

    assert texts(story) == [
        "We praatten over onthaal en nazorg.",
        "De stuurgroep schreef dit probleem op: “De rij staat achter je.”",
        "Dit begon: Een apart lokaal.",
        "De groep hoorde wat er met haar woorden gebeurt.",
    ]
    assert story.is_told_everything
    assert not story.ahead


def test_what_is_about_another_group_is_left_out(member_client, project, talk):
    other = TargetGroupFactory(project=project, name="Zelfstandigen")
    ProblemStatementFactory(project=project).target_groups.add(other)
    action = ImprovementActionFactory(
        project=project,
        target_groups=[other],
        status=ActionStatus.RUNNING,
        starts_on=date(2026, 11, 1),
    )
    FeedbackFactory(project=project, target_group=other, actions=[action])
    FeedbackDutyFactory(action=action, target_group=other)

    story = stories(member_client, project)[0]

    assert [step.kind for step in story.steps] == [StepKind.TALK]
    assert (story.actions, story.duties) == ((), ())


def test_the_next_step_is_the_first_that_still_has_to_come(
    member_client, project, talk
):
    DialogueSessionFactory(
        project=project,
        held_on=date(2027, 3, 16),
        prepared_with_group_on=date(2027, 3, 2),
    )

    response = member_client.get(f"/projecten/{project.pk}/wat-kwam-ervan/")

    assert texts(response.context["stories"][0])[1:] == [
        "We bereiden samen het gesprek met het OCMW voor.",
        "We praten met het OCMW en de diensten.",
    ]
    assert "Volgende stap: op 2 maart 2027" in response.text


@pytest.mark.parametrize(
    ("status", "starts_on", "step"),
    [
        (ActionStatus.DECIDED, date(2027, 1, 4), ["Dit begint dan: Een lokaal."]),
        (ActionStatus.DECIDED, date(2026, 11, 2), []),
        (ActionStatus.POSTPONED, date(2026, 11, 2), []),
        (ActionStatus.RUNNING, None, []),
    ],
    ids=["to come", "late", "postponed", "without a day"],
)
def test_only_what_runs_has_begun(
    member_client, project, talk, parents, status, starts_on, step
):
    ImprovementActionFactory(
        project=project,
        title="Een lokaal",
        target_groups=[parents],
        status=status,
        status_reason="We zoeken geld.",
        starts_on=starts_on,
    )

    story = stories(member_client, project)[0]

    assert [text for text in texts(story) if "Een lokaal" in text] == step
    assert len(story.actions) == 1


def test_an_idea_is_no_promise(member_client, project, talk, parents):
    ImprovementActionFactory(
        project=project, target_groups=[parents], status=ActionStatus.IDEA
    )

    assert stories(member_client, project)[0].actions == ()


def test_news_the_group_did_not_hear_stands_on_top(
    member_client, project, talk, parents
):
    action = ImprovementActionFactory(
        project=project, title="Een apart lokaal", target_groups=[parents]
    )
    FeedbackDutyFactory(action=action, target_group=parents)

    response = member_client.get(f"/projecten/{project.pk}/wat-kwam-ervan/")

    assert "Dit moet de groep nog horen" in response.text
    assert not response.context["stories"][0].is_told_everything


def test_a_read_back_report_and_a_whole_circle_are_said_shortly(
    member_client, project, parents
):
    ConversationFactory(
        project=project,
        target_group=parents,
        domains=list(ServiceDomain),
        held_on=date(2026, 11, 10),
        read_back=True,
        read_back_on=date(2026, 11, 12),
    )

    story = stories(member_client, project)[0]

    assert texts(story) == [
        "We praatten over de hele rechtencirkel.",
        "De groep las het verslag na.",
    ]
