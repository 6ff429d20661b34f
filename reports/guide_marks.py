"""The drawings on paper: faces, how often, and the pictograms of the questions.

Black lines that a copier keeps. Each names itself, because a tagged PDF wants that.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

from kader.palette import COLOURS
from kader.svg import element
from kader.vocabulary import OPTION_LABELS, AnswerOption, Pictogram, Scale

INK = COLOURS["ink"]
SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
PATH = re.compile(r"<path([^>]*?)\bd=\"([^\"]+)\"")

# How far the corners of the mouth hang below its middle: sad to glad.
MOUTHS = {
    AnswerOption.FIRST: 26,
    AnswerOption.SECOND: 31,
    AnswerOption.THIRD: 37,
    AnswerOption.FOURTH: 42,
}
# How many of four drops are full.
FULL = {
    AnswerOption.FIRST: 0,
    AnswerOption.SECOND: 1,
    AnswerOption.THIRD: 3,
    AnswerOption.FOURTH: 4,
}


def draw_option(scale: Scale, option: AnswerOption) -> SafeString:
    """Draw one answer: a face for agreement, four dots for how often."""
    label = OPTION_LABELS[scale][option]
    if option == AnswerOption.UNKNOWN:
        return _drawing(label, *_unknown())
    if scale == Scale.AGREEMENT:
        return _drawing(label, *_face(MOUTHS[option]))
    return _drawing(label, *_dots(FULL[option]))


def draw_pictogram(pictogram: Pictogram) -> SafeString:
    """Draw the symbol that goes with a question."""
    return _symbol(pictogram.icon, pictogram.label, "pictogram")


def draw_tick() -> SafeString:
    """Draw the tick in a box of what is arranged already."""
    return _symbol("check-lg", "in orde", "tick")


def _symbol(name: str, label: str, css: str) -> SafeString:
    return element(
        "svg",
        element("title", label),
        *(
            element("path", d=d, fill=INK, fill_rule=rule)
            for rule, d in _sprite()[name]
        ),
        class_=css,
        viewBox="0 0 16 16",
        role="img",
    )


def _drawing(label: str, *shapes: SafeString) -> SafeString:
    return element(
        "svg",
        element("title", label),
        *shapes,
        class_="option-mark",
        viewBox="0 0 48 48",
        role="img",
    )


def _ring() -> SafeString:
    return element(
        "circle", cx=24, cy=24, r=21, fill="#ffffff", stroke=INK, stroke_width=2.6
    )


def _face(mouth: int) -> list[SafeString]:
    # The corners stay; the middle of the mouth goes up and down.
    corners = 34 + (34 - mouth) / 2
    return [
        _ring(),
        element("circle", cx=16.5, cy=19, r=2.6, fill=INK),
        element("circle", cx=31.5, cy=19, r=2.6, fill=INK),
        element(
            "path",
            d=f"M14 {corners}Q24 {mouth} 34 {corners}",
            fill="none",
            stroke=INK,
            stroke_width=2.6,
            stroke_linecap="round",
        ),
    ]


def _unknown() -> list[SafeString]:
    return [
        _ring(),
        element(
            "path",
            d="M17.5 18.5a6.5 6.5 0 1 1 9.6 5.7c-2.2 1.2-3.1 2.2-3.1 4.8",
            fill="none",
            stroke=INK,
            stroke_width=2.8,
            stroke_linecap="round",
        ),
        element("circle", cx=24, cy=34.5, r=2, fill=INK),
    ]


def _dots(full: int) -> list[SafeString]:
    places = ((13, 13), (35, 13), (13, 35), (35, 35))
    return [
        element(
            "circle",
            cx=x,
            cy=y,
            r=8.2,
            fill=INK if number < full else "#ffffff",
            stroke=INK,
            stroke_width=2.4,
        )
        for number, (x, y) in enumerate(places)
    ]


@cache
def _sprite() -> dict[str, list[tuple[str | None, str]]]:
    """Read the paths of every symbol that ships with the product."""
    found = finders.find("img/icons.svg")
    text = Path(str(found)).read_text(encoding="utf-8")
    return {
        name: [
            ("evenodd" if "evenodd" in before else None, d)
            for before, d in PATH.findall(body)
        ]
        for name, body in SYMBOL.findall(text)
    }
