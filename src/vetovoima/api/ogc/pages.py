"""The way in: landing page, conformance, the collections, and the description of the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vetovoima.api.caching import problem
from vetovoima.collection.standard.workbook import LICENCE, LICENCE_URL
from vetovoima.reference.queries import region

from .answers import GEOJSON, HTML, OPENAPI, base_of, by_content, json_answer, link, ogc_door
from .asking import EVERYWHERE, given_of, language_of
from .collections import COLLECTIONS, Collection
from .description import asked_of, document
from .items import no_collection
from .systems import CRS84, SYSTEMS

PARTS = "http://www.opengis.net/spec/ogcapi-features"
CONFORMS_TO = (
    f"{PARTS}-1/1.0/conf/core", f"{PARTS}-1/1.0/conf/geojson", f"{PARTS}-1/1.0/conf/html", f"{PARTS}-1/1.0/conf/oas30",
    f"{PARTS}-2/1.0/conf/crs",
)  # fmt: skip


@ogc_door
def landing(request: HttpRequest, form: str) -> HttpResponse:
    """This will say what is here and where to go on."""
    given_of(request, EVERYWHERE)
    if form == HTML:
        return _page(request, "landing", {"collections": COLLECTIONS.values(), "systems": SYSTEMS})
    root = f"{base_of(request)}/ogc"
    title, about = _names()
    links = [
        link(f"{root}/?f=json", "self", "application/json"),
        link(f"{root}/?f=html", "alternate", "text/html"),
        link(f"{root}/api?f=json", "service-desc", OPENAPI, _("The description for programs (OpenAPI 3.0)")),
        link(f"{root}/api?f=html", "service-doc", "text/html", _("The description for people")),
        link(f"{root}/conformance", "conformance", "application/json", _("What the interface conforms to")),
        link(f"{root}/collections", "data", "application/json", _("The collections")),
    ]
    return by_content(request, json_answer({"title": title, "description": about, "links": links}))


def _names() -> tuple[str, str]:
    found = region()
    title = found.site_name.best("en")[0] if found else "Vetovoima"
    return title, _("Published sites and the region as features: OGC API Features.")


@ogc_door
def conformance(request: HttpRequest, form: str) -> HttpResponse:
    """This will name the classes of the standard that are kept."""
    given_of(request, EVERYWHERE)
    if form == HTML:
        return _page(request, "conformance", {"classes": CONFORMS_TO})
    return by_content(request, json_answer({"conformsTo": CONFORMS_TO}))


@ogc_door
def collections(request: HttpRequest, form: str) -> HttpResponse:
    """This will describe every collection."""
    given_of(request, EVERYWHERE)
    if form == HTML:
        return _page(request, "collections", {"collections": COLLECTIONS.values()})
    base = base_of(request)
    links = [
        link(f"{base}/ogc/collections?f=json", "self", "application/json"),
        link(f"{base}/ogc/collections?f=html", "alternate", "text/html"),
        *_licence(),
    ]
    described = [_described(one, base) for one in COLLECTIONS.values()]
    return by_content(request, json_answer({"links": links, "crs": SYSTEMS, "collections": described}))


@ogc_door
def collection(request: HttpRequest, form: str, collection: str) -> HttpResponse:
    """This will describe one collection."""
    found = COLLECTIONS.get(collection)
    if found is None:
        return no_collection(collection)
    given_of(request, EVERYWHERE)
    if form == HTML:
        shown = {"collection": found, "box": found.box(), "filters": asked_of(found), "systems": SYSTEMS}
        return _page(request, "collection", shown)
    return by_content(request, json_answer(_described(found, base_of(request))))


@ogc_door
def api(request: HttpRequest, form: str) -> HttpResponse:
    """This will describe every address: OpenAPI 3.0 for programs, a page for people."""
    given_of(request, EVERYWHERE)
    title, about = _names()
    described = document(base_of(request), title, about)
    if form == HTML:
        return _page(request, "api", {"paths": _for_people(described)})
    return by_content(request, json_answer(described, OPENAPI))


@ogc_door
def nothing_here(request: HttpRequest, form: str) -> HttpResponse:
    """This will answer a problem where there is no address."""
    return problem(404, _("Not found"), _("There is nothing at this address. Begin at /ogc/."))


def _described(one: Collection, base: str) -> dict[str, Any]:
    address = f"{base}/ogc/collections/{one.id}"
    found: dict[str, Any] = {
        "id": one.id, "title": str(one.title), "description": str(one.about), "itemType": "feature",
        "crs": SYSTEMS, "storageCrs": CRS84,
    }  # fmt: skip
    extent: dict[str, Any] = {}
    if box := one.box():
        extent["spatial"] = {"bbox": [box], "crs": CRS84}
    if times := one.times():
        moments = [moment.isoformat(timespec="seconds").replace("+00:00", "Z") for moment in times]
        extent["temporal"] = {
            "interval": [moments],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        }
    if extent:
        found["extent"] = extent
    found["links"] = [
        link(f"{address}?f=json", "self", "application/json"),
        link(f"{address}?f=html", "alternate", "text/html"),
        link(f"{address}/items?f=json", "items", GEOJSON, str(one.title)),
        link(f"{address}/items?f=html", "items", "text/html", str(one.title)),
        *_licence(),
    ]
    return found


def _licence() -> list[dict[str, str]]:
    found = region()
    return [link(LICENCE_URL, "license", "text/html", LICENCE)] if found and found.licence == LICENCE else []


def _for_people(described: dict[str, Any]) -> list[dict[str, Any]]:
    shared = described["components"]["parameters"]
    return [
        {
            "path": path,
            "summary": operations["get"]["summary"],
            "parameters": [
                shared[one["$ref"].rsplit("/", 1)[-1]] if "$ref" in one else one
                for one in operations["get"]["parameters"]
            ],
        }
        for path, operations in described["paths"].items()
    ]


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"api/ogc/{name}.html", {**context, "lang": language_of(request)})
