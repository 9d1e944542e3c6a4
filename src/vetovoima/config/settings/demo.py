"""The demonstration: loopback only, plain HTTP, mail kept in the database for reading at the desk."""

from .base import *
from .base import VAR_DIR, env

VETOVOIMA_DEMO = True
SECRET_KEY = env.text("SECRET_KEY", "demonstration-only-this-key-protects-nothing-real")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.words("ALLOWED_HOSTS")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = "invest@vetovoima.example"
# "127.0.0.1:8100": lets the demonstration harvest from a server that its operator started beside it.
VETOVOIMA_HTTP_ALLOWED_LOOPBACK = env.words("HTTP_ALLOWED_LOOPBACK")
