"""Looking changes nothing, and nothing changes without the form's own secret."""

import hashlib

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from accounts.models import User
from tests.world import (
    GET_ROUTES,
    UNSAFE_ROUTES,
    Persona,
    ask,
    every_kwargs,
    is_of_project,
    read_out,
)

pytestmark = pytest.mark.django_db

# A session and the moment of the last sign-in may change by looking.
MAY_CHANGE = {"django_session", "accounts_user.last_login"}
# Whoever follows the link from the mail proves that the address is theirs; the library
# writes that address down in its own list.
BOOKKEEPING = {"account_reset_password_from_key": {"account_emailaddress"}}

# A phone that votes has no cookie that could be abused: the post itself carries the
# secret, and the name of the opening that it is about.
CARRIES_ITS_OWN_SECRET = {"rechtencirkel:live_vote"}


def tables():
    return sorted(
        {
            model._meta.db_table: [
                field.column
                for field in model._meta.local_concrete_fields
                if f"{model._meta.db_table}.{field.column}" not in MAY_CHANGE
            ]
            for model in apps.get_models(include_auto_created=True)
            if model._meta.db_table not in MAY_CHANGE
        }.items()
    )


def everything():
    """Return a hash per table over all its rows."""
    hashes = {}
    with connection.cursor() as cursor:
        for table, columns in tables():
            listed = ", ".join(map(connection.ops.quote_name, columns))
            cursor.execute(
                f"SELECT {listed} FROM {connection.ops.quote_name(table)}"  # noqa: S608
            )
            rows = sorted(map(repr, cursor.fetchall()))
            hashes[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return hashes


def ask_and_compare(client, method, url, before):
    """Return the tables that this request changed; nothing is undone."""
    try:
        read_out(client.generic(method, url))
    except pytest.fail.Exception:
        # A template with a fault is another test's business.
        return []
    after = everything()
    return [table for table in before if before[table] != after[table]]


def test_the_hash_sees_one_changed_letter(world):
    before = everything()
    user = world.users[Persona.MEMBER]

    User.objects.filter(pk=user.pk).update(name="Iemand anders")

    assert [table for table in before if before[table] != everything()[table]] == [
        "accounts_user"
    ]
    User.objects.filter(pk=user.pk).update(name=user.name)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("name", GET_ROUTES)
def test_looking_changes_nothing(world, name, method):
    before = everything()

    changed = [
        f"{table}, as {persona}, at {kwargs}"
        for persona in (Persona.ANONYMOUS, Persona.COORDINATOR, Persona.PLATFORM_ADMIN)
        for kwargs in every_kwargs(name, world.own)[:: 1 if method == "GET" else 5]
        for table in ask_and_compare(
            world.client(persona), method, reverse(name, kwargs=kwargs), before
        )
        if table not in BOOKKEEPING.get(name, ())
    ]

    assert changed == []


@pytest.mark.parametrize(
    "name", [name for name in UNSAFE_ROUTES if name not in CARRIES_ITS_OWN_SECRET]
)
def test_nothing_is_taken_without_the_secret_of_the_form(world, name):
    persona = Persona.COORDINATOR if is_of_project(name) else Persona.PLATFORM_ADMIN
    client = world.client(persona, enforce_csrf_checks=True)

    answers = [
        ask(client, "POST", world.url(name), htmx=htmx) for htmx in (False, True)
    ]

    assert [answer.status for answer in answers] == [403, 403]


def test_whoever_misses_the_secret_reads_why_in_dutch(world):
    client = world.client(Persona.COORDINATOR, enforce_csrf_checks=True)

    answer = ask(client, "POST", world.url("projects:project_edit"))

    page = answer.response.content.decode()
    assert 'lang="nl' in page
    assert "CSRF" not in page
