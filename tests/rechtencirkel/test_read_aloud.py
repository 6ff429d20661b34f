"""Reading a question aloud in a real browser, whose voices the test chooses."""

import json

import pytest
from django.test import Client

from kader.vocabulary import AnswerOption, QuestionLanguage, ServiceDomain
from projects.models import Role
from rechtencirkel.services import secrets_of
from tests.browser import Visit
from tests.factories import (
    AnswerLinkFactory,
    ConversationFactory,
    MembershipFactory,
    OptionTallyFactory,
    QuestionTranslationFactory,
)
from tests.helpers import page_of
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Stands in for the voices of a device: what was said is kept in `window.said`.
VOICES = """
(() => {
  window.said = [];
  const listeners = [];
  const synth = {
    voices: %s,
    getVoices() { return this.voices; },
    addEventListener(name, hear) { listeners.push(hear); },
    speak(words) { window.said.push({ text: words.text, lang: words.lang, voice: words.voice.name }); this.now = words; },
    cancel() { if (this.now) { const was = this.now; this.now = null; was.onend(); } },
    learn(voices) { this.voices = voices; listeners.forEach((hear) => hear()); },
    finish() { const was = this.now; this.now = null; was.onend(); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
})();
"""
DUTCH = {"name": "Ellen", "lang": "nl-BE", "localService": True}
FAR_DUTCH = {"name": "Ver", "lang": "nl-NL", "localService": False}
ANDROID = {"name": "Android", "lang": "nl_NL", "localService": True}
TURKISH = {"name": "Yelda", "lang": "tr-TR", "localService": True}


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


def open_sheet(visit, talk, *voices, language=""):
    visit.context.add_init_script(VOICES % json.dumps(voices))
    visit.open(f"{talk.get_absolute_url()}blad/toegang/{language}")
    return visit.page


def buttons(page):
    return page.locator("[data-read-aloud]")


def test_without_a_voice_for_the_language_no_button_is_shown(visit, talk):
    page = open_sheet(visit, talk, TURKISH)

    assert buttons(page).count() == 3
    assert [b.is_visible() for b in buttons(page).all()] == [False] * 3
    assert visit.complaints == []


def test_without_script_no_button_is_shown(client, talk):
    client = Client()
    client.force_login(talk.entered_by)

    page = page_of(client.get(f"{talk.get_absolute_url()}blad/toegang/"))

    assert len(page.xpath("//button[@data-read-aloud]")) == 3
    assert not page.xpath("//button[@data-read-aloud][not(@hidden)]")


def test_a_browser_that_cannot_speak_shows_no_button_and_no_fault(visit, talk):
    visit.context.add_init_script(
        "Object.defineProperty(window, 'speechSynthesis', { value: undefined });"
    )
    visit.open(f"{talk.get_absolute_url()}blad/toegang/")

    assert not buttons(visit.page).first.is_visible()
    assert visit.complaints == []


def test_every_question_speaks_with_the_voice_that_is_on_the_device(visit, talk):
    page = open_sheet(visit, talk, FAR_DUTCH, TURKISH, DUTCH)
    questions = talk.questions_about(ServiceDomain.ACCESS)
    closed = next(q for q in questions if q.is_closed)

    for button in buttons(page).all():
        button.click()

    said = page.evaluate("window.said")
    assert [(one["voice"], one["lang"]) for one in said] == [("Ellen", "nl-BE")] * 3
    assert all(
        one["text"].startswith(question.text)
        for one, question in zip(said, questions, strict=True)
    )
    spoken = next(one for one in said if one["text"].startswith(closed.text))
    assert "Nee, helemaal niet. Eerder niet." in spoken["text"]
    assert visit.complaints == []


def test_pressing_again_stops_and_the_end_gives_the_button_back(visit, talk):
    page = open_sheet(visit, talk, ANDROID)
    button = buttons(page).first

    button.click()
    speaking = (button.get_attribute("aria-pressed"), button.inner_text())
    button.click()
    stopped = button.get_attribute("aria-pressed")
    button.click()
    page.evaluate("speechSynthesis.finish()")

    assert speaking[0] == "true"
    assert "Stop" in speaking[1]
    assert stopped == "false"
    assert button.get_attribute("aria-pressed") == "false"
    assert len(page.evaluate("window.said")) == 2


def test_another_question_takes_over(visit, talk):
    page = open_sheet(visit, talk, DUTCH)

    buttons(page).nth(0).click()
    buttons(page).nth(1).click()

    assert buttons(page).nth(0).get_attribute("aria-pressed") == "false"
    assert buttons(page).nth(1).get_attribute("aria-pressed") == "true"


def test_voices_that_arrive_late_show_the_buttons(visit, talk):
    page = open_sheet(visit, talk)
    before = buttons(page).first.is_visible()

    page.evaluate("voices => speechSynthesis.learn(voices)", [DUTCH])

    assert not before
    assert buttons(page).first.is_visible()


def test_the_chosen_language_is_spoken_where_there_is_a_wording(visit, talk):
    question = talk.questions_about(ServiceDomain.ACCESS)[0]
    QuestionTranslationFactory(
        question=question, language=QuestionLanguage.TURKISH, text="Girmek kolay mı?"
    )
    page = open_sheet(visit, talk, TURKISH, language="?taal=tr")

    buttons(page).first.click()

    shown = [button.is_visible() for button in buttons(page).all()]
    said = page.evaluate("window.said")
    # The others have no Turkish words, and there is no Dutch voice on this device.
    assert shown == [True, False, False]
    assert said[0]["lang"] == "tr-TR"
    assert said[0]["text"].startswith("Girmek kolay mı?")


def test_the_last_question_speaks_too(visit, talk):
    visit.context.add_init_script(VOICES % json.dumps([DUTCH]))
    visit.open(f"{talk.get_absolute_url()}wat-eerst/")

    buttons(visit.page).click()

    said = visit.page.evaluate("window.said")
    assert [one["text"] for one in said] == ["Wat moet er als eerste veranderen?"]


def test_the_sheet_behind_a_link_speaks_too(live_server, browser):
    link = AnswerLinkFactory()
    stranger = Visit(browser, live_server, None)
    stranger.context.add_init_script(VOICES % json.dumps([DUTCH]))
    stranger.open(f"/antwoord/{secrets_of(link)[0]}/")

    buttons(stranger.page).first.click()

    said = stranger.page.evaluate("window.said")
    stranger.context.close()
    assert said[0]["voice"] == "Ellen"


def test_the_printed_report_holds_what_was_said_and_room_for_what_must_change(
    visit, talk
):
    questions = talk.questions_about(ServiceDomain.ACCESS)
    answered = next(q for q in questions if q.is_closed)
    OptionTallyFactory(
        conversation=talk, question=answered, option=AnswerOption.SECOND, people=1
    )
    silent = next(q for q in questions if q.is_open)
    visit.open(f"{talk.get_absolute_url()}nalezen/")
    on_screen = visit.page.get_by_text(silent.text).is_visible()

    visit.page.emulate_media(media="print")

    page = visit.page
    assert on_screen
    assert not page.get_by_text(silent.text).is_visible()
    assert page.get_by_text("mens koos “Eerder niet”").is_visible()
    assert page.get_by_text("Dit moet anders").is_visible()
    assert not page.get_by_text("Wijzig", exact=False).first.is_visible()
    size = page.locator(".question p").first.evaluate(
        "element => parseFloat(getComputedStyle(element).fontSize)"
    )
    # At least fourteen points: somebody reads it aloud from an arm's length.
    assert size >= 14 * 96 / 72
