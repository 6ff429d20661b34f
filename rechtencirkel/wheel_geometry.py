"""Where everything stands on the rechtencirkel: angles, radii and paths.

Angles are in degrees, clockwise from the top. The middle of the first domain is at the
top and every next one is STEP further. Both sides share one scale, from the hub (0
points) to the outer circle (10 points), so that a difference is a visible strip.
"""

import math
from dataclasses import dataclass

from kader.svg import number

STEP = 40


@dataclass(frozen=True)
class Form:
    """A circle on its drawing, with the measures in which full and compact differ."""

    name: str
    width: int
    height: int
    cx: float
    cy: float
    outer: float
    inner: float
    rim_distance: float
    rim_width: float
    gap_distance: float
    gap_width: float
    edge_width: float
    halo_width: float
    hatch_one: int
    hatch_both: int
    digits: tuple[int, ...]
    digit_size: int
    digit_height: int

    def at(self, radius: float, angle: float) -> tuple[float, float]:
        """Return the point at a distance from the centre, clockwise from the top."""
        radians = math.radians(angle)
        return (
            self.cx + radius * math.sin(radians),
            self.cy - radius * math.cos(radians),
        )

    def radius(self, value: float) -> float:
        """Return the radius of a number of points on the one shared scale."""
        return self.inner + (self.outer - self.inner) * value / 10

    def wedge(self, inner: float, outer: float, middle: float, half: float) -> str:
        """Return the path of a piece of ring, closed."""
        start, end = middle - half, middle + half
        far, near = number(outer), number(inner)
        return (
            f"M{xy(self.at(inner, start))}L{xy(self.at(outer, start))}"
            f"A{far} {far} 0 0 1 {xy(self.at(outer, end))}"
            f"L{xy(self.at(inner, end))}"
            f"A{near} {near} 0 0 0 {xy(self.at(inner, start))}Z"
        )

    def arc(self, radius: float, middle: float, half: float) -> str:
        """Return the path of a piece of circle, open."""
        length = number(radius)
        return (
            f"M{xy(self.at(radius, middle - half))}"
            f"A{length} {length} 0 0 1 {xy(self.at(radius, middle + half))}"
        )


def xy(point: tuple[float, float]) -> str:
    """Return a point as a path writes it."""
    return f"{number(point[0])} {number(point[1])}"


FORMS = {
    "full": Form(
        name="full",
        width=900,
        height=600,
        cx=450,
        cy=304,
        outer=216,
        inner=46,
        rim_distance=6,
        rim_width=4,
        gap_distance=8,
        gap_width=9,
        edge_width=4,
        halo_width=8,
        hatch_one=18,
        hatch_both=17,
        digits=(0, 5, 10),
        digit_size=17,
        digit_height=21,
    ),
    "compact": Form(
        name="compact",
        width=320,
        height=320,
        cx=160,
        cy=160,
        outer=120,
        inner=27,
        rim_distance=4,
        rim_width=3,
        gap_distance=5,
        gap_width=6,
        edge_width=3,
        halo_width=6,
        hatch_one=12,
        hatch_both=11,
        digits=(0, 10),
        digit_size=14,
        digit_height=18,
    ),
}
