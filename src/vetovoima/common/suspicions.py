"""What is suspicious about a shape, with the mend where there is one: warnings that a person answers, never silent changes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from shapely import make_valid
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from .geo import DEFAULT_BOX, KINDS, Box, Measured, parse_geojson

#: how far a drawn area may be from the stated one, and how much of it over the border, before somebody is asked
AREA_MARGIN, BORDER_MARGIN = 0.1, 0.01


@dataclass(frozen=True)
class Suspicion:
    """One thing to look at. `mended` is the shape as it would be mended, `area_m2` the area to state instead."""

    code: str
    message: str | Promise
    params: dict[str, Any] = field(default_factory=dict)
    mended: dict[str, Any] | None = None
    area_m2: float | None = None

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


def check_shape(
    geometry: dict[str, Any], *, box: Box = DEFAULT_BOX, boundary: dict[str, Any] | None = None,
    stated_area_m2: float | None = None,
) -> list[Suspicion]:  # fmt: skip
    """This will say what is suspicious about a shape: swapped axes, a border that crosses itself, a place outside the
    municipality (`boundary`, GeoJSON), an area that differs from the stated one by more than a tenth.

    A shape that `geo.parse_geojson` refuses for another reason has no suspicions: that is an error. Swapped and
    self-crossing shapes cannot be saved as they are; their mend is what the person is offered.
    """
    try:
        measured = parse_geojson(geometry, box)
    except ValidationError as error:
        return _mends(geometry, box, str(error.code))
    found = [_outside(measured, boundary), _other_area(measured, stated_area_m2)]
    return [one for one in found if one is not None]


def _mends(geometry: dict[str, Any], box: Box, code: str) -> list[Suspicion]:
    mend = {"swapped": _swapped, "self_crossing": _self_crossing}.get(code)
    found = mend(geometry, box) if mend else None
    return [found] if found else []


def _flipped(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [coordinates[1], coordinates[0]]
    return [_flipped(part) for part in coordinates]


def _swapped(geometry: dict[str, Any], box: Box) -> Suspicion | None:
    flipped = {"type": geometry["type"], "coordinates": _flipped(geometry["coordinates"])}
    try:
        mended = parse_geojson(flipped, box)
    except ValidationError:
        return None
    return Suspicion(
        "swapped",
        _("Latitude and longitude are swapped. The right way round the place is at %(latitude)s, %(longitude)s."),
        {"latitude": f"{mended.latitude:.5f}", "longitude": f"{mended.longitude:.5f}"},
        mended.geojson,
    )  # fmt: skip


def _self_crossing(geometry: dict[str, Any], box: Box) -> Suspicion | None:
    """The repair takes what the crossing border encloses; the person is told how many parts and how large that is."""
    try:
        crossing = shape({"type": geometry["type"], "coordinates": geometry["coordinates"]})
        whole = _areas_of(make_valid(crossing))
        if whole is None:
            return None
        mended = parse_geojson(json.loads(json.dumps(mapping(whole))), box)
    except (ValidationError, GEOSException, ValueError, TypeError):
        return None
    return Suspicion(
        "self_crossing",
        _(
            "The border of the area crosses itself. The repair keeps what it encloses: %(parts)s parts, %(area)s ha in all."
        ),
        {"parts": len(getattr(whole, "geoms", [whole])), "area": _hectares(mended)},
        mended.geojson,
    )


def _areas_of(repaired: BaseGeometry) -> BaseGeometry | None:
    """The areas of what a repair leaves; its loose lines and points mean nothing."""
    if repaired.geom_type in KINDS - {"Point"}:
        return repaired
    parts = [part for part in getattr(repaired, "geoms", []) if isinstance(part, (Polygon, MultiPolygon))]
    areas = [one for part in parts for one in getattr(part, "geoms", [part])]
    return MultiPolygon(areas) if len(areas) > 1 else (areas[0] if areas else None)


def _hectares(measured: Measured) -> str:
    return f"{(measured.area_m2 or 0) / 10_000:.2f}"


def _outside(measured: Measured, boundary: dict[str, Any] | None) -> Suspicion | None:
    """How much of the shape lies over the municipality's border."""
    if not boundary:
        return None
    within, mine = shape(boundary), shape(measured.geojson)
    if mine.geom_type == "Point":
        share = 0.0 if within.intersects(mine) else 1.0
    else:
        share = mine.difference(within).area / mine.area  # a share needs no projection
    if share <= BORDER_MARGIN:
        return None
    if share > 0.99:
        return Suspicion("outside_municipality", _("The place is outside the municipality."))
    return Suspicion(
        "outside_municipality", _("%(percent)s %% of the area is outside the municipality."),
        {"percent": max(1, round(share * 100))},
    )  # fmt: skip


def _other_area(measured: Measured, stated: float | None) -> Suspicion | None:
    if not stated or not measured.area_m2:
        return None
    off = measured.area_m2 / stated - 1
    if abs(off) <= AREA_MARGIN:
        return None
    return Suspicion(
        "area",
        _(
            "The area on the map is %(drawn)s ha, the stated total area %(stated)s ha: they differ by %(percent)s %%."
        ),
        {
            "drawn": _hectares(measured),
            "stated": f"{stated / 10_000:.2f}",
            "percent": min(round(abs(off) * 100), 9_999),
        },
        area_m2=measured.area_m2,
    )
