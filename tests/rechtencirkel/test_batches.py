from dataclasses import replace

import pytest

from rechtencirkel.batches import Batch, SheetTotals, is_due, lags, next_batch


def sheet(part, *values, options=None):
    points = [0] * 11
    for value in values:
        points[value] += 1
    return SheetTotals(part, len(values), tuple(points), options or {})


def publish(*batches):
    """Publish one batch of sheets after the other; return what is shown at the end."""
    return publish_all(*batches)[0]


def publish_all(*batches):
    """Return what is shown at the end, and the sheets as they were told."""
    shown, sheets = Batch(), []
    for batch in batches:
        shown, sheets = again(shown, [*sheets, *batch])
    return shown, sheets


def again(shown, sheets):
    """Publish once more; return what is shown then, and the sheets as they were told."""
    shown = next_batch(shown, sheets)
    pairs = zip(sheets, shown.told, strict=True)
    return shown, [replace(sheet, told=share) for sheet, share in pairs]


def corrected(told, *values, options=None):
    """Return a told sheet after it was opened and handed in with other answers."""
    return replace(sheet(told.part, *values, options=options), told=told.told)


def table(batch):
    return [(row.parts, sum(row.points), row.is_together) for row in batch.rows]


def people(batch):
    return sum(batch.points)


@pytest.mark.parametrize(("waiting", "due"), [(4, False), (5, True)])
def test_a_batch_is_due_from_five_people_on(waiting, due):
    assert is_due([sheet("a", *[5] * waiting)]) is due


def test_four_new_people_change_nothing_that_was_shown():
    six, four = [sheet("a", *[5] * 6)], [sheet("a", 9, 9, 9, 9)]
    shown = publish(six)

    later = publish(six, four)

    assert later.points == shown.points
    assert later.conversation_medians == shown.conversation_medians
    assert later.conversations == shown.conversations == 1


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


def question(batch):
    return batch.options["D1"]


def answers(*counts):
    return sheet("a", *[5] * sum(counts), options={"D1": counts})


def test_a_question_waits_until_two_answers_can_hide_who_answered_as_one_man():
    first, same = [answers(2, 2, 1, 1, 0)], [answers(0, 6, 0, 0, 0)]
    five, one_more = [answers(0, 0, 5, 0, 0)], [answers(1, 0, 1, 1, 2)]

    assert question(publish(first, same)) == (2, 2, 1, 1, 0)
    assert question(publish(first, same, five)) == (2, 2, 1, 1, 0)
    assert question(publish(first, same, five, one_more)) == (3, 8, 7, 2, 2)


def test_a_question_that_never_was_shown_waits_as_well():
    same, few = [answers(5, 0, 0, 0, 0)], [answers(3, 2, 0, 0, 0)]
    enough = [answers(1, 6, 0, 0, 0)]

    assert question(publish(same)) == (0,) * 5
    assert question(publish(same, few)) == (0,) * 5
    assert question(publish(same, few, [answers(1, 5, 0, 0, 0)])) == (0,) * 5
    assert question(publish(same, few, enough)) == (9, 8, 0, 0, 0)


def test_twenty_who_answer_as_one_man_hide_nobody():
    shown = publish([answers(6, 0, 0, 0, 0)], [answers(14, 0, 0, 0, 0)])

    assert question(shown) == (20, 0, 0, 0, 0)


def test_many_who_do_not_know_wait_and_are_added_later():
    unknown, known = [answers(1, 2, 0, 0, 9)], [answers(3, 2, 0, 0, 0)]

    assert question(publish(unknown)) == (0,) * 5
    assert question(publish(unknown, known)) == (4, 4, 0, 0, 9)


# --- a report that was opened again -----------------------------------------


def test_nothing_changes_when_a_report_comes_back_as_it_was():
    shown, sheets = publish_all([sheet("a", 3, 3, 4, 5, 6), sheet("b", *[5] * 6)])

    later, _ = again(shown, sheets)

    assert later == replace(shown, told=later.told)
    assert not any(lags(s) for s in sheets)


