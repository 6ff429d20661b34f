"""A week of three people in the demo project, on a phone, a tablet and a laptop.

Els coordinates, Joke has thirty minutes a week and Nele enters what a group said. Every
click, choice and text counts: a member's whole week fits in thirty of them, and the
report of a talk in sixty.
"""

from datetime import datetime
from io import StringIO
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from kader.vocabulary import EngagementState, Feasibility
from projects.models import (
    Engagement,
    FeasibilityVote,
    MatrixScore,
    Meeting,
    Project,
)
from rechtencirkel.models import Conversation, ConversationState
from tests.browser import Visit
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The Monday of the demo's week, the Wednesday of Nele's talk and the day after.
BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BRUSSELS)
WEDNESDAY = datetime(2026, 11, 25, 16, 0, tzinfo=BRUSSELS)
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=BRUSSELS)
PHONE = {"width": 390, "height": 844}
TABLET = {"width": 820, "height": 1180}
LAPTOP = {"width": 1280, "height": 900}
A_WEEK = 30
A_REPORT = 60


class Somebody:
    """A person at a screen, who counts what their hands do."""

    def __init__(self, visit, project, screen):
        self.visit = visit
        self.page = visit.page
        self.page.set_viewport_size(screen)
        self.path = f"/projecten/{project.pk}/"
        self.interactions = 0

    def comes_to(self, path):
        self.interactions += 1
        assert self.visit.open(self.path + path).status == 200, path

    def follows(self, words):
        self.interactions += 1
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def chooses(self, name, value=None):
        self.interactions += 1
        which = f'main [name="{name}"]' + (f'[value="{value}"]' if value else "")
        self.page.locator(which).first.check(force=True)

    def types(self, name, text):
        self.interactions += 1
        self.page.locator(f'main [name="{name}"]').first.fill(text)

    def ticks(self, words):
        self.interactions += 1
        self.page.get_by_label(words).first.check(force=True)

    def picks(self, name, label):
        self.interactions += 1
        self.page.select_option(f'main [name="{name}"]', label=label)

    def presses(self, words):
        self.interactions += 1
        self.page.get_by_role("button", name=words).first.click()
        self.page.wait_for_load_state()
        errors = self.page.locator(".error-summary")
        assert errors.count() == 0, errors.inner_text()

    def sends(self):
        """Press the button under the form, whatever it is called."""
        self.interactions += 1
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").last.click()
        errors = self.page.locator(".error-summary")
        assert errors.count() == 0, errors.inner_text()

    def reads(self, words):
        shown = self.page.locator("main").inner_text()
        assert words in shown, f"{words!r} not in {shown}"

    def fits_the_screen(self):
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"]


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def screen(request):
    return request.param


@pytest.fixture
def monday():
    """Let it be Monday morning, whenever the tests run."""
    with mock.patch("django.utils.timezone.now", return_value=MONDAY) as now:
        yield now


@pytest.fixture
def heidebeke(monday, transactional_db):
    call_command("load_demo", stdout=StringIO())
    return Project.objects.get(municipality__name="Heidebeke")


@pytest.fixture
def person(live_server, browser, heidebeke, screen):
    """Return a way to sit down as somebody of the demo."""
    visits = []

    def sit_down(name):
        user = heidebeke.memberships.get(user__name=name).user
        visits.append(Visit(browser, live_server, sign_in(user)))
        return Somebody(visits[-1], heidebeke, screen)

    yield sit_down
    for visit in visits:
        visit.context.close()


def test_a_members_whole_week_takes_less_than_thirty_interactions(person, heidebeke):
    joke = person("Joke Lemmens")

    joke.comes_to("te-doen/")
    joke.reads("Is planning 3 haalbaar voor jou?")
    joke.fits_the_screen()
    judge_the_planning(joke)
    suggest_a_partner(joke)
    look_at_results(joke)
    score_the_reserve(joke, heidebeke)
    joke.comes_to("te-doen/")

    assert "Is planning 3 haalbaar" not in joke.page.locator("main").inner_text()
    assert joke.interactions < A_WEEK
    vote = FeasibilityVote.objects.get(
        planning=heidebeke.plannings.current(), member__name="Joke Lemmens"
    )
    assert (vote.choice, vote.awaits_answer) == (Feasibility.FEASIBLE_IF, True)
    partner = Engagement.objects.get(organisation__name="Huurdersbond")
    assert partner.state == EngagementState.SUGGESTED


