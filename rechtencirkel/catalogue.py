"""The question bank as published, and the aids beside it, kept as data files.

A version is fixed by its fingerprint. The aids (short circle, reasons, pictograms, other
languages) are not part of it: they go by code, and the other languages also by the exact
words they translate, so that a new version never carries an old translation.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kader.vocabulary import AnswerOption, QuestionLanguage, Scale

PUBLISHED_FILES = ("question_bank_1.json", "question_bank_2027_1.json")
AIDS_FILE = "question_aids.json"


@dataclass(frozen=True)
class CatalogueQuestion:
    """One question as published; an empty scale means an open question."""

    code: str
    domain: str
    side: str
    scale: str
    text: str
    barrier: str


@dataclass(frozen=True)
class Catalogue:
    """One published version."""

    version: str
    title: str
    published_on: date
    questions: tuple[CatalogueQuestion, ...]

    @property
    def content_hash(self) -> str:
        return content_hash(
            (q.code, q.domain, q.side, q.scale, q.text, q.barrier)
            for q in self.questions
        )


def content_hash(rows: Iterable[Sequence[str]]) -> str:
    """Return the SHA-256 of the questions in order: equal texts, equal hash."""
    listed = [list(row) for row in rows]
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class QuestionAids:
    """What helps to ask the questions of the bank.

    `short_circle` holds the codes of the short circle: per domain and side two questions
    and the points. `answers` holds the words of the answers per language and scale.
    """

    short_circle: frozenset[str]
    reasons: Mapping[str, str]
    pictograms: Mapping[str, str]
    wordings: Mapping[tuple[str, str], Mapping[QuestionLanguage, str]]
    answers: Mapping[QuestionLanguage, Mapping[Scale, Mapping[AnswerOption, str]]]

    def wordings_of(self, code: str, text: str) -> Mapping[QuestionLanguage, str]:
        """Return the other wordings of exactly this text; none for other words."""
        return self.wordings.get((code, text), {})


@cache
def read_aids() -> QuestionAids:
    """Read the aids that ship with the product."""
    data = _read(AIDS_FILE)
    return QuestionAids(
        short_circle=frozenset(data["short_circle"]),
        reasons=data["reasons"],
        pictograms=data["pictograms"],
        wordings={
            (row["code"], row["of"]): {
                language: row[language] for language in QuestionLanguage
            }
            for row in data["wordings"]
        },
        answers={
            language: {
                Scale(scale): dict(zip(AnswerOption, words, strict=True))
                for scale, words in data["answers"][language].items()
            }
            for language in QuestionLanguage
        },
    )


def _read(name: str) -> Any:
    folder = resources.files("rechtencirkel").joinpath("data")
    return json.loads(folder.joinpath(name).read_text(encoding="utf-8"))


def read_catalogues() -> list[Catalogue]:
    """Read every published version that ships with the product."""
    catalogues = []
    for name in PUBLISHED_FILES:
        data = _read(name)
        catalogues.append(
            Catalogue(
                version=data["version"],
                title=data["title"],
                published_on=date.fromisoformat(data["published_on"]),
                questions=tuple(CatalogueQuestion(**row) for row in data["questions"]),
            )
        )
    return catalogues
