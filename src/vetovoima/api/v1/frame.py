"""What happens around every operation: door, limit, parameters, repeats, conditional answers, headers.

The order matters: the address is checked before anything reads it, a key before anything is told, the count before
any work is done.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from ninja.operation import Operation

from vetovoima.accounts.services import Answer, OtherRequest, answer_once
from vetovoima.api.caching import OPEN, etag_of, is_unchanged, with_rules
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.limits import Allowance, take_one
from vetovoima.common.network import address_of
from vetovoima.syndication.queries import public_state
from vetovoima.syndication.questions import longest

from .doors import BY_ANYBODY, BY_KEY, KeyDoor, OpenDoor, bearer, key_in, let_in
from .problems import Problem, answer

View = Callable[..., HttpResponse]
WINDOW_SECONDS = 60
#: how often an address may show wrong keys before it is not listened to for a minute
WRONG_KEYS_PER_MINUTE = 20
LONGEST_REPEAT_NAME = 200
#: headers of an answer that are kept for whoever sends the same request again
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


def framed(view: View, operations: Mapping[str, Operation]) -> View:
    """This will give an address of the API the rules of every operation. `operations` is by method."""
    doors = {method: door_of(operation) for method, operation in operations.items()}

    @gzip_page
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return _options(doors)
        method = "GET" if request.method == "HEAD" else request.method or ""
        door = doors.get(method)
        try:
            if door is None:
                raise Problem(
                    "method",
                    _("Use %(methods)s.") % {"methods": _allowed(doors)},
                    headers={"Allow": _allowed(doors)},
                )
            response = _let_through(request, door, operations[method], view, kwargs)
        except Problem as problem:
            response = answer(problem)
        return _finished(request, door, response)

    opened.csrf_exempt = True  # type: ignore[attr-defined]  # a key is no cookie: no other site can make a browser send it
    opened.doors = doors  # type: ignore[attr-defined]
    opened.door = BY_KEY if any(isinstance(door, KeyDoor) for door in doors.values()) else BY_ANYBODY  # type: ignore[attr-defined]
    return opened


def door_of(operation: Operation) -> OpenDoor | KeyDoor:
    """The door of an operation; raises LookupError for one without."""
    for found in operation.auth_callbacks:
        if isinstance(found, (OpenDoor, KeyDoor)):
            return found
    raise LookupError(f"The operation {operation.path} has no door: give it auth=key_door(Kind.X, Action.Y)")


def _allowed(doors: Mapping[str, Any]) -> str:
    heads = ["HEAD"] if "GET" in doors else []
    return ", ".join([*doors, *heads, "OPTIONS"])


def _options(doors: Mapping[str, OpenDoor | KeyDoor]) -> HttpResponse:
    """What the address takes. Pages of other sites may read what is public, and nothing that asks for a key."""
    headers = {"Allow": _allowed(doors)}
    if all(isinstance(door, OpenDoor) for door in doors.values()):
        headers |= {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": _allowed(doors),
            "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    return HttpResponse(status=204, headers=headers)


def _let_through(
    request: Any, door: OpenDoor | KeyDoor, operation: Operation, view: View, kwargs: dict[str, Any]
) -> HttpResponse:
    _check_address(request)
    request.allowance = _count(request, door)
    if isinstance(door, KeyDoor):
        door.require(request.user)
    _refuse_unknown(request, operation)
    if isinstance(door, OpenDoor) and door.is_published:
        return _published(request, view, kwargs)
    if request.method == "HEAD":
        request.method = "GET"
    if name := request.headers.get("Idempotency-Key", ""):
        return _once(request, name, view, kwargs)
    return view(request, **kwargs)


def _check_address(request: HttpRequest) -> None:
    """Refuse what no database can compare: characters that are no text."""
    for text in (
        request.path,
        *request.GET.keys(),
        *(one for many in request.GET.lists() for one in many[1]),
    ):
        if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Problem("bad-request", _("The address has a character that cannot be read."))


def _count(request: HttpRequest, door: OpenDoor | KeyDoor) -> Allowance:
    """Count the request for its key, or for the address it comes from; refuse what is too much."""
    address = address_of(request.META)
    key = key_in(request) if isinstance(door, KeyDoor) else None
    if isinstance(door, KeyDoor) and key is None and bearer(request):
        _take(f"wrong-key:{address}", WRONG_KEYS_PER_MINUTE)
    if isinstance(door, KeyDoor):
        let_in(request, key)
    if key is not None:
        return _take(f"api-key:{key.prefix}", settings.VETOVOIMA_API_CALLS_PER_MINUTE)
    return _take(f"api:{address}", settings.VETOVOIMA_API_PUBLIC_CALLS_PER_MINUTE)


def _take(name: str, limit: int) -> Allowance:
    found = take_one(name, limit=limit, window=WINDOW_SECONDS, now=timezone.now())
    if found.is_spent:
        headers = {"Retry-After": str(found.resets_in), **_limit_headers(found)}
        detail = _("At most %(limit)s requests a minute. Try again in %(seconds)s seconds.")
        raise Problem("too-many", detail % {"limit": limit, "seconds": found.resets_in}, headers=headers)
    return found


def _limit_headers(allowance: Allowance) -> dict[str, str]:
    """As the IETF draft on RateLimit header fields writes them."""
    return {
        "RateLimit-Policy": f'"minute";q={allowance.limit};w={WINDOW_SECONDS}',
        "RateLimit": f'"minute";r={allowance.remaining};t={allowance.resets_in}',
    }


def known_parameters(operation: Operation) -> list[str]:
    """The names that an operation's address may ask with; `lang` is one everywhere."""
    names = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    return sorted({*names, "lang"})