def judge_the_planning(joke):
    joke.follows("Geef je oordeel")
    joke.chooses("choice", "feasible_if")
    joke.types("condition", "Ik mag op 3 december vervangen worden door een collega.")
    joke.presses("Bewaar mijn oordeel")
    joke.fits_the_screen()


def suggest_a_partner(joke):
    joke.comes_to("partners/")
    joke.follows("Stel een partner voor")
    joke.types("name", "Huurdersbond")
    joke.picks("kind", "Huurdersbond")
    joke.types("reason", "Zij horen het als iemand zijn huis dreigt te verliezen.")
    joke.chooses("phases", "dialogue")
    joke.sends()
    joke.reads("Huurdersbond")
    joke.fits_the_screen()


def look_at_results(joke):
    joke.comes_to("rechtencirkel/")
    joke.reads("nog niet bevraagd")
    joke.fits_the_screen()


def score_the_reserve(joke, heidebeke):
    group = heidebeke.target_groups.get(name__startswith="Mensen die hun werkloos")
    joke.comes_to(f"doelgroepenmatrix/mijn/?groep={group.pk}")
    cell = joke.page.locator("#n1")
    with joke.page.expect_response(lambda answer: "/n1/" in answer.url) as saved:
        cell.locator('input[type=radio][value="2"]').check(force=True)
    joke.interactions += 1
    assert saved.value.ok
    joke.page.locator("#stand-n1").get_by_text("bewaard om").wait_for()
    joke.fits_the_screen()
    mine = MatrixScore.objects.get(
        target_group=group, criterion="n1", member__name="Joke Lemmens"
    )
    assert mine.score == 2


def test_the_coordinator_runs_her_week(person, heidebeke):
    els = person("Els Vandamme")

    els.comes_to("te-doen/")
    els.reads("We spraken nog niemand die de weg niet vond")
    els.reads("Er ontbreken nog 11 van de 20 antwoorden van diensten")
    els.reads("De stuurgroep van 7 december heeft nog geen agenda")
    els.fits_the_screen()
    plan_the_missing_talk(els, heidebeke)
    answer_a_condition(els)
    set_the_agenda(els)
    check_the_project(els)

    els.comes_to("te-doen/")
    shown = els.page.locator("main").inner_text()
    assert "7 december heeft nog geen agenda" not in shown
    talk = Conversation.objects.get(title="Koffiemoment postsorteren")
    assert talk.held_on.isoformat() == "2026-12-03"
    meeting = Meeting.objects.get(project=heidebeke, held_on="2026-12-07")
    assert meeting.items.count() >= 3


def plan_the_missing_talk(els, heidebeke):
    els.follows("Plan een gesprek")
    els.types("title", "Koffiemoment postsorteren")
    els.picks("target_group", "Alleenstaande ouders")
    els.chooses("category", "not_yet")
    els.types("held_on", "2026-12-03")
    els.types("place", "Buurthuis Het Kruispunt")
    els.types("guide", "Tom Verbeke")
    els.types("people", "6")
    for domain in ("access", "approach", "detection"):
        els.chooses("domains", domain)
    els.sends()
    els.reads("Koffiemoment postsorteren")


def answer_a_condition(els):
    els.comes_to("te-doen/")
    els.follows("Geef antwoord")
    els.chooses("answer", "accepted")
    els.sends()


def set_the_agenda(els):
    els.comes_to("te-doen/")
    els.follows("De stuurgroep van 7 december")
    els.presses("Zet op de agenda")
    els.follows("De vergadering")
    els.reads("11 deelnemers in 2 gesprekken")
    els.fits_the_screen()


def check_the_project(els):
    els.comes_to("nakijken/")
    els.reads("Wat vergaten we misschien?")
    els.reads("Let op")
    els.fits_the_screen()


