"""The API as one: its parts, its address, its description."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.operation import Operation
from ninja.parser import Parser

from . import (
    attachments,
    channels,
    checking,
    exporting,
    facts,
    figures,
    happenings,
    imports,
    offer,
    partner_notes,
    partners,
    public,
    rounds,
    sources,
    webhooks,
)
from .problems import Problem, field_error, handle_all, invalid

VERSION = "1.0"
#: whole numbers that every reader of JSON can hold
GREATEST = 2**53


class StrictParser(Parser):
    """Reads JSON as it is defined, and refuses what no database can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """This will read the body; raises ValueError for what is no JSON, and a Problem for what is and cannot be kept."""
        read = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
        for value in _leaves(read):
            if isinstance(value, str) and (
                "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value)
            ):
                raise _unkept(_("A text has a character that cannot be kept: U+0000, or half of a pair."))
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError("a number that is none")
            if isinstance(value, int) and abs(value) > GREATEST:
                raise _unkept(_("A whole number is too great to be kept exactly."))
        if not isinstance(read, dict):
            raise HttpError(400, "not an object")
        return read


def _unkept(detail: str) -> Problem:
    return invalid([field_error("", detail, "unkept")])


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _leaves(value: Any) -> Iterator[Any]:
    """Every text and number in what was read, names of members too."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting.extend(one.keys())
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        else:
            yield one


class Service(NinjaAPI):
    """The API: operations are named by what they do."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """This will name an operation by its function."""
        return operation.view_func.__name__


api = Service(
    title="Vetovoima",
    version=VERSION,
    urls_namespace="v1",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
)
handle_all(api)
for part in (
    public,
    figures,
    happenings,
    offer,
    attachments,
    exporting,
    imports,
    rounds,
    sources,
    checking,
    facts,
    webhooks,
    channels,
    partners,
    partner_notes,
):
    api.add_router("", part.router)


def operations() -> list[tuple[str, dict[str, Operation], Any]]:
    """This will list the API's addresses: the route, its operations by method, the view that runs them."""
    found = []
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            by_method = {method: one for one in view.operations for method in one.methods}
            if by_method:
                found.append((f"{router.prefix}{path}".strip("/"), by_method, view.get_view()))
    return found
