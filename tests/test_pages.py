"""Every page in a real browser: accessible, within the screen, and it asks nobody else.

One test per app, one part per page. A page is looked at narrow and wide with everything
unfolded; the browser may not reach anything but the site itself.
"""

from io import StringIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse

from projects.models import Project, Role
from tests.browser import Visit
from tests.world import (
    GET_ROUTES,
    READ_ROUTES,
    Persona,
    build_world,
    empty_shop,
    every_kwargs,
    is_public,
    sign_in,
)

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (390, 1280)
NARROWEST = 320
SMALLEST_TEXT = 16

# Not a page: a file, a fragment of one, an answer to a machine.
NO_PAGE = {
    "health",
    "rechtencirkel:device_state",
    "rechtencirkel:service_worker",
    "improvement_actions:feedback_warning",
    "projects:meeting_calendar",
    "rechtencirkel:sheet_photo",
    "rechtencirkel:sheet_template_csv",
    "rechtencirkel:sheet_template_xlsx",
    "rechtencirkel:live_screen",
    "reports:calendar_feed",
    "reports:guide_download",
    "reports:guide_status",
    "reports:report_download",
    "reports:report_status",
    "reports:task_count",
    "mfa_download_recovery_codes",
}
PAGES = [name for name in GET_ROUTES if name not in NO_PAGE]
PARTS = sorted({name.partition(":")[0] if ":" in name else "site" for name in PAGES})

UNFOLD = "() => document.querySelectorAll('details').forEach(d => { d.open = true; })"

OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) { return []; }
  return [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > room + 1)
    .slice(0, 5)
    .map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''}`);
}"""

SMALL_TEXT = """(smallest) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || element.closest('svg, script, noscript, option')) { continue; }
    if (element.getClientRects().length === 0) { continue; }
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < smallest - 0.01) { small.add(`${size}px: ${text.slice(0, 40)}`); }
  }
  return [...small];
}"""

VISIBLE_PRIMARY = """() => [...document.querySelectorAll('.btn-primary')]
  .filter((e) => e.getClientRects().length > 0)
  .map((e) => e.textContent.trim())"""


# A raw sheet and its print are for whoever wrote it, and words to read over for who is
# appointed: the walk through one of everything opens them.
FOR_ONE_PERSON = {
    "rechtencirkel:redaction_list",
    "rechtencirkel:sheet_review",
    "reports:guide",
}


@pytest.fixture
def everything(transactional_db):
    """Fill the database with one of everything in every state."""
    built = build_world()
    yield built
    empty_shop(built)


@pytest.fixture
def demo(transactional_db):
    """Load what a visitor of the demo sees: two municipalities, each in its own phase."""
    call_command("load_demo", stdout=StringIO())
    return Project.objects.order_by("pk")


def faults_on(visit, path):
    """Look at one page in every way and say what is wrong with it."""
    visit.page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    answer = visit.open(path)
    if answer.status >= 400:
        return [f"answers {answer.status}"]
    page = visit.page
    page.evaluate(UNFOLD)
    faults = [
        f"small text, {text}" for text in page.evaluate(SMALL_TEXT, SMALLEST_TEXT)
    ]
    primary = page.evaluate(VISIBLE_PRIMARY)
    if len(primary) > 1:
        faults.append(f"{len(primary)} primary buttons: {primary}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"axe at {width}, {found}" for found in axe_findings(page)]
    for width in (NARROWEST, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate(OVERFLOW)
        if wide:
            faults.append(f"wider than {width}: {wide}")
    faults += [f"refused by the policy: {what}" for what in page.evaluate("refused")]
    faults += [f"asks a stranger: {url}" for url in visit.strangers]
    return faults + [f"console, {said}" for said in visit.complaints]


def axe_findings(page):
    options = {"runOnly": {"type": "tag", "values": TAGS}}
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{found['id']}: {node['target']}"
        for found in violations
        for node in found["nodes"][:3]
    ]


def who_opens(name):
    if name == "projects:project_create":
        return Persona.PLATFORM_ADMIN
    if name == "mfa_activate_totp":
        return Persona.STRANGER
    return Persona.ANONYMOUS if is_public(name) else Persona.COORDINATOR


def part_of(name):
    return name.partition(":")[0] if ":" in name else "site"


@pytest.mark.parametrize("part", PARTS)
def test_every_page_reads_well_in_a_browser(
    live_server, everything, browser, subtests, part
):
    visits = {
        persona: Visit(browser, live_server, everything.sessions.get(persona))
        for persona in sorted({who_opens(name) for name in PAGES})
    }

    for name in PAGES:
        if part_of(name) == part:
            with subtests.test(page=name):
                faults = faults_on(visits[who_opens(name)], everything.url(name))
                assert faults == []

    for visit in visits.values():
        visit.context.close()


def demo_paths(project):
    """Return the addresses of all pages to read, with the first and the last row."""
    for name in READ_ROUTES:
        if name not in NO_PAGE | FOR_ONE_PERSON:
            listed = every_kwargs(name, project)
            for kwargs in listed[:: max(len(listed) - 1, 1)]:
                yield reverse(name, kwargs=kwargs)


@pytest.mark.parametrize("place", [0, 1])
def test_every_page_of_the_demo_reads_well(live_server, demo, browser, subtests, place):
    project = demo[place]
    coordinator = project.memberships.filter(role=Role.COORDINATOR).first().user
    visit = Visit(browser, live_server, sign_in(coordinator))

    for path in demo_paths(project):
        with subtests.test(page=path):
            assert faults_on(visit, path) == []

    visit.context.close()


def test_a_bad_page_is_found(live_server, everything, browser):
    visit = Visit(browser, live_server, None)
    visit.page.goto("about:blank")

    visit.page.set_content(
        "<html lang='nl'><title>x</title><main><h1>x</h1>"
        "<p id='p'>klein</p><img src='https://example.org/x.png'>"
        "<button class='btn-primary'>a</button><button class='btn-primary'>b</button>"
    )
    visit.page.evaluate(
        "() => { p.style.fontSize = '12px'; p.style.width = '2000px'; }"
    )

    assert "12px: klein" in visit.page.evaluate(SMALL_TEXT, SMALLEST_TEXT)
    assert visit.page.evaluate(VISIBLE_PRIMARY) == ["a", "b"]
    assert visit.page.evaluate(OVERFLOW)
    assert any("image-alt" in found for found in axe_findings(visit.page))
    assert visit.strangers == ["https://example.org/x.png"]
    visit.context.close()


def test_what_the_policy_refuses_is_found(live_server, everything, browser):
    visit = Visit(browser, live_server, None)
    visit.open(everything.url("account_login"))

    visit.page.evaluate(
        "() => { const image = new Image(); image.src = 'https://example.org/x.png'; "
        "document.body.append(image); }"
    )
    visit.page.wait_for_function("refused.length > 0")

    assert "img-src" in visit.page.evaluate("refused")[0]
    assert visit.complaints
    visit.context.close()


def test_what_is_no_page_is_a_route():
    assert set(GET_ROUTES) >= NO_PAGE
