"""The pages of the room: the big screen of the guide, and what a phone gets to see."""

import re
import secrets

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import QuestionLanguage, ServiceDomain
from projects.models import Role
from rechtencirkel.models import LiveBallot, LiveSession
from rechtencirkel.services import (
    cast_vote,
    close_ballot,
    counts_of,
    let_phones_in,
    open_ballot,
    save_counts,
    show_question,
)
from rechtencirkel.views import live_votes
from tests.conftest import signed_in
from tests.factories import (
    ConversationFactory,
    MembershipFactory,
    QuestionTranslationFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(db):
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project, entered_by=membership.user, people=8
    )


@pytest.fixture
def guide(talk):
    return signed_in(talk.entered_by)


def room(talk, name="live_room"):
    return reverse(f"rechtencirkel:{name}", args=[talk.project_id, talk.pk])


def shown(talk, kind="closed"):
    """Put the first question of a kind on the screen."""
    question = next(q for q in talk.all_questions() if getattr(q, f"is_{kind}"))
    show_question(conversation=talk, question=question, at=timezone.now())
    return question


def voting(talk, kind="closed"):
    question = shown(talk, kind)
    let_phones_in(conversation=talk, at=timezone.now())
    return open_ballot(conversation=talk, question=question, at=timezone.now())


def phone_page(ballot):
    return reverse("rechtencirkel:live_vote", args=[ballot.session.token])


def votes(ballot, number, value="first"):
    for _ in range(number):
        cast_vote(
            token=ballot.session.token,
            key=ballot.key,
            secret=secrets.token_hex(24),
            value=value,
            at=timezone.now(),
        )


def stamp_on(response):
    return page_of(response).xpath("//input[@id='stand']/@value")[0]


# --- the screen -------------------------------------------------------------


def test_the_talk_leads_to_the_screen(guide, talk):
    page = guide.get(talk.get_absolute_url()).content.decode()

    assert room(talk) in page


def test_the_screen_shows_one_question_with_its_answers_and_where_it_stands(
    guide, talk
):
    question = shown(talk)

    page = page_of(guide.get(room(talk)))

    text = page.xpath("//main")[0].text_content()
    assert question.text in text
    assert len(page.xpath("//div[@class='screen-option']")) == 5
    assert "Vraag" in page.xpath("//header")[0].text_content()
    assert not page.xpath("//*[contains(@class, 'masthead')]")


def test_the_screen_walks_through_the_talk_and_every_remote_follows(guide, talk):
    questions = talk.all_questions()
    before = stamp_on(guide.get(room(talk)))

    guide.post(room(talk, "live_show"), {"q": questions[1].pk})

    same = guide.get(room(talk, "live_screen"), {"stand": before})
    again = guide.get(room(talk, "live_screen"), {"stand": stamp_on(same)})
    assert questions[1].text in same.content.decode()
    assert again.status_code == 204


def test_a_question_of_another_talk_is_not_shown(guide, talk):
    other = ConversationFactory(domains=(ServiceDomain.ACCESS,))

    answer = guide.post(room(talk, "live_show"), {"q": other.all_questions()[0].pk})

    assert answer.status_code == 302
    assert not LiveSession.objects.exists()


def test_the_words_in_the_language_of_the_talk_stand_beside_the_dutch(guide, talk):
    question = shown(talk)
    QuestionTranslationFactory(question=question)
    talk.language = "Arabisch"
    talk.save()

    page = page_of(guide.get(room(talk)))
    without = page_of(guide.get(room(talk), {"taal": "nl"}))

    spoken = page.xpath("//h1/span[@lang='ar' and @dir='rtl']")
    assert spoken[0].text == "هل تشعر بالترحيب؟"
    assert not without.xpath("//h1/span")


def test_hands_typed_are_saved_on_the_sheet_without_script(guide, talk):
    question = shown(talk)
    key = f"t-{question.pk}-second"

    answer = guide.post(room(talk), {"q": question.pk, "gezien": "", key: "6"})

    assert answer.status_code == 302
    assert counts_of(talk, question) == {"second": 6}


def test_a_press_on_plus_without_script_adds_one_to_what_stands_there(guide, talk):
    question = shown(talk, "points")
    body = {"q": question.pk, "s-7": "2"}

    guide.post(room(talk), body | {"stap": "s-7:1"})
    counted = counts_of(talk, question)
    guide.post(
        room(talk), {"q": question.pk, "s-7": "3", "gezien": "7:3", "stap": "s-7:-1"}
    )

    assert counted == {"7": 3}
    assert counts_of(talk, question) == {"7": 2}


