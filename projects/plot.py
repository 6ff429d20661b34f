"""Nood and kans of the target groups as a square, with what was decided about each.

Letters stand for the groups: the list beside the square says which is which. The square
gives advice, the steering group decides, so nothing here ranks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from kader.palette import COLOURS
from kader.svg import FONT, element, join, number, points
from kader.vocabulary import MatrixDecision

HIGHEST = 12
HALFWAY = 6
LEFT, TOP, SIZE = 56, 8, 348
MARK_RADIUS = 13.5
# Two marks this far apart stand beside each other without touching.
MARK_ROOM = 30
QUADRANTS: tuple[tuple[float, float, tuple[str, ...]], ...] = (
    (0, HIGHEST, ("Eerst brug bouwen",)),
    (HALFWAY, HIGHEST, ("Nu starten",)),
    (0, HALFWAY, ("Later",)),
    (HALFWAY, HALFWAY, ("Meenemen in een", "andere actie")),
)


@dataclass(frozen=True)
class PlotPoint:
    """One target group; without a decision it is drawn in grey."""

    letter: str
    name: str
    need: float
    chance: float
    decision: MatrixDecision | None = None

    @property
    def sentence(self) -> str:
        """The point in words, for whoever does not see the square."""
        decided = self.decision.label.lower() if self.decision else "nog niet beslist"
        return (
            f"{self.letter} {self.name}: nood {points(self.need)}, "
            f"kans {points(self.chance)}, {decided}."
        )


@dataclass(frozen=True)
class PlacedPoint:
    """A point with the place of its mark, which may be beside the true place."""

    point: PlotPoint
    x: float
    y: float

    @property
    def is_moved(self) -> bool:
        return (self.x, self.y) != (_x(self.point.chance), _y(self.point.need))


def need_chance_plot(
    targets: Sequence[PlotPoint],
    *,
    title: str = "Nood en kans per doelgroep",
    ident: str = "plot",
) -> SafeString:
    """Return the square from 0 to 12; `ident` has to be unique on the page."""
    placed = place(targets)
    description = " ".join(point.sentence for point in targets)
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        element("desc", description or "Nog geen doelgroepen.", id=f"{ident}-desc"),
        _frame(),
        join(_quadrant_name(*quadrant) for quadrant in QUADRANTS),
        join(_leader(mark) for mark in placed if mark.is_moved),
        join(_mark(mark) for mark in placed),
        xmlns="http://www.w3.org/2000/svg",
        class_="plot",
        viewBox="0 -8 420 424",
        role="img",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        font_family=FONT,
    )


def place(targets: Sequence[PlotPoint]) -> list[PlacedPoint]:
    """Return where each mark goes: at its place, or beside the one already there."""
    placed: list[PlacedPoint] = []
    for point in targets:
        true_x, true_y = _x(point.chance), _y(point.need)
        x, y = next(
            (
                (true_x + dx, true_y + dy)
                for dx, dy in _shifts(point)
                if _is_free(true_x + dx, true_y + dy, placed)
            ),
            (true_x, true_y),
        )
        placed.append(PlacedPoint(point, x, y))
    return placed


def _shifts(point: PlotPoint) -> list[tuple[float, float]]:
    """Return places to try, nearest first, and sideways before up or down.

    A place in another quadrant comes last, because it would look like other advice.
    """
    half = MARK_ROOM / 2
    shifts = [
        (half * column, half * row) for column in range(-6, 7) for row in range(-6, 7)
    ]

    def cost(shift: tuple[float, float]) -> tuple[bool, float, float, bool]:
        dx, dy = shift
        return (
            _leaves_quadrant(_x(point.chance), dx, _x(HALFWAY), LEFT, LEFT + SIZE)
            or _leaves_quadrant(_y(point.need), dy, _y(HALFWAY), TOP, TOP + SIZE),
            math.hypot(dx, dy),
            abs(dy),
            dx < 0,
        )

    return sorted(shifts, key=cost)


def _leaves_quadrant(
    start: float, shift: float, middle: float, lowest: float, highest: float
) -> bool:
    if not shift:
        return False
    end = start + shift
    return not lowest <= end <= highest or (start < middle) != (end < middle)


def _is_free(x: float, y: float, placed: Sequence[PlacedPoint]) -> bool:
    room = MARK_ROOM - 1
    return all(math.hypot(x - other.x, y - other.y) >= room for other in placed)


def _x(chance: float) -> float:
    return LEFT + SIZE * chance / HIGHEST


def _y(need: float) -> float:
    return TOP + SIZE * (1 - need / HIGHEST)


def _label(x: float, y: float, text: str, **attributes: object) -> SafeString:
    options: dict[str, object] = {"font_size": 17, "fill": COLOURS["ink-2"]}
    return element("text", text, x=number(x), y=number(y), **(options | attributes))


def _frame() -> SafeString:
    half_x, half_y, bottom, right = _x(HALFWAY), _y(HALFWAY), TOP + SIZE, LEFT + SIZE
    parts = [
        element(
            "rect",
            x=number(half_x),
            y=TOP,
            width=SIZE // 2,
            height=SIZE // 2,
            fill=COLOURS["accent-soft"],
        )
    ]
    for value in (3, 9):
        x, y = number(_x(value)), number(_y(value))
        parts.append(
            element(
                "path",
                d=f"M{x} {TOP}V{bottom}M{LEFT} {y}H{right}",
                stroke=COLOURS["line-soft"],
            )
        )
    parts += [
        element(
            "rect",
            x=LEFT,
            y=TOP,
            width=SIZE,
            height=SIZE,
            fill="none",
            stroke=COLOURS["line-strong"],
            stroke_width=1.5,
        ),
        element(
            "path",
            d=f"M{number(half_x)} {TOP}V{bottom}M{LEFT} {number(half_y)}H{right}",
            stroke=COLOURS["line-strong"],
            stroke_width=1.5,
        ),
        _axes(bottom, half_x, half_y),
    ]
    return join(parts)


def _axes(bottom: float, half_x: float, half_y: float) -> SafeString:
    digits = [
        digit
        for value in range(0, HIGHEST + 1, 3)
        for digit in (
            _label(_x(value), bottom + 27, str(value), text_anchor="middle"),
            _label(LEFT - 16, _y(value) + 6, str(value), text_anchor="end"),
        )
    ]
    bold = {"text_anchor": "middle", "font_weight": 600, "fill": COLOURS["ink"]}
    return join(
        [
            *digits,
            _label(half_x, bottom + 50, "Kans →", **bold),
            _label(
                16,
                half_y,
                "Nood →",
                transform=f"rotate(-90 16 {number(half_y)})",
                **bold,
            ),
        ]
    )


def _quadrant_name(chance: float, need: float, lines: tuple[str, ...]) -> SafeString:
    return join(
        _label(
            _x(chance) + 7,
            _y(need) + 24 + 19 * row,
            line,
            font_size=16.5,
            font_weight=600,
        )
        for row, line in enumerate(lines)
    )


def _leader(mark: PlacedPoint) -> SafeString:
    """Return the line from a mark to the place that its numbers say."""
    x, y = number(_x(mark.point.chance)), number(_y(mark.point.need))
    return element(
        "path",
        d=f"M{number(mark.x)} {number(mark.y)}L{x} {y}",
        stroke=COLOURS["line-strong"],
        stroke_width=1.5,
    )


def key_mark(decision: MatrixDecision | None) -> SafeString:
    """Return the mark of a decision without a letter, for the key below the square."""
    return element(
        "svg",
        _circle(10, 10, 7, decision),
        viewBox="0 0 20 20",
        width=20,
        height=20,
        aria_hidden="true",
    )


def _mark(mark: PlacedPoint) -> SafeString:
    decision = mark.point.decision
    letter = _label(
        mark.x,
        mark.y + 5.5,
        mark.point.letter,
        text_anchor="middle",
        font_size=16,
        font_weight=700,
        fill=COLOURS["white"]
        if decision is MatrixDecision.CHOSEN
        else _ring_colour(decision),
    )
    return join([_circle(mark.x, mark.y, MARK_RADIUS, decision), letter])


def _circle(
    x: float, y: float, radius: float, decision: MatrixDecision | None
) -> SafeString:
    colour = _ring_colour(decision)
    return element(
        "circle",
        cx=number(x),
        cy=number(y),
        r=number(radius),
        fill=colour if decision is MatrixDecision.CHOSEN else COLOURS["white"],
        stroke=colour,
        stroke_width=2.5 if decision else 1,
        stroke_dasharray="4 4" if decision is MatrixDecision.NOT_NOW else None,
    )


def _ring_colour(decision: MatrixDecision | None) -> str:
    return COLOURS["accent" if decision else "ink-2"]
