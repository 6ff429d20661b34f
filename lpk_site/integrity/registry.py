"""How a check is registered and run, and the questions that many of them ask."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, ForeignKey, ManyToManyField, Model, QuerySet

Keys = Iterable[int]
Find = Callable[[], Keys]


@dataclass(frozen=True)
class Check:
    """One rule: the sentence says in Dutch what is wrong, `of` what the keys are of."""

    name: str
    sentence: str
    of: str
    find: Find


@dataclass(frozen=True)
class Finding:
    """A broken rule and the rows that break it."""

    name: str
    sentence: str
    of: str
    ids: tuple[int, ...]


CHECKS: list[Check] = []


def check(model: type[Model], sentence: str) -> Callable[[Find], Find]:
    """Register a function as a check on rows of this model."""

    def register(find: Find) -> Find:
        of = str(model._meta.verbose_name)
        CHECKS.append(Check(find.__name__, sentence, of, find))
        return find

    return register


def run_checks() -> list[Finding]:
    """Run every check; a few queries each, whatever the size of the database."""
    findings = []
    for rule in CHECKS:
        ids = tuple(sorted(set(rule.find())))
        if ids:
            findings.append(Finding(rule.name, rule.sentence, rule.of, ids))
    return findings


def keys(rows: QuerySet[Any]) -> Keys:
    return rows.order_by().values_list("pk", flat=True)


def elsewhere(model: type[Model], *relations: str) -> Keys:
    """Return the rows that lead to a row of another project. One query per relation."""
    wrong: set[int] = set()
    for relation in relations:
        field = model._meta.get_field(relation)
        if isinstance(field, ManyToManyField):
            wrong.update(_linked_elsewhere(field))
        elif isinstance(field, ForeignKey):
            rows = model._default_manager.exclude(**{relation: None})
            wrong.update(keys(rows.exclude(**{f"{relation}__project": F("project")})))
    return wrong


def _linked_elsewhere(field: ManyToManyField) -> Keys:
    """Ask the table in between: a negation over many links would miss a single one."""
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    through: Any = field.remote_field.through
    links: QuerySet[Any] = through._default_manager.exclude(
        **{f"{there}__project": F(f"{here}__project")}
    )
    return links.values_list(f"{here}_id", flat=True)
