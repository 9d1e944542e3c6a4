"""Lists: {"items": […], "next": address or null, "total": n}, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

MOST = 500


class Page(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST, description="How many items, at most 500.")
    offset: int = Field(
        0, ge=0, le=1_000_000, description="How many to leave out; `next` says where to go on."
    )


def data(body: Any, *, status: int = 200, **headers: str) -> HttpResponse:
    """This will answer data as JSON bytes: what is declared in the description is checked by the tests, not each time."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return HttpResponse(content, status=status, content_type="application/json", headers=named)


def listed_part(
    request: HttpRequest, found: Any, asked: Page, shape: Callable[[Any], Any], **members: Any
) -> HttpResponse:
    """This will answer the part that is asked for of all that was found, a list or a query. `shape` writes an item, and is
    called for those of that part alone."""
    items = map(shape, found[asked.offset : asked.offset + asked.limit])
    total = found.count() if isinstance(found, QuerySet) else len(found)
    return listed(request, items, total=total, limit=asked.limit, offset=asked.offset, **members)


def listed(
    request: HttpRequest, items: Iterable[Any], *, total: int, limit: int, offset: int, **members: Any
) -> HttpResponse:
    """This will answer one page of a list with the address of the next."""
    after = offset + limit
    following = None
    if after < total:
        query = {**{name: request.GET[name] for name in request.GET}, "offset": after, "limit": limit}
        following = request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
    return data({"items": list(items), "next": following, "total": total, **members})
