import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from kader.vocabulary import ServiceDomain
from lpk_site.integrity import CHECKS, run_checks
from lpk_site.management.commands.fingerprint import canonical, our_models
from projects.models import Municipality
from rechtencirkel.models import Question
from tests.factories import (
    ConversationFactory,
    ProblemStatementFactory,
    ProjectFactory,
    TargetGroupFactory,
    UserFactory,
)


def printed(command, *arguments):
    output = StringIO()
    call_command(command, *arguments, stdout=output)
    return output.getvalue()


def fingerprints():
    report = json.loads(printed("fingerprint", "--json"))
    return {table["table"]: table for table in report["tables"]}


def test_the_reference_data_is_loaded_once(db):
    first = printed("load_reference_data")
    second = printed("load_reference_data")

    assert "285 gemeenten staan klaar." in first
    assert "2 nieuwe vragenbanken geladen." in first
    assert "De vragenbank stond er al." in second
    assert (Municipality.objects.count(), Question.objects.count()) == (285, 218)


def test_an_empty_database_is_sound(db):
    output = printed("check_integrity")

    assert output == f"{len(CHECKS)} van de {len(CHECKS)} controles zijn in orde.\n"


def test_the_reference_data_is_sound(db):
    printed("load_reference_data")

    assert json.loads(printed("check_integrity", "--json")) == []


def test_a_fault_ends_with_code_one_and_a_sentence(db, capsys):
    project = ProjectFactory()

    with pytest.raises(SystemExit) as ending:
        call_command("check_integrity")

    assert ending.value.code == 1
    output = capsys.readouterr().out
    assert "FOUT projects_have_a_coordinator: Het project heeft geen coör" in output
    assert f"project: {project.pk}\n" in output
    assert f"{len(CHECKS) - 1} van de {len(CHECKS)} controles zijn in orde." in output


def test_a_long_list_of_faults_is_cut(db, capsys):
    for _ in range(22):
        ProjectFactory()

    with pytest.raises(SystemExit):
        call_command("check_integrity")

    assert " en nog 2\n" in capsys.readouterr().out


def test_faults_are_also_told_to_machines(db, capsys):
    project = ProjectFactory()

    with pytest.raises(SystemExit):
        call_command("check_integrity", "--json")

    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["name"] == "projects_have_a_coordinator"
    assert finding["ids"] == [project.pk]


def test_the_fingerprint_covers_every_table_of_ours(db):
    tables = {model._meta.db_table for model in our_models()}

    assert "projects_project" in tables
    assert "rechtencirkel_problemstatement_quotes" in tables
    assert "accounts_user_groups" not in tables
    assert not any(table.startswith(("django_", "auth_")) for table in tables)


def test_equal_data_has_an_equal_fingerprint(db):
    ConversationFactory(handed_in=True)

    assert printed("fingerprint") == printed("fingerprint")


@pytest.mark.parametrize("make", [ConversationFactory, ProblemStatementFactory])
def test_a_change_changes_only_its_own_table(db, make):
    row = make()
    before = fingerprints()

    type(row).objects.filter(pk=row.pk).update(domains=[ServiceDomain.AFTERCARE])

    after = fingerprints()
    changed = [table for table in before if before[table] != after[table]]
    assert changed == [row._meta.db_table]


def test_signing_in_and_a_new_salt_leave_the_fingerprint_alone(db):
    user = UserFactory()
    before = printed("fingerprint")

    User.objects.filter(pk=user.pk).update(
        last_login=datetime(2026, 1, 1, tzinfo=UTC), password="anders"
    )

    assert printed("fingerprint") == before


def test_a_link_counts_whatever_its_own_number(db):
    problem = ProblemStatementFactory()
    groups = [TargetGroupFactory(project=problem.project) for _ in range(2)]
    problem.target_groups.set(groups)
    before = printed("fingerprint")

    problem.target_groups.clear()
    problem.target_groups.set(reversed(groups))

    assert printed("fingerprint") == before


def test_the_fingerprint_counts_rows(db):
    ProjectFactory()

    assert fingerprints()["projects_project"]["rows"] == 1
    assert "alles samen" in printed("fingerprint")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2026, 3, 5, 13, 30, tzinfo=UTC), "2026-03-05T13:30:00.000+00:00"),
        (date(2026, 3, 5), "2026-03-05"),
        (Decimal("10.0"), "10"),
        (Decimal("12.50"), "12.5"),
        ((ServiceDomain.ACCESS,), ["access"]),
        ({"b": 1}, {"b": 1}),
        (time(10, 0), "10:00:00"),
        (None, None),
    ],
)
def test_a_value_is_written_in_one_way(value, written):
    assert canonical(value) == written


def test_no_check_asks_more_of_a_larger_database(db, django_assert_max_num_queries):
    for _ in range(3):
        ConversationFactory(handed_in=True)

    with django_assert_max_num_queries(2 * len(CHECKS)):
        run_checks()
