from unittest import mock

import pytest
from django.urls import reverse

from reports.models import Report, ReportStatus
from reports.tasks import make_report
from tests.factories import ProjectFactory, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bell():
    with mock.patch.object(make_report, "delay", autospec=True):
        yield


def url(name, project, *args):
    return reverse(f"reports:{name}", args=[project.pk, *args])


def test_a_wish_becomes_a_waiting_report(member_client, project):
    member_client.post(url("report_request", project), {"introduction": "Dag."})

    report = Report.objects.get()
    assert (report.status, report.introduction) == (ReportStatus.WAITING, "Dag.")


def test_an_introduction_that_is_too_long_stays_on_the_page(member_client, project):
    response = member_client.post(
        url("report_request", project), {"introduction": "a" * 3001}
    )

    body = response.content.decode()
    assert "3000" in body
    assert "a" * 3001 in body
    assert not Report.objects.exists()


def test_the_page_asks_by_itself_until_the_report_is_done(member_client, project):
    report = ReportFactory(project=project)

    waiting = member_client.get(url("report_status", project, report.pk))
    ReportFactory._meta.model.objects.filter(pk=report.pk).delete()
    ready = member_client.get(
        url("report_status", project, ReportFactory(project=project, ready=True).pk)
    )

    assert "hx-get" in waiting.content.decode()
    assert "Stap 1 van 4" in waiting.content.decode()
    assert "hx-get" not in ready.content.decode()
    assert "Download" in ready.content.decode()


def test_a_failed_report_says_why_and_offers_another_try(member_client, project):
    ReportFactory(project=project, failed=True, failure="Het duurde te lang.")

    body = member_client.get(url("report_list", project)).content.decode()

    assert "Het duurde te lang." in body
    assert "Probeer opnieuw" in body


def test_a_finished_report_is_downloaded_under_a_dutch_name(member_client, project):
    report = ReportFactory(project=project, ready=True)

    response = member_client.get(url("report_download", project, report.pk))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith(
        'attachment; filename="voortgang-'
    )
    assert response["Cache-Control"] == "no-store"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_report_of_another_project_is_not_found(member_client, project):
    foreign = ReportFactory(project=ProjectFactory(), ready=True)

    response = member_client.get(url("report_download", project, foreign.pk))

    assert response.status_code == 404


def test_a_report_without_its_file_is_not_found(member_client, project):
    report = ReportFactory(project=project)

    response = member_client.get(url("report_download", project, report.pk))

    assert response.status_code == 404


def test_the_overview_of_an_empty_project_says_what_to_do(coordinator_client, project):
    body = coordinator_client.get(url("dashboard", project)).content.decode()

    assert "Er is nog niemand van het OCMW en van een basiswerking" in body
    assert "Kies met welke doelgroepen jullie starten" in body
    assert "Er zijn nog geen acties." in body


def test_an_empty_thread_says_where_it_begins(member_client, project):
    body = member_client.get(url("thread", project)).content.decode()

    assert "De draad begint bij een probleem" in body
