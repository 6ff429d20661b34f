"""All settings, in fixed sections. What differs per machine is an environment variable.

Production is the default: the demo and the tests switch it off explicitly, so that a
forgotten variable refuses to start instead of starting unsafely (`.env.example`).
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

# --- core -------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").is_file():
    env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("LPK_PRODUCTION", default=True)
DEMO = env.bool("LPK_DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
VAR_DIR = Path(env.str("LPK_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    "kader",
    "accounts",
    "projects",
    "rechtencirkel",
    "dialogue",
    "improvement_actions",
    "reports",
    "lpk_site",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "lpk_site.middleware.response_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lpk_site.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lpk_site.middleware.SecondLookMiddleware",
]

ROOT_URLCONF = "lpk_site.urls"
WSGI_APPLICATION = "lpk_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["kader.templatetags.kader_tags"],
        },
    }
]

# --- data -------------------------------------------------------------------

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'lpk.sqlite3'}")
}
USES_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if USES_SQLITE:
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c lock_timeout=3000 -c statement_timeout=30000"
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.str("CACHE_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
    }
    if CACHE_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- language ---------------------------------------------------------------

LANGUAGE_CODE = "nl-be"
LANGUAGES = [("nl-be", "Nederlands")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["lpk_site.formats"]

# --- files ------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Photos of filled-in paper: served by one view only, and gone within days. Not in a back-up.
SHEET_PHOTO_ROOT = VAR_DIR / "sheet-photos"
# What is being uploaded waits here, not in the machine's own folder that everybody shares.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "lpk_site.static_storage.PublishedFiles"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- mail -------------------------------------------------------------------

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="rechtencirkel@localhost")

# --- celery -----------------------------------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_TIMEZONE = TIME_ZONE
USES_FILESYSTEM_BROKER = CELERY_BROKER_URL.startswith("filesystem://")
if USES_FILESYSTEM_BROKER:
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in (QUEUE_DIR, QUEUE_DIR / "processed", QUEUE_DIR / "control"):
        folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "processed_folder": str(QUEUE_DIR / "processed"),
        "control_folder": str(QUEUE_DIR / "control"),
        "store_processed": False,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 300,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }
CELERY_BEAT_SCHEDULE = {
    "recover-reports": {
        "task": "reports.tasks.recover_reports",
        "schedule": env.float("LPK_RECOVER_SECONDS", default=30.0),
    },
    # Redacted words keep their original for thirty days and not a day longer.
    "wipe-originals": {
        "task": "rechtencirkel.tasks.wipe_originals",
        "schedule": crontab(minute="30", hour="3"),
    },
    # Photos of paper go fourteen days after hand-in; files without a row go with them.
    "delete-photos": {
        "task": "rechtencirkel.tasks.delete_photos",
        "schedule": crontab(minute="40", hour="3"),
    },
    # What a device may ask about again is kept for 120 days.
    "forget-answered-requests": {
        "task": "rechtencirkel.tasks.forget_answered_requests",
        "schedule": crontab(minute="45", hour="3"),
    },
    # A report that nobody read back counts after two weeks: then it comes out by itself.
    "publish-answers": {
        "task": "rechtencirkel.tasks.publish_answers_that_wait",
        "schedule": crontab(minute="30", hour="5"),
    },
    # A link closes on its last day without anybody looking: what it held is counted then.
    "settle-links": {
        "task": "rechtencirkel.tasks.settle_links",
        "schedule": crontab(minute="20", hour="5"),
    },
    # Votes by phone that nobody took over are gone after a day.
    "forget-live-sessions": {
        "task": "rechtencirkel.tasks.forget_live_sessions",
        "schedule": crontab(minute="40"),
    },
    # Early enough to read with coffee; the later hours are for a mail server that slept.
    "send-digests": {
        "task": "reports.tasks.send_digests",
        "schedule": crontab(minute="0", hour="7,9,11", day_of_week="mon"),
    },
}
# A report that is longer than this in one worker's hands is given to another. Longer
# than the hard limit of a task, shorter than the broker's own redelivery.
REPORT_LEASE_SECONDS = env.int("LPK_REPORT_LEASE_SECONDS", default=150)
# True where exactly one worker exists: whatever it finds half done at start is its own.
SINGLE_WORKER = env.bool("LPK_SINGLE_WORKER", default=False)

# --- accounts and security --------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "accounts.passwords.NotAboutYou",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "accounts.passwords.NotCommon"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("projects:project_list")
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = reverse_lazy("account_login")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reauthenticate": "accounts.forms.ConfirmPasswordForm",
}
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SignInCodeForm",
    "reauthenticate": "accounts.forms.ConfirmCodeForm",
    "activate_totp": "accounts.forms.ActivateSecondStepForm",
}
# An address was proven by the invitation that went to it; there is no other page for it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Rechtencirkel"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# Gone with the browser: whoever answers by link keeps no cookie of this site.
CSRF_COOKIE_AGE = None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Behind the proxy every visitor has its address: the brake on passwords counts per
    # visitor only when it believes the last address that the proxy wrote down.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- third party ------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "lpk"
CRISPY_TEMPLATE_PACK = "lpk"
CRISPY_FAIL_SILENTLY = False

# --- refusals ---------------------------------------------------------------


def _unsafe_combinations() -> list[str]:
    """Say in Dutch, for whoever installs, what may not go together in production."""
    reasons = {
        "DEBUG staat aan.": DEBUG,
        "LPK_DEMO staat aan.": DEMO,
        "SECRET_KEY is te kort of is het voorbeeld uit .env.example.": (
            len(SECRET_KEY) < 50 or SECRET_KEY.startswith("vervang-mij")
        ),
        "DATABASE_URL wijst naar SQLite. Gebruik PostgreSQL.": USES_SQLITE,
        "CELERY_BROKER_URL wijst niet naar Redis.": not CELERY_BROKER_URL.startswith(
            ("redis://", "rediss://")
        ),
        "CACHE_URL ontbreekt: zonder gedeeld geheugen werkt de rem op wachtwoorden niet.": (
            not CACHE_URL
        ),
        "ALLOWED_HOSTS is leeg of laat alles toe.": (
            not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS
        ),
    }
    return [reason for reason, applies in reasons.items() if applies]


if PRODUCTION and (refusals := _unsafe_combinations()):
    raise ImproperlyConfigured(
        "De toepassing start niet in productie:\n- " + "\n- ".join(refusals)
    )
