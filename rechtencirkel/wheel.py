"""The rechtencirkel as SVG: nine sectors, in each the two sides as nested petals.

Knows geometry and nothing else: who may see which median was decided before it came
here, and a value that is None is drawn as hidden. The same drawing serves the page
(sectors are links) and the PDF (they are not).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from django.utils.safestring import SafeString

from kader.palette import COLOURS, domain_colour
from kader.svg import FONT, element, join, number, points
from kader.vocabulary import ServiceDomain
from rechtencirkel.wheel_geometry import FORMS, STEP, Form, xy

# From this many points on, a difference is marked on the circle.
NOTABLE_GAP = 3
HIDDEN = "te weinig antwoorden"

SECTOR_HALF = 19.2
SCALE_DIGITS_ANGLE = -20
# The same circle is opened again and again; a drawing is about 30 kB.
KEPT_DRAWINGS = 64


@dataclass(frozen=True)
class Sector:
    """One domain of the circle; a side that may not be shown is None."""

    domain: ServiceDomain
    target: float | None
    provider: float | None
    url: str = ""

    @property
    def gap(self) -> float | None:
        """The distance between the sides, known only when both are shown."""
        if self.target is None or self.provider is None:
            return None
        return abs(self.provider - self.target)

    @property
    def notable_gap(self) -> float | None:
        """The gap when it is big enough to be marked."""
        return self.gap if self.gap is not None and self.gap >= NOTABLE_GAP else None

    @property
    def middle(self) -> int:
        """The angle of the middle of the sector, clockwise from the top."""
        return STEP * (self.domain.number - 1)

    @property
    def sentence(self) -> str:
        """The sector in words, for whoever does not see the drawing."""
        text = (
            f"{self.domain.number} {self.domain.label}: "
            f"doelgroep {_spoken(self.target)}, "
            f"hulp- en dienstverleners {_spoken(self.provider)}"
        )
        if self.notable_gap is not None:
            text += f", verschil {points(self.notable_gap)}"
        return text


@dataclass(frozen=True)
class PetalStyle:
    """How one side looks: its half angle and the names of its colours."""

    half: float
    fill: str
    line: str
    line_width: float
    zero: str


# Dark and narrow inside, light and wide outside: the two survive a photocopy.
TARGET_GROUP = PetalStyle(8.2, "side-target", "white", 1, "side-target")
PROVIDERS = PetalStyle(
    16.5, "side-provider-fill", "side-provider", 1.5, "side-provider"
)


def describe(sectors: Sequence[Sector]) -> str:
    """Return all eighteen values in words, in the order of the circle."""
    return " ".join(f"{sector.sentence}." for sector in sectors)


def draw_wheel(
    sectors: Sequence[Sector],
    *,
    title: str,
    form: Literal["full", "compact"] = "full",
    ident: str = "wheel",
) -> SafeString:
    """Return the circle; a sector is a link when it has a url.

    `ident` has to be unique on the page. All nine domains must be there in framework
    order: a domain nobody spoke about has two hidden sides, it is never left out.
    """
    if [sector.domain for sector in sectors] != list(ServiceDomain):
        message = "a wheel has all nine domains, in framework order"
        raise ValueError(message)
    return _draw(tuple(sectors), title, form, ident)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _draw(
    sectors: tuple[Sector, ...],
    title: str,
    form: Literal["full", "compact"],
    ident: str,
) -> SafeString:
    measures = FORMS[form]
    label = _full_label if form == "full" else _compact_label
    return element(
        "svg",
        element("title", title, id=f"{ident}-title"),
        element("desc", describe(sectors), id=f"{ident}-desc"),
        join(_sector(measures, sector) for sector in sectors),
        element(
            "g",
            join(label(measures, sector) for sector in sectors),
            _scale_digits(measures),
            aria_hidden="true",
            pointer_events="none",
        ),
        xmlns="http://www.w3.org/2000/svg",
        class_=f"wheel wheel-{form}",
        viewBox=f"0 0 {measures.width} {measures.height}",
        role="group" if any(sector.url for sector in sectors) else "img",
        aria_labelledby=f"{ident}-title",
        aria_describedby=f"{ident}-desc",
        font_family=FONT,
    )


def mark(size: int) -> SafeString:
    """Return the logo in the colour of the text around it; it names itself in a PDF."""
    return element(
        "svg",
        element("title", "Rechtencirkel"),
        element("path", d=mark_path(), fill="currentColor"),
        xmlns="http://www.w3.org/2000/svg",
        class_="logo-mark",
        viewBox="0 0 24 24",
        width=size,
        height=size,
        role="img",
    )


def mark_path() -> str:
    """Return the nine wedges of the logo, each reaching further than the one before."""
    box = replace(FORMS["compact"], cx=12, cy=12)
    return "".join(
        box.wedge(2.8, 5.6 + 6.2 * index / 8, STEP * index, 15.5) for index in range(9)
    )


def _spoken(value: float | None) -> str:
    return HIDDEN if value is None else points(value)


def _printed(value: float | None) -> str:
    return "–" if value is None else points(value)


def _stroke(path: str, colour: str, width: float) -> SafeString:
    return element(
        "path", d=path, fill="none", stroke=COLOURS[colour], stroke_width=number(width)
    )


def _sector(form: Form, sector: Sector) -> SafeString:
    middle = sector.middle
    ground = form.wedge(form.inner, form.outer, middle, SECTOR_HALF)
    drawn = [
        element(
            "path",
            class_="wheel-bg",
            d=ground,
            fill=COLOURS["white"],
            stroke=COLOURS["line"],
            stroke_width=1,
        ),
        *(
            _stroke(form.arc(form.radius(value), middle, SECTOR_HALF), "line-soft", 1)
            for value in (2, 4, 6, 8)
        ),
        *_petals(form, sector),
        _rim(form, sector),
    ]
    if not sector.url:
        return element("g", *drawn)
    return element(
        "a",
        *drawn,
        _label_target(form, sector),
        element(
            "path",
            class_="wheel-focus",
            d=ground,
            fill="none",
            stroke="none",
            stroke_width=4,
        ),
        href=sector.url,
        class_="wheel-link",
        aria_label=sector.sentence,
    )


def _petals(form: Form, sector: Sector) -> list[SafeString]:
    """Return what stands in a sector, back to front.

    The provider edge comes last: where the target group gave more points it would
    otherwise disappear under the narrow petal.
    """
    if sector.target is None and sector.provider is None:
        return [_hidden_petal(form, sector.middle, PROVIDERS.half, form.hatch_both)]
    return [
        _petal(form, sector.middle, sector.provider, PROVIDERS),
        _petal(form, sector.middle, sector.target, TARGET_GROUP),
        _provider_edge(form, sector),
    ]


def _petal(
    form: Form, middle: float, value: float | None, style: PetalStyle
) -> SafeString:
    if value is None:
        return _hidden_petal(form, middle, style.half, form.hatch_one)
    if value == 0:
        return _stroke(form.arc(form.inner + 1.5, middle, style.half), style.zero, 5)
    return element(
        "path",
        d=form.wedge(form.inner, form.radius(value), middle, style.half),
        fill=COLOURS[style.fill],
        stroke=COLOURS[style.line],
        stroke_width=style.line_width,
    )


def _provider_edge(form: Form, sector: Sector) -> SafeString:
    value = sector.provider
    if not value:
        return SafeString()
    edge = form.arc(form.radius(value), sector.middle, PROVIDERS.half)
    line = _stroke(edge, "side-provider", form.edge_width)
    if sector.target is not None and sector.target > value:
        return join([_stroke(edge, "white", form.halo_width), line])
    return line


def _hidden_petal(form: Form, middle: float, half: float, lines: int) -> SafeString:
    """Return a dashed, hatched petal; the lines are drawn because a PDF has no pattern."""
    start, end = middle - half, middle + half
    outer = form.outer - 3
    step = (outer - form.inner) / lines
    slanted = "".join(
        f"M{xy(form.at(form.inner + step * index, start))}"
        f"L{xy(form.at(form.inner + step * (index + 2.2), end))}"
        for index in range(lines)
        if index + 2.2 <= lines
    )
    return join(
        [
            element(
                "path",
                d=form.wedge(form.inner, outer, middle, half),
                fill=COLOURS["white"],
                stroke=COLOURS["line-strong"],
                stroke_width=1.5,
                stroke_dasharray="4 4",
            ),
            _stroke(slanted, "line-strong", 1),
        ]
    )


def _rim(form: Form, sector: Sector) -> SafeString:
    if sector.notable_gap is not None:
        distance, width, colour = form.gap_distance, form.gap_width, COLOURS["ink"]
    else:
        distance, width = form.rim_distance, form.rim_width
        colour = domain_colour(sector.domain)
    return element(
        "path",
        d=form.arc(form.outer + distance, sector.middle, SECTOR_HALF),
        fill="none",
        stroke=colour,
        stroke_width=number(width),
    )


@dataclass(frozen=True)
class LabelBox:
    """Where the label of a full sector stands: two lines, the second with the values.

    Widths are estimates for Source Sans 3; a value such as 4,5 pushes what follows it.
    """

    left: float
    top: float
    width: float
    provider_mark: float
    pill: float
    pill_width: float


def _text_width(text: str) -> float:
    return sum(4.5 if character == "," else 9 for character in text)


def _label_box(form: Form, sector: Sector) -> LabelBox:
    provider_mark = max(51, 36 + _text_width(_printed(sector.target)))
    pill = provider_mark + 25 + _text_width(_printed(sector.provider))
    pill_width, row = 0.0, pill - 11
    if sector.notable_gap is not None:
        pill_width = 79 + _text_width(points(sector.notable_gap))
        row = pill + pill_width
    name = 8.7 * len(sector.domain.label) + 32
    width = max(name, row)
    left, top = form.at(form.outer + 34, sector.middle)
    top -= 22
    if sector.middle == 0:
        left, top = left - name / 2, top - 6
    elif sector.middle > 180:
        left -= width
    if sector.middle in (160, 200):
        top += 20
    return LabelBox(left, top, width, provider_mark, pill, pill_width)


def _label_target(form: Form, sector: Sector) -> SafeString:
    """Return the invisible surface that makes the label part of the link."""
    if form.name == "compact":
        x, y = form.at(form.outer + 24, sector.middle)
        return element(
            "circle",
            cx=number(x),
            cy=number(y),
            r=15,
            fill="none",
            pointer_events="all",
        )
    box = _label_box(form, sector)
    return element(
        "rect",
        x=number(box.left - 4),
        y=number(box.top - 4),
        width=number(box.width + 8),
        height=58,
        fill="none",
        pointer_events="all",
    )


def _text(x: float, y: float, text: str, **attributes: object) -> SafeString:
    return element("text", text, x=number(x), y=number(y), **attributes)


def _full_label(form: Form, sector: Sector) -> SafeString:
    box = _label_box(form, sector)
    left, line, base = box.left, box.top + 38, box.top + 44
    ink = COLOURS["ink"]
    diamond = left + box.provider_mark
    drawn = [
        element(
            "rect",
            x=number(left),
            y=number(box.top),
            width=24,
            height=24,
            rx=5,
            fill=domain_colour(sector.domain),
        ),
        _text(
            left + 12,
            box.top + 18,
            str(sector.domain.number),
            text_anchor="middle",
            font_size=17,
            font_weight=700,
            fill=COLOURS["white"],
        ),
        _text(
            left + 32,
            box.top + 18,
            str(sector.domain.label),
            font_size=19,
            font_weight=600,
            fill=ink,
        ),
        element(
            "circle",
            cx=number(left + 7),
            cy=number(line),
            r=6,
            fill=COLOURS["side-target"],
        ),
        _text(left + 20, base, _printed(sector.target), font_size=18, fill=ink),
        element(
            "path",
            d=f"M{number(diamond)} {number(line - 7)}l7 7l-7 7l-7 -7Z",
            fill=COLOURS["side-provider-fill"],
            stroke=COLOURS["side-provider"],
            stroke_width=2,
        ),
        _text(diamond + 14, base, _printed(sector.provider), font_size=18, fill=ink),
    ]
    if sector.notable_gap is not None:
        drawn.append(_gap_pill(box, sector.notable_gap))
    return join(drawn)


def _gap_pill(box: LabelBox, gap: float) -> SafeString:
    left = box.left + box.pill
    return join(
        [
            element(
                "rect",
                x=number(left),
                y=number(box.top + 27),
                width=number(box.pill_width),
                height=24,
                rx=4,
                fill=COLOURS["ink"],
            ),
            _text(
                left + box.pill_width / 2,
                box.top + 44,
                f"verschil {points(gap)}",
                text_anchor="middle",
                font_size=17,
                font_weight=600,
                fill=COLOURS["white"],
            ),
        ]
    )


def _compact_label(form: Form, sector: Sector) -> SafeString:
    x, y = form.at(form.outer + 24, sector.middle)
    marked = sector.notable_gap is not None
    return join(
        [
            element(
                "circle",
                cx=number(x),
                cy=number(y),
                r=13,
                fill=COLOURS["ink"] if marked else domain_colour(sector.domain),
            ),
            _text(
                x,
                y + 5,
                str(sector.domain.number),
                text_anchor="middle",
                font_size=16,
                font_weight=700,
                fill=COLOURS["white"],
            ),
        ]
    )


def _scale_digits(form: Form) -> SafeString:
    drawn = []
    for value in form.digits:
        radius = form.radius(value) - (12 if value == form.digits[-1] else 0)
        x, y = form.at(radius, SCALE_DIGITS_ANGLE)
        width = 28 if value == form.digits[-1] else 18
        drawn += [
            element(
                "rect",
                x=number(x - width / 2),
                y=number(y - form.digit_height / 2),
                width=width,
                height=form.digit_height,
                rx=3,
                fill=COLOURS["paper"],
            ),
            _text(
                x,
                y + form.digit_size / 3 + 0.3,
                str(value),
                text_anchor="middle",
                font_size=form.digit_size,
                fill=COLOURS["ink-2"],
            ),
        ]
    return join(drawn)
