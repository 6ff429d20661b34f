"""What in a free text could lead to a person: numbers, addresses, likely names.

Pure: text in, findings out, nothing kept. A national number or an account number may be
stored nowhere (P1) and blocks; everything else is a question to the writer, who decides
(P9). Tuned on tests/kader/test_privacy_hint.py: finding most names matters, but a hint
that cries wolf is soon clicked away.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Clue(StrEnum):
    """What kind of thing was found."""

    NATIONAL_NUMBER = "national_number"
    BANK_ACCOUNT = "bank_account"
    E_MAIL = "e_mail"
    PHONE = "phone"
    FILE_NUMBER = "file_number"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    NAME = "name"


BLOCKED = {
    Clue.NATIONAL_NUMBER: (
        "Hier staat een rijksregisternummer. Dat bewaren we nooit. Haal het weg."
    ),
    Clue.BANK_ACCOUNT: (
        "Hier staat een rekeningnummer. Dat bewaren we nooit. Haal het weg."
    ),
}
# What is asked, and what could stand there instead.
ASKED = {
    Clue.E_MAIL: ("Staat hier een e-mailadres?", "een e-mailadres"),
    Clue.PHONE: ("Staat hier een telefoonnummer?", "een telefoonnummer"),
    Clue.FILE_NUMBER: ("Staat hier een dossiernummer?", "een dossier"),
    Clue.BIRTH_DATE: ("Staat hier een geboortedatum?", "geboren"),
    Clue.ADDRESS: ("Staat hier een adres?", "in de buurt"),
    Clue.NAME: ("Staat hier een naam?", "een deelnemer"),
}


@dataclass(frozen=True)
class Finding:
    """One piece of a text, and where it stands."""

    clue: Clue
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def blocks(self) -> bool:
        """Whether a text with this in it may not be saved at all."""
        return self.clue in BLOCKED

    @property
    def question(self) -> str:
        return BLOCKED[self.clue] if self.blocks else ASKED[self.clue][0]

    @property
    def instead(self) -> str:
        """What to write in its place; empty when it just has to go."""
        return "" if self.blocks else ASKED[self.clue][1]

    @property
    def key(self) -> str:
        """A short mark of this finding, by which a page knows it was shown before."""
        return hashlib.sha256(f"{self.clue} {self.text}".encode()).hexdigest()[:16]

    @property
    def sentence(self) -> str:
        if self.blocks:
            return self.question
        return f"{self.question} “{self.text}” Schrijf liever “{self.instead}”."


def find_clues(text: str, *, ignore: Iterable[Clue] = ()) -> tuple[Finding, ...]:
    """Return what was found, in the order of the text, without overlap or repetition.

    `ignore` leaves kinds out where they belong: the place of a talk may be an address.
    """
    left_out = frozenset(ignore)
    kept: list[Finding] = []
    for finding in _all_clues(text):
        apart = all(
            finding.end <= other.start or other.end <= finding.start for other in kept
        )
        if apart and finding.clue not in left_out:
            kept.append(finding)
    seen: set[str] = set()
    kept.sort(key=lambda finding: finding.start)
    return tuple(
        f
        for f in kept
        if f.key not in seen and not seen.add(f.key)  # type: ignore[func-returns-value]  # add() remembers
    )


def why_refused(text: str) -> str:
    """Return why a text may not be saved, or an empty string. Cheap: looks for digits."""
    for finding in (*_national_numbers(text), *_bank_accounts(text)):
        return finding.question
    return ""


def _all_clues(text: str) -> Iterator[Finding]:
    """Yield the surest kinds first: they keep what they cover from the later ones."""
    yield from _national_numbers(text)
    yield from _bank_accounts(text)
    for clue, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield Finding(clue, match[0].rstrip(" .,;"), match.start())
    yield from _addresses(text)
    yield from _names(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- numbers that prove themselves ------------------------------------------

_GAP = r"[ \t\u00a0.\-\u2013\u2014/]{0,3}"
# A plus before it makes it a phone number from abroad.
_ELEVEN = re.compile(rf"(?<![\d+])[0-9](?:{_GAP}[0-9]){{10}}(?!\d)")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ .-]?[0-9]{2}")
IBAN_LENGTHS = dict(
    zip(
        (
            *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR"),
            *("GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MA"),
            *("MC", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TN"),
            *("TR", "UA"),
        ),
        (
            *(20, 16, 22, 21, 28, 24, 22, 18, 20, 24, 18, 27),
            *(22, 27, 21, 28, 22, 26, 27, 21, 20, 20, 21, 28),
            *(27, 31, 18, 15, 28, 25, 24, 22, 24, 19, 24, 24),
            *(26, 29),
        ),
        strict=True,
    )
)


def _national_numbers(text: str) -> Iterator[Finding]:
    for match in _ELEVEN.finditer(text):
        if is_national_number("".join(filter(str.isdigit, match[0]))):
            yield Finding(Clue.NATIONAL_NUMBER, match[0], match.start())


def is_national_number(digits: str) -> bool:
    """Say whether eleven digits are a rijksregisternummer or a bisnummer.

    The last two are 97 minus the rest of the first nine by 97; who was born from 2000 on
    has a 2 before those nine.
    """
    month, day, order = int(digits[2:4]) % 20, int(digits[4:6]), int(digits[6:9])
    if int(digits[2:4]) > 52 or month > 12 or day > 31 or not 1 <= order <= 998:
        return False
    return int(digits[9:]) in {
        97 - int(century + digits[:9]) % 97 for century in ("", "2")
    }


def _bank_accounts(text: str) -> Iterator[Finding]:
    for match in _IBAN_START.finditer(text):
        length = IBAN_LENGTHS.get(match[0][:2].upper())
        taken, end = "", match.start()
        while length and end < len(text) and len(taken) < length:
            if text[end].isascii() and text[end].isalnum():
                taken += text[end].upper()
            elif text[end] not in " \u00a0.-":
                break
            end += 1
        follows = text[end : end + 1]
        if length and len(taken) == length and not follows.isalnum():
            moved = taken[4:] + taken[:4]
            if int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1:
                yield Finding(
                    Clue.BANK_ACCOUNT, text[match.start() : end], match.start()
                )


# --- numbers and addresses by their shape -----------------------------------

PATTERNS = {
    Clue.E_MAIL: re.compile(r"[^\s@<>()\"“”,;:]{1,64}@[^\s@]{1,190}\.[A-Za-z]{2,}"),
    Clue.PHONE: re.compile(
        r"(?<![\d+])(?:(?:\+|00)[ ]?32[ ./]*(?:\(0\))?[ ]*[1-9](?:[ ./-]?[0-9]){7,8}"
        r"|04[0-9]{2}[ ./-]?[0-9]{2,3}(?:[ .-]?[0-9]{2,3}){1,2}"
        r"|0[2349][ ./-]{0,3}[0-9]{3}[ .]?[0-9]{2}[ .]?[0-9]{2}"
        r"|0[1-9][0-9][ ./-]{0,3}[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9]{2})(?!\d)"
    ),
    Clue.FILE_NUMBER: re.compile(
        r"\b(?:dossier|cliënt|client|klant)[ -]?(?:nr\b\.?|nummer|n°|no\b\.?)"
        r"[ :.]{0,3}[\w/.-]{0,15}[0-9][\w/-]{0,15}",
        re.IGNORECASE,
    ),
    Clue.BIRTH_DATE: re.compile(
        r"\bgeboren (?:op|in|te)?\s?(?:[0-9]{1,2}[ /.-](?:[0-9]{1,2}|[a-z]{3,9})"
        r"[ /.-][0-9]{2,4})",
        re.IGNORECASE,
    ),
}
_STREET = re.compile(
    r"\b(?P<name>(?:[A-ZÀ-Ý][\w'’-]*[ ]){0,3}[A-Za-zÀ-ÿ'’-]{0,30}"
    r"(?:straat|steenweg|laan|dreef|plein|kaai|singel|vest|lei|weg|dijk|pad|hof|wijk|"
    r"baan|markt|park)"
    r"|(?:[Rr]ue|[Aa]venue|[Cc]haussée|[Bb]oulevard|[Pp]lace)(?: [\w'’-]+){1,4})"
    r",?[ ](?:nr\.?[ ]?|nummer[ ])?(?P<number>[0-9]{1,4}(?![0-9%]))"
    r"(?P<rest>[ ]?[a-zA-Z]\b)?(?:[ ,]{1,2}bus[ ]?\w{1,4})?"
)
# After a number that counts something, no house number stood there.
_COUNTED = re.compile(
    r"\s?(?:keer|maal|uur|mensen|personen|deelnemers|dagen|dag|weken|week|maand|maanden|"
    r"jaar|minuten|euro|km|kilometer|meter|kinderen|gezinnen|vragen|keren|punten|plaatsen|"
    r"ouders|bezoekers|procent|stickers|brieven|mannen|vrouwen)\b"
)
# Words that end as a street does.
_NO_STREET = _words(
    "onderweg omweg uitweg hoofdweg voetpad fietspad zebrapad straat weg plein pad baan hof "
    "wijk markt park lei vest dijk halfweg snelweg spoorweg ophof kerkhof arbeidsmarkt "
    "supermarkt rommelmarkt loopbaan startbaan allerlei velerlei beiderlei tweeërlei wandelpad "
    "woonwijk volkswijk welzijnsvest zwemvest speelplein marktplein dorpsplein"
)


def _addresses(text: str) -> Iterator[Finding]:
    for match in _STREET.finditer(text):
        name = match["name"]
        last = name.split(" ")[-1]
        alone = " " not in name
        if alone and (last.lower() in _NO_STREET or len(last) < 6):
            continue
        if not alone and not last[0].isupper() and last.lower() in _NO_STREET:
            continue
        if _COUNTED.match(text, match.end("number")):
            continue
        yield Finding(Clue.ADDRESS, match[0].rstrip(" ,"), match.start())


# --- names ------------------------------------------------------------------


def _read_names() -> frozenset[str]:
    """Read the list that ships with the product: names in lower case, # is a comment."""
    lines = (Path(__file__).parent / "first_names.txt").read_text("utf-8").splitlines()
    return frozenset(
        name for line in lines if not line.startswith("#") for name in line.split()
    )


