from types import SimpleNamespace

import pytest

from kader.vocabulary import BarrierKind, BarrierLevel, Side
from rechtencirkel.barriers import blames_the_group, count_barriers


def mention(
    talk, *, kind=BarrierKind.USABILITY, level=BarrierLevel.EXECUTION, side=None
):
    conversation = SimpleNamespace(side=side or Side.TARGET_GROUP)
    return SimpleNamespace(
        kind=kind, level=level, conversation_id=talk, conversation=conversation
    )


def row_of(table, kind):
    return next(row for row in table.rows if row.kind == kind)


def cell_of(table, kind, level):
    return dict(row_of(table, kind).cells)[level]


def test_all_kinds_and_levels_are_there_also_without_barriers():
    table = count_barriers([])

    assert [row.kind for row in table.rows] == list(BarrierKind)
    assert [level for level, _ in table.rows[0].cells] == list(BarrierLevel)
    assert table.is_empty


def test_a_conversation_counts_once_however_often_it_named_a_barrier():
    table = count_barriers([mention(1), mention(1), mention(2)])

    cell = cell_of(table, BarrierKind.USABILITY, BarrierLevel.EXECUTION)
    assert (cell.target, cell.provider, cell.total) == (2, 0, 2)


def test_a_conversation_that_names_two_levels_counts_once_in_the_total():
    table = count_barriers([mention(1), mention(1, level=BarrierLevel.SOCIETY)])

    assert row_of(table, BarrierKind.USABILITY).total.total == 1
    assert table.most == 1


def test_the_sides_are_counted_apart():
    table = count_barriers([mention(1), mention(2, side=Side.PROVIDERS)])

    total = row_of(table, BarrierKind.USABILITY).total
    assert (total.target, total.provider) == (1, 1)


def blaming(number):
    return [
        mention(n, kind=BarrierKind.AWARENESS, level=BarrierLevel.RIGHTS_HOLDER)
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("mentions", "asks"),
    [
        (blaming(4), False),
        (blaming(5), True),
        ([*blaming(4), mention(9)], True),
        ([*blaming(3), mention(8), mention(9)], False),
        ([], False),
    ],
)
def test_almost_only_awareness_and_people_themselves_asks_about_the_service(
    mentions, asks
):
    assert blames_the_group(mentions) is asks
