from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rechtencirkel.services import withdraw_quote
from reports import tasks
from reports.models import MAX_ATTEMPTS, Report, ReportStatus
from reports.pdf import MadePdf, PdfLibrariesMissingError
from reports.services import request_report, retry_report
from reports.tasks import make_report, recover_at_start, recover_reports
from tests.factories import ConversationFactory, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def rung():
    """Collect which reports the worker is rung for."""
    with mock.patch.object(make_report, "delay", autospec=True) as delay:
        yield delay


@pytest.fixture
def pdf():
    made = MadePdf(content=b"%PDF-1.7 inhoud", page_count=6, snapshot={"on": "vandaag"})
    with mock.patch.object(
        tasks, "make_progress_pdf", autospec=True, return_value=made
    ) as maker:
        yield maker


def test_a_quote_withdrawn_while_it_is_printed_is_in_no_report(pdf):
    quote = ConversationFactory(read_back=True).quotes.first()
    report = ReportFactory(project=quote.conversation.project)
    printed = MadePdf(content=b"%PDF", page_count=1, snapshot={"quotes": [quote.pk]})

    def withdraw_meanwhile(report, on_step):
        withdraw_quote(quote=quote, on=timezone.localdate())
        return printed

    pdf.side_effect = withdraw_meanwhile
    make_report(report.pk)
    report.refresh_from_db()
    first = report.status
    pdf.side_effect = None
    make_report(report.pk)
    report.refresh_from_db()

    assert first == ReportStatus.WAITING
    assert report.status == ReportStatus.READY


def test_asking_twice_makes_one_report(
    project, member, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = request_report(project=project, requested_by=member)
        second = request_report(project=project, requested_by=member)

    assert first == second
    assert rung.call_count == 1


def test_a_broker_that_is_down_loses_no_wish(
    project, member, django_capture_on_commit_callbacks
):
    with (
        mock.patch.object(make_report, "delay", side_effect=OSError, autospec=True),
        django_capture_on_commit_callbacks(execute=True),
    ):
        report = request_report(project=project, requested_by=member)

    assert Report.objects.get().pk == report.pk
    assert report.status == ReportStatus.WAITING


def test_a_report_is_made_once_whatever_the_queue_delivers(pdf, settings):
    report = ReportFactory()

    make_report(report.pk)
    make_report(report.pk)

    report.refresh_from_db()
    assert report.is_ready
    assert (report.attempts, report.page_count) == (1, 6)
    assert pdf.call_count == 1
    assert (
        (Path(settings.MEDIA_ROOT) / report.file.name).read_bytes().startswith(b"%PDF")
    )


def test_a_report_that_is_gone_is_no_error(pdf):
    make_report(12345)

    assert not pdf.called


def test_a_worker_that_was_overtaken_leaves_no_file(pdf, settings):
    report = ReportFactory()

    def overtake(*_args, **_kwargs):
        Report.objects.filter(pk=report.pk).update(attempts=2)
        return mock.DEFAULT

    pdf.side_effect = overtake

    make_report(report.pk)

    report.refresh_from_db()
    assert report.status == ReportStatus.RUNNING
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_a_failure_waits_for_the_next_attempt(pdf):
    report = ReportFactory()
    pdf.side_effect = RuntimeError("kapot")

    with pytest.raises(RuntimeError):
        make_report(report.pk)

    report.refresh_from_db()
    assert (report.status, report.attempts) == (ReportStatus.WAITING, 1)


def test_the_third_failure_is_the_last(pdf):
    report = ReportFactory()
    pdf.side_effect = RuntimeError("kapot")

    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(RuntimeError):
            make_report(report.pk)

    report.refresh_from_db()
    assert report.is_failed
    assert "drie keer mislukt" in report.failure


def test_missing_libraries_end_a_report_with_a_clear_sentence(pdf):
    report = ReportFactory()
    pdf.side_effect = PdfLibrariesMissingError

    make_report(report.pk)

    report.refresh_from_db()
    assert report.is_failed
    assert "PDF-bibliotheken" in report.failure


def test_recovery_takes_back_what_a_dead_worker_held(rung):
    now = timezone.now()
    lost = ReportFactory(running=True, lease_until=now - timedelta(seconds=1))
    busy = ReportFactory(running=True, lease_until=now + timedelta(seconds=60))
    waiting = ReportFactory()

    recover_reports()

    lost.refresh_from_db()
    busy.refresh_from_db()
    assert lost.status == ReportStatus.WAITING
    assert busy.status == ReportStatus.RUNNING
    assert {call.args[0] for call in rung.call_args_list} == {lost.pk, waiting.pk}


def test_recovery_gives_up_on_a_report_that_kills_its_worker(rung):
    poison = ReportFactory(
        running=True,
        attempts=MAX_ATTEMPTS,
        lease_until=timezone.now() - timedelta(seconds=1),
    )

    recover_reports()

    poison.refresh_from_db()
    assert poison.is_failed
    assert not rung.called


def test_the_only_worker_does_not_wait_for_the_lease(rung, settings):
    settings.SINGLE_WORKER = True
    report = ReportFactory(
        running=True, lease_until=timezone.now() + timedelta(seconds=150)
    )
    with mock.patch.object(recover_reports, "delay", autospec=True):
        recover_at_start()

    recover_reports()

    report.refresh_from_db()
    assert report.status == ReportStatus.WAITING


def test_a_failed_report_can_be_tried_again(rung, django_capture_on_commit_callbacks):
    report = ReportFactory(failed=True)

    with django_capture_on_commit_callbacks(execute=True):
        retry_report(report=report)

    assert (report.status, report.attempts) == (ReportStatus.WAITING, 0)
    assert rung.call_count == 1


@pytest.mark.parametrize("state", [{"ready": True}, {"running": True}])
def test_only_a_failed_report_can_be_tried_again(state):
    with pytest.raises(ValidationError):
        retry_report(report=ReportFactory(**state))
