"""A sheet in a cellar: real Chromium, real service worker, and a network that breaks."""

import contextlib
import json
import os
import random
import signal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal import auth
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session

from kader.vocabulary import ServiceDomain
from projects.models import Role
from rechtencirkel.models import AnsweredRequest, Conversation
from tests.browser import FLAGS, LISTEN, browser_program
from tests.cutting_proxy import CuttingProxy, Fate
from tests.factories import ConversationFactory, MembershipFactory
from tests.test_pages import NARROWEST, OVERFLOW, TAGS
from tests.world import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLET = {"width": 820, "height": 1180}
DOMAIN = ServiceDomain.ACCESS
SECRET = "Ik kom liever te laat dan in de rij te staan"

KEPT_PAGES = """async () => {
  const device = await import('/static/js/sheet/device.js');
  return (await device.pagesOf(await device.lastUser())).length;
}"""
WAITING = """async () => {
  const device = await import('/static/js/sheet/device.js');
  return device.countOf(await device.lastUser());
}"""
# Everything that a script of this site can read on the device, as one text.
EVERYTHING = """async () => {
  const bytes = (buffer) => Array.from(new Uint8Array(buffer), (c) => String.fromCharCode(c)).join('');
  const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
    for (const list of database.objectStoreNames) {
      const rows = await new Promise((done) => {
        database.transaction(list).objectStore(list).getAll().onsuccess = (e) => done(e.target.result);
      });
      for (const row of rows) {
        found.push(JSON.stringify(row));
        Object.values(row).filter((v) => v instanceof ArrayBuffer).forEach((v) => found.push(bytes(v)));
      }
    }
    database.close();
  }
  return found.join('\\n');
}"""
# Fifty drafts as the page itself would have left them, in the order that is asked.
LEAVE_DRAFTS = """async ({ user, project, talks, who }) => {
  const device = await import('/static/js/sheet/device.js');
  const { startDraft, type } = await import('/static/js/sheet/draft.js');
  let since = Date.now() - 100000;
  for (const talk of talks) {
    const path = `/projecten/${project}/gesprekken/${talk}/wat-eerst/`;
    const url = `/projecten/${project}/gesprekken/${talk}/bewaren/`;
    const draft = startDraft({ id: device.placeOf(user, path), user, project, talk, path, title: `Gesprek ${talk}`, label: 'Wat eerst?', url, who, domain: '', asked: '', version: 0 });
    type(draft, 'text', '', `Antwoord van ${talk}`);
    draft.since = since++;
    await device.saveDraft(draft);
  }
}"""


@pytest.fixture
def network(live_server):
    where = urlsplit(live_server.url)
    proxy = CuttingProxy(where.hostname, where.port)
    yield proxy
    proxy.close()


@pytest.fixture
def talk(transactional_db):
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return a_talk(membership.project, membership.user)


def a_talk(project, user, **fields):
    return ConversationFactory(
        project=project, entered_by=user, domains=[DOMAIN], people=7, **fields
    )


def sign_in_on(context, network, user):
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": sign_in(user),
                "url": network.url,
            }
        ]
    )


@pytest.fixture
def devices(browser, network):
    """Open tablets, one per call, and put them away at the end."""
    opened = []

    def open_device(user):
        context = browser.new_context(viewport=TABLET, has_touch=True, locale="nl-BE")
        context.add_init_script(LISTEN)
        if user:
            sign_in_on(context, network, user)
        opened.append(context)
        return context.new_page()

    yield open_device
    for context in opened:
        context.close()


def sheet_of(talk):
    return f"{talk.get_absolute_url()}blad/toegang/"


def last_page_of(talk):
    return f"{talk.get_absolute_url()}wat-eerst/"


def open_sheet(page, network, path):
    """Open a page of a sheet and wait until the device could do without network."""
    page.goto(network.url + path)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    wait_until(page, KEPT_PAGES, 2)


def wait_until(page, script, value):
    """Ask the device until it answers as expected, at most ten seconds."""
    for _ in range(100):
        if page.evaluate(script) == value:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"it stays {page.evaluate(script)}, not {value}")


def says(page, words, timeout=12000):
    page.locator("[data-save-state]", has_text=words).wait_for(timeout=timeout)


def type_in(page, words, field="#disagreement"):
    """Type in one field and leave it."""
    page.locator(field).fill(words)
    page.locator(field).blur()


def press_button(page):
    with page.expect_navigation():
        page.locator("form[data-autosave] .btn-primary").click()


