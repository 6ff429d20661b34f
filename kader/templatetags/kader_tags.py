"""Marks that many pages show: icons, domain chips, the signs of the two sides."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kader.palette import COLOURS
from kader.svg import element
from kader.vocabulary import ServiceDomain, Side, Term

register = template.Library()


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw one symbol of the sprite; always beside a word, so hidden from readers."""
    return format_html(
        '<svg class="icon {}" viewBox="0 0 16 16" aria-hidden="true">'
        '<use href="{}#{}"/></svg>',
        css,
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def status(term: Term, note: str = "") -> SafeString:
    """Print a term with its icon and tone: never colour alone."""
    return format_html(
        '<span class="status {}">{} {}</span>{}',
        term.tone,
        icon(term.icon) if term.icon else "",
        term.label,
        format_html(' <span class="meta">{}</span>', note) if note else "",
    )


@register.simple_tag
def domain_chip(domain: ServiceDomain, name: str = "shown") -> SafeString:
    """Print the number in its colour with the name, hidden in narrow columns."""
    return format_html(
        '<span class="domain"><span class="domain-no {}" aria-hidden="true">{}</span>'
        '<span class="{}">{}</span></span>',
        domain.css,
        domain.number,
        "" if name == "shown" else "visually-hidden",
        domain.label,
    )


@register.simple_tag
def domain_chips(domains: tuple[ServiceDomain, ...], name: str = "shown") -> SafeString:
    """Print several domains in framework order."""
    chips = format_html_join(" ", "{}", ((domain_chip(d, name),) for d in domains))
    return format_html('<span class="domain-list">{}</span>', chips)


@register.simple_tag
def choice_words(field_name: str, value: object, label: str) -> str:
    """Return the words beside a box: a domain wears its chip wherever it is chosen."""
    if field_name == "domains" and value in ServiceDomain.values:
        return domain_chip(ServiceDomain(value))
    return label


@register.simple_tag
def side_mark(side: Side, named: bool = False) -> SafeString:  # noqa: FBT001, FBT002 - a tag's keyword
    """Draw the circle or the diamond of a side.

    The word stands beside it, so readers skip the mark; a tagged PDF wants it `named`.
    """
    if side == Side.TARGET_GROUP:
        shape = element("circle", cx=8, cy=8, r=6.5, fill=COLOURS["side-target"])
    else:
        shape = element(
            "path",
            d="M8 1l7 7-7 7-7-7Z",
            fill=COLOURS["side-provider-fill"],
            stroke=COLOURS["side-provider"],
            stroke_width=2,
        )
    return element(
        "svg",
        *([element("title", Side(side).label)] if named else []),
        shape,
        class_="side-mark",
        viewBox="0 0 16 16",
        aria_hidden=None if named else "true",
    )


@register.filter
def comma(value: float | int) -> str:
    """Write a median the Dutch way: 7 stays 7, 7.5 becomes 7,5."""
    return f"{value:g}".replace(".", ",")
