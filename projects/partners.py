"""Which partners a steering group may be missing for the groups it chose (R4).

Pure: names of target groups in, kinds of organisations out, each with one sentence why.
It knows themes by words, so that a group with a name of its own is understood too.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kader.vocabulary import OrganisationType as Kind


@dataclass(frozen=True)
class Theme:
    """What a group is about: how its words begin, and who sees these people."""

    words: tuple[str, ...]
    partners: tuple[tuple[Kind, str], ...]

    def fits(self, name: str) -> bool:
        """Say whether a word of this (plain) name begins as one of the theme."""
        return any(re.search(rf"(?<!\w){re.escape(w)}", name) for w in self.words)


@dataclass(frozen=True)
class Suggestion:
    """A kind of partner that nobody invited yet, and for which groups."""

    kind: Kind
    reason: str
    groups: tuple[str, ...]


THEMES = (
    Theme(
        ("ouders", "eenouder", "gezin", "moeder", "vader", "kinderen", "tienerouder"),
        (
            (
                Kind.SCHOOL,
                "Leerkrachten merken vroeg dat een gezin het moeilijk heeft.",
            ),
            (
                Kind.FAMILY_CENTRE,
                "Daar komen ouders zonder dat ze eerst om hulp moeten vragen.",
            ),
        ),
    ),
    Theme(
        ("ouderen", "oudere ", "senior", "bejaard", "pensioen", "gepensioneerd"),
        (
            (
                Kind.HOME_CARE,
                "Zij komen thuis bij wie zelf niet meer naar een loket gaat.",
            ),
            (Kind.HEALTH_CARE, "De huisarts is vaak de enige die hen nog ziet."),
        ),
    ),
    Theme(
        ("beperking", "ziek", "handicap", "invalid", "arbeidsongeschikt"),
        (
            (
                Kind.HEALTH_CARE,
                "Artsen horen als eersten dat iemand niet meer rondkomt.",
            ),
            (
                Kind.HEALTH_FUND,
                "Het ziekenfonds weet wie lang ziek is en welke rechten daarbij horen.",
            ),
            (Kind.HOME_CARE, "Zij zien thuis wat iemand mist."),
        ),
    ),
    Theme(
        ("werkloos", "werkloz", "werkzoek", "uitkering", "zonder werk"),
        (
            (Kind.VDAB, "VDAB spreekt iedereen die werk zoekt."),
            (
                Kind.TRADE_UNION,
                "Zij zien mensen die hun uitkering verliezen vóór de anderen.",
            ),
            (Kind.BENEFIT_FUND, "Wie geen vakbond heeft, krijgt daar zijn uitkering."),
        ),
    ),
    Theme(
        ("werkende", "werkenden", "laag inkomen", "laag loon", "lage lonen"),
        (
            (Kind.TRADE_UNION, "Daar vertellen mensen dat hun loon niet volstaat."),
            (
                Kind.HEALTH_FUND,
                "Het ziekenfonds ziet wie recht heeft op goedkopere zorg.",
            ),
        ),
    ),
    Theme(
        ("zelfstandig", "landbouw", "boer", "ondernemer"),
        (
            (
                Kind.JUSTICE,
                "De ondernemingsrechtbank ziet welke zaken in moeilijkheden komen.",
            ),
            (
                Kind.MUNICIPALITY,
                "De dienst lokale economie kent de zelfstandigen en de landbouwers.",
            ),
        ),
    ),
    Theme(
        ("jongvolwassen", "jongeren", "jonge mensen", "jongere "),
        (
            (Kind.STREET_WORK, "Zij spreken jongeren die nergens binnenstappen."),
            (Kind.SCHOOL, "Een school of CLB weet wie er plots alleen voor staat."),
            (Kind.VDAB, "VDAB kent jongeren die hun eerste werk zoeken."),
        ),
    ),
    Theme(
        ("jeugdhulp", "jeugdzorg", "pleegzorg"),
        (
            (Kind.CAW, "Het CAW begeleidt jongeren die op eigen benen komen te staan."),
            (
                Kind.HOUSING_COMPANY,
                "Een eerste woning vinden is voor hen het moeilijkst.",
            ),
        ),
    ),
    Theme(
        (
            "nieuwkomer",
            "nederlands",
            "anderstalig",
            "vluchteling",
            "inburger",
            "migra",
            "oekrain",
        ),
        (
            (Kind.INTEGRATION, "Zij volgen nieuwkomers van bij de start."),
            (
                Kind.SCHOOL,
                "Ouders die elders niet komen, komen wel aan de schoolpoort.",
            ),
        ),
    ),
    Theme(
        ("zonder wettig", "zonder papieren", "mensen zonder verblijf"),
        (
            (
                Kind.HEALTH_CARE,
                "Dringende zorg is vaak hun enige contact met een dienst.",
            ),
            (Kind.CAW, "Het CAW helpt ook wie nergens ingeschreven is."),
            (Kind.INTEGRATION, "Zij kennen de weg in de procedures."),
        ),
    ),
    Theme(
        ("dakloos", "dakloz", "dak-", "thuisloos", "thuisloz", "zonder vast adres"),
        (
            (Kind.CAW, "Het CAW vangt mensen op die geen woning hebben."),
            (Kind.STREET_WORK, "Zij zoeken mensen op waar ze slapen."),
            (Kind.POLICE, "De wijkagent weet wie buiten of bij anderen slaapt."),
        ),
    ),
    Theme(
        ("sociale huur", "sociaal huur", "sociale woning", "sociale wijk"),
        (
            (
                Kind.HOUSING_COMPANY,
                "De woonmaatschappij komt bij elke sociale huurder over de vloer.",
            ),
            (Kind.TENANTS_UNION, "De huurdersbond hoort waar huurders mee zitten."),
            (Kind.COMMUNITY_WORK, "Opbouwwerkers kennen de wijk en haar bewoners."),
        ),
    ),
    Theme(
        ("huurders", "huren", "privemarkt", "private huur", "woonproblemen", "huisves"),
        (
            (Kind.TENANTS_UNION, "De huurdersbond hoort waar huurders mee zitten."),
            (Kind.HOUSING_COMPANY, "Zij kennen wie jaren op een woning wacht."),
            (Kind.JUSTICE, "Bij de vrederechter komen de uithuiszettingen."),
        ),
    ),
    Theme(
        ("schuld", "betalingsmoeilijk", "energiearm", "afbetaling"),
        (
            (
                Kind.ENERGY_SUPPLIER,
                "Wie energie of water niet betaalt, is daar het eerst bekend.",
            ),
            (Kind.JUSTICE, "Vrederechter en schuldbemiddelaars zien schulden groeien."),
        ),
    ),
    Theme(
        ("psychisch", "verslaving", "verslaafd", "geestelijk", "mentaal"),
        (
            (
                Kind.HEALTH_CARE,
                "Huisartsen en de geestelijke gezondheidszorg hebben hun vertrouwen.",
            ),
            (Kind.CAW, "Het CAW begeleidt mensen met veel problemen tegelijk."),
            (Kind.POLICE, "De wijkagent komt er als het misgaat."),
        ),
    ),
    Theme(
        ("mantelzorg",),
        (
            (Kind.HOME_CARE, "Zij zien thuis wie er dag en nacht zorgt."),
            (Kind.HEALTH_FUND, "Het ziekenfonds kent de rechten van mantelzorgers."),
        ),
    ),
    Theme(
        ("detentie", "gevangen", "opname", "ex-gedetineerd", "gedetineerd"),
        (
            (Kind.JUSTICE, "Het justitiehuis weet wie binnenkort vrijkomt."),
            (Kind.HEALTH_CARE, "Een ziekenhuis weet wie binnenkort naar huis gaat."),
            (Kind.CAW, "Het CAW helpt in de gevangenis en daarna."),
        ),
    ),
    Theme(
        ("digitaal", "digibeet", "internet", "computer"),
        (
            (
                Kind.MUNICIPALITY,
                "De bibliotheek of het digipunt ziet wie hulp vraagt aan de computer.",
            ),
            (
                Kind.HEALTH_FUND,
                "Aan hun loket komen mensen die het online niet rond krijgen.",
            ),
        ),
    ),
    Theme(
        ("laaggeletterd", "ongeletterd", "lezen", "analfabe"),
        (
            (
                Kind.SCHOOL,
                "Een centrum voor basiseducatie leert volwassenen lezen en schrijven.",
            ),
            (
                Kind.POVERTY_ASSOCIATION,
                "Daar praten mensen zonder dat er een formulier aan te pas komt.",
            ),
        ),
    ),
    Theme(
        ("woonwagen", "caravan", "roma"),
        (
            (Kind.COMMUNITY_WORK, "Opbouwwerkers komen op het terrein."),
            (Kind.POLICE, "De wijkagent kent de bewoners bij naam."),
        ),
    ),
    Theme(
        ("gescheiden", "scheiding", "weduw"),
        (
            (
                Kind.HEALTH_FUND,
                "Na een scheiding of een overlijden passeert elk gezin daar.",
            ),
            (Kind.CAW, "Het CAW begeleidt mensen na een scheiding of een verlies."),
            (Kind.JUSTICE, "De familierechtbank ziet elke scheiding."),
        ),
    ),
)


def suggest_partners(
    groups: Sequence[str], taken: Collection[str]
) -> tuple[Suggestion, ...]:
    """Return the kinds of partners for these groups, without the kinds that are there.

    What most groups ask for comes first; then the order of the groups and the themes.
    """
    reasons: dict[Kind, str] = {}
    wanted: dict[Kind, list[str]] = {}
    for group in groups:
        plain = _plain(group)
        for theme in THEMES:
            if not theme.fits(plain):
                continue
            for kind, reason in theme.partners:
                if kind in taken:
                    continue
                reasons.setdefault(kind, reason)
                if group not in wanted.setdefault(kind, []):
                    wanted[kind].append(group)
    found = [
        Suggestion(kind, reasons[kind], tuple(names)) for kind, names in wanted.items()
    ]
    return tuple(sorted(found, key=lambda suggestion: -len(suggestion.groups)))


def _plain(name: str) -> str:
    """Return a name in small letters without accents, as the themes spell words."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
