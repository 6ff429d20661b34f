"""Links for providers: who may answer, what is kept of it, and when it counts."""

import re
from datetime import timedelta
from random import Random

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import (
    AnswerOption,
    ConversationKind,
    Pictogram,
    QuestionLanguage,
    RespondentCategory,
    ServiceDomain,
    Side,
)
from lpk_site.integrity import run_checks
from rechtencirkel import tasks
from rechtencirkel.models import (
    AnswerCode,
    AnswerLink,
    Conversation,
    Publication,
    RoundQuestion,
    WaitingAnswer,
    WrittenAnswer,
)
from rechtencirkel.publishing import part_rows_of
from rechtencirkel.qr import draw_qr
from rechtencirkel.services import (
    NOTHING_SAID,
    Sent,
    SheetGoneError,
    accept,
    close_link,
    close_round,
    count_waiting,
    create_link,
    find_sheet,
    hand_in,
    has_answers,
    mark_read_back,
    release,
    reopen,
    return_with_question,
    secrets_of,
    send_answers,
    settle,
)
from tests.factories import (
    AnswerLinkFactory,
    ConversationFactory,
    OrganisationFactory,
    ProjectFactory,
    QuestionTranslationFactory,
    RedactorFactory,
    RoundFactory,
    RoundQuestionFactory,
    UserFactory,
)
from tests.helpers import form_on

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PHONE = "Mozilla/5.0 (een telefoon)"
ADDRESS = "203.0.113.77"


def asked(link, domain=ServiceDomain.ACCESS):
    """Return the closed, the open and the points question of one domain."""
    questions = link.round.questions.filter(side=Side.PROVIDERS, domain=domain)
    return (
        next(q for q in questions if q.is_closed),
        next(q for q in questions if q.is_open),
        next(q for q in questions if q.is_points),
    )


def answers(
    link,
    *,
    option=AnswerOption.THIRD,
    points=6,
    text="Een rustig lokaal.",
    domain=ServiceDomain.ACCESS,
):
    closed, written, scored = asked(link, domain)
    values = {}
    if option:
        values[closed.pk] = option
    if points is not None:
        values[scored.pk] = str(points)
    return Sent(values=values, texts={written.pk: text} if text else {})


def send(link, secret=None, *, on=None, **given):
    sheet = find_sheet(secret or secrets_of(link)[0], on=on or TODAY())
    assert sheet is not None
    send_answers(
        link=sheet.link,
        token_hash=sheet.token_hash,
        sent=answers(link, **given),
        on=on or TODAY(),
    )


def faults_of_answers():
    """Return what the checks find, but for what the factories leave out on purpose."""
    about_the_frame = {
        "projects_have_a_coordinator",
        "published_questions_are_unchanged",
    }
    return [found for found in run_checks() if found.name not in about_the_frame]


def sheet_of(link):
    return Conversation.objects.filter(
        kind=ConversationKind.BY_LINK, organisation=link.organisation
    ).first()


def histogram(conversation):
    return conversation.totals.get(domain=ServiceDomain.ACCESS).points


def url(secret):
    return reverse("rechtencirkel:answer", args=[secret])


def typed(link, **given):
    sent = answers(link, **given)
    closed, written, scored = asked(link)
    posted = {f"keuze-{closed.pk}": sent.values.get(closed.pk, "")}
    posted[f"punten-{scored.pk}"] = sent.values.get(scored.pk, "")
    posted[f"tekst-{written.pk}"] = sent.texts.get(written.pk, "")
    return posted


# --- making and finding -----------------------------------------------------


def test_a_link_for_a_closed_measurement_is_refused():
    link = AnswerLink(round=RoundFactory(closed=True), closes_on=TODAY())

    with pytest.raises(ValidationError, match="De meting is afgesloten"):
        create_link(link=link, on=TODAY())


def test_a_link_that_closes_in_the_past_is_refused():
    link = AnswerLink(round=RoundFactory(), closes_on=TODAY() - timedelta(days=1))

    with pytest.raises(ValidationError, match="al voorbij"):
        create_link(link=link, on=TODAY())


def test_only_the_hash_of_a_secret_of_256_bits_is_stored():
    link = AnswerLinkFactory(single_use=True)
    stored = repr(list(AnswerLink.objects.values())) + repr(
        list(AnswerCode.objects.values())
    )

    secrets = secrets_of(link)

    assert len(set(secrets)) == 3
    assert all(re.fullmatch(r"[\w-]{43}", secret) for secret in secrets)
    assert not any(secret in stored for secret in secrets)


def test_an_address_cannot_be_written_out_with_another_key_but_still_works(settings):
    link = AnswerLinkFactory()
    secret = secrets_of(link)[0]

    settings.SECRET_KEY = "een andere sleutel"

    assert secrets_of(link) == []
    assert find_sheet(secret, on=TODAY()).link == link


