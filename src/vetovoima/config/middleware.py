"""Middleware: programs, the page cache, languages, security headers."""

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

from vetovoima.api.caching import not_modified, unchanged
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
FEEDS, FEATURES = "/feeds/", "/ogc/collections/"
ITEMS_ADDRESS = re.compile(r"/ogc/collections/([A-Za-z0-9_-]{1,60})/items/?")


def language_of(request: HttpRequest) -> str:
    """The language of an answer: the address's, else that of `lang`, else the reader's first that we speak, else English."""
    first = request.path.split("/", 2)[1]
    asked = first if first in LANGUAGES else request.GET.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = translation.get_language_from_request(request)[:2]
    return accepted if accepted in LANGUAGES else "en"


class PublicVersion:
    """The version of the public side as this process read it last, at most VETOVOIMA_PUBLIC_VERSION_SECONDS ago."""

    def __init__(self) -> None:
        self.text = ""
        self.read_at = 0.0

    def now(self) -> str:
        """This will return the version, from the cache that the processes share when it has not been read just now."""
        if time.monotonic() - self.read_at > settings.VETOVOIMA_PUBLIC_VERSION_SECONDS:
            self.text = caches["pages"].get(VERSION_KEY) or publish_version()
            self.read_at = time.monotonic()
        return self.text


class PageCacheMiddleware:
    """Keeps whole public answers in a cache that the web processes share.

    The outermost layer: an answer from here touches neither session nor database. Every key holds the version of the
    public side, which publishing moves, so that nothing old is served after a publication. Requests with a session
    cookie pass by, answers that set a cookie, vary by it or say no-store are not kept.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.version = PublicVersion()

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

    def _key(self, request: HttpRequest) -> str:
        parts = (
            self.version.now(), request.get_host(), request.scheme, request.method or "", request.get_full_path(),
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
            unmodified = not_modified()
            for name, value in headers:
                if name.lower() in kept:
                    unmodified.headers[name] = value
            return unmodified
        response = HttpResponse(content, status=status)
        for name, value in headers:
            response.headers[name] = value
        response.headers["X-Page-Cache"] = "hit"
        return response


class ProgramsMiddleware:
    """Answers programs before sessions, sign-in and pages come into play: who asks for features, and who has a feed
    already and asks whether anything has changed (docs/decisions/0023).

    These doors are open to anybody and set nothing, so that what the layers further in do for people would be thrown away;
    it costs several times what the answer does. Transport security, language and headers are the same as further in. What
    cannot be answered here goes the usual way: pages of features for people, and a feed that has changed. The application
    asks `at_once` before Django's handler begins (config/wsgi.py); wherever requests come another way, this layer does.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.secured: Any = SecurityMiddleware(self._finished)
        self.version = PublicVersion()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer what can be answered at once, and hand everything else on."""
        return self.at_once(request) or self.get_response(request)

    def at_once(self, request: HttpRequest) -> HttpResponse | None:
        """This will answer a program, or return None: then the request goes the usual way."""
        door = self._door(request)
        if door is None:
            return None
        request.program_door = door  # type: ignore[attr-defined]
        response: HttpResponse = self.secured(request)
        return response

    def _door(self, request: HttpRequest) -> Callable[[], HttpResponse] | None:
        """What answers a request here, if anything does."""
        path = request.path_info
        if path.startswith(FEEDS) and "HTTP_IF_NONE_MATCH" in request.META:
            request.LANGUAGE_CODE = language_of(request)
            answer = unchanged(request, self.version.now())
            return None if answer is None else lambda: answer
        if (
            path.startswith(FEATURES)
            and (found := ITEMS_ADDRESS.fullmatch(path))
            and form_of(request) == JSON
        ):
            request.LANGUAGE_CODE = language_of(request)
            return lambda: _features(request, found[1])
        return None

    @staticmethod
    def _finished(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = request.program_door()  # type: ignore[attr-defined]
        if response.content:
            response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Language"] = request.LANGUAGE_CODE
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        response.headers["Permissions-Policy"] = PERMISSIONS
        return response


def _features(request: HttpRequest, collection: str) -> HttpResponse:
    with translation.override(request.LANGUAGE_CODE):
        return items(request, collection=collection)


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
