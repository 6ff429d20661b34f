"""Gives every table a row count and a hash: equal data, equal fingerprint.

For comparing a database with its restored back-up, or SQLite with PostgreSQL. It covers
all our own tables, rows in order of their key. Left out are passwords (salted), the
secrets of links (made with the key of the installation) and the last sign-in (changes
without anybody changing data); sessions, second steps and
Django's own tables are not ours and are left out whole.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import models

OUR_APPS = (
    "accounts",
    "projects",
    "rechtencirkel",
    "dialogue",
    "improvement_actions",
    "reports",
)
LEFT_OUT = {
    ("accounts_user", "password"),
    ("accounts_user", "last_login"),
    ("rechtencirkel_answerlink", "token_hash"),
    ("rechtencirkel_answercode", "token_hash"),
}


@dataclass(frozen=True)
class TableFingerprint:
    """What one table holds."""

    table: str
    rows: int
    sha256: str


class Command(BaseCommand):
    help = (
        "Maakt een vingerafdruk van alle gegevens, om twee databanken te vergelijken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        tables = [fingerprint(model) for model in our_models()]
        whole = hashlib.sha256("".join(t.sha256 for t in tables).encode()).hexdigest()
        if options["json"]:
            report = {"sha256": whole, "tables": [asdict(t) for t in tables]}
            self.stdout.write(json.dumps(report, indent=2))
            return
        for table in tables:
            self.stdout.write(f"{table.table:45} {table.rows:8} {table.sha256}")
        rows = sum(table.rows for table in tables)
        self.stdout.write(f"{'alles samen':45} {rows:8} {whole}")


def our_models() -> list[type[models.Model]]:
    """Return our models and the tables between them, in order of table name.

    A table that leads to Django's own rows (the permissions of a user) is not one of
    them: its numbers differ from database to database.
    """
    ours = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OUR_APPS and not _leads_elsewhere(model)
    ]
    return sorted(ours, key=lambda model: model._meta.db_table)


def _leads_elsewhere(model: type[models.Model]) -> bool:
    targets = {
        field.remote_field.model._meta.app_label
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    }
    return not targets.issubset(OUR_APPS)


def fingerprint(model: type[models.Model]) -> TableFingerprint:
    digest = hashlib.sha256()
    count = 0
    for count, line in enumerate(_lines(model), start=1):  # noqa: B007 - used after the loop
        digest.update(line.encode())
    return TableFingerprint(model._meta.db_table, count, digest.hexdigest())


def _lines(model: type[models.Model]) -> Iterator[str]:
    """Write every row as one line of JSON, the same on every database.

    A row of a table in between is its two keys: its own number says nothing.
    """
    between = bool(model._meta.auto_created)
    columns = [
        field
        for field in model._meta.concrete_fields
        if (model._meta.db_table, field.column) not in LEFT_OUT
        and not (between and field.primary_key)
    ]
    names = [field.attname for field in columns]
    order = names if between else ["pk"]
    rows = model._default_manager.order_by(*order).values_list(*names)
    for row in rows.iterator():
        values = [canonical(value) for value in row]
        yield json.dumps(values, sort_keys=True, ensure_ascii=False) + "\n"


def canonical(value: object) -> object:
    """Return a value as JSON writes it in one way only."""
    if isinstance(value, datetime):
        # Not finer: that is all that survives a move with dumpdata and loaddata.
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value
