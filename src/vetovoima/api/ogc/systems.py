"""Coordinate reference systems by reference: the two that are spoken, and boxes in either."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Transformer

from vetovoima.common.geo import Box

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
ETRS_TM35FIN = "http://www.opengis.net/def/crs/EPSG/0/3067"
SYSTEMS = (CRS84, ETRS_TM35FIN)
#: the part of the earth in which EPSG:3067 is any use, in metres: Finland and a thousand kilometres around
METRES = (-1_000_000.0, 5_500_000.0, 2_000_000.0, 9_000_000.0)
#: points on each side of a box when it is drawn in the other system
_POINTS = 33
#: half a step of what shapes are rounded to, in degrees and then some
_ROUNDED = 2e-6


class BadBox(ValueError):
    """A box that is none."""


@dataclass(frozen=True)
class Area:
    """A box as it was asked for: boxes in degrees, and the box in metres with one of degrees inside it when it was one."""

    boxes: tuple[Box, ...]
    metric: Box | None = None
    inner: Box | None = None


def numbers_of(text: str) -> list[float]:
    """This will read four or six finite numbers; the third and sixth of six are heights, which nothing here has."""
    parts = text.split(",")
    if len(parts) not in (4, 6) or any(len(part) > 40 for part in parts):
        raise BadBox
    try:
        found = [float(part) for part in parts]
    except ValueError as error:
        raise BadBox from error
    if not all(map(math.isfinite, found)):
        raise BadBox
    if len(found) == 6:
        if found[2] > found[5]:
            raise BadBox
        found = [found[0], found[1], found[3], found[4]]
    return found


def area_in(text: str, system: str) -> Area:
    """This will read a box in one of the systems. Raises BadBox.

    In CRS84 a west side that is greater than the east side means a box across the 180th meridian (part 1, 7.15.3).
    """
    west, south, east, north = numbers_of(text)
    if system == ETRS_TM35FIN:
        return _metric(west, south, east, north)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise BadBox
    if west > east:
        return Area(((west, south, 180.0, north), (-180.0, south, east, north)))
    return Area(((west, south, east, north),))


@lru_cache(maxsize=1)
def _to_degrees() -> Transformer:
    return Transformer.from_crs(3067, 4326, always_xy=True)


def _metric(west: float, south: float, east: float, north: float) -> Area:
    if west > east or south > north:
        raise BadBox
    metric = (max(west, METRES[0]), max(south, METRES[1]), min(east, METRES[2]), min(north, METRES[3]))
    if metric[0] > metric[2] or metric[1] > metric[3]:
        # far from here: a box in which nothing can be, and no question of the projection
        return Area(((0.0, -90.0, 0.0, -90.0),), (west, south, east, north), None)
    sides = _sides(metric)
    xs = {name: [x for x, _y in points] for name, points in sides.items()}
    ys = {name: [y for _x, y in points] for name, points in sides.items()}
    every_x = [x for several in xs.values() for x in several]
    every_y = [y for several in ys.values() for y in several]
    # between its points a side bends a little, less than a hundredth of its length
    aside, up = (max(every_x) - min(every_x)) / 100 + _ROUNDED, (max(every_y) - min(every_y)) / 100 + _ROUNDED
    cover = (min(every_x) - aside, min(every_y) - up, max(every_x) + aside, max(every_y) + up)
    inner = (max(xs["west"]) + aside, max(ys["south"]) + up, min(xs["east"]) - aside, min(ys["north"]) - up)
    has_inside = inner[0] < inner[2] and inner[1] < inner[3]
    return Area((cover,), (west, south, east, north), inner if has_inside else None)


def _sides(box: Box) -> dict[str, list[tuple[float, float]]]:
    """The four sides of a box in metres as points in degrees."""
    west, south, east, north = box
    across = [west + (east - west) * step / (_POINTS - 1) for step in range(_POINTS)]
    up = [south + (north - south) * step / (_POINTS - 1) for step in range(_POINTS)]
    drawn = {
        "west": [(west, y) for y in up], "east": [(east, y) for y in up],
        "south": [(x, south) for x in across], "north": [(x, north) for x in across],
    }  # fmt: skip
    found = {}
    for name, points in drawn.items():
        xs, ys = _to_degrees().transform([x for x, _y in points], [y for _x, y in points])
        found[name] = list(zip(map(float, xs), map(float, ys), strict=True))
    return found
