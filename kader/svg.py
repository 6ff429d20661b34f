"""How every chart writes SVG: escaped, with presentation attributes only.

No style attribute, no script, no class that carries a colour. It knows nothing about
what is drawn.
"""

import html
from collections.abc import Iterable

from django.utils.safestring import SafeString

# WeasyPrint does not let an inline drawing inherit the font of the page.
FONT = "'Source Sans 3', sans-serif"


def element(name: str, *children: str, **attributes: object) -> SafeString:
    """Return one element; text and values are escaped, drawn children are kept.

    An underscore in the name of an attribute stands for a hyphen and one at the end is
    dropped: `stroke_width`, `class_`. An attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return SafeString(f"<{name}{written}/>")
    return SafeString(f"<{name}{written}>{join(children)}</{name}>")


def join(parts: Iterable[str]) -> SafeString:
    """Return the parts one after the other; a part that is plain text is escaped."""
    return SafeString("".join(map(_escaped, parts)))


def _escaped(value: object) -> str:
    """Escape anything but what is drawn already.

    Without the lazy wrappers of format_html: a wheel has hundreds of elements, and they
    took two thirds of its page.
    """
    return value if isinstance(value, SafeString) else html.escape(str(value))


def number(value: float) -> str:
    """Return a coordinate with at most one decimal: 46.0 becomes 46."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def points(value: float) -> str:
    """Return a number of points as Dutch writes it: 5 or 4,5."""
    return number(value).replace(".", ",")


def counted_points(value: float) -> str:
    """Return a number of points with its word: 1 punt, 4,5 punten."""
    return f"{points(value)} {'punt' if value == 1 else 'punten'}"
