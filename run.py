#!/usr/bin/env python3
"""Prepare this machine, then start, test or inspect the application with one command.

Standard library only, because it runs before anything is installed; it knows nothing of
Django beyond the commands of manage.py. The demo decides every setting itself, so that
it can never reach the database of a production server.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

if sys.platform != "win32":
    import fcntl

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
WINDOWS = os.name == "nt"
LINUX = sys.platform == "linux"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST_PYTHON = (3, 11)
UV = "uv==0.13.9"
RUNTIME_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
# What a lock installs besides itself: after the second, the first needs no work.
INSTALLED_WITH = {RUNTIME_LOCK: [RUNTIME_LOCK], DEV_LOCK: [DEV_LOCK, RUNTIME_LOCK]}

PDF_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PDF_LIBRARIES = [
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz-subset.so.0",
]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# The tests share one browser and one database per process, so they run one after the
# other unless somebody asks for more: python3 run.py test -n 2
PYTEST_OPTIONS = ["-q"]
# Without a choice of one's own: first the short suite on what the demo runs on, then all
# the rest on PostgreSQL and Redis, so that the last line is that of the long run.
SHORT_SUITE = ["-m", "smoke"]
LONG_SUITE = ["-m", "not embedded"]

HOST = "127.0.0.1"
HEALTH_PATH = "/gezond/"
SECONDS_TO_START = 90
SECONDS_TO_STOP = 15
LONGEST_PAUSE = 5.0
# A worker that lived this long did not fall over at start: begin again with a short pause.
SECONDS_OF_GOOD_HEALTH = 30.0

# Variables of the caller that would steer the application, its server or its Python.
FOREIGN_PREFIXES = ("CELERY_", "DJANGO_", "EMAIL_", "GUNICORN_", "LPK_", "TEST_")
FOREIGN_NAMES = ("PYTHONHOME", "PYTHONPATH", "PYTHONWARNINGS", "WEB_CONCURRENCY")

HELP = """\
python3 run.py [--port 8000] [--var MAP]   start de demo: website, rapporten, voorbeelden
python3 run.py setup [--var MAP]           installeer en vul de demo, maar start niets
python3 run.py test [opties van pytest]    voer alle tests uit
python3 run.py lint                        kijk de code na
python3 run.py format                      zet de code in de huisstijl
python3 run.py bench                       meet wat een pagina en een blad kosten"""


class UserError(Exception):
    """Something the user has to solve; the text is a Dutch sentence for the terminal."""


def say(text: str) -> None:
    print(text, flush=True)


# --- running programs -------------------------------------------------------


def succeeds(*command: str, environment: Mapping[str, str] | None = None) -> bool:
    """Run a program silently; a program that is not there has failed."""
    try:
        done = subprocess.run(
            command, cwd=HERE, env=environment, capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def combined_output(
    command: Sequence[str], environment: Mapping[str, str]
) -> tuple[int, str]:
    done = subprocess.run(
        command,
        cwd=HERE,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def is_root() -> bool:
    return not WINDOWS and os.geteuid() == 0


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages if this machine and this user can."""
    if not is_root() or shutil.which("apt-get") is None:
        return False
    say(f"Ik installeer met apt: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    return succeeds(*install, environment=environment) or (
        succeeds("apt-get", "update", "-q", environment=environment)
        and succeeds(*install, environment=environment)
    )


# --- the virtual environment ------------------------------------------------


def made_here(venv: Path) -> bool:
    """Tell whether the environment was made in this folder, not copied or moved to it.

    Python writes the command that made it in pyvenv.cfg, with the folder at the end.
    An environment made by another tool lacks the line and gets the benefit of the doubt.
    """
    try:
        text = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    command = re.search(r"^command\s*=\s*(.+)$", text, re.MULTILINE)
    return command is None or command.group(1).strip().endswith(f" {venv}")


def python_version() -> str:
    """Say which Python the environment holds, or nothing when it does not start."""
    question = (
        "import sys; from importlib.util import find_spec;"
        "print(sys.version) if find_spec('pip') else sys.exit(1)"
    )
    try:
        code, answer = combined_output(
            [str(PYTHON), "-I", "-c", question], clean_environment()
        )
    except OSError:
        return ""
    return answer.strip() if code == 0 else ""


def make_venv() -> None:
    if made_here(VENV) and python_version():
        return
    say("Ik maak een virtuele omgeving in .venv")
    if VENV.is_symlink():
        # Somebody else's environment: leave the road to it, never empty it.
        VENV.unlink()
    create = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if succeeds(*create) or (apt_install(["python3-venv"]) and succeeds(*create)):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    raise UserError(
        "Python mist de module venv. Installeer die eerst:\n"
        "    sudo apt install python3-venv"
    )


