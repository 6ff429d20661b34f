"""What in a file looks like a list of people; such a file is not read (P1).

Pure. A sheet speaks for a group: no column of it is about one person.
"""

import re
import unicodedata
from collections.abc import Iterable

from rechtencirkel.sheet_file import FileRefusedError, Row


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Columns that no sheet has, because they are about one person (P1). Without signs.
PERSONAL = _words(
    "naam namen voornaam voornamen achternaam familienaam name adres adressen straat "
    "huisnummer postcode woonplaats telefoon telefoonnummer tel telnr gsm gsmnummer gsmnr "
    "mobiel email mail mailadres emailadres rijksregister rijksregisternummer "
    "rijksregisternr rrn insz bsn geboren geboortedatum geboortejaar geboorteplaats "
    "leeftijd geslacht nationaliteit dossiernummer dossiernr klantnummer rekeningnummer "
    "iban handtekening contactgegevens"
)


def refuse_column(label: str, number: int) -> None:
    """Refuse the file when the head of a column asks for something of a person."""
    plain = fold(label)
    if PERSONAL.intersection([*plain.split(), plain.replace(" ", "")]):
        raise FileRefusedError(
            f"Rij {number}: de kolom ‘{label[:60]}’ lijkt op gegevens van mensen. Die "
            "bewaren we nooit. Haal de hele kolom weg en kies het bestand opnieuw."
        )


def refuse_persons(row: Row, columns: Iterable[int] = ()) -> None:
    """Refuse the file when a row looks like the head of a list of people.

    `columns` are those of the table it stands in: there one such word may be an answer.
    """
    named = [cell for cell in row.cells if fold(cell).replace(" ", "") in PERSONAL]
    used = set(columns)
    outside = [cell for at, cell in enumerate(row.cells) if at == 0 or at not in used]
    if len(named) > 1 or set(named).intersection(outside):
        refuse_column(named[0], row.number)


def fold(text: str) -> str:
    """Make a text comparable: no capitals, accents, signs or double spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", letters.replace("-", "")).split())
