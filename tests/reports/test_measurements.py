from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ActionStatus, ServiceDomain, Side
from rechtencirkel.analysis import Total, analyse_circle
from rechtencirkel.comparison import Asked, compare
from rechtencirkel.models import Conversation, Round
from rechtencirkel.publishing import publish_answers, publish_last
from rechtencirkel.services import load_question_sets, open_round
from reports.measurements import actions_between, compare_measurements
from tests.factories import (
    ConversationFactory,
    DomainTotalFactory,
    FollowUpFactory,
    ImprovementActionFactory,
    RoundFactory,
)

ACCESS = ServiceDomain.ACCESS
START, END = date(2026, 4, 1), date(2026, 11, 1)


def circle_of(target=None, provider=None):
    totals = []
    for side, points in ((Side.TARGET_GROUP, target), (Side.PROVIDERS, provider)):
        if points is not None:
            counts = tuple(points.get(value, 0) for value in range(11))
            totals.append(Total(side, ACCESS, sum(counts), counts, {}))
    return analyse_circle(totals)


def asked(side=Side.TARGET_GROUP, code="TGG-DP", text="Geraak je binnen?", **extra):
    return Asked(
        code=code, side=side, domain=ACCESS, text=text, **{"scale": "points", **extra}
    )


def compared(before, after, *, old=None, new=None, actions=()):
    """Return what is said of the target group about Toegang, with the whole."""
    comparison = compare_measurements(
        circle_of(before),
        circle_of(after),
        questions=compare(
            [asked()] if old is None else old, [asked()] if new is None else new
        ),
        actions=actions,
    )
    return comparison.domains[ACCESS.number - 1].sides[0], comparison


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({3: 5}, {5: 5}, "2 punten meer"),
        ({5: 5}, {4: 5}, "1 punt minder"),
        ({5: 5}, {5: 5}, "evenveel"),
        ({4: 3, 5: 3}, {5: 5}, "0,5 punten meer"),
    ],
)
def test_then_and_now_are_said_in_points(before, after, sentence):
    side, comparison = compared(before, after)

    assert side.sentence == sentence
    assert [change.domain for change in comparison.shown] == [ACCESS]


@pytest.mark.parametrize(
    ("before", "after", "obstacle"),
    [
        ({3: 4}, {5: 9}, "toen te weinig antwoorden"),
        ({3: 9}, {5: 4}, "nu te weinig antwoorden"),
        (None, {5: 9}, "toen niet bevraagd"),
        ({3: 9}, None, "nu niet bevraagd"),
        (None, None, "twee keer niet bevraagd"),
    ],
)
def test_what_one_measurement_hides_is_not_compared(before, after, obstacle):
    side, comparison = compared(before, after)

    assert (side.is_shown, side.sentence, side.obstacle) == (False, "", obstacle)
    assert comparison.shown == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([asked()], [asked(code="TGG-DQ")]),
        ([asked()], []),
        ([], [asked()]),
        ([asked(scale="agreement")], [asked(scale="agreement")]),
        ([asked(scale="agreement")], [asked()]),
        ([asked(side=Side.PROVIDERS)], [asked(side=Side.PROVIDERS)]),
    ],
)
def test_without_the_same_question_on_points_nothing_is_compared(old, new):
    side, _ = compared({3: 9}, {5: 9}, old=old, new=new)

    assert (side.is_shown, side.obstacle) == (False, "niet dezelfde vraag")


def test_other_words_under_the_same_code_are_compared_and_marked():
    side, comparison = compared({3: 9}, {5: 9}, new=[asked(text="Raak je binnen?")])

    assert side.is_shown
    assert side.is_reworded
    assert comparison.is_reworded


