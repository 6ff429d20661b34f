"""Words before and after somebody is appointed, barriers, and few people behind an answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import QuoteUse, RedactionState, ServiceDomain
from rechtencirkel.models import BarrierMention, OpenAnswer, Quote
from rechtencirkel.services import (
    appoint_redactor,
    attach_evidence,
    count_waiting,
    release,
    shown_evidence,
    withhold,
)
from rechtencirkel.tasks import wipe_originals
from tests.factories import (
    BarrierMentionFactory,
    ConversationFactory,
    OpenAnswerFactory,
    ProblemStatementFactory,
    QuoteFactory,
    RoundFactory,
    hand_in,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
ACCESS = ServiceDomain.ACCESS
NAMED = "Mevrouw Peeters stuurde me weg."
REWORDED = "Iemand aan het loket stuurde me weg."


@pytest.fixture
def measurement(project):
    return RoundFactory(project=project)


@pytest.fixture
def tell(project, measurement, grassroots):
    """Publish a talk of services about access, with these words as quote and barrier."""

    def told(*, text=NAMED, ticked=True, people=8):
        talk = ConversationFactory(
            project=project,
            round=measurement,
            entered_by=grassroots,
            providers=True,
            domains=(ACCESS,),
            people=people,
            filled=True,
        )
        talk.quotes.all().delete()
        talk.barriers.all().delete()
        given = {"conversation": talk, "domain": ACCESS, "is_unrecognisable": ticked}
        QuoteFactory(**given, text=text)
        BarrierMentionFactory(**given, text=text)
        hand_in(talk, on=TODAY())
        return talk

    return told


@pytest.fixture
def appoint(project, coordinator):
    def appointed():
        membership = project.memberships.get(user=coordinator)
        return appoint_redactor(project=project, membership=membership, on=TODAY())

    return appointed


def shown():
    """Return what may be read: the quotes and the barriers."""
    return (
        [q.text for q in Quote.objects.shown(TODAY(), QuoteUse.DIALOGUE)],
        [b.text for b in BarrierMention.objects.shown(TODAY())],
    )


def page(client, name, project, *args):
    address = reverse(f"rechtencirkel:{name}", args=[project.pk, *args])
    return client.get(address).content.decode()


# --- with and without an appointed person -----------------------------------


@pytest.mark.parametrize(("ticked", "read"), [(True, [NAMED]), (False, [])])
def test_without_an_appointed_person_the_tick_decides(tell, ticked, read):
    tell(ticked=ticked)

    assert shown() == (read, read)


def test_with_an_appointed_person_words_wait_whatever_was_ticked(tell, appoint):
    appoint()
    talk = tell(ticked=True)
    before = shown()

    for words in (talk.quotes.get(), talk.barriers.get()):
        release(words=words, text=REWORDED, on=TODAY())

    assert before == ([], [])
    assert shown() == ([REWORDED], [REWORDED])


def test_an_appointment_takes_nothing_off_a_page(tell, appoint):
    tell(text="Eerst gezegd.")
    appoint()

    tell(text="Later gezegd.")

    assert shown() == (["Eerst gezegd."], ["Eerst gezegd."])


def test_what_was_not_shown_at_the_appointment_waits(tell, appoint):
    talk = tell(ticked=False)

    appoint()

    assert shown() == ([], [])
    assert not talk.quotes.get().was_shown
    assert not talk.barriers.get().was_shown


def test_somebody_else_takes_over_and_what_waited_still_waits(
    project, tell, appoint, grassroots
):
    appoint()
    tell()

    other = project.memberships.get(user=grassroots)
    appoint_redactor(project=project, membership=other, on=TODAY())

    assert shown() == ([], [])


def test_what_stays_shown_is_in_the_queue_and_can_be_withheld(
    project, tell, appoint, coordinator_client
):
    talk = tell()
    appoint()

    body = page(coordinator_client, "redaction_list", project)
    for words in (talk.quotes.get(), talk.barriers.get()):
        withhold(words=words, because="Een naam.", on=TODAY())

    assert body.count("Dit was al te lezen") == 2
    assert shown() == ([], [])


def test_words_of_an_appointment_that_ended_follow_the_tick_again(
    project, tell, appoint
):
    appoint()
    tell(ticked=True)

    appoint_redactor(project=project, membership=None, on=TODAY())

    assert shown() == ([NAMED], [NAMED])


def test_what_waits_is_counted_until_somebody_is_appointed(
    project, tell, appoint, coordinator
):
    talk = tell()

    unread = count_waiting(project=project, user=coordinator, on=TODAY()).unread
    appoint()

    assert unread == talk.open_answers.count() + 2
    assert count_waiting(project=project, user=coordinator, on=TODAY()).unread == 0


def test_who_may_no_longer_read_sheets_counts_as_nobody(
    project, tell, appoint, coordinator
):
    tell()
    redactor = appoint()

    project.memberships.filter(pk=redactor.membership_id).update(role="member")

    assert count_waiting(project=project, user=coordinator, on=TODAY()).unread > 0


# --- barriers ---------------------------------------------------------------


def test_a_barrier_without_tick_counts_and_keeps_its_words(
    project, tell, member_client
):
    tell(ticked=False)

    listed = page(member_client, "barrier_list", project)
    about = page(member_client, "domain_detail", project, ACCESS)

    assert NAMED not in listed + about
    assert "1 gesprek" in listed
    for body in (listed, about):
        assert "tonen we alleen de soort en het niveau" in body


def test_a_barrier_that_is_shown_needs_no_note(project, tell, member_client):
    tell(ticked=True)

    listed = page(member_client, "barrier_list", project)

    assert NAMED in listed
    assert "tonen we alleen de soort en het niveau" not in listed


def test_a_barrier_is_read_over_on_its_page(
    project, tell, appoint, coordinator_client, member_client
):
    appoint()
    barrier = tell().barriers.get()
    address = reverse(
        "rechtencirkel:redaction_edit", args=[project.pk, BarrierMention, barrier.pk]
    )

    coordinator_client.post(address, {"text": REWORDED, "decision": "released"})

    body = page(member_client, "barrier_list", project)
    assert REWORDED in body
    assert NAMED not in body


def test_what_two_talks_named_alike_waits_once_and_is_decided_once(
    project, tell, appoint, coordinator_client
):
    appoint()
    first, second = tell(), tell()
    address = reverse("rechtencirkel:redaction_list", args=[project.pk])

    waiting = coordinator_client.get(address).context["waiting"]
    barriers = [r.words for r in waiting if isinstance(r.words, BarrierMention)]
    release(words=barriers[0], text=REWORDED, on=TODAY())

    assert len(barriers) == 1
    assert {b.text for t in (first, second) for b in t.barriers.all()} == {REWORDED}


def test_a_barrier_that_is_too_long_is_refused(tell):
    barrier = tell().barriers.get()

    with pytest.raises(ValidationError, match="plaats voor 200"):
        release(words=barrier, text="a" * 201, on=TODAY())

    barrier.refresh_from_db()
    assert barrier.redaction == RedactionState.WAITING


def test_the_same_words_of_two_talks_are_decided_about_once(
    project, tell, appoint, coordinator
):
    appoint()
    first, second = tell(), tell(text=NAMED.upper())
    other = tell(text="Iets anders.")
    OpenAnswer.objects.all().delete()
    Quote.objects.all().delete()

    withhold(words=first.barriers.get(), because="Een naam.", on=TODAY())

    assert second.barriers.get().redaction == RedactionState.WITHHELD
    assert other.barriers.get().redaction == RedactionState.WAITING
    assert count_waiting(project=project, user=coordinator, on=TODAY()).mine == 1


def test_the_original_of_a_barrier_goes_after_thirty_days(tell):
    barrier = tell().barriers.get()
    release(words=barrier, text=REWORDED, on=TODAY() - timedelta(days=30))

    wiped = wipe_originals()

    barrier.refresh_from_db()
    assert (wiped, barrier.original, barrier.text) == (1, "", REWORDED)


@pytest.fixture
def problem(project, measurement, tell):
    """Give a problem that rests on a barrier that two talks named."""
    tell()
    tell()
    problem = ProblemStatementFactory(project=project, stated_on=TODAY())
    evidence = shown_evidence(measurement=measurement, on=TODAY())
    attach_evidence(problem=problem, scores=(), barriers=evidence.barriers, on=TODAY())
    return problem


def test_a_problem_follows_the_new_words_of_its_barrier(problem):
    release(words=BarrierMention.objects.first(), text=REWORDED, on=TODAY())

    copy = problem.barriers.get()
    assert (copy.text, copy.conversations) == (REWORDED, 2)


def test_a_problem_keeps_the_tags_of_a_barrier_that_is_withheld(problem, member_client):
    withhold(words=BarrierMention.objects.first(), because="Een naam.", on=TODAY())

    copy = problem.barriers.get()
    body = member_client.get(problem.get_absolute_url()).content.decode()
    assert (copy.text, copy.conversations) == ("", 2)
    assert NAMED not in body
    assert "De woorden van deze drempel tonen we niet meer." in body


def test_saving_a_problem_keeps_what_lost_its_words(problem, measurement):
    withhold(words=BarrierMention.objects.first(), because="Een naam.", on=TODAY())

    attach_evidence(problem=problem, scores=(), barriers=(), on=TODAY())

    assert problem.barriers.get().text == ""


def test_two_barriers_that_get_the_same_words_become_one(problem, tell, measurement):
    tell(text="Nog iets.")
    evidence = shown_evidence(measurement=measurement, on=TODAY())
    attach_evidence(problem=problem, scores=(), barriers=evidence.barriers, on=TODAY())
    assert problem.barriers.count() == 2

    for text in (NAMED, "Nog iets."):
        mention = BarrierMention.objects.filter(text=text).first()
        release(words=mention, text=REWORDED, on=TODAY())

    assert [barrier.text for barrier in problem.barriers.all()] == [REWORDED]


# --- open answers of few people ---------------------------------------------


@pytest.fixture
def answered(project, measurement):
    """Let talks of so many people answer the same open question, and publish them."""

    def said(*sizes, silent=0):
        question = measurement.questions.filter(
            scale="", side="providers", domain=ACCESS
        ).first()
        answers = []
        for people in sizes:
            talk = small_talk(project, measurement, people)
            answers.append(
                OpenAnswerFactory(
                    conversation=talk, question=question, text=f"Van {people} mensen."
                )
            )
            hand_in(talk, on=TODAY())
        if silent:
            hand_in(small_talk(project, measurement, silent), on=TODAY())
        return answers

    return said


def small_talk(project, measurement, people):
    talk = ConversationFactory(
        project=project,
        round=measurement,
        providers=True,
        domains=(ACCESS,),
        people=people,
        filled=True,
    )
    talk.open_answers.all().delete()
    return talk


@pytest.mark.parametrize(
    ("sizes", "silent", "redactable"),
    [
        ((5,), 0, 1),
        # The others of that side did not answer this question.
        ((3,), 8, 0),
        ((4,), 5, 0),
        ((2, 2), 8, 0),
        ((2, 3), 0, 2),
        ((1, 6), 0, 2),
    ],
)
def test_behind_an_answer_stand_five_people_who_were_asked_the_same(
    answered, sizes, silent, redactable
):
    answered(*sizes, silent=silent)

    assert OpenAnswer.objects.redactable(TODAY()).count() == redactable


def test_an_answer_of_few_is_read_by_nobody_and_counted_by_nobody(
    project, appoint, answered, coordinator, coordinator_client
):
    appoint()
    answers = answered(3, silent=8)
    Quote.objects.all().delete()
    BarrierMention.objects.all().delete()

    body = page(coordinator_client, "redaction_list", project)
    address = reverse(
        "rechtencirkel:redaction_edit", args=[project.pk, OpenAnswer, answers[0].pk]
    )

    assert answers[0].text not in body
    assert coordinator_client.get(address).status_code == 404
    assert count_waiting(project=project, user=coordinator, on=TODAY()).mine == 0


def test_an_answer_of_few_that_was_released_before_is_not_shown(
    project, answered, member_client
):
    (answer,) = answered(3, silent=8)

    release(words=answer, text="Toch vrijgegeven.", on=TODAY())

    assert "Toch vrijgegeven." not in page(
        member_client, "domain_detail", project, ACCESS
    )


def test_answers_of_small_talks_are_shown_together(project, answered, member_client):
    for answer in answered(2, 3):
        release(words=answer, text=answer.text, on=TODAY())

    body = page(member_client, "domain_detail", project, ACCESS)

    assert "Van 2 mensen." in body
    assert "Van 3 mensen." in body


# --- the order of quotes ----------------------------------------------------


def test_quotes_stand_in_an_order_that_stays_and_is_not_that_of_typing(
    tell, member_client, project
):
    talk = tell()
    for number in range(12):
        QuoteFactory(
            conversation=talk, domain=ACCESS, text=f"Uitspraak nummer {number}."
        )
    typed = list(talk.quotes.values_list("text", flat=True))

    listed, again = (
        [quote.text for quote in talk.quotes.shown(TODAY(), use).in_no_order()]
        for use in (QuoteUse.DIALOGUE, QuoteUse.REPORT)
    )

    body = page(member_client, "domain_detail", project, ACCESS)
    assert listed == again
    assert sorted(listed) == sorted(typed)
    assert listed != typed
    assert sorted(listed, key=body.index) == listed