FIRST_NAMES = _read_names()
# Names that are also words: only a name in the middle of a sentence, or before a verb.
ORDINARY_WORDS = _words(
    "an ann ben bas bob bram claire cem deniz door els elke fleur floor flor iris jan jo "
    "kim lies lieve leen mark max mien mina noor pia rik rim rob roos rosa sam said sana "
    "sien stan staf tim toon ward wim yildiz melek gül nour blessing precious place noa "
    "mats merel veerle adam eva jean marina camille stijn"
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*")
_TITLES = _words(
    "mevrouw meneer mijnheer mevr mr mw dhr juf meester dokter zuster tante oom nonkel "
    "madame monsieur"
)
# "ik heet", "mijn naam is", "een zekere": what follows is a name, whatever it is.
_ANNOUNCED = re.compile(
    r"\b(?:heet|heette|heten|zekere|genaamd|naam is|naam was)[ :]{1,2}$", re.IGNORECASE
)
_TITLED = re.compile(r"(?:([^\W\d_]+)|\b(mr|mw|mevr|dhr|dr)\.)[ ]$", re.IGNORECASE)
_SAINTS = re.compile(
    r"(?:\b(?:sint|st|huize|az|uz|school|basisschool|vzw|oc|wzc|residentie|café|zaal|kliniek|"
    r"ziekenhuis|centrum|dienstencentrum|huis|buurthuis|kerk|koning|koningin|prins|prinses|"
    r"campus|project|klooster|straat|plein|parochie|moeder|heilige)\.?[ -])$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"[ ](?:zei|zegt|vertelde|vertelt|vroeg|vraagt|vond|vindt|had|heeft|kreeg|krijgt|is|was|"
    r"ging|gaat|kwam|komt|moest|moet|kon|kan|wil|wilde|wou|woont|woonde|werkt|werkte|belde|"
    r"belt|kent|kende|stond|staat|durfde|durft|wacht|wachtte|weet|wist|zit|zat|ziet|zag|"
    r"hoorde|hoort|schreef|schrijft|deed|doet|denkt|dacht|leeft|leefde|verloor|mocht|mag|"
    r"antwoordde|hielp|helpt|betaalt|betaalde|voelt|voelde|begeleidt|begeleidde|huilde|en|"
    r"zijn|haar)\b"
)
# After these only a person speaks: enough to see a name that was typed without capital.
_SPEAKS = re.compile(r"[ ](?:zei|zegt|vertelde|vertelt|vroeg|antwoordde|huilde)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n•]|[.!?…:]\s*[\"'“‘«(])[\s\"'“‘«(\-–]*$")


def _names(text: str) -> Iterator[Finding]:
    for match in _WORD.finditer(text):
        word = _bare(match[0])
        before = text[max(0, match.start() - 24) : match.start()]
        after = text[match.start() + len(word) : match.start() + len(word) + 16]
        if _is_name(word, before, after, at_start=_starts_sentence(text, match)):
            yield Finding(Clue.NAME, word, match.start())


def _starts_sentence(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 12) : match.start()]
    return match.start() == 0 or bool(_SENTENCE_START.search(before))


def _bare(word: str) -> str:
    """Take the genitive off: Fatima's is about Fatima."""
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word


def _is_name(word: str, before: str, after: str, *, at_start: bool) -> bool:
    if word[0].isupper() and _is_introduced(before):
        return True
    low, double = word.lower(), word.lower().split("-")
    if len(double) == 2 and word[0].isupper() and FIRST_NAMES.issuperset(double):
        return True
    # Three capitals are rather an abbreviation.
    is_short = word.isupper() and len(word) < 4
    if low not in FIRST_NAMES or is_short or _SAINTS.search(before):
        return False
    return _stands_as_a_name(word, after, at_start=at_start)


def _is_introduced(before: str) -> bool:
    """Say whether "mevrouw" or "ik heet" comes right before: then any word is a name."""
    titled = _TITLED.search(before)
    if titled and (titled[2] or titled[1].lower() in _TITLES):
        return True
    return bool(_ANNOUNCED.search(before))


def _stands_as_a_name(word: str, after: str, *, at_start: bool) -> bool:
    """Weigh a word of the list by what follows: at the start anything has a capital."""
    is_ordinary = word.lower() in ORDINARY_WORDS
    if not word[0].isupper():
        return not is_ordinary and bool(_SPEAKS.match(after))
    if not at_start:
        return True
    return bool((_SPEAKS if is_ordinary else _VERB).match(after))
