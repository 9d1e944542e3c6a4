"""Settings shared by the demonstration, production and the tests.

Whatever an operator may change comes from the environment and stands in `docs/operator/settings.md`.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from vetovoima.config.environment import Environment, database_from_url, scanner_address

env = Environment()

PACKAGE_DIR = Path(__file__).resolve().parents[2]
PROJECT_DIR = Path(env.text("PROJECT_DIR") or PACKAGE_DIR.parents[1])
VAR_DIR = Path(env.text("VAR_DIR") or PROJECT_DIR / "var")
# Search dictionaries, built once when the database is prepared.
VETOVOIMA_LEMMAS_DIR = Path(env.text("LEMMAS_DIR") or VAR_DIR / "lemmas")
REGIONS_DIR = Path(env.text("REGIONS_DIR") or PROJECT_DIR / "regions")

VETOVOIMA_REGION = env.text("REGION", "kainuu")
VETOVOIMA_DEMO = False
VETOVOIMA_MAP_TILES_URL = env.text("MAP_TILES_URL")
VETOVOIMA_MAP_TILES_CREDIT = env.text("MAP_TILES_CREDIT")
VETOVOIMA_PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 300)
# how long a web process may use the public version that it read last
VETOVOIMA_PUBLIC_VERSION_SECONDS = 0.2
VETOVOIMA_TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
# Servers on this machine that may be read over plain http: for tests and the demonstration alone, never production.
VETOVOIMA_HTTP_ALLOWED_LOOPBACK: list[str] = []
VETOVOIMA_PXWEB_URL = env.text("PXWEB_URL", "https://pxdata.stat.fi/PxWeb/api/v1").rstrip("/")
VETOVOIMA_COMPANY_REGISTER_URL = env.text(
    "COMPANY_REGISTER_URL", "https://avoindata.prh.fi/opendata-ytj-api/v3"
).rstrip("/")
VETOVOIMA_API_CALLS_PER_MINUTE = env.number("API_CALLS_PER_MINUTE", 600)
VETOVOIMA_API_PUBLIC_CALLS_PER_MINUTE = env.number("API_PUBLIC_CALLS_PER_MINUTE", 300)
VETOVOIMA_PUBLIC_URL = env.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
# Names that `utm_campaign` or `utm_source` of an address may have to be counted; any other is not believed.
VETOVOIMA_CAMPAIGNS = env.words("CAMPAIGNS")
# Tests store counts of visits themselves: a thread of its own would write into the next test's database.
VETOVOIMA_VISITS_IN_BACKGROUND = True

SECRET_KEY = env.text("SECRET_KEY")
# Keys that are being replaced: what they signed or sealed is still read.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "vetovoima.config",
    "vetovoima.portal",
    "vetovoima.desk",
    "vetovoima.api",
    "vetovoima.monitoring",
    "vetovoima.syndication",
    "vetovoima.pipeline",
    "vetovoima.collection",
    "vetovoima.cooperation",
    "vetovoima.catalogue",
    "vetovoima.directory",
    "vetovoima.activity",
    "vetovoima.media",
    "vetovoima.messaging",
    "vetovoima.accounts",
    "vetovoima.reference",
    "vetovoima.common",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "taggit",
    "modelcluster",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    # Features as ready bytes and feeds that have not changed, before everything that they do not need (docs/decisions/0023).
    "vetovoima.config.middleware.ProgramsMiddleware",
    # Outside the page cache, so that pages from there are counted too (docs/decisions/0020).
    "vetovoima.config.visits.VisitsMiddleware",
    # An answer from the cache touches no session, no database (docs/decisions/0006).
    "vetovoima.config.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "vetovoima.config.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vetovoima.config.middleware.StaffLanguageMiddleware",
    "vetovoima.config.doors.ContentEditorDoor",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "vetovoima.config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "vetovoima.config.urls"
WSGI_APPLICATION = "vetovoima.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vetovoima.config.context.product",
            ],
        },
    },
]

DATABASES = {
    "default": database_from_url(env.text("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'vetovoima.sqlite3'}")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DRAWINGS_SECONDS = 30 * 24 * 3600
CACHES = {
    # Sign-in limits and the guard against replayed codes sit here: they must be shared between the web processes.
    # Room for many: at Django's 300 entries, counts of sign-ins would be thrown out for counts of API calls.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Finished public pages: files are shared between processes without a service.
    "pages": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.text("PAGE_CACHE_DIR") or str(VAR_DIR / "page-cache"),
        "TIMEOUT": VETOVOIMA_PAGE_CACHE_SECONDS,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
    # Charts and shared pictures, kept by what they show: visitors fill this one, so nothing that guards sits in it.
    "drawings": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "drawings"),
        "TIMEOUT": DRAWINGS_SECONDS,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}
if env.text("CACHE_URL"):
    _shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.text("CACHE_URL")}
    CACHES = {
        "default": {**_shared, "KEY_PREFIX": "limits"},
        "pages": {**_shared, "KEY_PREFIX": "pages", "TIMEOUT": VETOVOIMA_PAGE_CACHE_SECONDS},
        "drawings": {**_shared, "KEY_PREFIX": "drawings", "TIMEOUT": DRAWINGS_SECONDS},
    }

LANGUAGE_CODE = "en"
LANGUAGES = [("fi", _("Finnish")), ("en", _("English")), ("sv", _("Swedish"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
FORMAT_MODULE_PATH = "vetovoima.config.formats"
TIME_ZONE = env.text("TIME_ZONE", "Europe/Helsinki")
USE_I18N = True
USE_TZ = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "vetovoima.accounts.adapters.ClosedDoorAdapter"
# An address is shown to be somebody's by the letter of the invitation, and nobody changes it afterwards.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Whoever types a stranger's address into the password page does not make us write to the stranger.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USER_DISPLAY = "vetovoima.accounts.models.display_name"
ALLAUTH_TRUSTED_PROXY_COUNT = VETOVOIMA_TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Vetovoima"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "vetovoima.desk.errors.csrf_failure"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PACKAGE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
# The front end names its files by their content: those never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.*/build/assets/.+-[\w-]{8}\.\w+$"
# Files of the offer are served by the application, never from a listed folder.
MEDIA_ROOT = Path(env.text("MEDIA_DIR") or VAR_DIR / "media")
MEDIA_URL = "/media/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
VETOVOIMA_MAX_UPLOAD_BYTES = 10 * 1024 * 1024
VETOVOIMA_MAX_FILE_BYTES = env.number("MAX_FILE_MB", 20) * 1024 * 1024
VETOVOIMA_VIRUS_SCANNER = scanner_address(env.text("VIRUS_SCANNER"))
VETOVOIMA_VIRUS_SCANNER_SECONDS = env.number("VIRUS_SCANNER_SECONDS", 60)

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "vetovoima@localhost")

WAGTAIL_SITE_NAME = "Vetovoima"
WAGTAILADMIN_BASE_URL = VETOVOIMA_PUBLIC_URL
# Both phone out by default; a public body's editor must not.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = VETOVOIMA_MAX_UPLOAD_BYTES
# What is uploaded is served from our own address: nothing that a browser runs.
WAGTAILDOCS_EXTENSIONS = ["pdf", "xlsx", "csv", "docx", "pptx", "zip", "ics"]
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
# Addresses and passwords are no matter of the content editor: see config/doors.py.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [
            SELF,
            "data:",
            *([VETOVOIMA_MAP_TILES_URL.split("{")[0]] if VETOVOIMA_MAP_TILES_URL else []),
        ],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
    },
}
