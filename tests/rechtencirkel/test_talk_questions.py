from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from lxml import html

from kader.vocabulary import QuestionLanguage, ServiceDomain
from rechtencirkel.models import AskedQuestion, ConversationState, RoundQuestion
from rechtencirkel.services import (
    SheetChangedError,
    answered_questions,
    choose_talk_questions,
    save_first_change,
)
from rechtencirkel.views.questions import speak
from tests.factories import (
    AskedQuestionFactory,
    ConversationFactory,
    OpenAnswerFactory,
    QuestionTranslationFactory,
    RoundQuestionFactory,
)
from tests.helpers import page_of

pytestmark = pytest.mark.django_db
OWN = "Wat mag anders aan de balie?"


@pytest.fixture
def talk(grassroots, project):
    return ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )


@pytest.fixture
def page(talk):
    return reverse(
        "rechtencirkel:conversation_questions", args=[talk.project_id, talk.pk]
    )


def questions_of(talk):
    asked = talk.questions_about(ServiceDomain.ACCESS)
    return [question for question in asked if not question.is_points]


def points_of(talk):
    return next(q for q in talk.questions_about(ServiceDomain.ACCESS) if q.is_points)


def posted(talk, *ticked, **more):
    """Return what the page posts when only these are ticked and nothing is reworded."""
    texts = {
        f"words-{question.pk}": question.text
        for question in talk.round.questions.filter(
            side=talk.side, domain__in=talk.domains
        )
    }
    return texts | {f"ask-{question.pk}": "on" for question in ticked} | more


def choose(talk, *questions, **own_words):
    choose_talk_questions(
        conversation=talk,
        question_ids=[q.pk for q in questions],
        wordings={int(key.removeprefix("q")): text for key, text in own_words.items()},
    )


def words_of(client, talk, name, *args):
    url = reverse(f"rechtencirkel:{name}", args=[talk.project_id, talk.pk, *args])
    body = client.get(url).content.decode()
    return " ".join(html.fromstring(body).text_content().split())


# --- the words of one talk ----------------------------------------------------


def test_a_talk_that_is_handed_in_takes_no_other_words(project):
    talk = ConversationFactory(
        project=project, domains=[ServiceDomain.ACCESS], handed_in=True
    )
    first = questions_of(talk)[0]

    with pytest.raises(ValidationError, match="ligt vast"):
        choose(talk, first, **{f"q{first.pk}": OWN})


def test_words_with_an_answer_do_not_change_silently(talk):
    question = next(q for q in questions_of(talk) if q.is_open)
    OpenAnswerFactory(conversation=talk, question=question)

    with pytest.raises(ValidationError, match="staat al een antwoord"):
        choose(talk, question, **{f"q{question.pk}": OWN})

    assert not AskedQuestion.objects.exists()


def test_own_words_with_an_answer_do_not_go_when_the_question_is_left_out(talk):
    question = next(q for q in questions_of(talk) if q.is_open)
    AskedQuestionFactory(conversation=talk, question=question, text=OWN)
    OpenAnswerFactory(conversation=talk, question=question)

    with pytest.raises(ValidationError, match="staat al een antwoord"):
        choose(talk)

    assert talk.asked_questions.get().text == OWN


def test_the_points_are_asked_everywhere_in_the_same_words(talk):
    points = points_of(talk)

    with pytest.raises(ValidationError, match="Kies alleen uit de vragen"):
        choose(talk, points, **{f"q{points.pk}": "Hoeveel op 10?"})


def test_own_words_keep_the_code_and_wear_a_star(talk):
    first, second = questions_of(talk)[:2]

    choose(talk, second, first, **{f"q{second.pk}": OWN})

    asked = questions_of(talk)
    assert [q.pk for q in asked] == [second.pk, first.pk]
    assert (asked[0].text, asked[0].shown_code) == (OWN, f"{second.code}*")
    assert asked[0].source_text == second.text
    assert (asked[1].text, asked[1].shown_code) == (first.text, first.code)


def test_the_question_of_the_round_keeps_its_words(talk):
    question = questions_of(talk)[0]

    choose(talk, question, **{f"q{question.pk}": OWN})

    assert RoundQuestion.objects.get(pk=question.pk).text == question.text