def marker(lock: str) -> Path:
    return VENV / f".{lock}.geinstalleerd"


def fingerprint(lock: str) -> str:
    content = (HERE / lock).read_bytes() + python_version().encode()
    return hashlib.sha256(content).hexdigest()


def is_installed(lock: str) -> bool:
    found = marker(lock)
    return found.is_file() and found.read_text(encoding="utf-8") == fingerprint(lock)


def install(lock: str) -> None:
    """Install exactly what the lock file names, and only when it changed."""
    if is_installed(lock):
        return
    say(f"Ik installeer de pakketten uit {lock}")
    for other in INSTALLED_WITH:
        marker(other).unlink(missing_ok=True)
    if not install_with_uv(lock):
        say("Met uv lukt het niet. Ik ga verder met pip; dat duurt wat langer.")
        install_with_pip(lock)
    for included in INSTALLED_WITH[lock]:
        marker(included).write_text(fingerprint(included), encoding="utf-8")


def install_with_uv(lock: str) -> bool:
    python = str(PYTHON)
    has_uv = succeeds(python, "-m", "uv", "--version") or succeeds(
        python, "-m", "pip", "install", "-q", UV
    )
    install_lock = ["pip", "install", "-q", "--require-hashes", "--python", python]
    return has_uv and succeeds(python, "-m", "uv", *install_lock, "-r", lock)


def install_with_pip(lock: str) -> None:
    options = ["-q", "--no-compile", "--require-hashes", "-r", lock]
    code, output = combined_output(
        [str(PYTHON), "-m", "pip", "install", *options], dict(os.environ)
    )
    if code != 0:
        raise UserError(
            f"{output}\nInstalleren is mislukt. Is er een netwerkverbinding?"
        )


# --- system libraries -------------------------------------------------------


def library_loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def pdf_is_possible() -> bool:
    if LINUX:
        return all(library_loads(name) for name in PDF_LIBRARIES)
    return succeeds(str(PYTHON), "-c", "import weasyprint")


def prepare_pdf() -> None:
    """Make PDF reports possible, or say how; everything else works without them."""
    if pdf_is_possible():
        return
    if apt_install(PDF_PACKAGES) and pdf_is_possible():
        return
    say(
        "Let op: pdf-rapporten werken nog niet op deze computer. De rest werkt wel.\n"
        "Installeer wat ontbreekt en start opnieuw:\n"
        f"    sudo apt install {' '.join(PDF_PACKAGES)}\n"
        "    (macOS: brew install pango)"
    )


def find_browser() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    return chosen or next(filter(None, map(shutil.which, BROWSERS)), None)


def prepare_browser() -> None:
    missing = [] if find_browser() else ["chromium"]
    # The program that drives the browser loads this library, and minimal systems lack it.
    if LINUX and not library_loads("libatomic.so.1"):
        missing.append("libatomic1")
    if not missing or apt_install(missing):
        return
    if missing == ["chromium"] and succeeds(
        str(PYTHON), "-m", "playwright", "install", "chromium"
    ):
        return
    say(
        "Let op: de tests met een browser kunnen niet lukken. Installeer eerst:\n"
        f"    sudo apt install {' '.join(missing)}"
    )


# --- environments -----------------------------------------------------------


