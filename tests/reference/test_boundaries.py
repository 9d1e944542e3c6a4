"""Boundaries come from outside, are checked, and the product works without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.factories import make_municipality, make_region
from vetovoima.reference.boundaries import CannotLoadBoundaries, read_boundaries, store_boundaries
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import boundaries

pytestmark = pytest.mark.django_db
#: real polygons of the region, kept beside the project and never in it
SHARED = Path(__file__).resolve().parents[3] / "shared/data/kainuu/kainuu-municipalities.geojson"
SQUARE = [[[28.0, 64.0], [28.1, 64.0], [28.1, 64.1], [28.0, 64.1], [28.0, 64.0]]]


def collection(**properties: object) -> dict[str, object]:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    return {"type": "FeatureCollection", "metadata": {"attribution": "Made up"}, "features": [feature]}


def test_without_boundaries_there_are_no_features() -> None:
    make_municipality("kuhmo")
    assert boundaries()["features"] == []


@pytest.mark.parametrize("name", ["kunta", "code", "natcode"])
def test_a_boundary_finds_its_municipality_by_code_whatever_the_source_calls_it(name: str) -> None:
    make_municipality("kuhmo", lau_code="090")
    assert store_boundaries(collection(**{name: "90"}), "file") == ["kuhmo"]
    assert boundaries()["credit"] == "Made up"
    assert boundaries()["features"][0]["geometry"]["type"] == "Polygon"


def test_a_collection_without_our_municipalities_is_refused_and_nothing_is_stored() -> None:
    make_municipality("kuhmo", lau_code="290")
    with pytest.raises(CannotLoadBoundaries, match="290"):
        store_boundaries(collection(kunta="999"), "file")
    assert not Municipality.objects.exclude(boundary=None).exists()


@pytest.mark.parametrize("content", ["no json", "{}", '{"type": "Feature"}', "[]"])
def test_a_file_that_is_no_collection_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "boundaries.geojson"
    path.write_text(content)
    with pytest.raises(CannotLoadBoundaries, match="boundaries.geojson"):
        read_boundaries(str(path))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(CannotLoadBoundaries, match="nowhere.geojson"):
        read_boundaries("/tmp/nowhere.geojson")


@pytest.mark.skipif(
    not SHARED.exists(),
    reason="no real polygons in shared/data/kainuu/kainuu-municipalities.geojson beside the project, which keeps none "
    "itself; docs/integrations/statistics-finland-boundaries.md says where such come from",
)
def test_the_real_polygons_load() -> None:
    make_region()
    for feature in json.loads(SHARED.read_text(encoding="utf-8"))["features"]:
        make_municipality(feature["properties"]["name_fi"].lower(), lau_code=feature["properties"]["code"])
    assert len(store_boundaries(read_boundaries(str(SHARED)), "shared")) == 8
    assert "National Land Survey" in boundaries()["credit"]