def test_the_secret_of_a_batch_itself_opens_nothing():
    batch = AnswerLinkFactory(single_use=True)
    reusable = AnswerLinkFactory(seed="x")
    batch.is_single_use = False

    of_the_batch = secrets_of(batch)[0]

    assert find_sheet(of_the_batch, on=TODAY()) is None
    assert find_sheet(secrets_of(reusable)[0], on=TODAY()).link == reusable


def test_a_link_opens_until_and_on_its_last_day():
    link = AnswerLinkFactory()
    secret = secrets_of(link)[0]

    assert find_sheet(secret, on=link.closes_on) is not None
    assert find_sheet(secret, on=link.closes_on + timedelta(days=1)) is None


@pytest.mark.parametrize("secret", ["", "onbekend", "\ud800", "a\x00b", "é" * 300])
def test_a_secret_that_is_none_opens_nothing(secret):
    AnswerLinkFactory()

    assert find_sheet(secret, on=TODAY()) is None


# --- sending ----------------------------------------------------------------


def test_an_empty_sheet_is_refused():
    link = AnswerLinkFactory()

    with pytest.raises(ValidationError, match=re.escape(NOTHING_SAID)):
        send(link, option=None, points=None, text="")


def test_a_code_works_once():
    link = AnswerLinkFactory(single_use=True)
    secret = secrets_of(link)[0]
    sheet = find_sheet(secret, on=TODAY())
    send(link, secret)

    with pytest.raises(SheetGoneError):
        send_answers(
            link=link, token_hash=sheet.token_hash, sent=answers(link), on=TODAY()
        )

    assert find_sheet(secret, on=TODAY()) is None
    assert link.codes.count() == 2
    assert WrittenAnswer.objects.count() == 1


def test_a_link_that_closed_meanwhile_takes_nothing():
    link = AnswerLinkFactory()
    sheet = find_sheet(secrets_of(link)[0], on=TODAY())
    close_link(link=link, on=TODAY())

    with pytest.raises(SheetGoneError):
        send_answers(
            link=sheet.link,
            token_hash=sheet.token_hash,
            sent=answers(link),
            on=TODAY(),
        )

    assert WaitingAnswer.objects.count() == 0


def test_four_answers_are_nowhere_and_the_fifth_counts_them_all():
    link = AnswerLinkFactory()
    for points in (3, 5, 6, 7):
        send(link, points=points)
    before = sheet_of(link)

    send(link, points=8)

    after = sheet_of(link)
    assert before is None
    assert (after.people, after.side, after.category) == (
        5,
        Side.PROVIDERS,
        RespondentCategory.SOCIAL_WORK,
    )
    assert histogram(after) == [0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0]
    assert WaitingAnswer.objects.count() == 0
    assert faults_of_answers() == []


def test_the_sixth_answer_waits_for_four_others():
    link = AnswerLinkFactory()
    for _ in range(5):
        send(link)

    send(link, points=0)
    with_six = histogram(sheet_of(link))
    for _ in range(4):
        send(link, points=9)

    assert with_six == [0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0]
    assert histogram(sheet_of(link)) == [1, 0, 0, 0, 0, 0, 5, 0, 0, 4, 0]
    assert sheet_of(link).people == 10
    assert faults_of_answers() == []


def test_every_question_waits_for_five_answers_of_its_own():
    link = AnswerLinkFactory()
    send(link, option=AnswerOption.FIRST)
    for _ in range(4):
        send(link, option=None)

    total = sheet_of(link).totals.get()

    assert sum(total.points) == 5
    assert total.options == {}
    assert WaitingAnswer.objects.count() == 1


def test_a_text_is_shown_with_four_others_only():
    link = AnswerLinkFactory()
    for number in range(4):
        send(link, text=f"Tekst {number}")
    before = list(WrittenAnswer.objects.among_five())

    send(link, text="Tekst 4")
    send(link, text="Tekst 5")

    assert before == []
    assert {row.text for row in WrittenAnswer.objects.among_five()} == {
        f"Tekst {number}" for number in range(5)
    }


def test_services_and_functions_are_not_counted_together():
    project = ProjectFactory()
    first = AnswerLinkFactory(project=project)
    second = AnswerLinkFactory(project=project)
    other_function = AnswerLinkFactory(
        project=project,
        organisation=first.organisation,
        category=RespondentCategory.POLICY,
    )
    for link in (first, first, second, second, other_function):
        send(link)

    assert Conversation.objects.count() == 0


def test_two_links_of_the_same_service_and_function_count_together():
    first = AnswerLinkFactory()
    second = AnswerLinkFactory(
        project=first.project, organisation=first.organisation, single_use=True
    )
    for secret in secrets_of(second):
        send(second, secret)
    for _ in range(2):
        send(first)

    assert sheet_of(first).people == 5


def test_a_full_sheet_takes_no_more():
    link = AnswerLinkFactory()
    for _ in range(5):
        send(link)
    Conversation.objects.update(people=500)

    with pytest.raises(SheetGoneError):
        send(link)


# --- closing ----------------------------------------------------------------


