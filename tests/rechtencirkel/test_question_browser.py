"""Questions that wait, and questions that read from right to left, in a real browser."""

from datetime import date

import pytest

from kader.vocabulary import AnswerOption, ServiceDomain
from projects.models import Role
from rechtencirkel.services import (
    Wording,
    edit_question,
    load_question_sets,
    open_round,
)
from tests.browser import Visit
from tests.factories import ConversationFactory, MembershipFactory
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def talk():
    load_question_sets()
    guide = MembershipFactory(role=Role.GRASSROOTS)
    measurement = open_round(
        project=guide.project, title="Meting", opened_on=date(2026, 11, 9)
    )
    waiting = measurement.questions.get(code="ONT-D6")
    edit_question(
        question=waiting,
        wording=Wording(
            text=waiting.text,
            depends_on=measurement.questions.get(code="ONT-D2"),
            depends_options=(AnswerOption.FIRST,),
        ),
    )
    return ConversationFactory(
        project=guide.project,
        round=measurement,
        entered_by=guide.user,
        domains=[ServiceDomain.RECEPTION],
        language="Arabisch",
    )


@pytest.fixture
def page(live_server, browser, talk):
    visit = Visit(browser, live_server, sign_in(talk.entered_by))
    visit.open(f"{talk.get_absolute_url()}blad/onthaal/")
    yield visit.page
    visit.context.close()


def test_a_waiting_question_opens_when_somebody_answers_so(page):
    body = page.locator(".conditional-body")
    counter = page.locator(f"[id='{waits_for(page)}']")
    assert not body.is_visible()
    assert page.get_by_text("daarom staat de vraag dicht").is_visible()

    counter.fill("1")

    assert body.is_visible()
    assert not page.get_by_text("daarom staat de vraag dicht").is_visible()


def test_a_question_that_holds_an_answer_does_not_fold(page):
    body = page.locator(".conditional-body")
    counter = page.locator(f"[id='{waits_for(page)}']")
    counter.fill("1")
    body.locator("textarea").fill("Een lokaal.")

    counter.fill("0")

    assert body.is_visible()


def test_the_arabic_question_reads_from_right_to_left(page):
    spoken = page.locator("legend .spoken[lang=ar]").first

    edges = spoken.evaluate(
        """element => {
          const range = document.createRange();
          const letter = (from) => {
            range.setStart(element.firstChild, from);
            range.setEnd(element.firstChild, from + 1);
            return range.getBoundingClientRect().left;
          };
          return [letter(0), letter(5)];
        }"""
    )

    assert spoken.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert edges[0] > edges[1]


def waits_for(page):
    return page.locator("[data-waits-for]").get_attribute("data-waits-for")
