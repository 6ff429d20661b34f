from statistics import median

import pytest
from hypothesis import given, settings, strategies as st

from rechtencirkel import suppression
from rechtencirkel.suppression import (
    THRESHOLD,
    Distribution,
    Hidden,
    Points,
    Reason,
    show_words,
)

HISTOGRAMS = st.lists(st.integers(0, 12), min_size=11, max_size=11)


def histogram(*values):
    counts = [0] * 11
    for value in values:
        counts[value] += 1
    return counts


def test_four_people_are_hidden():
    outcome = suppression.points(histogram(5, 5, 6, 7))

    assert isinstance(outcome, Hidden)
    assert outcome.reason is Reason.TOO_FEW


def test_five_people_are_shown():
    outcome = suppression.points(histogram(1, 5, 5, 6, 10))

    assert isinstance(outcome, Points)
    assert (outcome.median, outcome.people) == (5, 5)


def test_a_hidden_value_carries_no_number():
    outcome = suppression.points(histogram(5, 5, 6, 7))

    assert not [v for v in vars(outcome).values() if isinstance(v, int | float)]


@given(HISTOGRAMS)
@settings(derandomize=True, max_examples=200)
def test_the_median_is_exact(counts):
    answers = [value for value, people in enumerate(counts) for _ in range(people)]

    outcome = suppression.points(counts)

    if len(answers) < THRESHOLD:
        assert isinstance(outcome, Hidden)
    else:
        assert outcome.median == median(answers)
        assert outcome.low <= outcome.median <= outcome.high


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((5, 5, 5, 6, 6), "dicht bij elkaar"),
        ((3, 4, 5, 6, 7), "wat uit elkaar"),
        ((0, 1, 5, 9, 10), "ver uit elkaar"),
    ],
)
def test_the_spread_is_told_in_words(values, words):
    assert suppression.points(histogram(*values)).spread == words


def test_a_distribution_of_four_is_hidden():
    assert isinstance(suppression.distribution((1, 1, 1, 1, 0)), Hidden)


def test_a_distribution_of_nine_tells_only_middle_and_spread():
    outcome = suppression.distribution((1, 1, 4, 3, 0))

    assert isinstance(outcome, Distribution)
    assert outcome.counts is None
    assert outcome.middle == 2


def test_a_distribution_of_ten_tells_its_counts():
    assert suppression.distribution((1, 2, 4, 3, 0)).counts == (1, 2, 4, 3, 0)


@pytest.mark.parametrize("people", [5, 12, 19])
def test_a_small_group_that_agrees_completely_is_hidden(people):
    outcome = suppression.distribution((0, 0, people, 0, 0))

    assert outcome.is_hidden


@pytest.mark.parametrize(
    "counts", [(1, 1, 1, 1, 0), (0, 0, 12, 0, 0), (1, 2, 0, 0, 9), (0,) * 5]
)
def test_a_hidden_question_never_says_for_which_of_its_reasons(counts):
    outcome = suppression.distribution(counts)

    assert outcome == Hidden(Reason.QUESTION)
    assert "minder dan" not in outcome.sentence
    assert "hetzelfde" not in outcome.sentence


@pytest.mark.parametrize(
    ("people", "is_group", "counts"),
    [(3, True, False), (4, True, True), (1, False, True)],
)
def test_a_group_of_two_or_three_counts_in_no_figure(people, is_group, counts):
    assert suppression.counts_in_figures(people, is_group=is_group) is counts


@pytest.mark.parametrize(
    ("people", "may"), [(1, True), (2, False), (4, False), (5, True)]
)
def test_one_score_together_asks_five_people_or_one(people, may):
    assert suppression.may_score_together(people) is may


def test_twenty_who_agree_completely_are_shown():
    assert suppression.distribution((0, 0, 20, 0, 0)).counts == (0, 0, 20, 0, 0)


def test_people_who_do_not_know_are_no_answers_to_a_scale():
    assert isinstance(suppression.distribution((1, 1, 1, 1, 6)), Hidden)


def test_hiding_one_part_hides_the_next_smallest_too():
    verdict = suppression.breakdown({"a": 2, "b": 7, "c": 20})

    assert verdict == {
        "a": Reason.TOO_FEW,
        "b": Reason.PROTECTS_ANOTHER,
        "c": None,
    }


