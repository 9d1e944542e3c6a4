"""A public document as the pieces of a GeoJSON feature (RFC 7946), once at publishing."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from vetovoima.common.geo import metric_coordinates
from vetovoima.syndication.documents import SiteDocument, plain

from .curve import Box, spot
from .models import PublishedFeature

#: stands where the address of the service belongs; JSON writes no such byte itself
HOST = b"\0"


def feature_of(document: SiteDocument, sectors: list[str]) -> PublishedFeature:
    """This will make the row of a document, unsaved. `sectors` are the slugs it is found under."""
    geometry = geometry_of(document)
    west, south, east, north = box = box_of(geometry)
    return PublishedFeature(
        language=document["language"],
        spot=spot(box),
        code=document["code"],
        kind=document["kind"]["value"],
        municipality_slug=document["municipality"]["slug"],
        availability=document["availability"]["value"],
        sectors=f"|{'|'.join(sectors)}|",
        is_example=document["is_example"],
        updated_at=datetime.fromisoformat(document["updated_at"]),
        west=west,
        south=south,
        east=east,
        north=north,
        is_area=geometry["type"] != "Point",
        stamp=secrets.randbits(62),
        head=head_of(document["code"], plain(document)),
        place=written(geometry),
        place_metric=written(metric(geometry)),
    )


def geometry_of(document: SiteDocument) -> dict[str, Any]:
    """The shape when it is known, else the point of the document's precision."""
    place = document["place"]
    point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    found: dict[str, Any] = place["geometry"] or point
    return found


def metric(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape in EPSG:3067, east before north as that system has its axes, in metres to the decimetre."""
    return {"type": geometry["type"], "coordinates": metric_coordinates(geometry["coordinates"])}


def box_of(geometry: Mapping[str, Any]) -> Box:
    """West, south, east and north of a shape."""
    positions = list(_positions(geometry["coordinates"]))
    longitudes, latitudes = [one[0] for one in positions], [one[1] for one in positions]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _positions(coordinates: Any) -> Any:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for part in coordinates:
        yield from _positions(part)


def head_of(identifier: str, properties: Mapping[str, Any]) -> bytes:
    """A feature up to its shape. Its `url` is a path of this service, with HOST before it."""
    path = written(properties["url"])[1:]
    shown = {name: value for name, value in properties.items() if name != "url"}
    whole = written({"type": "Feature", "id": identifier, "properties": shown})
    return whole[:-2] + b',"url":"' + HOST + path + b'},"geometry":'


def written(value: Any) -> bytes:
    """A value as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
