"""The rules of every machine door: ETag, Last-Modified, 304, Cache-Control, open CORS, problems as RFC 9457."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from django.utils.translation import gettext as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.queries import public_state

OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Vary": "Accept-Encoding",
}
#: a reader asks again after a minute and gets a 304 when nothing changed
FRESH_SECONDS = 60
METHODS = "GET, HEAD, OPTIONS"
Door = Callable[..., HttpResponse]


class Refused(Exception):
    """The request asks for something that does not exist; the text says what."""

    def __init__(self, detail: str, **members: Any) -> None:
        self.detail = detail
        self.members = members
        super().__init__(detail)


def problem(status: int, title: str, detail: str, **members: Any) -> HttpResponse:
    """This will answer an RFC 9457 problem."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **members}
    content = json.dumps(body, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/problem+json", headers=OPEN)


def json_answer(body: Any, content_type: str = "application/json") -> HttpResponse:
    """This will answer data as UTF-8 JSON."""
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")), content_type=content_type
    )


def machine_door(view: Door) -> Door:
    """This will give an address the rules of every machine door.

    The ETag is made of the address and the version of the public side, so that a 304 costs one small query.
    """

    @only_reading
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version, changed_at = public_state()
        etag = etag_of(request, version)
        if is_unchanged(request, etag, changed_at):
            return _by_language(request, with_rules(not_modified(), etag, changed_at))
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        return _by_language(request, with_rules(response, etag, changed_at))

    return opened


def unchanged(request: HttpRequest, version: str) -> HttpResponse | None:
    """This will answer 304 to whoever has what a machine door answers at a version of the public side, else nothing.

    Only the mark itself is looked for, which nobody has who was not given it with an answer: so the address needs no
    further look. The moment of change is left out; beside a mark it tells nothing more (RFC 9110, 15.4.5).
    """
    if request.method not in ("GET", "HEAD"):
        return None
    etag = etag_of(request, version)
    if etag not in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return None
    return _by_language(request, with_rules(not_modified(), etag, None))


def not_modified() -> HttpResponse:
    """This will make a 304. It has no body and so no type: one would be taken for that of what the reader has kept."""
    response = HttpResponse(status=304)
    del response.headers["Content-Type"]
    return response


def _by_language(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say to caches between us that an address without a language is answered in the reader's."""
    if "lang" not in request.GET and request.path.split("/", 2)[1] not in LANGUAGES:
        patch_vary_headers(response, ("Accept-Language",))
    return response


def only_reading(view: Door) -> Door:
    """This will let an address be read by any page, refuse other methods, and turn what is refused into a problem."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            methods = {
                "Access-Control-Allow-Methods": METHODS,
                "Access-Control-Max-Age": "86400",
            }
            return HttpResponse(status=204, headers={**OPEN, **methods})
        if request.method not in ("GET", "HEAD"):
            refused = problem(405, _("Not allowed"), _("This address is only for reading."))
            refused.headers["Allow"] = METHODS
            return refused
        try:
            return view(request, *args, **kwargs)
        except Refused as error:
            return problem(400, _("Bad request"), error.detail, **error.members)

    return opened


def etag_of(request: HttpRequest, version: int | str) -> str:
    """This will make the mark of what an address answers at a version of the public side."""
    # the address in its parts: put together again it would be read and quoted letter by letter
    query, language = request.META.get("QUERY_STRING", ""), getattr(request, "LANGUAGE_CODE", "")
    seed = f"{version}\n{request.get_host()}\n{request.path}\n{query}\n{language}"
    return f'W/"{hashlib.sha256(seed.encode()).hexdigest()[:24]}"'


def is_unchanged(request: HttpRequest, etag: str, changed_at: datetime | None) -> bool:
    """Whether the reader has already what would be answered."""
    asked = request.headers.get("If-None-Match")
    if asked:
        return etag in {part.strip() for part in asked.split(",")} or asked.strip() == "*"
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and changed_at is not None and int(changed_at.timestamp()) <= since


def with_rules(response: HttpResponse, etag: str, changed_at: datetime | None) -> HttpResponse:
    """This will add what every public answer says about who may read it and how long it holds."""
    for name, value in OPEN.items():
        response.headers[name] = value
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response
