import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import AnswerOption, BarrierKind, BarrierLevel, ServiceDomain
from projects.models import Role
from rechtencirkel.models import AnsweredRequest, Conversation
from rechtencirkel.models.submissions import DAYS_ANSWER_KEPT
from rechtencirkel.services import fingerprint_of, hand_in
from rechtencirkel.sheet import MAX_ROWS
from rechtencirkel.sheet_drawing import stored_page
from rechtencirkel.tasks import forget_answered_requests
from tests.factories import (
    AnsweredRequestFactory,
    ConversationFactory,
    MembershipFactory,
)

pytestmark = pytest.mark.django_db

DOMAIN = ServiceDomain.ACCESS


class Device:
    """What one person's tablet sends about the first page of a sheet."""

    def __init__(self, talk, user=None):
        self.talk = talk
        self.user = user or talk.entered_by
        self.client = Client()
        self.client.force_login(self.user)
        self.url = reverse(
            "rechtencirkel:sheet_save_fields", args=[talk.project_id, talk.pk]
        )

    def body(self, fields, **changed):
        return {
            "key": str(uuid.uuid4()),
            "user": self.user.pk,
            "version": 0,
            "domain": DOMAIN.value,
            "asked": fingerprint_of(self.talk.questions_about(DOMAIN)),
            "fields": {
                name: {"was": was, "now": now} for name, (was, now) in fields.items()
            },
        } | changed

    def post(self, body):
        sent = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(self.url, sent, content_type="application/json")

    def save(self, fields, **changed):
        return self.post(self.body(fields, **changed))


@pytest.fixture
def talk():
    membership = MembershipFactory(role=Role.GRASSROOTS)
    return ConversationFactory(
        project=membership.project,
        entered_by=membership.user,
        domains=[DOMAIN],
        people=7,
    )


@pytest.fixture
def device(talk):
    return Device(talk)


@pytest.fixture
def open_question(talk):
    return next(q for q in talk.questions_about(DOMAIN) if not q.scale)


@pytest.fixture
def closed_question(talk):
    return next(q for q in talk.questions_about(DOMAIN) if q.is_closed)


def quote(text, **ticks):
    return {"text": text, **ticks}


def barrier(text, **changed):
    return {
        "text": text,
        "kind": BarrierKind.values[0],
        "level": BarrierLevel.values[0],
    } | changed


def typed(talk):
    return stored_page(Conversation.objects.get(pk=talk.pk), DOMAIN)


# --- what is written --------------------------------------------------------


@pytest.mark.smoke
def test_one_of_everything_is_written_and_gets_a_receipt(
    device, talk, open_question, closed_question
):
    counter = f"t-{closed_question.pk}-first"
    answer = device.save(
        {
            counter: ("", "4"),
            "s-3": ("0", "2"),
            f"o-{open_question.pk}": ("", " Een apart lokaal.\r\n "),
            "disagreement": ("", "Over de uren."),
            "quote-0": (None, quote("Ik sta in de rij.", report="on", checked="on")),
            "barrier-0": (None, barrier("Geen stoel.")),
        }
    )

    told = answer.json()
    page = typed(talk)
    assert answer.status_code == 200
    assert told["receipt"] == f"{talk.pk}-1"
    assert told["time"] == timezone.localtime().strftime("%H.%M")
    assert len(told["written"]) == 6
    assert (page[counter], page["s-3"]) == ("4", "2")
    assert page[f"o-{open_question.pk}"] == "Een apart lokaal."
    assert page["disagreement"] == "Over de uren."
    assert page["quote-0-text"] == "Ik sta in de rij."
    assert page["quote-0-report"] == "on"
    assert page["barrier-0-text"] == "Geen stoel."


def test_what_is_not_named_stays(device, talk, open_question, closed_question):
    counter = f"t-{closed_question.pk}-first"
    device.save({counter: ("", "4"), "quote-0": (None, quote("Blijft."))})

    device.save({f"o-{open_question.pk}": ("", "Nieuw.")}, version=1)

    page = typed(talk)
    assert (page[counter], page["quote-0-text"]) == ("4", "Blijft.")


