"""Dutch words in addresses: domains, sides, languages, and what is read over."""

from django.utils.text import slugify

from kader.vocabulary import QuestionLanguage, ServiceDomain, Side
from rechtencirkel.models import BarrierMention, OpenAnswer, Quote, WrittenAnswer

WordsKind = type[Quote] | type[OpenAnswer] | type[WrittenAnswer] | type[BarrierMention]

DOMAIN_SLUGS = {slugify(domain.label): domain for domain in ServiceDomain}
SIDE_SLUGS = {"doelgroep": Side.TARGET_GROUP, "diensten": Side.PROVIDERS}
LANGUAGE_SLUGS = {
    "eenvoudig": QuestionLanguage.EASY,
    "fr": QuestionLanguage.FRENCH,
    "en": QuestionLanguage.ENGLISH,
    "tr": QuestionLanguage.TURKISH,
    "ar": QuestionLanguage.ARABIC,
}


def language_of(given: str) -> QuestionLanguage | None:
    """Read a language from an address (?taal=ar); anything else is plain Dutch."""
    return LANGUAGE_SLUGS.get(given)


def language_called(name: str) -> QuestionLanguage | None:
    """Read a language as people type it: "arabisch", "Türkçe". Unknown is Dutch."""
    wanted = name.strip().casefold()
    for language in QuestionLanguage:
        if wanted in (language.label.casefold(), language.own_name.casefold()):
            return language
    return None


WORDS_SLUGS: dict[str, WordsKind] = {
    "uitspraak": Quote,
    "antwoord": OpenAnswer,
    "tekst": WrittenAnswer,
    "drempel": BarrierMention,
}


class DomainConverter:
    """A domain by its Dutch name: /rechtencirkel/rechten-realiseren/."""

    regex = "|".join(DOMAIN_SLUGS)

    def to_python(self, value: str) -> ServiceDomain:
        return DOMAIN_SLUGS[value]

    def to_url(self, value: str) -> str:
        return slugify(ServiceDomain(value).label)


class SideConverter:
    """A side by its Dutch name: /gesprekken/nieuw/diensten/."""

    regex = "|".join(SIDE_SLUGS)

    def to_python(self, value: str) -> Side:
        return SIDE_SLUGS[value]

    def to_url(self, value: str) -> str:
        return next(slug for slug, side in SIDE_SLUGS.items() if side == value)


class WordsConverter:
    """Which words are read over: /redactie/uitspraak/12/."""

    regex = "|".join(WORDS_SLUGS)

    def to_python(self, value: str) -> WordsKind:
        return WORDS_SLUGS[value]

    def to_url(self, value: WordsKind) -> str:
        return next(slug for slug, kind in WORDS_SLUGS.items() if kind is value)