def disagreement(talk):
    return list(talk.disagreements.values_list("text", flat=True))


# --- saving by itself -------------------------------------------------------


def test_a_page_saves_itself_and_says_so_only_then(devices, network, talk):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    closed = next(q for q in talk.questions_about(DOMAIN) if q.is_closed)
    row = page.locator(f"#q-{closed.pk} .counter").first

    for _ in range(9):
        if row.locator("button[data-step='1']").is_enabled():
            row.locator("button[data-step='1']").click()
    page.locator(".points label", has_text="5").first.click()
    page.locator("#disagreement").fill("Over de uren.")
    busy = page.locator("[data-save-state]").inner_text()
    page.locator("#disagreement").blur()
    says(page, "Bewaard om")

    talk.refresh_from_db()
    assert "Bewaard" not in busy
    assert f"blad {talk.receipt}" in page.locator("[data-save-state]").inner_text()
    assert talk.option_tallies.get().people == 7
    assert talk.points_tallies.get().points == 5
    assert disagreement(talk) == ["Over de uren."]
    assert page.evaluate(WAITING) == 0


def test_a_quote_and_a_barrier_save_themselves_and_a_new_row_comes(
    devices, network, talk
):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))

    page.locator("#quote-0-text").fill(SECRET)
    page.locator("[name='quote-0-report']").check()
    page.locator("#quote-1-text").fill("Nog een uitspraak.")
    page.locator("#barrier-0-text").fill("Geen stoel.")
    half = page.locator("[data-save-state]").inner_text()
    page.locator("#barrier-0-kind").select_option(index=1)
    page.locator("#barrier-0-level").select_option(index=1)
    page.locator("#disagreement").focus()
    says(page, "Bewaard om")

    assert "Bewaard" not in half
    assert list(talk.quotes.values_list("text", flat=True)) == [
        SECRET,
        "Nog een uitspraak.",
    ]
    assert list(talk.quotes.get(text=SECRET).uses) == ["report"]
    assert talk.barriers.get().text == "Geen stoel."
    assert page.locator("[data-problem]").count() == 0


def test_what_a_rule_refuses_is_said_and_stays(devices, network, talk):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))

    type_in(page, "Mijn nummer is 85.07.30-033.28")
    says(page, "Niet bewaard: 1 veld")
    told = page.locator("[data-problem]").inner_text()
    page.reload()
    says(page, "Niet bewaard: 1 veld")
    kept = page.locator("#disagreement").input_value()
    type_in(page, "Dat zeg ik liever niet.")
    says(page, "Bewaard om")

    assert "rijksregisternummer" in told
    assert "85.07.30" in kept
    assert disagreement(talk) == ["Dat zeg ik liever niet."]


def test_without_script_the_button_saves(browser, network, talk):
    context = browser.new_context(java_script_enabled=False)
    sign_in_on(context, network, talk.entered_by)
    page = context.new_page()
    page.goto(network.url + sheet_of(talk))

    page.locator("#disagreement").fill("Over de uren.")
    page.locator("form[data-autosave] .btn-primary").click()

    assert page.url.endswith("/wat-eerst/")
    assert disagreement(talk) == ["Over de uren."]
    context.close()


class Hand:
    """One thumb on a tablet: counts every tap and every text that is typed."""

    def __init__(self, page):
        self.page = page
        self.interactions = 0

    def tap(self, target, times=1):
        for _ in range(times):
            # Two taps of a robot are so close that the browser sees a double tap.
            target.click()
            self.interactions += 1

    def write(self, target, words):
        self.tap(target)
        target.press_sequentially(words, delay=1)
        self.interactions += 1

    def go_on(self, where):
        self.tap(self.page.locator("form[data-autosave] .btn-primary"))
        self.page.wait_for_url(f"**/{where}/")

    def count(self, fieldset, answers):
        for place, times in enumerate(answers):
            self.tap(fieldset.locator("button[data-step='1']").nth(place), times)


def report_reception(hand):
    hand.write(
        hand.page.locator("textarea[name^='o-']").first,
        "De mensen aan de balie zijn vriendelijk. Je staat wel te vertellen met de hele "
        "rij achter je. Kinderen kunnen nergens zitten.",
    )
    hand.count(hand.page.locator("fieldset[data-limit]").first, [4, 2, 1])
    hand.tap(hand.page.locator(".points label", has_text="5").first)
    hand.write(hand.page.locator("#quote-0-text"), SECRET)
    hand.tap(hand.page.locator("[name='quote-0-report']"))
    hand.tap(hand.page.locator("[name='quote-0-checked']"))