def test_a_field_can_be_made_empty_again(device, talk, open_question, closed_question):
    counter, text = f"t-{closed_question.pk}-first", f"o-{open_question.pk}"
    full = {
        counter: ("", "4"),
        text: ("", "Iets."),
        "p": ("", "7"),
        "disagreement": ("", "Ja."),
        "quote-0": (None, quote("Weg.")),
        "barrier-0": (None, barrier("Weg.")),
    }
    device.save(full)

    answer = device.save(
        {
            name: (now, None if isinstance(now, dict) else "")
            for name, (_, now) in full.items()
        },
        version=1,
    )

    assert answer.status_code == 200
    assert typed(talk) == {}


def test_the_last_page_has_one_text(device, talk):
    answer = device.save({"text": ("", "Een apart lokaal.")}, domain="")

    talk.refresh_from_db()
    assert answer.status_code == 200
    assert talk.first_change == "Een apart lokaal."


def test_points_given_together_count_for_everybody(device, talk):
    device.save({"p": ("", "6")})

    points = talk.points_tallies.get()
    assert (points.points, points.people, points.is_joint) == (6, 7, True)


def test_writing_what_stands_there_already_makes_no_new_version(device, talk):
    device.save({"disagreement": ("", "Ja.")})

    again = device.save({"disagreement": ("", "Ja.")}, version=1)

    assert again.status_code == 200
    assert again.json()["version"] == 1


# --- what is refused, and what is written beside it -------------------------


def test_counters_that_add_up_to_too_many_are_refused_and_the_rest_is_written(
    device, talk, closed_question
):
    one, two = (f"t-{closed_question.pk}-{o}" for o in ("first", "second"))
    device.save({one: ("", "5")})

    answer = device.save({two: ("", "3"), "disagreement": ("", "Ja.")}, version=1)

    told = answer.json()
    assert answer.status_code == 422
    assert told["written"] == ["disagreement"]
    assert told["refused"] == {
        two: "Je telde 8 antwoorden, maar er waren 7 mensen. Kijk de stickers nog eens na."
    }
    assert two not in typed(talk)
    assert typed(talk)["disagreement"] == "Ja."


@pytest.mark.parametrize(
    ("name", "now", "sentence"),
    [
        ("s-3", "8", "Er waren 7 mensen"),
        ("s-3", "veel", "Vul een getal in"),
        ("p", "11", "Kies een getal van 0 tot 10"),
        ("disagreement", "a\x00b", "een teken dat we niet kunnen bewaren"),
        ("disagreement", "a\ud800b", "een teken dat we niet kunnen bewaren"),
        ("disagreement", "x" * 1001, "Dit is te lang"),
        ("disagreement", "85.07.30-033.28", "rijksregisternummer"),
        ("o-999999", "Weg", "staat niet meer op het blad"),
        ("s-11", "1", "staat niet meer op het blad"),
        ("barrier-0", {"text": "Geen stoel."}, "Kies w"),
        ("barrier-0", barrier("Geen stoel.", type="x"), "Kies een van"),
        ("quote-0", quote("x" * 601), "Dit is te lang"),
    ],
)
def test_a_refused_field_says_why_in_dutch(device, talk, name, now, sentence):
    was = None if isinstance(now, dict) else ""
    answer = device.save({name: (was, now), "s-1": ("", "1")})

    assert answer.status_code == 422
    assert sentence in answer.json()["refused"][name]
    assert typed(talk) == {"s-1": "1"}


def test_the_last_page_refuses_what_is_too_long(device, talk):
    answer = device.save({"text": ("", "x" * 2001), "o-1": ("", "x")}, domain="")

    assert answer.status_code == 422
    assert answer.json()["refused"].keys() == {"text", "o-1"}


