"""A member's own scores in a real browser: by keyboard, on a phone, and when saving fails."""

import pytest

from projects.models import MatrixScore
from tests.browser import Visit
from tests.factories import (
    MembershipFactory,
    SteeringGroupMemberFactory,
    TargetGroupFactory,
)
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def seat():
    membership = MembershipFactory(user__name="Joke Lemmens")
    TargetGroupFactory(project=membership.project, name="Ouders")
    TargetGroupFactory(project=membership.project, name="Boeren")
    return SteeringGroupMemberFactory(
        project=membership.project, name="Joke Lemmens", user=membership.user
    )


@pytest.fixture
def visit(live_server, browser, seat):
    opened = Visit(browser, live_server, sign_in(seat.user))
    yield opened
    opened.context.close()


def mine(seat):
    return f"/projecten/{seat.project.pk}/doelgroepenmatrix/mijn/"


def said(page, words, criterion="n1"):
    page.locator(f"#stand-{criterion}").get_by_text(words).wait_for(timeout=5000)


def scores_of(seat):
    rows = seat.matrix_scores.order_by("criterion")
    return list(rows.values_list("criterion", "score"))


def test_arrows_on_the_keyboard_end_at_the_last_answer(visit, seat):
    visit.open(mine(seat))
    page = visit.page

    page.locator('[name="n1-score"][value="0"]').focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    said(page, "bewaard om")
    page.wait_for_load_state("networkidle")

    focused = page.evaluate(
        "[document.activeElement.name, document.activeElement.value]"
    )
    assert scores_of(seat) == [("n1", 3)]
    assert focused == ["n1-score", "3"]


def test_a_member_scores_a_group_on_a_phone(visit, seat):
    visit.page.set_viewport_size({"width": 390, "height": 800})
    visit.open(mine(seat))
    page = visit.page

    for number, criterion in enumerate(("n1", "n2", "n4", "k1", "k2", "k3", "k4")):
        page.locator(f'label[for="id_{criterion}-score_{number % 4}"]').click()
        said(page, "bewaard om", criterion)
    page.get_by_role("button", name="Bewaar en ga naar de volgende groep").click()

    assert page.get_by_role("heading", name="Boeren").is_visible()
    assert [score for _, score in scores_of(seat)] == [3, 0, 1, 2, 0, 1, 2]


def test_two_screens_show_both_values_and_lose_nothing(visit, seat):
    visit.open(mine(seat))
    first = visit.page
    second = visit.context.new_page()
    second.goto(first.url)

    second.check('[name="n1-score"][value="1"]')
    said(second, "bewaard om")
    first.check('[name="n1-score"][value="3"]')
    said(first, "bewaarde je intussen")

    assert scores_of(seat) == [("n1", 1)]
    first.get_by_role("button", name="Bewaar 3 (groot)").click()
    first.get_by_role("heading", name="Boeren").wait_for()
    assert scores_of(seat) == [("n1", 3)]


def test_a_score_that_could_not_be_sent_says_so_and_is_tried_again(visit, seat):
    visit.open(mine(seat))
    page = visit.page

    visit.context.set_offline(True)
    page.check('[name="n1-score"][value="2"]')
    said(page, "niet bewaard")
    assert not MatrixScore.objects.exists()

    visit.context.set_offline(False)
    page.get_by_role("button", name="Probeer opnieuw").click()
    said(page, "bewaard om")
    assert scores_of(seat) == [("n1", 2)]