def test_the_same_words_are_no_own_words(talk):
    question = questions_of(talk)[0]

    choose(talk, question, **{f"q{question.pk}": question.text})

    assert talk.asked_questions.get().text == ""


def test_choosing_again_without_words_keeps_those_that_were_there(talk):
    question = questions_of(talk)[0]
    choose(talk, question, **{f"q{question.pk}": OWN})

    choose_talk_questions(conversation=talk, question_ids=[question.pk])

    assert talk.asked_questions.get().text == OWN


def test_a_sheet_that_stands_open_with_the_old_words_is_refused(talk):
    question = questions_of(talk)[0]
    opened_with = talk.version

    choose(talk, question, **{f"q{question.pk}": OWN})

    with pytest.raises(SheetChangedError):
        save_first_change(conversation=talk, text="Een bank.", version=opened_with)


def test_another_order_leaves_an_open_sheet_alone(talk):
    first, second = questions_of(talk)[:2]

    choose(talk, second, first)

    talk.refresh_from_db()
    assert talk.version == 0


def test_a_translation_of_the_old_words_is_not_shown_with_own_words(talk):
    first, second = questions_of(talk)[:2]
    for question in (first, second):
        QuestionTranslationFactory(question=question, language=QuestionLanguage.FRENCH)
    choose(talk, first, second, **{f"q{first.pk}": OWN})

    asked = questions_of(talk)
    speak(asked, QuestionLanguage.FRENCH)

    assert asked[0].spoken == ""
    assert asked[1].spoken != ""


def test_what_the_sheet_answers_is_found_in_one_query(talk, django_assert_num_queries):
    question = next(q for q in questions_of(talk) if q.is_open)
    OpenAnswerFactory(conversation=talk, question=question)

    with django_assert_num_queries(1):
        assert answered_questions(talk) == {question.pk}


# --- the page -----------------------------------------------------------------


def test_a_question_moves_up_and_what_was_ticked_stays(grassroots_client, talk, page):
    first, second = questions_of(talk)
    third = RoundQuestionFactory(
        round=talk.round, domain=ServiceDomain.ACCESS, position=999
    )

    response = grassroots_client.post(
        page, posted(talk, first, second, third, move=f"up-{second.pk}")
    )

    assert response.url == f"{page}?verplaatst={second.pk}"
    assert [q.pk for q in questions_of(talk)] == [second.pk, first.pk, third.pk]


def test_a_question_moves_down_again(grassroots_client, talk, page):
    first, second = questions_of(talk)[:2]

    grassroots_client.post(page, posted(talk, first, second, move=f"down-{first.pk}"))

    assert [q.pk for q in questions_of(talk)] == [second.pk, first.pk]


def test_a_question_does_not_leave_its_domain(grassroots_client, project, grassroots):
    talk = ConversationFactory(
        project=project,
        entered_by=grassroots,
        domains=[ServiceDomain.ACCESS, ServiceDomain.RECEPTION],
    )
    page = reverse("rechtencirkel:conversation_questions", args=[project.pk, talk.pk])
    last = questions_of(talk)[-1]
    here = talk.round.questions.filter(side=talk.side, domain__in=talk.domains)

    grassroots_client.post(page, posted(talk, *here, move=f"down-{last.pk}"))

    assert questions_of(talk)[-1].pk == last.pk


@pytest.mark.parametrize(
    "move",
    ["up-", "sideways-1", "up-999999999999999999999", "up-abc", "up-²", "x" * 99],
)
def test_a_forged_move_moves_nothing(grassroots_client, talk, page, move):
    first, second = questions_of(talk)[:2]

    response = grassroots_client.post(page, posted(talk, first, second, move=move))

    assert response.status_code == 302
    assert [q.pk for q in questions_of(talk)] == [first.pk, second.pk]


def test_the_button_that_was_pressed_has_the_focus_again(grassroots_client, talk, page):
    first, second = questions_of(talk)[:2]
    choose(talk, first, second)

    shown = page_of(grassroots_client.get(page, {"verplaatst": second.pk}))

    assert shown.xpath("//button[@autofocus]/@value") == [f"up-{second.pk}"]