def test_questions_that_do_not_compare_are_counted():
    free = [asked(code="TGG-D1", scale=""), asked(code="TGG-D2", scale="")]
    hidden = [asked(code=f"TGG-D{n}", scale="", is_hidden=True) for n in (1, 2, 3)]
    old = [asked(), free[0], hidden[1], hidden[2]]
    new = [asked(), hidden[0], free[1], hidden[2], asked(code="TGG-D9", scale="")]

    _, comparison = compared({3: 9}, {5: 9}, old=old, new=new)

    # What neither measurement asked is no difference between them.
    assert (comparison.same_questions, comparison.other_questions) == (1, 3)


def action(status, *, starts_on=None, steps=(), domains=(ACCESS,)):
    lines = [SimpleNamespace(happened_on=day, status=step) for day, step in steps]
    return SimpleNamespace(
        pk=1,
        status=status,
        starts_on=starts_on,
        domains=domains,
        follow_ups=SimpleNamespace(all=lambda: lines),
    )


RUNNING, DONE, STOPPED = ActionStatus.RUNNING, ActionStatus.DONE, ActionStatus.STOPPED


@pytest.mark.parametrize(
    ("ran", "is_found"),
    [
        (action(RUNNING, steps=[(date(2026, 6, 1), RUNNING)]), True),
        (action(RUNNING, starts_on=date(2026, 1, 1)), True),
        (action(RUNNING, steps=[(date(2026, 11, 2), RUNNING)]), False),
        (
            action(
                DONE, steps=[(date(2026, 1, 1), RUNNING), (date(2026, 3, 31), DONE)]
            ),
            False,
        ),
        (
            action(DONE, steps=[(date(2026, 1, 1), RUNNING), (date(2026, 4, 1), DONE)]),
            True,
        ),
        (
            action(
                STOPPED,
                steps=[(date(2026, 5, 1), RUNNING), (date(2026, 6, 1), STOPPED)],
            ),
            True,
        ),
        (action(ActionStatus.DECIDED, starts_on=date(2026, 5, 1)), False),
        (action(ActionStatus.IDEA), False),
    ],
)
def test_an_action_counts_when_it_ran_between_the_two(ran, is_found):
    found = actions_between([ran], start=START, end=END)

    assert bool(found) is is_found


def test_an_action_stands_with_its_domains_and_without_any_at_the_end():
    with_domain = action(RUNNING, starts_on=date(2026, 5, 1))
    without = action(RUNNING, starts_on=date(2026, 5, 1), domains=())
    meanwhile = actions_between([with_domain, without], start=START, end=END)

    _, comparison = compared({3: 9}, {5: 9}, actions=meanwhile)

    at_access = comparison.domains[ACCESS.number - 1].actions
    assert [each.action for each in at_access] == [with_domain]
    assert [each.action for each in comparison.loose_actions] == [without]


# --- the page ---------------------------------------------------------------


def counted(measurement, points, side=Side.TARGET_GROUP):
    people = sum(points.values())
    talk = ConversationFactory(
        project=measurement.project, round=measurement, people=people, side=side
    )
    Conversation.objects.filter(pk=talk.pk).update(
        state="read_back", handed_in_on=timezone.localdate()
    )
    DomainTotalFactory(
        conversation=talk,
        domain=ACCESS,
        points=[points.get(value, 0) for value in range(11)],
    )
    publish = publish_last if measurement.is_closed else publish_answers
    publish(measurement=measurement, on=timezone.localdate())


@pytest.fixture
def two_rounds(project):
    today = timezone.localdate()
    older = RoundFactory(
        project=project,
        title="Eerste meting",
        opened_on=today - timedelta(days=300),
        closed_on=today - timedelta(days=250),
    )
    newer = RoundFactory(
        project=project, title="Tweede meting", opened_on=today - timedelta(days=20)
    )
    return older, newer


def page(client, project, **asked_for):
    url = reverse("reports:measurement_compare", args=[project.pk])
    return client.get(url, asked_for)


