"""The job that opens files of shapes, inside the child: one JSON line for each shape.

Only this process imports the library that reads geographical files, with every format switched off but the one
asked for, and without the network. What the product calls is `common.shapes.read_shapes`.
"""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from .shape_rows import (
    DEGREES,
    MAX_SHAPES,
    Refused,
    Writer,
    property_value,
    system_of,
    system_of_prj,
)

MAX_UNPACKED_BYTES = 100_000_000
MAX_ENTRIES = 200
MAX_LAYERS = 50
MAX_RATIO = 200
MAX_PROPERTIES = 300
#: what the formats say of drawing and bookkeeping: no properties of the shapes
MACHINERY = {
    "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon", "timestamp", "begin", "end",
    "lowerCorner", "upperCorner", "gml_id",
}  # fmt: skip
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".cpg")


def _geojson(source: Path, writer: Writer) -> None:
    """GeoJSON needs no library but the language's own: each feature is checked by itself."""
    try:
        data = json.loads(source.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused("malformed") from error
    if not isinstance(data, dict):
        raise Refused("malformed")
    features = data.get("features") if data.get("type") == "FeatureCollection" else [data]
    if not isinstance(features, list):
        raise Refused("malformed")
    if len(features) > MAX_SHAPES:
        raise Refused("too_many_shapes")
    named = data.get("crs")
    system = system_of(_crs_member(named)) if named is not None else None
    pairs = [_feature(one, row) for row, one in enumerate(features, start=1)]
    writer.layer([shape for shape, _given in pairs], iter([given for _shape, given in pairs]), system)


def _crs_member(member: Any) -> str:
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or len(name) > 100:
        raise Refused("crs")
    return name


def _feature(data: Any, row: int) -> tuple[Any, dict[str, Any]]:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    if not isinstance(data, dict):
        raise Refused("malformed", row)
    is_feature = data.get("type") == "Feature"
    geometry = data.get("geometry") if is_feature else data
    given = data.get("properties") if is_feature else {}
    if geometry is None:
        return None, _properties(given)
    try:
        return shape(geometry), _properties(given)
    except (ValueError, TypeError, LookupError, AttributeError, ShapelyError, RecursionError) as error:
        raise Refused("malformed", row) from error


def _properties(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        return {}
    return {str(name)[:200]: property_value(value) for name, value in list(given.items())[:MAX_PROPERTIES]}


def _layers(source: Path, writer: Writer, system: int | None = None) -> None:
    """Every layer with shapes in a file that the library reads."""
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        names = [str(name) for name, kind in pyogrio.list_layers(source) if kind is not None]
        if len(names) > MAX_LAYERS:
            raise Refused("too_many_layers")
        for name in names:
            _layer(source, name, writer, system)
    except (DataSourceError, DataLayerError, FeatureError, UnicodeDecodeError) as error:
        raise Refused("malformed") from error


def _layer(source: Path, name: str, writer: Writer, system: int | None) -> None:
    import shapely
    from pyogrio import raw

    options = {"DOWNLOAD_SCHEMA": "NO"} if source.suffix == ".gml" else {}
    meta, _ids, wkb, columns = raw.read(
        source, layer=name, force_2d=True, max_features=MAX_SHAPES + 1, datetime_as_string=True, **options
    )
    if wkb is None:
        return
    try:
        shapes = list(shapely.from_wkb(wkb))
    except shapely.errors.ShapelyError as error:
        raise Refused("malformed") from error
    named = [str(field) for field in meta["fields"]][:MAX_PROPERTIES]
    kept = [(field, column) for field, column in zip(named, columns, strict=False) if field not in MACHINERY]
    rows = ({field: property_value(column[index]) for field, column in kept} for index in range(len(shapes)))
    writer.layer(shapes, rows, system or system_of(meta["crs"]))


def _xml(source: Path, roots: set[str]) -> None:
    """Refuse XML that declares entities or is none, before anybody else reads it."""
    from xml.parsers import expat

    depth = 0
    seen: list[str] = []

    def start(name: str, _attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > 60:
            raise Refused("malformed")
        if not seen:
            seen.append(name.rpartition(":")[2])
            if seen[0] not in roots:
                raise Refused("unknown_format")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_given: Any) -> NoReturn:
        raise Refused("doctype")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        with source.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise Refused("malformed") from error


def _kml(source: Path, writer: Writer) -> None:
    _xml(source, {"kml"})
    _layers(source, writer, DEGREES)


def _gml(source: Path, writer: Writer) -> None:
    _xml(source, {"FeatureCollection", "featureMembers", "FeatureCollection2"})
    _layers(source, writer)


def _zipped(source: Path, writer: Writer, wanted: str) -> None:
    """A zipped Shapefile, or the KML of a KMZ: entries are checked and written under names of our own."""
    try:
        with zipfile.ZipFile(source) as archive:
            _check_archive(archive)
            if wanted == "kmz":
                _kml(_unpacked(archive, _entries(archive, ".kml")[0], source.parent / "in.kml"), writer)
                return
            found = _entries(archive, ".shp")
            if len(found) > MAX_LAYERS:
                raise Refused("too_many_layers")
            for number, entry in enumerate(found):
                _shapefile(archive, entry, source.parent / f"layer{number}", writer)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Refused("malformed") from error


def _check_archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise Refused("archive_too_large")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("encrypted")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise Refused("archive_too_large")
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise Refused("archive_too_large")


def _entries(archive: zipfile.ZipFile, suffix: str) -> list[zipfile.ZipInfo]:
    found = [
        one
        for one in archive.infolist()
        if one.filename.lower().endswith(suffix) and not one.filename.startswith("__MACOSX/")
    ]
    if not found:
        raise Refused("no_shapefile")
    return found


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> Path:
    """Write one entry under our own name, no more of it than it says of itself."""
    left = entry.file_size
    with archive.open(entry) as packed, target.open("wb") as out:
        while block := packed.read(min(1 << 16, left + 1)):
            left -= len(block)
            if left < 0:
                raise Refused("archive_too_large")
            out.write(block)
    return target


def _shapefile(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, stem: Path, writer: Writer) -> None:
    beside = {one.filename.lower(): one for one in archive.infolist()}
    base = entry.filename.lower().removesuffix(".shp")
    for suffix in SHAPEFILE_PARTS:
        if found := beside.get(base + suffix):
            _unpacked(archive, found, stem.with_suffix(suffix))
    if stem.with_suffix(".shp").read_bytes()[:4] != b"\x00\x00\x27\x0a":
        raise Refused("malformed")
    system = None
    if prj := beside.get(base + ".prj"):
        path = _unpacked(archive, prj, stem.with_suffix(".text"))
        system = system_of_prj(path.read_bytes()[:5_000].decode("latin-1"))
    _layers(stem.with_suffix(".shp"), writer, system)


READERS: dict[str, Callable[[Path, Writer], None]] = {
    "geojson": _geojson,
    "gpkg": _layers,
    "kml": _kml,
    "gml": _gml,
    "kmz": lambda source, writer: _zipped(source, writer, "kmz"),
    "shapefile": lambda source, writer: _zipped(source, writer, "shapefile"),
}
#: no network, no threads, no schema of the file's own choosing; a database is trusted no more than its data
ENVIRONMENT = {
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
    "GDAL_CACHEMAX": "32",
    "GDAL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "OGR_SQLITE_PRAGMA": "trusted_schema=0",
    "SHAPE_RESTORE_SHX": "YES",
    "PROJ_NETWORK": "OFF",
}


def run_in_child(kind: str, source: str = "", out: str = "", skipped: str = "") -> Any:
    """This will do the work inside the child. `kind` "formats" lists what the library knows, for `skipped`."""
    os.environ.update(ENVIRONMENT)
    os.environ["GDAL_SKIP"] = skipped
    if kind == "formats":
        import pyogrio

        return sorted(pyogrio.list_drivers())
    writer = Writer(Path(out))
    try:
        with contextlib.closing(writer.out):
            READERS[kind](Path(source), writer)
        if not writer.rows:
            raise Refused("no_shapes")
    except Refused as refused:
        return {"refused": refused.code, "row": refused.row}
    return {"rows": writer.rows}