def two_links_of_three():
    project = ProjectFactory()
    links = [AnswerLinkFactory(project=project) for _ in range(2)]
    for link in links:
        for _ in range(3):
            send(link)
    return links


def test_what_a_closed_service_has_too_few_of_waits_for_the_others():
    first, second = two_links_of_three()

    close_link(link=first, on=TODAY())

    assert Conversation.objects.count() == 0
    assert WaitingAnswer.objects.filter(organisation=None).count() == 6
    assert WaitingAnswer.objects.filter(organisation=second.organisation).count() == 6


def test_small_services_are_counted_together_once_both_are_closed():
    first, second = two_links_of_three()

    close_link(link=first, on=TODAY())
    close_link(link=second, on=TODAY())

    sheet = Conversation.objects.get()
    assert (sheet.organisation, sheet.category, sheet.people) == (
        None,
        RespondentCategory.MIXED_STAFF,
        6,
    )
    assert WaitingAnswer.objects.count() == 0
    assert WrittenAnswer.objects.among_five().count() == 6
    assert faults_of_answers() == []


def test_a_link_that_is_closed_cannot_be_closed_again():
    link = AnswerLinkFactory()
    close_link(link=link, on=TODAY())

    with pytest.raises(ValidationError, match="al gesloten"):
        close_link(link=link, on=TODAY())


def test_while_another_link_of_the_service_is_open_nothing_is_merged():
    first = AnswerLinkFactory()
    AnswerLinkFactory(project=first.project, organisation=first.organisation)
    send(first)

    close_link(link=first, on=TODAY())

    assert not WaitingAnswer.objects.filter(organisation=None).exists()


def test_too_few_of_everybody_together_stay_hidden():
    link = AnswerLinkFactory()
    for _ in range(4):
        send(link)

    close_round(measurement=link.round, on=TODAY())

    assert Conversation.objects.count() == 0
    assert WaitingAnswer.objects.count() == 8
    assert not WrittenAnswer.objects.among_five().exists()


def test_closing_a_measurement_closes_its_links_and_counts_first():
    first, second = two_links_of_three()

    close_round(measurement=first.round, on=TODAY())

    first.refresh_from_db()
    assert first.closed_on == TODAY()
    assert find_sheet(secrets_of(second)[0], on=TODAY()) is None
    assert Conversation.objects.get().people == 6


def test_the_night_counts_what_waits_behind_a_last_day_that_is_over(monkeypatch):
    first, _ = two_links_of_three()
    later = first.closes_on + timedelta(days=1)
    monkeypatch.setattr(tasks.timezone, "localdate", lambda: later)

    settled = [tasks.settle_links(), tasks.settle_links()]

    assert settled == [1, 0]
    assert Conversation.objects.get().people == 6


def test_settling_while_links_are_open_changes_nothing():
    first, _ = two_links_of_three()
    before = sorted(WaitingAnswer.objects.values_list("organisation_id", "value"))

    settle(measurement=first.round, on=TODAY())

    assert before == sorted(
        WaitingAnswer.objects.values_list("organisation_id", "value")
    )


# --- who answered what stays unknown ----------------------------------------

NO_COLUMN_FOR = re.compile(
    "user|person|name|naam|ip|agent|time|moment|_at$|_on$|date|day|token|code|link|seat"
)


@pytest.mark.parametrize("model", [WaitingAnswer, WrittenAnswer])
def test_an_answer_has_no_column_that_could_lead_to_somebody(model):
    columns = {field.column for field in model._meta.concrete_fields}

    # What the appointed person does with a text, days after it came in with four others.
    columns -= {
        "redaction",
        "redacted_on",
        "original",
        "withheld_because",
        "is_among_five",
    }
    assert columns - {"value", "text"} == {
        "id",
        "round_id",
        "organisation_id",
        "category",
        "question_id",
    }
    assert [column for column in columns if NO_COLUMN_FOR.search(column)] == []


def test_a_code_knows_nothing_but_its_link():
    columns = {field.column for field in AnswerCode._meta.concrete_fields}

    assert columns == {"id", "link_id", "token_hash"}


def test_every_sheet_that_arrives_gives_all_that_waits_other_numbers():
    link = AnswerLinkFactory()
    send(link, text="De eerste tekst")
    before = set(WaitingAnswer.objects.values_list("pk", flat=True))
    text_before = WrittenAnswer.objects.get().pk

    send(link)

    assert before.isdisjoint(WaitingAnswer.objects.values_list("pk", flat=True))
    assert text_before != WrittenAnswer.objects.get(text="De eerste tekst").pk


def test_the_order_of_what_waits_is_not_the_order_of_arrival():
    link = AnswerLinkFactory()
    orders = set()

    for _ in range(12):
        WrittenAnswer.objects.all().delete()
        WaitingAnswer.objects.all().delete()
        for text in ("een", "twee", "drie", "vier"):
            send(link, option=None, points=None, text=text)
        orders.add(tuple(WrittenAnswer.objects.values_list("text", flat=True)))

    assert len(orders) > 1


