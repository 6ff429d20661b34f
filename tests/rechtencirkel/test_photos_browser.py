"""Photos beside the sheet in a real browser: next to the fields, or folded in above them."""

import pytest

from kader.vocabulary import ServiceDomain
from projects.models import Role
from tests.browser import Visit
from tests.factories import (
    ConversationFactory,
    MembershipFactory,
    SheetPhotoFactory,
    a_picture,
)
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BOXES = """() => ['.beside', 'main form'].map((s) => {
  const box = document.querySelector(s).getBoundingClientRect();
  return {left: box.left, right: box.right, top: box.top, bottom: box.bottom};
})"""


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.SHEET_PHOTO_ROOT = tmp_path / "sheet-photos"


@pytest.fixture
def talk():
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=[ServiceDomain.ACCESS],
    )


@pytest.fixture
def visit(live_server, browser, talk):
    opened = Visit(browser, live_server, sign_in(talk.entered_by))
    yield opened
    opened.context.close()


def test_a_photo_stands_beside_the_fields_where_there_is_room(visit, talk):
    SheetPhotoFactory(conversation=talk)
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.open(f"{talk.get_absolute_url()}blad/toegang/")
    picture = visit.page.locator(".beside img")
    picture.wait_for(state="visible")

    photo, form = visit.page.evaluate(BOXES)
    visit.page.evaluate("() => window.scrollTo(0, document.body.scrollHeight / 2)")

    assert photo["left"] >= form["right"]
    assert picture.evaluate("(image) => image.naturalWidth") == 60
    scrolled = visit.page.evaluate(BOXES)[0]
    assert 0 <= scrolled["top"] < 900
    assert visit.complaints == []


def test_on_a_phone_the_photo_is_folded_in_above_the_fields(visit, talk):
    SheetPhotoFactory(conversation=talk)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.open(f"{talk.get_absolute_url()}blad/toegang/")

    assert not visit.page.locator(".beside img").is_visible()
    visit.page.locator(".beside summary").click()

    visit.page.locator(".beside img").wait_for(state="visible")
    photo, form = visit.page.evaluate(BOXES)
    assert photo["bottom"] <= form["top"]


def test_photos_are_chosen_and_sent_from_the_page(visit, talk, tmp_path):
    chosen = tmp_path / "blad.png"
    chosen.write_bytes(a_picture("PNG"))
    visit.open(f"{talk.get_absolute_url()}fotos/")
    assert not visit.page.locator("#id_photos_camera").is_visible()

    visit.page.set_input_files("#id_photos_chosen", [chosen, chosen])
    with visit.page.expect_navigation():
        visit.page.click("main button[type=submit]")

    assert talk.photos.count() == 2
    assert visit.page.locator(".paper-photos img").count() == 2


def test_a_phone_offers_its_camera(live_server, browser, talk, visit):
    phone = browser.new_context(has_touch=True, is_mobile=True)
    phone.add_cookies(visit.context.cookies())
    page = phone.new_page()
    page.goto(f"{live_server.url}{talk.get_absolute_url()}fotos/")

    camera = page.locator("#id_photos_camera")

    assert camera.is_visible()
    assert camera.get_attribute("capture") == "environment"
    assert camera.get_attribute("accept") == "image/*"
    phone.close()
