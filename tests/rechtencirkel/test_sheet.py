import pytest
from hypothesis import given, settings, strategies as st

from kader.vocabulary import AnswerOption, QuoteUse, Scale
from rechtencirkel.models import RoundQuestion
from rechtencirkel.sheet import MAX_ROWS, read_page
from rechtencirkel.sheet_drawing import build_blocks, build_rows

CLOSED = RoundQuestion(pk=1, scale=Scale.AGREEMENT, text="Ik voelde me welkom.")
OPEN = RoundQuestion(pk=2, scale="", text="Wat kan beter?")
POINTS = RoundQuestion(pk=3, scale=Scale.POINTS, text="Punten op 10")
QUESTIONS = [CLOSED, OPEN, POINTS]


def read(people=7, **posted):
    typed = {key.replace("_", "-"): value for key, value in posted.items()}
    return read_page(typed, questions=QUESTIONS, people=people)


def test_an_empty_page_is_fine_because_nothing_is_obligatory():
    page = read()

    assert page.is_valid
    assert page.options == {}


def test_tallies_are_read_per_option():
    page = read(t_1_first="4", t_1_second="2", t_1_third="1")

    assert page.is_valid
    assert page.options == {
        (1, AnswerOption.FIRST): 4,
        (1, AnswerOption.SECOND): 2,
        (1, AnswerOption.THIRD): 1,
    }


def test_tallies_above_the_number_of_people_are_refused_at_the_question():
    page = read(t_1_first="4", t_1_second="4")

    assert list(page.errors) == ["q-1"]
    assert "8 antwoorden" in page.errors["q-1"]
    assert "7 mensen" in page.errors["q-1"]


@pytest.mark.parametrize(
    "typed", ["8", "-1", "1.5", "twee", "٣", "9" * 30, "\x00", "1e3", "NaN"]
)
def test_a_wrong_count_is_refused_at_its_field(typed):
    page = read(t_1_first=typed)

    assert list(page.errors) == ["t-1-first"]


def test_the_group_gives_points_together_or_apart_but_not_both():
    together, apart = read(p="5"), read(s_5="4", s_6="3")
    both = read(p="5", s_5="4")

    assert together.joint_points == 5
    assert apart.sticker_points == {5: 4, 6: 3}
    assert list(both.errors) == ["p"]


@pytest.mark.parametrize("typed", ["11", "-1", "5,5", "vijf"])
def test_points_outside_the_scale_are_refused(typed):
    assert list(read(p=typed).errors) == ["p"]


def test_more_stickers_than_people_are_refused():
    assert list(read(s_5="4", s_6="4").errors) == ["p"]


def test_a_quote_without_its_ticks_is_kept_and_not_released():
    page = read(quote_0_text="Ik durfde niet te bellen.", quote_0_report="on")

    assert [(q.uses, q.is_unrecognisable) for q in page.quotes] == [
        ((QuoteUse.REPORT,), False)
    ]


def test_a_barrier_needs_its_kind_and_its_level():
    page = read(barrier_0_text="De bus rijdt niet", barrier_0_kind="bestaat niet")

    assert set(page.errors) == {"barrier-0-kind", "barrier-0-level"}


def test_a_text_that_no_database_holds_is_refused():
    page = read(o_2="Goed\ud800")

    assert list(page.errors) == ["o-2"]


def test_a_text_that_is_too_long_says_how_much_fits():
    page = read(o_2="a" * 4001)

    assert "4000" in page.errors["o-2"]


def test_what_was_typed_wrong_is_drawn_again():
    typed = {"t-1-first": "veel", "p": "5"}
    page = read_page(typed, questions=QUESTIONS, people=7)

    closed, _, points = build_blocks(typed, page.errors, QUESTIONS)

    assert closed.fields[0].value == "veel"
    assert closed.fields[0].error
    assert points.joint == "5"


def test_there_is_always_one_spare_row_until_the_sheet_is_full():
    one = build_rows({"quote-0-text": "a"}, {}, "quote", ["text"])
    full = build_rows(
        {f"quote-{n}-text": "a" for n in range(MAX_ROWS)}, {}, "quote", ["text"]
    )

    assert [row.number for row in one] == [0, 1]
    assert len(full) == MAX_ROWS


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "t-1-first",
                "t-1-unknown",
                "p",
                "s-0",
                "s-10",
                "o-2",
                "quote-0-text",
                "barrier-0-text",
                "barrier-0-kind",
                "barrier-19-text",
                "onbekend",
            ]
        ),
        st.text(max_size=40),
    ),
    st.integers(1, 500),
)
@settings(derandomize=True, max_examples=300)
def test_whatever_is_posted_gives_values_within_limits_or_an_error(posted, people):
    page = read_page(posted, questions=QUESTIONS, people=people)

    if page.is_valid:
        assert sum(page.options.values()) <= people
        assert sum(page.sticker_points.values()) <= people
        assert page.joint_points is None or 0 <= page.joint_points <= 10
