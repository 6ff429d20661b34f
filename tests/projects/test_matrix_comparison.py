from decimal import Decimal

from projects.matrix import build_matrix
from projects.matrix_comparison import compare, kept_rows, rows_now
from projects.models import Criterion, MatrixVersionRow, TargetGroup


def kept(name, target_group_id=None, **values):
    row = MatrixVersionRow(name=name, target_group_id=target_group_id)
    for criterion in Criterion:
        setattr(row, criterion.value, Decimal("2.0"))
    for key, value in values.items():
        setattr(row, key, value)
    return row


def difference(before, after):
    return compare(kept_rows(before), kept_rows(after))


def test_the_same_rows_are_no_difference():
    found = difference([kept("Ouders", 1)], [kept("Ouders", 1)])

    assert found.is_empty
    assert found.same == 1


def test_a_changed_score_decision_and_reason_are_named():
    found = difference(
        [kept("Ouders", 1, n1=Decimal("1.5"), k4=None)],
        [kept("Ouders", 1, decision="chosen", reason="Daarom.")],
    )
    (change,) = found.changed

    assert [(s.criterion, s.before, s.after) for s in change.scores] == [
        (Criterion.N1, "1,5", "2"),
        (Criterion.K4, "geen score", "2"),
    ]
    assert change.is_decided_otherwise
    assert change.has_other_reason
    assert change.before.decision_label == "nog niet beslist"
    assert change.after.decision_label == "gekozen"


def test_added_and_removed_groups_are_named():
    found = difference(
        [kept("Ouders", 1), kept("Huurders", 2)], [kept("Ouders", 1), kept("Boeren", 3)]
    )

    assert [row.name for row in found.added] == ["Boeren"]
    assert [row.name for row in found.removed] == ["Huurders"]


def test_a_renamed_group_is_the_same_group():
    (change,) = difference([kept("Ouders", 1)], [kept("Alle ouders", 1)]).changed

    assert change.is_renamed
    assert change.scores == ()


def test_a_group_that_left_the_matrix_is_known_by_its_name():
    found = difference([kept("ouders")], [kept("Ouders")])

    assert (len(found.changed), found.added, found.removed) == (1, (), ())


def test_a_new_group_with_the_name_of_a_removed_one_goes_on_with_it():
    found = difference([kept("Ouders")], [kept("Ouders", 5)])

    assert found.is_empty


def test_the_matrix_of_today_is_compared_by_what_it_shows():
    group = TargetGroup(pk=1, name="Ouders", n1=2, n2=2, n4=2, k1=2, k2=2, k3=2, k4=3)
    now = rows_now(build_matrix([group]))

    (change,) = compare(kept_rows([kept("Ouders", 1)]), now).changed

    assert [(s.criterion, s.before, s.after) for s in change.scores] == [
        (Criterion.N3, "2", "0"),
        (Criterion.K4, "2", "3"),
    ]
