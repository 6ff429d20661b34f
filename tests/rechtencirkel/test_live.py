"""Live in the room: letting phones in, one vote per device, closing and taking over."""

import secrets
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from kader.vocabulary import ServiceDomain
from rechtencirkel import tasks
from rechtencirkel.models import (
    ConversationState,
    LiveBallot,
    LiveSession,
    OptionTally,
    PointsTally,
)
from rechtencirkel.models.live import CODE_LENGTH, marks_of
from rechtencirkel.services import (
    SheetChangedError,
    VoteResult,
    cast_vote,
    choose_talk_questions,
    close_ballot,
    counts_of,
    drop_ballot,
    find_by_code,
    find_by_token,
    hand_in,
    keep_phones_out,
    let_phones_in,
    open_ballot,
    save_counts,
    show_question,
    take_over,
)
from rechtencirkel.services.live import CODE_SIGNS
from tests.factories import (
    ConversationFactory,
    LiveBallotFactory,
    OpenAnswerFactory,
    OptionTallyFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.smoke]


@pytest.fixture
def talk(db):
    return ConversationFactory(people=8)


def first(talk, kind):
    return next(q for q in talk.all_questions() if getattr(q, f"is_{kind}"))


def in_the_room(talk, kind="closed"):
    """Let phones in and open the vote on the first question of a kind."""
    now = timezone.now()
    let_phones_in(conversation=talk, at=now)
    return open_ballot(conversation=talk, question=first(talk, kind), at=now)


def a_phone():
    return secrets.token_hex(24)


def vote(ballot, value="first", secret=None, **changed):
    asked = {
        "token": ballot.session.token,
        "key": ballot.key,
        "secret": secret or a_phone(),
        "value": value,
        "at": timezone.now(),
    }
    return cast_vote(**asked | changed)


def five_votes(ballot, values=("first", "first", "second", "third", "unknown")):
    return [vote(ballot, value) for value in values]


# --- the order of the questions ---------------------------------------------


@pytest.mark.parametrize("how", ["everything", "chosen", "answered later"])
def test_the_screen_asks_what_the_sheet_asks_in_the_same_order(talk, how):
    everything = talk.all_questions()
    if how != "everything":
        closed = [q for q in everything if not q.is_points and q.domain == "access"]
        choose_talk_questions(
            conversation=talk, question_ids=[q.pk for q in reversed(closed)][:1]
        )
    if how == "answered later":
        OpenAnswerFactory(
            conversation=talk,
            question=next(q for q in everything if q.is_open and q.domain == "access"),
        )

    on_sheet = [q for domain in talk.domains for q in talk.questions_about(domain)]

    assert talk.all_questions() == on_sheet


def test_the_order_costs_the_same_for_nine_domains_as_for_one(
    talk, django_assert_max_num_queries
):
    talk.domains = tuple(ServiceDomain)
    talk.save()

    with django_assert_max_num_queries(3):
        assert len(talk.all_questions()) == 27


# --- letting phones in ------------------------------------------------------


def test_a_talk_of_four_people_gets_no_phones():
    talk = ConversationFactory(people=4)

    with pytest.raises(ValidationError, match="minder dan 5 mensen"):
        let_phones_in(conversation=talk, at=timezone.now())

    assert not LiveSession.objects.exists()


def test_a_talk_that_was_handed_in_gets_no_phones():
    talk = ConversationFactory(handed_in=True, filled=True)

    with pytest.raises(ValidationError, match="ligt vast"):
        let_phones_in(conversation=talk, at=timezone.now())


def test_a_code_is_short_and_has_no_signs_that_look_alike(talk):
    session = let_phones_in(conversation=talk, at=timezone.now())

    assert len(session.code) == CODE_LENGTH
    assert set(session.code) <= set(CODE_SIGNS)
    assert not set("0O1IL2Z5S8BG") & set(CODE_SIGNS)
    assert len(session.token) >= 22


def test_a_second_press_keeps_the_code(talk):
    now = timezone.now()

    codes = {let_phones_in(conversation=talk, at=now).code for _ in range(2)}

    assert len(codes) == 1


def test_a_code_works_twelve_hours_and_then_becomes_another(talk):
    now = timezone.now()
    session = let_phones_in(conversation=talk, at=now)
    late = now + timedelta(hours=12)

    just_in_time = find_by_code(session.code, at=late - timedelta(minutes=1))
    renewed = let_phones_in(conversation=talk, at=late)

    assert just_in_time == session
    assert find_by_code(session.code, at=late) is None
    assert find_by_token(session.token, at=late) is None
    assert renewed.code != session.code
    assert LiveSession.objects.count() == 1


