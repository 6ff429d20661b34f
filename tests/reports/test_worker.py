"""A real worker process, killed while it works: nothing is lost, nothing is done twice."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from reports.models import Report, ReportStatus
from reports.services import request_report
from tests.factories import MembershipFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.worker,
    pytest.mark.smoke,
]
PATIENCE = 90
BASE_DIR = Path(__file__).resolve().parents[2]


def worker_environment():
    """Point a worker at the database and the queue of this test run."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "LPK_REPORT_LEASE_SECONDS": "3",
        "LPK_RECOVER_SECONDS": "1",
        "PYTHONWARNINGS": "ignore",
        "C_FORCE_ROOT": "1",
    }
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        server = environment["TEST_DATABASE_URL"].rpartition("/")[0]
        environment["TEST_DATABASE_URL"] = f"{server}/{name}"
    else:
        environment["LPK_TEST_SQLITE"] = str(name)
    return environment


@contextmanager
def worker(tmp_path, number):
    """Run a worker with its own beat; killed with everything it started at the end."""
    pool = ["-P", "solo"] if settings.USES_FILESYSTEM_BROKER else ["-c", "1"]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "celery", "-A", "lpk_site", "worker", "-B"),
            *pool,
            *("-l", "WARNING", "-s", str(tmp_path / f"beat-{number}")),
            *("--without-mingle", "--without-gossip", "--without-heartbeat"),
        ],
        cwd=BASE_DIR,
        env=worker_environment(),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """Kill a worker with its children at once: no chance to tidy up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def wait_for(report, *states):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        report.refresh_from_db()
        if report.status in states:
            return
        time.sleep(0.02)
    pytest.fail(f"the report stayed {report.status} ({report.failure})")


@pytest.fixture
def member():
    return MembershipFactory(role="member")


def test_a_worker_makes_the_report_that_was_asked_for(member, tmp_path):
    with worker(tmp_path, 1):
        report = request_report(project=member.project, requested_by=member.user)
        wait_for(report, ReportStatus.READY, ReportStatus.FAILED)

    assert report.is_ready, report.failure
    content = (Path(settings.MEDIA_ROOT) / report.file.name).read_bytes()
    assert content.startswith(b"%PDF-")
    assert hashlib.sha256(content).hexdigest() == report.sha256


def test_a_report_whose_worker_was_killed_is_finished_by_the_next(member, tmp_path):
    with worker(tmp_path, 1) as first:
        report = request_report(project=member.project, requested_by=member.user)
        wait_for(report, ReportStatus.RUNNING)
        kill(first)

    with worker(tmp_path, 2):
        wait_for(report, ReportStatus.READY, ReportStatus.FAILED)

    assert report.is_ready, report.failure
    assert report.attempts == 2
    folder = Path(settings.MEDIA_ROOT) / "reports"
    assert [p.name for p in folder.glob(f"{report.pk}-*")] == [f"{report.pk}-2.pdf"]
    assert Report.objects.count() == 1
