"""Problems as RFC 9457: what went wrong, in the reader's language, with every field that is wrong.

Domain exceptions become problems here and nowhere else.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, ValidationError
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as PayloadError

from vetovoima.catalogue.knowledge.keeping import CannotChange as FactCannotChange
from vetovoima.catalogue.queries import NoSuchSite
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.catalogue.services import CannotChange
from vetovoima.collection.imports.queries import NoSuchImport
from vetovoima.collection.imports.services import CannotImport
from vetovoima.collection.rounds.answers import CannotAnswer, CannotJudge
from vetovoima.collection.rounds.queries import NoSuchRound
from vetovoima.syndication.channels.services import CannotChangeChannel
from vetovoima.syndication.partners.register import CannotDeliver
from vetovoima.syndication.webhooks.services import CannotChangeWebhook

log = logging.getLogger(__name__)
CONTENT_TYPE = "application/problem+json"
#: every kind of problem: its name (the fragment of its `type`), status and title
KINDS: dict[str, tuple[int, str | Promise]] = {
    "bad-request": (400, gettext_lazy("The request cannot be understood")),
    "unknown-parameter": (400, gettext_lazy("Unknown parameter")),
    "key-needed": (401, gettext_lazy("A valid key is needed")),
    "forbidden": (403, gettext_lazy("Not allowed")),
    "scope-missing": (403, gettext_lazy("The key does not reach this far")),
    "not-found": (404, gettext_lazy("Not found")),
    "method": (405, gettext_lazy("This address does not take this method")),
    "conflict": (409, gettext_lazy("Not possible now")),
    "changed": (412, gettext_lazy("Changed by somebody else meanwhile")),
    "too-large": (413, gettext_lazy("Too large")),
    "invalid": (422, gettext_lazy("Something has to be mended")),
    "key-reused": (422, gettext_lazy("The Idempotency-Key came before with another request")),
    "revision-needed": (428, gettext_lazy("Say which revision you change")),
    "too-many": (429, gettext_lazy("Too many requests")),
    "broken": (500, gettext_lazy("Something broke on our side")),
}


class Problem(Exception):
    """A request that is answered with a problem; further members stand beside its detail."""

    def __init__(
        self, kind: str, detail: Any, *, headers: dict[str, str] | None = None, **members: Any
    ) -> None:
        self.kind, self.detail, self.headers, self.members = kind, detail, headers or {}, members
        super().__init__(kind)


def answer(problem: Problem) -> HttpResponse:
    """This will write a problem out in the active language."""
    status, title = KINDS[problem.kind]
    body = {
        "type": f"/api/v1/docs#{problem.kind}",
        "title": str(title),
        "status": status,
        "detail": str(problem.detail),
        **problem.members,
    }
    content = json.dumps(body, ensure_ascii=False, default=str)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HttpResponse(content, status=status, content_type=CONTENT_TYPE, headers=headers)


def field_error(pointer: str, detail: Any, code: str = "") -> dict[str, str]:
    """One thing that is wrong: where in the payload (JSON Pointer), the field's name, what, and a stable code."""
    return {
        "pointer": pointer,
        "field": pointer.rsplit("/", 1)[-1],
        "detail": str(detail),
        "code": code or "invalid",
    }


def invalid(errors: Iterable[dict[str, str]]) -> Problem:
    """The problem of a payload with something wrong in it."""
    found = list(errors)
    return Problem("invalid", " ".join(one["detail"] for one in found[:3]), errors=found)


def from_validation(error: ValidationError) -> Problem:
    """This will turn what a service found wrong into a problem, field by field."""
    if not hasattr(error, "error_dict"):
        return invalid(
            field_error("", text, one.code or "") for one in error.error_list for text in one.messages
        )
    return invalid(
        field_error(_pointer(name), text, one.code or "")
        for name, errors in error.error_dict.items()
        for one in errors
        for text in one.messages
    )


def _pointer(name: str) -> str:
    """Where a service's field stands in a payload: fields of the standard among the values, `rows.0.year` inside rows."""
    return f"/values/{name}" if name in BY_NAME else "/" + name.replace(".", "/")


