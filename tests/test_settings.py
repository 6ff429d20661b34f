import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import run
from lpk_site.celery import app

ROOT = Path(__file__).resolve().parent.parent
SQLITE = "sqlite:////map/lpk.sqlite3"
IMPORT_SETTINGS = "import django; django.setup()"


def python(code, environment):
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def production(tmp_path):
    """Give the variables of a well configured server."""
    return run.production_environment(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("DEBUG", "1", "DEBUG staat aan."),
        ("LPK_DEMO", "1", "LPK_DEMO staat aan."),
        ("SECRET_KEY", "kort", "SECRET_KEY is te kort"),
        ("SECRET_KEY", "vervang-mij" * 6, "of is het voorbeeld uit .env.example."),
        ("DATABASE_URL", SQLITE, "DATABASE_URL wijst naar SQLite."),
        ("CELERY_BROKER_URL", "filesystem://", "wijst niet naar Redis."),
        ("CELERY_BROKER_URL", "memory://", "wijst niet naar Redis."),
        ("CACHE_URL", "", "CACHE_URL ontbreekt"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is leeg of laat alles toe."),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is leeg of laat alles toe."),
    ],
)
def test_production_refuses_to_start(production, variable, value, sentence):
    started = python(IMPORT_SETTINGS, {**production, variable: value})

    assert started.returncode != 0
    assert "De toepassing start niet in productie:" in started.stderr
    assert sentence in started.stderr


def test_every_reason_is_named_at_once(production):
    changes = {"DEBUG": "1", "DATABASE_URL": SQLITE, "CACHE_URL": ""}

    started = python(IMPORT_SETTINGS, {**production, **changes})

    reasons = re.findall(r"^- (\w+)", started.stderr, re.MULTILINE)
    assert reasons == ["DEBUG", "DATABASE_URL", "CACHE_URL"]


def test_production_is_what_a_forgotten_variable_means(production):
    del production["LPK_PRODUCTION"]

    started = python(IMPORT_SETTINGS, {**production, "DEBUG": "1"})

    assert "De toepassing start niet in productie:" in started.stderr


def test_djangos_own_check_finds_nothing_on_a_well_configured_server(production):
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=production,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_the_tests_ignore_the_settings_of_a_real_server(production, tmp_path):
    show = (
        "import json; from tests import settings as s;"
        "print(json.dumps([s.DATABASES['default']['ENGINE'], s.CELERY_BROKER_URL,"
        " s.CACHE_URL, s.PRODUCTION]))"
    )

    shown = python(show, {**production, "LPK_TEST_VAR": str(tmp_path)})

    assert json.loads(shown.stdout) == [
        "django.db.backends.sqlite3",
        "filesystem://localhost",
        "",
        False,
    ]


def test_the_example_names_exactly_the_variables_that_are_read():
    source = (ROOT / "lpk_site" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    read = set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", source))
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))

    assert read == named


def test_a_task_ends_before_its_report_is_given_to_another_worker(production):
    show = (
        "import json; from lpk_site import settings as s;"
        "print(json.dumps([s.CELERY_TASK_SOFT_TIME_LIMIT, s.CELERY_TASK_TIME_LIMIT,"
        " s.REPORT_LEASE_SECONDS,"
        " s.CELERY_BROKER_TRANSPORT_OPTIONS['visibility_timeout']]))"
    )

    shown = python(show, production)

    assert json.loads(shown.stdout) == [90, 120, 150, 300]


@pytest.mark.parametrize("name", settings.CELERY_BEAT_SCHEDULE)
def test_everything_on_the_schedule_is_a_task_that_can_be_called_so(name):
    app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE[name]

    task = app.tasks[entry["task"]]

    task.__header__(*entry.get("args", ()), **entry.get("kwargs", {}))
