"""The room in a real browser: a big screen, phones that vote, and the sheet afterwards."""

import re
import secrets

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ServiceDomain
from projects.models import Role
from rechtencirkel.models import LiveBallot, LiveSession
from rechtencirkel.services import counts_of, let_phones_in, open_ballot, show_question
from tests.browser import LISTEN, Visit
from tests.factories import (
    ConversationFactory,
    MembershipFactory,
    QuestionTranslationFactory,
)
from tests.test_pages import NARROWEST, OVERFLOW, TAGS
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
PROJECTOR = {"width": 1920, "height": 1080}
WIDTHS = (NARROWEST, 390, 820, 1280, 1920)
READABLE_FROM_FIVE_METRES = 44


@pytest.fixture
def talk(transactional_db):
    membership = MembershipFactory(role=Role.GRASSROOTS)
    talk = ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=(ServiceDomain.ACCESS,),
        people=12,
        language="Arabisch",
    )
    for question in talk.all_questions():
        QuestionTranslationFactory(question=question, text="هل تشعر بالترحيب هنا؟")
    return talk


@pytest.fixture
def screen(live_server, browser, talk):
    opened = Visit(browser, live_server, sign_in(talk.entered_by))
    opened.page.set_viewport_size(PROJECTOR)
    yield opened
    opened.context.close()


@pytest.fixture
def new_phone(browser, live_server):
    """Return a way to open the page of a phone on a device of its own."""
    contexts = []

    def open_phone(path, **options):
        context = browser.new_context(
            viewport=PHONE, has_touch=True, locale="nl-BE", **options
        )
        context.add_init_script(LISTEN)
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_phone
    for context in contexts:
        context.close()


def room(talk):
    return reverse("rechtencirkel:live_room", args=[talk.project_id, talk.pk])


def first(talk, kind):
    return next(q for q in talk.all_questions() if getattr(q, f"is_{kind}"))


def voting(talk, kind="closed"):
    now = timezone.now()
    let_phones_in(conversation=talk, at=now)
    return open_ballot(conversation=talk, question=first(talk, kind), at=now)


def phone_path():
    """Return the address of the one room, as the QR code has it."""
    return reverse("rechtencirkel:live_vote", args=[LiveSession.objects.get().token])


def others_vote(number, choice):
    """Let devices vote that are no browser."""
    ballot = LiveBallot.objects.get()
    for _ in range(number):
        body = {
            "stemming": ballot.key,
            "geheim": secrets.token_hex(24),
            "keuze": choice,
        }
        assert Client().post(phone_path(), body).status_code == 200


