"""A real browser for the tests, that may reach nothing but the site itself."""

import os
import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
LISTEN = """
window.refused = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


def browser_program():
    """Find the browser: the CHROMIUM variable first, then what is on the machine."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, BROWSERS)]
    return next((program for program in found if program), None)


@contextmanager
def open_browser():
    """Start Chromium and close it again."""
    # Playwright's synchronous half runs inside an event loop, where Django would refuse
    # its own database.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=browser_program(), args=FLAGS
        )
        yield opened
        opened.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visit:
    """A browser window of one person, and everything it tried to fetch or complained of."""

    def __init__(self, browser, live_server, session):
        self.origin = live_server.url
        self.strangers = []
        self.complaints = []
        self.context = browser.new_context(locale="nl-BE")
        self.context.route("**/*", self.gate)
        self.context.add_init_script(LISTEN)
        if session:
            name = django_settings.SESSION_COOKIE_NAME
            self.context.add_cookies(
                [{"name": name, "value": session, "url": self.origin}]
            )
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def gate(self, route):
        if urlsplit(route.request.url).netloc == urlsplit(self.origin).netloc:
            route.continue_()
        else:
            self.strangers.append(route.request.url)
            route.abort()

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def open(self, path):
        self.complaints.clear()
        self.strangers.clear()
        return self.page.goto(self.origin + path)
