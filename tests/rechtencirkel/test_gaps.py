import pytest
from hypothesis import given, strategies as st

from kader.vocabulary import ServiceDomain, Side
from rechtencirkel.analysis import Total, analyse_circle
from rechtencirkel.gaps import (
    WIDE,
    Certainty,
    compare,
    compare_in_words,
    list_gaps,
)
from rechtencirkel.suppression import THRESHOLD, points as points_of

ACCESS = ServiceDomain.ACCESS


def histogram(points):
    return tuple(points.get(value, 0) for value in range(11))


def circle_of(**domains):
    """Build a circle from domain=(points of the target group, points of providers)."""
    totals = []
    for name, sides in domains.items():
        for side, points in zip(Side, sides, strict=True):
            if points is not None:
                counts = histogram(points)
                totals.append(Total(side, ServiceDomain(name), sum(counts), counts, {}))
    return analyse_circle(totals)


def test_the_biggest_gap_comes_first_and_of_equal_gaps_the_surest():
    circle = circle_of(
        prevention=({5: 12}, {6: 12}),
        access=({2: 5}, {6: 5}),
        reception=({2: 12}, {6: 12}),
    )

    found = [each.result.domain for each in list_gaps(circle).differences]

    assert found == [
        ServiceDomain.RECEPTION,
        ServiceDomain.ACCESS,
        ServiceDomain.PREVENTION,
    ]


def test_every_domain_stands_in_exactly_one_list():
    circle = circle_of(
        prevention=({2: 12}, {8: 12}),
        access=({3: 12}, {4: 12}),
        reception=({3: 4}, {4: 12}),
    )

    gaps = list_gaps(circle)

    listed = [*gaps.differences, *gaps.agreements, *gaps.unknown]
    assert sorted(each.result.domain.number for each in listed) == list(range(1, 10))
    assert [each.result.domain for each in gaps.agreements] == [ACCESS]
    assert gaps.big == 1


def test_agreement_on_low_scores_starts_with_the_lowest():
    circle = circle_of(
        prevention=({4: 12}, {4: 12}),
        access=({1: 12}, {2: 12}),
    )

    found = [each.result.domain for each in list_gaps(circle).agreements]

    assert found == [ACCESS, ServiceDomain.PREVENTION]


POINTS = st.none() | st.dictionaries(
    st.integers(0, 10), st.integers(1, 4), min_size=1, max_size=4
)


@given(st.dictionaries(st.sampled_from(list(ServiceDomain)), st.tuples(POINTS, POINTS)))
def test_no_number_of_a_hidden_side_reaches_the_list(domains):
    circle = circle_of(**{domain.value: sides for domain, sides in domains.items()})

    gaps = list_gaps(circle)

    compared = [*gaps.differences, *gaps.agreements]
    assert len(compared) + len(gaps.unknown) == len(ServiceDomain)
    assert [each.gap for each in gaps.differences] == sorted(
        (each.gap for each in gaps.differences), reverse=True
    )
    for each in compared:
        for side in domains[each.result.domain]:
            assert sum(side.values()) >= THRESHOLD
    for each in gaps.unknown:
        assert each.reasons


@pytest.mark.parametrize(
    ("target", "provider", "certainty", "doubts"),
    [
        ({3: 10}, {7: 10}, Certainty.STRONG, ()),
        (
            {3: 9},
            {7: 10},
            Certainty.FAIR,
            ("Minder dan 10 antwoorden van de doelgroep.",),
        ),
        (
            {3: 10},
            {7: 9},
            Certainty.FAIR,
            ("Minder dan 10 antwoorden van de diensten.",),
        ),
        (
            {0: 5, 3: 5, 8: 5},
            {7: 10},
            Certainty.FAIR,
            ("Binnen de doelgroep liggen de meningen ver uit elkaar.",),
        ),
        (
            {0: 3, 3: 1, 8: 3},
            {2: 3, 7: 1, 10: 3},
            Certainty.WEAK,
            (
                "Minder dan 10 antwoorden van beide kanten.",
                "Binnen beide kanten liggen de meningen ver uit elkaar.",
            ),
        ),
    ],
)
def test_certainty_follows_from_the_number_of_answers_and_the_spread(
    target, provider, certainty, doubts
):
    comparison = compare(circle_of(access=(target, provider))[ACCESS])

    assert (comparison.certainty, comparison.doubts) == (certainty, doubts)


@pytest.mark.parametrize(("low", "is_wide"), [(5 - WIDE, False), (5 - WIDE - 1, True)])
def test_wide_is_what_the_page_calls_far_apart(low, is_wide):
    shown = points_of(histogram({low: 6, 5: 6}))

    comparison = compare(circle_of(access=({low: 6, 5: 6}, {7: 12}))[ACCESS])

    assert (shown.spread == "ver uit elkaar") is is_wide
    assert bool(comparison.doubts) is is_wide


@pytest.mark.parametrize("hidden", [({3: 4}, {7: 12}), (None, {7: 12}), (None, None)])
def test_a_domain_with_a_side_missing_is_not_compared(hidden):
    result = circle_of(access=hidden)[ACCESS]

    assert compare(result) is None
    assert compare_in_words(result) == ""


def test_what_cannot_be_compared_says_why_per_side_and_gives_no_number():
    circle = circle_of(access=({3: 4}, {7: 12}), reception=(None, {7: 12}))

    unknown = {each.result.domain: each for each in list_gaps(circle).unknown}

    assert unknown[ACCESS].reasons == ((Side.TARGET_GROUP, "te weinig antwoorden"),)
    assert unknown[ACCESS].is_hidden
    reception = unknown[ServiceDomain.RECEPTION]
    assert reception.reasons == ((Side.TARGET_GROUP, "nog niet bevraagd"),)
    assert not reception.is_hidden


@pytest.mark.parametrize(
    ("target", "provider", "sentence"),
    [
        (3, 7, "De diensten geven 4 punten meer dan de doelgroep."),
        (7, 6, "De doelgroep geeft 1 punt meer dan de diensten."),
        (6, 6, "Beide kanten geven evenveel: 6 op 10."),
    ],
)
def test_the_gap_is_said_in_words(target, provider, sentence):
    result = circle_of(access=({target: 5}, {provider: 5}))[ACCESS]

    assert compare_in_words(result) == sentence


def test_half_a_point_is_written_the_dutch_way():
    result = circle_of(access=({3: 3, 4: 3}, {6: 6}))[ACCESS]

    assert "2,5 punten" in compare_in_words(result)