def test_parts_that_are_large_enough_stay():
    assert suppression.breakdown({"a": 5, "b": 6}) == {"a": None, "b": None}


def test_a_part_of_nobody_hides_no_other():
    assert suppression.breakdown({"a": 0, "b": 9})["b"] is None


@given(st.dictionaries(st.integers(0, 20), st.integers(0, 30), max_size=9))
@settings(derandomize=True, max_examples=300)
def test_no_hidden_part_can_be_computed_from_the_total(parts):
    verdict = suppression.breakdown(parts)

    shown = {key for key, reason in verdict.items() if reason is None}
    hidden = [n for key, n in parts.items() if key not in shown and n > 0]
    assert all(parts[key] >= THRESHOLD for key in shown)
    # Total minus the shown parts is a sum over several parts, or nothing is shown.
    if hidden and shown:
        assert len(hidden) >= 2
        assert sum(hidden) >= THRESHOLD


@pytest.mark.parametrize(("people", "told"), [(7, None), (8, 8)])
def test_the_number_present_is_told_from_eight_on(people, told):
    assert suppression.headcount(people) == told


def test_open_answers_of_four_people_stay_hidden():
    assert show_words({1: "a"}, 4, secret="s") == Hidden(Reason.TOO_FEW)


def test_open_answers_stand_in_an_order_that_only_the_secret_knows():
    words = {row: f"antwoord {row}" for row in range(20)}

    once, twice = (show_words(words, 5, secret="een") for _ in range(2))
    other = show_words(words, 5, secret="twee")

    assert once == twice
    assert sorted(once) == sorted(words.values())
    assert once != tuple(words.values())
    assert once != other


@pytest.mark.parametrize(
    ("parts", "people", "protected"),
    [(1, 9, False), (2, 4, False), (2, 5, True), (5, 5, False), (5, 8, True)],
)
def test_hidden_parts_protect_themselves_when_each_can_be_one_to_four(
    parts, people, protected
):
    assert suppression.protects_itself(parts, people) is protected


def test_five_parts_of_one_person_take_a_larger_one_along():
    parts = dict.fromkeys("abcde", 1) | {"f": 6, "g": 9}

    verdict = suppression.breakdown(parts)

    assert verdict["f"] is Reason.PROTECTS_ANOTHER
    assert verdict["g"] is None


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(4, 9, None), (0, 9, None), (4, 10, 40), (1, 11, 9), (1, 8, None), (5, 40, 13)],
)
def test_a_percentage_needs_ten_answers(part, whole, shown):
    assert suppression.percentage(part, whole) == shown


@pytest.mark.parametrize(("people", "told"), [(0, None), (4, None), (5, 5)])
def test_how_many_wait_is_told_from_five_people_on(people, told):
    assert suppression.waiting(people) == told


def medians(*values):
    counts = [0] * 21
    for value in values:
        counts[int(2 * value)] += 1
    return counts


@pytest.mark.parametrize("conversations", [4, 5])
def test_the_median_per_conversation_needs_five_conversations(conversations):
    outcome = suppression.per_conversation(
        medians(*[4.5] * conversations), histogram(*[4] * 20)
    )

    assert outcome.is_hidden is (conversations < 5)


def test_the_median_per_conversation_needs_five_people_as_well():
    outcome = suppression.per_conversation(medians(1, 2, 3, 4, 5), histogram(1, 2, 3))

    assert outcome.is_hidden


def test_a_large_conversation_weighs_no_more_than_a_small_one():
    outcome = suppression.per_conversation(
        medians(9, 2, 2.5, 3, 4), histogram(*[9] * 30, 2, 3, 3, 4)
    )

    assert (outcome.median, outcome.conversations) == (3, 5)


@pytest.mark.parametrize(
    ("new", "follows"),
    [
        ((6, 3, 0, 0, 0), False),
        ((6, 4, 0, 0, 0), True),
        ((4, 9, 0, 0, 0), False),
        ((0, 14, 0, 0, 0), True),
        ((5, 0, 0, 0, 0), False),
    ],
)
def test_counts_follow_when_five_came_and_nobody_or_five_went(new, follows):
    assert suppression.may_follow((5, 0, 0, 0, 0), new) is follows
