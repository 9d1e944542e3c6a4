"""The API as one: its parts, its address, its description."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
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
    partners,
    public,
    rounds,
    sources,
    webhooks,
)
from .problems import handle_all

VERSION = "1.0"
#: whole numbers that every reader of JSON can hold
GREATEST = 2**53


class StrictParser(Parser):
    """Reads JSON as it is defined, and refuses what no database can keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """This will read the body; raises ValueError, which becomes a problem."""
        read = json.loads(request.body.decode("utf-8"), parse_constant=_refuse)
        for value in _leaves(read):
            if isinstance(value, str) and (
                "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value)
            ):
                raise ValueError("a character that is no text")
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError("a number that is none")
            if isinstance(value, int) and abs(value) > GREATEST:
                raise ValueError("a number that is too great")
        if not isinstance(read, dict):
            raise HttpError(400, "not an object")
        return read


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
