import re
from pathlib import Path

import pytest

from kader.palette import ANSWER_COLOURS, COLOURS, domain_colour, text_colour
from kader.vocabulary import AnswerOption, ServiceDomain

STATIC = Path(__file__).parents[2] / "static"
TOKENS = dict(
    re.findall(
        r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})\b",
        (STATIC / "css/tokens.css").read_text(),
    )
)

# Foreground, background and the ratio that WCAG 2.2 AA asks for.
PAIRS = [
    ("ink", "paper", 4.5),
    ("ink-2", "paper", 4.5),
    ("ink-2", "paper-2", 4.5),
    ("ink-3", "paper", 4.5),
    ("ink-3", "paper-2", 4.5),
    ("line-strong", "white", 3),
    ("line-strong", "paper", 3),
    ("accent", "paper", 4.5),
    ("white", "accent", 4.5),
    ("white", "accent-strong", 4.5),
    ("accent", "accent-soft", 4.5),
    ("thread", "paper", 3),
    ("thread", "thread-soft", 4.5),
    ("success", "white", 4.5),
    ("success", "paper", 4.5),
    ("success", "success-soft", 4.5),
    ("attention", "white", 4.5),
    ("attention", "attention-soft", 4.5),
    ("danger", "white", 4.5),
    ("danger", "paper", 4.5),
    ("danger", "danger-soft", 4.5),
    ("info", "white", 4.5),
    ("info", "info-soft", 4.5),
    ("side-target", "paper", 3),
    ("side-target", "side-provider-fill", 3),
    ("side-provider", "white", 3),
    ("side-provider", "side-provider-fill", 3),
    ("white", "side-target", 4.5),
    ("white", "side-provider", 4.5),
    ("ink", "side-provider-fill", 4.5),
    ("ink-2", "accent-soft", 4.5),
    ("white", "score-3", 4.5),
    ("ink", "score-2", 4.5),
    ("ink", "score-1", 4.5),
    ("focus", "paper", 3),
    ("focus-halo", "ink", 3),
    ("focus-halo", "accent", 3),
]


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", COLOURS)
def test_a_chart_colour_is_the_colour_of_the_stylesheet(name):
    assert COLOURS[name] == TOKENS[name]


@pytest.mark.parametrize(("foreground", "background", "needed"), PAIRS)
def test_a_pair_has_enough_contrast(foreground, background, needed):
    assert contrast(TOKENS[foreground], TOKENS[background]) >= needed


@pytest.mark.parametrize("domain", ServiceDomain)
def test_the_number_of_a_domain_is_readable_on_its_hue(domain):
    hue, pale = domain_colour(domain), TOKENS[f"domain-{domain.css}-soft"]

    assert contrast(COLOURS["white"], hue) >= 4.5
    assert contrast(hue, pale) >= 4.5


@pytest.mark.parametrize("option", AnswerOption)
def test_the_count_of_an_answer_is_readable_in_the_bar(option):
    colour = ANSWER_COLOURS[option]

    assert contrast(text_colour(colour), COLOURS[colour]) >= 4.5