def test_a_code_is_found_however_it_is_typed(talk):
    session = let_phones_in(conversation=talk, at=timezone.now())
    typed = f" {session.code[:3].lower()}-{session.code[3:]} "

    assert find_by_code(typed, at=timezone.now()) == session
    assert find_by_code(session.code[:5], at=timezone.now()) is None
    assert find_by_token("\x00", at=timezone.now()) is None


def test_a_code_that_another_talk_has_is_drawn_again(talk, monkeypatch):
    taken = let_phones_in(conversation=ConversationFactory(), at=timezone.now()).code
    signs = iter(taken + "CDFHJK")
    monkeypatch.setattr(
        "rechtencirkel.services.live.secrets.choice", lambda known: next(signs)
    )

    session = let_phones_in(conversation=talk, at=timezone.now())

    assert session.code == "CDFHJK"


def test_stopping_with_phones_ends_the_code_and_the_votes(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)

    keep_phones_out(conversation=talk)

    assert find_by_token(ballot.session.token, at=timezone.now()) is None
    assert not LiveBallot.objects.exists()
    assert cache.get(marks_of(ballot.key)) is None
    assert vote(ballot) == VoteResult.OVER


# --- voting -----------------------------------------------------------------


def test_there_is_no_vote_without_phones_or_about_an_open_question(talk):
    now = timezone.now()

    with pytest.raises(ValidationError, match="telefoons"):
        open_ballot(conversation=talk, question=first(talk, "closed"), at=now)
    let_phones_in(conversation=talk, at=now)
    with pytest.raises(ValidationError, match="open vraag"):
        open_ballot(conversation=talk, question=first(talk, "open"), at=now)


def test_a_group_that_became_small_votes_no_more(talk):
    let_phones_in(conversation=talk, at=timezone.now())
    talk.people = 4
    talk.save()

    with pytest.raises(ValidationError, match="minder dan 5"):
        open_ballot(
            conversation=talk, question=first(talk, "closed"), at=timezone.now()
        )


def test_one_device_that_votes_five_times_counts_once(talk):
    ballot = in_the_room(talk)
    phone = a_phone()

    results = [vote(ballot, "second", phone) for _ in range(5)]

    ballot.refresh_from_db()
    assert results == [VoteResult.COUNTED] + [VoteResult.SAME] * 4
    assert (ballot.votes, ballot.counts["second"]) == (1, 1)


def test_a_device_changes_its_vote_and_still_counts_once(talk):
    ballot = in_the_room(talk)
    phone = a_phone()
    vote(ballot, "first")

    results = [vote(ballot, value, phone) for value in ("first", "fourth", "unknown")]

    ballot.refresh_from_db()
    assert results == [VoteResult.COUNTED, VoteResult.CHANGED, VoteResult.CHANGED]
    assert ballot.votes == 2
    assert {v: n for v, n in ballot.counts.items() if n} == {"first": 1, "unknown": 1}


def test_points_are_voted_on_from_0_to_10(talk):
    ballot = in_the_room(talk, "points")

    results = [vote(ballot, value) for value in ("0", "10", "10", "7", "11", "first")]

    ballot.refresh_from_db()
    assert results == [VoteResult.COUNTED] * 4 + [VoteResult.NO_ANSWER] * 2
    assert {v: n for v, n in ballot.counts.items() if n} == {"0": 1, "7": 1, "10": 2}


def test_there_are_never_more_votes_than_people(talk):
    ballot = in_the_room(talk)

    results = [vote(ballot) for _ in range(10)]

    ballot.refresh_from_db()
    assert results == [VoteResult.COUNTED] * 8 + [VoteResult.FULL] * 2
    assert ballot.votes == 8


@pytest.mark.parametrize(
    ("changed", "result"),
    [
        ({"value": "tiende"}, VoteResult.NO_ANSWER),
        ({"secret": "te-kort"}, VoteResult.NO_ANSWER),
        ({"secret": "é" * 30}, VoteResult.NO_ANSWER),
        ({"secret": "x" * 5000}, VoteResult.NO_ANSWER),
        ({"key": "x" * 22}, VoteResult.OVER),
        ({"token": "een-ander-adres"}, VoteResult.OVER),
        ({"at": timezone.now() + timedelta(hours=13)}, VoteResult.OVER),
    ],
)
def test_what_is_no_vote_counts_for_nothing(talk, changed, result):
    ballot = in_the_room(talk)

    assert vote(ballot, **changed) == result

    ballot.refresh_from_db()
    assert ballot.votes == 0