def report_aftercare(hand):
    hand.write(
        hand.page.locator("textarea[name^='o-']").first,
        "Na de schuldbemiddeling hoorde bijna niemand nog iets.",
    )
    hand.tap(hand.page.locator(".points label", has_text="2").first)


def test_the_report_of_wednesday_takes_at_most_sixty_interactions(
    devices, network, talk
):
    """Nele's report of §10.2: two domains, stickers, points, a quote, and what comes first."""
    talk.domains = [ServiceDomain.RECEPTION, ServiceDomain.AFTERCARE]
    talk.save()
    page = devices(talk.entered_by)
    hand = Hand(page)
    page.goto(network.url + talk.get_absolute_url())

    hand.tap(page.locator("main a.btn-primary"))
    report_reception(hand)
    hand.go_on("nazorg")
    report_aftercare(hand)
    hand.go_on("wat-eerst")
    hand.write(page.locator("#id_text"), "Een apart lokaal.")
    hand.go_on("nalezen")
    hand.tap(page.get_by_role("button", name="Dien het verslag in"))

    page.wait_for_url(network.url + talk.get_absolute_url())
    talk.refresh_from_db()
    assert (talk.is_draft, talk.first_change) == (False, "Een apart lokaal.")
    tallies = talk.option_tallies.values_list("option", "people")
    assert dict(tallies) == {"first": 4, "second": 2, "third": 1}
    points = talk.points_tallies.values_list("domain", "points")
    assert dict(points) == {"reception": 5, "aftercare": 2}
    assert talk.quotes.get().text == SECRET
    assert talk.open_answers.count() == 2
    assert hand.interactions <= 60


# --- two devices ------------------------------------------------------------


def test_two_devices_see_both_texts_and_choose(devices, network, talk):
    ours, theirs = devices(talk.entered_by), devices(talk.entered_by)
    for page in (ours, theirs):
        open_sheet(page, network, sheet_of(talk))
    type_in(theirs, "Over de stoelen.")
    says(theirs, "Bewaard om")

    type_in(ours, "Over de uren.")
    says(ours, "Niet bewaard: 1 veld")
    panel = ours.locator(".conflict")
    shown = panel.locator(".conflict-text").all_inner_texts()
    untouched = disagreement(talk)
    faults = faults_on(ours)
    panel.locator("[data-choose='both']").click()
    says(ours, "Bewaard om")

    assert shown == ["Over de uren.", "Over de stoelen."]
    assert untouched == ["Over de stoelen."]
    assert disagreement(talk) == ["Over de stoelen.\nOver de uren."]
    assert ours.locator(".conflict").count() == 0
    assert faults == []


@pytest.mark.parametrize(
    ("choice", "stays"), [("mine", "Over de uren."), ("theirs", "Over de stoelen.")]
)
def test_one_of_two_texts_is_chosen(devices, network, talk, choice, stays):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    talk.disagreements.create(domain=DOMAIN, text="Over de stoelen.")

    type_in(page, "Over de uren.")
    page.locator(f"[data-choose='{choice}']").click()
    page.locator(".conflict").wait_for(state="detached")
    wait_until(page, WAITING, 0)

    assert disagreement(talk) == [stays]
    assert page.locator("#disagreement").input_value() == stays


# --- no network -------------------------------------------------------------


def test_a_sheet_works_in_a_cellar_and_arrives_afterwards(devices, network, talk):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    network.is_down = True

    type_in(page, "Over de uren.")
    says(page, "Alleen op dit toestel: 1 veld")
    page.reload()
    says(page, "Alleen op dit toestel: 1 veld")
    after_reload = page.locator("#disagreement").input_value()
    press_button(page)
    type_in(page, "Een apart lokaal.", "#id_text")
    says(page, "Alleen op dit toestel: 1 veld")
    waiting = page.evaluate(WAITING)
    page.goto(network.url + "/op-dit-toestel/")
    page.locator("[data-rows] li").first.wait_for()
    listed = page.locator("[data-rows] li").count()
    faults = faults_on(page)
    network.is_down = False
    page.locator("[data-send]").click()
    page.locator("[data-none]").wait_for()

    talk.refresh_from_db()
    assert after_reload == "Over de uren."
    assert (waiting, listed) == (2, 2)
    assert faults == []
    assert disagreement(talk) == ["Over de uren."]
    assert talk.first_change == "Een apart lokaal."


