"""The small drawings of a domain page: answers as one bar, points as a strip.

Pure drawing: whether there are enough answers to show is decided before.
"""

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString

from kader.palette import COLOURS, text_colour
from kader.svg import FONT, element, join, number, points
from kader.vocabulary import Side

BAR_HEIGHT = 34
# A count is printed only where it has room; the title always says all of them.
SHARE_PER_DIGIT = 3.0

STRIP_LEFT = 20
STRIP_STEP = 36
STRIP_LINE = 24
# Two sides on one scale: each on a line of its own, the target group above.
PAIR_LINES = {Side.TARGET_GROUP: 18, Side.PROVIDERS: 46}
PAIR_SCALE = 68


def distribution_bar(
    counts: Sequence[tuple[str, int, str]], *, ident: str = "bar"
) -> SafeString:
    """Return one bar for (label, count, name of a colour), or nothing without answers.

    `ident` has to be unique on the page. The bar is as wide as its place and always 34
    pixels high, so it has no viewBox.
    """
    total = sum(count for _, count, _ in counts)
    if not total:
        return SafeString()
    drawn = []
    start = 0.0
    for _, count, colour in counts:
        share = 100 * count / total
        if count:
            drawn.append(_segment(start, share, count, colour))
        start += share
    return element(
        "svg",
        element(
            "title",
            ", ".join(f"{label}: {count}" for label, count, _ in counts),
            id=f"{ident}-title",
        ),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        class_="bars bars-flat",
        width="100%",
        height=BAR_HEIGHT,
        role="img",
        aria_labelledby=f"{ident}-title",
        font_family=FONT,
    )


def _segment(start: float, share: float, count: int, colour: str) -> SafeString:
    block = element(
        "rect",
        x=f"{start:.2f}%",
        y=0,
        width=f"{share:.2f}%",
        height=BAR_HEIGHT,
        fill=COLOURS[colour],
        stroke=COLOURS["white"],
        stroke_width=1.5,
    )
    if share < SHARE_PER_DIGIT * len(str(count)):
        return block
    figure = element(
        "text",
        str(count),
        x=f"{start + share / 2:.2f}%",
        y=23,
        text_anchor="middle",
        font_size=16,
        font_weight=600,
        fill=text_colour(colour),
    )
    return join([block, figure])


def points_strip(
    median: float, low: float, high: float, side: Side, *, ident: str = "strip"
) -> SafeString:
    """Return the scale from 0 to 10 with the median and the middle half as a band.

    `ident` has to be unique on the page.
    """
    title = (
        f"{side.label}: mediaan {points(median)} op 10, "
        f"de middelste helft van {points(low)} tot {points(high)}"
    )
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        _scale(),
        _band(low, high, side),
        _median_mark(median, side),
        xmlns="http://www.w3.org/2000/svg",
        class_="bars",
        viewBox="0 0 400 58",
        role="img",
        aria_labelledby=f"{ident}-title",
        font_family=FONT,
    )


def paired_strip(
    sides: Iterable[tuple[Side, float, float, float]], *, ident: str = "pair"
) -> SafeString:
    """Return both sides on one scale from (side, median, low, high).

    `ident` has to be unique on the page.
    """
    listed = list(sides)
    title = ". ".join(
        f"{side.label}: mediaan {points(median)}, de middelste helft van {points(low)} "
        f"tot {points(high)}"
        for side, median, low, high in listed
    )
    drawn = [
        join(
            [
                _band(low, high, side, PAIR_LINES[side]),
                _median_mark(median, side, PAIR_LINES[side]),
            ]
        )
        for side, median, low, high in listed
    ]
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        _scale(PAIR_SCALE),
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        class_="bars",
        viewBox="0 0 400 102",
        role="img",
        aria_labelledby=f"{ident}-title",
        font_family=FONT,
    )


def sides_bar(counts: Sequence[tuple[Side, int]], *, most: int) -> SafeString:
    """Return the counts of both sides as one bar; `most` fills the whole width.

    The figures stand beside it in words, so readers of the screen skip the bar.
    """
    drawn = []
    start = 0.0
    for side, count in counts:
        if not count:
            continue
        share = 100 * count / most
        target = side is Side.TARGET_GROUP
        drawn.append(
            element(
                "rect",
                x=f"{start:.2f}%",
                y=1,
                width=f"{share:.2f}%",
                height=18,
                fill=COLOURS["side-target" if target else "side-provider-fill"],
                stroke=COLOURS["side-target" if target else "side-provider"],
                stroke_width=1,
            )
        )
        start += share
    return element(
        "svg",
        *drawn,
        xmlns="http://www.w3.org/2000/svg",
        class_="bars side-bar",
        width="100%",
        height=20,
        aria_hidden="true",
    )


def _x(value: float) -> float:
    return STRIP_LEFT + STRIP_STEP * value


def _scale(y: int = STRIP_LINE) -> SafeString:
    ticks = (
        element(
            "path",
            d=f"M{number(_x(value))} {y - 5}v10",
            stroke=COLOURS["line-strong"],
            stroke_width=1,
        )
        for value in range(11)
    )
    digits = (
        element(
            "text",
            str(value),
            x=number(_x(value)),
            y=y + 29,
            text_anchor="middle",
            font_size=17,
            fill=COLOURS["ink-2"],
        )
        for value in (0, 5, 10)
    )
    line = element(
        "path",
        d=f"M{number(_x(0))} {y}H{number(_x(10))}",
        stroke=COLOURS["line"],
        stroke_width=2,
    )
    return join([line, *ticks, *digits])


def _band(low: float, high: float, side: Side, y: int = STRIP_LINE) -> SafeString:
    """Return the middle half; a band of no width lies wholly under the mark."""
    if high <= low:
        return SafeString()
    target = side is Side.TARGET_GROUP
    return element(
        "rect",
        x=number(_x(low)),
        y=y - 7,
        width=number(_x(high) - _x(low)),
        height=14,
        rx=7,
        fill=COLOURS["side-target-soft" if target else "side-provider-soft"],
        stroke=COLOURS["side-target" if target else "side-provider"],
    )


def _median_mark(median: float, side: Side, y: int = STRIP_LINE) -> SafeString:
    x = number(_x(median))
    if side is Side.TARGET_GROUP:
        return element("circle", cx=x, cy=y, r=11, fill=COLOURS["side-target"])
    return element(
        "path",
        d=f"M{x} {y - 13}l13 13-13 13-13-13Z",
        fill=COLOURS["side-provider-fill"],
        stroke=COLOURS["side-provider"],
        stroke_width=2.5,
    )
