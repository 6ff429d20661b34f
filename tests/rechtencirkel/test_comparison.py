import pytest

from kader.vocabulary import Comparability, Scale, ServiceDomain, Side
from rechtencirkel.comparison import Asked, Change, compare, same_words


def asked(code="ONT-D2", **fields):
    usual = {
        "domain": ServiceDomain.RECEPTION,
        "side": Side.TARGET_GROUP,
        "scale": Scale.AGREEMENT,
        "text": "Ik voelde me welkom.",
    }
    return Asked(code=code, **usual | fields)


def only(before, after):
    (row,) = compare(before, after)
    return row


def test_the_same_words_on_the_same_scale_are_comparable():
    row = only([asked()], [asked()])

    assert (row.change, row.comparability) == (Change.SAME, Comparability.SAME)


def test_other_words_are_compared_with_care():
    row = only([asked()], [asked(text="Ze waren vriendelijk.")])

    assert row.change is Change.REWORDED
    assert row.comparability is Comparability.WITH_CARE


@pytest.mark.parametrize(
    "other",
    [
        {"scale": Scale.FREQUENCY},
        {"scale": ""},
        {"domain": ServiceDomain.ACCESS},
        {"side": Side.PROVIDERS},
    ],
)
def test_a_code_with_another_scale_or_place_is_another_question(other):
    row = only([asked()], [asked(**other)])

    assert row.change is Change.OTHER_QUESTION
    assert row.comparability is Comparability.NOT


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (False, True, Change.HIDDEN),
        (True, False, Change.SHOWN),
        (True, True, Change.NOT_ASKED),
    ],
)
def test_what_one_of_the_two_did_not_ask_is_not_comparable(before, after, change):
    row = only([asked(is_hidden=before)], [asked(is_hidden=after)])

    assert row.change is change
    assert row.comparability is Comparability.NOT


def test_added_and_removed_questions_are_both_listed_and_the_new_list_goes_first():
    rows = compare([asked("A"), asked("B")], [asked("C"), asked("B")])

    assert [(row.question.code, row.change) for row in rows] == [
        ("C", Change.ADDED),
        ("B", Change.SAME),
        ("A", Change.REMOVED),
    ]
    assert {rows[0].comparability, rows[2].comparability} == {Comparability.NOT}


def test_two_empty_lists_compare_to_nothing():
    assert compare([], []) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoe was {dienst}?", "Hoe was het OCMW?", True),
        ("Hoe was het CAW?", "Hoe was {dienst}?", True),
        ("Hoe was {dienst}?", "Hoe was {dienst}?", True),
        ("Hoe was {dienst}?", "Hoe is het OCMW?", False),
        ("Hoe was het CAW?", "Hoe was het OCMW?", False),
        ("Kost dit 5 (euro)?", "Kost dit 5 euro?", False),
    ],
)
def test_the_name_of_the_service_is_no_difference(one, other, same):
    assert same_words(one, other) is same