def test_what_was_typed_arrives_by_itself_when_the_network_is_back(
    devices, network, talk
):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    network.is_down = True
    type_in(page, "Over de uren.")
    says(page, "Alleen op dit toestel")

    network.is_down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "Bewaard om")

    assert disagreement(talk) == ["Over de uren."]


def test_fifty_sheets_over_a_network_that_breaks_are_saved_exactly_once(
    devices, network, talk
):
    chance = random.Random(5)  # noqa: S311 - a plan that is the same every time
    talks = [a_talk(talk.project, talk.entered_by) for _ in range(50)]
    order = [one.pk for one in talks]
    chance.shuffle(order)
    # Up to five attempts per sheet: at most four of them break.
    for _ in order:
        breaks = chance.choices(list(Fate)[:3], k=chance.randint(0, 4))
        network.plan += [*breaks, Fate.PASSES]
    page = devices(talk.entered_by)
    page.goto(network.url + "/op-dit-toestel/")
    page.evaluate(
        "async () => (await import('/static/js/sheet/device.js')).rememberUser"
    )
    page.evaluate(
        LEAVE_DRAFTS,
        {
            "user": talk.entered_by.pk,
            "project": talk.project_id,
            "talks": order,
            "who": "/op-dit-toestel/wie/",
        },
    )
    page.reload()
    page.locator("[data-rows] li").first.wait_for()

    attempts = 0
    while page.locator("[data-rows] li").count() and attempts < 250:
        attempts += 1
        page.locator("[data-send]").click()
        page.wait_for_function(
            "() => document.querySelector('[data-status]').textContent !== 'We versturen…'"
        )

    saved = Conversation.objects.filter(pk__in=order)
    assert {one.pk: one.first_change for one in saved} == {
        pk: f"Antwoord van {pk}" for pk in order
    }
    assert {one.version for one in saved} == {1}
    assert AnsweredRequest.objects.count() == 50
    assert min(network.met[fate] for fate in Fate) >= 10
    assert page.evaluate(WAITING) == 0


def test_typing_over_a_network_that_breaks_counts_every_change_once(
    devices, network, talk
):
    chance = random.Random(7)  # noqa: S311 - a plan that is the same every time
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    network.plan = [*chance.choices(list(Fate)[:3], k=8), Fate.PASSES]
    network.plan += chance.choices(list(Fate), k=12)

    for number in range(12):
        type_in(page, f"Zin nummer {number}.")
        page.wait_for_timeout(150)
        page.evaluate("window.dispatchEvent(new Event('online'))")
    for _ in range(20):
        page.evaluate("window.dispatchEvent(new Event('online'))")
        page.wait_for_timeout(150)
    says(page, "Bewaard om", timeout=20000)

    talk.refresh_from_db()
    broken = sum(count for fate, count in network.met.items() if fate != Fate.PASSES)
    assert broken >= 8
    assert disagreement(talk) == ["Zin nummer 11."]
    assert talk.version == AnsweredRequest.objects.count()
    assert page.evaluate(WAITING) == 0


# --- kill -9 ----------------------------------------------------------------


def main_process(folder):
    """Return the browser that was started with this profile, not its helpers."""
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = place.read_bytes()
            if str(folder).encode() in words and b"--type=" not in words:
                return int(place.parent.name)
    raise AssertionError("no browser runs with this profile")


def kill(page, folder):
    """Pull the plug, and wait until it is dark."""
    os.kill(main_process(folder), signal.SIGKILL)
    with pytest.raises(Exception, match="closed"):
        page.wait_for_timeout(5000)


def on_disk(folder, text):
    """Return the files under a folder in which a text can be read, in either encoding."""
    wanted = [text.encode(), text.encode("utf-16-le")]
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in wanted)
    ]


def test_killing_the_browser_loses_nothing_and_leaves_nothing_readable(
    browser, network, talk, tmp_path
):
    def start():
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path), executable_path=browser_program(), args=FLAGS
        )
        sign_in_on(context, network, talk.entered_by)
        return context, context.pages[0]

    context, page = start()
    open_sheet(page, network, sheet_of(talk))
    network.is_down = True
    page.locator("#disagreement").press_sequentially(SECRET, delay=5)
    page.wait_for_timeout(300)
    kill(page, tmp_path)
    readable = on_disk(tmp_path, SECRET)

    context, page = start()
    page.goto(network.url + sheet_of(talk))
    says(page, "Alleen op dit toestel")
    back = page.locator("#disagreement").input_value()
    everything = page.evaluate(EVERYTHING)
    network.is_down = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    says(page, "Bewaard om")
    context.close()

    assert back == SECRET
    assert readable == []
    # The search does find what is kept in the clear.
    assert on_disk(tmp_path, "op-dit-toestel") != []
    assert SECRET not in everything
    assert "data-autosave" not in everything.replace("form[data-autosave]", "")
    assert disagreement(talk) == [SECRET]


