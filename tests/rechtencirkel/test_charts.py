from xml.etree import ElementTree as ET

import pytest

from kader.palette import ANSWER_COLOURS, COLOURS
from kader.templatetags.kader_tags import side_mark
from kader.vocabulary import OPTION_LABELS, Scale, Side
from rechtencirkel.charts import (
    distribution_bar,
    paired_strip,
    points_strip,
    sides_bar,
)

SVG = "{http://www.w3.org/2000/svg}"


def parse(drawing):
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def answers(*counts):
    labels = OPTION_LABELS[Scale.AGREEMENT]
    return [
        (labels[option], count, colour)
        for (option, colour), count in zip(ANSWER_COLOURS.items(), counts, strict=True)
    ]


def test_a_bar_says_all_counts_in_its_title():
    root = parse(distribution_bar(answers(12, 9, 5, 0, 3), ident="v1"))

    title = root.find(f"{SVG}title")

    assert title.text == (
        "Nee, helemaal niet: 12, Eerder niet: 9, Eerder wel: 5, "
        "Ja, helemaal: 0, Weet ik niet: 3"
    )
    assert root.get("aria-labelledby") == title.get("id") == "v1-title"
    assert root.get("role") == "img"


def test_the_pieces_of_a_bar_fill_it_in_order():
    root = parse(distribution_bar(answers(5, 0, 10, 4, 1)))

    pieces = list(root.iter(f"{SVG}rect"))

    assert [piece.get("x") for piece in pieces] == [
        "0.00%",
        "25.00%",
        "75.00%",
        "95.00%",
    ]
    assert sum(float(piece.get("width")[:-1]) for piece in pieces) == pytest.approx(100)
    assert pieces[0].get("fill") == COLOURS["answer-1"]


def test_a_count_is_printed_only_where_it_fits():
    root = parse(distribution_bar(answers(1, 8, 8, 40, 0)))

    assert [text.text for text in root.iter(f"{SVG}text")] == ["8", "8", "40"]


def test_without_answers_there_is_no_bar():
    assert distribution_bar(answers(0, 0, 0, 0, 0)) == ""


def test_a_label_of_a_municipality_stays_text():
    root = parse(distribution_bar([('<b>&"', 5, "answer-1")]))

    assert root.find(f"{SVG}title").text == '<b>&": 5'


def test_a_strip_shows_the_scale_the_middle_half_and_the_median():
    root = parse(points_strip(5, 3, 7.5, Side.TARGET_GROUP, ident="dg"))

    band, mark = root.find(f"{SVG}rect"), root.find(f"{SVG}circle")

    assert root.find(f"{SVG}title").text == (
        "Doelgroep: mediaan 5 op 10, de middelste helft van 3 tot 7,5"
    )
    assert (band.get("x"), band.get("width")) == ("128", "162")
    assert mark.get("cx") == "200"
    assert sum("v10" in path.get("d") for path in root.iter(f"{SVG}path")) == 11


def test_the_two_sides_have_two_shapes():
    target = parse(points_strip(5, 3, 7, Side.TARGET_GROUP))
    provider = parse(points_strip(5, 3, 7, Side.PROVIDERS))

    assert target.find(f"{SVG}circle") is not None
    assert provider.find(f"{SVG}circle") is None
    assert parse(side_mark(Side.TARGET_GROUP)).find("circle") is not None
    assert parse(side_mark(Side.PROVIDERS)).find("path") is not None


def test_a_middle_half_without_width_is_left_out():
    assert parse(points_strip(4, 4, 4, Side.PROVIDERS)).find(f"{SVG}rect") is None


@pytest.mark.parametrize(
    "drawing",
    [
        distribution_bar(answers(1, 2, 3, 4, 5)),
        points_strip(5, 3, 7, Side.PROVIDERS),
        side_mark(Side.PROVIDERS),
    ],
    ids=["bar", "strip", "mark"],
)
def test_nothing_is_styled_inline(drawing):
    assert " style=" not in drawing


def test_a_pair_has_both_sides_on_one_scale():
    root = parse(
        paired_strip(
            [(Side.TARGET_GROUP, 3, 2, 4), (Side.PROVIDERS, 7, 7, 7)], ident="p"
        )
    )

    title = root.find(f"{SVG}title")
    assert title.text == (
        "Doelgroep: mediaan 3, de middelste helft van 2 tot 4. "
        "Hulp- en dienstverleners: mediaan 7, de middelste helft van 7 tot 7"
    )
    assert root.get("aria-labelledby") == title.get("id") == "p-title"
    assert len(list(root.iter(f"{SVG}circle"))) == 1
    assert len(list(root.iter(f"{SVG}rect"))) == 1


def test_a_bar_of_sides_is_as_long_as_its_share_of_the_longest():
    root = parse(sides_bar([(Side.TARGET_GROUP, 2), (Side.PROVIDERS, 1)], most=4))

    pieces = [(piece.get("x"), piece.get("width")) for piece in root.iter(f"{SVG}rect")]
    assert pieces == [("0.00%", "50.00%"), ("50.00%", "25.00%")]
    assert root.get("aria-hidden") == "true"


def test_a_side_that_named_nothing_has_no_piece():
    root = parse(sides_bar([(Side.TARGET_GROUP, 0), (Side.PROVIDERS, 1)], most=1))

    assert len(list(root.iter(f"{SVG}rect"))) == 1
