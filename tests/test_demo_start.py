"""The demo as a newcomer starts it: one command, SQLite, the embedded queue, a report.

Runs run.py itself in a folder of its own and speaks to it over HTTP only.
"""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [pytest.mark.smoke, pytest.mark.embedded, pytest.mark.worker]
BASE_DIR = Path(__file__).resolve().parent.parent
PATIENCE = 120
CHAIN = (
    "",
    "stuurgroep/",
    "doelgroepenmatrix/",
    "rechtencirkel/",
    "gesprekken/",
    "problemen/",
    "dialoog/",
    "verbeteracties/",
    "terugkoppelingen/",
    "verankering/",
    "rode-draad/",
    "rapporten/",
)


class Visitor:
    """A browser without a screen: cookies, forms and links."""

    def __init__(self, address):
        self.address = address
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.url = ""

    def get(self, path):
        with self.opener.open(
            urllib.parse.urljoin(self.address, path), timeout=30
        ) as r:
            self.url = r.geturl()
            return r.read()

    def page(self, path):
        return self.get(path).decode()

    def post(self, path, page, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        data = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": token})
        request = urllib.request.Request(  # noqa: S310 - our own address
            urllib.parse.urljoin(self.address, path),
            data=data.encode(),
            headers={"Referer": self.address},
        )
        with self.opener.open(request, timeout=30) as r:
            self.url = r.geturl()
            return r.read().decode()


@dataclass(frozen=True)
class Demo:
    """A demo that answers."""

    address: str
    log: Path
    process: subprocess.Popen


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.3)
    pytest.fail(f"waited {PATIENCE} seconds for {what}")


@contextmanager
def running_demo(folder):
    """Start the demo; stop it as an operating system does, with SIGTERM."""
    port = free_port()
    log = folder / f"log-{port}"
    command = [
        *(sys.executable, "run.py", "--port", str(port)),
        *("--var", str(folder / "var")),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=BASE_DIR,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=os.environ | {"DATABASE_URL": "postgres://nergens:x@127.0.0.1:1/x"},
        )
    try:
        wait_until(
            lambda: (
                "els.vandamme@demo.example" in log.read_text(errors="replace")
                or process.poll() is not None
            ),
            "the demo",
        )
        assert process.poll() is None, log.read_text(errors="replace")
        yield Demo(f"http://127.0.0.1:{port}", log, process)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with running_demo(tmp_path_factory.mktemp("demo")) as started:
        yield started


@pytest.fixture(scope="module")
def els(demo):
    """Sign in with the address and password that the start printed."""
    printed = demo.log.read_text()
    password = re.search(r"els\.vandamme@demo\.example\W+([\w-]+)", printed)[1]
    visitor = Visitor(demo.address)
    page = visitor.page("/account/aanmelden/")
    visitor.post(
        "/account/aanmelden/",
        page,
        login="els.vandamme@demo.example",
        password=password,
    )
    return visitor


def project_path(visitor):
    page = visitor.page("/projecten/")
    return re.search(r'href="(/projecten/\d+/)"', page)[1]


def ask_for_report(visitor):
    path = project_path(visitor) + "rapporten/"
    visitor.post(path + "nieuw/", visitor.page(path), introduction="Dag stuurgroep.")
    return path


def newest_download(visitor, path):
    page = visitor.page(path)
    done = "We maken je rapport" not in page
    found = re.search(r'href="([^"]+voortgangsrapport\.pdf)"', page)
    return found[1] if done and found else None


def test_the_sign_in_page_offers_the_demo_accounts(demo):
    page = Visitor(demo.address).page("/account/aanmelden/")

    assert "Els Vandamme" in page
    assert "Nele Goossens" in page


def test_the_coordinator_walks_the_chain(els):
    path = project_path(els)

    pages = {name: els.page(path + name) for name in CHAIN}

    assert "We spraken nog niemand die de weg niet vond" in pages[""]
    assert "Alleenstaande ouders" in pages["doelgroepenmatrix/"]
    assert (
        "5 Toegang: doelgroep 4, hulp- en dienstverleners 7" in pages["rechtencirkel/"]
    )


def test_a_report_survives_a_killed_worker(demo, els):
    path = ask_for_report(els)

    killed = wait_until(lambda: kill_the_worker(demo.process.pid), "a worker to kill")

    link = wait_until(lambda: newest_download(els, path), "the report")
    assert killed
    assert els.get(link).startswith(b"%PDF-")


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def kill_the_worker(parent):
    """Kill the worker of this demo: a child of the process that was started."""
    for child in children_of(parent):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"celery" in command:
            os.kill(int(child), signal.SIGKILL)
            return True
    return False


def test_stopping_it_twice_at_once_leaves_nothing_behind(tmp_path):
    with running_demo(tmp_path) as demo:
        children = children_of(demo.process.pid)

        demo.process.send_signal(signal.SIGTERM)
        demo.process.send_signal(signal.SIGINT)

        assert demo.process.wait(40) == 0
    assert len(children) == 2
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
