"""A real Celery worker for the tests, on the database and the queue of the test run."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

BASE_DIR = Path(__file__).resolve().parent.parent


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