def test_nobody_opens_the_sheet_of_answers_by_link(project, coordinator, sign_in_as):
    link = AnswerLinkFactory(project=project, created_by=coordinator)
    for _ in range(5):
        send(link)
    client = sign_in_as(coordinator)
    sheet = sheet_of(link)

    review = client.get(
        reverse("rechtencirkel:sheet_review", args=[project.pk, sheet.pk])
    )
    detail = client.get(sheet.get_absolute_url())

    assert review.status_code == 403
    assert "Er is geen blad per persoon" in detail.content.decode()


# --- the public page --------------------------------------------------------


def test_answering_starts_no_session_and_leaves_no_cookie_and_no_trace(caplog):
    link = AnswerLinkFactory()
    client = Client(
        enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=PHONE
    )
    caplog.set_level("DEBUG")
    page = client.get(url(secrets_of(link)[0]))
    secret = re.search(
        'csrfmiddlewaretoken" value="(.+?)"', page.content.decode()
    ).group(1)

    answer = client.post(
        url(secrets_of(link)[0]), typed(link) | {"csrfmiddlewaretoken": secret}
    )

    assert list(page.cookies) == ["csrftoken"]
    assert page.cookies["csrftoken"]["max-age"] == ""
    assert "Bedankt" in answer.content.decode()
    assert [c.value for c in client.cookies.values()] == [""]
    assert ADDRESS not in caplog.text
    assert PHONE not in caplog.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_cookie_of_whoever_is_signed_in_stays(project, member, sign_in_as):
    link = AnswerLinkFactory(project=project)
    client = sign_in_as(member)

    answer = client.post(url(secrets_of(link)[0]), typed(link))

    assert "Bedankt" in answer.content.decode()
    assert "csrftoken" not in answer.cookies


def gone_pages():
    used = AnswerLinkFactory(single_use=True)
    send(used, secrets_of(used)[0])
    closed = AnswerLinkFactory(closed=True)
    over = AnswerLinkFactory(closes_on=TODAY() - timedelta(days=1))
    other_round = AnswerLinkFactory()
    close_round(measurement=other_round.round, on=TODAY())
    return [
        url("onbekend"),
        *(url(secrets_of(link)[0]) for link in (used, closed, over, other_round)),
    ]


def test_unknown_used_closed_and_late_look_the_same(client):
    found = [client.get(path) for path in gone_pages()]

    assert {answer.status_code for answer in found} == {410}
    assert len({answer.content for answer in found}) == 1
    assert "Met deze link kun je niet antwoorden" in found[0].content.decode()
    assert not client.cookies


def test_the_sheet_asks_only_the_domains_of_the_link(client):
    link = AnswerLinkFactory(domains=(ServiceDomain.ACCESS,))

    page = client.get(url(secrets_of(link)[0])).content.decode()

    assert "domein-tgg" in page
    assert "domein-ont" not in page
    assert "We tonen resultaten pas vanaf 5 antwoorden." in page
    assert page.count("<span>Weet ik niet / geen antwoord") == 2


def test_the_sheet_says_nothing_of_what_others_answered(client):
    link = AnswerLinkFactory()
    for number in range(5):
        send(link, text=f"Heel bijzondere tekst {number}")

    page = client.get(url(secrets_of(link)[0])).content.decode()

    assert "bijzondere" not in page
    assert link.project.title not in page
    assert "gesprekken" not in page


def test_an_empty_sheet_is_sent_back_with_a_sentence(client):
    link = AnswerLinkFactory()

    page = client.post(url(secrets_of(link)[0]), {})

    assert NOTHING_SAID in page.content.decode()
    assert WaitingAnswer.objects.count() == 0


def test_a_text_that_is_too_long_is_kept_with_a_sentence_at_the_field(client):
    link = AnswerLinkFactory()

    page = client.post(url(secrets_of(link)[0]), typed(link, text="x" * 4001))

    field = form_on(page).xpath(".//textarea")[0]
    assert field.text.strip() == "x" * 4001
    assert "4000" in field.getparent().text_content()
    assert WrittenAnswer.objects.count() == 0