@pytest.mark.parametrize("step", ["s-7:1", "x:1", "s-7:100", ":", "s-99:1"])
def test_a_press_never_counts_more_people_than_there_are(guide, talk, step):
    question = shown(talk, "points")

    guide.post(room(talk), {"q": question.pk, "s-7": "8", "stap": step})

    assert counts_of(talk, question) == {"7": 8}


def test_too_many_hands_are_refused_and_stay_typed(guide, talk):
    question = shown(talk)
    key = f"t-{question.pk}-first"

    answer = guide.post(room(talk), {"q": question.pk, key: "9"})

    page = page_of(answer)
    assert "Er waren 8 mensen" in page.text_content()
    assert page.xpath(f"//input[@name='{key}']/@value") == ["9"]
    assert counts_of(talk, question) == {}


def test_a_saved_count_is_told_with_the_hour_and_carries_the_next_comparison(
    guide, talk
):
    question = shown(talk)
    body = {"q": question.pk, f"t-{question.pk}-first": "3"}

    answer = guide.post(room(talk), body, headers={"HX-Request": "true"})

    said = answer.content.decode()
    assert re.search(r"bewaard op het blad om \d\d\.\d\d", said)
    assert 'name="gezien" value="first:3"' in said


def test_with_script_a_press_is_counted_once(guide, talk):
    question = shown(talk)
    key = f"t-{question.pk}-first"

    guide.post(
        room(talk),
        {"q": question.pk, key: "3", "stap": f"{key}:1"},
        headers={"HX-Request": "true"},
    )

    assert counts_of(talk, question) == {"first": 3}


def test_a_count_that_somebody_else_changed_is_told_with_both(guide, talk):
    question = shown(talk)
    save_counts(conversation=talk, question=question, counts={"second": 4})
    key = f"t-{question.pk}-first"
    body = {"q": question.pk, "gezien": "", key: "3"}

    answer = guide.post(room(talk), body)

    page = page_of(answer)
    assert answer.status_code == 409
    assert "Op het blad staat nu: Eerder niet: 4" in page.text_content()
    assert page.xpath(f"//input[@name='{key}']/@value") == ["3"]
    assert counts_of(talk, question) == {"second": 4}


