"""Feeds: published documents in an envelope, nothing computed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from vetovoima.accounts.doors import public_door
from vetovoima.reference.queries import region
from vetovoima.syndication.documents import feature
from vetovoima.syndication.queries import SearchPage, published_site, search_sites

from .caching import json_answer, machine_door
from .gone import not_public
from .parameters import FeedRequest, feed_request

GEOJSON = "application/geo+json"


def absolute(request: HttpRequest, shown: dict[str, Any]) -> dict[str, Any]:
    """This will give a card addresses that work from another site."""
    found = {**shown, "url": request.build_absolute_uri(shown["url"])}
    if shown.get("photo"):
        photo = shown["photo"]
        found["photo"] = {
            **photo,
            **{name: request.build_absolute_uri(photo[name]) for name in ("url", "thumb_url")},
        }
    return found


def _next(request: HttpRequest, asked: FeedRequest, page: SearchPage) -> str | None:
    if page.next_offset is None:
        return None
    query = urlencode({**asked.given, "offset": page.next_offset, "limit": asked.terms.limit})
    return request.build_absolute_uri(f"{request.path}?{query}")


def _envelope(request: HttpRequest, asked: FeedRequest, page: SearchPage) -> dict[str, Any]:
    found = region()
    return {
        "title": found.site_name.best(asked.language)[0] if found else "",
        "language": asked.language,
        "licence": found.licence if found else "",
        "self": request.build_absolute_uri(),
        "next": _next(request, asked, page),
        "total": page.total,
        "examples_included": asked.terms.examples,
    }


@csrf_exempt
@gzip_page
@public_door
@machine_door
def sites_json(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as cards: {"items": […], "next": address or null, "total": n}."""
    asked = feed_request(request)
    page = search_sites(asked.language, asked.terms, with_facets=False)
    items = [absolute(request, row.card) for row in page.documents]
    return json_answer({**_envelope(request, asked, page), "items": items})


@csrf_exempt
@gzip_page
@public_door
@machine_door
def sites_geojson(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as a GeoJSON FeatureCollection in WGS84; each tells how exact its place is."""
    asked = feed_request(request)
    page = search_sites(asked.language, asked.terms, with_facets=False)
    features = [feature(absolute(request, row.card), row.geometry) for row in page.documents]
    body = {"type": "FeatureCollection", **_envelope(request, asked, page), "features": features}
    return json_answer(body, GEOJSON)


@csrf_exempt
@gzip_page
@public_door
@machine_door
def site_json(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """This will answer one record's whole public document."""
    found = published_site(code, language)
    if found is None:
        return not_public(code, language, "json")
    body = found.body
    return json_answer({**body, "url": request.build_absolute_uri(body["url"])})


@csrf_exempt
@gzip_page
@public_door
@machine_door
def site_geojson(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """This will answer one record as a GeoJSON feature."""
    found = published_site(code, language)
    if found is None:
        return not_public(code, language, "geojson")
    return json_answer(feature(absolute(request, found.card), found.body["place"]["geometry"]), GEOJSON)
