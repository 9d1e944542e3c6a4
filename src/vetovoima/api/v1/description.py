"""The API's own description: where to begin, OpenAPI 3.1, and a page for people."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from vetovoima.accounts.doors import public_door
from vetovoima.accounts.scopes import SCOPES
from vetovoima.api.caching import OPEN, json_answer
from vetovoima.syndication.asking import ASKED

from .doors import KeyDoor
from .frame import LONGEST_REPEAT_NAME, door_of
from .payloads import VALUES_MARK, ProblemShape
from .problems import KINDS, answer, not_found
from .service import api, operations
from .values import values_schema

ROOT = "/api/v1/"
#: the type of a part of an address, which OpenAPI writes elsewhere: {int:number}
CONVERTER = re.compile(r"{[^}:]+:")
PROBLEM = {
    "description": "A problem (RFC 9457), in the language of Accept-Language.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
}
LANG = {
    "name": "lang", "in": "query", "required": False, "schema": {"type": "string", "enum": ["fi", "en", "sv"]},
    "description": "Language of texts; else that of Accept-Language, else English.",
}  # fmt: skip
REPEAT = {
    "name": "Idempotency-Key", "in": "header", "required": False,
    "schema": {"type": "string", "pattern": f"^[ -~]{{0,{LONGEST_REPEAT_NAME}}}$"},
    "description": "Sent again within 24 hours with the same request, the first answer is given again.",
}  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """This will make the OpenAPI 3.1 description of every operation, with its scopes and problems."""
    made = json.dumps(api.get_openapi_schema(path_prefix=ROOT), default=str)
    found: dict[str, Any] = json.loads(made, object_hook=_with_values)
    components = found["components"]
    components["schemas"].update(_schemas(ProblemShape))
    components["schemas"]["Values"] = values_schema()
    components["responses"] = {"Problem": PROBLEM}
    components["securitySchemes"] = {"key": KeyDoor.openapi_security_schema}
    for route, by_method, _view in operations():
        for method, operation in by_method.items():
            path = ROOT + CONVERTER.sub("{", route)
            _complete(found["paths"][path][method.lower()], method, door_of(operation))
    found["info"]["license"] = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    found["servers"] = [{"url": "/"}]
    return found


def _with_values(member: dict[str, Any]) -> dict[str, Any]:
    """The standard's fields are written once, among the components."""
    return {"$ref": "#/components/schemas/Values"} if VALUES_MARK in member else member


def _schemas(shape: Any) -> dict[str, Any]:
    made = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = made.pop("$defs", {})
    return {shape.__name__: made, **inner}


def _complete(operation: dict[str, Any], method: str, door: Any) -> None:
    """What the frame does for every operation, told for each."""
    operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    operation["parameters"].append(LANG)
    _without_null(operation)
    if method == "POST":
        operation["parameters"].append(REPEAT)
    if isinstance(door, KeyDoor):
        operation["security"] = [{"key": []}]
        operation["x-scopes"] = door.scopes
    else:
        operation["security"] = []


def _without_null(operation: dict[str, Any]) -> None:
    """A body that may be left out is left out: null in its place is refused (service.StrictParser)."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        if {"type": "null"} in schema.get("anyOf", ()):
            (content["schema"],) = [one for one in schema["anyOf"] if one != {"type": "null"}]


@cache
def _bytes() -> tuple[bytes, str]:
    content = json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()
    return content, f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'


@csrf_exempt
@gzip_page
@public_door
def openapi(request: HttpRequest) -> HttpResponse:
    """This will answer the description for programs."""
    content, etag = _bytes()
    headers = {**OPEN, "ETag": etag, "Cache-Control": "public, max-age=300"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(content, content_type="application/json", headers=headers)


@csrf_exempt
@public_door
def index(request: HttpRequest) -> HttpResponse:
    """This will say where to begin."""
    lists = [
        route for route, by_method, _view in operations() if "{" not in route and set(by_method) == {"GET"}
    ]
    found = {
        "openapi": request.build_absolute_uri(f"{ROOT}openapi.json"),
        "docs": request.build_absolute_uri(f"{ROOT}docs"),
        "lists": {route: request.build_absolute_uri(f"{ROOT}{route}") for route in sorted(lists)},
    }
    response = json_answer(found)
    for name, value in OPEN.items():
        response.headers[name] = value
    return response


@gzip_page
@public_door
def docs(request: HttpRequest) -> HttpResponse:
    """This will describe every operation for people, without script."""
    shown = {
        "operations": _for_people(),
        "scopes": SCOPES.values(),
        "asked": ASKED,
        "problems": [
            {"name": name, "status": status, "title": title} for name, (status, title) in KINDS.items()
        ],
    }
    return render(request, "api/docs.html", shown)


def _for_people() -> list[dict[str, Any]]:
    found = []
    for path, by_method in document()["paths"].items():
        for method, operation in by_method.items():
            found.append({
                "method": method.upper(),
                "path": path,
                "name": operation["operationId"],
                "summary": operation["summary"],
                "about": operation.get("description", "").removeprefix("This will ").strip(),
                "parameters": [one for one in operation["parameters"] if one["name"] not in ("lang", "Idempotency-Key")],
                "scopes": operation.get("x-scopes", []),
            })  # fmt: skip
    return found


@csrf_exempt
@public_door
def nothing_here(request: HttpRequest) -> HttpResponse:
    """This will answer a problem where the API has no address."""
    response = answer(not_found())
    for name, value in OPEN.items():
        response.headers[name] = value
    return response