def test_a_count_for_a_question_that_is_no_longer_shown_is_not_saved(guide, talk):
    question = shown(talk)
    body = {"q": question.pk, f"t-{question.pk}-first": "3"}
    shown(talk, "points")

    answer = guide.post(room(talk), body)
    fragment = guide.post(room(talk), body, headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert "een andere vraag" in answer.content.decode()
    assert fragment.headers["HX-Refresh"] == "true"
    assert counts_of(talk, question) == {}


# --- phones, seen from the screen -------------------------------------------


def test_four_people_are_told_kindly_why_there_are_no_phones(guide, talk):
    talk.people = 4
    talk.save()
    shown(talk)

    page = guide.get(room(talk)).content.decode()
    guide.post(room(talk, "live_phones"), {"doe": "open"})

    assert "Met minder dan 5 mensen stemmen we niet met de telefoon" in page
    assert "Laat telefoons toe" not in page
    assert not LiveSession.objects.exclude(code=None).exists()


def test_a_group_that_became_small_while_phones_vote_counts_hands_again(guide, talk):
    voting(talk)
    talk.people = 4
    talk.save()

    page = page_of(guide.get(room(talk)))

    assert len(page.xpath("//div[@class='screen-option']")) == 5
    assert "Met minder dan 5 mensen" in page.text_content()
    assert not page.xpath("//*[name()='svg' and @class='qr']")


def test_letting_phones_in_shows_the_code_the_address_and_the_drawing(guide, talk):
    shown(talk)

    guide.post(room(talk, "live_phones"), {"doe": "open"})

    page = page_of(guide.get(room(talk)))
    code = LiveSession.objects.get().code
    assert f"{code[:3]} {code[3:]}" in page.text_content()
    assert "testserver/stem" in page.text_content()
    assert page.xpath("//*[name()='svg' and @class='qr']")
    assert "Open de stemming" in page.text_content()


@pytest.mark.parametrize("number", range(5))
def test_below_five_votes_the_screen_only_says_to_wait(guide, talk, number):
    ballot = voting(talk)
    nothing = stamp_on(guide.get(room(talk)))
    votes(ballot, number)

    page = guide.get(room(talk))

    assert "Nog even wachten" in page.content.decode()
    assert not re.search(r"\d van de 8 mensen stemden", page.content.decode())
    assert stamp_on(page) == nothing


def test_from_five_votes_the_screen_says_how_many_and_not_yet_what(guide, talk):
    ballot = voting(talk)
    votes(ballot, 5)

    page = guide.get(room(talk)).content.decode()

    assert "5 van de 8 mensen stemden" in page
    assert "<progress" not in page


def test_what_was_voted_is_shown_when_the_vote_is_closed(guide, talk):
    ballot = voting(talk)
    votes(ballot, 4, "first")
    votes(ballot, 2, "third")

    guide.post(room(talk, "live_ballot"), {"doe": "sluit", "q": ballot.question.pk})

    page = page_of(guide.get(room(talk)))
    bars = page.xpath("//progress/@value")
    assert bars == ["4", "0", "2", "0", "0"]
    assert "Neem over op het blad" in page.text_content()


def test_a_vote_closed_with_four_shows_nothing_and_says_why(guide, talk):
    ballot = voting(talk)
    votes(ballot, 4)

    answer = guide.post(
        room(talk, "live_ballot"),
        {"doe": "sluit", "q": ballot.question.pk},
        follow=True,
    )

    assert "te weinig stemmen om te tonen" in answer.content.decode()
    assert "<progress" not in answer.content.decode()
    assert not LiveBallot.objects.exists()


def test_one_press_takes_the_votes_over_and_the_screen_shows_the_sheet(guide, talk):
    ballot = voting(talk)
    votes(ballot, 6)
    close_ballot(conversation=talk, question=ballot.question)

    answer = guide.post(
        room(talk, "live_ballot"),
        {"doe": "neem-over", "q": ballot.question.pk},
        follow=True,
    )

    page = page_of(answer)
    key = f"t-{ballot.question.pk}-first"
    assert page.xpath(f"//input[@name='{key}']/@value") == ["6"]
    assert counts_of(talk, ballot.question) == {"first": 6}
    sheet = guide.get(
        reverse(
            "rechtencirkel:sheet_edit",
            args=[talk.project_id, talk.pk, ServiceDomain(ballot.question.domain)],
        )
    )
    assert page_of(sheet).xpath(f"//input[@name='{key}']/@value") == ["6"]


@pytest.mark.parametrize("doing", ["open", "sluit", "neem-over", "weg", "iets"])
def test_a_press_that_makes_no_sense_now_changes_nothing(guide, talk, doing):
    question = shown(talk)

    answer = guide.post(
        room(talk, "live_ballot"), {"doe": doing, "q": question.pk}, follow=True
    )

    assert answer.status_code == 200
    assert not LiveBallot.objects.exists()
    assert counts_of(talk, question) == {}


# --- the phone --------------------------------------------------------------


def test_a_phone_waits_until_a_question_is_open(talk):
    session = let_phones_in(conversation=talk, at=timezone.now())
    url = reverse("rechtencirkel:live_vote", args=[session.token])

    page = Client().get(url)
    asked_again = Client().get(url, {"gezien": "wacht"}, headers={"HX-Request": "true"})

    assert "Wacht even" in page.content.decode()
    assert asked_again.status_code == 204


def test_a_phone_gets_the_question_and_keeps_no_cookie(talk):
    ballot = voting(talk)
    phone = Client()

    page = phone.get(phone_page(ballot))

    assert ballot.question.text in page.content.decode()
    assert not phone.cookies
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "no-store"


def test_a_phone_is_not_told_whose_talk_it_is(talk):
    ballot = voting(talk)

    pages = [
        Client().get(phone_page(ballot)).content.decode(),
        Client().get(reverse("rechtencirkel:live_join")).content.decode(),
    ]

    for told in (talk.title, talk.project.title, talk.place, talk.guide):
        assert all(told not in page for page in pages)
    assert all(str(talk.project.municipality) not in page for page in pages)


def test_a_vote_needs_no_cookie_and_counts(talk):
    ballot = voting(talk)
    phone = Client(enforce_csrf_checks=True)
    body = {
        "stemming": ballot.key,
        "geheim": secrets.token_hex(24),
        "keuze": "second",
    }

    answer = phone.post(phone_page(ballot), body)

    ballot.refresh_from_db()
    page = page_of(answer)
    assert ballot.counts["second"] == 1
    assert page.xpath("//button[@aria-pressed='true']/@value") == ["second"]
    assert not phone.cookies


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"stemming": "a\x00b", "geheim": "x" * 30, "keuze": "first"},
        {"stemming": "é" * 22, "geheim": "x" * 30, "keuze": "first"},
    ],
)
def test_a_post_that_names_no_opening_is_refused(talk, body):
    ballot = voting(talk)

    answer = Client().post(phone_page(ballot), body)

    ballot.refresh_from_db()
    assert answer.status_code == 400
    assert ballot.votes == 0


def test_when_too_many_press_at_once_a_phone_is_told_to_come_back(talk, monkeypatch):
    ballot = voting(talk)

    def busy(**asked):
        raise OperationalError

    monkeypatch.setattr(live_votes, "cast_vote", busy)
    body = {"stemming": ballot.key, "geheim": "x" * 30, "keuze": "first"}

    assert Client().post(phone_page(ballot), body).status_code == 503