def _refuse_unknown(request: HttpRequest, operation: Operation) -> None:
    known = known_parameters(operation)
    if unknown := sorted(set(request.GET) - set(known)):
        names = [name[:60] for name in unknown]
        detail = _("Unknown parameters: %(names)s.") % {"names": ", ".join(names)}
        raise Problem("unknown-parameter", detail, unknown=names, known=known)
    if request.GET.get("lang", "en") not in LANGUAGES:
        raise Problem(
            "bad-request", _("The parameter lang must be one of %(names)s.") % {"names": ", ".join(LANGUAGES)}
        )
    if any(len(values) > 1 or len(values[0]) > longest(name) for name, values in request.GET.lists()):
        raise Problem("bad-request", _("Give each parameter once, with at most 500 characters."))


def _published(request: HttpRequest, view: View, kwargs: dict[str, Any]) -> HttpResponse:
    """Answer what is public with the version of the public side as its mark: asking again costs one small query."""
    version, changed_at = public_state()
    etag = etag_of(request, version)
    if is_unchanged(request, etag, changed_at):
        return with_rules(HttpResponse(status=304), etag, changed_at)
    request.method = "GET"
    response = view(request, **kwargs)
    return with_rules(response, etag, changed_at) if response.status_code == 200 else response


def _once(request: Any, name: str, view: View, kwargs: dict[str, Any]) -> HttpResponse:
    """Do a POST once, however often it is sent with the same Idempotency-Key."""
    if request.method != "POST":
        return view(request, **kwargs)
    if len(name) > LONGEST_REPEAT_NAME or not (name.isascii() and name.isprintable()):
        raise Problem("bad-request", _("An Idempotency-Key has at most 200 printable ASCII characters."))

    first: list[str] = []

    def work() -> Answer:
        made = view(request, **kwargs)
        headers = {header: made.headers[header] for header in KEPT_HEADERS if header in made.headers}
        first.append(made.content.decode())
        # What is shown once, a secret, is not in the answer that is kept (`kept`, set by the view).
        return Answer(made.status_code, headers, getattr(made, "kept", made).content.decode())

    try:
        given = answer_once(
            key=request.key, name=name, request=_digest(request), work=work, now=timezone.now()
        )
    except OtherRequest:
        detail = _(
            "Use a new Idempotency-Key for a new request; the same one only to send the same request again."
        )
        raise Problem("key-reused", detail) from None
    body = given.body if given.is_repeat else first[-1]
    response = HttpResponse(body, status=given.status, headers=given.headers)
    if given.is_repeat:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> bytes:
    """What a request asks for: a form's fields and files by content, because its boundary differs each time."""
    parts: list[Any] = [request.method, request.get_full_path()]
    try:
        if request.content_type == "multipart/form-data":
            parts.append(sorted(request.POST.lists()))
            files: Any = request.FILES
            for field, sent in sorted(files.lists(), key=lambda pair: pair[0]):
                for file in sent:
                    parts += [field, file.name, hashlib.sha256(file.read()).hexdigest()]
                    file.seek(0)
        else:
            parts.append(hashlib.sha256(request.body).hexdigest())
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent) as error:
        raise Problem("too-large", _("The request is too large.")) from error
    except (MultiPartParserError, UnreadablePostError) as error:
        raise Problem("bad-request", _("The form cannot be read.")) from error
    return json.dumps(parts).encode()


def _has_already(request: HttpRequest, etag: str) -> bool:
    """Whether the reader has this very answer (If-None-Match); compression makes a mark weak, not another one."""
    asked = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    return etag.removeprefix("W/") in asked or asked == {"*"}


def _finished(request: Any, door: OpenDoor | KeyDoor | None, response: HttpResponse) -> HttpResponse:
    """The headers of every answer, and nothing sent again that the reader has already."""
    if response.status_code == 200 and request.method == "GET":
        if not response.has_header("ETag"):
            response.headers["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
        if isinstance(door, OpenDoor):
            response.headers.setdefault("Cache-Control", "public, max-age=60")
        if _has_already(request, response.headers["ETag"]):
            kept = {
                name: response.headers[name] for name in ("ETag", "Cache-Control") if name in response.headers
            }
            response = HttpResponse(status=304, headers=kept)
    if isinstance(door, OpenDoor):
        for name, value in OPEN.items():
            response.headers.setdefault(name, value)
        patch_vary_headers(response, ("Accept-Language",))
    else:
        response.headers["Cache-Control"] = "no-store"
    allowance = getattr(request, "allowance", None)
    # What anybody may read is kept by caches: there a count of one reader's calls would be told to all.
    if allowance is not None and isinstance(door, KeyDoor):
        for name, value in _limit_headers(allowance).items():
            response.headers.setdefault(name, value)
    return response
