"""Shapes out of files that people send: GeoJSON, GeoPackage, KML, GML and zipped Shapefiles, all as WGS84.

A child process opens the file (`common.sandbox`): this one reads plain JSON of finite numbers.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .sandbox import CannotRead, Finished, run_job

MAX_FILE_BYTES = 30_000_000
#: what file fields offer to choose
ACCEPTED = ".geojson,.json,.gpkg,.kml,.kmz,.gml,.zip"
#: what each reading needs switched on; the names are those of the library
NEEDED = {"gpkg": "GPKG", "kml": "LIBKML", "kmz": "LIBKML", "gml": "GML", "shapefile": "ESRI Shapefile"}

REASONS: dict[str, str | Promise] = {
    "malformed": _("The file is broken or is not what its name says. Save it again and try once more."),
    "unknown_format": _(
        "This kind of file cannot be read here. Use GeoJSON, GeoPackage, KML, GML or a zipped Shapefile."
    ),
    "empty": _("The file is empty."),
    "doctype": _("The file declares entities (DOCTYPE) and is not opened for safety. Save it without them."),
    "crs": _(
        "The coordinate system of the file is not one that we read. Save it in WGS84 (EPSG:4326) or ETRS-TM35FIN"
        " (EPSG:3067)."
    ),
    "too_many_shapes": _("The file has too many shapes: at most 20,000. Split it."),
    "too_many_points": _("A shape has too many points: at most 5,000. Simplify it first."),
    "too_many_points_in_all": _(
        "The file has too many points: at most 400,000 in all. Simplify or split it."
    ),
    "too_many_layers": _("The file has too many layers: at most 50. Save the one that you need."),
    "too_large": _("The file is too large to open. Split it into smaller ones."),
    "archive_too_large": _("The zipped file unpacks to too much and is not opened for safety. Split it."),
    "encrypted": _("The zipped file is protected with a password. Save it without one."),
    "no_shapefile": _("The zipped file has no Shapefile (.shp) in it."),
    "no_shapes": _("The file has no shapes."),
    "not_finite": _("A coordinate is not a number."),
    "time": _("The file took too long to open. Split it into smaller ones, or simplify its shapes."),
}


@dataclass(frozen=True)
class Shape:
    """One shape of a file: GeoJSON in WGS84 (None where the file gives none), its properties, and its row from 1."""

    geometry: dict[str, Any] | None
    properties: dict[str, Any]
    row: int

    @property
    def kind(self) -> str:
        """Point, Polygon and so on; "" without a shape."""
        return str(self.geometry["type"]) if self.geometry else ""


def read_shapes(content: bytes, filename: str) -> list[Shape]:
    """This will read every shape of a file, in the file's order. `filename` only helps to tell what it is.

    Raises CannotRead with a code, and the row where there is one. Geometries may be of any kind: `common.geo` says
    which suit a record.
    """
    if not content:
        raise _refusal("empty")
    if len(content) > MAX_FILE_BYTES:
        raise _refusal("too_large")
    kind = kind_of(content, filename)
    with tempfile.TemporaryDirectory(prefix="vetovoima-") as folder:
        source, out = Path(folder) / f"in.{kind}", Path(folder) / "out"
        source.write_bytes(content)
        done = run_job("shapes", kind, str(source), str(out), _switched_off(kind))
        if done.failure:
            raise _why(done)
        with out.open(encoding="utf-8") as lines:
            return [_shape(line, row) for row, line in enumerate(lines, start=1)]


def _shape(line: str, row: int) -> Shape:
    geometry, properties = json.loads(line)
    return Shape(geometry, properties, row)


def kind_of(content: bytes, filename: str) -> str:
    """This will tell from the first bytes what a file is; the name decides between two zipped kinds alone.

    Raises CannotRead.
    """
    head = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"SQLite format 3\x00"):
        return "gpkg" if content[68:72] in (b"GPKG", b"GP10", b"GP11") else _unknown()
    if content.startswith(b"PK\x03\x04"):
        return "kmz" if filename.lower().endswith(".kmz") else "shapefile"
    if head.startswith(b"{"):
        return "geojson"
    if head.startswith(b"<"):
        return _kind_of_xml(head)
    return _unknown()


def _kind_of_xml(head: bytes) -> str:
    """A look at the first words only; the child checks the root itself."""
    text = head.decode("utf-8", "replace").lower()
    if "<kml" in text or ":kml" in text:
        return "kml"
    if "opengis.net/gml" in text or "featurecollection" in text:
        return "gml"
    return _unknown()


def _unknown() -> str:
    raise _refusal("unknown_format")


@lru_cache(maxsize=1)
def _known_formats() -> tuple[str, ...]:
    """Every format that the library was built with, asked once of a child: this process never loads it."""
    done = run_job("shapes", "formats")
    if done.failure:
        raise _why(done)
    return tuple(done.answer)


def _switched_off(kind: str) -> str:
    """Every format but the one that the file is: remote and virtual ones, which open other things, among them."""
    if kind not in NEEDED:
        return ""
    return ",".join(one for one in _known_formats() if one != NEEDED[kind])


def _why(done: Finished) -> CannotRead:
    if done.failure == "refused":
        return _refusal(done.details["refused"], done.details.get("row"))
    return _refusal({"time": "time", "memory": "too_large"}.get(done.failure, "malformed"))


def _refusal(code: str, row: int | None = None) -> CannotRead:
    message = REASONS[code]
    if row is not None:
        message = _("Shape %(row)s: %(what)s")
        return CannotRead(message, code=code, params={"what": REASONS[code]}, row=row)
    return CannotRead(message, code=code)
