import pytest

from kader.vocabulary import MatrixDecision, SocialRight, Werkpiste
from projects.matrix import (
    FEWEST_SCORES,
    SUGGESTED_GROUPS,
    Opinion,
    Quadrant,
    build_matrix,
    letter,
)
from projects.models import Criterion, TargetGroup

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


def row_of(target_group, **given):
    (row,) = build_matrix([target_group], **given).rows
    return row


def opinions(*scores, criterion=Criterion.N1, group_id=7, reason=""):
    return [Opinion(group_id, criterion, score, reason) for score in scores]


def cell(*scores, agreed=None, is_open=True, criterion=Criterion.N1, **given):
    """Return one cell of a group without other scores."""
    target_group = TargetGroup(pk=7, name="Ouders", **{criterion.value: agreed})
    said = opinions(*scores, criterion=criterion, **given)
    return row_of(target_group, opinions=said, is_open=is_open).figures[criterion]


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
    row = row_of(group(name, *HEIDEBEKE[name]))

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
    assert row_of(group(need=need, chance=chance)).quadrant is quadrant


def test_a_missing_score_counts_as_nothing_and_keeps_the_row_unscored():
    without = group(need=(2, 3, 3, 2))
    without.n4 = None

    row = row_of(without)

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
    assert safeguard.werkpistes == (Werkpiste.REACHING_OUT, Werkpiste.INFORMAL_NETWORKS)


def test_a_long_list_of_bridges_is_cut_short():
    farmers = [
        group(f"Groep {n}", *HEIDEBEKE["Landbouwers in moeilijkheden"])
        for n in range(6)
    ]

    (told,) = sentences(*farmers)

    assert "A Groep 0; B Groep 1; C Groep 2; D Groep 3 en nog 2 andere." in told
    assert sentences(*farmers[:4])[0].count(";") == 3
    assert "andere" not in sentences(*farmers[:4])[0]


def test_twenty_two_different_groups_are_suggested():
    longest = TargetGroup._meta.get_field("name").max_length

    assert len(set(SUGGESTED_GROUPS)) == 22
    assert max(map(len, SUGGESTED_GROUPS)) <= longest


def test_an_open_cell_shows_the_median_the_spread_and_how_many_members():
    figure = cell(1, 2, 2, 2, 3)

    assert (figure.score, figure.spread, figure.members) == (2, 2, 5)
    assert not figure.is_agreed


def test_a_median_between_two_scores_says_between_which_words():
    figure = cell(1, 1, 2, 2)

    assert figure.shown == "1,5"
    assert figure.meaning == "tussen ‘klein’ en ‘gemiddeld’"


def test_before_the_round_is_open_the_scores_of_members_change_nothing():
    figure = cell(3, 3, 3, 0, is_open=False, reason="geheim")

    assert (figure.score, figure.spread, figure.members) == (None, None, 0)
    assert figure.reasons == ()


def test_too_few_scores_show_nothing_at_all():
    figure = cell(*[2] * (FEWEST_SCORES - 1), reason="geheim")

    assert (figure.score, figure.spread, figure.members) == (None, None, 0)
    assert figure.reasons == ()
    assert figure.meaning == "nog te weinig scores"
    assert cell(*[2] * FEWEST_SCORES).score == 2
    assert not cell().has_too_few


@pytest.mark.parametrize(
    ("scores", "is_to_discuss"),
    [((2, 2, 2), False), ((1, 2, 2), False), ((1, 2, 3), True), ((0, 0, 3), True)],
)
def test_a_spread_of_two_points_is_talked_about_first(scores, is_to_discuss):
    assert cell(*scores).is_to_discuss is is_to_discuss


def test_an_agreed_score_goes_before_the_median_and_was_talked_about():
    figure = cell(0, 3, 3, agreed=1)

    assert (figure.score, figure.is_agreed) == (1, True)
    assert (figure.spread, figure.members) == (3, 3)
    assert not figure.is_to_discuss


def test_an_agreed_nought_is_a_score():
    figure = cell(3, 3, 3, agreed=0)

    assert (figure.score, figure.is_agreed, figure.shown) == (0, True, "0")


def test_reasons_stand_in_alphabetical_order_and_only_the_shared_ones():
    said = [
        Opinion(7, Criterion.N1, 3, "veel vragen"),
        Opinion(7, Criterion.N1, 1, ""),
        Opinion(7, Criterion.N1, 2, "elke maand"),
    ]
    row = row_of(TargetGroup(pk=7, name="Ouders"), opinions=said, is_open=True)

    assert row.figures[Criterion.N1].reasons == ("elke maand", "veel vragen")


def test_breadth_has_no_median():
    row = row_of(
        TargetGroup(pk=7, name="Ouders", rights=tuple(RIGHTS[:3])),
        opinions=opinions(0, 0, 0, criterion=Criterion.N3),
        is_open=True,
    )

    assert row.score(Criterion.N3) == 2


def test_sums_points_and_advice_use_what_is_shown():
    said = [
        opinion
        for criterion in ("n1", "n2", "n4", "k1", "k2", "k3", "k4")
        for opinion in opinions(1, 2, 2, 3, criterion=criterion)
        + opinions(1, 2, criterion=criterion)
    ]
    matrix = build_matrix(
        [TargetGroup(pk=7, name="Ouders", rights=tuple(RIGHTS), k4=3)],
        opinions=said,
        is_open=True,
    )
    (row,) = matrix.rows

    assert (row.need, row.chance, row.advice) == (9, 9, "Nu starten")
    assert [(p.need, p.chance) for p in matrix.points] == [(9, 9)]
    assert [(r.letter, f.criterion) for r, f in matrix.to_discuss] == [
        ("A", c) for c in ("n1", "n2", "n4", "k1", "k2", "k3")
    ]


def test_scores_of_another_group_do_not_count():
    assert cell(3, 3, 3, group_id=8).score is None


def test_more_than_three_chosen_groups_get_a_gentle_remark():
    three = [chosen(n4=3, k2=3) for _ in range(3)]

    assert sentences(*three) == []
    assert sentences(*three, chosen(n4=3, k2=3))[0].startswith(
        "Jullie kozen 4 groepen."
    )