def test_a_body_that_is_far_too_large_is_refused(client):
    link = AnswerLinkFactory()

    answer = client.post(
        url(secrets_of(link)[0]),
        "last=" + "x" * 3_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 400


def test_a_flood_on_one_link_is_stopped_and_the_text_stays(client, monkeypatch):
    monkeypatch.setattr("rechtencirkel.views.answers.MOST_SHEETS", 2)
    link, other = AnswerLinkFactory(), AnswerLinkFactory()
    secret = secrets_of(link)[0]
    taken = [client.post(url(secret), typed(link)).status_code for _ in range(2)]

    refused = client.post(url(secret), typed(link, text="Dit blijft staan"))

    assert taken == [200, 200]
    assert refused.status_code == 429
    assert "Dit blijft staan" in refused.content.decode()
    assert WrittenAnswer.objects.count() == 2
    assert client.post(url(secrets_of(other)[0]), typed(other)).status_code == 200


def test_a_code_that_was_used_while_the_sheet_was_open_is_told_kindly(client):
    link = AnswerLinkFactory(single_use=True)
    secret = secrets_of(link)[0]
    client.post(url(secret), typed(link))

    answer = client.post(url(secret), typed(link))

    assert answer.status_code == 410
    assert WrittenAnswer.objects.count() == 1


# --- the pages of the coordinator -------------------------------------------


@pytest.fixture
def with_a_round(project):
    return RoundFactory(project=project)


def link_form(service, **changed):
    return {
        "organisation": service.pk,
        "category": RespondentCategory.SOCIAL_WORK,
        "domains": [ServiceDomain.ACCESS],
        "is_single_use": "one",
        "codes_made": "",
        "closes_on": str(TODAY() + timedelta(days=7)),
        "contact": "Els",
        "told_on": "",
    } | changed


def make(client, project, **changed):
    service = project.organisations.first() or OrganisationFactory(project=project)
    return client.post(
        reverse("rechtencirkel:link_create", args=[project.pk]),
        link_form(service, **changed),
    )


def test_the_coordinator_makes_a_link_and_gets_its_address_and_text(
    project, with_a_round, coordinator, sign_in_as
):
    client = sign_in_as(coordinator)

    made = make(client, project)

    link = project.answer_links.get()
    page = client.get(made.url).content.decode()
    assert f"http://testserver{url(secrets_of(link)[0])}" in page
    assert 'class="qr"' in page
    assert "We tonen niets onder 5 antwoorden." in page
    assert (link.created_by, link.round) == (coordinator, with_a_round)


def test_a_batch_of_codes_gets_a_slip_each(
    project, with_a_round, coordinator, sign_in_as
):
    client = sign_in_as(coordinator)

    made = make(client, project, is_single_use="codes", codes_made="4")

    page = client.get(made.url).content.decode()
    assert page.count('class="qr"') == 4
    assert project.answer_links.get().codes.count() == 4


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"is_single_use": "codes"}, "Vul een getal in van 1 tot 60."),
        ({"is_single_use": "codes", "codes_made": "61"}, "van 1 tot 60."),
        ({"closes_on": "2020-01-01"}, "De sluitingsdag is al voorbij."),
        ({"told_on": str(TODAY())}, "Kies een dag na het sluiten van de link."),
        ({"category": RespondentCategory.NOT_YET}, "Kies een van de mogelijkheden."),
        ({"domains": []}, "Kies minstens één mogelijkheid."),
    ],
)
def test_a_link_that_cannot_be_right_is_refused(
    project, with_a_round, coordinator, sign_in_as, changed, sentence
):
    page = make(sign_in_as(coordinator), project, **changed)

    assert sentence in page.content.decode()
    assert not project.answer_links.exists()


def test_a_service_of_another_project_is_refused(
    project, with_a_round, coordinator, sign_in_as
):
    page = make(sign_in_as(coordinator), project, organisation=OrganisationFactory().pk)

    assert "Kies een van de mogelijkheden." in page.content.decode()
    assert not project.answer_links.exists()


def test_without_a_measurement_no_link_is_made(project, coordinator, sign_in_as):
    answer = make(sign_in_as(coordinator), project)

    assert answer.url == reverse("rechtencirkel:round_list", args=[project.pk])


@pytest.mark.parametrize(("sent", "said"), [(4, "Nog geen 5"), (5, "5"), (9, "5")])
def test_the_list_tells_only_what_was_counted_by_fives(
    project, member, sign_in_as, sent, said
):
    link = AnswerLinkFactory(project=project)
    for _ in range(sent):
        send(link)

    page = sign_in_as(member).get(reverse("rechtencirkel:link_list", args=[project.pk]))

    text = " ".join(page.content.decode().split())
    wanted = "Nog geen 5 antwoorden geteld" if sent < 5 else f"<strong>{said}</strong>"
    assert wanted in text
    assert secrets_of(link)[0] not in text


def test_the_coordinator_closes_a_link(project, coordinator, sign_in_as):
    link = AnswerLinkFactory(project=project)
    client = sign_in_as(coordinator)
    path = reverse("rechtencirkel:link_close", args=[project.pk, link.pk])

    client.post(path)
    again = client.post(path, follow=True)

    link.refresh_from_db()
    assert link.closed_on == TODAY()
    assert "al gesloten" in again.content.decode()
    assert (
        secrets_of(link)[0] not in client.get(link.get_absolute_url()).content.decode()
    )


def test_a_drawing_escapes_its_label():
    drawn = draw_qr("http://testserver/antwoord/x/", "<b>")

    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn


@pytest.fixture
def sign_in_as():
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def test_someone_without_a_role_sees_no_link(project, sign_in_as):
    link = AnswerLinkFactory(project=project)

    answer = sign_in_as(UserFactory()).get(link.get_absolute_url())

    assert answer.status_code == 404