def clean_environment() -> dict[str, str]:
    """Copy the caller's environment without what could steer the application."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(FOREIGN_PREFIXES) and name not in FOREIGN_NAMES
    }


def secret_key(var: Path) -> str:
    """Return the key of this folder; the first call makes it, readable by its owner only."""
    path = var / "secret_key"
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def demo_environment(var: Path, port: int) -> dict[str, str]:
    """Decide every setting of the demo.

    Leaving a variable out is not enough: a .env file with the settings of a real
    server would fill it in.
    """
    database = urllib.parse.quote((var / "lpk.sqlite3").as_posix())
    return {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "lpk_site.settings",
        "LPK_PRODUCTION": "0",
        "LPK_DEMO": "1",
        "LPK_SINGLE_WORKER": "1",
        "LPK_VAR": str(var),
        "LPK_RECOVER_SECONDS": os.environ.get("LPK_RECOVER_SECONDS", "30"),
        "LPK_REPORT_LEASE_SECONDS": os.environ.get("LPK_REPORT_LEASE_SECONDS", "150"),
        "DEBUG": "0",
        "SECRET_KEY": secret_key(var),
        "ALLOWED_HOSTS": f"localhost,{HOST}",
        "CSRF_TRUSTED_ORIGINS": "",
        "SECURE_SSL_REDIRECT": "0",
        "SITE_URL": f"http://{HOST}:{port}",
        "DATABASE_URL": f"sqlite:///{database}",
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CACHE_URL": "",
        "MEDIA_ROOT": str(var / "media"),
        "EMAIL_URL": "consolemail://",
        "DEFAULT_FROM_EMAIL": "rechtencirkel@localhost",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        # True for a server, but the demo runs on somebody's own computer.
        "PYTHONWARNINGS": (
            "ignore:You're running the worker with superuser privileges"
        ),
    }


def production_environment(var: Path) -> dict[str, str]:
    """Look like a well configured server, for a check that connects to nothing."""
    return {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "lpk_site.settings",
        "LPK_PRODUCTION": "1",
        "LPK_DEMO": "0",
        "LPK_SINGLE_WORKER": "0",
        "LPK_VAR": str(var),
        "LPK_RECOVER_SECONDS": "30",
        "LPK_REPORT_LEASE_SECONDS": "150",
        "DEBUG": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "rechtencirkel.example.be",
        "CSRF_TRUSTED_ORIGINS": "https://rechtencirkel.example.be",
        "SECURE_SSL_REDIRECT": "1",
        "SITE_URL": "https://rechtencirkel.example.be",
        "DATABASE_URL": "postgres://lpk:geheim@127.0.0.1:5432/lpk",
        "CELERY_BROKER_URL": "redis://:geheim@127.0.0.1:6379/0",
        "CACHE_URL": "redis://:geheim@127.0.0.1:6379/1",
        "MEDIA_ROOT": str(var / "media"),
        "EMAIL_URL": "smtp+tls://lpk:geheim@smtp.example.be:587",
        "DEFAULT_FROM_EMAIL": "Rechtencirkel <rechtencirkel@example.be>",
    }


# --- the demo ---------------------------------------------------------------


@dataclass
class Program:
    """A program of ours in its own process group.

    Ctrl-C in the terminal then reaches the launcher alone, which stops its programs in
    order; and whatever a program leaves behind can be ended with its group.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    started_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=HERE,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None:
            return
        if self.is_running():
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(SECONDS_TO_STOP)
        end_group(self.process)
        self.process.wait()


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a program, its children included."""
    if WINDOWS:
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def web_program(environment: Mapping[str, str], port: int) -> Program:
    if WINDOWS:
        serve = ["manage.py", "runserver", "--noreload", "--insecure", f"{HOST}:{port}"]
    else:
        workers = ["-w", "1", "--threads", "8", "--graceful-timeout", "10"]
        quiet = ["--log-level", "warning", "--no-control-socket"]
        serve = ["-m", "gunicorn", "lpk_site.wsgi", *workers, *quiet]
        serve += ["-b", f"{HOST}:{port}"]
    return Program("De webserver", [str(PYTHON), *serve], environment)


def background_programs(environment: Mapping[str, str], var: Path) -> list[Program]:
    """Return the worker, and the clock where the worker cannot carry it itself."""
    celery = [str(PYTHON), "-m", "celery", "--quiet", "-A", "lpk_site"]
    schedule = ["-s", str(var / "beat")]
    worker = [*celery, "worker", "-P", "solo", "-c", "1", "-l", "WARNING"]
    worker += ["--without-mingle", "--without-gossip", "--without-heartbeat"]
    if not WINDOWS:
        worker += ["-B", *schedule]
        return [Program("De rapportenwerker", worker, environment)]
    clock = [*celery, "beat", "-l", "WARNING", *schedule]
    return [
        Program("De rapportenwerker", worker, environment),
        Program("De klok van de rapporten", clock, environment),
    ]


def refuse_taken_port(port: int) -> None:
    with socket.socket() as attempt:
        if not WINDOWS:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((HOST, port))
        except PermissionError:
            reason = f"Poort {port} mag je op deze computer niet gebruiken."
        except OSError:
            reason = f"Poort {port} is al in gebruik."
        else:
            return
    raise UserError(
        f"{reason} Kies een andere:\n    python3 run.py --port {port % 65535 + 1}"
    )


@contextlib.contextmanager
def only_demo_on(var: Path) -> Iterator[None]:
    """Refuse a second demo on the same files: two workers would take each other's work."""
    with (var / "demo.lock").open("w", encoding="ascii") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UserError(
                    f"De demo draait al met de map {var}.\n"
                    "Stop die eerst met Ctrl-C, of kies een andere map met --var."
                ) from None
        yield


