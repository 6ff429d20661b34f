"""The code on paper: read back as it was printed, and every slip of the pen is found."""

import pytest
from django.urls import reverse
from hypothesis import given, settings, strategies as st

from kader.vocabulary import ServiceDomain
from rechtencirkel.models import ConversationState
from rechtencirkel.paper import BASE, SIGNS, PaperCode, read_code, version_of
from rechtencirkel.services import choose_talk_questions
from tests.factories import (
    ConversationFactory,
    ProjectFactory,
    UserFactory,
)

CODES = st.builds(
    PaperCode,
    conversation_id=st.integers(1, 2**40),
    version=st.text(SIGNS, min_size=3, max_size=3),
)


def test_no_two_signs_look_alike_and_their_number_is_prime():
    assert not set(SIGNS) & set("01IOL")
    assert len(set(SIGNS)) == BASE == 31


@given(CODES)
def test_a_code_reads_back_as_it_was_printed(code):
    assert read_code(str(code)) == code


@given(CODES)
def test_how_somebody_types_it_makes_no_difference(code):
    typed = f" {str(code).lower().replace('-', ' ')} "

    assert read_code(typed) == code


@given(CODES, st.data())
def test_one_wrong_sign_is_found(code, data):
    printed = str(code).replace("-", "")
    place = data.draw(st.integers(0, len(printed) - 1))
    other = data.draw(st.sampled_from(SIGNS).filter(lambda s: s != printed[place]))

    assert read_code(printed[:place] + other + printed[place + 1 :]) is None


@given(CODES, st.data())
@settings(max_examples=200)
def test_two_swapped_signs_are_found(code, data):
    printed = list(str(code).replace("-", ""))
    one = data.draw(st.integers(0, len(printed) - 1))
    other = data.draw(st.integers(0, len(printed) - 1))
    same = printed[one] == printed[other]
    printed[one], printed[other] = printed[other], printed[one]

    assert (read_code("".join(printed)) is None) == (not same)


@given(st.text(max_size=40))
def test_whatever_is_typed_breaks_nothing(typed):
    code = read_code(typed)

    assert code is None or str(code)


@pytest.mark.parametrize("typed", ["", "22", "22C-7KQ0", "２２２２２２２", "2" * 17])
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) is None


# --- the page -----------------------------------------------------------------

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(grassroots, project):
    return ConversationFactory(
        project=project, entered_by=grassroots, domains=[ServiceDomain.ACCESS]
    )


def code_of(talk):
    return str(PaperCode(talk.pk, version_of(talk.all_questions())))


def page(project):
    return reverse("rechtencirkel:paper_open", args=[project.pk])


def test_the_page_asks_for_the_code_and_changes_nothing(grassroots_client, project):
    response = grassroots_client.get(page(project))

    assert response.status_code == 200
    assert "Welk papier heb je in je hand?" in response.content.decode()


def test_a_code_opens_the_sheet_it_was_printed_for(grassroots_client, talk):
    response = grassroots_client.get(
        page(talk.project), {"code": code_of(talk)}, follow=True
    )

    assert response.redirect_chain[0][0].endswith(f"/{talk.pk}/blad/toegang/")
    assert "andere vragen" not in response.content.decode()


def test_paper_with_other_questions_than_the_sheet_is_pointed_out(
    grassroots_client, talk
):
    printed = code_of(talk)
    first = next(q for q in talk.all_questions() if not q.is_points)
    choose_talk_questions(
        conversation=talk,
        question_ids=[first.pk],
        wordings={first.pk: "Kom je vlot binnen?"},
    )

    response = grassroots_client.get(page(talk.project), {"code": printed}, follow=True)

    assert "Op je papier staan andere vragen" in response.content.decode()


def test_the_code_of_a_report_that_is_handed_in_opens_what_to_read_back(
    grassroots_client, talk
):
    printed = code_of(talk)
    type(talk).objects.filter(pk=talk.pk).update(
        state=ConversationState.HANDED_IN, handed_in_on=talk.held_on
    )

    response = grassroots_client.get(page(talk.project), {"code": printed})

    assert response.url.endswith(f"/{talk.pk}/nalezen/")


def test_a_code_with_a_slip_keeps_what_was_typed(grassroots_client, talk):
    response = grassroots_client.get(page(talk.project), {"code": "22C 7KQ2"})

    body = response.content.decode()
    assert response.status_code == 404
    assert "Deze code klopt niet." in body
    assert 'value="22C 7KQ2"' in body


@pytest.mark.parametrize("typed", ["a\x00b", "x" * 20_000, "\ud800", "<script>"])
def test_odd_signs_get_a_dutch_sentence(grassroots_client, project, typed):
    query = {"code": typed.encode("utf-8", "surrogatepass")}

    response = grassroots_client.get(page(project), query)

    assert response.status_code == 404
    assert "error-summary" in response.content.decode()
    assert "<script>" not in response.content.decode().split("<main")[1]


def test_a_talk_of_another_project_sounds_like_one_that_is_not_there(
    grassroots_client, project, grassroots
):
    foreign = ConversationFactory(project=ProjectFactory(), entered_by=grassroots)
    missing = PaperCode(999_999, "222")

    bodies = [
        grassroots_client.get(page(project), {"code": str(code)}).content.decode()
        for code in (code_of(foreign), missing)
    ]

    assert all("hoort geen gesprek in dit project" in body for body in bodies)


def test_a_small_group_of_somebody_else_stays_shut(grassroots_client, project):
    small = ConversationFactory(project=project, entered_by=UserFactory(), people=4)

    response = grassroots_client.get(page(project), {"code": code_of(small)})

    assert response.status_code == 403


def test_answers_by_link_have_no_paper(grassroots_client, talk):
    printed = code_of(talk)
    type(talk).objects.filter(pk=talk.pk).update(kind="by_link")

    response = grassroots_client.get(page(talk.project), {"code": printed})

    assert response.status_code == 404


def test_a_role_that_enters_nothing_gets_no_sheet(supporter_client, talk):
    response = supporter_client.get(page(talk.project), {"code": code_of(talk)})

    assert response.status_code == 403