def test_a_vote_for_an_earlier_opening_counts_for_nothing(talk):
    before = in_the_room(talk)
    again = in_the_room(talk)

    assert vote(before) == VoteResult.OVER
    assert vote(again) == VoteResult.COUNTED


def test_when_the_cache_lost_who_voted_the_vote_is_over(talk):
    ballot = in_the_room(talk)
    vote(ballot)
    cache.clear()

    assert vote(ballot) == VoteResult.OVER

    ballot.refresh_from_db()
    assert ballot.votes == 1


def test_opening_another_question_closes_the_first(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)

    open_ballot(conversation=talk, question=first(talk, "points"), at=timezone.now())

    ballot.refresh_from_db()
    assert not ballot.is_open
    assert LiveBallot.objects.filter(is_open=True).count() == 1


# --- nobody can tell who voted what -----------------------------------------


def test_what_is_kept_of_a_vote_says_neither_which_device_nor_what(talk):
    ballot = in_the_room(talk)
    phone, other = a_phone(), a_phone()
    vote(ballot, "first", phone)
    vote(ballot, "first", other)

    marks = cache.get(marks_of(ballot.key))

    kept = repr(marks)
    assert len(marks) == 2
    assert phone not in kept
    assert "first" not in kept
    # The same choice of two devices looks different: counting hashes tells nothing.
    assert len(set(marks.values())) == 2


def test_one_device_looks_different_at_every_question(talk):
    phone = a_phone()
    seen = []
    for kind in ("closed", "points"):
        ballot = in_the_room(talk, kind)
        vote(ballot, "first" if kind == "closed" else "5", phone)
        seen.append(set(cache.get(marks_of(ballot.key))))

    assert not seen[0] & seen[1]


def test_the_database_holds_nothing_of_a_device(talk):
    ballot = in_the_room(talk)
    phone = a_phone()
    vote(ballot, "first", phone)
    [mark] = cache.get(marks_of(ballot.key))

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rechtencirkel_liveballot")
        stored = repr(cursor.fetchall())

    assert phone not in stored
    assert mark not in stored


# --- closing and taking over ------------------------------------------------


def test_closing_with_four_votes_throws_them_away(talk):
    ballot = in_the_room(talk)
    for _ in range(4):
        vote(ballot)

    may_be_shown = close_ballot(conversation=talk, question=ballot.question)

    assert not may_be_shown
    assert not LiveBallot.objects.exists()
    assert cache.get(marks_of(ballot.key)) is None


def test_closing_with_five_votes_keeps_the_numbers_and_no_device(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)

    may_be_shown = close_ballot(conversation=talk, question=ballot.question)

    ballot.refresh_from_db()
    assert may_be_shown
    assert ballot.shown_votes == 5
    assert cache.get(marks_of(ballot.key)) is None
    assert vote(ballot) == VoteResult.OVER


def test_the_number_of_votes_is_hidden_below_five(talk):
    ballot = in_the_room(talk)
    for _ in range(4):
        vote(ballot)
    ballot.refresh_from_db()
    with_four = ballot.shown_votes
    vote(ballot)
    ballot.refresh_from_db()

    assert (with_four, ballot.shown_votes) == (None, 5)


def test_votes_are_not_taken_over_while_phones_still_vote(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)

    with pytest.raises(ValidationError, match="Sluit eerst"):
        take_over(conversation=talk, question=ballot.question)

    assert not OptionTally.objects.exists()


def test_there_is_nothing_to_take_over_twice(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)
    close_ballot(conversation=talk, question=ballot.question)
    take_over(conversation=talk, question=ballot.question)

    with pytest.raises(ValidationError, match="niet gestemd"):
        take_over(conversation=talk, question=ballot.question)


def test_taking_over_writes_the_votes_on_the_sheet_and_forgets_them(talk):
    ballot = in_the_room(talk)
    OptionTallyFactory(conversation=talk, question=ballot.question, people=3)
    five_votes(ballot)
    close_ballot(conversation=talk, question=ballot.question)

    take_over(conversation=talk, question=ballot.question)

    assert counts_of(talk, ballot.question) == {
        "first": 2,
        "second": 1,
        "third": 1,
        "unknown": 1,
    }
    assert not LiveBallot.objects.exists()


