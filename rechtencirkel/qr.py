"""A QR code as SVG: one path of dark modules, escaped like every other drawing."""

import segno
from django.utils.safestring import SafeString

from kader.svg import element

# White around the code, in modules, as the standard asks for.
QUIET_ZONE = 4


def draw_qr(text: str, label: str) -> SafeString:
    """Return the code of a text. Black on white, whatever the colours of the page."""
    code = segno.make_qr(text, error="m")
    size = code.symbol_size(border=QUIET_ZONE)[0]
    return element(
        "svg",
        element("title", label),
        element("rect", width=size, height=size, fill="#ffffff"),
        element("path", d=_dark_runs(code), fill="#000000"),
        class_="qr",
        viewBox=f"0 0 {size} {size}",
        role="img",
        shape_rendering="crispEdges",
    )


def _dark_runs(code: segno.QRCode) -> str:
    """Write every row of neighbouring dark modules as one rectangle."""
    drawn = []
    for y, row in enumerate(code.matrix_iter(border=QUIET_ZONE)):
        start = None
        for x, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = x
            elif not is_dark and start is not None:
                drawn.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return "".join(drawn)
