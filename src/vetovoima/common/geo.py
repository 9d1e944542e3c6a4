"""Geometry as validated GeoJSON (WGS84): numbers in, measured shapes out.

No text of a person ever reaches a library that could open files or addresses: only parsed, finite numbers do
(docs/decisions/0004). Areas are measured and coordinates served in ETRS-TM35FIN (EPSG:3067).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely import make_valid, transform
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

MAX_VERTICES = 5_000
MAX_GEOJSON_CHARACTERS = 300_000
KINDS = {"Point", "Polygon", "MultiPolygon"}
#: west, south, east, north in degrees: Finland with a margin, when the region names no box of its own
DEFAULT_BOX = (19.0, 59.0, 32.0, 71.0)
Box = tuple[float, float, float, float]
#: the corners of a drawn area, (longitude, latitude) each, not closed
Outline = tuple[tuple[float, float], ...]
MAX_CORNERS = 100


@dataclass(frozen=True)
class Measured:
    """A validated shape: GeoJSON, its middle (degrees), its box (degrees) and its area (m², None for a point)."""

    geojson: dict[str, Any]
    latitude: float
    longitude: float
    box: Box
    area_m2: float | None


@lru_cache(maxsize=2)
def _to_metric() -> Transformer:
    return Transformer.from_crs(4326, 3067, always_xy=True)


def to_etrs_tm35fin(longitude: float, latitude: float) -> tuple[float, float]:
    """This will return (east, north) in metres in EPSG:3067."""
    east, north = _to_metric().transform(longitude, latitude)
    return round(east, 1), round(north, 1)


def metric_coordinates(coordinates: Any) -> Any:
    """This will turn the coordinates of a GeoJSON shape into [east, north] in EPSG:3067, in metres to the decimetre."""
    if isinstance(coordinates[0], (int, float)):
        return list(to_etrs_tm35fin(coordinates[0], coordinates[1]))
    if isinstance(coordinates[0][0], (int, float)):
        longitudes, latitudes = zip(*(one[:2] for one in coordinates), strict=True)
        easts, norths = _to_metric().transform(longitudes, latitudes)
        return [[round(east, 1), round(north, 1)] for east, north in zip(easts, norths, strict=True)]
    return [metric_coordinates(part) for part in coordinates]


def validate_position(latitude: float, longitude: float, box: Box = DEFAULT_BOX) -> None:
    """This will refuse a position that is not a number, outside the box, or has its two numbers swapped.

    Raises ValidationError with a sentence that says what to do.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise ValidationError(
            _("Coordinates must be numbers. Give them in degrees, for example 64.2238, 27.7332."),
            code="not_finite",
        )
    west, south, east, north = box
    if west <= longitude <= east and south <= latitude <= north:
        return
    if west <= latitude <= east and south <= longitude <= north:
        raise ValidationError(
            _(
                "Latitude and longitude seem to be swapped: latitude comes first, for example 64.2238, 27.7332."
            ),
            code="swapped",
        )
    raise ValidationError(
        _("The place is outside the area: latitude %(south)s–%(north)s, longitude %(west)s–%(east)s."),
        code="outside",
        params={"south": south, "north": north, "west": west, "east": east},
    )


def _positions(coordinates: Any, depth: int = 0) -> list[tuple[float, float]]:
    if depth > 4 or not isinstance(coordinates, list):
        raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed")
    if coordinates and all(
        isinstance(number, (int, float)) and not isinstance(number, bool) for number in coordinates
    ):
        if len(coordinates) not in (2, 3):
            raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed")
        return [(float(coordinates[0]), float(coordinates[1]))]
    found: list[tuple[float, float]] = []
    for part in coordinates:
        found.extend(_positions(part, depth + 1))
        if len(found) > MAX_VERTICES:
            raise ValidationError(
                _("The shape has too many points: at most 5,000. Simplify it first."), code="too_many_points"
            )
    return found


