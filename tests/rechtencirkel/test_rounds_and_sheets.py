from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kader.vocabulary import (
    AnswerOption,
    ConversationKind,
    QuoteUse,
    ServiceDomain,
    Side,
)
from rechtencirkel.catalogue import content_hash
from rechtencirkel.models import (
    Conversation,
    ConversationState,
    DomainTotal,
    Question,
    QuestionSet,
    Quote,
)
from rechtencirkel.services import (
    SheetChangedError,
    close_round,
    hand_in,
    load_question_sets,
    mark_read_back,
    open_round,
    save_first_change,
    save_page,
)
from rechtencirkel.sheet import option_key, read_page
from tests.factories import (
    ConversationFactory,
    ProjectFactory,
    QuoteFactory,
    RoundFactory,
    past_the_guard,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def page_for(conversation, domain, **posted):
    questions = list(
        conversation.round.questions.filter(domain=domain, side=conversation.side)
    )
    return read_page(posted, questions=questions, people=conversation.people)


def draft(**fields):
    defaults = {"people": 7, "domains": [ServiceDomain.ACCESS], "has_consent": True}
    return ConversationFactory(**defaults | fields)


def fill(conversation, **posted):
    page = page_for(conversation, ServiceDomain.ACCESS, **posted or {"p": "5"})
    return save_page(
        conversation=conversation,
        domain=ServiceDomain.ACCESS,
        page=page,
        version=conversation.version,
    )


@pytest.mark.smoke
def test_the_question_bank_has_109_questions_and_is_published_once():
    first = load_question_sets()
    second = load_question_sets()

    assert (first, second) == (2, 0)
    assert [bank.questions.count() for bank in QuestionSet.objects.all()] == [109, 109]


@pytest.mark.parametrize("version", ["1", "2027.1"])
def test_the_fingerprint_of_a_bank_is_that_of_its_rows(version):
    load_question_sets()
    bank = QuestionSet.objects.get(version=version)

    rows = bank.questions.values_list(
        "code", "domain", "side", "scale", "text", "barrier"
    )

    assert content_hash(rows) == bank.content_hash


def test_a_round_copies_its_questions_with_the_name_of_the_service():
    load_question_sets()

    measurement = open_round(
        project=ProjectFactory(), title="Eerste", opened_on=TODAY(), service="het CAW"
    )

    asked = measurement.questions.get(code="ONT-D1")
    assert "het CAW" in asked.text
    assert measurement.questions.count() == 109
    assert not measurement.questions.filter(text__contains="{").exists()


def test_a_later_change_of_the_bank_leaves_what_was_asked_alone():
    load_question_sets()
    measurement = open_round(
        project=ProjectFactory(), title="Eerste", opened_on=TODAY()
    )
    before = measurement.questions.get(code="ONT-D2").text

    past_the_guard(Question).update(text="Anders")

    assert measurement.questions.get(code="ONT-D2").text == before


def test_a_second_round_waits_for_the_first_to_close():
    measurement = RoundFactory()

    with pytest.raises(ValidationError, match="loopt al een meting"):
        open_round(project=measurement.project, title="Tweede", opened_on=TODAY())


def test_a_round_closes_once():
    measurement = RoundFactory()
    close_round(measurement=measurement, on=TODAY())

    with pytest.raises(ValidationError, match="al afgesloten"):
        close_round(measurement=measurement, on=TODAY())


def test_a_page_replaces_what_stood_there():
    conversation = draft()
    fill(conversation, p="5")

    fill(conversation, **{"quote-0-text": "Nieuw."})

    assert conversation.points_tallies.count() == 0
    assert [quote.text for quote in conversation.quotes.all()] == ["Nieuw."]


def test_a_joint_score_counts_for_everybody_in_the_room():
    conversation = draft()

    fill(conversation, p="5")

    tally = conversation.points_tallies.get()
    assert (tally.points, tally.people, tally.is_joint) == (5, 7, True)


def test_a_save_against_an_old_version_is_refused_and_changes_nothing():
    conversation = draft()
    stale = Conversation.objects.get(pk=conversation.pk)
    fill(conversation, p="5")

    with pytest.raises(SheetChangedError):
        save_page(
            conversation=stale,
            domain=ServiceDomain.ACCESS,
            page=page_for(stale, ServiceDomain.ACCESS, p="9"),
            version=0,
        )

    assert conversation.points_tallies.get().points == 5


def test_handing_in_stores_the_totals_and_locks_the_sheet():
    conversation = draft()
    question = next(
        q
        for q in conversation.round.questions.filter(
            domain=ServiceDomain.ACCESS, side=Side.TARGET_GROUP
        )
        if q.is_closed
    )
    fill(
        conversation,
        **{"p": "4", option_key(question, AnswerOption.SECOND): "6"},
    )

    hand_in(conversation=conversation, on=TODAY())

    total = DomainTotal.objects.get(conversation=conversation)
    assert total.points == [0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0]
    assert total.options == {question.code: [0, 6, 0, 0, 0]}
    assert conversation.state == ConversationState.HANDED_IN
    with pytest.raises(ValidationError, match="ligt vast"):
        save_first_change(
            conversation=conversation, text="x", version=conversation.version
        )


def test_a_sheet_is_handed_in_once():
    conversation = fill(draft())
    hand_in(conversation=conversation, on=TODAY())

    with pytest.raises(ValidationError, match="ligt vast"):
        hand_in(conversation=conversation, on=TODAY())

    assert DomainTotal.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"has_consent": False}, "toestemming"),
        ({"held_on": TODAY() + timedelta(days=3)}, "moet nog plaatsvinden"),
    ],
)
def test_a_sheet_that_is_not_ready_says_why(fields, reason):
    conversation = fill(draft(**fields))

    with pytest.raises(ValidationError, match=reason):
        hand_in(conversation=conversation, on=TODAY())

    conversation.refresh_from_db()
    assert conversation.is_draft


