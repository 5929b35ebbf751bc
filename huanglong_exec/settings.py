"""Every setting of the program; values come from the environment, defaults are the court's.

EXEC_MODE is `court` unless `make run` says `demo`: demo accounts, their list on the log-in page and the
demo data exist in `demo` only.
"""

import os
from datetime import time, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"


def env_list(name: str) -> list[str]:
    return [word for word in os.environ.get(name, "").split(",") if word]


def database(url: str) -> dict:
    """postgres://user:password@host:port/name → Django's dictionary; host may be a quoted socket folder."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0]),
        "PORT": str(parts.port or ""),
        # Prepared statements (cases.statements) save the planning only with plans that fit every parameter.
        # An unset pgtrigger.ignore costs every fired trigger a rolled-back subtransaction: a long import the square of its rows.
        "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan -c jit=off -c pgtrigger.ignore={}"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": f"test_{os.environ.get('TEST_DB', 'exec')}"},
    }


# Where and how it runs
EXEC_MODE = os.environ.get("EXEC_MODE", "court")
DEMO = EXEC_MODE == "demo"
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY and DEMO:
    SECRET_KEY = "demo-only-" + "k" * 60  # the court's key comes from the environment, never from here
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS") or (["*"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://exec_app@localhost/exec")
DB_OWNER_URL = os.environ.get("DB_OWNER_URL", DATABASE_URL)
DB_APP_ROLE = "exec_app"
DATABASES = {"default": database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "huanglong_exec.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
}

INSTALLED_APPS = [
    "huanglong_exec.apps.StaffingAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "django_htmx",
    "guardian",
    "pgtrigger",
    "pghistory",
    "teams",
    "cases",
    "documents",
    "assets",
    "reception",
    "archives",
    "preservation",
    "coercion",
    "petitions",
    "quality",
    "huanglong_exec",
]

MIDDLEWARE = [
    "huanglong_exec.middleware.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huanglong_exec.middleware.NoNulMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cases.typed.TypedMiddleware",
    "teams.middleware.SessionLimitMiddleware",
    "teams.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cases.middleware.PanelMiddleware",
    "cases.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "huanglong_exec.urls"
WSGI_APPLICATION = "huanglong_exec.wsgi.application"
FORM_RENDERER = "huanglong_exec.forms.FieldRenderer"

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
                "cases.frame.frame",
            ],
            "builtins": ["cases.templatetags.ui"],
        },
    }
]

# Language, time, files
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", VAR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static_src", ("vendor", VAR / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEMO or DEBUG
FILES_DIR = Path(os.environ.get("FILES_DIR", VAR / "files"))
FILES_ACCEL = os.environ.get("FILES_ACCEL", "")  # nginx's internal address of FILES_DIR, e.g. /files/
FONTS_DIR = VAR / "fonts"
SEAL_PROVIDER = os.environ.get("SEAL_PROVIDER", f"documents.{'demo_seal.Demo' if DEMO else 'seals.Place'}")
EXCHANGE_DIR = Path(os.environ.get("EXCHANGE_DIR", VAR / "exchange"))  # packages out, receipts in: docs/exchange.md
FONT_FANG = os.environ.get(
    "FONT_FANG", ""
)  # the site's licensed 仿宋_GB2312 (a TrueType file); without it Song stands in
OCR = os.environ.get("OCR", "1") == "1"  # reading scans; needs the group `ocr` and a worker of the queue `ocr`
# Papers to be uploaded leave by themselves for the folder.
UPLOADS = os.environ.get("UPLOADS", "1" if DEMO else "") == "1"
FIGURES_KEPT = int(os.environ.get("FIGURES_KEPT_MINUTES", "10"))  # how old figures of /stats/ may be; 0: always anew
SCAN_DIR = Path(os.environ["SCAN_DIR"]) if os.environ.get("SCAN_DIR") else None  # where scanners put their files
ARCHIVE_DIR = Path(os.environ.get("ARCHIVE_DIR", VAR / "archive"))  # packages of archived files
FILE_MAX_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Log-in and session (等保 2.0 third level, reference §17.3)
AUTH_USER_MODEL = "teams.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "teams.passwords.ThreeOfFourClasses"},
    {"NAME": "teams.passwords.NotUsedLately"},
]
PASSWORD_DAYS = 90
PASSWORD_HISTORY = 5
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE = timedelta(minutes=int(os.environ.get("SESSION_IDLE_MINUTES", "15")))
SESSION_ABSOLUTE = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE.total_seconds())
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
SILENCED_SYSTEM_CHECKS = [
    "axes.W006",  # accounts are locked, not addresses: a whole floor shares one address
    "guardian.W001",  # object rights are read by cases.rights, never by has_perm
]
AXES_LOCKOUT_PARAMETERS = [["username"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "teams/locked.html"
AXES_USERNAME_FORM_FIELD = "username"
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "teams.origin.of"
SIGNING_PASSWORD_MINUTES = 30

# What the browser is told
HTTPS = os.environ.get("HTTPS", "" if DEMO else "1") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "huanglong_exec.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# The court
COURT_NAME = "濮阳市华龙区人民法院"
COURT_CODE = "豫0902"
OWN_NUMBERING = DEMO  # numbers of 执恢, 执保 given here instead of by 立案庭
SOFT_END = time(17, 30)

# Object permissions are exceptions only (flow §7): no anonymous officer, no fallback to global rights.
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False

# Background work
CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://')}?virtual_host=0" if REDIS_URL.startswith("unix:") else REDIS_URL
)
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request that enqueues does not wait for a broker that is away: the sweep sends the job later.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 0.5,
    "socket_timeout": 30,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
}
CELERY_TASK_PUBLISH_RETRY = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "huanglong_exec.logs.RequestFilter"}},
    "formatters": {"json": {"()": "huanglong_exec.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
TEST_RUNNER = "django.test.runner.DiscoverRunner"
