"""What these doors are, in OpenAPI 3.0: made of the same tables that read the parameters."""

from __future__ import annotations

from typing import Any

from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.enums import PlaceKind

from .answers import GEOJSON, OPENAPI
from .asking import DEFAULT_LIMIT, FORMATS, MAX_LIMIT
from .collections import COLLECTIONS, EVENTS, PLACES, Collection
from .systems import SYSTEMS

PROBLEM = "application/problem+json"


def _parameter(name: str, schema: dict[str, Any], about: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema, **more}


def _choices(values: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(values)}, "minItems": 1}


_JOINED = {"style": "form", "explode": False}
BOX = {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}], "items": {"type": "number"}}  # fmt: skip
FORMAT = _parameter("f", {"type": "string", "enum": list(FORMATS)}, "Form of the answer, before what the header Accept says.")  # fmt: skip
LANGUAGE = _parameter("lang", {"type": "string", "enum": list(LANGUAGES)}, "Language of texts; else that of Accept-Language, else English.")  # fmt: skip
SYSTEM = _parameter("crs", {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": SYSTEMS[0]}, "Reference system of the shapes in the answer.")  # fmt: skip
#: the parameters of items of every collection
ITEM_PARAMETERS = [
    _parameter("bbox", BOX, "Only what meets this box: west,south,east,north, or with heights as third and sixth number.", **_JOINED),
    _parameter("bbox-crs", {"type": "string", "format": "uri", "enum": list(SYSTEMS), "default": SYSTEMS[0]}, "Reference system of bbox."),
    _parameter("datetime", {"type": "string"}, "Only what was changed at this moment or in this interval (RFC 3339; .. leaves an end open). What tells no moment fits always."),
    _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}, f"So many features on a page; more than {MAX_LIMIT} are {MAX_LIMIT}."),
    _parameter("after", {"type": "string"}, "Where the page before ended; comes from the link to the next page."),
    _parameter("count", {"type": "string", "enum": ["yes", "no"], "default": "no"}, "yes: say how many fit (numberMatched) also where they are not all on this page."),
]  # fmt: skip
#: properties that may be asked for; `kind` of places is another list
FILTERS = [
    _parameter("kind", _choices(SiteKind.values), "Kinds of records, divided by commas.", **_JOINED),
    _parameter("municipality", {"type": "array", "items": {"type": "string"}, "minItems": 1}, "Slugs of municipalities, divided by commas.", **_JOINED),
    _parameter("sector", {"type": "array", "items": {"type": "string"}, "minItems": 1}, "Slugs of sectors, divided by commas.", **_JOINED),
    _parameter("availability", _choices(Availability.values), "States of availability, divided by commas.", **_JOINED),
    _parameter("examples", {"type": "string", "enum": ["yes", "no"], "default": "yes"}, "no: leave out labelled examples."),
]  # fmt: skip
_EVENT_TIME = _parameter("datetime", {"type": "string"}, "Only events that are on at this moment or at any time of this interval (RFC 3339; .. leaves an end open).")  # fmt: skip
_PLACE_KIND = _parameter("kind", _choices(PlaceKind.values), "Kinds of places, divided by commas.", **_JOINED)

#: parameters that mean something else in one collection: (collection, name) to the name in the components, and what it is
_OWN = {(PLACES.id, "kind"): ("placeKind", _PLACE_KIND), (EVENTS.id, "datetime"): ("eventTime", _EVENT_TIME)}


def asked_of(collection: Collection) -> list[dict[str, Any]]:
    """The parameters of the items of one collection, its own filters last."""
    shared = [*ITEM_PARAMETERS, *(one for one in FILTERS if one["name"] in collection.filters)]
    return [_OWN.get((collection.id, one["name"]), ("", one))[1] for one in shared]


def document(base: str, title: str, about: str) -> dict[str, Any]:
    """This will describe the doors of a service at an address."""
    paths: dict[str, Any] = {
        "/ogc/": _get("landing", "The landing page", "LandingPage", []),
        "/ogc/conformance": _get(
            "conformance", "The classes of the standard that are kept", "Conformance", []
        ),
        "/ogc/api": _get("api", "This description", "Description", [], media=OPENAPI),
        "/ogc/collections": _get("collections", "The collections", "Collections", []),
    }
    for one in COLLECTIONS.values():
        root, name = f"/ogc/collections/{one.id}", one.id.capitalize()
        paths[root] = _get(f"describe{name}", f"The collection {one.id}", "Collection", [])
        asked = [_reference(_component(one.id, each["name"])) for each in (SYSTEM, *asked_of(one))]
        paths[f"{root}/items"] = _get(
            f"get{name}", f"Features of {one.id}", "FeatureCollection", asked, GEOJSON
        )
        paths[f"{root}/items/{{featureId}}"] = _get(
            f"get{name}One", f"One feature of {one.id}", "Feature", [_reference("featureId"), _reference("crs")], GEOJSON
        )  # fmt: skip
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": about, "version": "1.0.0", "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}},
        "servers": [{"url": base}],
        "tags": [{"name": "features"}],
        "paths": paths,
        "components": {"parameters": _parameters(), "schemas": SCHEMAS, "responses": {"Problem": _problem()}},
    }  # fmt: skip


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{name}"}


