import pytest

from rechtencirkel.batches import Batch, SheetTotals, is_due, next_batch


def sheet(part, *values, options=None):
    points = [0] * 11
    for value in values:
        points[value] += 1
    return SheetTotals(part, len(values), tuple(points), options or {})


def publish(*batches):
    """Publish one batch of sheets after the other; return what is shown at the end."""
    shown, told = Batch(), []
    for batch in batches:
        told += batch
        shown = next_batch(shown, told)
    return shown


def table(batch):
    return [(row.parts, sum(row.points), row.is_together) for row in batch.rows]


def people(batch):
    return sum(batch.points)


@pytest.mark.parametrize(("waiting", "due"), [(4, False), (5, True)])
def test_a_batch_is_due_from_five_people_on(waiting, due):
    assert is_due([sheet("a", *[5] * waiting)]) is due


def test_four_new_people_change_nothing_that_was_shown():
    shown = publish([sheet("a", *[5] * 6)])

    later = publish([sheet("a", *[5] * 6)], [sheet("a", 9, 9, 9, 9)])

    assert later.points == shown.points
    assert later.conversation_medians == shown.conversation_medians


def test_five_new_people_are_added():
    shown = publish([sheet("a", *[5] * 6)], [sheet("a", 1, 2, 3, 4, 5)])

    assert people(shown) == 11


def test_what_waited_comes_out_with_the_next():
    shown = publish([sheet("a", *[5] * 6)], [sheet("a", 1)], [sheet("a", 2, 2, 2, 2)])

    assert people(shown) == 11


def test_a_part_that_comes_with_five_people_has_its_own_row():
    shown = publish([sheet("b", *[5] * 6)], [sheet("a", *[3] * 5)])

    assert table(shown) == [(("a",), 5, False), (("b",), 6, False)]


def test_a_small_part_is_taken_together_with_the_next_smallest():
    shown = publish([sheet("a", 5, 7), sheet("b", *[6] * 7), sheet("c", *[4] * 9)])

    assert table(shown) == [(("c",), 9, False), (("a", "b"), 9, True)]


def test_what_was_taken_together_is_never_taken_apart():
    shown = publish([sheet("a", 5, 7), sheet("b", *[6] * 3)], [sheet("a", *[8] * 5)])

    assert table(shown) == [(("a",), 5, False), (("a", "b"), 5, True)]


def test_the_rows_always_add_up_to_the_side():
    shown = publish(
        [sheet("a", 5, 7), sheet("b", *[6] * 7)],
        [sheet("c", 1, 1, 1), sheet("b", *[6] * 6)],
    )

    assert sum(sum(row.points) for row in shown.rows) == people(shown) == 18


def test_people_who_gave_no_points_are_no_part():
    shown = publish([sheet("a", *[5] * 6), SheetTotals("b", 5, (0,) * 11)])

    assert table(shown) == [(("a",), 6, False)]
    assert shown.people == 11


def test_a_question_waits_for_five_answers_of_its_own():
    first = [sheet("a", *[5] * 6, options={"D1": (2, 2, 1, 1, 0)})]
    few = [sheet("a", *[5] * 6, options={"D1": (1, 1, 0, 0, 0)})]
    enough = [sheet("a", *[5] * 6, options={"D1": (1, 1, 1, 0, 0)})]

    assert publish(first, few).options["D1"] == (2, 2, 1, 1, 0)
    assert publish(first, few, enough).options["D1"] == (4, 4, 2, 1, 0)


def test_a_question_waits_while_the_new_answers_are_all_the_same():
    first = [sheet("a", *[5] * 6, options={"D1": (2, 2, 1, 1, 0)})]
    same = [sheet("a", *[5] * 6, options={"D1": (0, 6, 0, 0, 0)})]
    other = [sheet("a", *[5] * 5, options={"D1": (0, 0, 5, 0, 0)})]

    assert publish(first, same).options["D1"] == (2, 2, 1, 1, 0)
    assert publish(first, same, other).options["D1"] == (2, 8, 6, 1, 0)


def test_a_question_stays_while_a_correction_would_show_one_answer():
    first = Batch(options={"D1": (3, 3, 0, 0, 0)})

    shown = next_batch(first, [sheet("a", *[5] * 9, options={"D1": (2, 7, 2, 0, 0)})])

    assert shown.options["D1"] == (3, 3, 0, 0, 0)


def test_a_correction_of_points_comes_out_with_the_next_five():
    shown = publish([sheet("a", 3, 3, 3, 3, 3, 3)])
    corrected = sheet("a", 3, 3, 3, 3, 3, 4)

    alone = next_batch(shown, [corrected])
    later = next_batch(shown, [corrected, sheet("a", 6, 6, 6, 6)])

    assert alone.points == shown.points
    assert people(later) == 10
    assert (later.points[3], later.points[4], later.points[6]) == (5, 1, 4)


def test_a_correction_in_the_shared_row_is_taken_from_it():
    shown = publish([sheet("a", 3, 3), sheet("b", 5, 5, 5)])
    sheets = [sheet("a", 3, 4), sheet("b", 5, 5, 5), sheet("b", 7, 7, 7, 7)]

    later = next_batch(shown, sheets)

    assert people(later) == 9
    assert (later.points[3], later.points[4]) == (1, 1)


def test_every_conversation_weighs_the_same_in_the_medians_of_conversations():
    shown = publish([sheet("a", 4, 5, 5, 6), sheet("a", 2), sheet("a", 3, 4)])

    medians = {place / 2: n for place, n in enumerate(shown.conversation_medians) if n}
    assert medians == {5: 1, 2: 1, 3.5: 1}
