"""Choosing and ordering the questions of a talk in a real browser, by keyboard."""

import pytest

from kader.vocabulary import ServiceDomain
from projects.models import Role
from tests.browser import Visit
from tests.factories import ConversationFactory, MembershipFactory
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk():
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=list(ServiceDomain)[:7],
    )


@pytest.fixture
def visit(live_server, browser, talk):
    opened = Visit(browser, live_server, sign_in(talk.entered_by))
    opened.open(f"{talk.get_absolute_url()}vragen/")
    yield opened
    opened.context.close()


def order(page):
    return page.locator("li.talk-question").evaluate_all(
        "rows => rows.slice(0, 2).map(row => row.id)"
    )


def test_the_number_follows_the_ticks(visit):
    page = visit.page
    line = page.locator("[data-question-count]")
    before = line.inner_text()

    for box in page.locator("input[name^='ask-']").all()[:7]:
        box.uncheck()
    few = line.inner_text()
    page.locator("input[name^='ask-']").nth(0).check()

    assert before == "Je koos nu 14 vragen. Dat is veel voor één gesprek."
    assert few == "Je koos nu 7 vragen. Er kunnen er nog bij."
    assert line.inner_text() == "Je koos nu 8 vragen."
    assert visit.complaints == []


def test_a_question_moves_by_keyboard_and_the_focus_stays_with_it(visit):
    page = visit.page
    first, second = order(page)

    page.locator(f"#{second} button[value^=up]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert order(page) == [second, first]
    focus = page.evaluate("document.activeElement.closest('li').id")
    assert focus == second


def test_enter_on_a_tick_saves_and_moves_nothing(visit, talk):
    page = visit.page
    offered = [q.pk for q in talk.all_questions() if not q.is_points]

    page.locator("input[name^='ask-']").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.get_by_text("De vragen van dit gesprek zijn bewaard.").is_visible()
    asked = [q.pk for q in talk.all_questions() if not q.is_points]
    assert asked == offered
