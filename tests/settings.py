"""The settings of the tests: the same as everywhere, on throw-away servers.

Every variable that settings.py reads is decided here, so that neither the caller's
environment nor a .env file can steer the tests to a real server. tests/services.py says
where the servers are; without it (type checker, makemigrations) SQLite does.
"""

import os
import urllib.parse
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
EMBEDDED = os.environ.get("LPK_TEST_EMBEDDED") == "1"
TEST_VAR = Path(os.environ.get("LPK_TEST_VAR", BASE_DIR / "var" / "tests"))
# A worker process that a test starts is told which file the test itself uses.
SQLITE_FILE = Path(os.environ.get("LPK_TEST_SQLITE", TEST_VAR / "lpk.sqlite3"))
SQLITE_URL = "sqlite:///" + urllib.parse.quote(SQLITE_FILE.as_posix())
DATABASE_URL = "" if EMBEDDED else os.environ.get("TEST_DATABASE_URL", "")
BROKER_URL = "" if EMBEDDED else os.environ.get("TEST_REDIS_URL", "")

os.environ.update(
    {
        "LPK_PRODUCTION": "0",
        "LPK_DEMO": "0",
        "LPK_SINGLE_WORKER": "0",
        "LPK_VAR": str(TEST_VAR),
        "LPK_RECOVER_SECONDS": os.environ.get("LPK_RECOVER_SECONDS", "30"),
        "LPK_REPORT_LEASE_SECONDS": os.environ.get("LPK_REPORT_LEASE_SECONDS", "150"),
        "DEBUG": "0",
        "SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "CSRF_TRUSTED_ORIGINS": "",
        "SECURE_SSL_REDIRECT": "0",
        "SITE_URL": "http://testserver",
        "DATABASE_URL": DATABASE_URL or SQLITE_URL,
        "CELERY_BROKER_URL": BROKER_URL or "filesystem://localhost",
        "CACHE_URL": "",
        "MEDIA_ROOT": str(TEST_VAR / "media"),
        "EMAIL_URL": "memorymail://",
        "DEFAULT_FROM_EMAIL": "rechtencirkel@localhost",
    }
)

from lpk_site.settings import *  # noqa: E402, F403 - the variables come first
from lpk_site.settings import DATABASES, STATIC_ROOT, USES_SQLITE  # noqa: E402

# Slow hashing protects passwords; these protect nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The static file server warns about a folder that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

if USES_SQLITE:
    # A file, because a worker in another process must see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_VAR / "test.sqlite3")}