def faults_on(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    size = page.viewport_size
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide += [f"{width}: {fault}" for fault in page.evaluate(OVERFLOW)]
    page.set_viewport_size(size)
    return [v["id"] for v in found.response["violations"]] + wide


def join_with(phone, code):
    phone.get_by_label("Typ de code van het scherm").fill(code.lower())
    phone.get_by_role("button", name="Ga verder").click()
    phone.get_by_text("Wacht even.").wait_for()


def values_on_sheet(screen, talk, question):
    sheet = reverse(
        "rechtencirkel:sheet_edit",
        args=[talk.project_id, talk.pk, ServiceDomain.ACCESS],
    )
    screen.page.goto(screen.origin + sheet)
    counters = screen.page.locator(f"[name^='t-{question.pk}-']")
    return counters.evaluate_all("inputs => inputs.map(i => i.value)")


def test_a_room_votes_by_phone_and_the_sheet_shows_it(screen, new_phone, talk):
    question = first(talk, "closed")
    show_question(conversation=talk, question=question, at=timezone.now())
    page = screen.page
    screen.open(room(talk))
    page.get_by_role("button", name="Laat telefoons toe").click()

    phones = [new_phone(reverse("rechtencirkel:live_join")) for _ in range(2)]
    for phone in phones:
        join_with(phone, page.locator(".screen-code").inner_text())
    page.get_by_role("button", name="Open de stemming").click()
    for phone in phones:
        phone.get_by_role("button", name="Eerder wel").click(timeout=10_000)
        phone.get_by_text("Je stem telt").wait_for()
    page.wait_for_timeout(2500)
    with_two_votes = page.locator(".screen-votes").inner_text()
    others_vote(3, "first")
    page.get_by_text("5 van de 12 mensen stemden").wait_for(timeout=10_000)
    page.get_by_role("button", name="Sluit de stemming").click()
    shown = page.locator("progress").evaluate_all("bars => bars.map(b => b.value)")
    phones[0].get_by_text("Wacht even.").wait_for(timeout=10_000)
    page.get_by_role("button", name="Neem over op het blad").click()
    page.get_by_text("De stemmen staan op het blad").wait_for()

    assert with_two_votes == "Nog even wachten."
    assert shown == [3, 0, 2, 0, 0]
    assert values_on_sheet(screen, talk, question) == ["3", "0", "2", "0", "0"]
    assert not LiveBallot.objects.exists()
    assert [(p.context.cookies(), p.evaluate("refused")) for p in phones] == [
        ([], [])
    ] * 2
    assert screen.complaints == []


def test_a_phone_votes_once_however_often_it_comes_back(new_phone, talk):
    ballot = voting(talk)
    phone = new_phone(phone_path())

    for choice in ("Eerder wel", "Ja, helemaal", "Eerder niet"):
        phone.get_by_role("button", name=choice).click()
        phone.locator(f"button[aria-pressed='true']:has-text('{choice}')").wait_for()
    phone.reload()
    again = phone.locator("button[aria-pressed='true']").inner_text()
    second_tab = phone.context.new_page()
    second_tab.goto(phone.url)
    second_tab.get_by_role("button", name="Nee, helemaal niet").click()
    second_tab.locator(
        "button[aria-pressed='true']:has-text('Nee, helemaal niet')"
    ).wait_for()

    ballot.refresh_from_db()
    assert "Eerder niet" in again
    assert ballot.votes == 1
    assert ballot.counts["first"] == 1


def test_what_a_phone_keeps_is_gone_when_the_room_is_closed(new_phone, talk):
    voting(talk)
    phone = new_phone(phone_path())
    phone.get_by_role("button", name="Eerder wel").click()
    phone.get_by_text("Je stem telt").wait_for()
    kept = phone.evaluate("() => Object.keys(localStorage).length")

    LiveSession.objects.all().forget()
    phone.get_by_text("Hier kun je niet meer stemmen").wait_for(timeout=10_000)

    assert kept == 1
    assert phone.evaluate("() => Object.keys(localStorage)") == []


def test_a_vote_without_network_is_sent_when_the_network_is_back(new_phone, talk):
    ballot = voting(talk)
    phone = new_phone(phone_path())
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Eerder wel").click()
    phone.get_by_text("Je stem is nog niet verstuurd").wait_for()
    ballot.refresh_from_db()
    without_network = ballot.votes
    phone.context.set_offline(False)
    phone.get_by_text("Je stem telt").wait_for(timeout=15_000)

    ballot.refresh_from_db()
    assert without_network == 0
    assert ballot.votes == 1
    assert phone.get_by_text("Je stem is nog niet verstuurd").is_hidden()


def test_a_phone_that_was_told_to_come_back_does_so_by_itself(new_phone, talk):
    ballot = voting(talk)
    phone = new_phone(phone_path())
    refused = []

    def first_time_busy(route):
        if route.request.method == "POST" and not refused:
            refused.append(route.request.url)
            route.fulfill(status=503)
        else:
            route.continue_()

    phone.route("**/stem/**", first_time_busy)
    phone.get_by_role("button", name="Eerder wel").click()
    phone.get_by_text("Je stem telt").wait_for(timeout=15_000)

    ballot.refresh_from_db()
    assert len(refused) == 1
    assert ballot.votes == 1


def test_a_phone_without_script_or_storage_says_to_raise_a_hand(new_phone, talk):
    voting(talk)
    script_off = new_phone(phone_path(), java_script_enabled=False)
    storage_off = new_phone("/stem/")
    storage_off.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error(); }})"
    )
    storage_off.goto(storage_off.url.replace("/stem/", phone_path()))

    for phone in (script_off, storage_off):
        assert phone.get_by_text("Steek je hand op").is_visible()
        assert phone.locator("form[data-vote]").is_hidden()


def test_hands_are_counted_at_once_and_another_remote_follows(
    screen, browser, live_server, talk
):
    question = first(talk, "closed")
    show_question(conversation=talk, question=question, at=timezone.now())
    page = screen.page
    screen.open(room(talk))
    remote = Visit(browser, live_server, sign_in(talk.entered_by))
    remote.page.set_viewport_size(PHONE)
    remote.open(room(talk))

    plus = remote.page.get_by_role("button", name="Eén meer bij Eerder wel")
    for _ in range(14):
        plus.click()
    remote.page.get_by_text("bewaard op het blad om").wait_for()
    page.get_by_text("12 van 12 geteld").wait_for(timeout=10_000)
    counted = counts_of(talk, question)
    remote.page.get_by_role("button", name="Eén minder bij Eerder wel").click()
    remote.page.get_by_role("button", name="Volgende").click()
    remote.page.wait_for_url("**/scherm/")
    page.get_by_text("Vraag 2 van").or_(page.get_by_text("Vraag 3 van")).wait_for(
        timeout=10_000
    )

    assert counted == {"third": 12}
    assert counts_of(talk, question) == {"third": 11}
    assert screen.complaints == []
    remote.context.close()


