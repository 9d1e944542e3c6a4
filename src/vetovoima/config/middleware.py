"""Middleware: the page cache, languages, security headers."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from vetovoima.api.ogc.answers import JSON, form_of
from vetovoima.api.ogc.items import items
from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.services import VERSION_KEY, publish_version

Answer = Callable[[HttpRequest], HttpResponse]
#: what is never kept: personal areas, doors that write, pictures, which are kept under what they show, and features,
#: whose form hangs on what the reader accepts and which are joined of ready bytes anyway
UNCACHED = (
    "/desk/", "/cms/", "/accounts/", "/healthz", "/readyz", "/metrics", "/media/", "/static/", "/social/", "/ogc/",
)  # fmt: skip
#: files to take along: an address with anything after it is another key, and each would lie there whole
FILES = ("application/pdf", "application/vnd.openxmlformats", "application/zip")
#: a larger body, as it would be stored, is not kept either
MOST_KEPT_BYTES = 300_000
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=()"
ITEMS_ADDRESS = re.compile(r"/ogc/collections/([A-Za-z0-9_-]{1,60})/items/?")
#: how long a process may use the public version it read last, in seconds
VERSION_SECONDS = 0.2


def language_of(request: HttpRequest) -> str:
    """The language of an answer: the address's, else that of `lang`, else the reader's first that we speak, else English."""
    first = request.path.split("/", 2)[1]
    asked = first if first in LANGUAGES else request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = translation.get_language_from_request(request)[:2]
    return accepted if accepted in LANGUAGES else "en"


class PageCacheMiddleware:
    """Keeps whole public answers in a cache that the web processes share.

    The outermost layer: an answer from here touches neither session nor database. Every key holds the version of the
    public side, which publishing moves, so that nothing old is served after a publication. Requests with a session
    cookie pass by, answers that set a cookie, vary by it or say no-store are not kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.version = ""
        self.version_read = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer from the cache, or ask further in and keep the answer."""
        if not self._may_be_kept(request):
            return self.get_response(request)
        key = self._key(request)
        kept = caches["pages"].get(key)
        if kept is not None:
            return self._again(request, *kept)
        response = self.get_response(request)
        if self._is_public(response):
            self._finish(request, response, key)
            if len(response.content) <= MOST_KEPT_BYTES:
                caches["pages"].set(key, (response.status_code, list(response.items()), response.content))
        return response

    @staticmethod
    def _finish(request: HttpRequest, response: HttpResponse, key: str) -> None:
        """Give a page what a browser needs to ask again cheaply, and compress it: it holds nothing secret."""
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("ETag", f'W/"{key[5:29]}"')
        patch_vary_headers(response, ("Accept-Encoding",))
        wanted = "gzip" in request.headers.get("Accept-Encoding", "")
        if wanted and not response.has_header("Content-Encoding") and len(response.content) > 500:
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(response.content))

    @staticmethod
    def _may_be_kept(request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and not request.path.startswith(UNCACHED)
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and len(request.get_full_path()) < 1000
        )

    @staticmethod
    def _is_public(response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and not response.get("Content-Type", "").startswith(FILES)
            and "no-store" not in response.get("Cache-Control", "")
            and "private" not in response.get("Cache-Control", "")
            and "cookie" not in response.get("Vary", "").lower()
        )

    def _current_version(self) -> str:
        if time.monotonic() - self.version_read > VERSION_SECONDS:
            self.version = caches["pages"].get(VERSION_KEY) or publish_version()
            self.version_read = time.monotonic()
        return self.version

    def _key(self, request: HttpRequest) -> str:
        parts = (
            self._current_version(), request.get_host(), request.scheme, request.method or "", request.get_full_path(),
            request.headers.get("Accept-Language", "")[:100] if request.path == "/" else language_of(request),
            request.headers.get("HX-Request", ""), "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
        )  # fmt: skip
        return "page-" + hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()

    @staticmethod
    def _again(
        request: HttpRequest, status: int, headers: list[tuple[str, str]], content: bytes
    ) -> HttpResponse:
        etag = next((value for name, value in headers if name.lower() == "etag"), "")
        if etag and request.headers.get("If-None-Match") == etag:
            kept = {"etag", "cache-control", "last-modified", "vary", "access-control-allow-origin"}
            return HttpResponse(status=304, headers={n: v for n, v in headers if n.lower() in kept})
        response = HttpResponse(content, status=status)
        for name, value in headers:
            response.headers[name] = value
        response.headers["X-Page-Cache"] = "hit"
        return response


class FeaturesMiddleware:
    """Answers programs that ask for features before sessions, sign-in and pages come into play (docs/decisions/0023).

    The door is open to anybody, reads ready bytes and sets nothing, so that what the layers further in do would be thrown
    away; they cost several times what the answer does. Transport security and the language are the same as elsewhere.
    Pages of features for people go the usual way.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.secured: Any = SecurityMiddleware(self._open)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer features at once, and hand everything else on."""
        if not request.path_info.startswith("/ogc/collections/") or form_of(request) != JSON:
            return self.get_response(request)
        found = ITEMS_ADDRESS.fullmatch(request.path_info)
        if found is None:
            return self.get_response(request)
        request.ogc_collection = found[1]  # type: ignore[attr-defined]
        response: HttpResponse = self.secured(request)
        return response

    @staticmethod
    def _open(request: HttpRequest) -> HttpResponse:
        asked = language_of(request)
        with translation.override(asked):
            request.LANGUAGE_CODE = asked
            response = items(request, collection=request.ogc_collection)  # type: ignore[attr-defined]
        if response.content:
            response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Language"] = asked
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response


class LanguageMiddleware:
    """The language of a public address is in the address; of a machine door in `lang`; else English."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will activate the language for the time of the request."""
        asked = language_of(request)
        with translation.override(asked):
            request.LANGUAGE_CODE = asked
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", asked)
        return response


class StaffLanguageMiddleware:
    """At the desk and in account pages people read the language they chose; Finnish unless they did."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will activate the person's language outside the public pages."""
        if (
            not request.path.startswith(("/desk/", "/accounts/", "/cms/"))
            or not request.user.is_authenticated
        ):
            return self.get_response(request)
        language: Any = request.user.language
        with translation.override(language if language in LANGUAGES else "fi"):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers["Content-Language"] = request.LANGUAGE_CODE or "fi"
            return response


#: what the content editor needs beyond the product's own policy: Wagtail's admin has inline scripts and styles
CMS_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class SecurityHeadersMiddleware:
    """Headers that Django does not set by itself, and the content editor's own policy."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will add the headers to every answer."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith("/cms/"):
            response._csp_replace = CMS_POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            response.headers["Cache-Control"] = "no-store"
        if request.path.startswith(("/desk/", "/cms/", "/accounts/")):
            response.headers["Referrer-Policy"] = "same-origin"
        return response