@pytest.mark.parametrize("wrong", [1, 4])
def test_a_correction_of_a_few_stays_as_it_was_and_holds_nobody_back(wrong):
    shown, [told] = publish_all([sheet("a", *[3] * 8)])
    talk = corrected(told, *[3] * (8 - wrong), *[4] * wrong)

    alone, [kept] = again(shown, [talk])
    later, _ = again(alone, [kept, sheet("a", *[6] * 5)])

    assert alone.points == shown.points
    assert lags(kept)
    assert (later.points[3], later.points[4], later.points[6]) == (8, 0, 5)


def test_a_correction_of_five_replaces_its_points_in_its_row():
    shown, sheets = publish_all([sheet("a", *[3] * 8), sheet("b", *[5] * 6)])
    talk = corrected(sheets[0], *[3] * 3, *[4] * 5)

    later, [kept, _] = again(shown, [talk, sheets[1]])

    assert later.own["a"][3:5] == (3, 5)
    assert later.own["b"] == shown.own["b"]
    assert later.conversation_medians[8] == 1
    assert not lags(kept)


def test_a_correction_in_the_shared_row_stays_in_the_shared_row():
    shown, sheets = publish_all([sheet("a", *[3] * 6), sheet("b", 5, 5)])
    assert not shown.own
    talk = corrected(sheets[0], *[7] * 6)

    later, _ = again(shown, [talk, sheets[1]])

    assert later.together["a"][3:8] == (0, 0, 0, 0, 6)
    assert not later.own


def test_a_report_that_only_loses_answers_stays_as_it_was():
    shown, [told] = publish_all([sheet("a", *[3] * 12)])

    later, [kept] = again(shown, [corrected(told, *[3] * 6)])

    assert later.points == shown.points
    assert lags(kept)


def test_answers_that_were_forgotten_wait_for_five_like_a_new_talk():
    shown, [told] = publish_all([sheet("a", *[3] * 6)])
    talk = corrected(told, *[3] * 6, 8, 8)

    alone, [kept] = again(shown, [talk])
    later, _ = again(alone, [kept, sheet("a", 1, 1, 1)])

    assert alone.points == shown.points
    assert people(later) == 11


def test_two_corrections_that_nearly_undo_each_other_do_not_come_out_together():
    shown, sheets = publish_all([sheet("a", *[3] * 6), sheet("a", *[4] * 5)])
    turned = [corrected(sheets[0], *[4] * 6), corrected(sheets[1], *[3] * 5)]

    later, [first, second] = again(shown, turned)

    assert later.points[3:5] == (0, 11)
    assert (lags(first), lags(second)) == (False, True)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((3, 4, 0, 0, 0), (4, 3, 0, 0, 0)),
        ((0, 0, 0, 7, 0), (4, 3, 0, 0, 0)),
        ((0, 0, 3, 4, 0), (0, 0, 3, 4, 0)),
    ],
    ids=["a few", "as one man", "enough"],
)
def test_a_corrected_question_follows_when_enough_and_different_answers_change(
    now, then
):
    shown, [told] = publish_all([answers(4, 3, 0, 0, 0)])
    talk = corrected(told, *[5] * 7, options={"D1": now})

    later, [kept] = again(shown, [talk])

    assert question(later) == then
    assert lags(kept) is (now != then)


def test_a_correction_that_may_not_follow_lets_new_answers_to_the_question_through():
    shown, [told] = publish_all([answers(4, 3, 0, 0, 0)])
    talk = corrected(told, *[5] * 7, options={"D1": (3, 4, 0, 0, 0)})

    later, _ = again(shown, [talk, answers(0, 0, 3, 3, 0)])

    assert question(later) == (4, 3, 3, 3, 0)


def test_conversations_counts_the_talks_behind_the_points():
    silent = SheetTotals("a", 6, (0,) * 11, {"D1": (3, 3, 0, 0, 0)})

    shown = publish([sheet("a", *[5] * 6), silent], [sheet("a", 5, 6)])

    assert shown.conversations == 1


def test_every_conversation_of_five_weighs_the_same_in_the_medians_of_conversations():
    shown = publish(
        [sheet("a", 4, 5, 5, 5, 6), sheet("a", 2), sheet("a", 3, 3, 3, 4, 4, 4, 9, 9)]
    )

    medians = {place / 2: n for place, n in enumerate(shown.conversation_medians) if n}
    assert medians == {5: 1, 4: 1}