def test_the_keys_walk_through_the_talk_and_escape_leads_back(screen, talk):
    page = screen.page
    screen.open(room(talk))
    seen = [page.locator("h1").inner_text()]

    for key in ("ArrowRight", "PageDown", "ArrowLeft"):
        with page.expect_navigation():
            page.keyboard.press(key)
        seen.append(page.locator(".screen-place").inner_text())
    with page.expect_navigation():
        page.keyboard.press("Escape")

    numbers = [re.search(r"Vraag (\d+)", text).group(1) for text in seen[1:]]
    assert numbers == ["2", "3", "2"]
    assert page.url == screen.origin + talk.get_absolute_url()


def test_the_last_press_is_saved_when_the_guide_leaves_at_once(screen, talk):
    question = first(talk, "closed")
    show_question(conversation=talk, question=question, at=timezone.now())
    page = screen.page
    screen.open(room(talk))

    page.get_by_role("button", name="Eén meer bij Eerder niet").dblclick()
    with page.expect_navigation():
        page.keyboard.press("Escape")

    assert counts_of(talk, question) == {"second": 2}


def test_the_screen_works_without_script(browser, live_server, talk):
    question = first(talk, "closed")
    show_question(conversation=talk, question=question, at=timezone.now())
    context = browser.new_context(java_script_enabled=False, viewport=PROJECTOR)
    context.add_cookies(
        [
            {
                "name": "sessionid",
                "value": sign_in(talk.entered_by),
                "url": live_server.url,
            }
        ]
    )
    page = context.new_page()
    page.goto(live_server.url + room(talk))

    page.get_by_role("button", name="Eén meer bij Eerder wel").click()
    page.locator(f"#t-{question.pk}-first").fill("4")
    page.get_by_role("button", name="Bewaar de telling").click()
    counted = counts_of(talk, question)
    page.get_by_role("button", name="Laat telefoons toe").click()
    page.get_by_role("button", name="Open de stemming").click()
    others_vote(6, "second")
    page.get_by_role("link", name="Ververs deze bladzijde").click()
    told = page.locator(".screen-votes").inner_text()
    page.get_by_role("button", name="Sluit de stemming").click()
    page.get_by_role("button", name="Neem over op het blad").click()
    page.get_by_role("button", name="Volgende").click()

    assert counted == {"first": 4, "third": 1}
    assert told == "6 van de 12 mensen stemden."
    assert counts_of(talk, question) == {"second": 6}
    context.close()


def test_the_letters_are_big_enough_to_read_from_the_back_of_the_room(screen, talk):
    voting(talk)
    page = screen.page
    screen.open(room(talk))

    def size_of(selector):
        size = page.locator(selector).first.evaluate(
            "(e) => Number.parseFloat(getComputedStyle(e).fontSize)"
        )
        return round(size)

    assert size_of("h1") > READABLE_FROM_FIVE_METRES
    assert size_of(".screen-options") >= READABLE_FROM_FIVE_METRES
    assert size_of(".screen-code") >= READABLE_FROM_FIVE_METRES
    page.set_viewport_size({"width": 1280, "height": 720})
    bottom = page.get_by_role("button", name="Sluit de stemming").bounding_box()
    assert bottom["y"] + bottom["height"] < 720


def test_every_state_of_the_screen_reads_well(screen, talk):
    page = screen.page
    faults = {}
    for kind in ("open", "closed", "points"):
        show_question(conversation=talk, question=first(talk, kind), at=timezone.now())
        screen.open(room(talk))
        faults[kind] = faults_on(page)
    for kind, choice in (("closed", "first"), ("points", "10")):
        voting(talk, kind)
        screen.open(room(talk))
        faults[f"voting, {kind}"] = faults_on(page)
        others_vote(6, choice)
        page.get_by_text("6 van de 12").wait_for(timeout=10_000)
        page.get_by_role("button", name="Sluit de stemming").click()
        page.get_by_text("Wat je niet overneemt").wait_for()
        faults[f"results, {kind}"] = faults_on(page)
        LiveBallot.objects.all().forget()

    assert {state: found for state, found in faults.items() if found} == {}


def test_every_state_of_a_phone_reads_well(new_phone, talk):
    join = new_phone(reverse("rechtencirkel:live_join"))
    join.get_by_role("button", name="Ga verder").click()
    faults = {"join with an error": faults_on(join)}
    for kind in ("closed", "points"):
        voting(talk, kind)
        phone = new_phone(phone_path())
        faults[kind] = faults_on(phone)
        phone.locator(".phone-choice").nth(2).click()
        phone.get_by_text("Je stem telt").wait_for()
        faults[f"voted, {kind}"] = faults_on(phone)
        LiveBallot.objects.all().forget()
        phone.get_by_text("Wacht even.").wait_for(timeout=10_000)
        faults[f"waits, {kind}"] = faults_on(phone)
    phone.goto(phone.url.replace(LiveSession.objects.get().token, "onbekend"))
    faults["gone"] = faults_on(phone)

    assert {state: found for state, found in faults.items() if found} == {}