def test_stickers_beside_points_given_together_are_refused(device, talk):
    device.save({"p": ("", "6")})

    answer = device.save({"s-3": ("", "2")}, version=1)

    assert answer.json()["refused"]["s-3"].startswith("Kies: de groep gaf samen")
    assert typed(talk) == {"p": "6"}


def test_a_group_that_became_smaller_loses_no_count_by_another_change(device, talk):
    device.save({"s-3": ("", "7")})
    Conversation.objects.filter(pk=talk.pk).update(people=5)

    refused = device.save({"s-4": ("", "1")}, version=1)
    lowered = device.save({"s-3": ("7", "4"), "s-4": ("", "1")}, version=1)

    assert refused.status_code == 422
    assert lowered.status_code == 200
    assert typed(talk) == {"s-3": "4", "s-4": "1"}


def test_a_page_has_room_for_twenty_quotes(device, talk):
    device.save({f"quote-{n}": (None, quote(f"Zin {n}.")) for n in range(MAX_ROWS)})

    answer = device.save({"quote-20": (None, quote("Te veel."))}, version=1)

    assert "plaats voor 20" in answer.json()["refused"]["quote-20"]
    assert talk.quotes.count() == MAX_ROWS


# --- two devices ------------------------------------------------------------


def test_different_fields_of_two_devices_are_both_kept(device, talk):
    device.save({"s-1": ("", "1")})

    answer = device.save({"s-2": ("", "2")}, version=0)

    assert answer.status_code == 200
    assert answer.json()["shared"] is True
    assert typed(talk) == {"s-1": "1", "s-2": "2"}


def test_the_same_field_is_a_conflict_and_shows_both(device, talk):
    device.save({"disagreement": ("", "Over de uren.")})

    answer = device.save(
        {"disagreement": ("", "Over de stoelen."), "s-1": ("", "1")}, version=0
    )

    told = answer.json()
    assert answer.status_code == 409
    assert told["conflicts"] == {
        "disagreement": {"mine": "Over de stoelen.", "theirs": "Over de uren."}
    }
    assert told["written"] == ["s-1"]
    assert typed(talk)["disagreement"] == "Over de uren."


def test_the_same_words_from_two_devices_are_no_conflict(device, talk):
    device.save({"disagreement": ("", "Over de uren.")})

    answer = device.save({"disagreement": ("", "Over de uren. ")}, version=0)

    assert answer.status_code == 200


def test_two_people_who_each_add_a_quote_both_get_theirs(device, talk):
    device.save({"quote-0": (None, quote("Van de ene."))})

    answer = device.save({"quote-0": (None, quote("Van de andere."))}, version=0)

    assert answer.status_code == 200
    assert set(talk.quotes.values_list("text", flat=True)) == {
        "Van de ene.",
        "Van de andere.",
    }


def test_a_quote_that_both_changed_is_a_conflict(device, talk):
    device.save({"quote-0": (None, quote("Ik wacht."))})
    device.save({"quote-0": (quote("Ik wacht."), quote("Ik wacht.", report="on"))})

    ticks = device.save(
        {"quote-0": (quote("Ik wacht."), quote("Ik wacht.", outside="on"))}
    )
    gone = device.save({"quote-0": (quote("Niet meer."), quote("Anders."))})

    assert ticks.json()["conflicts"]["quote-0"]["theirs"] == {
        "text": "Ik wacht.",
        "report": "on",
    }
    assert gone.json()["conflicts"]["quote-0"] == {
        "mine": {"text": "Anders."},
        "theirs": None,
    }
    assert list(talk.quotes.get().uses) == ["report"]


def test_a_quote_that_stayed_keeps_its_row(device, talk):
    device.save(
        {"quote-0": (None, quote("Blijft.")), "barrier-0": (None, barrier("B"))}
    )
    before = (talk.quotes.get().pk, talk.barriers.get().pk)

    device.save({"quote-1": (None, quote("Erbij.")), "barrier-1": (None, barrier("C"))})

    assert talk.quotes.get(text="Blijft.").pk == before[0]
    assert talk.barriers.get(text="B").pk == before[1]