def test_points_of_phones_take_the_place_of_points_given_together(talk):
    ballot = in_the_room(talk, "points")
    PointsTally.objects.create(
        conversation=talk,
        domain=ballot.question.domain,
        points=4,
        people=8,
        is_joint=True,
    )
    joint = counts_of(talk, ballot.question)
    five_votes(ballot, ("3", "3", "8", "9", "9"))
    close_ballot(conversation=talk, question=ballot.question)

    take_over(conversation=talk, question=ballot.question)

    assert joint == {"joint": 4}
    assert counts_of(talk, ballot.question) == {"3": 2, "8": 1, "9": 2}


def test_votes_that_are_thrown_away_are_gone(talk):
    ballot = in_the_room(talk)
    five_votes(ballot)
    close_ballot(conversation=talk, question=ballot.question)

    drop_ballot(conversation=talk, question=ballot.question)

    assert not LiveBallot.objects.exists()
    assert not OptionTally.objects.exists()


def test_handing_in_removes_the_screen_and_what_was_not_taken_over():
    talk = ConversationFactory(filled=True)
    ballot = in_the_room(talk)
    five_votes(ballot)

    hand_in(conversation=talk, on=timezone.localdate())

    assert not LiveSession.objects.exists()
    assert cache.get(marks_of(ballot.key)) is None


def test_a_day_later_the_screen_is_gone(talk):
    in_the_room(talk)
    LiveSession.objects.update(opened_at=timezone.now() - timedelta(hours=23))
    removed_too_soon = tasks.forget_live_sessions()
    LiveSession.objects.update(opened_at=timezone.now() - timedelta(hours=25))

    removed = [tasks.forget_live_sessions() for _ in range(2)]

    assert removed_too_soon == 0
    assert removed == [1, 0]
    assert not LiveBallot.objects.exists()


def test_a_talk_that_was_handed_in_meanwhile_takes_no_votes(talk):
    ballot = in_the_room(talk)
    type(talk).objects.filter(pk=talk.pk).update(
        state=ConversationState.HANDED_IN, handed_in_on=timezone.localdate()
    )

    assert vote(ballot) == VoteResult.OVER


# --- what the database itself refuses ---------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes": 1},
        {"count_3": 1},
        {"votes": 9, "count_0": 9},
        {"is_open": False, "votes": 4, "count_0": 4},
        {"people": 4},
    ],
)
def test_the_database_refuses_a_ballot_that_does_not_add_up(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        LiveBallotFactory(**wrong)


# --- counting hands ---------------------------------------------------------


def test_hands_are_counted_on_the_sheet_and_nothing_else_is_touched(talk):
    mine, other = [q for q in talk.all_questions() if q.is_closed][:2]
    OptionTallyFactory(conversation=talk, question=other, people=5)
    version = talk.version

    save_counts(
        conversation=talk, question=mine, counts={"first": 3, "second": 0}, seen={}
    )

    assert counts_of(talk, mine) == {"first": 3}
    assert sum(counts_of(talk, other).values()) == 5
    assert talk.version == version + 1


def test_hands_counted_meanwhile_by_somebody_else_are_not_overwritten(talk):
    question = first(talk, "closed")
    save_counts(conversation=talk, question=question, counts={"second": 4})

    with pytest.raises(SheetChangedError):
        save_counts(conversation=talk, question=question, counts={"first": 3}, seen={})

    assert counts_of(talk, question) == {"second": 4}


def test_the_same_count_sent_twice_is_no_conflict(talk):
    question = first(talk, "closed")

    for _ in range(2):
        save_counts(conversation=talk, question=question, counts={"first": 3}, seen={})

    assert counts_of(talk, question) == {"first": 3}


def test_more_hands_than_people_are_refused(talk):
    with pytest.raises(ValidationError, match="maar er waren 8 mensen"):
        save_counts(
            conversation=talk,
            question=first(talk, "closed"),
            counts={"first": 5, "second": 4},
        )


def test_no_hand_is_counted_on_a_locked_sheet():
    talk = ConversationFactory(filled=True, handed_in=True)

    with pytest.raises(ValidationError, match="ligt vast"):
        save_counts(
            conversation=talk, question=first(talk, "closed"), counts={"first": 1}
        )


def test_the_question_on_the_screen_is_stored_for_every_remote(talk):
    questions = talk.all_questions()

    for question in questions[:2]:
        show_question(conversation=talk, question=question, at=timezone.now())

    assert LiveSession.objects.get().question == questions[1]
    assert LiveSession.objects.get().code is None
