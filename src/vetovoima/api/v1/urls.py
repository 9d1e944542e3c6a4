"""Addresses of the API: each with and without a slash at the end, and a problem for what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from . import description
from .frame import framed
from .service import operations

app_name = "v1"


def _addresses() -> Iterator[URLPattern]:
    for route, by_method, view in operations():
        first = next(iter(by_method.values()))
        opened = framed(view, by_method)
        place = route.replace("{", "<").replace("}", ">")
        yield path(place, opened, name=getattr(first, "url_name", "") or first.view_func.__name__)
        yield path(f"{place}/", opened)


urlpatterns = [
    path("", description.index, name="index"),
    path("openapi.json", description.openapi, name="openapi"),
    path("docs", description.docs, name="docs"),
    *_addresses(),
    re_path(r"^[\s\S]*$", description.nothing_here),
]
