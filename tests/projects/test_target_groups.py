import pytest

from kader.vocabulary import MatrixDecision, SocialRight
from projects.matrix import SUGGESTED_GROUPS, build_matrix, letter
from projects.models import Criterion, Quadrant, TargetGroup

RIGHTS = list(SocialRight)
HEIDEBEKE = {
    "Alleenstaande ouders": ((2, 3, 3, 2), (3, 2, 3, 2)),
    "Ouderen met een klein pensioen": ((3, 2, 2, 2), (2, 3, 2, 3)),
    "Landbouwers in moeilijkheden": ((1, 3, 2, 3), (1, 1, 1, 0)),
    "Mensen die hun werkloosheidsuitkering verliezen": ((2, 3, 2, 2), (1, 2, 2, 2)),
}
# How many ticked rights give each score of N3.
TICKS = {0: 0, 1: 1, 2: 3, 3: 5}


def group(name="Ouders", need=(0, 0, 0, 0), chance=(0, 0, 0, 0), decision=""):
    n1, n2, n3, n4 = need
    k1, k2, k3, k4 = chance
    return TargetGroup(
        name=name,
        n1=n1,
        n2=n2,
        rights=tuple(RIGHTS[: TICKS[n3]]),
        n4=n4,
        k1=k1,
        k2=k2,
        k3=k3,
        k4=k4,
        decision=decision,
        reason="Daarom." if decision else "",
    )


def chosen(**scores):
    row = group(decision=MatrixDecision.CHOSEN)
    for name, score in scores.items():
        setattr(row, name, score)
    return row


def sentences(*groups):
    return [s.sentence for s in build_matrix(groups).safeguards]


@pytest.mark.parametrize(
    ("ticks", "score"),
    [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (9, 3)],
)
def test_breadth_follows_from_the_number_of_ticked_rights(ticks, score):
    assert TargetGroup(rights=tuple(RIGHTS[:ticks])).n3 == score


@pytest.mark.parametrize(
    ("name", "need", "chance", "quadrant"),
    [
        ("Alleenstaande ouders", 10, 10, Quadrant.START_NOW),
        ("Ouderen met een klein pensioen", 9, 10, Quadrant.START_NOW),
        ("Landbouwers in moeilijkheden", 9, 3, Quadrant.BUILD_BRIDGE),
        (
            "Mensen die hun werkloosheidsuitkering verliezen",
            9,
            7,
            Quadrant.START_NOW,
        ),
    ],
)
def test_the_rows_of_heidebeke_add_up(name, need, chance, quadrant):
    row = group(name, *HEIDEBEKE[name])

    assert (row.need, row.chance, row.quadrant) == (need, chance, quadrant)


@pytest.mark.parametrize(
    ("need", "chance", "quadrant"),
    [
        ((3, 3, 0, 0), (3, 3, 0, 0), Quadrant.LATER),
        ((3, 3, 0, 1), (3, 3, 0, 0), Quadrant.BUILD_BRIDGE),
        ((3, 3, 0, 0), (3, 3, 1, 0), Quadrant.TAKE_ALONG),
        ((3, 3, 0, 1), (3, 3, 1, 0), Quadrant.START_NOW),
    ],
)
def test_half_of_the_points_is_not_yet_high(need, chance, quadrant):
    assert group(need=need, chance=chance).quadrant is quadrant


def test_a_missing_score_counts_as_nothing_and_keeps_the_row_unscored():
    row = group(need=(2, 3, 3, 2))
    row.n4 = None

    assert row.need == 8
    assert not row.is_scored


def test_every_criterion_has_four_anchors_and_a_question():
    for criterion in Criterion:
        assert len(criterion.anchors) == 4
        assert criterion.question.endswith("?")


def test_rows_get_letters_in_the_order_of_the_matrix():
    matrix = build_matrix([group("Ouders"), group("Ouderen")])

    assert [(row.letter, row.group.name) for row in matrix.rows] == [
        ("A", "Ouders"),
        ("B", "Ouderen"),
    ]


def test_letters_go_on_after_z():
    assert [letter(index) for index in (25, 26, 27, 52)] == ["Z", "AA", "AB", "BA"]


def test_a_half_scored_group_stays_out_of_the_square_and_gets_no_advice():
    half = group("Mantelzorgers")
    half.k3 = None
    matrix = build_matrix([group("Ouders", *HEIDEBEKE["Alleenstaande ouders"]), half])

    assert [point.name for point in matrix.points] == ["Ouders"]
    assert [row.letter for row in matrix.unscored] == ["B"]
    assert [row.advice for row in matrix.rows] == ["Nu starten", ""]


def test_a_figure_says_its_meaning_in_words():
    row = group(need=(2, 0, 0, 0))
    row.n4 = None
    (built,) = build_matrix([row]).rows

    assert [figure.meaning for figure in built.need_figures] == [
        "gemiddeld",
        "licht",
        "geen",
        "nog geen score",
    ]


def test_choosing_only_groups_that_services_reach_asks_who_is_missing():
    assert "de weg nog niet vond" in sentences(chosen(n4=1, k2=2))[0]


def test_one_chosen_group_that_is_hardly_reached_is_enough():
    assert sentences(chosen(n4=1, k2=2), chosen(n4=2, k2=2)) == []


def test_a_group_that_was_not_chosen_does_not_speak_for_the_unreached():
    reserve = group(need=(0, 0, 0, 3), decision=MatrixDecision.RESERVE)

    assert len(sentences(chosen(n4=0, k2=3), reserve)) == 1


def test_choosing_only_groups_for_whom_it_is_too_heavy_asks_for_support():
    assert sentences(chosen(n4=3, k2=1))[0].startswith("Voor elke gekozen groep")
    assert sentences(chosen(n4=3, k2=1), chosen(n4=3, k2=2)) == []


def test_without_a_choice_or_without_the_score_nothing_is_asked():
    assert sentences() == []
    assert sentences(group()) == []
    assert sentences(chosen(n4=None, k2=None)) == []
    assert sentences(chosen(n4=0, k2=0), chosen(n4=None, k2=None)) == []


def test_a_bridge_to_build_names_the_group_and_invites_an_action():
    farmers = group(
        "Landbouwers in moeilijkheden", *HEIDEBEKE["Landbouwers in moeilijkheden"]
    )
    (safeguard,) = build_matrix([farmers]).safeguards

    assert "A Landbouwers in moeilijkheden" in safeguard.sentence
    assert "outreachend handelen" in safeguard.sentence
    assert safeguard.invites_action


def test_twenty_two_different_groups_are_suggested():
    longest = TargetGroup._meta.get_field("name").max_length

    assert len(set(SUGGESTED_GROUPS)) == 22
    assert max(map(len, SUGGESTED_GROUPS)) <= longest
