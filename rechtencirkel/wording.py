"""Gentle tips while somebody writes a problem statement. Pure; never blocks a save.

A good statement is one sentence, in words people use themselves, about how something
works and not about who is to blame.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_WORDS = 25

# What is said about people, and the question that turns it around.
BLAME = {
    "ze willen niet": "Schrijf wat hen tegenhoudt.",
    "zij willen niet": "Schrijf wat hen tegenhoudt.",
    "willen geen hulp": "Schrijf wat hen tegenhoudt.",
    "weigert": "Schrijf wat iemand tegenhoudt.",
    "weigeren": "Schrijf wat hen tegenhoudt.",
    "lui": "Schrijf wat niet lukt, en waarom.",
    "luie": "Schrijf wat niet lukt, en waarom.",
    "onwil": "Schrijf wat hen tegenhoudt.",
    "eigen schuld": "Schrijf wat er gebeurde, zonder schuldige.",
    "schuld van": "Schrijf wat er gebeurde, zonder schuldige.",
    "ongemotiveerd": "Schrijf wat het moeilijk maakt.",
    "niet gemotiveerd": "Schrijf wat het moeilijk maakt.",
    "profiteren": "Schrijf welk recht iemand mist.",
    "profiteurs": "Schrijf ‘mensen’ en welk recht ze missen.",
    "onbekwaam": "Schrijf wat er nodig is om het goed te doen.",
    "doen niets": "Schrijf wat er ontbreekt.",
    "doet niets": "Schrijf wat er ontbreekt.",
}

# Words of professionals, and what people say themselves (domain reference §1.6).
JARGON = {
    "onderbescherming": "niet krijgen waar je recht op hebt",
    "onderbeschermd": "niet krijgen waar je recht op hebt",
    "non-take-up": "niet krijgen waar je recht op hebt",
    "doelgroep": "bewoners of deelnemers",
    "cliënt": "inwoner",
    "cliënten": "inwoners",
    "client": "inwoner",
    "clienten": "inwoners",
    "kansarm": "mensen die het moeilijk hebben",
    "kansarme": "mensen die het moeilijk hebben",
    "kansarmen": "mensen die het moeilijk hebben",
    "minderbedeeld": "mensen die het moeilijk hebben",
    "minderbedeelde": "mensen die het moeilijk hebben",
    "minderbedeelden": "mensen die het moeilijk hebben",
    "moeilijk bereikbaar": "mensen die wij nog niet bereiken",
    "moeilijk bereikbare": "mensen die wij nog niet bereiken",
    "allochtoon": "mensen die van elders komen",
    "allochtone": "mensen die van elders komen",
    "allochtonen": "mensen die van elders komen",
    "gehandicapten": "mensen met een beperking",
    "verankering": "dit blijft bestaan",
    "verankeren": "laten blijven bestaan",
    "verbeteractie": "wat we gaan veranderen",
    "rechtendetectie": "nakijken waar je recht op hebt",
    "toeleiding": "naar de juiste dienst gebracht worden",
    "outreachend": "naar de mensen toe",
    "zelfredzaam": "zelf verder kunnen",
    "zelfredzaamheid": "zelf verder kunnen",
    "laagdrempelig": "makkelijk om binnen te stappen",
    "stakeholders": "wie erbij betrokken is",
    "actoren": "diensten en mensen",
}

# Words with a capital that are no person.
NO_PERSON = {
    "Vlaams",
    "Vlaamse",
    "Vlaanderen",
    "België",
    "Belgisch",
    "Belgische",
    "Brussel",
    "Europa",
    "Europese",
    "Nederlands",
    "Nederlandse",
    "Frans",
    "Engels",
    "Turks",
    "Arabisch",
    "Sociaal",
    "Huis",
    "Groeipakket",
    "Opgroeien",
    "Internet",
    "Kerstmis",
    "Nieuwjaar",
    "Ik",
}
SENTENCE_END = re.compile(r"[.!?…]+[\s\"”’)]*")
CAPITALISED = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ]+")


@dataclass(frozen=True)
class Tip:
    """What could be better, and what to write instead."""

    what: str
    instead: str


@dataclass(frozen=True)
class Example:
    """A statement as it often starts, the same one that both sides can discuss, and why."""

    before: str
    after: str
    why: str


EXAMPLES = (
    Example(
        before="De cliënten zijn niet gemotiveerd om hun papieren in orde te brengen.",
        after="Wie zijn papieren moet verzamelen, staat er alleen voor.",
        why="De zin zegt wat ontbreekt, niet wie tekortschiet.",
    ),
    Example(
        before="Er is te weinig bekendheid van het aanbod bij kansarme gezinnen.",
        after="Ouders horen te laat dat de schoolkosten minder kunnen.",
        why="Je ziet meteen wie het meemaakt, en wanneer.",
    ),
    Example(
        before="De sociale dienst doet niets aan nazorg.",
        after="Na de laatste afspraak vraagt niemand nog hoe het gaat.",
        why="Dezelfde klacht zonder schuldige: zo kan de dienst mee aan tafel.",
    ),
)


def tips(text: str) -> tuple[Tip, ...]:
    """Return what could be better in a statement; nothing when it reads well."""
    return tuple(_tips(text.strip()))


def _tips(text: str) -> Iterator[Tip]:
    if not text:
        return
    words = len(text.split())
    if words > MOST_WORDS:
        yield Tip(
            f"Dit zijn {words} woorden.",
            "Hou het bij wat je in één adem kunt voorlezen. De rest kan in de "
            "toelichting.",
        )
    for found, instead in BLAME.items():
        if _says(text, found):
            yield Tip(f"‘{found}’ wijst naar iemand.", instead)
    for found, instead in JARGON.items():
        if _says(text, found):
            yield Tip(f"‘{found}’ is een woord van diensten.", f"Schrijf: {instead}.")
    if name := _perhaps_a_name(text):
        yield Tip(
            f"Staat hier een naam: ‘{name}’?",
            "Noem geen mensen. Schrijf liever ‘een deelnemer’ of ‘een medewerker’.",
        )


def _says(text: str, words: str) -> bool:
    """Say whether whole words stand in a text, whatever the capitals."""
    return (
        re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None
    )


def _perhaps_a_name(text: str) -> str:
    """Return the first word with a capital that does not open a sentence, or nothing."""
    for sentence in SENTENCE_END.split(text):
        for word in sentence.split()[1:]:
            bare = word.strip("\"'“”‘’(),;:")
            if CAPITALISED.fullmatch(bare) and bare not in NO_PERSON:
                return bare
    return ""
