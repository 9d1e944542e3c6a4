"""Production: refuses to start without a secret and a host name, and speaks HTTPS only."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import ALLOWED_HOSTS, SECRET_KEY, VETOVOIMA_TRUSTED_PROXIES, env

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("VETOVOIMA_SECRET_KEY must be set to at least 50 random characters")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("VETOVOIMA_ALLOWED_HOSTS must name the host names of the service, without *")
if env.words("HTTP_ALLOWED_LOOPBACK"):
    raise ImproperlyConfigured(
        "VETOVOIMA_HTTP_ALLOWED_LOOPBACK is for tests and the demonstration; remove it here"
    )

SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if VETOVOIMA_TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