def test_the_page_shows_both_medians_and_the_action_meanwhile(
    member_client, project, two_rounds
):
    older, newer = two_rounds
    counted(older, {3: 6})
    counted(newer, {5: 7})
    running = ImprovementActionFactory(
        project=project, running=True, title="Het loket gaat naar de mensen"
    )
    FollowUpFactory(action=running, status=ActionStatus.RUNNING)

    response = page(member_client, project)

    body = response.content.decode()
    assert "2 punten meer" in body
    assert "n = 6" in body
    assert "n = 7" in body
    assert "n is het aantal mensen dat punten gaf." in body
    assert "Samen gezien met" in body
    assert "Het loket gaat naar de mensen" in body


def test_the_page_never_says_that_an_action_was_the_cause(
    member_client, project, two_rounds
):
    older, newer = two_rounds
    counted(older, {3: 6})
    counted(newer, {5: 7})

    body = page(member_client, project).content.decode().lower()

    causal = ("dankzij", "door de actie", "zorgde voor", "effect", "leidde tot")
    assert not [word for word in causal if word in body]


def test_four_people_in_one_of_the_two_stay_hidden(member_client, project, two_rounds):
    older, newer = two_rounds
    counted(older, {3: 4})
    counted(newer, {5: 7})

    body = page(member_client, project).content.decode()

    assert "toen te weinig antwoorden" in body
    assert "n = 4" not in body
    assert "n = 7" not in body


def test_one_measurement_gives_an_empty_page(member_client, project):
    RoundFactory(project=project)

    body = page(member_client, project).content.decode()

    assert "Er is nog geen tweede meting" in body


def test_a_measurement_is_not_compared_with_itself(member_client, project, two_rounds):
    newer = two_rounds[1]

    response = page(member_client, project, van=newer.pk, naar=newer.pk)

    assert response.context["comparison"] is None
    assert "Kies twee verschillende metingen" in response.content.decode()


def test_the_oldest_always_comes_first(member_client, project, two_rounds):
    older, newer = two_rounds

    response = page(member_client, project, van=newer.pk, naar=older.pk)

    assert (response.context["before"], response.context["after"]) == (older, newer)


@pytest.mark.parametrize("wanted", ["", "abc", "-1", "²", "\x00", "9" * 400])
def test_a_senseless_choice_is_ignored(member_client, project, two_rounds, wanted):
    response = page(member_client, project, van=wanted, naar=wanted)

    assert response.status_code == 200
    assert (response.context["before"], response.context["after"]) == two_rounds


def test_a_measurement_of_another_project_is_ignored(
    member_client, project, two_rounds
):
    foreign = RoundFactory(title="Van een ander")

    response = page(member_client, project, van=foreign.pk)

    assert response.context["before"] == two_rounds[0]
    assert "Van een ander" not in response.content.decode()


def test_an_action_of_another_project_is_not_shown(member_client, project, two_rounds):
    counted(two_rounds[0], {3: 6})
    foreign = ImprovementActionFactory(running=True, title="Van een ander")
    FollowUpFactory(action=foreign, status=ActionStatus.RUNNING)

    body = page(member_client, project).content.decode()

    assert "Van een ander" not in body


def test_a_supporter_sees_titles_and_no_links_to_actions(
    supporter_client, project, two_rounds
):
    running = ImprovementActionFactory(project=project, running=True, title="Aan huis")
    FollowUpFactory(action=running, status=ActionStatus.RUNNING)

    body = page(supporter_client, project).content.decode()

    assert "Aan huis" in body
    assert running.get_absolute_url() not in body


def test_the_name_of_the_service_makes_no_other_words(member_client, project):
    load_question_sets()
    today = timezone.localdate()
    for title, service, opened, closed in (
        ("Eerste meting", "het OCMW", 300, today - timedelta(days=250)),
        ("Tweede meting", "het Sociaal Huis", 20, None),
    ):
        measurement = open_round(
            project=project,
            title=title,
            opened_on=today - timedelta(days=opened),
            service=service,
        )
        counted(measurement, {3: 6})
        Round.objects.filter(pk=measurement.pk).update(closed_on=closed)

    comparison = page(member_client, project).context["comparison"]

    assert comparison.shown
    assert not comparison.is_reworded
    assert comparison.other_questions == 0
