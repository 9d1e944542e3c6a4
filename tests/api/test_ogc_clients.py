"""A client that nobody here wrote reads the features: GDAL's driver of OGC API Features, from a live server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.factories import NOW, make_municipality
from tests.factories.sites import make_site
from vetovoima.catalogue import services as catalogue
from vetovoima.common.geo import to_etrs_tm35fin

pytestmark = [pytest.mark.django_db(transaction=True)]
SHAPE = {
    "type": "Polygon",
    "coordinates": [[[28.0, 64.0], [28.2, 64.0], [28.2, 64.2], [28.0, 64.2], [28.0, 64.0]]],
}


@pytest.fixture
def service(transactional_db: None, live_server: Any) -> str:
    for number in range(7):
        made = make_site(area_m2=100 + number, geometry={"type": "Point", "coordinates": [27.0 + number / 10, 64.5]}, place_precision="exact")  # fmt: skip
        catalogue.publish_site(site=made, by=None, now=NOW)
    catalogue.publish_site(site=make_site(geometry=SHAPE, place_precision="exact"), by=None, now=NOW)
    make_municipality("sotkamo", boundary=SHAPE, boundary_credit="Surveyor")
    return f"OAPIF:{live_server.url}/ogc/"


#: GDAL keeps Python's lock while it waits for an answer, which the server of the test could then not give: another process
READER = """
import json, sys
from pyogrio import list_layers
from pyogrio.raw import read
from shapely import from_wkb
service, layer, options = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
options = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
if layer:
    about, _keys, shapes, columns = read(service, layer=layer, **options)
    shown = [[one.geom_type, *one.representative_point().coords[0]] for one in map(from_wkb, shapes)]
    told = {"crs": about["crs"], "shapes": shown, "columns": dict(zip(map(str, about["fields"]), [[str(v) for v in c] for c in columns]))}
else:
    told = [str(name) for name, _kind in list_layers(service)]
print(json.dumps(told))
"""


def gdal(service: str, layer: str = "", **options: Any) -> Any:
    """What GDAL says of a layer (its system, shapes and columns), or which layers there are."""
    words = [sys.executable, "-c", READER, service, layer, json.dumps(options)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Warning" not in done.stderr, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_gdal_lists_the_collections(service: str) -> None:
    assert set(gdal(service)) == {"sites", "municipalities", "places", "events"}


def test_gdal_reads_every_page(service: str) -> None:
    told = gdal(service, "sites", PAGE_SIZE="3")
    assert (len(told["shapes"]), "CRS84" in told["crs"]) == (8, True)
    columns = told["columns"]
    assert {"code", "name", "kind", "municipality", "area_m2", "licence", "version", "updated_at"} <= set(
        columns
    )
    assert len(set(columns["code"])) == 8
    assert sorted({one[0] for one in told["shapes"]}) == ["Point", "Polygon"]


def test_gdal_asks_for_a_box(service: str) -> None:
    told = gdal(service, "sites", bbox=[27.05, 64.4, 27.35, 64.6])
    assert sorted(round(one[1], 1) for one in told["shapes"]) == [27.1, 27.2, 27.3]


def test_gdal_asks_for_metres(service: str) -> None:
    told = gdal(service, "sites", CRS="EPSG:3067")
    assert told["crs"] == "EPSG:3067"
    points = {tuple(one[1:]) for one in told["shapes"] if one[0] == "Point"}
    assert points == {to_etrs_tm35fin(27.0 + number / 10, 64.5) for number in range(7)}


def test_gdal_reads_the_municipalities(service: str) -> None:
    told = gdal(service, "municipalities")
    kinds = dict(zip(told["columns"]["slug"], [one[0] for one in told["shapes"]], strict=True))
    assert kinds == {"kuhmo": "Point", "sotkamo": "Polygon"}


QGIS_PYTHON = "/usr/bin/python3"
#: QGIS's own provider, with the Python of the system, for which Debian packs it
QGIS_READER = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsFeatureRequest, QgsNetworkAccessManager, QgsRectangle, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
url, name, box = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
layer = QgsVectorLayer(f"url='{url}' typename='{name}' pageSize='3'", name, "OAPIF")
if not layer.isValid():
    sys.exit("not valid: " + layer.dataProvider().error().summary() if layer.dataProvider() else "no provider")
request = QgsFeatureRequest()
if box:
    request.setFilterRect(QgsRectangle(*box))
features = list(layer.getFeatures(request))
print(json.dumps({
    "crs": layer.crs().authid(), "count": len(features), "fields": [one.name() for one in layer.fields()],
    "codes": sorted(one["code"] for one in features) if "code" in layer.fields().names() else [],
    "shapes": sorted({one.geometry().type().name if hasattr(one.geometry().type(), "name") else str(one.geometry().type()) for one in features}),
}))
layer = None
application.exitQgis()
"""


def _has_qgis() -> bool:
    words = [QGIS_PYTHON, "-c", "import qgis.core"]
    try:
        return subprocess.run(words, capture_output=True, check=False, timeout=60).returncode == 0
    except OSError:
        return False


@pytest.fixture(scope="module")
def qgis() -> Any:
    """What QGIS says of a layer: its system, fields, and the features that it reads in a box."""
    if not _has_qgis():
        pytest.skip(
            "no QGIS found for the system's own Python; to have it on Debian: "
            "sudo apt-get install --no-install-recommends python3-qgis"
        )

    def read(service: str, layer: str, *box: float) -> Any:
        words = [QGIS_PYTHON, "-c", QGIS_READER, service.removeprefix("OAPIF:"), layer, json.dumps(box)]
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.splitlines()[-1])

    return read


def test_qgis_reads_every_page(service: str, qgis: Any) -> None:
    told = qgis(service, "sites")
    assert (told["count"], len(set(told["codes"]))) == (8, 8)
    assert {"code", "name", "kind", "municipality", "area_m2", "licence", "updated_at"} <= set(told["fields"])
    assert told["crs"] in ("OGC:CRS84", "EPSG:4326")


def test_qgis_asks_for_a_box(service: str, qgis: Any) -> None:
    assert qgis(service, "sites", 27.05, 64.4, 27.35, 64.6)["count"] == 3
    assert qgis(service, "sites", 10.0, 50.0, 11.0, 51.0)["count"] == 0


def test_qgis_reads_the_other_collections(service: str, qgis: Any) -> None:
    assert qgis(service, "municipalities")["count"] == 2
