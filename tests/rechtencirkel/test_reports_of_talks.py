"""A report after it was handed in: accepted, sent back, answered, reopened."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from kader.vocabulary import ChecklistPoint, ServiceDomain
from rechtencirkel.models import Conversation, ConversationState, DomainTotal
from rechtencirkel.services import (
    ChecklistLine,
    accept,
    choose_talk_questions,
    close_round,
    hand_in,
    mark_read_back,
    reopen,
    return_with_question,
    save_checklist,
)
from tests.factories import (
    ConversationFactory,
    FeedbackFactory,
    RoundQuestionFactory,
    TargetGroupFactory,
)
from tests.helpers import page_of, post_everything

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def recent(user, project, **fields):
    """Return a report handed in today: it does not count yet."""
    given = {"project": project, "entered_by": user, "held_on": TODAY()} | fields
    return ConversationFactory(**given, handed_in=TODAY())


def url(name, conversation):
    return reverse(
        f"rechtencirkel:conversation_{name}",
        args=[conversation.project_id, conversation.pk],
    )


def send_back(conversation, user, question="Klopt dit getal?"):
    return return_with_question(
        conversation=conversation, question=question, on=TODAY(), by=user
    )


def test_a_draft_is_neither_accepted_nor_sent_back_nor_reopened(coordinator, project):
    draft = ConversationFactory(project=project)

    with pytest.raises(ValidationError, match="niet ingediend"):
        accept(conversation=draft, on=TODAY(), by=coordinator)
    with pytest.raises(ValidationError, match="niet ingediend"):
        send_back(draft, coordinator)
    with pytest.raises(ValidationError, match="niet ingediend"):
        reopen(
            conversation=draft,
            reason="Zomaar.",
            on=TODAY(),
            by=coordinator,
            may_withdraw_counted=True,
        )


def test_a_report_that_comes_back_withdraws_its_totals_and_keeps_the_question(
    coordinator, grassroots, project
):
    talk = recent(grassroots, project)

    send_back(talk, coordinator)

    assert talk.is_returned
    assert not DomainTotal.objects.filter(conversation=talk).exists()
    assert talk.events.last_question().text == "Klopt dit getal?"
    later = TODAY() + timedelta(days=400)
    assert talk not in Conversation.objects.counted(later)


def test_a_question_may_not_be_empty(coordinator, grassroots, project):
    talk = recent(grassroots, project)

    with pytest.raises(ValidationError, match="waarom"):
        send_back(talk, coordinator, question="  ")

    talk.refresh_from_db()
    assert talk.state == ConversationState.HANDED_IN


def test_what_is_accepted_is_not_sent_back(coordinator, grassroots, project):
    talk = recent(grassroots, project)
    accept(conversation=talk, on=TODAY(), by=coordinator)

    with pytest.raises(ValidationError, match="Heropen"):
        send_back(talk, coordinator)


def test_a_report_is_accepted_once(coordinator, grassroots, project):
    talk = recent(grassroots, project)
    accept(conversation=talk, on=TODAY(), by=coordinator)

    with pytest.raises(ValidationError, match="al aanvaard"):
        accept(conversation=talk, on=TODAY(), by=coordinator)


def test_a_returned_report_is_handed_in_with_an_answer_and_its_totals_come_back(
    coordinator, grassroots, project
):
    talk = recent(grassroots, project)
    before = list(talk.totals.values_list("domain", "points", "options"))
    send_back(talk, coordinator)

    with pytest.raises(ValidationError, match="Antwoord eerst"):
        hand_in(conversation=talk, on=TODAY())
    hand_in(conversation=talk, on=TODAY(), answer="Ja, dat klopt.")

    assert list(talk.totals.values_list("domain", "points", "options")) == before
    assert [event.kind for event in talk.events.all()] == [
        "handed_in",
        "returned",
        "handed_in",
    ]
    assert talk.events.last().text == "Ja, dat klopt."


def test_who_entered_it_reopens_before_it_counts_and_not_after(grassroots, project):
    talk = recent(grassroots, project)
    why = {"on": TODAY(), "by": grassroots, "may_withdraw_counted": False}

    reopen(conversation=talk, reason="Een telling was fout.", **why)
    assert talk.state == ConversationState.DRAFT
    hand_in(conversation=talk, on=TODAY())
    mark_read_back(conversation=talk, on=TODAY())

    with pytest.raises(ValidationError, match="Alleen de coördinator"):
        reopen(conversation=talk, reason="Nog eens.", **why)
    assert talk.totals.exists()


def test_the_coordinator_reopens_what_counts_and_it_counts_no_longer(
    coordinator, grassroots, project
):
    # Four people: it counts, and waits until it may be shown.
    talk = recent(grassroots, project, people=4)
    mark_read_back(conversation=talk, on=TODAY())

    reopen(
        conversation=talk,
        reason="De groep vond een fout.",
        on=TODAY(),
        by=coordinator,
        may_withdraw_counted=True,
    )

    assert talk not in Conversation.objects.counted(TODAY())
    assert not talk.totals.exists()
    event = talk.events.last()
    assert (event.by, event.happened_on, event.text) == (
        coordinator,
        TODAY(),
        "De groep vond een fout.",
    )


def test_nothing_opens_again_in_a_closed_round(coordinator, grassroots, project):
    talk = recent(grassroots, project)
    close_round(measurement=talk.round, on=TODAY())

    with pytest.raises(ValidationError, match="afgesloten"):
        send_back(talk, coordinator)


def test_the_coordinator_sends_back_and_the_guide_answers_on_the_pages(
    coordinator_client, grassroots_client, grassroots, project
):
    talk = recent(grassroots, project)

    coordinator_client.post(url("return", talk), {"question": "Klopt dit getal?"})
    seen = grassroots_client.get(url("detail", talk)).content.decode()
    empty = grassroots_client.post(url("answer", talk), {"answer": ""})
    grassroots_client.post(url("answer", talk), {"answer": "Ja, geteld en nageteld."})

    assert "Klopt dit getal?" in seen
    assert "Vul dit nog in." in empty.content.decode()
    talk.refresh_from_db()
    assert talk.state == ConversationState.HANDED_IN


def test_a_member_reads_what_happened_and_not_what_was_asked(
    coordinator, member_client, grassroots, project
):
    talk = recent(grassroots, project)
    send_back(talk, coordinator)

    seen = member_client.get(url("detail", talk)).content.decode()

    assert "Teruggestuurd met een vraag" in seen
    assert "Klopt dit getal?" not in seen


@pytest.mark.parametrize("was_handed_in", [True, False])
def test_only_what_was_never_handed_in_can_be_deleted(
    coordinator, grassroots_client, grassroots, project, was_handed_in
):
    talk = ConversationFactory(project=project, entered_by=grassroots, held_on=TODAY())
    if was_handed_in:
        talk = recent(grassroots, project)
        send_back(talk, coordinator)

    grassroots_client.post(url("delete", talk))

    assert Conversation.objects.filter(pk=talk.pk).exists() is was_handed_in


def test_the_checklist_keeps_ticks_notes_and_own_lines(grassroots, project):
    talk = ConversationFactory(project=project, entered_by=grassroots)
    lines = [
        ChecklistLine("4 kinderen", is_done=False, point=ChecklistPoint.CHILDCARE),
        ChecklistLine("", is_done=True, point=ChecklistPoint.ROOM),
        ChecklistLine("", is_done=False, point=ChecklistPoint.COFFEE),
        ChecklistLine("Stickers", is_done=True),
        ChecklistLine("", is_done=True),
    ]

    save_checklist(conversation=talk, lines=lines)
    save_checklist(conversation=talk, lines=lines)

    assert [str(item) for item in talk.checklist.all()] == [
        "Opvang voor de kinderen: 4 kinderen",
        "Lokaal",
        "Stickers",
    ]


def test_a_talk_asks_the_chosen_questions_in_order_and_the_points_last(
    grassroots, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )
    every = talk.questions_about(ServiceDomain.ACCESS)
    free = [question for question in every if not question.is_points]

    choose_talk_questions(conversation=talk, question_ids=[free[-1].pk, free[0].pk])

    asked = talk.questions_about(ServiceDomain.ACCESS)
    assert asked[:2] == [free[-1], free[0]]
    assert [q.is_points for q in asked[2:]] == [True]
    assert talk.question_count() == 2


def test_a_question_with_an_answer_stays_on_the_sheet(grassroots, project):
    talk = ConversationFactory(
        project=project,
        entered_by=grassroots,
        domains=[ServiceDomain.ACCESS],
        filled=True,
    )
    every = talk.questions_about(ServiceDomain.ACCESS)

    choose_talk_questions(conversation=talk, question_ids=[every[0].pk])

    assert set(talk.questions_about(ServiceDomain.ACCESS)) == set(every)


def test_a_hidden_question_is_not_offered_counted_or_chosen(
    grassroots, grassroots_client, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )
    first, *rest = (q for q in talk.questions_about(ServiceDomain.ACCESS))
    hidden = [q for q in rest if not q.is_points]
    choose_talk_questions(conversation=talk, question_ids=[hidden[0].pk])
    talk.round.questions.filter(pk__in=[q.pk for q in hidden]).update(is_hidden=True)
    url = reverse("rechtencirkel:conversation_questions", args=[project.pk, talk.pk])

    offered = grassroots_client.get(url).context["form"].questions

    # What was chosen is no longer asked, so the domain asks what is left of it.
    assert offered == [first]
    assert talk.question_count() == 1
    assert talk.questions_about(ServiceDomain.ACCESS)[0] == first
    for wrong in ([hidden[0].pk], [first.pk, first.pk]):
        with pytest.raises(ValidationError, match="alleen uit de vragen"):
            choose_talk_questions(conversation=talk, question_ids=wrong)


def test_choosing_everything_keeps_no_choice(grassroots, grassroots_client, project):
    access, aftercare = ServiceDomain.ACCESS, ServiceDomain.AFTERCARE
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=[access, aftercare]
    )
    url = reverse("rechtencirkel:conversation_questions", args=[project.pk, talk.pk])

    post_everything(grassroots_client, url)
    untouched = talk.asked_questions.count()
    asked = [q.pk for q in talk.questions_about(access) if not q.is_points]
    choose_talk_questions(conversation=talk, question_ids=asked[::-1])

    assert untouched == 0
    assert list(talk.asked_questions.values_list("question", flat=True)) == asked[::-1]


def test_a_question_of_another_round_cannot_be_chosen(grassroots, project):
    talk = ConversationFactory(project=project, entered_by=grassroots)

    with pytest.raises(ValidationError, match="alleen uit de vragen"):
        choose_talk_questions(
            conversation=talk, question_ids=[RoundQuestionFactory().pk]
        )


def test_a_sheet_asks_about_a_name_before_it_saves_and_then_saves(
    grassroots_client, grassroots, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )
    sheet = reverse(
        "rechtencirkel:sheet_edit", args=[project.pk, talk.pk, ServiceDomain.ACCESS]
    )
    typed = {"version": "0", "disagreement": "Fatima zei iets anders dan de rest."}

    first = grassroots_client.post(sheet, typed)
    marks = page_of(first).xpath("//input[@name='privacy_seen']/@value")
    second = grassroots_client.post(sheet, typed | {"privacy_seen": marks})

    assert "Staat hier een naam?" in first.content.decode()
    assert "Fatima zei iets anders" in first.content.decode()
    assert second.status_code == 302
    assert talk.disagreements.get().text == typed["disagreement"]
    review = reverse("rechtencirkel:sheet_review", args=[project.pk, talk.pk])
    seen = grassroots_client.get(review).content.decode()
    assert "Staat hier een naam?" in seen
    assert "Niet eens:" in seen


def test_a_sheet_refuses_a_national_number_and_keeps_what_was_typed(
    grassroots_client, grassroots, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )
    sheet = reverse(
        "rechtencirkel:sheet_edit", args=[project.pk, talk.pk, ServiceDomain.ACCESS]
    )

    response = grassroots_client.post(
        sheet, {"version": "0", "quote-0-text": "Ik ben 85.07.30-033.28."}
    )

    body = response.content.decode()
    assert "Dat bewaren we nooit." in body
    assert "85.07.30-033.28" in body
    assert not talk.quotes.exists()


def test_the_check_while_typing_answers_with_a_hint_and_stores_nothing(
    member_client, project
):
    check = reverse("rechtencirkel:privacy_check", args=[project.pk])

    hint = member_client.post(check, {"text": "Ik zag Fatima <b>daar</b>."})
    none = member_client.post(check, {"text": "Kerkstraat 12", "allows": "address"})

    assert "Vervang door “een deelnemer”" in hint.content.decode()
    assert none.content.decode().strip() == ""


def test_a_group_that_was_not_told_yet_gives_a_warning_until_it_is(
    member_client, project
):
    group = TargetGroupFactory(project=project)
    talk = ConversationFactory(project=project, target_group=group, handed_in=True)
    warning = reverse("improvement_actions:feedback_warning", args=[project.pk])

    before = member_client.get(warning, {"target_group": group.pk}).content.decode()
    FeedbackFactory(project=project, target_group=group, given_on=talk.held_on)
    after = member_client.get(warning, {"target_group": group.pk}).content.decode()

    assert "Vertel dat eerst" in before
    assert after.strip() == ""


@pytest.mark.parametrize("wanted", ["", "abc", "-1", "9" * 40])
def test_a_senseless_group_gives_no_warning(member_client, project, wanted):
    warning = reverse("improvement_actions:feedback_warning", args=[project.pk])

    response = member_client.get(warning, {"target_group": wanted})

    assert response.status_code == 200
    assert response.content.decode().strip() == ""


def test_a_guide_who_also_helps_participants_gives_a_warning_and_no_block(
    grassroots_client, grassroots, project
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, helps_participants=True
    )

    seen = grassroots_client.get(url("detail", talk)).content.decode()

    assert "De begeleider is ook de hulpverlener van deelnemers." in seen