def test_an_empty_sheet_is_not_handed_in():
    with pytest.raises(ValidationError, match="nog geen enkel antwoord"):
        hand_in(conversation=draft(), on=TODAY())


def test_a_sheet_of_a_closed_round_is_not_handed_in():
    conversation = fill(draft())
    close_round(measurement=conversation.round, on=TODAY())

    with pytest.raises(ValidationError, match="meting is afgesloten"):
        hand_in(conversation=conversation, on=TODAY())


def test_a_group_made_smaller_after_counting_is_noticed():
    conversation = fill(draft(), **{"s-5": "7"})
    Conversation.objects.filter(pk=conversation.pk).update(people=5)

    with pytest.raises(ValidationError, match="telde je 7 antwoorden"):
        hand_in(conversation=conversation, on=TODAY())


def test_a_joint_score_follows_the_size_of_the_group():
    conversation = fill(draft(), p="5")
    Conversation.objects.filter(pk=conversation.pk).update(people=5)

    hand_in(conversation=conversation, on=TODAY())

    assert DomainTotal.objects.get().points[5] == 5


def test_only_a_handed_in_talk_with_the_group_is_read_back():
    providers = ConversationFactory(providers=True, handed_in=True)

    with pytest.raises(ValidationError, match="groepsgesprek"):
        mark_read_back(conversation=providers, on=TODAY())


def test_what_counts_and_from_when():
    today = TODAY()
    ConversationFactory(title="ontwerp")
    fresh = ConversationFactory(title="vers", handed_in=True)
    Conversation.objects.filter(pk=fresh.pk).update(
        handed_in_on=today - timedelta(days=13)
    )
    old = ConversationFactory(title="oud", handed_in=True)
    Conversation.objects.filter(pk=old.pk).update(
        handed_in_on=today - timedelta(days=14)
    )
    read = ConversationFactory(title="nagelezen", handed_in=True)
    mark_read_back(conversation=read, on=today)
    ConversationFactory(title="dienst", providers=True, handed_in=True)

    counted = set(Conversation.objects.counted(today).values_list("title", flat=True))

    assert counted == {"oud", "nagelezen", "dienst"}


@pytest.mark.parametrize(
    ("fields", "people", "is_shown"),
    [
        ({"uses": [QuoteUse.DIALOGUE], "is_unrecognisable": True}, 5, True),
        ({"uses": [], "is_unrecognisable": True}, 5, False),
        ({"uses": [QuoteUse.REPORT], "is_unrecognisable": True}, 5, False),
        ({"uses": [QuoteUse.DIALOGUE], "is_unrecognisable": False}, 5, False),
        ({"uses": [QuoteUse.DIALOGUE], "is_unrecognisable": True}, 4, False),
    ],
)
def test_a_quote_leaves_the_sheet_only_with_consent_and_from_a_group(
    fields, people, is_shown
):
    conversation = ConversationFactory(handed_in=True)
    mark_read_back(conversation=conversation, on=TODAY())
    Conversation.objects.filter(pk=conversation.pk).update(people=people)
    Quote.objects.all().delete()
    QuoteFactory(conversation=conversation, **fields)

    assert Quote.objects.shown(TODAY(), QuoteUse.DIALOGUE).exists() is is_shown


def test_a_quote_of_a_draft_stays_on_its_sheet():
    QuoteFactory(is_unrecognisable=True)

    assert not Quote.objects.shown(TODAY(), QuoteUse.DIALOGUE).exists()


def test_an_individual_talk_is_with_one_person():
    conversation = draft()
    conversation.kind = ConversationKind.INDIVIDUAL

    with pytest.raises(ValidationError, match="één persoon"):
        conversation.full_clean()
