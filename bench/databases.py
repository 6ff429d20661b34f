"""Two databases in one process: one with few answers, and a copy with very many."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "default"


def make_small() -> BaseDatabaseWrapper:
    """Make an empty database with every table."""
    small = connections[ALIAS]
    small.creation.create_test_db(verbosity=0, autoclobber=True)
    return small


def copy_of(small: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    """Copy a whole database on the server, sessions included."""
    small.close()
    with small._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {small.settings_dict['NAME']}")
    copy = small.copy()
    copy.settings_dict["NAME"] = name
    return copy


@contextmanager
def using(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Let everything the product does happen in that database."""
    before = connections[ALIAS]
    connections[ALIAS] = database
    try:
        yield
    finally:
        connections[ALIAS] = before
