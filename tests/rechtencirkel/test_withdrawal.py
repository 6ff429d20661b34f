"""Consent per use, and coming back on a quote."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import QuoteUse, ServiceDomain
from rechtencirkel.models import Conversation, Quote
from rechtencirkel.services import release, withdraw_quote, withhold
from reports.pdf import snapshot_of
from reports.progress import build_progress
from tests.factories import (
    ConversationFactory,
    ProblemStatementFactory,
    QuoteFactory,
    RedactorFactory,
    ReportFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
SAID = "Aan de balie kan iedereen meeluisteren."


@pytest.fixture
def talk(project, grassroots):
    talk = ConversationFactory(project=project, entered_by=grassroots, read_back=True)
    talk.quotes.all().delete()
    return talk


@pytest.fixture
def quote(talk):
    return QuoteFactory(conversation=talk, domain=ServiceDomain.ACCESS, text=SAID)


@pytest.fixture
def problem(project, quote):
    problem = ProblemStatementFactory(project=project)
    problem.quotes.add(quote)
    return problem


def withdraw_url(project, quote):
    return reverse("rechtencirkel:quote_withdraw", args=[project.pk, quote.pk])


def pages(client, project, problem):
    addresses = (
        reverse("rechtencirkel:domain_detail", args=[project.pk, ServiceDomain.ACCESS]),
        problem.get_absolute_url(),
        reverse("rechtencirkel:problem_statement_edit", args=[project.pk, problem.pk]),
        reverse("reports:thread", args=[project.pk]),
        reverse("reports:dashboard", args=[project.pk]),
    )
    return [client.get(address).content.decode() for address in addresses]


# --- consent per use --------------------------------------------------------


@pytest.mark.parametrize("agreed", QuoteUse)
def test_a_quote_is_shown_for_what_its_speaker_agreed_to(talk, agreed):
    QuoteFactory(conversation=talk, uses=[agreed])

    shown = [use for use in QuoteUse if Quote.objects.shown(TODAY(), use).exists()]

    assert shown == [agreed]


def test_the_sheet_asks_per_use_and_remembers_the_answer(
    project, grassroots, grassroots_client
):
    draft = ConversationFactory(project=project, entered_by=grassroots)
    url = reverse(
        "rechtencirkel:sheet_edit", args=[project.pk, draft.pk, ServiceDomain.ACCESS]
    )

    grassroots_client.post(
        url, {"version": "0", "quote-0-text": SAID, "quote-0-report": "on"}
    )
    body = grassroots_client.get(url).content.decode()

    assert draft.quotes.get().uses == (QuoteUse.REPORT,)
    assert 'name="quote-0-report" checked' in body
    assert 'name="quote-0-dialogue">' in body
    assert 'name="quote-0-outside">' in body


def test_without_a_tick_there_is_no_consent(talk):
    Quote.objects.create(
        conversation=talk,
        domain=ServiceDomain.ACCESS,
        text=SAID,
        is_unrecognisable=True,
    )

    shown = [use for use in QuoteUse if Quote.objects.shown(TODAY(), use).exists()]

    assert Quote.objects.get().uses == ()
    assert shown == []


@pytest.mark.parametrize(
    ("agreed", "on_pages", "in_report"),
    [
        ([QuoteUse.DIALOGUE], True, False),
        ([QuoteUse.REPORT], False, True),
        ([QuoteUse.OUTSIDE], False, False),
    ],
)
def test_pages_and_report_each_ask_for_their_own_consent(
    project, quote, problem, member_client, agreed, on_pages, in_report
):
    quote.uses = agreed
    quote.save()

    progress = build_progress(project, TODAY(), QuoteUse.REPORT)

    seen = [SAID in body for body in pages(member_client, project, problem)]
    assert seen == [on_pages] * 5
    assert [t.lead_quote for t in progress.threads] == [quote if in_report else None]
    assert snapshot_of(progress)["quotes"] == ([quote.pk] if in_report else [])


# --- withdrawing ------------------------------------------------------------


def test_a_quote_is_withdrawn_once(quote):
    withdraw_quote(quote=quote, on=TODAY())

    with pytest.raises(ValidationError, match="al ingetrokken"):
        withdraw_quote(quote=quote, on=TODAY())


@pytest.mark.parametrize("state", ["draft", "returned"])
def test_a_quote_on_an_open_sheet_is_taken_off_the_sheet_instead(
    project, grassroots_client, state
):
    draft = ConversationFactory(project=project, filled=True, state=state)
    quote = draft.quotes.first()

    page = grassroots_client.get(withdraw_url(project, quote))

    assert page.status_code == 404
    with pytest.raises(ValidationError, match="van het blad"):
        withdraw_quote(quote=quote, on=TODAY())


def test_withdrawing_wipes_the_words_and_what_stood_there_before(quote):
    release(words=quote, text="Anders verwoord.", on=TODAY())

    withdraw_quote(quote=quote, on=TODAY())

    quote.refresh_from_db()
    assert (quote.text, quote.original, quote.uses) == ("", "", ())
    assert quote.withdrawn_on == TODAY()


def test_a_withdrawn_quote_is_gone_everywhere_and_the_problem_says_so(
    project, quote, problem, grassroots_client, member_client
):
    before = pages(member_client, project, problem)

    answer = grassroots_client.post(withdraw_url(project, quote))

    after = pages(member_client, project, problem)
    assert answer.status_code == 302
    assert all(SAID in body for body in before)
    assert not any(SAID in body for body in after)
    assert "Ingetrokken: 1 uitspraak" in after[1]


def test_asking_first_withdraws_nothing(project, quote, grassroots_client):
    body = grassroots_client.get(withdraw_url(project, quote)).content.decode()

    quote.refresh_from_db()
    assert SAID in body
    assert "Een reden is niet nodig" in body
    assert quote.withdrawn_on is None


def test_changing_a_problem_keeps_what_was_withdrawn(
    project, quote, problem, member_client
):
    withdraw_quote(quote=quote, on=TODAY())
    other = QuoteFactory(conversation=quote.conversation, domain=quote.domain)
    url = reverse("rechtencirkel:problem_statement_edit", args=[project.pk, problem.pk])

    member_client.post(
        url,
        {"text": "Anders.", "domains": ["access"], "rank": "1", "quotes": [other.pk]},
    )

    problem.refresh_from_db()
    assert problem.text == "Anders."
    assert set(problem.quotes.all()) == {quote, other}


def test_a_member_cannot_withdraw(project, quote, member_client):
    page = member_client.post(withdraw_url(project, quote))

    quote.refresh_from_db()
    assert page.status_code == 403
    assert quote.text == SAID


def test_the_coordinator_and_the_appointed_person_can_withdraw_too(
    project, talk, grassroots, coordinator, coordinator_client, grassroots_client
):
    # The sheet of the coordinator, and the appointed person is somebody else.
    Conversation.objects.filter(pk=talk.pk).update(entered_by=coordinator)
    first, second, third = (QuoteFactory(conversation=talk) for _ in range(3))

    not_yet = grassroots_client.post(withdraw_url(project, first))
    RedactorFactory(
        project=project, membership=project.memberships.get(user=grassroots)
    )
    appointed = grassroots_client.post(withdraw_url(project, second))
    managing = coordinator_client.post(withdraw_url(project, third))

    assert [not_yet.status_code, appointed.status_code, managing.status_code] == [
        403,
        302,
        302,
    ]


def test_of_a_small_group_only_who_entered_it_can_withdraw(
    project, talk, quote, coordinator_client, grassroots_client
):
    Conversation.objects.filter(pk=talk.pk).update(people=4)

    refused = coordinator_client.get(withdraw_url(project, quote))
    allowed = grassroots_client.get(withdraw_url(project, quote))

    assert (refused.status_code, allowed.status_code) == (403, 200)
    assert SAID not in refused.content.decode()


def test_a_quote_of_another_project_is_not_found(project, coordinator_client):
    elsewhere = ConversationFactory(read_back=True).quotes.first()

    page = coordinator_client.post(withdraw_url(project, elsewhere))

    assert page.status_code == 404


def test_the_sheet_says_that_something_was_withdrawn(
    project, talk, quote, grassroots_client
):
    withdraw_quote(quote=quote, on=TODAY())
    url = reverse("rechtencirkel:sheet_review", args=[project.pk, talk.pk])

    body = grassroots_client.get(url).content.decode()

    assert "Een uitspraak is ingetrokken" in body
    assert SAID not in body


@pytest.mark.parametrize("is_appointed", [True, False])
def test_the_sheet_says_when_a_ticked_quote_still_waits(
    project, quote, grassroots_client, is_appointed
):
    if is_appointed:
        RedactorFactory(project=project)
    url = reverse(
        "rechtencirkel:sheet_review", args=[project.pk, quote.conversation_id]
    )

    body = grassroots_client.get(url).content.decode()

    assert ("Mag getoond worden" in body) is not is_appointed
    assert ("tot iemand nakijkt" in body) is is_appointed


@pytest.mark.parametrize(
    ("uses", "sentence"),
    [
        ((QuoteUse.DIALOGUE,), "niet op een website of in de krant"),
        (
            (QuoteUse.DIALOGUE, QuoteUse.OUTSIDE),
            "mag ook op een website of in de krant",
        ),
    ],
)
def test_a_page_says_whether_a_quote_may_go_outside(
    project, quote, problem, member_client, uses, sentence
):
    Quote.objects.filter(pk=quote.pk).update(uses=uses)

    pages = (
        reverse("rechtencirkel:domain_detail", args=[project.pk, quote.domain]),
        problem.get_absolute_url(),
    )

    for page in pages:
        assert sentence in member_client.get(page).content.decode()


# --- reports ----------------------------------------------------------------


@pytest.fixture
def printed(project, quote):
    """Give a report with this quote and a report without."""
    given = {"project": project, "ready": True}
    return (
        ReportFactory(**given, snapshot={"quotes": [quote.pk]}),
        ReportFactory(**given, snapshot={}),
    )


def download(client, report):
    address = reverse("reports:report_download", args=[report.project_id, report.pk])
    page = client.get(address)
    # Read to its end, so that the file is closed.
    b"".join(page.streaming_content if page.streaming else ())
    return page


@pytest.mark.parametrize("gone", ["withdrawn", "withheld"])
def test_a_report_with_a_quote_that_may_not_be_shown_is_not_downloaded(
    project, quote, printed, member_client, gone
):
    before = [download(member_client, report).status_code for report in printed]

    if gone == "withdrawn":
        withdraw_quote(quote=quote, on=TODAY())
    else:
        withhold(words=quote, because="Een naam.", on=TODAY())
    refused, fine = (download(member_client, report) for report in printed)

    listed = reverse("reports:report_list", args=[project.pk])
    body = member_client.get(refused.url).content.decode()
    assert before == [200, 200]
    assert (refused.status_code, refused.url, fine.status_code) == (302, listed, 200)
    assert "kun je niet meer downloaden" in body
    assert "Maak een nieuw rapport" in body
    for report, is_offered in zip(printed, (False, True), strict=True):
        address = reverse("reports:report_download", args=[project.pk, report.pk])
        assert (address in body) is is_offered


@pytest.mark.parametrize("is_withdrawn", [True, False])
def test_the_state_of_a_report_offers_only_what_may_be_downloaded(
    project, quote, printed, member_client, is_withdrawn
):
    if is_withdrawn:
        withdraw_quote(quote=quote, on=TODAY())

    body = member_client.get(
        reverse("reports:report_status", args=[project.pk, printed[0].pk])
    ).content.decode()

    assert ("Download de PDF" in body) is not is_withdrawn
    assert ("niet meer mogen tonen" in body) is is_withdrawn


def test_a_report_made_afterwards_does_not_hold_the_quote(project, quote, problem):
    withdraw_quote(quote=quote, on=TODAY())

    snapshot = snapshot_of(build_progress(project, TODAY(), QuoteUse.REPORT))

    assert snapshot["quotes"] == []
