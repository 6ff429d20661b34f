"""The steps of a planning as a timeline: months on the axis, one bar per step.

Drawn twice from the same steps, wide for a screen and for paper, compact for a phone.
Words say which step and phase a bar is; the colour means nothing. Pure: the day that
counts as today is passed in.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from kader.palette import COLOURS
from kader.svg import FONT, element, join, number
from kader.vocabulary import Phase
from projects.models import PlanningStep
from projects.planning_changes import period

AXIS_HEIGHT = 46
TOP_OF_ROWS = 58
STEPS_PER_DRAWING = 12
MONTH_STEPS = (1, 2, 3, 6, 12, 24)
# A line for every month, until that is more lines than anybody counts.
MOST_LINES_BETWEEN_NAMES = 3
BAR_HEIGHT = 14
# A step of one day is still a mark that can be seen.
SHORTEST_BAR = 8
MONTH_NAMES = [
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
]


@dataclass(frozen=True)
class Layout:
    """Where the words and the bars stand; `stacked` puts the words above the bar."""

    name: str
    width: int
    chart_left: int
    text_size: float
    letters_per_line: int
    month_room: int
    stacked: bool

    @property
    def chart_width(self) -> int:
        return self.width - self.chart_left - 8

    @property
    def line_height(self) -> float:
        return self.text_size * 1.3


WIDE = Layout("wide", 800, 318, 15.5, 40, 40, stacked=False)
COMPACT = Layout("compact", 358, 4, 16, 42, 38, stacked=True)


@dataclass(frozen=True)
class Span:
    """The whole months that the axis shows, and where a day stands on it."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def months(self) -> list[date]:
        """Return the first day of each month."""
        count = (
            (self.last.year - self.first.year) * 12
            + self.last.month
            - self.first.month
            + 1
        )
        return [_add_months(self.first, place) for place in range(count)]

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def share(self, day: date) -> float:
        """Return how far along the axis a day begins, from 0 to 1."""
        return (day - self.first).days / self.days


def span_of(steps: Sequence[PlanningStep]) -> Span:
    """Return the whole months from the first step to the last; expects one or more."""
    first = min(step.starts_on for step in steps).replace(day=1)
    last = max(step.ends_on for step in steps)
    return Span(first, _last_of_month(last))


def planning_timelines(
    steps: Sequence[PlanningStep], *, today: date, layout: Layout, ident: str
) -> list[SafeString]:
    """Return the drawings, so many steps in each that one fits on a sheet of paper.

    All have the same axis. `ident` has to be unique on the page.
    """
    if not steps:
        return []
    span = span_of(steps)
    parts = [
        (first + 1, steps[first : first + STEPS_PER_DRAWING])
        for first in range(0, len(steps), STEPS_PER_DRAWING)
    ]
    return [
        _drawing(part, first, span, today, layout, f"{ident}-{first}")
        for first, part in parts
    ]


def _drawing(
    steps: Sequence[PlanningStep],
    first: int,
    span: Span,
    today: date,
    layout: Layout,
    ident: str,
) -> SafeString:
    rows, height = _rows(steps, first, span, today, layout)
    return element(
        "svg",
        element("title", _title(first, len(steps)), id=f"{ident}-title"),
        element("desc", in_words(steps, span, today=today), id=f"{ident}-desc"),
        _axis(span, layout),
        _today_word(span, today, layout),
        join(rows),
        xmlns="http://www.w3.org/2000/svg",
        class_="gantt",
        viewBox=f"0 0 {layout.width} {number(height)}",
        role="img",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        font_family=FONT,
    )


def _title(first: int, count: int) -> str:
    last = first + count - 1
    which = f"stap {first}" if count == 1 else f"stap {first} tot en met {last}"
    return f"Tijdlijn van de planning, {which}"


def in_words(steps: Sequence[PlanningStep], span: Span, *, today: date) -> str:
    """Say what the drawing shows, for whoever does not see it."""
    running = [step.title for step in steps if step.starts_on <= today <= step.ends_on]
    count = "1 stap" if len(steps) == 1 else f"{len(steps)} stappen"
    shown = (
        f"{count} van {date_format(span.first, 'F Y')} tot "
        f"{date_format(span.last, 'F Y')}."
    )
    if not running:
        return f"{shown} De tabel hieronder zegt hetzelfde."
    return f"{shown} Nu bezig: {', '.join(running)}. De tabel hieronder zegt hetzelfde."