def test_a_phone_too_many_is_asked_to_raise_a_hand(talk):
    ballot = voting(talk)
    votes(ballot, 8)
    body = {"stemming": ballot.key, "geheim": secrets.token_hex(24), "keuze": "first"}

    answer = Client().post(phone_page(ballot), body)

    assert "Steek je hand op" in answer.content.decode()


def test_a_vote_that_comes_too_late_is_told_so(talk):
    ballot = voting(talk)
    votes(ballot, 5)
    close_ballot(conversation=talk, question=ballot.question)
    body = {"stemming": ballot.key, "geheim": secrets.token_hex(24), "keuze": "first"}

    answer = Client().post(phone_page(ballot), body)

    assert "Deze stemming is gedaan" in answer.content.decode()


def test_a_phone_that_asks_after_the_end_is_told_to_stop_asking(talk):
    ballot = voting(talk)
    LiveSession.objects.all().forget()

    page = Client().get(phone_page(ballot))
    fragment = Client().get(phone_page(ballot), headers={"HX-Request": "true"})
    never = Client().get(reverse("rechtencirkel:live_vote", args=["bestaat-niet"]))

    assert page.status_code == 410
    assert fragment.status_code == 286
    assert page.content == never.content


def test_asking_whether_something_changed_costs_two_queries(
    talk, django_assert_max_num_queries
):
    ballot = voting(talk)

    with django_assert_max_num_queries(2):
        answer = Client().get(
            phone_page(ballot),
            {"gezien": ballot.key},
            headers={"HX-Request": "true"},
        )

    assert answer.status_code == 204


@pytest.mark.parametrize("language", QuestionLanguage)
def test_a_phone_speaks_the_language_of_the_talk(talk, language):
    talk.language = language.label
    talk.save()
    ballot = voting(talk)
    QuestionTranslationFactory(
        question=ballot.question, language=language, text="In andere woorden"
    )

    page = page_of(Client().get(phone_page(ballot)))

    spoken = page.xpath(f"//h1/span[@dir='{language.direction}']")
    assert spoken[0].text == "In andere woorden"
    assert len(page.xpath("//button[@name='keuze']/span")) == 5


def test_without_script_a_phone_says_to_raise_a_hand(talk):
    ballot = voting(talk)

    page = page_of(Client().get(phone_page(ballot)))

    assert (
        "Steek je hand op"
        in page.xpath("//main/div[@data-without-script]")[0].text_content()
    )
    assert page.xpath("//form[@data-vote]")[0].get("hidden") is not None


# --- typing the code --------------------------------------------------------


def test_the_code_leads_to_the_vote(talk):
    ballot = voting(talk)

    answer = Client().get(
        reverse("rechtencirkel:live_join"), {"code": ballot.session.code.lower()}
    )

    assert answer.status_code == 302
    assert answer.url == phone_page(ballot)


@pytest.mark.parametrize("typed", ["", "XXXXXX", "a\x00b", "x" * 5000, "ß" * 6])
def test_a_code_that_is_wrong_is_told_at_the_field(typed):
    answer = Client().get(reverse("rechtencirkel:live_join"), {"code": typed})

    assert answer.status_code == 200
    assert page_of(answer).xpath("//span[@class='error-text']")


def test_guessing_codes_stops_for_everybody_and_a_phone_that_is_in_goes_on(
    talk, monkeypatch
):
    ballot = voting(talk)
    monkeypatch.setattr(live_votes, "MOST_WRONG_CODES", 3)
    join = reverse("rechtencirkel:live_join")
    wrong = [Client().get(join, {"code": "CCCCCC"}).status_code for _ in range(4)]

    right = Client().get(join, {"code": ballot.session.code})
    inside = Client().get(phone_page(ballot))

    assert wrong == [200, 200, 200, 429]
    assert right.status_code == 429
    assert "Scan de QR-code" in right.content.decode()
    assert inside.status_code == 200


def test_no_address_of_a_visitor_is_kept_anywhere(talk, caplog):
    caplog.set_level("DEBUG")
    ballot = voting(talk)
    phone = Client(REMOTE_ADDR="203.0.113.77")
    phone.get(reverse("rechtencirkel:live_join"), {"code": "CCCCCC"})

    phone.post(
        phone_page(ballot),
        {"stemming": ballot.key, "geheim": "x" * 30, "keuze": "first"},
    )

    # What the cache of the tests holds is pickled, and an address would be readable in it.
    assert cache._cache
    assert "203.0.113.77" not in repr(cache._cache) + caplog.text