def test_other_questions_stop_the_page(device, talk, closed_question):
    closed_question.text = "Heel andere woorden?"
    body = device.body({"s-1": ("", "1")})
    closed_question.save()

    answer = device.post(body)

    assert answer.status_code == 409
    assert answer.json()["reason"] == "questions"
    assert typed(talk) == {}


def test_a_sheet_that_was_handed_in_lies_fast(device, talk):
    device.save({"p": ("", "6")})
    hand_in(conversation=talk, on=timezone.localdate())

    answer = device.save({"p": ("6", "7")})

    assert answer.status_code == 409
    assert answer.json()["reason"] == "locked"
    assert typed(talk) == {"p": "6"}


# --- the same request again -------------------------------------------------


@pytest.mark.smoke
def test_the_same_request_again_gets_the_same_answer_and_changes_nothing(device, talk):
    body = device.body({"disagreement": ("", "Eerst.")})
    first = device.post(body)
    device.save({"disagreement": ("Eerst.", "Later.")}, version=1)

    again = device.post(body)

    assert again.json() == first.json()
    assert typed(talk)["disagreement"] == "Later."
    assert AnsweredRequest.objects.count() == 2


def test_the_same_request_again_shows_the_same_conflict(device, talk):
    device.save(
        {"disagreement": ("", "Eerst."), "quote-0": (None, quote("A", report="on"))}
    )
    body = device.body({"disagreement": ("", "Anders."), "quote-0": (None, quote("A"))})

    first, again = device.post(body), device.post(body)

    assert first.status_code == again.status_code == 409
    assert first.json()["conflicts"] == again.json()["conflicts"]


def test_a_request_answered_before_the_hand_in_is_answered_after_it(device, talk):
    body = device.body({"p": ("", "6")})
    device.post(body)
    hand_in(conversation=talk, on=timezone.localdate())

    assert device.post(body).status_code == 200


@pytest.mark.parametrize("other", ["fields", "place"])
def test_the_same_key_with_another_request_is_refused(device, talk, other):
    body = device.body({"s-1": ("", "1")})
    device.post(body)
    if other == "fields":
        body["fields"]["s-1"]["now"] = "2"
    else:
        device = Device(
            ConversationFactory(project=talk.project, entered_by=talk.entered_by)
        )

    answer = device.post(body)

    assert (answer.status_code, answer.json()["reason"]) == (409, "other-request")
    assert typed(talk) == {"s-1": "1"}


def test_a_key_of_somebody_else_is_simply_new(device, talk):
    coordinator = MembershipFactory(project=talk.project, role=Role.COORDINATOR).user
    other = Device(talk, coordinator)
    body = device.body({"s-1": ("", "1")})
    device.post(body)

    answer = other.post(body | {"user": coordinator.pk, "version": 1})

    assert answer.status_code == 200
    assert AnsweredRequest.objects.count() == 2


def test_what_was_answered_holds_no_words(device, talk):
    secret = "Alleen op het blad."
    device.save({"disagreement": ("", secret), "quote-0": (None, quote(secret))})
    device.save({"disagreement": ("", f"{secret} Toch niet.")})

    kept = json.dumps(list(AnsweredRequest.objects.values("result", "code")))

    assert "Alleen" not in kept


def test_answers_are_forgotten_after_120_days(talk):
    now = timezone.now()
    old = AnsweredRequestFactory(
        made_on=now - timedelta(days=DAYS_ANSWER_KEPT, hours=1)
    )
    AnsweredRequestFactory(made_on=now - timedelta(days=DAYS_ANSWER_KEPT - 1))

    gone = forget_answered_requests()

    assert gone == 1
    assert not AnsweredRequest.objects.filter(pk=old.pk).exists()


# --- who, and what shape ----------------------------------------------------


def test_a_session_that_ended_is_told_so_without_a_page(device, talk):
    answer = Client().post(device.url, "{}", content_type="application/json")

    assert answer.status_code == 401
    assert answer.json()["reason"] == "sign-in"