def manage(environment: Mapping[str, str], *arguments: str) -> str:
    """Run a command of manage.py and return what it printed on standard output."""
    done = subprocess.run(
        [str(PYTHON), "manage.py", *arguments],
        cwd=HERE,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise UserError(
            f"{done.stdout}{done.stderr}\nmanage.py {arguments[0]} is mislukt."
        )
    return done.stdout


def prepare_demo(environment: Mapping[str, str], var: Path) -> None:
    say("Ik zet de databank en de voorbeelden klaar")
    # The static file server warns about a folder that is not there.
    (var / "static").mkdir(exist_ok=True)
    manage(environment, "migrate", "-v0")
    manage(environment, "load_reference_data")
    manage(environment, "load_demo")


def is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", HEALTH_PATH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_healthy(web: Program, port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if not web.is_running():
            raise UserError("De webserver start niet. Hierboven staat waarom.")
        if is_healthy(port):
            return
        time.sleep(0.2)
    raise UserError(f"De website antwoordt niet binnen {SECONDS_TO_START} seconden.")


def welcome(port: int, demo: str) -> str:
    """Compose what the user reads when the demo runs: the address and the accounts."""
    rows = [("Naam", "Rol", "E-mailadres", "Wachtwoord")]
    rows += [
        (account["name"], account["role"], account["email"], account["password"])
        for account in json.loads(demo)["accounts"]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join(
        [
            "",
            f"Rechtencirkel draait op http://{HOST}:{port}/",
            "Meld je aan met een van deze accounts:",
            "",
            *table,
            "",
            "Stop met Ctrl-C.",
        ]
    )


def next_pause(pause: float, lived: float) -> float:
    """Wait longer before each new start, until a program has lived in good health."""
    if lived >= SECONDS_OF_GOOD_HEALTH:
        return 1.0
    return min(pause * 2, LONGEST_PAUSE)


def revive(program: Program) -> None:
    lived = time.monotonic() - program.started_at
    say(f"{program.name} is gestopt. Ik start opnieuw over {program.pause:.0f} s.")
    program.stop()
    time.sleep(program.pause)
    program.pause = next_pause(program.pause, lived)
    program.start()


def supervise(web: Program, background: Sequence[Program]) -> NoReturn:
    while True:
        if not web.is_running():
            raise UserError("De webserver is onverwacht gestopt. Alles stopt.")
        for program in background:
            if not program.is_running():
                revive(program)
        time.sleep(0.3)


def stop_all(programs: Sequence[Program]) -> None:
    """Stop in order; a second Ctrl-C must not leave a program behind."""
    for number in stop_signals():
        signal.signal(number, ignore)
    for program in programs:
        program.stop()


def serve_demo(environment: Mapping[str, str], var: Path, port: int) -> None:
    web = web_program(environment, port)
    background = background_programs(environment, var)
    try:
        for program in (web, *background):
            program.start()
        demo = manage(environment, "load_demo", "--json")
        wait_until_healthy(web, port)
        say(welcome(port, demo))
        with contextlib.suppress(KeyboardInterrupt):
            supervise(web, background)
    finally:
        stop_all([web, *background])


def run_demo(var: Path, port: int, *, serve: bool) -> int:
    if serve:
        refuse_taken_port(port)
    make_venv()
    install(RUNTIME_LOCK)
    prepare_pdf()
    var.mkdir(parents=True, exist_ok=True)
    environment = demo_environment(var, port)
    with only_demo_on(var):
        prepare_demo(environment, var)
        if serve:
            serve_demo(environment, var, port)
    say("Gestopt." if serve else "De demo staat klaar. Start met: python3 run.py")
    return 0


def run_bench(var: Path) -> int:
    """Measure in a database of its own and print the table."""
    make_venv()
    install(RUNTIME_LOCK)
    var.mkdir(parents=True, exist_ok=True)
    say(manage(demo_environment(var, 8000), "bench").rstrip())
    return 0


# --- tests and checks -------------------------------------------------------


def run_tests(arguments: Sequence[str]) -> int:
    """Run pytest and pass its exit code on; its own last line is the last one printed."""
    make_venv()
    install(DEV_LOCK)
    prepare_pdf()
    prepare_browser()
    if arguments:
        return run_pytest(arguments)
    return run_pytest(SHORT_SUITE, LPK_TEST_EMBEDDED="1") or run_pytest(LONG_SUITE)


def run_pytest(arguments: Sequence[str], **variables: str) -> int:
    """Run one suite in an environment that cannot steer its Python."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        **variables,
    }
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONWARNINGS"):
        environment.pop(name, None)
    command = [str(PYTHON), "-m", "pytest", *PYTEST_OPTIONS, *arguments]
    tests = subprocess.Popen(command, cwd=HERE, env=environment)
    pass_signals_to(tests)
    return tests.wait()


def pass_signals_to(tests: subprocess.Popen[bytes]) -> None:
    """Let pytest end by itself, so that it stops the servers it started.

    Ctrl-C in a terminal reaches it without help, and twice would break it off.
    """
    for number in stop_signals():
        signal.signal(number, lambda *_: tests.terminate())
    signal.signal(signal.SIGINT, lambda *_: None)


@dataclass(frozen=True)
class Check:
    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


def checks(var: Path) -> list[Check]:
    development = {**clean_environment(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    migrations = ["manage.py", "makemigrations", "--check", "--dry-run"]
    deploy = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    indent = ["-m", "djhtml", "--check", "--tabwidth", "2", "templates"]
    return [
        Check("ruff check", ["-m", "ruff", "check", "."], development),
        Check("ruff format", ["-m", "ruff", "format", "--check", "."], development),
        Check("mypy", ["-m", "mypy", "."], development),
        Check("djlint", ["-m", "djlint", "--lint", "templates"], development),
        Check("djhtml", indent, development),
        Check("migraties", migrations, development),
        Check("veilig op een server", deploy, production_environment(var)),
    ]


def report(check: Check) -> bool:
    started = time.monotonic()
    code, output = combined_output([str(PYTHON), *check.arguments], check.environment)
    verdict = "in orde" if code == 0 else "NIET in orde"
    say(f"{check.name:<22}{verdict:<14}{time.monotonic() - started:5.1f} s")
    if code != 0:
        say(output)
    return code == 0


def run_checks() -> int:
    make_venv()
    install(DEV_LOCK)
    with tempfile.TemporaryDirectory(prefix="lpk-lint-") as var:
        verdicts = [report(check) for check in checks(Path(var))]
    return 0 if all(verdicts) else 1


def run_format() -> int:
    make_venv()
    install(DEV_LOCK)
    steps = [
        ["ruff", "check", "--fix", "."],
        ["ruff", "format", "."],
        ["djhtml", "--tabwidth", "2", "templates"],
    ]
    codes = [
        subprocess.run([str(PYTHON), "-m", *step], cwd=HERE, check=False).returncode
        for step in steps
    ]
    return max(codes)


# --- the command line -------------------------------------------------------


class DutchParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Answer in the reader's language; the parser's own message is English."""
        raise UserError(f"Die opdracht ken ik niet. Dit kan wel:\n\n{HELP}")


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise UserError("Een poort is een getal van 1 tot 65535.")
    return int(text)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = DutchParser(add_help=False, allow_abbrev=False)
    commands = ["demo", "setup", "lint", "format", "bench"]
    parser.add_argument("command", nargs="?", choices=commands, default="demo")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.add_argument("--var", type=Path, default=HERE / "var")
    parser.add_argument("-h", "--help", action="store_true")
    return parser.parse_args(arguments)


def dispatch(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["test"]:
        return run_tests(arguments[1:])
    options = parse(arguments)
    if options.help:
        say(HELP)
        return 0
    if options.command == "lint":
        return run_checks()
    if options.command == "format":
        return run_format()
    if options.command == "bench":
        return run_bench(options.var.resolve())
    serve = options.command == "demo"
    return run_demo(options.var.resolve(), options.port, serve=serve)


def stop_signals() -> list[signal.Signals]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    return [getattr(signal, name) for name in names if hasattr(signal, name)]


def ignore(number: int, frame: FrameType | None) -> None:
    """Let a signal pass; the interpreter complains when the system's own way does it."""


def interrupt(number: int, frame: FrameType | None) -> NoReturn:
    """Break off once: a second signal on its heels may not break off the tidying up."""
    for other in stop_signals():
        signal.signal(other, ignore)
    raise KeyboardInterrupt


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        say("Je hebt Python 3.11 of nieuwer nodig.")
        return 1
    for number in stop_signals():
        signal.signal(number, interrupt)
    try:
        return dispatch(arguments)
    except KeyboardInterrupt:
        say("\nGestopt.")
        return 130
    except UserError as problem:
        say(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
