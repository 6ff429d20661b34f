import math
from xml.etree import ElementTree as ET

from kader.palette import COLOURS
from kader.vocabulary import MatrixDecision
from projects.plot import PlotPoint, need_chance_plot, place

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</svg><script>alert(1)</script>"


def parse(drawing):
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def test_the_description_says_every_group_with_its_numbers_and_decision():
    root = parse(
        need_chance_plot(
            [
                PlotPoint("A", "Alleenstaande ouders", 10, 9.5, MatrixDecision.CHOSEN),
                PlotPoint("B", "Landbouwers", 9, 3),
            ]
        )
    )

    assert root.find(f"{SVG}desc").text == (
        "A Alleenstaande ouders: nood 10, kans 9,5, gekozen. "
        "B Landbouwers: nood 9, kans 3, nog niet beslist."
    )


def test_the_square_prints_letters_and_not_names():
    root = parse(need_chance_plot([PlotPoint("A", "Ouderen", 9, 9)]))

    assert "A" in texts(root)
    assert "Ouderen" not in texts(root)


def test_the_quadrants_have_their_names_and_nu_starten_is_pale():
    root = parse(need_chance_plot([]))

    assert {"Eerst brug bouwen", "Nu starten", "Later"} < set(texts(root))
    pale = root.find(f"{SVG}rect[@fill='{COLOURS['accent-soft']}']")
    assert (pale.get("x"), pale.get("y")) == ("230", "8")


def test_a_decision_has_its_own_drawing():
    root = parse(
        need_chance_plot(
            [
                PlotPoint("A", "a", 10, 10, MatrixDecision.CHOSEN),
                PlotPoint("B", "b", 9, 7, MatrixDecision.RESERVE),
                PlotPoint("C", "c", 9, 3, MatrixDecision.NOT_NOW),
                PlotPoint("D", "d", 1, 1),
            ]
        )
    )

    chosen, reserve, not_now, open_ = root.iter(f"{SVG}circle")

    assert chosen.get("fill") == COLOURS["accent"]
    assert reserve.get("fill") == COLOURS["white"]
    assert reserve.get("stroke-dasharray") is None
    assert not_now.get("stroke-dasharray") == "4 4"
    assert open_.get("stroke") == COLOURS["ink-2"]


def test_a_point_stands_at_its_numbers():
    root = parse(need_chance_plot([PlotPoint("A", "a", 10, 3)]))

    circle = root.find(f"{SVG}circle")

    assert (circle.get("cx"), circle.get("cy")) == ("143", "66")


def test_equal_points_are_set_beside_each_other():
    first, second, third = place(
        [PlotPoint(letter, letter, 9, 9) for letter in ("A", "B", "C")]
    )

    assert first.y == second.y == third.y
    assert {second.x - first.x, third.x - first.x} == {30, -30}
    assert not first.is_moved
    assert second.is_moved


def test_no_two_marks_cover_each_other_and_all_stay_in_the_square():
    targets = [
        PlotPoint(str(number), "x", need, chance)
        for number, (need, chance) in enumerate(
            [(12, 12)] * 4 + [(0, 0)] * 3 + [(6, 6)] * 4 + [(6.5, 6), (6, 5.5)]
        )
    ]

    placed = place(targets)

    for index, one in enumerate(placed):
        assert 56 <= one.x <= 404
        assert 8 <= one.y <= 356
        for other in placed[:index]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= 28


def test_a_moved_mark_stays_in_its_quadrant():
    placed = place([PlotPoint("A", "a", 6, 5.5), PlotPoint("B", "b", 6, 5.5)])

    assert all(mark.x < 230 for mark in placed)


def test_a_moved_mark_is_tied_to_its_true_place():
    root = parse(
        need_chance_plot([PlotPoint("A", "a", 9, 9), PlotPoint("B", "b", 9, 9)])
    )

    assert "M347 95L317 95" in [path.get("d") for path in root.iter(f"{SVG}path")]


def test_hostile_names_stay_text_and_nothing_is_styled_inline():
    drawing = need_chance_plot([PlotPoint("A", HOSTILE, 1, 1)], title=HOSTILE)

    root = parse(drawing)

    assert root.find(f"{SVG}title").text == HOSTILE
    assert "<script" not in drawing
    assert " style=" not in drawing
