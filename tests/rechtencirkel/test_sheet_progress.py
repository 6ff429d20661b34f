import pytest

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import RoundQuestion
from rechtencirkel.sheet_progress import Step, steps_of
from tests.factories import (
    AskedQuestionFactory,
    ConversationFactory,
    OpenAnswerFactory,
    fill_sheet,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return ConversationFactory(
        domains=[ServiceDomain.PREVENTION, ServiceDomain.ACCESS], people=7
    )


def asked(talk, domain):
    return len(talk.questions_about(domain))


def test_an_empty_sheet_has_no_answers(talk):
    assert steps_of(talk) == [Step(d, 0, asked(talk, d)) for d in talk.domains]


def test_a_full_sheet_has_all_answers(talk):
    fill_sheet(talk)

    assert [step.answered for step in steps_of(talk)] == [
        asked(talk, domain) for domain in talk.domains
    ]


def test_a_choice_of_questions_counts_only_those_and_the_points(talk):
    question = next(
        q for q in talk.questions_about(ServiceDomain.ACCESS) if not q.scale
    )
    AskedQuestionFactory(conversation=talk, question=question)

    step = steps_of(talk)[1]

    assert step == Step(ServiceDomain.ACCESS, 0, asked(talk, ServiceDomain.ACCESS))


def test_a_choice_that_was_hidden_afterwards_narrows_nothing(talk):
    question = next(
        q for q in talk.questions_about(ServiceDomain.ACCESS) if not q.scale
    )
    AskedQuestionFactory(conversation=talk, question=question)
    OpenAnswerFactory(conversation=talk, question=question)
    RoundQuestion.objects.filter(pk=question.pk).update(is_hidden=True)

    step = steps_of(talk)[1]

    assert step == Step(ServiceDomain.ACCESS, 1, asked(talk, ServiceDomain.ACCESS))


def test_points_count_as_one_answer(talk):
    talk.points_tallies.create(
        domain=ServiceDomain.ACCESS, points=6, people=7, is_joint=True
    )

    assert [step.answered for step in steps_of(talk)] == [0, 1]


def test_it_costs_two_queries(talk, django_assert_num_queries):
    fill_sheet(talk)

    with django_assert_num_queries(2):
        steps_of(talk)
