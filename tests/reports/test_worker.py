"""A real worker process, killed while it works: nothing is lost, nothing is done twice."""

import hashlib
import time
from pathlib import Path

import pytest
from django.conf import settings

from reports.models import Report, ReportStatus
from reports.services import request_report
from tests.factories import MembershipFactory
from tests.worker import kill, worker

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.worker,
    pytest.mark.smoke,
]
PATIENCE = 90


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
