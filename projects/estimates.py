"""The estimates side by side: how serious each social right is, and what a figure owes.

Pure: estimates in, words and a strip out, no queries. It shows where members agree and
where they do not, and never makes one number of the nine rights.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.safestring import SafeString

from kader.palette import COLOURS
from kader.svg import FONT, element, join, number, points
from kader.vocabulary import SocialRight, SourceKind
from projects.models import ProblemEstimate

# What 0 to 3 mean, on the form and beside every median.
ANCHORS = ("geen probleem", "licht", "ernstig", "zeer ernstig")
UNKNOWN = "weet ik niet"

# From this distance between the lowest and the highest on, members talk first.
DISCUSS_FIRST = 2

EARLIEST_YEAR = 1990

PERCENTAGE = re.compile(r"%|\b(?:procent|percent|pct)\b", re.IGNORECASE)

STRIP_LEFT, STRIP_STEP, STRIP_LINE = 26, 62, 32


@dataclass(frozen=True)
class RightSummary:
    """What the members say about one social right; who does not know is not counted."""

    right: SocialRight
    severities: tuple[int, ...]

    @property
    def people(self) -> int:
        return len(self.severities)

    @property
    def median(self) -> float | None:
        """The middle of what was said, None while nobody said anything."""
        return median(self.severities) if self.severities else None

    @property
    def lowest(self) -> int:
        return min(self.severities, default=0)

    @property
    def highest(self) -> int:
        return max(self.severities, default=0)

    @property
    def discuss_first(self) -> bool:
        """Whether the members see it so differently that they should talk first."""
        return self.highest - self.lowest >= DISCUSS_FIRST

    @property
    def median_words(self) -> str:
        """The median with its anchor: "2, ernstig" or "1,5, tussen licht en ernstig"."""
        if self.median is None:
            return "nog geen antwoord"
        return f"{points(self.median)}, {severity_words(self.median)}"

    @property
    def spread_words(self) -> str:
        """How far the members are apart, in words."""
        if not self.severities:
            return ""
        if self.people == 1:
            return "1 lid"
        if self.lowest == self.highest:
            return f"alle {self.people} leden hetzelfde"
        return f"{self.people} leden, van {self.lowest} tot {self.highest}"


def severity_words(value: float) -> str:
    """Return the anchor of a score, or the two anchors between which a median lies."""
    lower = int(value)
    if value == lower:
        return ANCHORS[lower]
    return f"tussen {ANCHORS[lower]} en {ANCHORS[lower + 1]}"


def summarise(estimates: Sequence[ProblemEstimate]) -> tuple[RightSummary, ...]:
    """Return the nine rights in framework order; expects the rights loaded."""
    said: dict[str, list[int]] = {right: [] for right in SocialRight}
    for estimate in estimates:
        for row in estimate.rights.all():
            said[row.right].append(row.severity)
    return tuple(
        RightSummary(right, tuple(sorted(said[right]))) for right in SocialRight
    )


def scores_of(estimate: ProblemEstimate) -> tuple[tuple[SocialRight, int], ...]:
    """Return what one member scored, in framework order; expects the rights loaded."""
    given = {row.right: row.severity for row in estimate.rights.all()}
    return tuple((right, given[right]) for right in SocialRight if right in given)


def faults_of(
    *,
    text: str,
    source_kind: str,
    source: str,
    source_year: int | None,
    severities: Mapping[SocialRight, int],
    on: date,
) -> dict[str, str]:
    """Say what an estimate still owes, by the name of its field.

    A percentage or a figure without source, kind and year would look more certain than
    it is (I.2).
    """
    if not text and not severities:
        return {
            "text": "Schrijf in één of twee zinnen wat je ziet, "
            "of duid hieronder minstens één grondrecht aan."
        }
    faults = {}
    if source_year is not None and not EARLIEST_YEAR <= source_year <= on.year:
        faults["source_year"] = f"Kies een jaar van {EARLIEST_YEAR} tot {on.year}."
    names_percentage = PERCENTAGE.search(text) is not None
    if not names_percentage and source_kind != SourceKind.FIGURE:
        return faults
    if not source:
        faults["source"] = (
            "Je noemt een percentage. Waar komt het vandaan, en van welk jaar?"
            if names_percentage
            else "Een cijfer heeft een bron. Waar komt het vandaan, en van welk jaar?"
        )
    elif source_year is None:
        faults["source_year"] = "Van welk jaar is dit cijfer?"
    if not source_kind:
        faults["source_kind"] = "Duid aan waarop dit cijfer steunt."
    return faults


def severity_strip(summary: RightSummary, *, ident: str) -> SafeString:
    """Return the scale from 0 to 3 with how many members chose each, and the median.

    `ident` has to be unique on the page. The words beside it say the same.
    """
    title = f"{summary.right.label}: {summary.median_words}"
    if summary.severities:
        title += f" ({summary.spread_words})"
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        _scale(),
        _range(summary),
        join(_dot(*counted) for counted in sorted(Counter(summary.severities).items())),
        _median_mark(summary),
        xmlns="http://www.w3.org/2000/svg",
        class_="severity-strip",
        viewBox="0 0 240 74",
        role="img",
        aria_labelledby=f"{ident}-title",
        font_family=FONT,
    )


def _x(value: float) -> float:
    return STRIP_LEFT + STRIP_STEP * value


def _scale() -> SafeString:
    ticks = [
        part
        for value in range(len(ANCHORS))
        for part in (
            element(
                "path",
                d=f"M{number(_x(value))} {STRIP_LINE - 5}v10",
                stroke=COLOURS["line-strong"],
            ),
            element(
                "text",
                str(value),
                x=number(_x(value)),
                y=69,
                text_anchor="middle",
                font_size=16,
                fill=COLOURS["ink-2"],
            ),
        )
    ]
    line = element(
        "path",
        d=f"M{number(_x(0))} {STRIP_LINE}H{number(_x(3))}",
        stroke=COLOURS["line"],
        stroke_width=2,
    )
    return join([line, *ticks])


def _range(summary: RightSummary) -> SafeString:
    """Return the band from the lowest to the highest score."""
    if summary.lowest == summary.highest:
        return SafeString()
    return element(
        "path",
        d=f"M{number(_x(summary.lowest))} {STRIP_LINE}H{number(_x(summary.highest))}",
        stroke=COLOURS["answer-3"],
        stroke_width=8,
        stroke_linecap="round",
    )


def _dot(value: int, people: int) -> SafeString:
    x = number(_x(value))
    circle = element(
        "circle", cx=x, cy=STRIP_LINE, r=13, fill=COLOURS["accent"], stroke="none"
    )
    figure = element(
        "text",
        str(people),
        x=x,
        y=STRIP_LINE + 5.5,
        text_anchor="middle",
        font_size=16,
        font_weight=600,
        fill=COLOURS["white"],
    )
    return join([circle, figure])


def _median_mark(summary: RightSummary) -> SafeString:
    """Return a small arrow above the line that points at the median."""
    if summary.median is None or summary.people < 2:
        return SafeString()
    return element(
        "path",
        d=f"M{number(_x(summary.median) - 7)} 5h14l-7 10Z",
        fill=COLOURS["ink"],
    )
