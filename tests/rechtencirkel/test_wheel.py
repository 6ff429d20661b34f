from xml.etree import ElementTree as ET

import pytest

from kader.palette import COLOURS
from kader.vocabulary import ServiceDomain
from rechtencirkel.wheel import Sector, describe, draw_wheel, mark, mark_path

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '"><script>alert(1)</script>&'


def parse(drawing):
    return ET.fromstring(drawing)  # noqa: S314 - our own drawing


def circle(values=None, *, url=""):
    """Give every domain 4 and 5 points, or what the caller says about it."""
    values = values or {}
    return [
        Sector(domain, *values.get(domain, (4, 5)), url=url) for domain in ServiceDomain
    ]


def paths(root, **attributes):
    return [
        path.get("d")
        for path in root.iter(f"{SVG}path")
        if all(path.get(name) == value for name, value in attributes.items())
    ]


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def test_the_description_says_all_eighteen_values():
    root = parse(draw_wheel(circle(), title="Rechtencirkel"))

    description = root.find(f"{SVG}desc").text

    assert description.count("doelgroep 4") == 9
    assert description.count("hulp- en dienstverleners 5") == 9
    for domain in ServiceDomain:
        assert f"{domain.number} {domain.label}:" in description
    assert description == describe(circle())


def test_a_median_is_written_with_a_comma():
    sectors = circle({ServiceDomain.ACCESS: (4.5, 8)})

    root = parse(draw_wheel(sectors, title="Rechtencirkel"))

    assert "5 Toegang: doelgroep 4,5, hulp- en dienstverleners 8" in describe(sectors)
    assert "4,5" in texts(root)
    assert "verschil 3,5" in texts(root)


def test_title_and_description_are_direct_children_and_name_the_drawing():
    root = parse(draw_wheel(circle(), title="Rechtencirkel", ident="nu"))

    assert root.find(f"{SVG}title").get("id") == root.get("aria-labelledby")
    assert root.find(f"{SVG}desc").get("id") == root.get("aria-describedby")
    assert root.get("aria-labelledby") == "nu-title"


def test_the_font_is_named_on_the_drawing_itself():
    root = parse(draw_wheel(circle(), title="Rechtencirkel"))

    assert "Source Sans 3" in root.get("font-family")


