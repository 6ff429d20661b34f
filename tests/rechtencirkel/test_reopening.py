"""A report that stands in the figures and opens again: what stays, and what follows."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import AnswerOption, QuoteUse, ServiceDomain, Side
from lpk_site.integrity import run_checks
from rechtencirkel.analysis import analyse_circle, total_of
from rechtencirkel.models import (
    BarrierMention,
    Conversation,
    DomainTotal,
    Publication,
    Quote,
)
from rechtencirkel.publishing import domains_behind
from rechtencirkel.services import (
    accept,
    close_round,
    hand_in,
    mark_read_back,
    publish_due,
    reopen,
    return_with_question,
)
from tests.factories import (
    BarrierMentionFactory,
    ConversationFactory,
    OptionTallyFactory,
    PointsTallyFactory,
    QuoteFactory,
    RoundFactory,
    TargetGroupFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
ACCESS, PREVENTION = ServiceDomain.ACCESS, ServiceDomain.PREVENTION


@pytest.fixture
def measurement(project, coordinator):
    return RoundFactory(project=project)


@pytest.fixture
def talk(measurement, grassroots):
    return a_talk(measurement, [3] * 8, entered_by=grassroots)


def a_talk(measurement, scores, *, side=Side.TARGET_GROUP, **fields):
    """Hand in a talk about access in which everybody gave points; it counts."""
    given = {"side": side} if side == Side.TARGET_GROUP else {"providers": True}
    talk = ConversationFactory(
        project=measurement.project,
        round=measurement,
        people=len(scores),
        domains=fields.pop("domains", [ACCESS]),
        **given,
        **fields,
    )
    score(talk, scores)
    return count(talk)


def score(talk, scores, domain=ACCESS):
    talk.points_tallies.filter(domain=domain).delete()
    for points in set(scores):
        PointsTallyFactory(
            conversation=talk, domain=domain, points=points, people=scores.count(points)
        )


def answer(talk, **options):
    """Count the answers to the closed question about access."""
    question = talk.round.questions.filter(
        domain=ACCESS, side=talk.side, scale__in=["frequency", "agreement", "quality"]
    ).first() or next(
        q
        for q in talk.round.questions.filter(domain=ACCESS, side=talk.side)
        if q.is_closed
    )
    talk.option_tallies.filter(question=question).delete()
    for option, people in zip(AnswerOption, options["counts"], strict=True):
        if people:
            OptionTallyFactory(
                conversation=talk, question=question, option=option, people=people
            )
    return question.code


def count(talk, **given):
    hand_in(conversation=talk, on=TODAY(), **given)
    if talk.side == Side.TARGET_GROUP:
        mark_read_back(conversation=talk, on=TODAY())
    return talk


def open_again(talk, user=None):
    return reopen(
        conversation=talk,
        reason="Er stond een fout in.",
        on=TODAY(),
        by=user or talk.entered_by,
        may_withdraw_counted=True,
    )


def shown(measurement, domain=ACCESS):
    return Publication.objects.newest().get(round=measurement, domain=domain)


def page(client, name, *args):
    return client.get(reverse(f"rechtencirkel:{name}", args=args)).content.decode()


def detail(client, talk):
    return page(client, "conversation_detail", talk.project_id, talk.pk)


# --- what stays -------------------------------------------------------------


def test_the_figures_stay_while_a_report_is_open(measurement, talk):
    before = shown(measurement).points

    open_again(talk)
    a_talk(measurement, [9] * 5)

    assert talk.is_draft
    assert shown(measurement).points[3] == before[3] == 8
    assert not run_checks()


def test_what_is_typed_while_it_is_open_changes_no_figure(measurement, talk):
    open_again(talk)

    score(talk, [9] * 8)
    publish_due(TODAY())
    a_talk(measurement, [5] * 5)

    assert shown(measurement).points[9] == 0


def test_words_and_barriers_wait_while_a_report_is_open(measurement, talk):
    QuoteFactory(conversation=talk, domain=ACCESS)
    BarrierMentionFactory(conversation=talk, domain=ACCESS)

    def told():
        return (
            Quote.objects.shown(TODAY(), QuoteUse.DIALOGUE).count(),
            BarrierMention.objects.shown(TODAY()).count(),
        )

    before = told()
    open_again(talk)
    during = told()
    count(talk)

    assert (before, during, told()) == ((1, 1), (0, 0), (1, 1))


def test_what_was_not_shown_yet_goes_and_what_was_shown_stays(measurement, grassroots):
    talk = a_talk(
        measurement, [3] * 4, entered_by=grassroots, domains=[ACCESS, PREVENTION]
    )
    a_talk(measurement, [5] * 4)

    open_again(talk)

    assert [row.domain for row in DomainTotal.objects.filter(conversation=talk)] == [
        ACCESS
    ]
    assert not run_checks()


@pytest.mark.parametrize("times", [1, 2])
def test_a_report_that_comes_back_as_it_was_changes_nothing(measurement, talk, times):
    before = Publication.objects.count()

    for _ in range(times):
        open_again(talk)
        count(talk)

    assert Publication.objects.count() == before
    assert domains_behind(talk) == ()
    assert not run_checks()


# --- what follows -----------------------------------------------------------


@pytest.mark.parametrize(
    ("scores", "follows"),
    [([3] * 7 + [4], False), ([3] * 4 + [4] * 4, False), ([3] * 3 + [4] * 5, True)],
    ids=["one", "four", "five"],
)
def test_a_corrected_score_follows_from_five_people_on(
    measurement, talk, scores, follows
):
    open_again(talk)
    score(talk, scores)

    count(talk)

    expected = [3, 5] if follows else [8, 0]
    assert shown(measurement).points[3:5] == expected
    assert domains_behind(talk) == (() if follows else (ACCESS,))
    assert not run_checks()


def test_a_correction_that_stays_behind_holds_nobody_else_back(measurement, talk):
    open_again(talk)
    score(talk, [3] * 7 + [4])
    count(talk)

    a_talk(measurement, [6] * 5)

    assert shown(measurement).points[3:7] == [8, 0, 0, 5]
    assert domains_behind(talk) == (ACCESS,)


def test_a_correction_counts_after_the_group_heard_it_again(measurement, talk):
    open_again(talk)
    score(talk, [4] * 8)

    hand_in(conversation=talk, on=TODAY())
    waiting = shown(measurement).points[3:5]
    mark_read_back(conversation=talk, on=TODAY())

    assert waiting == [8, 0]
    assert shown(measurement).points[3:5] == [0, 8]


def test_a_correction_nobody_read_back_counts_after_two_weeks(measurement, talk):
    open_again(talk)
    score(talk, [4] * 8)
    hand_in(conversation=talk, on=TODAY())

    publish_due(TODAY() + timedelta(days=13))
    early = shown(measurement).points[3:5]
    publish_due(TODAY() + timedelta(days=14))

    assert early == [8, 0]
    assert shown(measurement).points[3:5] == [0, 8]


def test_corrected_points_stay_in_the_row_where_they_stood(measurement):
    small = a_talk(measurement, [5, 5], side=Side.PROVIDERS, category="partner")
    talk = a_talk(measurement, [3] * 6, side=Side.PROVIDERS)
    assert set(shown(measurement).together) == {"partner", "social_work"}

    open_again(talk)
    score(talk, [7] * 6)
    count(talk)

    row = shown(measurement)
    assert row.own == {}
    assert row.together["social_work"][7] == 6
    assert row.together["partner"][5] == small.people


@pytest.mark.parametrize(
    ("now", "then"),
    [([3, 5, 0, 0, 0], [4, 4, 0, 0, 0]), ([0, 0, 4, 4, 0], [0, 0, 4, 4, 0])],
    ids=["one", "enough"],
)
def test_a_corrected_answer_follows_from_five_people_on(measurement, talk, now, then):
    open_again(talk)
    code = answer(talk, counts=[4, 4, 0, 0, 0])
    count(talk)
    assert shown(measurement).options[code] == [4, 4, 0, 0, 0]

    open_again(talk)
    answer(talk, counts=now)
    count(talk)

    assert shown(measurement).options[code] == then
    assert domains_behind(talk) == (() if now == then else (ACCESS,))


def test_a_gap_between_the_sides_follows_with_its_points(measurement, talk):
    a_talk(measurement, [8] * 6, side=Side.PROVIDERS)

    def gap():
        rows = Publication.objects.filter(round=measurement).newest()
        return analyse_circle(total_of(row) for row in rows)[ACCESS].gap

    before = gap()
    open_again(talk)
    score(talk, [3] * 4 + [7] * 4)
    count(talk)
    after_four = gap()
    open_again(talk)
    score(talk, [7] * 8)
    count(talk)

    assert (before, after_four, gap()) == (5, 5, 1)


def test_a_talk_in_the_figures_keeps_its_domains_and_its_group(measurement, talk):
    open_again(talk)
    talk.domains = [PREVENTION]
    talk.target_group = TargetGroupFactory(project=talk.project)
    talk.save()
    score(talk, [3] * 8, domain=PREVENTION)

    with pytest.raises(ValidationError) as refused:
        hand_in(conversation=talk, on=TODAY())

    told = " ".join(refused.value.messages)
    assert "Toegang staat al in de cijfers" in told
    assert "andere doelgroep of functie" in told


def test_a_group_that_turns_out_too_small_leaves_the_figures_as_they_were(
    measurement, talk
):
    open_again(talk)
    Conversation.objects.filter(pk=talk.pk).update(people=3)
    talk.refresh_from_db()
    score(talk, [9] * 3)

    count(talk)

    assert shown(measurement).points[3] == 8
    assert domains_behind(talk) == (ACCESS,)


# --- who may do it, and what the page says ----------------------------------


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_report_that_counts_goes_back_with_a_question_until_it_is_accepted(
    measurement, talk, coordinator, is_accepted
):
    question = {"question": "Klopt dit?", "on": TODAY(), "by": coordinator}
    if is_accepted:
        accept(conversation=talk, on=TODAY(), by=coordinator)
        with pytest.raises(ValidationError, match="aanvaard"):
            return_with_question(conversation=talk, **question)
        assert not talk.is_returned
        return

    return_with_question(conversation=talk, **question)
    count(talk, answer="Ja, dat klopt.")

    assert shown(measurement).points[3] == 8
    assert not talk.is_returned


def test_the_page_offers_what_works_and_says_what_happens(
    measurement, talk, coordinator, coordinator_client, grassroots_client
):
    offered = detail(coordinator_client, talk)
    address = reverse(
        "rechtencirkel:conversation_reopen", args=[talk.project_id, talk.pk]
    )
    promised = coordinator_client.get(address).content.decode()

    response = coordinator_client.post(address, {"reason": "Een telling was fout."})
    talk.refresh_from_db()
    opened = detail(grassroots_client, talk)

    assert "Heropen met een reden" in offered
    assert "Stuur terug met een vraag" in offered
    assert "Die blijven zoals ze nu zijn" in promised
    assert "verdwijnen de antwoorden" not in promised
    assert response.status_code == 302
    assert talk.is_draft
    assert "De cijfers blijven zoals ze waren" in opened


def test_the_page_names_the_domains_that_do_not_follow_and_why(
    measurement, talk, grassroots_client, member_client
):
    open_again(talk)
    score(talk, [3] * 7 + [4])
    handed_in = grassroots_client.post(
        reverse("rechtencirkel:conversation_hand_in", args=[talk.project_id, talk.pk]),
        follow=True,
    ).content.decode()
    talk.refresh_from_db()
    mark_read_back(conversation=talk, on=TODAY())
    read_back = detail(grassroots_client, talk)

    assert "Deze cijfers blijven voorlopig zoals ze waren: Toegang." in handed_in
    assert "Ze volgen pas als de groep het verslag opnieuw nalas" in handed_in
    assert "Het verschil met vroeger gaat over minder dan 5 mensen" in read_back
    assert "tonen de cijfers nog" not in detail(member_client, talk)


def test_a_report_that_followed_says_nothing(measurement, talk, grassroots_client):
    open_again(talk)
    score(talk, [4] * 8)
    count(talk)

    assert "tonen de cijfers nog" not in detail(grassroots_client, talk)


# --- groups that are too small, and one score together ----------------------


@pytest.mark.parametrize(("people", "counts"), [(3, False), (4, True)])
def test_a_group_of_less_than_four_counts_in_no_figure(measurement, people, counts):
    a_talk(measurement, [2] * people)

    a_talk(measurement, [8] * 6)

    row = shown(measurement)
    assert sum(row.points) == 6 + people * counts
    assert row.conversations == 1 + counts
    assert row.people == 6 + people * counts
    waiting = Conversation.objects.filter(round=measurement).people_not_published()
    assert waiting == 0
    assert not run_checks()


def test_two_groups_of_three_do_not_make_six(measurement):
    for _ in range(2):
        a_talk(measurement, [2] * 3)

    assert sum(shown(measurement).points) == 0
    assert Conversation.objects.people_not_published() == 0


def test_a_small_group_hears_kindly_that_its_words_count(
    measurement, grassroots, grassroots_client, member_client
):
    talk = ConversationFactory(
        project=measurement.project, people=3, entered_by=grassroots, filled=True
    )

    response = grassroots_client.post(
        reverse("rechtencirkel:conversation_hand_in", args=[talk.project_id, talk.pk]),
        follow=True,
    ).content.decode()

    sentence = "In de cijfers telt het niet mee"
    assert sentence in response
    assert sentence in detail(grassroots_client, talk)
    assert sentence not in detail(member_client, talk)


def test_one_person_alone_counts_among_others(measurement):
    a_talk(measurement, [9], kind="individual")

    a_talk(measurement, [4] * 5)

    assert sum(shown(measurement).points) == 6


@pytest.mark.parametrize("people", [2, 4])
@pytest.mark.parametrize("side", list(Side))
def test_a_few_people_give_no_score_together(measurement, people, side):
    talk = ConversationFactory(
        project=measurement.project, side=side, people=people, domains=[ACCESS]
    )
    PointsTallyFactory(conversation=talk, domain=ACCESS, people=people, is_joint=True)

    with pytest.raises(ValidationError, match="Dat kan vanaf 5 mensen"):
        hand_in(conversation=talk, on=TODAY())

    assert not talk.totals.exists()


@pytest.mark.parametrize(("people", "kind"), [(1, "individual"), (5, "group")])
def test_one_person_or_five_give_a_score_together(measurement, people, kind):
    talk = ConversationFactory(
        project=measurement.project, people=people, kind=kind, domains=[ACCESS]
    )
    PointsTallyFactory(conversation=talk, domain=ACCESS, people=people, is_joint=True)

    hand_in(conversation=talk, on=TODAY())

    assert sum(talk.totals.get().points) == people


# --- closing ----------------------------------------------------------------


def test_closing_counts_everything_handed_in_and_nothing_changes_later(measurement):
    talk = ConversationFactory(
        project=measurement.project, round=measurement, domains=[ACCESS]
    )
    score(talk, [3] * 8)
    hand_in(conversation=talk, on=TODAY())

    close_round(measurement=measurement, on=TODAY())
    at_closing = Publication.objects.count()
    publish_due(TODAY() + timedelta(days=30))
    mark_read_back(conversation=talk, on=TODAY())

    assert sum(shown(measurement).points) == 8
    assert Publication.objects.count() == at_closing
    assert Conversation.objects.people_not_published() == 0
    assert not run_checks()


def test_a_talk_of_four_stays_out_when_the_measurement_closes(measurement):
    a_talk(measurement, [3] * 4)

    close_round(measurement=measurement, on=TODAY())

    assert sum(shown(measurement).points) == 0
    assert Conversation.objects.people_not_published() == 0


@pytest.mark.parametrize("days", [0, 1])
def test_a_measurement_does_not_close_before_its_last_talk(measurement, talk, days):
    day = talk.held_on - timedelta(days=days)

    if days:
        with pytest.raises(ValidationError, match="Het laatste gesprek was op"):
            close_round(measurement=measurement, on=day)
        assert not measurement.is_closed
    else:
        close_round(measurement=measurement, on=day)
        assert measurement.closed_on == day


def test_a_measurement_closes_once(measurement):
    stale = type(measurement).objects.get(pk=measurement.pk)
    close_round(measurement=measurement, on=TODAY())

    with pytest.raises(ValidationError, match="al afgesloten"):
        close_round(measurement=stale, on=TODAY())


def test_a_talk_that_was_open_at_closing_ends_and_may_go(
    measurement, coordinator, grassroots, grassroots_client
):
    talk = ConversationFactory(project=measurement.project, entered_by=grassroots)
    score(talk, [3] * 8)
    hand_in(conversation=talk, on=TODAY())
    return_with_question(
        conversation=talk, question="Klopt dit?", on=TODAY(), by=coordinator
    )
    tasks = reverse("reports:my_tasks", args=[talk.project_id])
    asked = grassroots_client.get(tasks).content.decode()

    close_round(measurement=measurement, on=TODAY())
    seen = detail(grassroots_client, talk)
    after = grassroots_client.get(tasks).content.decode()
    delete = reverse(
        "rechtencirkel:conversation_delete", args=[talk.project_id, talk.pk]
    )
    grassroots_client.post(delete)

    assert "Antwoord op de vraag over je verslag" in asked
    assert "Antwoord op de vraag over je verslag" not in after
    assert "Antwoord en dien opnieuw in" not in seen
    assert "Dit verslag was toen niet ingediend." in seen
    assert not Conversation.objects.filter(pk=talk.pk).exists()


def test_a_talk_in_the_figures_that_was_open_at_closing_stays(
    measurement, talk, grassroots_client
):
    open_again(talk)

    close_round(measurement=measurement, on=TODAY())
    delete = reverse(
        "rechtencirkel:conversation_delete", args=[talk.project_id, talk.pk]
    )

    assert grassroots_client.post(delete).status_code == 404
    assert sum(shown(measurement).points) == 8
    assert "De cijfers van voor het heropenen blijven staan" in detail(
        grassroots_client, talk
    )
    assert not run_checks()


# --- sizes, days and places -------------------------------------------------


@pytest.mark.parametrize(
    ("people", "told"), [(4, "minder dan 5 mensen"), (5, "5 mensen")]
)
def test_who_may_not_read_a_sheet_sees_no_size_under_five(
    measurement, grassroots, grassroots_client, member_client, people, told
):
    talk = ConversationFactory(
        project=measurement.project, people=people, entered_by=grassroots
    )

    for client, size in (
        (member_client, told),
        (grassroots_client, f"{people} mensen"),
    ):
        assert f"<dd>{size}</dd>" in detail(client, talk)
        assert f"· {size} ·" in page(client, "conversation_list", talk.project_id)


def test_of_one_person_alone_others_see_the_month_and_not_where(
    measurement, grassroots, grassroots_client, member_client
):
    talk = ConversationFactory(
        project=measurement.project,
        kind="individual",
        people=1,
        place="Kerkstraat 12",
        entered_by=grassroots,
    )
    day = timezone.template_localtime(talk.held_on)

    for name, args in (
        ("conversation_list", (talk.project_id,)),
        ("conversation_detail", (talk.project_id, talk.pk)),
    ):
        others, own = (
            page(member_client, name, *args),
            page(grassroots_client, name, *args),
        )
        assert "Kerkstraat 12" not in others
        assert "minder dan 5 mensen" in others
        assert f" {day.day} " not in others.split("dateline")[-1][:80]
        assert "Kerkstraat 12" in own


# --- sentences about days ---------------------------------------------------


@pytest.mark.parametrize(("days", "told"), [(13, "of vanaf"), (20, "telt mee sinds")])
def test_the_day_on_which_a_report_counts_is_never_a_promise_in_the_past(
    measurement, grassroots, grassroots_client, days, told
):
    talk = ConversationFactory(
        project=measurement.project,
        entered_by=grassroots,
        held_on=TODAY() - timedelta(days=days),
        handed_in=TODAY() - timedelta(days=days),
    )

    seen = detail(grassroots_client, talk)

    assert told in seen
    assert ("vanzelf mee" in seen) is (days < 14)


@pytest.mark.parametrize("days", [0, 1])
def test_a_talk_that_has_to_come_is_not_handed_in(
    measurement, grassroots, grassroots_client, days
):
    talk = ConversationFactory(
        project=measurement.project,
        entered_by=grassroots,
        held_on=TODAY() + timedelta(days=days),
    )

    seen = detail(grassroots_client, talk)
    review = page(grassroots_client, "sheet_review", talk.project_id, talk.pk)

    assert ("Lees na en dien in" in seen) is (days == 0)
    assert ("Dien het verslag in" in review) is (days == 0)