# --- sessions and people ----------------------------------------------------


def test_a_session_that_ended_is_renewed_in_place(devices, network, talk):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    Session.objects.all().delete()

    type_in(page, "Over de uren.")
    dialog = page.locator("dialog[data-sign-in]")
    dialog.wait_for()
    state = page.locator("[data-save-state]").inner_text()
    faults = faults_on(page)
    dialog.locator("[name='login']").fill(talk.entered_by.email)
    dialog.locator("[name='password']").fill("fout-wachtwoord")
    dialog.locator("[type='submit']").click()
    dialog.locator("[data-error]", has_text="klopt niet").wait_for()
    dialog.locator("[name='password']").fill("samen-aan-tafel")
    talk.entered_by.set_password("samen-aan-tafel")
    talk.entered_by.save()
    dialog.locator("[type='submit']").click()
    says(page, "Bewaard om")

    assert "Alleen op dit toestel" in state
    assert faults == []
    assert disagreement(talk) == ["Over de uren."]


def test_who_has_a_second_step_does_it_elsewhere_and_comes_back(devices, network, talk):
    page = devices(talk.entered_by)
    open_sheet(page, network, sheet_of(talk))
    talk.entered_by.set_password("samen-aan-tafel")
    talk.entered_by.save()
    auth.TOTP.activate(talk.entered_by, auth.generate_totp_secret())
    Session.objects.all().delete()

    type_in(page, "Over de uren.")
    dialog = page.locator("dialog[data-sign-in]")
    dialog.wait_for()
    dialog.locator("[name='login']").fill(talk.entered_by.email)
    dialog.locator("[name='password']").fill("samen-aan-tafel")
    dialog.locator("[type='submit']").click()
    dialog.locator("[data-error]", has_text="tweede stap").wait_for()
    before = disagreement(talk)
    sign_in_on(page.context, network, talk.entered_by)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    says(page, "Bewaard om")

    assert before == []
    assert disagreement(talk) == ["Over de uren."]


def leave_something(page, network, talk):
    """Type without network, so that it stays on the device."""
    open_sheet(page, network, sheet_of(talk))
    network.is_down = True
    type_in(page, "Over de uren.")
    says(page, "Alleen op dit toestel")
    # Its own window would send it the moment there is network.
    page.goto("about:blank")
    network.is_down = False


def open_the_list(page, network):
    """Open the list of what waits while the sheet cannot be sent."""
    page.route("**/bewaren/", lambda route: route.abort())
    page.goto(network.url + "/op-dit-toestel/")
    page.locator("[data-rows] li").first.wait_for()


def test_what_waits_can_be_taken_along_as_a_file(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    open_the_list(page, network)

    with page.expect_download() as taken:
        page.locator("[data-download]").click()
    file = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))

    assert taken.value.suggested_filename.startswith("alleen-op-dit-toestel-")
    assert file["sheets"][0]["fields"]["disagreement"]["now"] == "Over de uren."
    assert "Over de uren." in file["text"]
    assert page.evaluate(WAITING) == 1


