"""The same wishes at every door: feeds, embeds, the API, the component's attributes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.architecture.house import ROOT
from tests.factories import NOW, make_municipality, make_region
from vetovoima.api.parameters import KNOWN
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
DOORS = ("/feeds/sites.json", "/api/v1/sites")


@pytest.fixture(autouse=True)
def region() -> None:
    make_region(map_bounds=[26, 63, 30, 66], plausible_bounds=[24, 62, 32, 67])


def publish(name: str, *, kind: str = "plot", municipality: str = "kuhmo", **values: Any) -> Site:
    site = catalogue.create_site(
        municipality=make_municipality(municipality), kind=kind, by=None, now=NOW,
        values={"name": Translated(fi=name, en=name), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


def names(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return [item["name"]["text"] for item in json.loads(response.content)["items"]]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("min_area=20", ["Large"]),
        ("max_area=10", ["Small"]),
        ("kind=premises", ["Hall"]),
        ("kind=plot,premises&sort=name", ["Hall", "Large", "Small"]),
        ("municipality=kuhmo,sotkamo&sort=area", ["Large", "Small", "Hall"]),
        ("municipality=sotkamo", ["Hall"]),
        ("availability=available,reserved", []),
        ("area=27.9,64 28.4,64 28.4,64.4 27.9,64.4&min_area=20", ["Large"]),
        ("near=kuhmo&radius=5&min_area=20", ["Large"]),
    ],
)
def test_every_door_understands_the_same_search(
    client: Client, door: str, query: str, found: list[str]
) -> None:
    publish("Small", area_m2=50_000)
    publish("Large", area_m2=250_000)
    publish("Hall", kind="premises", municipality="sotkamo")
    assert names(client, f"{door}?lang=en&{query}") == found


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("min_hectares=3", "min_hectares"),
        ("kind=castle", "kind"),
        ("availability=free", "availability"),
        ("sort=best", "sort"),
        ("radius=20", "near"),
        ("sort=distance", "near"),
        ("near=atlantis", "atlantis"),
        ("area=1,2", "corners"),
        ("municipality=kuhmo,atlantis", "atlantis"),
    ],
)
def test_what_no_door_understands_is_refused_by_its_name(
    client: Client, door: str, query: str, word: str
) -> None:
    make_municipality("kuhmo")
    response = client.get(f"{door}?lang=en&{query}")
    assert response.status_code in (400, 422)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert word in response.content.decode()


def test_the_component_takes_every_parameter_of_the_feed_as_an_attribute() -> None:
    source = (ROOT / "frontend" / "embed" / "embed.ts").read_text(encoding="utf-8")
    listed = re.search(r"const ASKED = \[(.*?)\];", source, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r'"(\w+)"', listed[1])) == set(KNOWN) - {"lang", "offset"}
