"""The colours of the charts, as hex values: the only place in Python that knows them.

A chart is drawn with presentation attributes, so that it looks the same on a page with
a strict content security policy and in a PDF; it cannot use the custom properties of
static/css/tokens.css. Keys are the names of those properties without the two dashes.
"""

from kader.vocabulary import AnswerOption, ServiceDomain

COLOURS: dict[str, str] = {
    "ink": "#25211b",
    "ink-2": "#554f48",
    "line-strong": "#8b857d",
    "line": "#ddd8d0",
    "line-soft": "#ede9e3",
    "paper": "#fbf9f5",
    "white": "#ffffff",
    "accent": "#005860",
    "accent-soft": "#e2f4f6",
    "side-target": "#8e4120",
    "side-target-soft": "#fae2d8",
    "side-provider": "#356890",
    "side-provider-fill": "#bad9ef",
    "side-provider-soft": "#e3f1fb",
    "answer-1": "#6b3a1f",
    "answer-2": "#c78d6b",
    "answer-3": "#a9c7c5",
    "answer-4": "#2b6f72",
    "answer-none": "#e6e1d9",
    "domain-pre": "#915365",
    "domain-ops": "#386e96",
    "domain-ben": "#816429",
    "domain-tld": "#34785a",
    "domain-tgg": "#805886",
    "domain-ont": "#617136",
    "domain-det": "#10777e",
    "domain-rea": "#925841",
    "domain-naz": "#616299",
}

ANSWER_COLOURS: dict[AnswerOption, str] = {
    AnswerOption.FIRST: "answer-1",
    AnswerOption.SECOND: "answer-2",
    AnswerOption.THIRD: "answer-3",
    AnswerOption.FOURTH: "answer-4",
    AnswerOption.UNKNOWN: "answer-none",
}

# The dark grounds: text on these is white, on every other colour it is ink.
WHITE_TEXT_ON = frozenset({"answer-1", "answer-4", "accent", "ink", "side-target"})


def domain_colour(domain: ServiceDomain) -> str:
    """Return the hue of a domain; never show it without the number of the domain."""
    return COLOURS[f"domain-{domain.css}"]


def text_colour(ground: str) -> str:
    """Return the hex value of the text that is readable on a named colour."""
    return COLOURS["white" if ground in WHITE_TEXT_ON else "ink"]
