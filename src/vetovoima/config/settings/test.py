"""The tests: the same product, fast hashing, mail in memory, its own folders."""

import atexit
import shutil
import tempfile
from pathlib import Path

from vetovoima.config.environment import database_from_url

from .base import *
from .base import env

SECRET_KEY = "tests-only-tests-only-tests-only-tests-only-tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
VAR_DIR = Path(tempfile.mkdtemp(prefix="vetovoima-test-"))
atexit.register(shutil.rmtree, VAR_DIR, True)
VETOVOIMA_HTTP_ALLOWED_LOOPBACK = env.words("HTTP_ALLOWED_LOOPBACK")
VETOVOIMA_VISITS_IN_BACKGROUND = False
# A publication is followed by the next request: tests do not wait for a clock.
VETOVOIMA_PUBLIC_VERSION_SECONDS = -1.0
MEDIA_ROOT = VAR_DIR / "media"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir()
DATABASES = {
    "default": database_from_url(
        env.text("TEST_DATABASE_URL") or f"sqlite:///{VAR_DIR / 'vetovoima.sqlite3'}"
    ),
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    "drawings": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "drawings"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