def _add_months(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _last_of_month(day: date) -> date:
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return _add_months(day, 1) - timedelta(days=1)


def _x(span: Span, day: date, layout: Layout) -> float:
    return layout.chart_left + span.share(day) * layout.chart_width


def _axis(span: Span, layout: Layout) -> SafeString:
    """Write the months, as many as there is room for, and each year once."""
    parts = []
    year = 0
    for month in span.months[:: _months_between_names(span, layout)]:
        x = _x(span, month, layout)
        if x + layout.month_room > layout.width + 8:
            break
        parts.append(_text(MONTH_NAMES[month.month - 1], x, AXIS_HEIGHT - 12, 14))
        if month.year != year:
            parts.append(_text(str(month.year), x, 14, 14, weight=600))
            year = month.year
    return join(parts)


def _months_between_names(span: Span, layout: Layout) -> int:
    """Return how many months apart two names stand, so that they never touch."""
    per_month = layout.chart_width / len(span.months)
    fitting = (step for step in MONTH_STEPS if step * per_month >= layout.month_room)
    return next(fitting, MONTH_STEPS[-1])


def _grid(span: Span, layout: Layout, top: float, bottom: float) -> SafeString:
    """Draw where the months begin, behind one bar: never through the words."""
    named = _months_between_names(span, layout)
    every = 1 if named <= MOST_LINES_BETWEEN_NAMES else named
    return join(
        _vertical(_x(span, month, layout), top, bottom, COLOURS["line"])
        for month in span.months[::every]
    )


def _vertical(x: float, top: float, bottom: float, stroke: str) -> SafeString:
    return element(
        "line",
        x1=number(x),
        x2=number(x),
        y1=number(top),
        y2=number(bottom),
        stroke=stroke,
        stroke_width=1,
    )


def _rows(
    steps: Sequence[PlanningStep],
    first: int,
    span: Span,
    today: date,
    layout: Layout,
) -> tuple[list[SafeString], float]:
    rows = []
    y: float = TOP_OF_ROWS
    for place, step in enumerate(steps, start=first):
        row, height = _row(place, step, span, today, layout, y)
        rows.append(row)
        y += height
    return rows, y + 4


def _row(
    place: int, step: PlanningStep, span: Span, today: date, layout: Layout, top: float
) -> tuple[SafeString, float]:
    """Draw one step: its number and title, its phase and dates, and its bar."""
    title = textwrap.wrap(
        f"{place}. {step.title}",
        layout.letters_per_line,
        max_lines=2,
        placeholder=" …",
    )
    below = textwrap.wrap(
        f"{Phase(step.phase).label} · {period(step)}", layout.letters_per_line + 6
    )
    y = top + 8
    words = []
    for line, size, colour, weight in (
        *((line, layout.text_size, "ink", 600) for line in title),
        *((line, 14, "ink-2", 400) for line in below),
    ):
        y += layout.line_height
        words.append(_text(line, 0, y - 4, size, colour, weight=weight))
    bottom = y + (BAR_HEIGHT + 22 if layout.stacked else 8)
    bar_top = y + 10 if layout.stacked else (top + bottom - BAR_HEIGHT) / 2
    grid_top = y + 4 if layout.stacked else top
    parts = [
        _rule(top, layout),
        *words,
        _grid(span, layout, grid_top, bottom),
        _bar(step, span, layout, bar_top),
    ]
    if span.holds(today):
        parts.append(_today_line(_x(span, today, layout), grid_top, bottom))
    return element("g", *parts), bottom - top


def _rule(top: float, layout: Layout) -> SafeString:
    return element(
        "line",
        x1=0,
        x2=layout.width,
        y1=number(top),
        y2=number(top),
        stroke=COLOURS["line"],
        stroke_width=1,
    )


def _bar(step: PlanningStep, span: Span, layout: Layout, y: float) -> SafeString:
    left = _x(span, step.starts_on, layout)
    days = (step.ends_on - step.starts_on).days + 1
    width = max(SHORTEST_BAR, days / span.days * layout.chart_width)
    return element(
        "rect",
        x=number(min(left, layout.chart_left + layout.chart_width - width)),
        y=number(y),
        width=number(width),
        height=BAR_HEIGHT,
        rx=3,
        fill=COLOURS["accent"],
    )


def _today_line(x: float, top: float, bottom: float) -> SafeString:
    return element(
        "line",
        x1=number(x),
        x2=number(x),
        y1=number(top),
        y2=number(bottom),
        stroke=COLOURS["ink"],
        stroke_width=1.5,
        stroke_dasharray="4 3",
    )


def _today_word(span: Span, today: date, layout: Layout) -> SafeString:
    """Write "vandaag" under the months, never over the edge."""
    if not span.holds(today):
        return join([])
    x = _x(span, today, layout)
    is_left, is_right = x < 34, x > layout.width - 34
    return element(
        "text",
        "vandaag",
        x=number(layout.width if is_right else 0 if is_left else x),
        y=AXIS_HEIGHT + 6,
        text_anchor="end" if is_right else "start" if is_left else "middle",
        font_size=14,
        font_weight=600,
        fill=COLOURS["ink"],
    )


def _text(
    words: str,
    x: float,
    y: float,
    size: float,
    colour: str = "ink",
    *,
    weight: int = 400,
) -> SafeString:
    return element(
        "text",
        words,
        x=number(x),
        y=number(y),
        font_size=number(size),
        font_weight=weight,
        fill=COLOURS[colour],
    )
