"""Asking for the guide of a talk: who may, how often it is made, and what it is called."""

from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ServiceDomain
from rechtencirkel.services import choose_talk_questions
from reports import tasks
from reports.guide import version_on_sheet
from reports.models import Report, ReportKind, ReportStatus
from reports.pdf import MadePdf
from reports.services import request_guide, request_report, retry_report
from reports.tasks import make_report
from tests.factories import (
    ConversationFactory,
    ProjectFactory,
    ReportFactory,
    UserFactory,
)
from tests.helpers import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rung(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with mock.patch.object(make_report, "delay", autospec=True) as delay:
        yield delay


@pytest.fixture
def talk(grassroots, project):
    return ConversationFactory(
        project=project,
        entered_by=grassroots,
        title="Ouders van Fatima",
        domains=[ServiceDomain.ACCESS],
    )


def url(name, talk):
    return reverse(f"reports:{name}", args=[talk.project_id, talk.pk])


def guide_of(talk, **state):
    return ReportFactory(project=talk.project, guide=True, conversation=talk, **state)


def test_asking_twice_makes_one_guide(
    grassroots_client, talk, rung, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = grassroots_client.post(url("guide_request", talk))
        grassroots_client.post(url("guide_request", talk))

    guide = Report.objects.get()
    assert first.url == url("guide", talk)
    assert (guide.kind, guide.conversation) == (ReportKind.GUIDE, talk)
    assert rung.call_count == 1


def test_a_report_and_guides_of_two_talks_do_not_wait_for_each_other(
    grassroots, talk, project
):
    other = ConversationFactory(project=project, entered_by=grassroots)

    request_report(project=project, requested_by=grassroots)
    request_guide(conversation=talk, requested_by=grassroots)
    request_guide(conversation=other, requested_by=grassroots)

    assert Report.objects.unfinished().count() == 3


def test_a_failed_report_can_be_tried_again_while_a_guide_is_made(talk):
    failed = ReportFactory(project=talk.project, failed=True)
    guide_of(talk)

    assert retry_report(report=failed).status == ReportStatus.WAITING


@pytest.mark.parametrize("kind", ReportKind)
def test_a_guide_belongs_to_a_talk_and_a_report_does_not(project, talk, kind):
    conversation = None if kind == ReportKind.GUIDE else talk

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportFactory(project=project, kind=kind, conversation=conversation)


def test_the_worker_makes_the_guide_and_not_a_report(talk):
    guide = guide_of(talk)
    made = MadePdf(content=b"%PDF-1.7 leidraad", page_count=20, snapshot={})

    with mock.patch.object(
        tasks, "make_guide_pdf", autospec=True, return_value=made
    ) as maker:
        make_report(guide.pk)

    guide.refresh_from_db()
    assert (guide.is_ready, guide.page_count) == (True, 20)
    assert maker.call_count == 1


def test_a_talk_that_goes_meanwhile_leaves_no_file(talk, settings):
    guide = guide_of(talk)
    made = MadePdf(content=b"%PDF", page_count=1, snapshot={})

    def delete_meanwhile(report, on_step):
        talk.delete()
        return made

    with mock.patch.object(
        tasks, "make_guide_pdf", autospec=True, side_effect=delete_meanwhile
    ):
        make_report(guide.pk)

    assert not Report.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_files_of_talks_that_are_gone_are_swept_and_others_stay(talk, settings):
    kept = guide_of(talk, ready=True)
    folder = settings.MEDIA_ROOT / "reports"
    folder.mkdir()
    for name in (f"{kept.pk}-1.pdf", "99-1.pdf", "99-2.part", "lees-mij.txt"):
        (folder / name).write_bytes(b"%PDF")

    tasks.recover_reports()

    left = sorted(path.name for path in folder.iterdir())
    assert left == [f"{kept.pk}-1.pdf", "lees-mij.txt"]


def test_the_page_asks_by_itself_until_the_guide_is_done(grassroots_client, talk):
    guide = guide_of(talk)
    waiting = grassroots_client.get(url("guide_status", talk)).content.decode()
    Report.objects.filter(pk=guide.pk).delete()
    guide_of(talk, ready=True)
    ready = grassroots_client.get(url("guide_status", talk)).content.decode()

    assert "hx-get" in waiting
    assert "Stap 1 van 4" in waiting
    assert "hx-get" not in ready
    assert "Download de PDF" in ready


def test_without_a_guide_there_is_nothing_to_ask_about(grassroots_client, talk):
    assert grassroots_client.get(url("guide_status", talk)).status_code == 404


def test_the_steps_of_a_guide_are_its_own(talk):
    guide = guide_of(talk, running=True)

    assert guide.step_label == "De vragen verzamelen"
    assert str(guide).startswith("Gespreksleidraad van")


def test_a_guide_that_failed_says_why_and_can_be_tried_again(grassroots_client, talk):
    guide_of(talk, failed=True, failure="Het duurde te lang.")

    body = grassroots_client.get(url("guide", talk)).content.decode()
    grassroots_client.post(url("guide_request", talk))

    assert "Het duurde te lang." in body
    assert "Probeer opnieuw" in body
    assert Report.objects.unfinished().count() == 1


def test_a_guide_is_downloaded_under_a_name_without_names(grassroots_client, talk):
    guide_of(talk, ready=True)

    response = grassroots_client.get(url("guide_download", talk))

    day = f"{talk.held_on:%Y-%m-%d}"
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    disposition = response["Content-Disposition"]
    assert disposition.startswith('attachment; filename="gespreksleidraad-')
    assert disposition.endswith(f'-{day}.pdf"')
    assert "fatima" not in disposition.lower()
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_guide_whose_questions_changed_says_so(grassroots_client, talk):
    guide_of(talk, ready=True, snapshot={"version": version_on_sheet(talk)})

    before = grassroots_client.get(url("guide", talk)).content.decode()
    first = next(q for q in talk.all_questions() if not q.is_points)
    choose_talk_questions(conversation=talk, question_ids=[first.pk])
    after = grassroots_client.get(url("guide", talk)).content.decode()

    assert "veranderde er iets aan de vragen" not in before
    assert "veranderde er iets aan de vragen" in after


def test_the_page_of_the_talk_leads_to_its_guide(grassroots_client, talk):
    body = grassroots_client.get(talk.get_absolute_url()).content.decode()

    assert url("guide", talk) in body


def test_the_page_costs_the_same_queries_for_the_whole_circle(grassroots_client, talk):
    guide_of(talk, ready=True)
    one = count_queries(grassroots_client, url("guide", talk))
    talk.domains = tuple(ServiceDomain)
    talk.save()

    assert count_queries(grassroots_client, url("guide", talk)) == one


# --- who gets it ----------------------------------------------------------------


def test_a_guide_is_not_among_the_reports(coordinator_client, project):
    talk = ConversationFactory(project=project)
    guide = guide_of(talk, ready=True)
    args = [project.pk, guide.pk]

    listed = coordinator_client.get(reverse("reports:report_list", args=[project.pk]))

    assert "Nog geen rapporten" in listed.content.decode()
    for name in ("report_download", "report_status"):
        response = coordinator_client.get(reverse(f"reports:{name}", args=args))
        assert response.status_code == 404


@pytest.mark.parametrize("name", ["guide", "guide_status", "guide_download"])
def test_the_guide_of_a_small_group_is_for_who_enters_it(
    grassroots_client, project, name
):
    small = ConversationFactory(project=project, entered_by=UserFactory(), people=4)
    guide_of(small, ready=True)

    assert grassroots_client.get(url(name, small)).status_code == 403


@pytest.mark.parametrize("name", ["guide", "guide_status", "guide_download"])
def test_the_guide_of_another_project_is_not_found(grassroots_client, grassroots, name):
    foreign = ConversationFactory(project=ProjectFactory(), entered_by=grassroots)
    guide_of(foreign, ready=True)

    assert grassroots_client.get(url(name, foreign)).status_code == 404


def test_answers_by_link_have_no_guide(grassroots_client, talk):
    type(talk).objects.filter(pk=talk.pk).update(kind="by_link")

    assert grassroots_client.get(url("guide", talk)).status_code == 404
    assert grassroots_client.post(url("guide_request", talk)).status_code == 404


def test_a_role_that_enters_nothing_asks_for_no_guide(supporter_client, talk):
    response = supporter_client.post(url("guide_request", talk))

    assert response.status_code == 403
    assert not Report.objects.exists()


def test_without_its_file_a_guide_is_not_found(grassroots_client, talk):
    guide_of(talk, ready=True, finished_at=timezone.now())
    Report.objects.update(file="reports/weg.pdf")

    assert grassroots_client.get(url("guide_download", talk)).status_code == 404
