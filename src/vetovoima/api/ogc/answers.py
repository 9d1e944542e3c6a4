"""The frame of every address under `/ogc/`: methods, form of the answer, marks for asking again, headers, problems."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import public_door
from vetovoima.api.caching import Refused, etag_of, is_unchanged, not_modified, problem, with_rules
from vetovoima.syndication.features.queries import public_mark

JSON, HTML = "json", "html"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
VARY = "Accept, Accept-Language, Accept-Encoding"
EXPOSED = "ETag, Last-Modified, Link, Content-Crs"
#: what it saves on the way is worth more than the time from this many bytes on
WORTH_COMPRESSING = 1_000
METHODS = "GET, HEAD, OPTIONS"
ASKED_FIRST = {
    "Allow": METHODS, "Access-Control-Allow-Methods": METHODS, "Access-Control-Max-Age": "86400",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
}  # fmt: skip
View = Callable[..., HttpResponse]


def form_of(request: HttpRequest) -> str:
    """JSON or HTML: as `f` says, else as the reader likes best; JSON for whoever does not say."""
    asked = request.GET.get("f", "")
    if asked in (JSON, HTML):
        return asked
    # from the plain names: the headers would be made of everything that the server and the machine have told
    accept = request.META.get("HTTP_ACCEPT", "")
    if "html" not in accept:
        return JSON
    preferred = request.get_preferred_type(["text/html", "application/json", GEOJSON])
    return HTML if preferred == "text/html" else JSON


def ogc_door(view: View) -> View:
    """This will give an address the rules of these doors, which anybody may open; the view is told the form of its answer."""

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = _let_through(view, request, kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Vary"] = VARY
        return response

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # only for reading
    return public_door(opened)


def _let_through(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=ASKED_FIRST)
    if request.method not in ("GET", "HEAD"):
        answer = problem(405, _("Not allowed"), _("This address is only for reading."))
        answer.headers["Allow"] = METHODS
        return answer
    try:
        return view(request, form_of(request), **kwargs)
    except Refused as error:
        return problem(400, _("Bad request"), error.detail, **error.members)


def by_version(request: HttpRequest, form: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """This will answer what depends on published records alone: marked with the version of the public side, so that
    asking again costs one small question. The version is read before what it marks: a mark is never too new."""
    version, changed_at = public_mark()
    etag = _etag(request, form, version)
    if is_unchanged(request, etag, changed_at):
        return with_rules(not_modified(), etag, changed_at)
    return marked(request, form, make(), version, changed_at)


def marked(
    request: HttpRequest, form: str, response: HttpResponse, version: int, changed_at: datetime | None
) -> HttpResponse:
    """This will mark an answer with the version of the public side that it was made of."""
    if response.status_code != 200:
        return response
    return with_rules(_compressed(request, response), _etag(request, form, version), changed_at)


def is_conditional(request: HttpRequest) -> bool:
    """Whether the reader has something already."""
    return "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META


def _etag(request: HttpRequest, form: str, version: int) -> str:
    return f'{etag_of(request, version)[:-1]}-{form}"'


def by_content(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """This will mark an answer by what it says: for the few that change without a publication."""
    if response.status_code != 200:
        return response
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    if is_unchanged(request, etag, None):
        response = not_modified()
    return with_rules(_compressed(request, response), etag, None)


def json_answer(body: Any, content_type: str = "application/json") -> HttpResponse:
    """This will answer data as UTF-8 JSON."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return HttpResponse(content.encode(), content_type=content_type)


def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """At the lowest level: a page of features shrinks to a tenth in less time than it takes to send."""
    if len(response.content) > WORTH_COMPRESSING and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response.content = gzip.compress(response.content, compresslevel=1, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response


def base_of(request: HttpRequest) -> str:
    """The address of this service as the reader wrote it, without a slash at its end."""
    return f"{request.scheme}://{request.get_host()}"


def link(href: str, rel: str, media_type: str, title: str = "", language: str = "") -> dict[str, str]:
    """One link as the standard writes it."""
    found = {"href": href, "rel": rel, "type": media_type}
    if title:
        found["title"] = title
    if language:
        found["hreflang"] = language
    return found


def with_parameters(address: str, given: Mapping[str, Any], **changed: Any) -> str:
    """An address with parameters; None takes one away. Commas and colons stay readable."""
    found = {name: value for name, value in {**given, **changed}.items() if value is not None}
    return f"{address}?{urlencode(found, safe=',:/')}" if found else address