def test_counting_five_sheets_costs_the_same_whatever_was_counted_before(
    django_assert_max_num_queries,
):
    link = AnswerLinkFactory()
    for points in (1, 2, 3, 4, 5, 6, 7, 8, 9):
        send(link, points=points)

    with django_assert_max_num_queries(50):
        send(link, points=10, option=AnswerOption.FIRST)

    assert sheet_of(link).people == 10
    assert faults_of_answers() == []


def told_of(project):
    """Return how many people stand behind every number that anybody may see.

    On the pages: the sums of the newest publications. On the list of talks: the people.
    """
    cells = {}
    for sheet in project.conversations.filter(kind=ConversationKind.BY_LINK):
        cells["people", sheet.pk] = sheet.people
    for page in Publication.objects.filter(round__project=project).newest():
        cells["points", page.domain] = sum(page.points)
        for row in part_rows_of(page):
            cells["part", page.domain, row.parts] = sum(row.points)
        for code, counts in page.options.items():
            cells["option", code] = sum(counts)
        cells["people", page.side, page.domain] = page.people
    for question in WrittenAnswer.objects.redactable().values_list(
        "question", flat=True
    ):
        cells["text", question] = cells.get(("text", question), 0) + 1
    return cells


@pytest.mark.parametrize("seed", range(6))
def test_between_two_pages_no_number_changes_by_one_to_four_people(seed):
    chance = Random(seed)  # noqa: S311 - a reproducible test, no secret
    project = ProjectFactory()
    links = [
        AnswerLinkFactory(
            project=project, domains=(ServiceDomain.ACCESS, ServiceDomain.PREVENTION)
        )
        for _ in range(4)
    ]
    changes = set()
    before = told_of(project)
    for step in range(48):
        if step in (20, 30, 39, 47):
            close_link(link=links.pop(), on=TODAY())
        else:
            send(
                chance.choice(links),
                option=chance.choice([*AnswerOption.values, ""]),
                points=chance.choice([2, 5, 8]),
                text=chance.choice(["Een lokaal.", ""]),
                domain=chance.choice([ServiceDomain.ACCESS, ServiceDomain.PREVENTION]),
            )
        after = told_of(project)
        changes |= {n - before.get(cell, 0) for cell, n in after.items()}
        before = after

    assert changes & {1, 2, 3, 4} == set()
    assert min(changes) == 0
    assert max(changes) >= 5
    assert faults_of_answers() == []


def merged_from(project, *sent):
    """Close the links of two small services together; each answers what is given."""
    links = [AnswerLinkFactory(project=project) for _ in range(2)]
    for place, given in enumerate(sent):
        send(links[place % 2], **given)
    for link in links:
        close_link(link=link, on=TODAY())


def test_what_is_merged_twice_adds_nobody_or_five_people():
    project = ProjectFactory()
    only_points, only_option = {"option": None}, {"points": None}
    merged_from(project, *[{}] * 5, only_points)

    merged_from(project, *[only_option] * 5)
    held = WaitingAnswer.objects.count()
    merged_from(project, only_option)

    sheet = Conversation.objects.get()
    assert held == 5
    assert sheet.people == 11
    assert WaitingAnswer.objects.count() == 0
    assert faults_of_answers() == []


def a_talk_of_three(link):
    """Hand in what three colleagues of the same function said at the table."""
    talk = ConversationFactory(
        project=link.project,
        providers=True,
        people=3,
        domains=(ServiceDomain.ACCESS,),
    )
    talk.points_tallies.create(domain=ServiceDomain.ACCESS, points=1, people=3)
    return hand_in(conversation=talk, on=TODAY())


def test_a_talk_of_three_does_not_come_out_because_a_link_grew():
    link = AnswerLinkFactory()
    for _ in range(5):
        send(link)
    talk = a_talk_of_three(link)

    for _ in range(5):
        send(link, points=9)

    page = Publication.objects.newest().get()
    assert page.points == [0, 0, 0, 0, 0, 0, 5, 0, 0, 5, 0]
    assert page.people == 10
    assert talk.totals.get().published_on is None


def test_a_link_comes_out_although_a_talk_of_three_waits():
    link = AnswerLinkFactory()
    a_talk_of_three(link)

    for _ in range(5):
        send(link)

    assert sum(Publication.objects.newest().get().points) == 5


def test_a_domain_that_got_nothing_new_is_not_told_again():
    both = (ServiceDomain.ACCESS, ServiceDomain.PREVENTION)
    link = AnswerLinkFactory(domains=both)
    for domain in both * 5:
        send(link, domain=domain)

    for _ in range(5):
        send(link)

    numbers = Publication.objects.newest().values_list("domain", "number", "people")
    assert sorted(numbers) == [(both[0], 2, 10), (both[1], 1, 5)]
    assert faults_of_answers() == []


# --- the sheet that nobody opens --------------------------------------------


@pytest.fixture
def counted(project, coordinator):
    """Give the one growing sheet of a link with five answers."""
    link = AnswerLinkFactory(project=project, created_by=coordinator)
    for _ in range(5):
        send(link)
    return sheet_of(link)