#: what a payload's shape may be refused for; anything else is the last sentence
SHAPES: dict[str, str | Promise] = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": gettext_lazy("Give a text."),
    "string_too_long": gettext_lazy("The text is too long."),
    "string_too_short": gettext_lazy("This is needed."),
    "int_type": gettext_lazy("Give a whole number."),
    "int_parsing": gettext_lazy("Give a whole number."),
    "bool_type": gettext_lazy("Give true or false."),
    "bool_parsing": gettext_lazy("Give true or false."),
    "dict_type": gettext_lazy("Give an object."),
    "model_attributes_type": gettext_lazy("Give an object."),
    "list_type": gettext_lazy("Give a list."),
    "enum": gettext_lazy("Choose one of the list."),
    "literal_error": gettext_lazy("Choose one of the list."),
}


def _from_payload(error: PayloadError) -> Problem:
    errors = []
    for one in error.errors:
        place, *rest = one["loc"]
        parts = rest[1:] if place in ("body", "form", "file") and len(rest) > 1 else rest
        if place == "query" and one["type"] == "greater_than_equal":
            detail = _("Give a number of at least %(low)s.") % {"low": one["ctx"]["ge"]}
        elif place == "query" and one["type"] == "less_than_equal":
            detail = _("Give a number of at most %(high)s.") % {"high": one["ctx"]["le"]}
        else:
            detail = str(SHAPES.get(one["type"], _("This cannot be understood.")))
        errors.append(field_error("".join(f"/{part}" for part in parts), detail, one["type"]))
    problem = invalid(errors)
    if error.errors and all(one["loc"][0] in ("query", "path") for one in error.errors):
        names = ", ".join(sorted({one["field"] for one in errors}))
        return Problem("bad-request", f"{names}: {problem.detail}", errors=errors)
    return problem


def not_found() -> Problem:
    """What is hidden and what is absent look the same."""
    return Problem("not-found", _("There is nothing at this address, or not for you."))


def _from_body(error: HttpError) -> Problem:
    """What the parser found in a body; the framework wraps it."""
    if isinstance(error.__cause__, Problem):
        return error.__cause__
    return Problem("bad-request", _("The body is not valid JSON."))


Translator = Callable[[Any], Problem]
TRANSLATORS: dict[type[Exception], Translator] = {
    Problem: lambda error: error,
    ValidationError: from_validation,
    PayloadError: _from_payload,
    NoSuchSite: lambda error: not_found(),
    Http404: lambda error: not_found(),
    PermissionDenied: lambda error: Problem(
        "forbidden", _("Your role does not allow this, or not in the state that the thing is in.")
    ),
    FactCannotChange: lambda error: Problem("conflict", error),
    **dict.fromkeys((NoSuchImport, NoSuchRound), lambda error: not_found()),
    **dict.fromkeys(
        (
            CannotChange,
            CannotImport,
            CannotAnswer,
            CannotJudge,
            CannotChangeWebhook,
            CannotChangeChannel,
            CannotDeliver,
        ),
        lambda error: Problem("conflict", error),
    ),
    RequestDataTooBig: lambda error: Problem("too-large", _("The request is too large.")),
    SuspiciousOperation: lambda error: Problem("bad-request", _("The request cannot be read.")),
    MultiPartParserError: lambda error: Problem("bad-request", _("The form cannot be read.")),
    AuthenticationError: lambda error: Problem("key-needed", _("Send a valid key.")),
    HttpError: lambda error: _from_body(error),
}


def handle_all(api: NinjaAPI) -> None:
    """This will have an API answer every exception with a problem; what nobody expected is logged as broken."""
    for kind, translate in TRANSLATORS.items():
        api.add_exception_handler(kind, _handler(translate))
    api.add_exception_handler(Exception, _broken)


def _handler(translate: Translator) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: answer(translate(error))


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    log.error("%s %s broke", request.method, request.path, exc_info=error)
    got_request_exception.send(sender=_broken, request=request)
    return answer(Problem("broken", _("Nothing was changed. Try again later; we have noted it.")))
