from types import SimpleNamespace

import pytest

from kader.vocabulary import BarrierKind, BarrierLevel, ServiceDomain, Side
from rechtencirkel.analysis import (
    Total,
    analyse_circle,
    analyse_parts,
    group_barriers,
)
from rechtencirkel.batches import PartRow
from rechtencirkel.suppression import Hidden, Reason


def total(side, domain, points, *, options=None):
    counts = [0] * 11
    for value, people in points.items():
        counts[value] = people
    return Total(
        side=side,
        domain=domain,
        people=sum(counts),
        points=tuple(counts),
        options=options or {},
    )


def target(domain, points, **extra):
    return total(Side.TARGET_GROUP, domain, points, **extra)


def providers(domain, points, **extra):
    return total(Side.PROVIDERS, domain, points, **extra)


def test_all_nine_domains_are_there_in_order_also_without_answers():
    circle = analyse_circle([])

    assert [result.domain for result in circle.domains] == list(ServiceDomain)
    assert all(result.gap is None for result in circle.domains)
    assert circle.shown == ()


def test_conversations_of_one_side_are_added_up_by_people():
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {4: 6}),
            target(ServiceDomain.ACCESS, {2: 1, 3: 2, 4: 1, 5: 1}),
        ]
    )

    side = circle[ServiceDomain.ACCESS].target
    assert (side.median, side.people, side.conversations) == (4, 11, 2)


def test_the_sides_are_never_merged():
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {2: 4}),
            providers(ServiceDomain.ACCESS, {8: 4}),
        ]
    )

    result = circle[ServiceDomain.ACCESS]
    assert isinstance(result.target.points, Hidden)
    assert isinstance(result.provider.points, Hidden)


@pytest.mark.parametrize(
    ("points", "hides"), [(None, False), ({3: 4}, True), ({3: 5}, False)]
)
def test_only_a_side_that_spoke_and_is_too_small_is_hidden(points, hides):
    totals = [] if points is None else [target(ServiceDomain.ACCESS, points)]

    assert analyse_circle(totals).hides_something is hides


def test_a_gap_needs_both_sides():
    circle = analyse_circle([target(ServiceDomain.ACCESS, {2: 9})])

    assert circle[ServiceDomain.ACCESS].gap is None


@pytest.mark.parametrize(("provider", "is_big"), [(6, False), (7, True), (1, True)])
def test_three_points_apart_is_a_big_gap(provider, is_big):
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {4: 5}),
            providers(ServiceDomain.ACCESS, {provider: 5}),
        ]
    )

    assert circle[ServiceDomain.ACCESS].is_big_gap is is_big


def test_gaps_are_listed_with_the_biggest_first():
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {5: 5}),
            providers(ServiceDomain.ACCESS, {8: 5}),
            target(ServiceDomain.AFTERCARE, {2: 5}),
            providers(ServiceDomain.AFTERCARE, {9: 5}),
        ]
    )

    assert [result.domain for result in circle.gaps] == [
        ServiceDomain.AFTERCARE,
        ServiceDomain.ACCESS,
    ]


def test_both_low_without_a_gap_is_shared_ground():
    circle = analyse_circle(
        [
            target(ServiceDomain.AFTERCARE, {2: 5}),
            providers(ServiceDomain.AFTERCARE, {3: 5}),
        ]
    )

    assert [result.domain for result in circle.shared_lows] == [ServiceDomain.AFTERCARE]


def test_questions_are_added_up_by_code():
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {}, options={"TGG-D2": [2, 2, 1, 1, 0]}),
            target(ServiceDomain.ACCESS, {}, options={"TGG-D2": [0, 1, 3, 1, 0]}),
        ]
    )

    outcome = circle[ServiceDomain.ACCESS].target.questions["TGG-D2"]
    assert outcome.counts == (2, 3, 4, 2, 0)


def histogram(*values):
    counts = [0] * 11
    for value in values:
        counts[value] += 1
    return tuple(counts)


def told(parts):
    return [
        (part.keys, part.points.reason if part.points.is_hidden else part.points.median)
        for part in parts
    ]


def test_small_functions_are_shown_together_and_named_without_a_number():
    rows = [
        PartRow(("social_work",), histogram(*[8] * 10)),
        PartRow(("partner", "policy"), histogram(5, 5, 6, 6, 6, 7), is_together=True),
    ]

    parts = analyse_parts(rows, Side.PROVIDERS)

    assert told(parts) == [
        (("social_work",), 8),
        (("partner", "policy"), 6),
        (("partner",), Reason.TOGETHER),
        (("policy",), Reason.TOGETHER),
    ]


def test_small_target_groups_are_hidden_and_not_shown_together():
    rows = [
        PartRow(("group:1",), histogram(*[3] * 6)),
        PartRow(("group:2", "group:3"), histogram(2, 2, 2, 4, 4), is_together=True),
    ]

    parts = analyse_parts(rows, Side.TARGET_GROUP)

    assert told(parts) == [
        (("group:1",), 3),
        (("group:2",), Reason.TOGETHER),
        (("group:3",), Reason.TOGETHER),
    ]


def test_parts_of_one_person_each_are_not_even_named():
    rows = [
        PartRow(("a", "b", "c", "d", "e"), histogram(1, 2, 3, 4, 5), is_together=True)
    ]

    assert analyse_parts(rows, Side.TARGET_GROUP) == ()


def test_a_side_of_one_part_has_no_table():
    rows = [PartRow(("social_work",), histogram(*[3] * 6))]

    assert analyse_parts(rows, Side.PROVIDERS) == ()


def mention(text, conversation_id, side=Side.TARGET_GROUP):
    return SimpleNamespace(
        text=text,
        kind=BarrierKind.USABILITY,
        level=BarrierLevel.EXECUTION,
        conversation_id=conversation_id,
        conversation=SimpleNamespace(side=side),
    )


def test_a_barrier_is_counted_once_per_conversation():
    results = group_barriers(
        [
            mention("Alles moet met een app", 1),
            mention("alles moet met een app.", 1),
            mention("Alles moet met een app", 2, Side.PROVIDERS),
            mention("De bus rijdt niet", 1),
        ]
    )

    assert [(r.text, r.total) for r in results] == [
        ("Alles moet met een app", 2),
        ("De bus rijdt niet", 1),
    ]
    assert results[0].sides == (Side.TARGET_GROUP, Side.PROVIDERS)


def test_sectors_carry_what_may_be_shown_and_nothing_else():
    circle = analyse_circle(
        [
            target(ServiceDomain.ACCESS, {4: 5}),
            providers(ServiceDomain.ACCESS, {7: 4}),
        ]
    )

    sector = circle.sectors(lambda domain: f"/{domain.value}/")[4]
    assert (sector.target, sector.provider, sector.url) == (4, None, "/access/")
