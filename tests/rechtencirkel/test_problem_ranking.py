"""Choosing what comes first: own top three, the order and who was first."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import SteeringGroupRole
from rechtencirkel.models import ProblemPick, ProblemRanking
from rechtencirkel.services import (
    RankingChangedError,
    choose_again,
    close_choosing,
    move_problem,
    save_top,
    settle_order,
    sort_by_choices,
)
from tests.factories import (
    ProblemRankingFactory,
    ProblemStatementFactory,
    SteeringGroupMemberFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def problems(project):
    return [
        ProblemStatementFactory(project=project, text=f"Probleem {rank}.", rank=rank)
        for rank in (1, 2, 3, 4)
    ]


def today():
    return timezone.localdate()


def choose(project, *choices):
    """Let a new member choose each of these tops."""
    for problems in choices:
        seat = SteeringGroupMemberFactory(project=project)
        save_top(member=seat, problems=problems, seen=(), on=today())


def closed(project, *choices):
    choose(project, *choices)
    close_choosing(project=project, seen=0, on=today())


def order(project):
    return [p.text[-2] for p in project.problem_statements.all()]


def url(project, name="problem_rank", *args):
    return reverse(f"rechtencirkel:{name}", args=[project.pk, *args])


# --- choosing ---------------------------------------------------------------


def test_a_member_changes_a_top_three_as_a_whole(project, problems):
    seat = SteeringGroupMemberFactory(project=project)
    save_top(member=seat, problems=problems[:3], seen=(), on=today())

    save_top(
        member=seat,
        problems=[problems[3], problems[0]],
        seen=[problem.pk for problem in problems[:3]],
        on=today(),
    )

    assert list(seat.problem_picks.values_list("problem", "place")) == [
        (problems[3].pk, 1),
        (problems[0].pk, 2),
    ]


def test_the_second_of_two_who_note_one_choice_is_told(project, problems):
    seat = SteeringGroupMemberFactory(project=project)
    save_top(member=seat, problems=problems[:1], seen=(), on=today())

    with pytest.raises(RankingChangedError, match="een andere keuze"):
        save_top(member=seat, problems=problems[1:2], seen=(), on=today())

    assert seat.problem_picks.get().problem == problems[0]


@pytest.mark.parametrize("seen", ["x", "-1", "9" * 40, "1,,2"])
def test_a_choice_that_no_page_showed_overwrites_nothing(
    member, member_client, project, problems, seen
):
    SteeringGroupMemberFactory(project=project, user=member)

    response = member_client.post(url(project), {"first": problems[0].pk, "seen": seen})

    assert "een andere keuze" in response.content.decode()
    assert not ProblemPick.objects.exists()


@pytest.mark.parametrize(
    ("pick", "told"),
    [
        (lambda own: [], "Kies minstens één probleem."),
        (lambda own: own, "Kies hoogstens 3 problemen."),
        (lambda own: [own[0], own[0]], "Kies drie keer een ander probleem."),
        (
            lambda own: [ProblemStatementFactory()],
            "Kies alleen uit de problemen van dit project.",
        ),
    ],
)
def test_a_top_three_that_cannot_be_is_refused(project, problems, pick, told):
    seat = SteeringGroupMemberFactory(project=project)

    with pytest.raises(ValidationError, match=told):
        save_top(member=seat, problems=pick(problems), seen=(), on=today())


@pytest.mark.parametrize(
    "who",
    [{"ended": True}, {"role": SteeringGroupRole.OBSERVER}],
    ids=["left", "looks"],
)
def test_who_does_not_judge_does_not_choose(project, problems, who):
    seat = SteeringGroupMemberFactory(project=project, **who)

    with pytest.raises(ValidationError, match="kiest nu niet mee"):
        save_top(member=seat, problems=problems[:1], seen=(), on=today())


def test_nobody_chooses_after_the_choosing_ended(project, problems):
    closed(project, *[problems[:1]] * 5)
    seat = SteeringGroupMemberFactory(project=project)

    with pytest.raises(ValidationError, match="Het kiezen is afgesloten"):
        save_top(member=seat, problems=problems[:1], seen=(), on=today())


def test_a_small_group_closes_and_orders_by_hand(project, problems):
    closed(project, *[[problems[2]]] * 4)

    with pytest.raises(ValidationError, match="Minstens 5 leden"):
        sort_by_choices(project=project, seen=1, on=today())

    assert order(project) == ["1", "2", "3", "4"]
    settle_order(project=project, seen=1, on=today())
    assert ProblemRanking.objects.get().settled_on == today()


# --- the order --------------------------------------------------------------


def test_the_order_of_the_choices_keeps_what_is_level(project, problems):
    first, _, third, fourth = problems
    closed(project, [third, first], [third], [fourth, first, third], *[[third]] * 2)

    sort_by_choices(project=project, seen=1, on=today())

    # Third 3 + 3 + 1 + 3 + 3, first 2 + 2, fourth 3, second nothing.
    assert order(project) == ["3", "1", "4", "2"]


def test_a_problem_moves_one_place_and_the_ranks_close_up(project, problems):
    problems[1].rank = 40
    problems[1].save()

    move_problem(problem=problems[1], earlier=True, seen=0)

    assert order(project) == ["1", "3", "2", "4"]
    ranks = [problem.rank for problem in project.problem_statements.all()]
    assert ranks == [1, 2, 3, 4]


@pytest.mark.parametrize(("place", "earlier"), [(0, True), (3, False)])
def test_the_ends_of_the_list_stay(project, problems, place, earlier):
    with pytest.raises(ValidationError, match="op het einde van de lijst"):
        move_problem(problem=problems[place], earlier=earlier, seen=0)


def test_the_second_of_two_who_move_at_once_is_told(project, problems):
    move_problem(problem=problems[0], earlier=False, seen=0)

    with pytest.raises(RankingChangedError):
        move_problem(problem=problems[3], earlier=True, seen=0)

    assert order(project) == ["2", "1", "3", "4"]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_one_moment_one_is_told(project, problems):
    start = Barrier(2)

    def move(problem):
        try:
            start.wait(timeout=20)
            move_problem(problem=problem, earlier=False, seen=0)
        except RankingChangedError:
            return "told"
        else:
            return "moved"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(move, problems[:2]))

    assert sorted(answers) == ["moved", "told"]
    assert ProblemRanking.objects.get().version == 1
    assert order(project) in (["2", "1", "3", "4"], ["1", "3", "2", "4"])


@pytest.mark.parametrize(
    "change",
    [
        lambda project: sort_by_choices(project=project, seen=0, on=today()),
        lambda project: settle_order(project=project, seen=0, on=today()),
        lambda project: choose_again(project=project, seen=0),
    ],
)
def test_every_step_against_an_old_page_is_refused(project, problems, change):
    closed(project, *[problems[:1]] * 5)

    with pytest.raises(RankingChangedError):
        change(project)

    assert ProblemRanking.objects.get().version == 1


@pytest.mark.parametrize(
    ("state", "change", "told"),
    [
        (
            {},
            lambda p: settle_order(project=p, seen=0, on=today()),
            "Sluit eerst het kiezen af",
        ),
        (
            {},
            lambda p: sort_by_choices(project=p, seen=0, on=today()),
            "Sluit eerst het kiezen af",
        ),
        ({}, lambda p: choose_again(project=p, seen=0), "Iedereen kan nu al kiezen."),
        (
            {"closed": True},
            lambda p: close_choosing(project=p, seen=0, on=today()),
            "Het kiezen is al afgesloten.",
        ),
        (
            {"settled": True},
            lambda p: settle_order(project=p, seen=0, on=today()),
            "De volgorde ligt al vast.",
        ),
        (
            {"settled": True},
            lambda p: sort_by_choices(project=p, seen=0, on=today()),
            "De volgorde ligt vast.",
        ),
        (
            {"settled": True},
            lambda p: move_problem(
                problem=p.problem_statements.first(), earlier=False, seen=0
            ),
            "De volgorde ligt vast.",
        ),
    ],
)
def test_a_step_out_of_turn_is_refused(project, problems, state, change, told):
    ProblemRankingFactory(project=project, **state)

    with pytest.raises(ValidationError, match=told):
        change(project)

    assert order(project) == ["1", "2", "3", "4"]


def test_choosing_again_keeps_the_choices_and_the_order(project, problems):
    closed(project, *[[problems[2]]] * 5)
    sort_by_choices(project=project, seen=1, on=today())
    settle_order(project=project, seen=2, on=today())

    choose_again(project=project, seen=3)

    ranking = ProblemRanking.objects.get()
    assert (ranking.is_closed, ranking.is_settled) == (False, False)
    assert order(project)[0] == "3"
    assert ProblemPick.objects.count() == 5


# --- the pages --------------------------------------------------------------


def test_a_member_with_a_seat_chooses_on_the_page(
    member, member_client, project, problems
):
    seat = SteeringGroupMemberFactory(project=project, user=member)

    response = member_client.post(
        url(project), {"first": problems[1].pk, "third": problems[0].pk}
    )

    assert response.status_code == 302
    assert list(seat.problem_picks.values_list("problem", flat=True)) == [
        problems[1].pk,
        problems[0].pk,
    ]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ("same", "Dit probleem koos je al. Kies een ander."),
        ("strange", "Kies een van de mogelijkheden."),
    ],
)
def test_a_wrong_choice_is_told_at_its_field(
    member, member_client, project, problems, second, told
):
    SteeringGroupMemberFactory(project=project, user=member)
    ids = {"same": problems[0].pk, "strange": ProblemStatementFactory().pk}

    response = member_client.post(
        url(project), {"first": problems[0].pk, "second": ids[second]}
    )

    assert response.context["form"].errors == {"second": [told]}
    assert not ProblemPick.objects.exists()


def test_without_a_seat_nobody_chooses(member_client, project, problems):
    response = member_client.post(url(project), {"first": problems[0].pk})

    assert "Je zit niet in de stuurgroep." in response.content.decode()
    assert not ProblemPick.objects.exists()


def test_the_page_never_tells_how_often_a_problem_was_chosen(
    coordinator_client, project, problems
):
    def read():
        response = coordinator_client.get(url(project))
        return page_of(response).xpath("string(//section[@aria-labelledby='volgorde'])")

    choose(project, *[problems[:2]] * 5)
    close_choosing(project=project, seen=0, on=today())
    one_way = read()
    ProblemPick.objects.filter(place=2).delete()
    another_way = read()

    assert one_way == another_way
    assert "keer gekozen" not in one_way


@pytest.mark.parametrize(("members", "offered"), [(4, False), (5, True)])
def test_the_order_of_the_choices_is_offered_from_five_members_on(
    coordinator_client, project, problems, members, offered
):
    closed(project, *[problems[:1]] * members)

    told = coordinator_client.get(url(project)).content.decode()

    assert ("Zet in de volgorde van de keuzes" in told) is offered
    assert ("Er kozen minder dan 5 leden." in told) is not offered


def test_the_coordinator_notes_the_choice_of_who_has_no_account(
    coordinator_client, project, problems
):
    seat = SteeringGroupMemberFactory(project=project)
    page = url(project, "problem_rank_record", seat.pk)

    post_everything(coordinator_client, page, first=str(problems[3].pk))

    assert seat.problem_picks.get().problem == problems[3]


def test_the_coordinator_does_not_choose_for_who_has_an_account(
    coordinator_client, member, project, problems
):
    seat = SteeringGroupMemberFactory(project=project, user=member)
    page = url(project, "problem_rank_record", seat.pk)

    response = coordinator_client.post(page, {"first": problems[0].pk})

    assert "heeft een account en kiest zelf." in response.content.decode()
    assert not ProblemPick.objects.exists()


def test_the_coordinator_closes_sorts_settles_and_starts_again(
    coordinator_client, project, problems
):
    choose(project, *[[problems[2]]] * 5)

    def press(step):
        page = page_of(coordinator_client.get(url(project)))
        (seen,) = page.xpath("//form[@id='verplaats']//input[@name='seen']/@value")
        coordinator_client.post(
            url(project, "problem_rank_step"), {"step": step, "seen": seen}
        )
        ranking = ProblemRanking.objects.get()
        return ranking.is_closed, ranking.is_settled

    assert press("close") == (True, False)
    assert press("sort") == (True, False)
    assert press("settle") == (True, True)
    assert order(project)[0] == "3"
    assert press("again") == (False, False)


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "٣"])
def test_a_version_that_no_page_showed_moves_nothing(
    coordinator_client, project, problems, seen
):
    response = coordinator_client.post(
        url(project, "problem_rank_move", problems[0].pk),
        {"direction": "later", "seen": seen},
        follow=True,
    )

    assert "Iemand anders veranderde de volgorde" in response.content.decode()
    assert order(project) == ["1", "2", "3", "4"]


def test_a_member_moves_and_settles_nothing(member_client, project, problems):
    answers = [
        member_client.post(
            url(project, "problem_rank_move", problems[0].pk),
            {"direction": "later", "seen": "0"},
        ),
        member_client.post(
            url(project, "problem_rank_step"), {"step": "close", "seen": "0"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert order(project) == ["1", "2", "3", "4"]


def test_a_page_without_problems_says_where_to_begin(member_client, project):
    told = member_client.get(url(project)).content.decode()

    assert "Er is nog niets om te kiezen" in told
