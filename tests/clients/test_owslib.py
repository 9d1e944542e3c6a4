"""OWSLib, the library of OGC's services that QGIS plugins and notebooks use, reads /ogc/ from a live server."""

from __future__ import annotations

import pytest

from tests.clients.conftest import Service

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def features(service: Service):
    from owslib.ogcapi.features import Features

    return Features(f"{service.url}/ogc/")


def test_it_finds_its_way_from_the_landing_page(features) -> None:
    assert set(features.collections()["collections"][0]) >= {"id", "links", "extent"}
    assert {"sites", "municipalities", "places"} <= set(features.feature_collections())
    assert any(
        one.endswith("/ogcapi-features-1/1.0/conf/core") for one in features.conformance()["conformsTo"]
    )
    assert features.api()["openapi"].startswith("3.")


def test_it_reads_a_collection_and_one_feature(features, service: Service) -> None:
    assert features.collection("sites")["id"] == "sites"
    found = features.collection_items("sites", limit=100)
    assert (
        sorted(one["id"] for one in found["features"] if one["properties"]["kind"] == "plot") == service.plots
    )
    assert features.collection_item("sites", service.plots[0])["properties"]["code"] == service.plots[0]


def test_it_asks_for_a_box_and_a_property(features) -> None:
    found = features.collection_items("sites", bbox=[27.05, 64.4, 27.35, 64.6], limit=100)
    assert [round(one["geometry"]["coordinates"][0], 1) for one in found["features"]] == [27.1, 27.2, 27.3]
    narrowed = features.collection_items("sites", municipality="sotkamo", kind="plot")
    assert narrowed["features"] == []


def test_it_is_told_what_is_wrong(features) -> None:
    with pytest.raises(RuntimeError, match="Unknown parameters: colour"):
        features.collection_items("sites", colour="red")