def _flat(coordinates: Any) -> Any:
    """Drop heights and round to 6 decimals (about 0.1 m)."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [round(float(coordinates[0]), 6), round(float(coordinates[1]), 6)]
    return [_flat(part) for part in coordinates]


def parse_geojson(text: str | dict[str, Any], box: Box = DEFAULT_BOX) -> Measured:
    """This will read a Point, Polygon or MultiPolygon (or a Feature of one), check it and measure it.

    Refuses: anything else, NaN and infinite numbers, more than 5,000 points, points outside `box` (west, south,
    east, north) and polygons that cross themselves, unless a repair leaves a polygon. Raises ValidationError.
    """
    data = _loaded(text)
    if data.get("type") == "Feature":
        data = data.get("geometry") or {}
    if not isinstance(data, dict) or data.get("type") not in KINDS or "crs" in data:
        raise ValidationError(_("Give a point or an area as GeoJSON in WGS84."), code="wrong_kind")
    positions = _positions(data.get("coordinates"))
    for longitude, latitude in positions:
        validate_position(latitude, longitude, box)
    if data["type"] == "Point" and positions and isinstance(data["coordinates"][0], (int, float)):
        return _measured_point(data["coordinates"])
    try:
        geometry = shape({"type": data["type"], "coordinates": _flat(data["coordinates"])})
    except (ValueError, TypeError, IndexError, AttributeError) as error:
        raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed") from error
    return _measured(_repaired(geometry))


def _loaded(text: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(text, str):
        if len(text) > MAX_GEOJSON_CHARACTERS:
            raise ValidationError(
                _("The shape has too many points: at most 5,000. Simplify it first."), code="too_many_points"
            )
        try:
            text = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed") from error
    if not isinstance(text, dict):
        raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed")
    return text


def _repaired(geometry: BaseGeometry) -> BaseGeometry:
    if geometry.is_empty:
        raise ValidationError(_("The shape is empty."), code="empty")
    if geometry.is_valid:
        return geometry
    # Rings that touch or repeat a point are mended. A border that crosses itself has two meanings: a person decides.
    repaired = make_valid(geometry)
    if explain_validity(geometry).startswith("Self-intersection") or repaired.geom_type not in KINDS:
        raise ValidationError(
            _("The border of the area crosses itself. Draw it again so that it does not."),
            code="self_crossing",
        )
    return repaired


def _measured_point(coordinates: list[Any]) -> Measured:
    """A checked point needs no geometry library: an import reads thousands of them."""
    longitude, latitude = flat = _flat(coordinates)
    around = (longitude, latitude, longitude, latitude)
    return Measured({"type": "Point", "coordinates": flat}, latitude, longitude, around, None)


def _measured(geometry: BaseGeometry) -> Measured:
    area = None
    if geometry.geom_type != "Point":
        area = round(transform(geometry, _to_metric().transform, interleaved=False).area, 0)
    middle = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    west, south, east, north = geometry.bounds
    plain = json.loads(json.dumps(mapping(geometry)))
    plain["coordinates"] = _flat(plain["coordinates"])
    return Measured(
        geojson=plain,
        latitude=round(middle.y, 6),
        longitude=round(middle.x, 6),
        box=(west, south, east, north),
        area_m2=area,
    )


def point(latitude: float, longitude: float, box: Box = DEFAULT_BOX) -> Measured:
    """This will make a measured point of two numbers in degrees; raises ValidationError as validate_position."""
    validate_position(latitude, longitude, box)
    return parse_geojson({"type": "Point", "coordinates": [longitude, latitude]}, box)


def parse_box(text: str) -> Box:
    """This will read `west,south,east,north` in degrees. Raises ValidationError for anything else."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise ValidationError(
            _("The map area must be four numbers: west,south,east,north."), code="box"
        ) from error
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        raise ValidationError(_("The map area must be four numbers: west,south,east,north."), code="box")
    west, south, east, north = numbers
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValidationError(_("The map area must be four numbers: west,south,east,north."), code="box")
    return west, south, east, north


def parse_outline(text: str, box: Box = DEFAULT_BOX) -> Outline:
    """This will read an area drawn by hand: `longitude,latitude longitude,latitude …`, 3 to 100 corners, closed or not.

    Raises ValidationError for anything else, for corners outside the box and for a border that crosses itself.
    """
    parts = text.split()
    if not 3 <= len(parts) <= MAX_CORNERS + 1:
        raise ValidationError(_("Draw an area of 3 to 100 corners."), code="corners")
    corners = [_corner(part, box) for part in parts]
    if corners[0] == corners[-1]:
        corners.pop()
    if len(set(corners)) < 3 or len(corners) > MAX_CORNERS:
        raise ValidationError(_("Draw an area of 3 to 100 corners."), code="corners")
    _repaired(shape({"type": "Polygon", "coordinates": [[*corners, corners[0]]]}))
    return tuple(corners)


def _corner(text: str, box: Box) -> tuple[float, float]:
    """One corner as (longitude, latitude), rounded to what a hand can draw."""
    numbers = text.split(",")
    try:
        longitude, latitude = (float(number) for number in numbers if len(number) <= 20)
    except ValueError as error:
        raise ValidationError(
            _("Give each corner of the area as longitude,latitude in degrees, with a space between corners."),
            code="corner",
        ) from error
    validate_position(latitude, longitude, box)
    return round(longitude, 6), round(latitude, 6)


@lru_cache(maxsize=1)
def _earth() -> Geod:
    return Geod(ellps="WGS84")


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """This will return the length of the shortest way along the earth's surface between two points, in kilometres."""
    _there, _back, metres = _earth().inv(longitude, latitude, other_longitude, other_latitude)
    return float(metres) / 1000


def distances_km(
    latitude: float, longitude: float, latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """This will return the distances of many positions from one, on a sphere as round as the earth is at that one.

    Within 500 km this is less than two in a thousand from the exact distance, and a thousand times as fast to compute.
    """
    here = math.radians(latitude)
    flat = 1 - _earth().es * math.sin(here) ** 2
    radius = _earth().a / 1000 * math.sqrt(1 - _earth().es) / flat
    up, along = np.radians(latitudes) - here, np.radians(longitudes - longitude)
    part = np.sin(up / 2) ** 2 + math.cos(here) * np.cos(np.radians(latitudes)) * np.sin(along / 2) ** 2
    found: NDArray[np.float64] = 2 * radius * np.arcsin(np.sqrt(np.minimum(part, 1.0)))
    return found