def _component(collection: str, name: str) -> str:
    return _OWN[collection, name][0] if (collection, name) in _OWN else name


def _parameters() -> dict[str, Any]:
    found = {one["name"]: one for one in (FORMAT, LANGUAGE, SYSTEM, *ITEM_PARAMETERS, *FILTERS)}
    found |= dict(_OWN.values())
    found["featureId"] = {
        "name": "featureId", "in": "path", "required": True, "schema": {"type": "string"},
        "description": "The code of a record or an event, or the slug of a municipality or place.",
    }  # fmt: skip
    return found


def _get(
    name: str, summary: str, schema: str, parameters: list[dict[str, str]], media: str = "application/json"
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": summary,
        "headers": {"ETag": {"schema": {"type": "string"}, "description": "Ask again with If-None-Match."}},
        "content": {
            media: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            "text/html": {"schema": {"type": "string"}},
        },
    }
    if media == GEOJSON:
        answer["headers"]["Content-Crs"] = {"schema": {"type": "string"}, "description": "Reference system of the shapes."}  # fmt: skip
    responses = {
        "200": answer, "304": {"description": "Nothing has changed since."}, "default": {"$ref": "#/components/responses/Problem"},
    }  # fmt: skip
    asked = [*parameters, _reference("f"), _reference("lang")]
    return {"get": {"operationId": name, "summary": summary, "tags": ["features"], "parameters": asked, "responses": responses}}  # fmt: skip


def _problem() -> dict[str, Any]:
    about = "A problem (RFC 9457) that says what to mend."
    return {"description": about, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _object(required: list[str], **properties: Any) -> dict[str, Any]:
    # OpenAPI 3.0 knows no empty list of what is required
    return {"type": "object", **({"required": required} if required else {}), "properties": properties}


def _list(of: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


_TEXT: dict[str, Any] = {"type": "string"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "number"}}
SCHEMAS: dict[str, Any] = {
    "Link": _object(["href", "rel"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT, hreflang=_TEXT),
    "LandingPage": _object(["links"], title=_TEXT, description=_TEXT, links=_list("Link")),
    "Conformance": _object(["conformsTo"], conformsTo=_TEXTS),
    "Description": {"type": "object"},
    "Collections": _object(["links", "collections"], links=_list("Link"), crs=_TEXTS, collections=_list("Collection")),
    "Collection": _object(
        ["id", "links"], id=_TEXT, title=_TEXT, description=_TEXT, itemType=_TEXT, crs=_TEXTS, storageCrs=_TEXT,
        links=_list("Link"),
        extent=_object(
            [],
            spatial=_object([], bbox={"type": "array", "items": _NUMBERS}, crs=_TEXT),
            temporal=_object([], interval={"type": "array", "items": {"type": "array", "items": {**_TEXT, "nullable": True}}}, trs=_TEXT),
        ),
    ),
    "FeatureCollection": _object(
        ["type", "features"], type={"type": "string", "enum": ["FeatureCollection"]}, features=_list("Feature"),
        links=_list("Link"), numberReturned={"type": "integer", "minimum": 0}, numberMatched={"type": "integer", "minimum": 0},
    ),
    "Feature": _object(
        ["type", "id", "geometry", "properties"], type={"type": "string", "enum": ["Feature"]}, id=_TEXT,
        geometry={"$ref": "#/components/schemas/Geometry"}, properties={"type": "object"}, links=_list("Link"),
    ),
    "Geometry": {**_object(
        ["type", "coordinates"], type={"type": "string", "enum": ["Point", "MultiPoint", "Polygon", "MultiPolygon"]},
        coordinates={"type": "array", "items": {}},
    ), "nullable": True},
    "Problem": _object(
        ["type", "title", "status", "detail"], type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT,
        parameter=_TEXT, unknown=_TEXTS, known=_TEXTS,
    ),
}  # fmt: skip