def test_answers_by_link_are_not_accepted_returned_or_reopened(counted, coordinator):
    when = {"conversation": counted, "on": TODAY(), "by": coordinator}

    with pytest.raises(ValidationError, match="kwamen via een link"):
        accept(**when)
    with pytest.raises(ValidationError, match="kwamen via een link"):
        return_with_question(**when, question="Klopt dit?")
    with pytest.raises(ValidationError, match="kwamen via een link"):
        reopen(**when, reason="Vergissing.", may_withdraw_counted=True)
    with pytest.raises(ValidationError, match="Alleen een ingediend groepsgesprek"):
        mark_read_back(conversation=counted, on=TODAY(), by=coordinator)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("sheet_review", 403),
        ("sheet_closing", 403),
        ("conversation_edit", 403),
        ("conversation_delete", 403),
        ("conversation_questions", 403),
        ("conversation_return", 403),
        ("conversation_answer", 403),
        ("conversation_read_back", 403),
        ("conversation_checklist", 404),
        ("conversation_reopen", 404),
    ],
)
def test_whoever_made_the_link_opens_no_page_of_its_sheet(
    project, coordinator, sign_in_as, counted, name, status
):
    client = sign_in_as(coordinator)

    answer = client.get(reverse(f"rechtencirkel:{name}", args=[project.pk, counted.pk]))

    assert answer.status_code == status


def test_the_page_of_answers_by_link_offers_nothing_to_do(
    project, coordinator, sign_in_as, counted
):
    page = sign_in_as(coordinator).get(counted.get_absolute_url()).content.decode()
    shown = page[page.index("<main") : page.index("</main>")]

    assert "Er is geen blad per persoon" in shown
    assert "Aanvaard" not in shown
    assert "Heropen" not in shown
    assert "Toestemming" not in shown
    assert "<form" not in shown


def test_words_behind_a_link_lie_fast_whether_anybody_answered_or_not():
    link = AnswerLinkFactory()
    closed, *_ = asked(link)
    other = asked(link, ServiceDomain.PREVENTION)[0]

    assert has_answers(closed)
    assert not has_answers(other)


# --- texts: read over first -------------------------------------------------


@pytest.fixture
def redactor(project, coordinator):
    return RedactorFactory(
        project=project, membership=project.memberships.get(user=coordinator)
    )


def five_texts(project, *, last=False):
    link = AnswerLinkFactory(project=project)
    _, written, _ = asked(link)
    for number in range(6):
        send_answers(
            link=link,
            token_hash="",
            sent=Sent(
                values={}, texts={None if last else written.pk: f"Tekst {number}."}
            ),
            on=TODAY(),
        )
    return list(WrittenAnswer.objects.redactable())


def body_of(client, name, *args):
    return client.get(reverse(f"rechtencirkel:{name}", args=args)).content.decode()


def test_only_the_appointed_person_reads_a_text_before_it_is_read_over(
    project, coordinator, member, sign_in_as, redactor
):
    five_texts(project)
    pages = [
        body_of(sign_in_as(user), name, *args)
        for user in (coordinator, member)
        for name, *args in (
            ("domain_detail", project.pk, ServiceDomain.ACCESS),
            ("link_list", project.pk),
            ("conversation_list", project.pk),
        )
    ]
    queue = body_of(sign_in_as(coordinator), "redaction_list", project.pk)
    refused = body_of(sign_in_as(member), "redaction_list", project.pk)

    assert [page for page in [*pages, refused] if "Tekst" in page] == []
    assert [f"Tekst {n}." in queue for n in range(6)] == [True] * 5 + [False]
    assert count_waiting(project=project, user=coordinator, on=TODAY()).mine == 5
    assert count_waiting(project=project, user=member, on=TODAY()).mine == 0


def test_a_text_that_was_read_over_stands_with_the_open_answers(
    project, coordinator, supporter, member, sign_in_as, redactor
):
    first, second, *_ = five_texts(project)
    client = sign_in_as(coordinator)
    for text, decision in ((first, "released"), (second, "withheld")):
        client.post(
            reverse(
                "rechtencirkel:redaction_edit",
                args=[project.pk, WrittenAnswer, text.pk],
            ),
            {"text": "Zo mag het.", "decision": decision, "reason": "Te herkennen."},
        )

    place = ("domain_detail", project.pk, ServiceDomain.ACCESS)
    shown = body_of(sign_in_as(member), *place)

    second.refresh_from_db()
    assert shown.count("Zo mag het.") == 1
    assert "Tekst" not in shown
    assert (second.text, second.original[:5]) == ("", "Tekst")
    assert "Zo mag het." not in body_of(sign_in_as(supporter), *place)


def test_the_last_question_stands_with_the_links(
    project, member, supporter, sign_in_as
):
    first, *_ = five_texts(project, last=True)
    release(words=first, text="Een lokaal met een deur.", on=TODAY())

    page = body_of(sign_in_as(member), "link_list", project.pk)

    assert "Een lokaal met een deur." in page
    assert "Tekst" not in page


