"""Shapes on their way out of the child: their coordinate system, their limits, and one JSON line for each."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_OUTPUT_BYTES = 60_000_000
MAX_SHAPES = 20_000
MAX_VERTICES = 5_000
MAX_VERTICES_IN_ALL = 400_000
MAX_TEXT = 20_000
DEGREES, METRES = 4326, 3067
#: easts and norths of Finland in the national coordinates, with a margin
METRIC_BOX = (40_000.0, 6_500_000.0, 800_000.0, 7_850_000.0)
#: ETRS89 in degrees differs from WGS84 by less than a metre
ALLOWED = {4326: DEGREES, 4258: DEGREES, 3067: METRES, 5048: METRES}


class Refused(Exception):
    """What is wrong with the file: a code that the parent has words for, and the row where there is one."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code, self.row = code, row


def system_of_prj(text: str) -> int:
    """This will return the system that a .prj file names, from a list of names: its text never reaches a library."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    if "TM35FIN" in plain:
        return METRES
    if plain.startswith(("GEOGCS", "GEOGCRS")) and re.search(
        r"WGS1984|WGS84|ETRS89|ETRS1989|EUREFFIN", plain
    ):
        return DEGREES
    raise Refused("crs")


def system_of(named: str | None) -> int | None:
    """This will return the system of a name such as EPSG:3067 or urn:ogc:def:crs:OGC:1.3:CRS84; None when nothing is said."""
    if not named:
        return None
    if re.search(r"(?i)crs84$", named):
        return DEGREES
    found = re.fullmatch(r"(?i).*\bEPSG:{1,2}(?:[\d.]*:)?(\d{4,5})", named)
    if found and int(found.group(1)) in ALLOWED:
        return ALLOWED[int(found.group(1))]
    raise Refused("crs")


def _guessed(bounds: tuple[float, float, float, float]) -> int:
    """Numbers that can be only one of the two systems say themselves which; others are refused."""
    west, south, east, north = bounds
    if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
        return DEGREES
    low_east, low_north, high_east, high_north = METRIC_BOX
    if low_east <= west <= east <= high_east and low_north <= south <= north <= high_north:
        return METRES
    raise Refused("crs")


class Writer:
    """Checks shapes layer by layer, turns them into WGS84 and writes them; rows count from 1 through all layers."""

    def __init__(self, out: Path) -> None:
        self.out = out.open("w", encoding="utf-8")
        self.rows = 0
        self.vertices = 0
        self.bytes = 0

    def layer(self, geometries: list[Any], properties: Iterator[dict[str, Any]], system: int | None) -> None:
        """This will write one layer. Raises Refused."""
        import numpy
        import shapely

        if not geometries:
            return
        if self.rows + len(geometries) > MAX_SHAPES:
            raise Refused("too_many_shapes")
        shapes = shapely.force_2d(numpy.array(geometries, dtype=object))
        counts = shapely.get_num_coordinates(shapes)
        for index in numpy.flatnonzero(counts > MAX_VERTICES):
            raise Refused("too_many_points", self.rows + int(index) + 1)
        self.vertices += int(counts.sum())
        if self.vertices > MAX_VERTICES_IN_ALL:
            raise Refused("too_many_points_in_all")
        self._finite(shapes)
        for shape, given in zip(self._in_degrees(shapes, system), properties, strict=True):
            self.write(shape, given)

    def _finite(self, shapes: Any) -> None:
        import numpy
        import shapely

        coordinates, index = shapely.get_coordinates(shapes, return_index=True)
        for bad in numpy.flatnonzero(~numpy.isfinite(coordinates).all(axis=1)):
            raise Refused("not_finite", self.rows + int(index[bad]) + 1)

    def _in_degrees(self, shapes: Any, system: int | None) -> Any:
        import shapely

        bounds = shapely.total_bounds(shapes)
        if not all(math.isfinite(number) for number in bounds):
            return shapes  # nothing but empty shapes
        if (system or _guessed(tuple(bounds))) == DEGREES:
            return shapes
        from pyproj import Transformer

        there = Transformer.from_crs(METRES, DEGREES, always_xy=True)
        return shapely.transform(shapes, there.transform, interleaved=False)

    def write(self, shape: Any, properties: dict[str, Any]) -> None:
        """This will write one shape with its properties."""
        self.rows += 1
        line = json.dumps([_plain(shape), properties], separators=(",", ":"), ensure_ascii=False)
        self.bytes += len(line.encode())
        if self.bytes > MAX_OUTPUT_BYTES:
            raise Refused("too_large")
        self.out.write(line + "\n")


def _plain(shape: Any) -> dict[str, Any] | None:
    """GeoJSON with seven decimals; a collection of one is that one."""
    import shapely
    from shapely.geometry import mapping

    if shape is None or shape.is_empty:
        return None
    if shape.geom_type in {"MultiPoint", "MultiPolygon", "GeometryCollection"} and len(shape.geoms) == 1:
        return _plain(shape.geoms[0])
    rounded = shapely.transform(shape, lambda numbers: numbers.round(7))
    found: dict[str, Any] = mapping(rounded)
    return found


def property_value(value: Any) -> Any:
    """This will give one property as JSON can say it."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, bytes):
        return None
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
    return None if text == "NaT" else text.replace("\x00", "")[:MAX_TEXT]
