"""The question bank as published: 109 questions in version 1, kept as a data file."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

PUBLISHED_FILES = ("question_bank_1.json",)


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


def read_catalogues() -> list[Catalogue]:
    """Read every published version that ships with the product."""
    folder = resources.files("rechtencirkel").joinpath("data")
    catalogues = []
    for name in PUBLISHED_FILES:
        data = json.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        catalogues.append(
            Catalogue(
                version=data["version"],
                title=data["title"],
                published_on=date.fromisoformat(data["published_on"]),
                questions=tuple(CatalogueQuestion(**row) for row in data["questions"]),
            )
        )
    return catalogues
