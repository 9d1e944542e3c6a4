"""Feeds and embeds: one truth in every envelope, and the rules of every machine door."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
DOORS = ("/feeds/sites.json", "/feeds/sites.geojson", "/embed/kuhmo/", "/embed/kuhmo/fragment.html")


@pytest.fixture
def site() -> Site:
    make_region()
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW, is_example=True,
        values={"name": Translated(fi="Tontti <script>", en="Plot <script>"), "area_m2": 1234},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


def feed(client: Client, address: str = "/feeds/sites.json") -> Any:
    return json.loads(client.get(address).content)


def test_the_feed_carries_what_every_public_record_must(site: Site, client: Client) -> None:
    item = feed(client, "/feeds/sites.json?lang=en")["items"][0]
    assert {"code", "version", "updated_at", "licence", "languages", "is_example", "url"} <= set(item)
    assert (item["code"], item["version"], item["is_example"]) == (site.code, 1, True)
    assert item["url"] == f"http://testserver/en/sites/{site.code}/"
    assert item["place"]["precision"] == "municipality"


@pytest.mark.parametrize("address", DOORS)
def test_a_reader_that_asks_again_gets_304_until_something_is_published(
    site: Site, client: Client, address: str
) -> None:
    first = client.get(address)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    is_frame = address == "/embed/kuhmo/"  # who may show it must hold at once
    assert first.headers["Cache-Control"] == ("public, no-cache" if is_frame else "public, max-age=60")
    etag = first.headers["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert (
        client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304
    )
    edited = catalogue.edit_site(site=site, values={"area_m2": 5}, by=None, now=NOW, revision=None)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    catalogue.publish_site(site=edited, by=None, now=NOW)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_every_door_shows_the_new_figure_after_one_publication(site: Site, client: Client) -> None:
    edited = catalogue.edit_site(site=site, values={"area_m2": 77_701}, by=None, now=NOW, revision=None)
    catalogue.publish_site(site=edited, by=None, now=NOW)
    for address in (*DOORS, f"/en/sites/{site.code}/", f"/en/sites/{site.code}.json"):
        content = client.get(address, {"lang": "en"} if "/en/" not in address else {}).content.decode()
        assert "77,701" in content or "7.8" in content, address


def test_what_is_withdrawn_is_gone_from_every_door(site: Site, client: Client) -> None:
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW)
    for address in DOORS:
        assert site.code not in client.get(address).content.decode()
    assert client.get(f"/en/sites/{site.code}.json").status_code == 410


def test_a_name_with_markup_is_text_in_html(site: Site, client: Client) -> None:
    for address in ("/embed/kuhmo/", "/embed/kuhmo/fragment.html"):
        content = client.get(address).content.decode()
        assert "<script>" not in content
        assert "&lt;script&gt;" in content


def test_an_example_says_so_in_every_envelope(site: Site, client: Client) -> None:
    assert "(example)" in client.get("/embed/kuhmo/fragment.html?lang=en").content.decode()
    assert feed(client)["items"][0]["is_example"] is True
    assert feed(client, "/feeds/sites.json?examples=no")["total"] == 0


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("foo=1", "foo"), ("limit=0", "limit"), ("limit=-5", "limit"), ("limit=abc", "limit"), ("limit=99999", "limit"),
        ("offset=1e9", "offset"), ("lang=de", "lang"), ("municipality=atlantis", "atlantis"), ("sector=x", "sector"),
        ("bbox=NaN,1,2,3", "four numbers"), ("bbox=1", "four numbers"), ("limit=1&limit=2", "once"),
    ],
)  # fmt: skip
def test_a_wrong_request_gets_a_problem_that_names_it(
    site: Site, client: Client, query: str, word: str
) -> None:
    for address in ("/feeds/sites.json", "/feeds/sites.geojson"):
        response = client.get(f"{address}?{query}")
        assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")
        assert word in json.loads(response.content)["detail"]


def test_pages_are_linked_and_complete(client: Client) -> None:
    make_region()
    for number in range(5):
        make_site("kuhmo", state="published", name=Translated(fi=f"T{number}"))
    address, codes = "/feeds/sites.json?limit=2&lang=fi", []
    while address:
        page = feed(client, address)
        codes += [item["code"] for item in page["items"]]
        address = page["next"]
    assert len(codes) == len(set(codes)) == page["total"] == 5


def test_geojson_is_read_by_a_foreign_client(site: Site, client: Client) -> None:
    from shapely.geometry import shape

    features = feed(client, "/feeds/sites.geojson")["features"]
    assert [(one["id"], shape(one["geometry"]).geom_type) for one in features] == [(site.code, "Point")]


def test_only_the_frame_may_be_framed(site: Site, client: Client) -> None:
    frame = client.get("/embed/kuhmo/")
    assert "frame-ancestors 'self';" in frame.headers["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in frame.headers
    portal = client.get("/en/sites/")
    assert "frame-ancestors 'none'" in portal.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", DOORS)
def test_doors_set_no_cookie_and_take_no_writes(site: Site, client: Client, address: str) -> None:
    assert not client.get(address).cookies
    assert client.post(address).status_code == 405
    assert client.options(address).headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_an_unknown_municipality_is_not_found(client: Client) -> None:
    make_region()
    assert client.get("/embed/atlantis/").status_code == 404
