"""Reading over: who may, what becomes of the words, and when the original goes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import QuoteUse, RedactionState, ServiceDomain
from projects.models import Role
from rechtencirkel.models import (
    DAYS_ORIGINAL_KEPT,
    BarrierMention,
    Conversation,
    OpenAnswer,
    Quote,
    Redactor,
)
from rechtencirkel.services import (
    appoint_redactor,
    count_waiting,
    release,
    save_page,
    withdraw_quote,
    withhold,
)
from rechtencirkel.sheet import read_page
from rechtencirkel.sheet_drawing import stored_page
from rechtencirkel.tasks import wipe_originals
from tests.factories import (
    ConversationFactory,
    MembershipFactory,
    QuoteFactory,
    RedactorFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
NAMED = "Mevrouw Peeters van het loket stuurde me weg."
REWORDED = "Iemand aan het loket stuurde me weg."


@pytest.fixture
def talk(project, grassroots):
    """Give a talk that counts, with two pages of answers and quotes."""
    return ConversationFactory(project=project, entered_by=grassroots, read_back=True)


@pytest.fixture
def answer(talk):
    answer = talk.open_answers.filter(question__domain=ServiceDomain.ACCESS).first()
    OpenAnswer.objects.filter(pk=answer.pk).update(text=NAMED)
    answer.refresh_from_db()
    return answer


@pytest.fixture
def quote(talk):
    return QuoteFactory(
        conversation=talk,
        domain=ServiceDomain.ACCESS,
        text=NAMED,
        is_unrecognisable=False,
    )


@pytest.fixture
def appointed(project, coordinator):
    return RedactorFactory(
        project=project, membership=project.memberships.get(user=coordinator)
    )


def url(name, project, *args):
    return reverse(f"rechtencirkel:{name}", args=[project.pk, *args])


def domain_page(client, project):
    page = client.get(url("domain_detail", project, ServiceDomain.ACCESS))
    return page.content.decode()


def edit_url(project, words):
    return url("redaction_edit", project, type(words), words.pk)


def yes(text=REWORDED):
    return {"text": text, "decision": "released"}


# --- who reads over ---------------------------------------------------------


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SUPPORTER])
def test_nobody_without_access_to_sheets_is_appointed(project, role):
    membership = MembershipFactory(project=project, role=role)

    with pytest.raises(ValidationError, match="Alleen zij mogen verslagen lezen"):
        appoint_redactor(project=project, membership=membership, on=TODAY())

    assert not Redactor.objects.exists()


def test_somebody_of_another_project_is_not_appointed(project):
    stranger = MembershipFactory(role=Role.GRASSROOTS)

    with pytest.raises(ValidationError, match="uit dit project"):
        appoint_redactor(project=project, membership=stranger, on=TODAY())


def test_a_project_has_one_person_who_reads_over(project):
    first, second = (
        MembershipFactory(project=project, role=Role.GRASSROOTS) for _ in range(2)
    )

    for membership in (first, second):
        appoint_redactor(project=project, membership=membership, on=TODAY())

    assert Redactor.objects.get().membership == second


def test_being_appointed_again_keeps_the_first_day(project, appointed):
    since = appointed.appointed_on

    appoint_redactor(project=project, membership=appointed.membership, on=TODAY())

    assert Redactor.objects.get().appointed_on == since


def test_an_appointment_goes_with_the_access(appointed):
    appointed.membership.delete()

    assert not Redactor.objects.exists()


def test_the_coordinator_appoints_and_takes_back(project, coordinator_client):
    somebody = MembershipFactory(project=project, role=Role.GRASSROOTS)
    page = url("redactor_edit", project)

    coordinator_client.post(page, {"membership": somebody.pk})
    chosen = Redactor.objects.get().membership
    coordinator_client.post(page, {"membership": ""})

    assert chosen == somebody
    assert not Redactor.objects.exists()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.GRASSROOTS])
def test_a_forged_choice_of_person_is_refused(project, coordinator_client, role):
    stranger = MembershipFactory(role=role)
    member = MembershipFactory(project=project, role=Role.MEMBER)

    for forged in (stranger.pk, member.pk, "9" * 30, "nele"):
        page = coordinator_client.post(
            url("redactor_edit", project), {"membership": forged}
        )
        assert "Kies een van de mogelijkheden." in page.content.decode()

    assert not Redactor.objects.exists()


def test_who_is_not_appointed_is_told_who_is(
    project, appointed, answer, grassroots_client
):
    for address in (url("redaction_list", project), edit_url(project, answer)):
        page = grassroots_client.get(address)
        body = page.content.decode()
        assert page.status_code == 403
        assert str(appointed) in body
        assert NAMED not in body


def test_a_coordinator_who_is_not_appointed_can_appoint(project, coordinator_client):
    page = coordinator_client.get(url("redaction_list", project))

    assert page.status_code == 403
    assert url("redactor_edit", project) in page.content.decode()


def test_an_appointed_person_who_became_a_member_reads_nothing(
    project, appointed, answer, coordinator_client
):
    project.memberships.filter(pk=appointed.membership_id).update(role=Role.MEMBER)

    page = coordinator_client.get(url("redaction_list", project))
    waiting = count_waiting(
        project=project, user=appointed.membership.user, on=TODAY()
    ).mine

    assert page.status_code == 403
    assert NAMED not in page.content.decode()
    assert waiting == 0


# --- what waits -------------------------------------------------------------


def test_the_queue_names_no_conversation_and_no_day(
    project, appointed, talk, answer, coordinator_client
):
    Conversation.objects.filter(pk=talk.pk).update(
        title="De groep van woensdag", place="Een zaaltje", guide="Begeleider X"
    )

    body = coordinator_client.get(url("redaction_list", project)).content.decode()

    assert NAMED in body
    for secret in ("De groep van woensdag", "Een zaaltje", "Begeleider X"):
        assert secret not in body
    assert url("conversation_detail", project, talk.pk) not in body


def test_only_words_of_talks_that_count_wait(project, appointed, coordinator):
    ConversationFactory(project=project, filled=True)

    waiting = count_waiting(project=project, user=coordinator, on=TODAY()).mine

    assert waiting == 0


@pytest.mark.parametrize(
    ("fields", "waits"),
    [({}, 1), ({"uses": ()}, 0), ({"uses": [QuoteUse.OUTSIDE]}, 1)],
)
def test_a_quote_without_consent_has_nothing_to_read_over(
    project, appointed, coordinator, talk, fields, waits
):
    OpenAnswer.objects.all().delete()
    BarrierMention.objects.all().delete()
    Quote.objects.all().delete()
    QuoteFactory(conversation=talk, **fields)

    waiting = count_waiting(project=project, user=coordinator, on=TODAY()).mine

    assert waiting == waits


def test_only_the_appointed_person_has_something_waiting(
    project, appointed, talk, coordinator, grassroots, django_assert_num_queries
):
    def counted(user):
        return count_waiting(project=project, user=user, on=TODAY()).mine

    with django_assert_num_queries(2):
        mine, theirs = counted(coordinator), counted(grassroots)

    kinds = (talk.quotes, talk.open_answers, talk.barriers)
    assert mine == sum(words.count() for words in kinds)
    assert theirs == 0


# --- what becomes of the words ----------------------------------------------


def test_words_that_were_withdrawn_are_not_read_over(quote):
    withdraw_quote(quote=quote, on=TODAY())

    for redact in (
        lambda: release(words=quote, text=REWORDED, on=TODAY()),
        lambda: withhold(words=quote, because="Een naam.", on=TODAY()),
    ):
        with pytest.raises(ValidationError, match="intussen ingetrokken"):
            redact()


def test_a_release_without_words_and_a_refusal_without_reason_are_refused(answer):
    with pytest.raises(ValidationError, match="Schrijf hier"):
        release(words=answer, text="", on=TODAY())
    with pytest.raises(ValidationError, match="Zeg waarom"):
        withhold(words=answer, because="", on=TODAY())

    answer.refresh_from_db()
    assert answer.redaction == RedactionState.WAITING


def test_a_recognisable_quote_is_shown_only_as_it_was_reworded(
    project, appointed, quote, coordinator_client, member_client
):
    before = domain_page(member_client, project)

    coordinator_client.post(edit_url(project, quote), yes())

    after = domain_page(member_client, project)
    assert NAMED not in before
    assert REWORDED not in before
    assert NAMED not in after
    assert REWORDED in after


def test_a_quote_that_is_withheld_disappears(project, talk, member_client):
    shown = talk.quotes.get(domain=ServiceDomain.ACCESS)
    before = domain_page(member_client, project)

    withhold(words=shown, because="Iedereen weet wie dit zei.", on=TODAY())

    assert shown.text in before
    assert shown.text not in domain_page(member_client, project)


def test_who_changes_their_mind_keeps_the_first_original_and_its_day(answer):
    first = TODAY() - timedelta(days=10)
    release(words=answer, text=REWORDED, on=first)

    withhold(words=answer, because="Toch niet.", on=TODAY())
    again = release(words=answer, text="Iemand.", on=TODAY())

    assert (again.original, again.redacted_on) == (NAMED, first)
    assert again.withheld_because == ""


@pytest.mark.parametrize(
    ("posted", "field", "sentence"),
    [
        ({"decision": "released", "text": ""}, "text", "Schrijf hier"),
        ({"decision": "withheld", "text": "x"}, "reason", "Zeg waarom"),
        ({"decision": "gone", "text": "x"}, "decision", "Kies een van"),
        ({"decision": "released", "text": "a" * 4001}, "text", "te lang: 4001"),
        ({"decision": "released", "text": "a\x00"}, "text", "tekens? niet|null|teken"),
    ],
)
def test_a_wrong_decision_stays_on_the_page(
    project, appointed, answer, coordinator_client, posted, field, sentence
):
    page = coordinator_client.post(edit_url(project, answer), posted)

    errors = " ".join(page.context["form"].errors[field])
    answer.refresh_from_db()
    assert page.status_code == 200
    assert any(part in errors.lower() for part in sentence.lower().split("|"))
    assert answer.redaction == RedactionState.WAITING


def test_words_of_another_project_are_not_found(project, appointed, coordinator_client):
    elsewhere = ConversationFactory(read_back=True)

    for words in (elsewhere.quotes.first(), elsewhere.open_answers.first()):
        page = coordinator_client.post(edit_url(project, words), yes())
        assert page.status_code == 404


# --- the original -----------------------------------------------------------


def test_the_page_says_when_the_original_goes(
    project, appointed, answer, coordinator_client
):
    release(words=answer, text=REWORDED, on=TODAY())

    body = coordinator_client.get(edit_url(project, answer)).content.decode()

    assert "Het origineel wordt gewist op" in body
    assert NAMED in body


@pytest.mark.parametrize(("days", "is_kept"), [(29, True), (30, False), (45, False)])
def test_an_original_is_kept_for_thirty_days(answer, days, is_kept):
    release(words=answer, text=REWORDED, on=TODAY() - timedelta(days=days))

    wiped = [wipe_originals(), wipe_originals()]

    answer.refresh_from_db()
    assert DAYS_ORIGINAL_KEPT == 30
    assert answer.text == REWORDED
    assert bool(answer.original) is is_kept
    assert wiped == ([0, 0] if is_kept else [1, 0])


def test_withheld_words_are_gone_with_their_original(
    project, appointed, answer, coordinator_client
):
    withhold(words=answer, because="Een naam.", on=TODAY() - timedelta(days=30))
    wipe_originals()

    page = coordinator_client.get(edit_url(project, answer))

    answer.refresh_from_db()
    assert (answer.text, answer.original) == ("", "")
    assert page.status_code == 404
    with pytest.raises(ValidationError, match="origineel is gewist"):
        release(words=answer, text="Iets.", on=TODAY())


# --- open answers in the analysis -------------------------------------------


def test_an_open_answer_is_shown_only_after_reading_over(
    project, answer, member_client, supporter_client
):
    before = domain_page(member_client, project)

    release(words=answer, text=REWORDED, on=TODAY())

    assert NAMED not in before
    assert REWORDED in domain_page(member_client, project)
    assert REWORDED not in domain_page(supporter_client, project)


@pytest.mark.parametrize(("people", "is_shown"), [(4, False), (5, True)])
def test_behind_an_open_answer_stand_five_people(
    project, grassroots, member_client, people, is_shown
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, people=people, read_back=True
    )
    answer = talk.open_answers.filter(question__domain=ServiceDomain.ACCESS).first()
    release(words=answer, text=REWORDED, on=TODAY())

    assert (REWORDED in domain_page(member_client, project)) is is_shown


def test_an_open_answer_leads_to_no_conversation_and_no_day(
    project, talk, answer, member_client
):
    Quote.objects.all().delete()
    release(words=answer, text=REWORDED, on=TODAY())

    body = domain_page(member_client, project)

    section = body[body.index('id="woorden"') :].split("</section>")[0]
    assert REWORDED in section
    assert "href" not in section
    assert str(talk.held_on.year) not in section
    assert str(talk) not in section


# --- reopening and saving again ---------------------------------------------


def save_as_typed(talk, **changed):
    domain = ServiceDomain.ACCESS
    questions = list(talk.round.questions.filter(domain=domain, side=talk.side))
    typed = stored_page(talk, domain) | changed
    page = read_page(typed, questions=questions, people=talk.people)
    save_page(conversation=talk, domain=domain, page=page, version=talk.version)


@pytest.fixture
def draft(project, grassroots):
    return ConversationFactory(project=project, entered_by=grassroots, filled=True)


def test_saving_the_same_words_keeps_their_rows(draft):
    rows = set(draft.quotes.values_list("pk", "text"))
    answers = set(draft.open_answers.values_list("pk", "text"))

    save_as_typed(draft)

    assert set(draft.quotes.values_list("pk", "text")) == rows
    assert set(draft.open_answers.values_list("pk", "text")) == answers


def test_other_words_wait_again_and_other_consent_is_kept(draft):
    quote = draft.quotes.get(domain=ServiceDomain.ACCESS)

    save_as_typed(draft, **{"quote-0-outside": "", "quote-0-report": ""})
    quote.refresh_from_db()
    uses = quote.uses
    save_as_typed(draft, **{"quote-0-text": "Iets anders."})

    assert uses == (QuoteUse.DIALOGUE,)
    assert not Quote.objects.filter(pk=quote.pk).exists()
    assert draft.quotes.get(text="Iets anders.").redaction == RedactionState.WAITING


def test_withheld_words_survive_a_second_save(draft):
    answer = draft.open_answers.filter(question__domain=ServiceDomain.ACCESS).first()
    withhold(words=answer, because="Een naam.", on=TODAY())

    save_as_typed(draft)

    answer.refresh_from_db()
    assert answer.withheld_because == "Een naam."