def test_the_original_of_a_text_is_wiped_after_thirty_days(project, monkeypatch):
    first, *_ = five_texts(project)
    release(words=first, text="Zo mag het.", on=TODAY() - timedelta(days=30))

    wiped = tasks.wipe_originals()

    first.refresh_from_db()
    assert wiped == 1
    assert (first.original, first.text) == ("", "Zo mag het.")


def test_a_text_of_another_project_is_not_read_over(
    project, coordinator, sign_in_as, redactor
):
    strange, *_ = five_texts(ProjectFactory())

    answer = sign_in_as(coordinator).get(
        reverse(
            "rechtencirkel:redaction_edit",
            args=[project.pk, WrittenAnswer, strange.pk],
        )
    )

    assert answer.status_code == 404


# --- the questions as they are asked now ------------------------------------


def page_of(client, link, query=""):
    return client.get(url(secrets_of(link)[0]) + query).content.decode()


def test_a_hidden_question_is_not_asked(client):
    link = AnswerLinkFactory()
    closed, written, _ = asked(link)
    RoundQuestion.objects.filter(pk=closed.pk).update(is_hidden=True)

    page = page_of(client, link)

    assert f"keuze-{closed.pk}" not in page
    assert f"tekst-{written.pk}" in page


def test_an_own_question_is_asked_and_a_reworded_one_has_a_star(client):
    link = AnswerLinkFactory()
    closed, *_ = asked(link)
    plain = page_of(client, link)
    RoundQuestion.objects.filter(pk=closed.pk).update(
        published_text=closed.text, text="Kan iedereen bij jullie binnen?"
    )
    own = RoundQuestionFactory(
        own=True, round=link.round, side=Side.PROVIDERS, domain=ServiceDomain.ACCESS
    )

    page = page_of(client, link)

    assert "in eigen woorden" not in plain
    assert 'Kan iedereen bij jullie binnen?<span aria-hidden="true">*</span>' in page
    assert "Jullie gemeente stelt deze vraag in eigen woorden" in page
    assert f"keuze-{own.pk}" in page


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_question_says_after_which_answer_it_is_asked(client, is_hidden):
    link = AnswerLinkFactory()
    closed, written, _ = asked(link)
    RoundQuestion.objects.filter(pk=written.pk).update(
        depends_on=closed, depends_options=(AnswerOption.FIRST,)
    )
    RoundQuestion.objects.filter(pk=closed.pk).update(is_hidden=is_hidden)

    page = page_of(client, link)

    waits = f'data-waits-for="keuze-{closed.pk}-{AnswerOption.FIRST}"'
    assert (waits in page) is not is_hidden
    assert (f'id="keuze-{closed.pk}-{AnswerOption.FIRST}"' in page) is not is_hidden
    assert f"tekst-{written.pk}" in page


def test_a_question_says_why_it_is_asked(client):
    link = AnswerLinkFactory()
    closed, *_ = asked(link)
    RoundQuestion.objects.filter(pk=closed.pk).update(
        reason="Wie wacht, haakt af.", pictogram=Pictogram.values[0]
    )

    page = page_of(client, link)

    assert "Waarom? Wie wacht, haakt af." in page
    assert f"#{Pictogram(Pictogram.values[0]).icon}" in page


@pytest.mark.parametrize(
    ("asked_for", "mark"),
    [("?taal=ar", 'lang="ar" dir="rtl">سؤال'), ("?taal=xx", ""), ("?taal=nl", "")],
)
def test_the_questions_stand_in_another_language_beside_the_dutch(
    client, asked_for, mark
):
    link = AnswerLinkFactory()
    closed, *_ = asked(link)
    QuestionTranslationFactory(
        question=closed, language=QuestionLanguage.ARABIC, text="سؤال"
    )

    page = page_of(client, link, asked_for)

    assert closed.text in page
    assert ("سؤال" in page) is bool(mark)
    assert mark in page
    assert page.count('class="spoken"') == (6 if mark else 0)
    assert ("العربية" in page, "Türkçe" in page) == (True, False)


def test_an_answer_to_words_that_changed_is_asked_again(client):
    link = AnswerLinkFactory()
    address = url(secrets_of(link)[0])
    posted = typed(link) | {"asked": "other"}

    answer = client.post(address, posted)

    assert answer.status_code == 409
    assert "De vragen zijn intussen veranderd" in answer.content.decode()
    assert "Een rustig lokaal." in answer.content.decode()
    assert WaitingAnswer.objects.count() == 0


def test_a_name_in_a_text_is_asked_about_once(client):
    link = AnswerLinkFactory()
    address = url(secrets_of(link)[0])
    posted = typed(link, text="Bel mevrouw Peeters.")
    first = client.post(address, posted)
    seen = re.findall('name="privacy_seen" value="(.+?)"', first.content.decode())

    second = client.post(address, posted | {"privacy_seen": seen})

    assert "Mag het toch blijven staan? Verstuur dan opnieuw." in first.content.decode()
    assert "Bedankt" in second.content.decode()