@pytest.mark.parametrize("screen", [TABLET], ids=["tablet"], indirect=True)
def test_a_volunteer_enters_the_talk_of_wednesday_and_the_group_reads_it_back(
    person, monday, heidebeke
):
    talk = before_wednesday(heidebeke)

    monday.return_value = WEDNESDAY
    nele = person("Nele Goossens")
    enter_the_report(nele, talk)
    assert nele.interactions <= A_REPORT

    monday.return_value = THURSDAY
    nele = person("Nele Goossens")
    nele.comes_to(f"gesprekken/{talk.pk}/")
    let_the_group_read(nele)
    see_what_comes_of_it(nele)

    talk.refresh_from_db()
    assert (talk.state, talk.read_back_on) == (
        ConversationState.READ_BACK,
        THURSDAY.date(),
    )
    assert counted(talk) == {"first": 4, "second": 2, "third": 1}
    assert {(t.domain, t.points) for t in talk.points_tallies.all()} == {
        ("reception", 5),
        ("aftercare", 2),
    }
    quote = talk.quotes.get()
    assert quote.text == "Ik kom liever te laat dan dat ik daar in de rij moet staan."
    assert talk.first_change == "Een apart lokaal."


def before_wednesday(heidebeke):
    """Return Nele's talk as it was prepared, with nothing entered yet."""
    talk = heidebeke.conversations.get(title="Ouders De Warme Deur")
    for rows in (talk.option_tallies, talk.points_tallies, talk.open_answers):
        rows.all().delete()
    talk.quotes.all().delete()
    talk.first_change = ""
    talk.save(update_fields=["first_change"])
    return talk


def counted(talk):
    """Return how many people chose what at the one statement with stickers."""
    tallies = talk.option_tallies.filter(question__code="ONT-D3", people__gt=0)
    return dict(tallies.values_list("option", "people"))


def enter_the_report(nele, talk):
    asked = dict(talk.round.questions.values_list("code", "pk"))
    nele.comes_to(f"gesprekken/{talk.pk}/")
    nele.follows("Begin bij Onthaal")
    nele.fits_the_screen()
    nele.types(
        f"o-{asked['ONT-D1']}",
        "De mensen aan de balie zijn vriendelijk. Je staat wel te vertellen met de hele "
        "rij achter je. Kinderen kunnen nergens zitten.",
    )
    for option, people in (("first", "4"), ("second", "2"), ("third", "1")):
        nele.types(f"t-{asked['ONT-D3']}-{option}", people)
    nele.chooses("p", "5")
    nele.types(
        "quote-0-text", "Ik kom liever te laat dan dat ik daar in de rij moet staan."
    )
    nele.chooses("quote-0-dialogue")
    nele.chooses("quote-0-checked")
    nele.sends()
    nele.types(
        f"o-{asked['NAZ-D1']}",
        "Na de schuldbemiddeling hoorde bijna niemand nog iets. Een telefoontje zou "
        "deugd doen, maar niet met een privénummer.",
    )
    nele.chooses("p", "2")
    nele.sends()
    be_corrected_gently(nele)
    nele.sends()
    note_the_consent(nele, talk)
    nele.comes_to(f"gesprekken/{talk.pk}/nalezen/")
    nele.reads("Kinderen kunnen nergens zitten.")
    nele.fits_the_screen()
    nele.presses("Dien het verslag in")


def be_corrected_gently(nele):
    box = nele.page.locator('main [name="text"]')
    nele.types("text", "Fatima zei dat er een apart lokaal moet zijn.")
    box.blur()
    nele.page.get_by_text("Staat hier een naam").first.wait_for()
    nele.types("text", "Een apart lokaal.")


def note_the_consent(nele, talk):
    nele.comes_to(f"gesprekken/{talk.pk}/gegevens/")
    nele.chooses("has_consent")
    nele.sends()


def let_the_group_read(nele):
    nele.follows("De groep las het na")
    nele.sends()
    nele.reads("agelezen")


def see_what_comes_of_it(nele):
    nele.comes_to("wat-kwam-ervan/")
    nele.reads("Jouw groep deed twee gesprekken")
    nele.reads("Volgende stap: op 16 maart 2027")
    nele.fits_the_screen()
