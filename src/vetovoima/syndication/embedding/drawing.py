"""A small map as figures to draw: outlines, names and points in one picture, projected here so that no embed has to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Position = tuple[float, float]
Box = tuple[float, float, float, float]

WIDTH, TALLEST, MARGIN, LIFT = 600, 720, 32, 16
#: no closer than this, in degrees of latitude: a lone point would else fill the picture with nothing around it
LEAST_SPAN = 0.25


@dataclass(frozen=True)
class Picture:
    """A map in whole units of its own: `shapes` are outlines as SVG paths, `places` names, `points` records by code."""

    width: int
    height: int
    shapes: list[dict[str, Any]]
    places: list[dict[str, Any]]
    points: list[dict[str, Any]]


@dataclass(frozen=True)
class _Frame:
    """How degrees become units of the picture: equal distances east and north at the middle of the box."""

    west: float
    north: float
    scale: float
    shrink: float
    height: int

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x = (longitude - self.west) * self.shrink * self.scale + MARGIN
        y = (self.north - latitude) * self.scale + MARGIN
        return round(x), round(y)


def draw(
    boundaries: Mapping[str, Any],
    towns: Sequence[Mapping[str, Any]],
    cards: Iterable[Mapping[str, Any]],
    here: str,
) -> Picture:
    """This will draw records on the outlines of the region, or of the municipality `here`.

    `boundaries` is a GeoJSON FeatureCollection (may be empty), `towns` are {slug, name, longitude, latitude}, `cards` are
    those of published documents; one whose position is not known is left out of the picture.
    """
    shown = [one for one in cards if one["place"]["longitude"] is not None]
    features = list(boundaries.get("features", ()))
    frame = _frame(list(_seen(features, towns, shown, here)))
    shapes = [
        {"slug": one["id"], "path": path, "is_here": one["id"] == here}
        for one in features
        if (path := _path(one["geometry"], frame))
    ]
    places = [{"name": one["name"], **_above(_at(frame, one))} for one in towns]
    points = [
        {"code": one["code"], **_at(frame, one["place"]), "is_exact": one["place"]["precision"] == "exact"}
        for one in shown
    ]
    return Picture(WIDTH, frame.height, shapes, [one for one in places if _is_inside(one, frame)], points)


def _at(frame: _Frame, one: Mapping[str, Any]) -> dict[str, int]:
    x, y = frame.place(one["longitude"], one["latitude"])
    return {"x": x, "y": y}


def _above(place: dict[str, int]) -> dict[str, int]:
    """Where a name stands: over its place, so that a point there does not hide it."""
    return {**place, "y": place["y"] - LIFT}


def _is_inside(one: Mapping[str, Any], frame: _Frame) -> bool:
    return bool(0 <= one["x"] <= WIDTH and 0 <= one["y"] <= frame.height)


def _seen(
    features: Iterable[Mapping[str, Any]],
    towns: Iterable[Mapping[str, Any]],
    cards: Iterable[Mapping[str, Any]],
    here: str,
) -> Iterator[Position]:
    """The positions that the picture must hold: the region's, or those of one municipality and of what lies there."""
    for one in features:
        if not here or one["id"] == here:
            for ring in _rings(one["geometry"]):
                yield from ((point[0], point[1]) for point in ring)
    for town in towns:
        if not here or town["slug"] == here:
            yield town["longitude"], town["latitude"]
    for card in cards:
        yield card["place"]["longitude"], card["place"]["latitude"]


def _frame(positions: Sequence[Position]) -> _Frame:
    west, south, east, north = _box(positions)
    shrink = max(0.1, math.cos(math.radians((south + north) / 2)))
    wide, high = (east - west) * shrink, north - south
    inner = WIDTH - 2 * MARGIN
    scale = min(inner / wide, (TALLEST - 2 * MARGIN) / high)
    # what is taller than it is wide stands in the middle
    west -= (inner / scale - wide) / 2 / shrink
    return _Frame(west, north, scale, shrink, round(high * scale) + 2 * MARGIN)


def _box(positions: Sequence[Position]) -> Box:
    if not positions:
        return 0.0, 0.0, 1.0, 1.0
    east_west, north_south = zip(*positions, strict=True)
    (west, east), (south, north) = _at_least(east_west, 2 * LEAST_SPAN), _at_least(north_south, LEAST_SPAN)
    return west, south, east, north


def _at_least(values: Sequence[float], span: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max(0.0, span - (high - low)) / 2
    return low - more, high + more


def _rings(geometry: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    """The outer rings of a shape: what is cut out of a municipality is too small to see here."""
    if not geometry:
        return
    several = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    yield from (polygon[0] for polygon in several if polygon)


def _path(geometry: Mapping[str, Any] | None, frame: _Frame) -> str:
    """A shape as an SVG path; points that fall on one another are said once."""
    parts = []
    for ring in _rings(geometry):
        points = [frame.place(point[0], point[1]) for point in ring]
        kept = [one for before, one in zip([None, *points], points, strict=False) if one != before]
        if len(kept) > 3:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in kept[:-1]) + "Z")
    return "".join(parts)