def test_the_links_are_there_only_with_a_url():
    on_page = parse(draw_wheel(circle(url="/domein/"), title="Rechtencirkel"))
    in_pdf = parse(draw_wheel(circle(), title="Rechtencirkel"))

    links = list(on_page.iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["/domein/"] * 9
    assert links[4].get("aria-label").startswith("5 Toegang: doelgroep 4,")
    assert on_page.get("role") == "group"
    assert not list(in_pdf.iter(f"{SVG}a"))
    assert in_pdf.get("role") == "img"


@pytest.mark.parametrize("form", ["full", "compact"])
def test_a_hidden_side_is_hatched_and_has_no_number(form):
    values = {ServiceDomain.AFTERCARE: (None, 7), ServiceDomain.DETECTION: (3, None)}
    sectors = circle(values)

    root = parse(draw_wheel(sectors, title="Rechtencirkel", form=form))

    assert len(paths(root, **{"stroke-dasharray": "4 4"})) == 2
    assert "9 Nazorg: doelgroep te weinig antwoorden" in describe(sectors)
    assert "verschil" not in describe(sectors)
    assert "0" not in describe(sectors)
    if form == "full":
        assert texts(root).count("–") == 2


def test_two_hidden_sides_are_one_wide_petal():
    sectors = circle({ServiceDomain.AFTERCARE: (None, None)})

    root = parse(draw_wheel(sectors, title="Rechtencirkel"))

    dashed = paths(root, **{"stroke-dasharray": "4 4"})
    assert dashed == [
        "M411.6 278.6L272.4 186.4A213 213 0 0 1 365.1 108.7L431.7 261.8"
        "A46 46 0 0 0 411.6 278.6Z"
    ]
    assert sectors[8].gap is None


def test_zero_points_are_drawn_and_not_hidden():
    sectors = circle({ServiceDomain.RIGHTS_REALISATION: (0, 3)})

    root = parse(draw_wheel(sectors, title="Rechtencirkel"))

    assert paths(root, stroke=COLOURS["side-target"]) == [
        "M402.5 302.5A47.5 47.5 0 0 1 404.9 289.2"
    ]
    assert not paths(root, **{"stroke-dasharray": "4 4"})


@pytest.mark.parametrize(
    ("target", "provider", "marked"),
    [(5, 8, True), (8, 5, True), (5, 7.5, False), (5, 5, False)],
)
def test_a_gap_is_marked_from_three_points_on(target, provider, marked):
    sectors = circle({ServiceDomain.ACCESS: (target, provider)})

    root = parse(draw_wheel(sectors, title="Rechtencirkel"))

    assert ("verschil 3" in texts(root)) is marked
    assert ("verschil 3" in describe(sectors)) is marked
    assert len(paths(root, stroke=COLOURS["ink"])) == marked


def test_a_higher_target_group_does_not_cover_the_edge_of_the_providers():
    above = circle({ServiceDomain.PREVENTION: (7, 4)})
    below = circle({ServiceDomain.PREVENTION: (3, 4)})

    edge = "M417.6 194.7A114 114 0 0 1 482.4 194.7"

    assert paths(parse(draw_wheel(above, title="t")), d=edge) == [edge, edge]
    assert paths(parse(draw_wheel(below, title="t")), d=edge) == [edge]


def test_the_petals_stand_where_the_geometry_says():
    sectors = circle({ServiceDomain.ACCESS: (5, 8)})

    full = parse(draw_wheel(sectors, title="Rechtencirkel"))
    compact = parse(draw_wheel(sectors, title="Rechtencirkel", form="compact"))

    assert (
        "M477.4 341L558.3 450.3A182 182 0 0 1 461.1 485.7L452.8 349.9"
        "A46 46 0 0 0 477.4 341Z"
    ) in paths(full, fill=COLOURS["side-provider-fill"])
    assert (
        "M471.7 344.5L511.9 419.5A131 131 0 0 1 476.8 432.2L459.4 349"
        "A46 46 0 0 0 471.7 344.5Z"
    ) in paths(full, fill=COLOURS["side-target"])
    assert (
        "M176.1 181.7L220.3 241.5A101.4 101.4 0 0 1 166.2 261.2L161.6 186.9"
        "A27 27 0 0 0 176.1 181.7Z"
    ) in paths(compact, fill=COLOURS["side-provider-fill"])


@pytest.mark.parametrize("target", [None, 0, 2.5, 10])
@pytest.mark.parametrize("provider", [None, 0, 6.5, 10])
def test_every_label_stays_on_the_drawing(target, provider):
    values = dict.fromkeys(ServiceDomain, (target, provider))
    root = parse(draw_wheel(circle(values, url="/d/"), title="Rechtencirkel"))

    labels = root.find(f"{SVG}g[@aria-hidden='true']")

    for box in labels.iter(f"{SVG}rect"):
        left, top = float(box.get("x")), float(box.get("y"))
        assert left >= 0
        assert top >= 0
        assert left + float(box.get("width")) <= 900
        assert top + float(box.get("height")) <= 600


def test_the_compact_circle_prints_numbers_and_no_names():
    sectors = circle({ServiceDomain.ACCESS: (1, 9)})

    root = parse(draw_wheel(sectors, title="Rechtencirkel", form="compact"))

    assert texts(root) == [*"123456789", "0", "10"]


def test_nothing_is_styled_inline():
    drawing = draw_wheel(circle(url="/d/"), title="Rechtencirkel")

    assert " style=" not in drawing
    assert "<style" not in drawing


def test_a_hostile_title_and_url_stay_text():
    root = parse(draw_wheel(circle(url=HOSTILE), title=HOSTILE, ident="a"))

    assert root.find(f"{SVG}title").text == HOSTILE
    assert next(root.iter(f"{SVG}a")).get("href") == HOSTILE
    assert not list(root.iter("script")) + list(root.iter(f"{SVG}script"))


def test_a_circle_without_all_domains_is_refused():
    with pytest.raises(ValueError, match="all nine"):
        draw_wheel(circle()[:8], title="Rechtencirkel")


def test_the_mark_takes_the_colour_of_the_text_around_it():
    root = parse(mark(30))

    assert root.get("width") == "30"
    assert paths(root, fill="currentColor") == [mark_path()]
    assert mark_path().count("Z") == 9
    assert mark_path().startswith("M11.3 9.3L10.5 6.6A5.6 5.6 0 0 1 13.5 6.6")