def test_saving_keeps_the_session_alive(device, talk):
    device.client.session.set_expiry(timedelta(hours=1))

    answer = device.save({"s-1": ("", "1")})

    assert answer.cookies["sessionid"]["max-age"]


def test_what_somebody_else_typed_is_not_saved_in_my_name(device, talk):
    answer = device.save({"s-1": ("", "1")}, user=talk.entered_by.pk + 1)

    assert (answer.status_code, answer.json()["reason"]) == (403, "other-user")
    assert typed(talk) == {}


def test_only_who_may_read_the_sheet_may_save_it(talk):
    small = ConversationFactory(
        project=talk.project, entered_by=talk.entered_by, people=2
    )
    coordinator = MembershipFactory(project=talk.project, role=Role.COORDINATOR).user
    member = MembershipFactory(project=talk.project, role=Role.MEMBER).user

    codes = [
        Device(where, who).save({"s-1": ("", "1")}).status_code
        for where, who in (
            (talk, coordinator),
            (small, coordinator),
            (talk, member),
            (talk, MembershipFactory().user),
        )
    ]

    assert codes == [200, 403, 403, 404]


GOOD_KEY = str(uuid.uuid4())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b"1" * 5000,
        b'{"key": NaN}',
        {"key": "geen sleutel"},
        {"key": 3},
        {"version": True},
        {"version": "1"},
        {"version": 1.5},
        {"domain": "bestaat-niet"},
        {"domain": None},
        {"asked": 1},
        {"fields": []},
        {"fields": {}},
        {"fields": {"s-1": "1"}},
        {"fields": {"s-1": {"was": "", "now": 1}}},
        {"fields": {"s-1": {"was": "", "now": None}}},
        {"fields": {"s-1": {"was": "", "now": {"text": "x"}}}},
        {"fields": {"s-1": {"now": "1"}}},
        {"fields": {"quote-0": {"was": None, "now": "x"}}},
        {"fields": {"quote-0": {"was": None, "now": {"text": 3}}}},
        {"fields": {"a\x00b": {"was": "", "now": "x"}}},
        {"fields": {"": {"was": "", "now": "x"}}},
        {"fields": {"o-٣": {"was": "", "now": "x"}}},
        {"fields": {f"o-{n}": {"was": "", "now": "x"} for n in range(401)}},
    ],
    ids=lambda body: str(body)[:40],
)
def test_a_request_of_another_shape_is_refused_in_dutch(device, talk, body):
    sent = body if isinstance(body, bytes) else device.body({"s-1": ("", "1")}) | body

    answer = device.post(sent)

    assert answer.status_code == 400
    assert answer.json()["sentence"].startswith("Dit konden we niet lezen")
    assert AnsweredRequest.objects.count() == 0


def test_a_request_that_is_too_big_is_refused(device, talk):
    answer = device.save({"disagreement": ("", "x" * 300_000)})

    assert (answer.status_code, answer.json()["reason"]) == (413, "too-large")


def test_a_program_that_runs_wild_is_slowed_down(device, talk, monkeypatch):
    monkeypatch.setattr("rechtencirkel.views.sheet_saving.MOST_SAVES", 2)

    codes = [device.save({"s-1": ("", "1")}).status_code for _ in range(4)]

    assert codes == [200, 200, 429, 429]


def test_without_the_secret_of_the_page_nothing_is_saved(device, talk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(talk.entered_by)

    answer = strict.post(
        device.url, device.body({"s-1": ("", "1")}), content_type="application/json"
    )

    assert answer.status_code == 403
    assert typed(talk) == {}


def test_every_counter_of_the_page_can_be_saved(device, talk):
    names = [
        f"t-{q.pk}-{option.value}"
        for q in talk.questions_about(DOMAIN)
        if q.is_closed
        for option in AnswerOption
    ]

    answer = device.save(dict.fromkeys(names, ("", "1")))

    assert answer.status_code == 200
    assert sorted(answer.json()["written"]) == sorted(names)
