"""The page of the value comparison: formulas and sources in plain sight, the visitor's figures kept in the address."""

from __future__ import annotations

import csv
import html
import io
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_region
from vetovoima.common.fields import Translated
from vetovoima.monitoring.benchmarks.models import BenchmarkFigure, BenchmarkPlace

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places() -> None:
    make_region()
    for at, (slug, role, price) in enumerate((("here", "home", 40.0), ("dublin", "peer", 109.0))):
        place = BenchmarkPlace.objects.create(
            slug=slug, role=role, name=Translated(en=slug.title(), fi=slug.title()), position=at,
            latitude=64.0 - at * 10, longitude=27.0,
        )  # fmt: skip
        BenchmarkFigure.objects.create(
            place=place, factor="power_price", value=price, period=f"202{at}",
            source={"title": "FfE", "url": "https://www.ffe.de/", "dated": "2025"},
        )  # fmt: skip


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(html.unescape(response.content.decode()).split())


def test_formula_figures_and_sources_stand_together(client: Client) -> None:
    page = shown(client, "/en/value/?place=dublin&load=10")
    assert "load (MW) × hours a year × price (€/MWh)" in page
    assert "€3,200,000" in page
    assert "€8,720,000" in page
    assert '<a href="https://www.ffe.de/" rel="external">FfE</a>' in page
    assert "The figures are of different times (2020, 2021): compare with care." in page
    assert "Dublin: Labour cost of an hour" in page


def test_no_place_is_called_the_lowest_while_a_part_is_unknown(client: Client) -> None:
    page = shown(client, "/en/value/?place=dublin&load=10&staff=5&here.labour_cost=30")
    assert "no sum: a part is not on record" in page
    assert "No place is called the lowest" in page
    whole = shown(client, "/en/value/?place=dublin&load=10&staff=5&here.labour_cost=30&dublin.labour_cost=40")
    assert "bounds or roundings, or are of different times" in whole, "prices of 2020 and 2021"
    own = "&here.power_price=40&dublin.power_price=109"
    sure = shown(
        client,
        f"/en/value/?place=dublin&load=10&staff=5&here.labour_cost=30&dublin.labour_cost=40{own}",
    )
    assert "By these figures the sum is lowest in Here." in sure
    assert "your figure" in sure


def test_a_place_of_ones_own_is_compared_by_ones_own_figures(client: Client) -> None:
    page = shown(client, "/en/value/?place=own&own_name=Ruoska&load=10&own.power_price=20")
    assert "Ruoska" in page
    assert "€1,600,000" in page
    assert 'name="own.power_price"' in page
    assert not BenchmarkPlace.objects.filter(slug="own").exists()


def test_what_was_typed_is_kept_and_told(client: Client) -> None:
    page = shown(client, "/en/value/?load=much&place=dublin", 400)
    assert 'value="much"' in page
    assert "“much” is not a number" in page


def test_the_downloads_hold_the_same_numbers(client: Client) -> None:
    given = client.get("/en/value/value.json?place=dublin&load=10").json()
    results = {(one["name"], one["place"]): one["value"] for one in given["rows"] if one["kind"] == "result"}
    assert results["Electricity", "Here"] == 3_200_000
    assert results["Labour", "Here"] is None
    text = client.get("/en/value/value.csv?place=own&own_name=%3DSUM(A1)&own.land_price=3").content.decode(
        "utf-8-sig"
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert "'=SUM(A1)" in {one["place"] for one in rows}


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_page_asks_the_database_little(
    client: Client, language: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(25):
        shown(client, f"/{language}/value/?place=dublin&load=10&destination=here&tonnes=5&freight_price=1")


@pytest.mark.parametrize(
    "query",
    [
        "place=%00",
        "load=1e308&place=dublin",
        "own_name=" + "x" * 500,
        "destination=moon",
        "here.power_price=nan",
    ],
)
def test_a_strange_address_is_answered(client: Client, query: str) -> None:
    assert client.get(f"/en/value/?{query}").status_code in (200, 400)
