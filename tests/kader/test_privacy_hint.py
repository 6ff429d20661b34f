"""The hint on sixty sentences from talks: half hold a clue, half do not."""

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings, strategies as st

from kader.plain_forms import PRIVACY_SEEN, PlainForm, PrivacyHintMixin
from kader.privacy_hint import (
    FIRST_NAMES,
    Clue,
    find_clues,
    is_national_number,
    why_refused,
)

WITH = [
    ("Fatima zei dat ze drie weken wachtte.", "Fatima"),
    ("Ik ging met Mohamed naar het loket.", "Mohamed"),
    ("De buurvrouw van Ayşe hielp met de brief.", "Ayşe"),
    ("Toen vertelde Marieke dat ze niets begreep.", "Marieke"),
    ("An vertelde dat ze bang was.", "An"),
    ("Dat is de brief van Fatima's moeder.", "Fatima"),
    ("We hoorden het van mevrouw Peeters.", "Peeters"),
    ("Ze is bij mevr. Janssens geweest.", "Janssens"),
    ("Ik heet Nergisa en ik kom uit een ander land.", "Nergisa"),
    ("Een zekere Wauters deed open.", "Wauters"),
    ("Volgens Jean-Pierre klopt dat niet.", "Jean-Pierre"),
    ("fatima zei dat het te druk is.", "fatima"),
    ("KHADIJA wacht al een jaar op antwoord.", "KHADIJA"),
    ("Bel hem op 0478 12 34 56.", "0478 12 34 56"),
    ("Haar nummer is 0478/12.34.56 zei iemand.", "0478/12.34.56"),
    ("Je bereikt haar op 09 265 12 12.", "09 265 12 12"),
    ("Vanuit het buitenland is het +32 478 12 34 56.", "+32 478 12 34 56"),
    ("Mail naar an.peeters@voorbeeld.be voor hulp.", "an.peeters@voorbeeld.be"),
    ("Ze woont in de Kerkstraat 12.", "Kerkstraat 12"),
    ("Hij woont op de Gentse Steenweg 104 bus 3.", "Gentse Steenweg 104 bus 3"),
    ("Vroeger woonden ze in de kerkstraat 7.", "kerkstraat 7"),
    ("Het gaat over Stationsplein 4, eerste verdieping.", "Stationsplein 4"),
    ("Zie dossier nr. 2026/114.", "dossier nr. 2026/114"),
    ("Haar dossiernummer 88123 was kwijt.", "dossiernummer 88123"),
    ("Hij is geboren op 3 maart 1984.", "geboren op 3 maart 1984"),
    ("Ze is geboren in 12/04/1990.", "geboren in 12/04/1990"),
    ("Haar nummer is 85.07.30-033.28.", "85.07.30-033.28"),
    ("Hij gaf 85073003328 door aan de balie.", "85073003328"),
    ("Van het kind: 17 07 30 033 84.", "17 07 30 033 84"),
    ("Stort het op BE68 5390 0754 7034 graag.", "BE68 5390 0754 7034"),
]
WITHOUT = [
    "De Warme Deur is een plek waar je binnen mag.",
    "Deur dicht, en daar stond ik dan.",
    "Warme mensen aan de balie, dat telt.",
    "Door de lange wachttijd haken mensen af.",
    "Ben je te laat, dan begin je opnieuw.",
    "An sich is de brief goed.",
    "In Gent en Aalst gaat het vlotter dan hier.",
    "Wie in Sint-Niklaas woont, moet naar een ander loket.",
    "We zaten in zaal Sint Anna, achter de kerk.",
    "De school Maria Boodschap deelt brieven uit.",
    "Het OCMW en het CAW werken samen.",
    "Vlaanderen betaalt een deel, de gemeente de rest.",
    "Een deelnemer zei dat het te lang duurt.",
    "Niemand durfde te bellen.",
    "Je moet de brief drie keer lezen.",
    "Op 9 november 2026 was het loket gesloten.",
    "Het gesprek was op 09-11-2026 met 7 mensen.",
    "Er waren 12 mensen, 5 kinderen en 2 begeleiders.",
    "Onderweg 2 uur in de bus gezeten.",
    "Je bent van de straat 3 maanden kwijt.",
    "De weg naar het loket is lang.",
    "Bel gratis 1813 of 106 als het niet gaat.",
    "De rekening was 1250,00 euro.",
    "Het loket is open van 9.00 tot 12.00 uur.",
    "Een telefoontje zou deugd doen, maar niet met een privénummer.",
    "Alles moet met een app en itsme.",
    "Lieve mensen, maar te weinig tijd.",
    "In de Kerkstraat is een nieuw buurthuis.",
    "Roos en oranje briefjes hingen aan de muur.",
    "Het nieuwe Sociaal Huis opent in 2027.",
]


