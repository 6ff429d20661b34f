"""A provider answers on a phone: pauses, comes back, sends, and leaves nothing behind."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.db import connection
from django.urls import reverse

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import WaitingAnswer, WrittenAnswer
from rechtencirkel.services import secrets_of
from tests.browser import LISTEN
from tests.factories import AnswerLinkFactory
from tests.test_pages import NARROWEST, OVERFLOW, TAGS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
AGENT = "Toestel-van-een-medewerker/1.0"
KEPT = "() => Object.keys(localStorage)"


@pytest.fixture
def address(live_server, transactional_db):
    link = AnswerLinkFactory(domains=(ServiceDomain.ACCESS, ServiceDomain.RECEPTION))
    return live_server.url + reverse("rechtencirkel:answer", args=secrets_of(link))


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport=PHONE, has_touch=True, locale="nl-BE", user_agent=AGENT
    )
    context.add_init_script(LISTEN)
    yield context
    context.close()


def open_sheet(context, address):
    page = context.new_page()
    page.goto(address)
    return page


def fill_in(page):
    page.get_by_label("Eerder wel").first.check()
    page.locator("textarea").first.fill("Een lokaal waar niemand meeluistert.")
    page.locator(".points input[value='7']").first.check(force=True)


def faults_on(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    wide = []
    for width in (NARROWEST, PHONE["width"]):
        page.set_viewport_size({"width": width, "height": 844})
        wide += page.evaluate(OVERFLOW)
    return [v["id"] for v in found.response["violations"]] + wide


def everything_stored():
    """Return all that stands in our tables and Django's, as one text."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found += [f"{table} {row}" for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_provider_pauses_comes_back_and_sends(phone, address, caplog):
    caplog.set_level("DEBUG")
    first = open_sheet(phone, address)
    fill_in(first)
    first.wait_for_function("() => Object.keys(localStorage).length === 1")
    stored_while_paused = WaitingAnswer.objects.count()
    first.close()

    page = open_sheet(phone, address)
    resumed = (
        page.get_by_label("Eerder wel").first.is_checked(),
        page.locator("textarea").first.input_value(),
        page.locator(".points input[value='7']").first.is_checked(),
    )
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.get_by_role("heading", name="Bedankt").wait_for()

    assert stored_while_paused == 0
    assert resumed == (True, "Een lokaal waar niemand meeluistert.", True)
    assert page.evaluate(KEPT) == []
    assert phone.cookies() == []
    assert sorted(WaitingAnswer.objects.values_list("value", flat=True)) == [
        "7",
        "third",
    ]
    assert WrittenAnswer.objects.count() == 1
    assert page.evaluate("refused") == []
    stored = everything_stored()
    assert "meeluistert" in stored
    for trace in ("127.0.0.1", AGENT):
        assert trace not in stored
        assert trace not in caplog.text
    assert "django_session" not in stored


def test_the_three_pages_read_well_on_a_phone(phone, address):
    page = open_sheet(phone, address)
    faults = {"sheet": faults_on(page)}
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    faults["sheet with an error"] = faults_on(page)
    fill_in(page)
    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    faults["thanks"] = faults_on(page)
    page.goto(f"{address}x/")
    page.goto(address.replace(address.split("/")[-2], "onbekend"))
    faults["gone"] = faults_on(page)

    assert faults == {
        "sheet": [],
        "sheet with an error": [],
        "thanks": [],
        "gone": [],
    }


def test_the_sheet_is_filled_in_with_the_keyboard_alone(phone, address):
    page = open_sheet(phone, address)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('input[type=radio]')"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("() => document.activeElement.value")
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('.btn-primary')"):
            break
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Bedankt").wait_for()
    assert chosen == "second"
    assert WaitingAnswer.objects.get().value == "second"


def test_the_button_wipes_the_draft_after_asking_once_more(phone, address):
    page = open_sheet(phone, address)
    fill_in(page)
    page.wait_for_function("() => Object.keys(localStorage).length === 1")
    page.get_by_role("button", name="Wis wat ik invulde").click()
    after_one = page.evaluate(KEPT)

    page.get_by_role("button", name="Ja, wis alles wat ik invulde").click()
    page.wait_for_timeout(500)

    assert len(after_one) == 1
    assert page.evaluate(KEPT) == []
    assert page.locator("textarea").first.input_value() == ""


def test_a_draft_whose_last_day_is_over_is_wiped_on_any_of_these_pages(phone, address):
    page = open_sheet(phone, address)
    page.evaluate(
        """() => {
          localStorage.setItem('antwoord-oud', '{"until": "2020-01-01", "values": {}}');
          localStorage.setItem('antwoord-stuk', 'geen json');
          localStorage.setItem('iets-anders', 'blijft');
        }"""
    )

    page.goto(address.replace(address.split("/")[-2], "onbekend"))

    assert page.evaluate(KEPT) == ["iets-anders"]


def test_without_script_it_is_one_long_form(browser, address):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = open_sheet(context, address)
    fill_in(page)

    page.get_by_role("button", name="Verstuur mijn antwoorden").click()
    page.get_by_role("heading", name="Bedankt").wait_for()

    assert context.cookies() == []
    assert WrittenAnswer.objects.count() == 1
    context.close()
