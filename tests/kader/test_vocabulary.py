import inspect
import re
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from kader import vocabulary
from kader.fields import TermSetField
from kader.vocabulary import (
    EXPLANATIONS,
    ICONS,
    OPTION_LABELS,
    TONES,
    AnswerOption,
    RespondentCategory,
    ServiceDomain,
    Side,
    Term,
    Werkpiste,
)

LISTS = [
    member
    for _, member in inspect.getmembers(vocabulary, inspect.isclass)
    if issubclass(member, Term) and member is not Term
]
STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.mark.parametrize("terms", LISTS)
def test_every_term_explains_itself_in_one_sentence(terms):
    assert set(EXPLANATIONS[terms]) == set(terms)
    for term in terms:
        assert re.fullmatch(r"[A-ZÉ].*[.]", term.explanation), term


@pytest.mark.parametrize("terms", LISTS)
def test_a_stored_value_reads_like_the_code(terms):
    assert all(term.value == term.name.lower() for term in terms)


def test_the_nine_domains_keep_their_published_names_and_order():
    assert ServiceDomain.labels == [
        "Preventie",
        "Opsporen",
        "Benaderen",
        "Toeleiding",
        "Toegang",
        "Onthaal",
        "Rechtendetectie",
        "Rechten realiseren",
        "Nazorg",
    ]
    assert [domain.number for domain in ServiceDomain] == list(range(1, 10))


def test_the_six_werkpistes_keep_their_published_names_and_order():
    assert Werkpiste.labels == [
        "Informatie en kennis",
        "Automatische rechtentoekenning",
        "Outreachend handelen",
        "Kwalitatieve hulp- en dienstverlening",
        "Geïntegreerde basisvoorziening",
        "Informele (zorg)netwerken",
    ]


def test_every_icon_is_in_the_sprite():
    sprite = (STATIC / "img" / "icons.svg").read_text()

    for icons in ICONS.values():
        for icon in icons.values():
            assert f'id="{icon}"' in sprite


def test_every_tone_and_every_domain_has_its_colour():
    tokens = (STATIC / "css" / "tokens.css").read_text()

    for tones in TONES.values():
        assert all(f"--{tone}:" in tokens for tone in tones.values())
    assert all(f"--domain-{domain.css}:" in tokens for domain in ServiceDomain)


def test_every_scale_words_all_five_answers():
    for labels in OPTION_LABELS.values():
        assert list(labels) == list(AnswerOption)


def test_every_category_answers_for_one_side():
    sides = {category: category.side for category in RespondentCategory}

    assert list(sides.values()).count(Side.TARGET_GROUP) == 2


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ((), ""),
        ("", ""),
        (["aftercare", "access"], "<access><aftercare>"),
        ("<aftercare><access>", "<access><aftercare>"),
        ([ServiceDomain.ACCESS, "access"], "<access>"),
    ],
)
def test_several_terms_are_stored_in_framework_order_without_doubles(given, stored):
    field = TermSetField(ServiceDomain)

    assert field.get_prep_value(given) == stored
    assert field.get_prep_value(field.to_python(stored)) == stored


def test_a_term_of_another_list_is_refused():
    with pytest.raises(ValidationError, match="Onbekende keuze"):
        TermSetField(ServiceDomain).to_python(["access", "income"])
