"""Items of a collection, many and one: pieces of bytes that were made at publishing, joined and sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vetovoima.api.caching import problem
from vetovoima.api.gone import withdrawn
from vetovoima.syndication.features.queries import FeaturePage
from vetovoima.syndication.features.rendering import HOST

from .answers import (
    GEOJSON,
    HTML,
    base_of,
    by_content,
    by_version,
    is_conditional,
    link,
    marked,
    ogc_door,
    with_parameters,
)
from .asking import (
    MAX_LIMIT_HTML,
    ONE,
    ItemsRequest,
    after_of,
    given_of,
    items_request,
    language_of,
    system_of,
)
from .collections import COLLECTIONS, SITES, Collection
from .systems import ETRS_TM35FIN


@ogc_door
def items(request: HttpRequest, form: str, collection: str) -> HttpResponse:
    """This will answer features of a collection that fit, a page at a time."""
    found = COLLECTIONS.get(collection)
    if found is None:
        return no_collection(collection)
    asked = items_request(request, found)
    if form == HTML:
        return _by(found, request, form, lambda: _page_html(request, found, asked))
    if not found.is_published or is_conditional(request):
        return _by(found, request, form, lambda: _page_json(request, found, asked, _page(found, asked)))
    # Whoever asks for the first time gets features and version of one statement.
    page = _page(found, asked, with_version=True)
    return marked(request, form, _page_json(request, found, asked, page), *(page.version or (0, None)))


def _by(
    collection: Collection, request: HttpRequest, form: str, make: Callable[[], HttpResponse]
) -> HttpResponse:
    return by_version(request, form, make) if collection.is_published else by_content(request, make())


def _page(collection: Collection, asked: ItemsRequest, **more: Any) -> FeaturePage:
    return collection.page(asked.wish, limit=asked.limit, metric=asked.is_metric, **more)


@ogc_door
def item(request: HttpRequest, form: str, collection: str, feature: str) -> HttpResponse:
    """This will answer one feature."""
    found = COLLECTIONS.get(collection)
    if found is None:
        return no_collection(collection)
    given = given_of(request, ONE)
    system = system_of(given)

    return _by(found, request, form, lambda: _one(request, form, found, feature, given, system))


def no_collection(name: str) -> HttpResponse:
    """This will say which collections there are."""
    detail = _("There is no collection %(name)s.") % {"name": name[:60]}
    return problem(404, _("Not found"), detail, known=list(COLLECTIONS))


def _page_json(
    request: HttpRequest, collection: Collection, asked: ItemsRequest, page: FeaturePage
) -> HttpResponse:
    base = base_of(request)
    head: dict[str, Any] = {"type": "FeatureCollection", "numberReturned": page.count}
    matched = _matched(collection, asked, page)
    if matched is not None:
        head["numberMatched"] = matched
    head["links"] = _links(request, collection, asked, page, base)
    start = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    content = joined(page.features, base, start[:-1] + b',"features":[', b"]}")
    return HttpResponse(content, content_type=GEOJSON, headers={"Content-Crs": f"<{asked.system}>"})


def joined(features: list[bytes], base: str, before: bytes = b"", behind: bytes = b"") -> bytes:
    """Features one after the other, with the address of this service where it belongs.

    A page is a hundred kilobytes, and every copy of it costs more than all the rest that is done here: it is written
    once, and once more for the address.
    """
    whole = (
        b"},".join([before + features[0], *features[1:-1], features[-1] + b"}" + behind])
        if features[1:]
        else (before + b"".join([one + b"}" for one in features]) + behind)
    )
    return whole.replace(HOST, base.encode())


def _matched(collection: Collection, asked: ItemsRequest, page: FeaturePage) -> int | None:
    """How many fit: told when everything is on this page, and when it is asked for."""
    if asked.wish.after is None and page.next is None:
        return page.count
    return collection.count(asked.wish) if asked.with_count else None


def _links(
    request: HttpRequest, collection: Collection, asked: ItemsRequest, page: FeaturePage, base: str
) -> list[dict[str, str]]:
    # One way to write the parameters for all links: writing them takes longer than reading them.
    same = with_parameters("", asked.given, f=None, after=None)[1:]
    address = f"{base}{request.path}?{same}&" if same else f"{base}{request.path}?"
    here = f"&after={asked.given['after']}" if "after" in asked.given else ""
    found = [
        link(f"{address}f=json{here}", "self", GEOJSON),
        link(f"{address}f=html{here}", "alternate", "text/html"),
        link(f"{base}/ogc/collections/{collection.id}", "collection", "application/json"),
    ]
    if page.next:
        found.append(link(f"{address}f=json&after={after_of(page.next)}", "next", GEOJSON))
    return found


def _one(
    request: HttpRequest, form: str, collection: Collection, code: str, given: dict[str, str], system: str
) -> HttpResponse:
    language = language_of(request)
    stored = collection.one(language, code, metric=system == ETRS_TM35FIN)
    if stored is None:
        return _absent(collection, code, language)
    base = base_of(request)
    feature = joined([stored], base)
    if form == HTML:
        return _one_html(request, collection, json.loads(feature), given)
    address = base + request.path
    portal = json.loads(feature)["properties"]["url"]
    links = [
        link(with_parameters(address, given, f="json"), "self", GEOJSON, language=language),
        link(with_parameters(address, given, f="html"), "alternate", "text/html", language=language),
        link(f"{base}/ogc/collections/{collection.id}", "collection", "application/json"),
        link(portal, "about", "text/html", language=language),
    ]
    if collection is SITES:
        links.append(
            link(f"{base}/{language}/sites/{code}.json", "describedby", "application/json", language=language)
        )
    content = feature[:-1] + b',"links":' + json.dumps(links, ensure_ascii=False).encode() + b"}"
    return HttpResponse(content, content_type=GEOJSON, headers={"Content-Crs": f"<{system}>"})


def _absent(collection: Collection, code: str, language: str) -> HttpResponse:
    """A record that was withdrawn says so; what never was public is not there."""
    if collection is SITES:
        answer = withdrawn(code, language, "/ogc/collections/sites/items/{code}")
        if answer is not None:
            return answer
    detail = _("There is no feature %(code)s in this collection.") % {"code": code[:60]}
    return problem(404, _("Not found"), detail)


def _page_html(request: HttpRequest, collection: Collection, asked: ItemsRequest) -> HttpResponse:
    page = collection.page(asked.wish, limit=min(asked.limit, MAX_LIMIT_HTML), metric=asked.is_metric)
    base = base_of(request)
    features = json.loads(joined(page.features, base, b"[", b"]"))
    for one in features:
        one["begins"] = _moment(one["properties"].get("starts_at", ""))
    given = {**asked.given, "lang": asked.wish.language}
    context = {
        "collection": collection,
        "features": features,
        "matched": _matched(collection, asked, page),
        "next": with_parameters(request.path, given, f="html", after=after_of(page.next))
        if page.next
        else "",
        "first": with_parameters(request.path, given, f="html", after=None) if asked.wish.after else "",
        "json": with_parameters(request.path, given, f="json"),
        "is_narrowed": set(asked.given) - {"f", "lang", "limit", "after", "crs", "count"},
    }
    return render(request, "api/ogc/items.html", context)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _one_html(
    request: HttpRequest, collection: Collection, feature: dict[str, Any], given: dict[str, str]
) -> HttpResponse:
    properties = feature["properties"]
    rows = [
        (name, ", ".join(map(str, value)) if isinstance(value, list) else value)
        for name, value in properties.items()
        if value not in (None, "", []) and name not in ("sources", "url", "name")
    ]
    context = {
        "collection": collection, "feature": feature, "rows": rows, "sources": properties.get("sources", []),
        "json": with_parameters(request.path, {**given, "lang": language_of(request)}, f="json"),
    }  # fmt: skip
    return render(request, "api/ogc/item.html", context)