def test_own_words_are_on_the_sheet_and_in_the_later_reading(
    grassroots_client, talk, page
):
    question = next(q for q in questions_of(talk) if q.is_open)

    grassroots_client.post(
        page, posted(talk, question, **{f"words-{question.pk}": OWN})
    )
    sheet = words_of(grassroots_client, talk, "sheet_edit", ServiceDomain.ACCESS)
    OpenAnswerFactory(conversation=talk, question=question)
    type(talk).objects.filter(pk=talk.pk).update(
        state=ConversationState.HANDED_IN, handed_in_on=talk.held_on
    )
    read = words_of(grassroots_client, talk, "sheet_review")

    assert OWN in sheet
    assert f"{question.code}*: eigen woorden" in sheet
    assert OWN in read
    assert question.text not in read


def test_words_that_are_answered_are_shown_and_locked(grassroots_client, talk, page):
    question = next(q for q in questions_of(talk) if q.is_open)
    OpenAnswerFactory(conversation=talk, question=question)

    body = grassroots_client.get(page).content.decode()
    grassroots_client.post(
        page, posted(talk, question, **{f"words-{question.pk}": OWN})
    )

    assert "al beantwoord op het blad" in body
    assert f'name="words-{question.pk}"' not in body
    assert talk.asked_questions.get().text == ""


def test_leaving_out_an_answered_question_with_own_words_is_explained(
    grassroots_client, talk, page
):
    question = next(q for q in questions_of(talk) if q.is_open)
    other = next(q for q in questions_of(talk) if not q.is_open)
    AskedQuestionFactory(conversation=talk, question=question, text=OWN)
    OpenAnswerFactory(conversation=talk, question=question)

    response = grassroots_client.post(page, posted(talk, other))

    assert "staat al een antwoord op het blad" in response.content.decode()
    assert talk.asked_questions.get().text == OWN


def test_an_answer_that_comes_in_between_is_told_and_what_was_typed_stays(
    grassroots_client, talk, page
):
    question = next(q for q in questions_of(talk) if q.is_open)
    OpenAnswerFactory(conversation=talk, question=question)

    with mock.patch(
        "rechtencirkel.views.preparation.answered_questions",
        autospec=True,
        return_value=set(),
    ):
        response = grassroots_client.post(
            page, posted(talk, question, **{f"words-{question.pk}": OWN})
        )

    body = response.content.decode()
    assert "staat al een antwoord op het blad" in body
    assert OWN in body


def test_a_name_in_own_words_is_asked_about_once(grassroots_client, talk, page):
    question = questions_of(talk)[0]
    typed = posted(talk, question, **{f"words-{question.pk}": "Wat zei Fatima daar?"})

    first = grassroots_client.post(page, typed)
    marks = page_of(first).xpath("//input[@name='privacy_seen']/@value")
    second = grassroots_client.post(page, typed | {"privacy_seen": marks})

    assert "Staat hier een naam?" in first.content.decode()
    assert second.status_code == 302


@pytest.mark.parametrize(
    ("domains", "per_domain", "advice"),
    [
        (1, 1, "Je koos nu 1 vraag. Er kunnen er nog bij."),
        (9, 1, "Je koos nu 9 vragen."),
        (9, 2, "Je koos nu 18 vragen. Dat is veel voor één gesprek."),
    ],
)
def test_the_number_of_questions_is_advice_and_no_block(
    grassroots_client, project, grassroots, domains, per_domain, advice
):
    talk = ConversationFactory(
        project=project, entered_by=grassroots, domains=list(ServiceDomain)[:domains]
    )
    page = reverse("rechtencirkel:conversation_questions", args=[project.pk, talk.pk])
    ticked = [
        question
        for domain in talk.domains
        for question in talk.questions_about(domain)[:per_domain]
    ]

    saved = grassroots_client.post(page, posted(talk, *ticked))

    line = page_of(grassroots_client.get(page)).xpath(
        "string(//*[@data-question-count])"
    )
    assert saved.status_code == 302
    assert line == advice


def test_a_hidden_question_is_not_offered_also_when_it_was_chosen(
    grassroots_client, talk, page
):
    first, second = questions_of(talk)[:2]
    RoundQuestion.objects.filter(pk__in=[first.pk, second.pk]).update(is_hidden=True)
    AskedQuestionFactory(conversation=talk, question=second)

    body = grassroots_client.get(page).content.decode()

    assert f"ask-{first.pk}" not in body
    assert f"ask-{second.pk}" not in body
