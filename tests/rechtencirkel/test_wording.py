import pytest

from rechtencirkel.wording import EXAMPLES, MOST_WORDS, tips


def said(text):
    return [f"{tip.what} {tip.instead}" for tip in tips(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Zonder smartphone geraak je niet aan een afspraak.",
        "Als de hulp stopt, valt het contact weg.",
        "Mensen moeten zelf weten waar ze recht op hebben. Niemand overloopt alles.",
        "Bij het OCMW en het CAW vertel je alles opnieuw.",
        "Wie weinig Nederlands spreekt, krijgt een brief in het Nederlands.",
        "Het geluid in de zaal is luid.",
    ],
)
def test_a_sentence_that_reads_well_gets_no_tip(text):
    assert tips(text) == ()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.after[:20])
def test_the_good_examples_get_no_tip_themselves(example):
    assert tips(example.after) == ()
    assert example.before != example.after


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("Ze willen niet komen.", "‘ze willen niet’ wijst naar iemand."),
        ("Mensen zijn lui.", "‘lui’ wijst naar iemand."),
        ("Ouders weigeren hulp.", "‘weigeren’ wijst naar iemand."),
        ("De CLIËNT wacht.", "Schrijf: inwoner."),
        ("Er is onderbescherming.", "Schrijf: niet krijgen waar je recht op hebt."),
        ("Kansarme ouders wachten.", "Schrijf: mensen die het moeilijk hebben."),
        (
            "Deze groep is moeilijk bereikbaar.",
            "Schrijf: mensen die wij nog niet bereiken.",
        ),
        ("Volgens Fatima duurt het lang.", "Staat hier een naam: ‘Fatima’?"),
        ("Het duurt lang. Dat zei “Jan” ook.", "Staat hier een naam: ‘Jan’?"),
    ],
)
def test_a_word_that_gets_in_the_way_gets_a_tip(text, tip):
    assert any(tip in sentence for sentence in said(text)), said(text)


def test_a_sentence_that_is_too_long_says_how_long_it_is():
    longest = " ".join(["woord"] * MOST_WORDS)

    assert tips(longest) == ()
    assert said(f"{longest} meer")[0].startswith(f"Dit zijn {MOST_WORDS + 1} woorden.")


def test_a_word_inside_another_word_is_left_alone():
    assert tips("De sluiting van het cliëntenloket duurt.") == ()