def test_what_waits_is_thrown_away_only_after_asking(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    open_the_list(page, network)

    page.locator("[data-discard-this]").click()
    page.locator("dialog[data-discard] [data-cancel]").click()
    kept = page.evaluate(WAITING)
    page.locator("[data-discard-this]").click()
    faults = faults_on(page)
    page.locator("dialog[data-discard] [data-yes]").click()
    page.locator("[data-none]").wait_for()

    assert kept == 1
    assert faults == []
    assert page.evaluate(WAITING) == 0
    assert disagreement(talk) == []


def test_signing_out_asks_first_and_then_takes_everything_away(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    page.route("**/bewaren/", lambda route: route.abort())
    page.goto(network.url + "/account/afmelden/")
    page.locator("[data-unsent]").wait_for()

    page.locator("form[data-sign-out] .btn-primary").click()
    page.wait_for_timeout(300)
    stayed = (page.url, page.evaluate(WAITING))
    faults = faults_on(page)
    page.get_by_label("Meld mij af en gooi weg").check()
    with page.expect_navigation():
        page.locator("form[data-sign-out] .btn-primary").click()
    page.goto(network.url + "/account/aanmelden/")
    left = page.evaluate(
        """async () => {
          const database = await import('/static/js/sheet/database.js');
          const lists = ['keys', 'pages', 'drafts', 'facts'];
          return (await Promise.all(lists.map(database.all))).flat().length;
        }"""
    )

    assert stayed == (f"{network.url}/account/afmelden/", 1)
    assert faults == []
    assert left == 0
    assert disagreement(talk) == []


def test_the_last_page_says_that_something_is_still_on_the_device(
    devices, network, talk
):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    page.route("**/bewaren/", lambda route: route.abort())

    page.goto(f"{network.url}{talk.get_absolute_url()}nalezen/")
    page.locator(f"[data-unsent-of='{talk.pk}']").wait_for()

    assert faults_on(page) == []


def test_somebody_else_neither_sees_nor_sends_it(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    other = MembershipFactory(project=talk.project, role=Role.COORDINATOR).user
    mine = page.context.cookies()

    page.context.clear_cookies()
    sign_in_on(page.context, network, other)
    page.goto(network.url + "/projecten/")
    page.wait_for_timeout(800)
    shown = page.locator("[data-on-device]").is_visible()
    page.goto(network.url + "/op-dit-toestel/")
    page.locator("[data-none]").wait_for()
    unsent = disagreement(talk)
    page.context.clear_cookies()
    page.context.add_cookies(mine)
    page.goto(network.url + "/projecten/")
    wait_until(page, WAITING, 0)

    assert not shown
    assert unsent == []
    assert disagreement(talk) == ["Over de uren."]


AGED = """async (days) => {
  const device = await import('/static/js/sheet/device.js');
  const user = await device.lastUser();
  for (const { id } of await device.draftsOf(user)) {
    const draft = await device.loadDraft(user, id);
    await device.saveDraft({ ...draft, since: Date.now() - days * 24 * 60 * 60 * 1000 - 60000 });
  }
}"""


def test_what_was_typed_five_days_ago_still_arrives(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    page.route("**/op-dit-toestel/wie/", lambda route: route.abort())
    page.goto(network.url + "/projecten/")
    page.evaluate(AGED, 5)
    Session.objects.all().delete()
    page.unroute("**/op-dit-toestel/wie/")
    sign_in_on(page.context, network, talk.entered_by)

    page.goto(network.url + "/projecten/")
    wait_until(page, WAITING, 0)

    assert disagreement(talk) == ["Over de uren."]


def test_a_draft_warns_from_day_eleven_and_is_gone_after_fourteen(
    devices, network, talk
):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    # As long as nobody knows who is signed in, nothing is sent.
    page.route("**/op-dit-toestel/wie/", lambda route: route.abort())
    page.goto(network.url + "/projecten/")
    link = page.locator("[data-on-device]")
    link.wait_for()
    fresh = "expiring" in link.get_attribute("class")
    page.evaluate(AGED, 11)
    page.reload()
    link.wait_for()
    page.wait_for_function("() => document.querySelector('[data-on-device].expiring')")
    page.evaluate(AGED, 14)
    page.reload()
    wait_until(page, WAITING, 0)

    assert not fresh
    assert not link.is_visible()
    assert disagreement(talk) == []


def test_a_project_that_keeps_nothing_on_devices_keeps_nothing(devices, network, talk):
    page = devices(talk.entered_by)
    leave_something(page, network, talk)
    type(talk.project).objects.update(works_offline=False)

    page.goto(network.url + sheet_of(talk))
    says(page, "Bewaard om")
    wait_until(page, KEPT_PAGES, 0)
    network.is_down = True
    type_in(page, "Toch over de stoelen.")
    says(page, "Niet bewaard: er is geen verbinding")

    assert page.evaluate(WAITING) == 0
    assert disagreement(talk) == ["Over de uren."]


def faults_on(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    wide = []
    for width in (NARROWEST, 390, 820, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide += page.evaluate(OVERFLOW)
    page.set_viewport_size(TABLET)
    violations = [
        f"{fault['id']}: {node['target']}"
        for fault in found.response["violations"]
        for node in fault["nodes"][:3]
    ]
    return violations + wide + page.evaluate("window.refused")
