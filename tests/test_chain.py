"""The whole chain in one go, in a real browser, typed by hand: from a talk to a PDF.

A coordinator starts with an empty project and ends with a thread that is whole and a
report made by a real worker.
"""

import pytest
from django.utils import timezone

from projects.models import Role
from rechtencirkel.services import load_question_sets
from tests.browser import Visit
from tests.factories import MembershipFactory, OrganisationFactory
from tests.worker import worker
from tests.world import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]


class Coordinator:
    """Somebody at a keyboard, in one project."""

    def __init__(self, visit, project):
        self.visit = visit
        self.page = visit.page
        self.path = f"/projecten/{project.pk}/"

    def open(self, path=""):
        answer = self.visit.open(self.path + path)
        assert answer.status == 200, path

    def follow(self, words):
        self.page.get_by_role("link", name=words).first.click()

    def fill(self, **fields):
        """Fill in fields by their names: text, a choice, or True for a tick."""
        for name, value in fields.items():
            kind = self.page.locator(f'main [name="{name}"]').first.evaluate(
                "e => e.tagName === 'SELECT' ? 'select' : e.type"
            )
            if kind == "select":
                self.page.select_option(f'main [name="{name}"]', value)
            elif kind in ("radio", "checkbox"):
                chosen = "" if value is True else f'[value="{value}"]'
                self.page.check(f'main [name="{name}"]{chosen}', force=True)
            else:
                self.page.fill(f'main [name="{name}"]', str(value))

    def send(self, words):
        self.page.get_by_role("button", name=words).click()
        errors = self.page.locator(".error-summary")
        assert errors.count() == 0, errors.inner_text()

    def turn_the_page(self, words):
        """Press the button of a sheet, which saves first and then goes on by itself."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words).click()

    def reads(self, words):
        assert words in self.page.locator("main").inner_text(), words


@pytest.fixture
def els(live_server, browser):
    load_question_sets()
    membership = MembershipFactory(role=Role.COORDINATOR, user__name="Els Vandamme")
    OrganisationFactory(project=membership.project, name="OCMW", type="ocmw")
    visit = Visit(browser, live_server, sign_in(membership.user))
    yield Coordinator(visit, membership.project)
    visit.context.close()


def choose_a_group(els):
    els.open("doelgroepenmatrix/nieuw/")
    els.fill(name="Alleenstaande ouders", n1="2", n2="3", n4="2")
    els.fill(k1="3", k2="2", k3="3", k4="2", rights="income")
    els.page.locator("main button[type=submit]").click()
    els.open("doelgroepenmatrix/")
    els.page.locator("a[href$='/beslissing/']").first.click()
    els.fill(decision="chosen", reason="Er is een vaste ouderwerking.")
    els.page.locator("main button[type=submit]").click()
    els.open("doelgroepenmatrix/")
    els.reads("Er is een vaste ouderwerking.")


def start_a_round(els):
    els.open("metingen/nieuw/")
    els.send("Start de meting")


def hear_the_group(els):
    els.open("gesprekken/nieuw/doelgroep/")
    els.fill(title="Ouders De Warme Deur", place="De Warme Deur", people="6")
    els.page.select_option('[name="target_group"]', label="Alleenstaande ouders")
    els.fill(held_on=timezone.localdate().isoformat(), domains="access")
    els.fill(has_consent=True)
    els.send("Bewaar")
    els.follow("Begin bij Toegang")
    counters = els.page.locator("fieldset[data-limit='6']").first
    for _ in range(8):
        more = counters.locator("button[data-step='1']").nth(1)
        if more.is_enabled():
            more.click()
    assert "6 van 6" in counters.inner_text()
    els.fill(p="4")
    els.fill(**{"quote-0-text": "Alles moet met een app. Ik heb een gewone telefoon."})
    els.fill(**{"quote-0-dialogue": True, "quote-0-checked": True})
    els.fill(**{"barrier-0-text": "Een afspraak lukt alleen met een app"})
    els.fill(**{"barrier-0-kind": "usability", "barrier-0-level": "execution"})
    els.turn_the_page("Bewaar en ga naar wat eerst?")
    els.fill(text="Een afspraak kunnen maken met de telefoon.")
    els.turn_the_page("Bewaar en lees na")
    els.reads("De groep gaf samen 4 op 10.")
    els.send("Dien het verslag in")
    els.follow("De groep las het na")
    els.send("Ja, de groep las het na")
    els.reads("Nagelezen door de groep")


def hear_the_services(els):
    els.open("gesprekken/nieuw/diensten/")
    els.fill(title="Sociale dienst", place="Sociaal Huis", people="7")
    els.fill(held_on=timezone.localdate().isoformat(), domains="access")
    els.fill(has_consent=True)
    els.send("Bewaar")
    els.follow("Begin bij Toegang")
    els.page.locator("summary").filter(has_text="Tel de stickers").click()
    els.fill(**{"s-7": "4", "s-8": "3"})
    els.turn_the_page("Bewaar en ga naar wat eerst?")
    els.turn_the_page("Bewaar en lees na")
    els.send("Dien het verslag in")


def see_the_wheel(els):
    els.open("rechtencirkel/")
    sector = els.page.locator(".wheel-full a[href$='/rechtencirkel/toegang/']")
    assert sector.get_attribute("aria-label") == (
        "5 Toegang: doelgroep 4, hulp- en dienstverleners 7, verschil 3"
    )


def name_the_problem(els):
    els.open("rechtencirkel/toegang/")
    els.reads("Alles moet met een app. Ik heb een gewone telefoon.")
    els.follow("Formuleer een probleem")
    els.fill(text="Zonder smartphone geraak je niet aan een afspraak.")
    els.page.locator('[name="quotes"]').first.check(force=True)
    els.page.locator('[name="target_groups"]').first.check(force=True)
    els.send("Bewaar het probleem")
    els.follow("Noteer wat de groep zegt")
    els.fill(recognition="yes", people="7")
    els.send("Bewaar het antwoord")
    els.reads("Herkend door de groep")


def agree_in_dialogue(els):
    els.open("dialoog/nieuw/")
    today = timezone.localdate().isoformat()
    els.fill(
        title="Dialoog over toegang", held_on=today, place="Buurthuis", guide="Tom"
    )
    els.fill(residents_present="12", ocmw_present="6", partners_present="4")
    els.page.locator("main button[type=submit]").click()
    els.page.locator("a[href*='/agenda/nieuw/']").first.click()
    els.page.select_option(
        '[name="problem_statement"]',
        label="Zonder smartphone geraak je niet aan een afspraak.",
    )
    els.page.locator("main button[type=submit]").click()
    els.page.locator("a[href$='/conclusie/']").first.click()
    els.fill(text="Elke dinsdag mag iedereen zo binnenkomen.", decision="do")
    els.page.locator("main button[type=submit]").click()
    els.page.locator("a[href$='/bevestigen/']").first.click()
    els.fill(target_confirmation="agreed", provider_confirmation="agreed")
    els.page.locator("main button[type=submit]").click()


def make_it_an_action(els):
    els.follow("Maak verbeteractie")
    els.fill(title="Elke dinsdag zonder afspraak", werkpiste="service_quality")
    els.page.select_option('[name="owner"]', label="OCMW")
    els.page.locator("main button[type=submit]").last.click()
    els.reads("Elke dinsdag zonder afspraak")
    for status, text in (("running", "De balie oefent."), ("done", "De deur is open.")):
        els.follow("Schrijf wat er gebeurde")
        els.fill(text=text, status=status)
        els.page.locator("main button[type=submit]").last.click()
        els.reads(text)


def tell_the_group(els):
    els.follow("Vertel het aan de groep")
    els.fill(channel="visit", people_present="9", recognition="yes")
    els.fill(told="Je mag elke dinsdag zo binnenkomen.", reaction="Eindelijk!")
    els.page.locator("main button[type=submit]").last.click()


def follow_the_thread(els):
    els.open("rode-draad/")
    for words in (
        "Alles moet met een app. Ik heb een gewone telefoon.",
        "Zonder smartphone geraak je niet aan een afspraak.",
        "Doen we: Elke dinsdag mag iedereen zo binnenkomen.",
        "Elke dinsdag zonder afspraak",
        "Eindelijk!",
        "De draad is rond",
    ):
        els.reads(words)


def get_the_report(els):
    els.open("rapporten/")
    els.fill(introduction="Voor de stuurgroep.")
    els.send("Maak het rapport")
    els.page.get_by_role("link", name="Download de PDF").wait_for(timeout=60_000)
    with els.page.expect_download() as download:
        els.follow("Download de PDF")
    return download.value.path().read_bytes()


def test_from_a_talk_in_the_neighbourhood_house_to_a_report(els, tmp_path):
    choose_a_group(els)
    start_a_round(els)
    hear_the_group(els)
    hear_the_services(els)
    see_the_wheel(els)
    name_the_problem(els)
    agree_in_dialogue(els)
    make_it_an_action(els)
    tell_the_group(els)
    follow_the_thread(els)
    with worker(tmp_path, 1):
        content = get_the_report(els)

    assert content.startswith(b"%PDF-")
    assert els.visit.strangers == []
    assert els.visit.complaints == []