def test_the_list_of_names_is_long_and_lower_case():
    assert len(FIRST_NAMES) > 400
    assert all(name == name.lower() for name in FIRST_NAMES)


@pytest.mark.parametrize(("text", "clue"), WITH, ids=[text for text, _ in WITH])
def test_a_clue_in_a_sentence_is_found(text, clue):
    assert clue in [finding.text for finding in find_clues(text)]


@pytest.mark.parametrize("text", WITHOUT)
def test_an_ordinary_sentence_raises_no_alarm(text):
    assert find_clues(text) == ()


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("85073003328", True),
        ("17073003384", True),
        ("85473003390", False),
        ("85073003329", False),
        ("00000000097", False),
        ("85993003328", False),
    ],
)
def test_a_national_number_proves_itself(digits, is_one):
    assert is_national_number(digits) is is_one


@pytest.mark.parametrize("born", ["850730033", "170730033"])
@pytest.mark.parametrize("century", ["", "2"])
def test_both_centuries_are_known(born, century):
    checked = 97 - int(century + born) % 97

    assert is_national_number(f"{born}{checked:02}")


@pytest.mark.parametrize(
    "typed",
    [
        "85073003328",
        "85.07.30-033.28",
        "85 07 30 033 28",
        "850730-033-28",
        "(850730 033 28)",
        "85/07/30 - 033 - 28",
    ],
)
def test_a_national_number_is_refused_however_it_is_written(typed):
    assert "rijksregisternummer" in why_refused(f"Haar nummer is {typed}, zei ze.")


@pytest.mark.parametrize(
    "typed", ["BE68539007547034", "be68 5390 0754 7034", "NL91 ABNA 0417 1643 00"]
)
def test_an_account_number_is_refused_however_it_is_written(typed):
    assert "rekeningnummer" in why_refused(f"Stort op {typed} en klaar.")


@pytest.mark.parametrize(
    "text",
    ["BE68 5390 0754 7035", "85.07.30-033.29", "+32 470 12 34 56", "0123.456.789"],
)
def test_what_only_looks_like_such_a_number_is_not_refused(text):
    assert why_refused(text) == ""


def test_a_name_is_told_once_and_says_what_to_write_instead():
    (found,) = find_clues("Fatima zei niets. Toen ging Fatima weg.")

    assert found.sentence == (
        "Staat hier een naam? “Fatima” Schrijf liever “een deelnemer”."
    )


def test_what_belongs_in_a_field_is_left_alone():
    assert find_clues("Kerkstraat 12", ignore=[Clue.ADDRESS]) == ()


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_breaking_and_found_where_it_stands(text):
    for finding in find_clues(text):
        assert text[finding.start : finding.end] == finding.text


class Story(PrivacyHintMixin, PlainForm):
    privacy_fields = ("story",)
    story = forms.CharField(widget=forms.Textarea)
    other = forms.CharField(required=False)
    secret = forms.CharField(required=False, widget=forms.PasswordInput)


def posted(**fields):
    return Story(MultiValueDict({name: [text] for name, text in fields.items()}))


def test_a_form_asks_about_a_name_once_and_then_lets_it_be():
    first = posted(story="Fatima zei niets.")

    asked = first.errors["story"]
    again = Story(
        MultiValueDict(
            {
                "story": ["Fatima zei niets."],
                PRIVACY_SEEN: first.data.getlist(PRIVACY_SEEN),
            }
        )
    )

    assert "Staat hier een naam? “Fatima”" in asked[0]
    assert "Fatima zei niets." in str(first["story"])
    assert again.is_valid()


def test_another_name_is_asked_about_again():
    first = posted(story="Fatima zei niets.")
    first.is_valid()
    seen = first.data.getlist(PRIVACY_SEEN)

    second = Story(
        MultiValueDict({"story": ["Mohamed zei niets."], PRIVACY_SEEN: seen})
    )

    assert "Mohamed" in second.errors["story"][0]


@pytest.mark.parametrize("field", ["story", "other"])
def test_every_text_of_every_form_refuses_a_national_number(field):
    form = posted(**{"story": "Een zin.", field: "Nummer 85.07.30-033.28"})

    assert "rijksregisternummer" in form.errors[field][0]


def test_nothing_is_told_about_a_password():
    assert posted(story="Een zin.", secret="85073003328").is_valid()
