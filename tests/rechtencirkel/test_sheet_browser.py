"""A sheet in a real browser: filled and handed in by keyboard alone, and the hint on names."""

import pytest

from kader.vocabulary import ServiceDomain
from projects.models import Role
from rechtencirkel.models import Conversation, ConversationState
from tests.browser import Visit
from tests.factories import ConversationFactory, MembershipFactory
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# More stops than any page of a sheet has.
MOST_TABS = 120


@pytest.fixture
def talk():
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=[ServiceDomain.ACCESS],
        people=7,
    )


@pytest.fixture
def visit(live_server, browser, talk):
    opened = Visit(browser, live_server, sign_in(talk.entered_by))
    yield opened
    opened.context.close()


def tab_to(page, selector):
    """Press Tab until the focus stands on what is looked for."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def press(page, selector):
    """Go to a link or button by keyboard, press it, and wait for the next page."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill_domain(page, closed):
    """Count stickers, give points together, note a disagreement, and save the page."""
    tab_to(page, f"[name='t-{closed.pk}-first']")
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    tab_to(page, f"[name='t-{closed.pk}-second'] + button")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    tab_to(page, "[name='p']")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#disagreement")
    page.keyboard.type("Over de openingsuren.")
    press(page, "button.btn-primary")


def test_a_sheet_is_filled_and_handed_in_by_keyboard_alone(visit, talk):
    closed = talk.round.questions.filter(
        domain=ServiceDomain.ACCESS, side=talk.side
    ).exclude(scale__in=["", "points"])[0]
    page = visit.page
    visit.open(talk.get_absolute_url())

    press(page, "main a.btn-primary")
    fill_domain(page, closed)
    tab_to(page, "#id_text")
    page.keyboard.type("Een apart lokaal.")
    press(page, "button.btn-primary")
    press(page, "button.btn-primary")

    talk.refresh_from_db()
    tallies = talk.option_tallies.filter(question=closed).values_list(
        "option", "people"
    )
    assert talk.state == ConversationState.HANDED_IN
    assert dict(tallies) == {"first": 4, "second": 2}
    assert talk.points_tallies.get().people == 7
    assert talk.first_change == "Een apart lokaal."
    assert visit.complaints == []


def test_a_name_is_replaced_by_keyboard_before_it_is_saved(visit, talk):
    page = visit.page
    visit.open(f"{talk.get_absolute_url()}wat-eerst/")

    tab_to(page, "#id_text")
    page.keyboard.type("Fatima zei dat het te klein is.")
    page.get_by_text("Staat hier een naam?").wait_for(timeout=8000)
    stored_before = Conversation.objects.get().first_change
    tab_to(page, "button[data-replace]")
    page.keyboard.press("Enter")
    page.get_by_text("Staat hier een naam?").wait_for(state="detached", timeout=8000)
    press(page, "button.btn-primary")

    talk.refresh_from_db()
    assert stored_before == ""
    assert talk.first_change == "Een deelnemer zei dat het te klein is."
    assert visit.complaints == []


def test_a_name_may_stay_after_it_was_asked(visit, talk):
    page = visit.page
    visit.open(f"{talk.get_absolute_url()}wat-eerst/")

    tab_to(page, "#id_text")
    page.keyboard.type("De brief van Fatima is een voorbeeld.")
    page.get_by_text("Staat hier een naam?").wait_for(timeout=8000)
    press(page, "button.btn-primary[type='submit']")

    talk.refresh_from_db()
    assert talk.first_change == "De brief van Fatima is een voorbeeld."
