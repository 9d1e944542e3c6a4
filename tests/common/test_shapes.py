"""Files of shapes: what is read of each format, and what hostile and broken files end in."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from vetovoima.common.sandbox import CannotRead
from vetovoima.common.shapes import Shape, read_shapes

RING = [[27.7, 64.2], [27.701, 64.2], [27.701, 64.201], [27.7, 64.201], [27.7, 64.2]]
METRES = [[534000, 7119500], [534100, 7119500], [534100, 7119600], [534000, 7119600], [534000, 7119500]]
KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{name}</name>'
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>27.7,64.2 27.701,64.2 27.701,64.201 27.7,64.201 27.7,64.2"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>"
)
GML = (
    '<?xml version="1.0"?><ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/"'
    ' xmlns:gml="http://www.opengis.net/gml/3.2"><ogr:featureMember><ogr:plot gml:id="p.1"><ogr:geometryProperty>'
    '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::3067" gml:id="g.1"><gml:exterior><gml:LinearRing><gml:posList>'
    "534000 7119500 534100 7119500 534100 7119600 534000 7119600 534000 7119500</gml:posList></gml:LinearRing>"
    "</gml:exterior></gml:Polygon></ogr:geometryProperty><ogr:nimi>Tontti</ogr:nimi></ogr:plot></ogr:featureMember>"
    "</ogr:FeatureCollection>"
)
TM35FIN = 'PROJCS["ETRS_1989_ETRS-TM35FIN",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989"]],UNIT["Meter",1.0]]'


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more}).encode()


def feature(ring: Any = RING, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def shp(ring: list[list[float]]) -> bytes:
    """This will write a Shapefile of one polygon by hand."""
    box = struct.pack(
        "<4d", *(f(p[axis] for p in ring) for f, axis in ((min, 0), (min, 1), (max, 0), (max, 1)))
    )
    body = struct.pack("<i", 5) + box + struct.pack("<3i", 1, len(ring), 0)
    body += b"".join(struct.pack("<2d", *corner) for corner in ring)
    record = struct.pack(">2i", 1, len(body) // 2) + body
    head = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, (100 + len(record)) // 2) + struct.pack("<2i", 1000, 5)
    return head + box + bytes(32) + record


def zipped(**entries: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def gpkg(folder: Path, *, system: int = 3067, ring: Any = METRES) -> bytes:
    """This will write the least that is a GeoPackage."""
    path = folder / "x.gpkg"
    shape = struct.pack("<bII", 1, 3, 1) + struct.pack("<I", len(ring))
    shape += b"".join(struct.pack("<2d", *corner) for corner in ring)
    blob = b"GP\x00\x01" + struct.pack("<i", system) + shape
    with sqlite3.connect(path) as database:
        database.executescript(
            f"""PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
              organization_coordsys_id INTEGER, definition TEXT, description TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('x', {system}, 'EPSG', {system}, 'undefined', '');
            CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
              last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
            INSERT INTO gpkg_contents VALUES ('plots', 'features', 'plots', '', '2026-01-01T00:00:00Z', 0,0,0,0,{system});
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
              srs_id INTEGER, z TINYINT, m TINYINT);
            INSERT INTO gpkg_geometry_columns VALUES ('plots', 'geom', 'POLYGON', {system}, 0, 0);
            CREATE TABLE plots (fid INTEGER PRIMARY KEY, geom BLOB, nimi TEXT);"""
        )
        database.execute("INSERT INTO plots VALUES (1, ?, 'Tontti ä')", [blob])
    database.close()
    return path.read_bytes()


def refusal(content: bytes, filename: str) -> tuple[str, int | None]:
    started = time.monotonic()
    with pytest.raises(CannotRead) as caught:
        read_shapes(content, filename)
    assert caught.value.messages[0]
    assert time.monotonic() - started < 21
    return str(caught.value.code), caught.value.row


def at(shape: Shape) -> list[float]:
    """The south-western corner, to about a metre."""
    assert shape.geometry is not None
    corners = shape.geometry["coordinates"][0]
    return [round(min(corner[0] for corner in corners), 5), round(min(corner[1] for corner in corners), 5)]


# --- what is read ----------------------------------------------------------------------------------------------------


def test_geojson_keeps_its_order_its_properties_and_rows_without_a_shape() -> None:
    empty = {"type": "Feature", "properties": {"nimi": "vailla"}, "geometry": None}
    found = read_shapes(collection(feature(nimi="Ä", ala=1.5, on=True), empty), "tontit.geojson")
    assert found[0] == Shape(
        {"type": "Polygon", "coordinates": [RING]}, {"nimi": "Ä", "ala": 1.5, "on": True}, 1
    )
    assert (found[1].geometry, found[1].row) == (None, 2)


def test_one_feature_and_one_bare_shape_are_files_too() -> None:
    assert len(read_shapes(json.dumps(feature()).encode(), "a.json")) == 1
    assert (
        read_shapes(b'\xef\xbb\xbf{"type":"Point","coordinates":[27.7,64.2,103.4]}', "a.json")[0].geometry
        == {"type": "Point", "coordinates": [27.7, 64.2]}
    )  # fmt: skip


NATIONAL = [27.70015, 64.2001]


@pytest.mark.parametrize("crs", [None, "EPSG:3067", "urn:ogc:def:crs:EPSG::3067"])
def test_metres_become_degrees_whether_the_file_says_so_or_not(crs: str | None) -> None:
    more = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    assert at(read_shapes(collection(feature(METRES), **more), "a.geojson")[0]) == NATIONAL


def test_a_geopackage_in_the_national_system(tmp_path: Path) -> None:
    (found,) = read_shapes(gpkg(tmp_path), "tontit.gpkg")
    assert (at(found), found.properties) == (NATIONAL, {"nimi": "Tontti ä"})


def test_kml_and_its_zipped_form() -> None:
    (found,) = read_shapes(KML.format(name="Kantola").encode(), "a.kml")
    assert (at(found), found.properties["Name"]) == ([27.7, 64.2], "Kantola")
    assert len(read_shapes(zipped(doc_kml=KML), "a.kmz")) == 1


def test_gml_in_the_national_system() -> None:
    (found,) = read_shapes(GML.encode(), "a.gml")
    assert (at(found), found.properties["nimi"]) == (NATIONAL, "Tontti")


@pytest.mark.parametrize("prj", [TM35FIN, None])
def test_a_zipped_shapefile_in_a_folder_with_and_without_its_system(prj: str | None) -> None:
    content = zipped(tontit__a_shp=shp(METRES), **({"tontit__a_prj": prj} if prj else {}))
    assert at(read_shapes(content, "tontit.zip")[0]) == NATIONAL


def test_every_shapefile_of_an_archive_is_read() -> None:
    content = zipped(a_shp=shp(METRES), b_shp=shp(RING), b_prj='GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]')
    assert [one.row for one in read_shapes(content, "a.zip")] == [1, 2]


def test_twenty_thousand_shapes_fit_the_limits() -> None:
    content = collection(*[feature(nimi=f"Tontti {number}") for number in range(20_000)])
    assert len(read_shapes(content, "a.geojson")) == 20_000


# --- what is refused -------------------------------------------------------------------------------------------------

ENTITIES = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "'
    + "x" * 1000
    + '">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 20}">' for n in range(8)
    )
    + "]><kml>&i;</kml>"
)  # fmt: skip
VRT = '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


@pytest.mark.parametrize(
    ("content", "filename", "code"),
    [
        (b"", "a.geojson", "empty"),
        (b"nothing", "a.geojson", "unknown_format"),
        (b"\x89PNG\r\n\x1a\n", "a.gpkg", "unknown_format"),
        (b'{"type": "FeatureCollection"', "a.geojson", "malformed"),
        (b'{"a":' * 100_000, "a.geojson", "malformed"),
        (b'{"type": "FeatureCollection", "features": 7}', "a.geojson", "malformed"),
        (collection(), "a.geojson", "no_shapes"),
        (
            collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:2393"}}),
            "a.geojson",
            "crs",
        ),
        (
            collection(feature(), crs={"type": "name", "properties": {"name": "/etc/passwd"}}),
            "a.geojson",
            "crs",
        ),
        (collection(feature([[9e6, 9e6], [9e6, 8e6], [8e6, 8e6], [9e6, 9e6]])), "a.geojson", "crs"),
        (collection(*[feature()] * 20_001), "a.geojson", "too_many_shapes"),
        ((ENTITIES + KML[21:]).encode(), "a.kml", "doctype"),
        (LAUGHS.encode(), "a.kml", "doctype"),
        (VRT.encode(), "a.vrt", "unknown_format"),
        (VRT.encode(), "a.kml", "unknown_format"),
        (("<!-- <kml -->" + VRT).encode(), "a.kml", "unknown_format"),
        (b"<WFS_Capabilities xmlns='opengis.net/gml'/>", "a.gml", "unknown_format"),
        (b"<kml><unclosed>", "a.kml", "malformed"),
        (b"<kml>" + b"<a>" * 1000, "a.kml", "malformed"),
        (b"SQLite format 3\x00" + bytes(200), "a.gpkg", "unknown_format"),
        (b"PK\x03\x04" + bytes(50), "a.zip", "malformed"),
        (zipped(readme_txt="hello"), "a.zip", "no_shapefile"),
        (zipped(a_shp=b"no shapefile"), "a.zip", "malformed"),
        (zipped(a_shp=shp(METRES)[:120]), "a.zip", "malformed"),
        (zipped(a_shp=shp(METRES), a_prj='PROJCS["KKJ / Finland zone 3"]'), "a.zip", "crs"),
        (zipped(a_shp=shp(METRES), a_prj="/vsicurl/http://127.0.0.1/x"), "a.zip", "crs"),
        (zipped(a_shp=bytes(90_000_000)), "a.zip", "archive_too_large"),
        (zipped(**{f"n{number}_txt": "" for number in range(300)}), "a.zip", "archive_too_large"),
        (b"{" + bytes(31_000_000), "a.geojson", "too_large"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(content: bytes, filename: str, code: str) -> None:
    assert refusal(content, filename)[0] == code


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (feature([[27.7 + n / 1e6, 64.2 + (n % 2) / 1e3] for n in range(6_000)] + [RING[0]]), "too_many_points"),
        (feature([[27.7, 64.2], [float("nan"), 64.2], [27.7, 64.3], [27.7, 64.2]]), "not_finite"),
        (feature([["x", "64"], [1, 2], [3, 4], ["x", "64"]]), "malformed"),
        ({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": {"a": 1}}}, "malformed"),
        ({"type": "Feature", "geometry": {"type": "Nonsense", "coordinates": []}}, "malformed"),
        ("a feature", "malformed"),
    ],
)  # fmt: skip
def test_a_bad_shape_is_named_by_its_row(bad: Any, code: str) -> None:
    assert refusal(collection(feature(), bad), "a.geojson") == (code, 2)


def test_a_locked_archive_is_refused_before_it_is_opened() -> None:
    content = bytearray(zipped(a_shp=shp(METRES)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content), "a.zip")[0] == "encrypted"


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../../tmp/vetovoima-escaped.shp", shp(METRES))
    assert len(read_shapes(out.getvalue(), "a.zip")) == 1
    assert not Path("/tmp/vetovoima-escaped.shp").exists()


def test_a_geopackage_cut_in_the_middle_and_one_in_another_system(tmp_path: Path) -> None:
    whole = gpkg(tmp_path)
    assert refusal(whole[: len(whole) // 2], "a.gpkg")[0] in {"malformed", "no_shapes"}
    (tmp_path / "x.gpkg").unlink()
    assert refusal(gpkg(tmp_path, system=32635), "a.gpkg")[0] == "crs"


def test_the_library_is_never_loaded_here() -> None:
    read_shapes(KML.encode(), "a.kml")
    assert "pyogrio" not in sys.modules
