"""OGC API Features as its standard asks: the way in, items, pages, boxes, moments, systems, refusals, marks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.api.ogc.systems import CRS84, ETRS_TM35FIN
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.common.geo import to_etrs_tm35fin
from vetovoima.reference.models import Municipality, Place

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/sites/items"
DOORS = (
    "/ogc/", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/sites", ITEMS,
    "/ogc/collections/municipalities", "/ogc/collections/municipalities/items", "/ogc/collections/places/items", "/ogc/collections/events/items",
)  # fmt: skip


def site(longitude: float = 28.0, latitude: float = 64.0, **values: Any) -> Site:
    geometry = values.pop("geometry", {"type": "Point", "coordinates": [longitude, latitude]})
    kind = values.pop("kind", "plot")
    town = values.pop("town", "kuhmo")
    made = make_site(town, kind=kind, geometry=geometry, place_precision="exact", **values)
    return catalogue.publish_site(site=made, by=None, now=NOW)


def get(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def read(address: str, **headers: str) -> Any:
    response = get(address, **headers)
    assert response.status_code == 200, response.content[:500]
    return json.loads(response.content)


def codes(query: str = "", collection: str = "sites") -> list[str]:
    """The identifiers of every page, in order."""
    address, found = f"/ogc/collections/{collection}/items?{query}", []
    for _page in range(50):
        page = read(address)
        assert page["numberReturned"] == len(page["features"])
        found += [one["id"] for one in page["features"]]
        following = [one["href"] for one in page["links"] if one["rel"] == "next"]
        if not following:
            return found
        parts = urlsplit(following[0])
        address = f"{parts.path}?{parts.query}"
    raise AssertionError("the pages have no end")


def refusal(query: str, status: int = 400) -> dict[str, Any]:
    response = get(f"{ITEMS}?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_the_landing_page_leads_to_everything() -> None:
    make_region()
    links = read("/ogc/")["links"]
    by_rel = {one["rel"]: one for one in links}
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} == set(by_rel)
    assert by_rel["service-desc"]["type"] == "application/vnd.oai.openapi+json;version=3.0"
    for one in links:
        parts = urlsplit(one["href"])
        response = get(f"{parts.path}?{parts.query}", accept=one["type"])
        assert (response.status_code, response.headers["Content-Type"].split("; ")[0]) == (
            200,
            one["type"],
        ), one


def test_what_is_kept_of_the_standard_is_named() -> None:
    kept = read("/ogc/conformance")["conformsTo"]
    assert [one.rsplit("/", 1)[1] for one in kept] == ["core", "geojson", "html", "oas30", "crs"]


def test_every_collection_tells_where_it_is_and_in_which_systems() -> None:
    site(28.0, 64.0)
    site(29.0, 64.5)
    found = {one["id"]: one for one in read("/ogc/collections")["collections"]}
    assert set(found) == {"sites", "municipalities", "places", "events"}
    one = found["sites"]
    assert one == read("/ogc/collections/sites")
    assert one["extent"]["spatial"] == {"bbox": [[28.0, 64.0, 29.0, 64.5]], "crs": CRS84}
    assert one["extent"]["temporal"]["interval"] == [["2026-03-10T08:00:00Z", "2026-03-10T08:00:00Z"]]
    assert (one["crs"], one["storageCrs"], one["itemType"]) == ([CRS84, ETRS_TM35FIN], CRS84, "feature")
    assert {each["rel"] for each in one["links"]} == {"self", "alternate", "items", "license"}


def test_a_feature_carries_what_every_public_record_must() -> None:
    make_region()
    made = site(
        area_m2=1234,
        sources={"size": {"title": "Survey", "url": "https://example.org/s", "dated": "2026-01-05"}},
    )
    page = read(f"{ITEMS}?lang=en")
    feature = page["features"][0]
    told = feature["properties"]
    assert (feature["type"], feature["id"]) == ("Feature", made.code)
    assert feature["geometry"] == {"type": "Point", "coordinates": [28.0, 64.0]}
    assert (told["code"], told["version"], told["licence"], told["is_example"]) == (
        made.code,
        1,
        "CC BY 4.0",
        False,
    )
    assert told["updated_at"] == "2026-03-10T10:00:00+02:00"
    assert told["url"] == f"http://testserver/en/sites/{made.code}/"
    assert (told["name"], told["name_language"], told["language"]) == ("Kantola plot", "en", "en")
    assert (told["kind"], told["municipality"], told["availability"]) == ("plot", "kuhmo", "available")
    assert (told["area_m2"], told["price_eur_m2"]) == (1234, None)
    assert told["sources"] == [
        {"title": "Survey", "url": "https://example.org/s", "dated": "2026-01-05", "figures": ["area_m2"]}
    ]
    one = read(f"{ITEMS}/{made.code}?lang=en")
    assert {name: one[name] for name in ("type", "id", "geometry", "properties")} == feature
    assert {each["rel"] for each in one["links"]} == {
        "self",
        "alternate",
        "collection",
        "about",
        "describedby",
    }


def test_each_language_has_its_texts() -> None:
    site(name=Translated(fi="Tontti", en="Plot", sv="Tomt"))
    names = {
        lang: read(f"{ITEMS}?lang={lang}")["features"][0]["properties"]["name"] for lang in ("fi", "en", "sv")
    }
    assert names == {"fi": "Tontti", "en": "Plot", "sv": "Tomt"}
    assert read(ITEMS, accept_language="sv")["features"][0]["properties"]["name"] == "Tomt"


def test_nothing_unpublished_and_nothing_confidential() -> None:
    make_site(geometry={"type": "Point", "coordinates": [28.0, 64.0]}, place_precision="exact")
    made = site(internal_note="only-for-us-4711")
    catalogue.edit_site(site=made, values={"area_m2": 987_654}, by=None, now=NOW, revision=None)
    content = get(ITEMS).content.decode()
    assert codes() == [made.code]
    assert "only-for-us-4711" not in content and "987654" not in content


def test_a_publication_is_seen_at_once_and_a_withdrawal_too() -> None:
    made = site(area_m2=1)
    changed = catalogue.edit_site(site=made, values={"area_m2": 77_701}, by=None, now=NOW, revision=None)
    changed = catalogue.publish_site(site=changed, by=None, now=NOW)
    assert read(f"{ITEMS}/{made.code}")["properties"]["area_m2"] == 77_701
    catalogue.withdraw_site(site=changed, by=make_person(Role.COORDINATOR), now=NOW)
    assert codes() == []
    assert get(f"{ITEMS}/{made.code}").status_code == 410
    assert get(f"{ITEMS}/NEVER-WAS").status_code == 404
    assert get("/ogc/collections/nothing/items").status_code == 404


def test_pages_hold_everything_once_whatever_is_published_meanwhile() -> None:
    made = {site(27.5 + number % 5 / 10, 64.0 + number // 5 / 10).code for number in range(13)}
    made |= {site(28.0, 64.0).code for _number in range(4)}
    first = read(f"{ITEMS}?limit=3")
    assert (first["numberReturned"], "numberMatched" in first) == (3, False)
    assert read(f"{ITEMS}?limit=3&count=yes")["numberMatched"] == 17
    for limit in (1, 3, 7, 16, 17, 18, 5000):
        found = codes(f"limit={limit}")
        assert (len(found), set(found)) == (17, made), limit
    assert read(f"{ITEMS}?limit=17")["numberMatched"] == 17
    following = next(one["href"] for one in first["links"] if one["rel"] == "next")
    site(30.9, 69.9)
    site(20.1, 60.1)
    seen = {one["id"] for one in first["features"]}
    parts = urlsplit(following)
    while True:
        page = read(f"{parts.path}?{parts.query}")
        ids = {one["id"] for one in page["features"]}
        assert not ids & seen
        seen |= ids
        later = [one["href"] for one in page["links"] if one["rel"] == "next"]
        if not later:
            break
        parts = urlsplit(later[0])
    assert made <= seen


def test_a_box_of_four_or_six_numbers() -> None:
    inside, edge, outside = site(28.0, 64.0), site(28.5, 64.0), site(29.0, 64.0)
    assert set(codes("bbox=27.9,63.9,28.5,64.1")) == {inside.code, edge.code}
    assert set(codes("bbox=27.9,63.9,-10,28.5,64.1,500")) == {inside.code, edge.code}
    assert codes("bbox=28.9,63.9,29.1,64.1") == [outside.code]
    assert codes("bbox=28.0,64.0,28.0,64.0") == [inside.code]
    assert codes("bbox=0,0,1,1") == []
    assert len(codes("bbox=-180,-90,180,90")) == 3
    assert read(f"{ITEMS}?bbox=27.9,63.9,28.5,64.1&limit=1&count=yes")["numberMatched"] == 2


def test_a_box_across_the_date_line_has_its_west_in_the_east() -> None:
    site(28.0, 64.0)
    assert codes("bbox=170,60,-170,70") == []
    assert len(codes("bbox=27,60,-170,70")) == 1
    assert len(codes("bbox=170,60,28.5,70")) == 1
    assert codes("bbox=29,60,27,70") == []


def test_an_area_is_met_where_it_is_and_not_where_its_box_is() -> None:
    corner = {"type": "Polygon", "coordinates": [[[28.0, 64.0], [28.1, 64.0], [28.0, 64.1], [28.0, 64.0]]]}
    made = site(geometry=corner)
    assert codes("bbox=28.06,64.06,28.09,64.09") == []
    assert read(f"{ITEMS}?bbox=28.06,64.06,28.09,64.09&count=yes")["numberMatched"] == 0
    assert codes("bbox=28.01,64.01,28.02,64.02") == [made.code]
    assert codes("bbox=27.9,64.09,28.005,64.2") == [made.code]
    assert codes("bbox=27.0,63.0,29.0,65.0") == [made.code]
    big = {
        "type": "Polygon",
        "coordinates": [[[27.0, 63.5], [29.0, 63.5], [29.0, 64.5], [27.0, 64.5], [27.0, 63.5]]],
    }
    vast = site(geometry=big)
    assert set(codes("bbox=28.01,64.01,28.02,64.02")) == {made.code, vast.code}
    assert codes("bbox=28.9,64.4,28.91,64.41") == [vast.code]


def test_boxes_and_shapes_in_metres() -> None:
    made, other = site(28.0, 64.0), site(28.2, 64.0)
    east, north = to_etrs_tm35fin(28.0, 64.0)
    box = f"{east - 10},{north - 10},{east + 10},{north + 10}"
    assert codes(f"bbox={box}&bbox-crs={ETRS_TM35FIN}") == [made.code]
    response = get(f"{ITEMS}?bbox={box}&bbox-crs={ETRS_TM35FIN}&crs={ETRS_TM35FIN}")
    assert response.headers["Content-Crs"] == f"<{ETRS_TM35FIN}>"
    assert json.loads(response.content)["features"][0]["geometry"]["coordinates"] == [east, north]
    assert get(ITEMS).headers["Content-Crs"] == f"<{CRS84}>"
    one = get(f"{ITEMS}/{other.code}?crs={ETRS_TM35FIN}")
    assert json.loads(one.content)["geometry"]["coordinates"] == list(to_etrs_tm35fin(28.2, 64.0))
    assert one.headers["Content-Crs"] == f"<{ETRS_TM35FIN}>"
    assert len(codes(f"bbox=0,6000000,1000000,8000000&bbox-crs={ETRS_TM35FIN}")) == 2
    assert codes(f"bbox=1e30,1e30,1e31,1e31&bbox-crs={ETRS_TM35FIN}") == []


def test_moments_and_intervals() -> None:
    early, late = site(28.0, 64.0), site(28.1, 64.0)
    later = NOW + timedelta(days=10)
    changed = catalogue.edit_site(site=late, values={"area_m2": 2}, by=None, now=later, revision=None)
    catalogue.publish_site(site=changed, by=None, now=later)
    assert codes("datetime=2026-03-10T08:00:00Z") == [early.code]
    assert codes("datetime=2026-03-10T10:00:00%2B02:00") == [early.code]
    assert codes("datetime=2026-03-15T00:00:00Z/..") == [late.code]
    assert codes("datetime=../2026-03-15T00:00:00Z") == [early.code]
    assert codes("datetime=/2026-03-15T00:00:00Z") == [early.code]
    assert set(codes("datetime=2026-03-10/2026-03-20")) == {early.code, late.code}
    assert codes("datetime=2026-03-11/2026-03-19") == []
    assert read(f"{ITEMS}?datetime=2026-03-10&limit=1&count=yes")["numberMatched"] == 1


def test_properties_may_be_asked_for() -> None:
    plot, hall = site(28.0, 64.0), site(28.1, 64.0, kind="premises", town="sotkamo", availability="reserved")
    assert codes("kind=plot") == [plot.code]
    assert set(codes("kind=plot,premises")) == {plot.code, hall.code}
    assert codes("municipality=sotkamo") == [hall.code]
    assert codes("availability=reserved&bbox=28,63,29,65") == [hall.code]
    assert codes("availability=reserved&kind=plot") == []
    assert set(codes("examples=no&limit=1")) == {plot.code, hall.code}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("foo=1", "foo"), ("offset=5", "offset"), ("limit=0", "limit"), ("limit=-1", "limit"), ("limit=abc", "limit"),
        ("limit=", "limit"), ("limit=1&limit=2", "once"), ("bbox=1,2,3", "bbox"), ("bbox=NaN,1,2,3", "bbox"), ("bbox=", "bbox"),
        ("bbox=1,2,3,4,5", "bbox"), ("bbox=28,65,29,64", "bbox"), ("bbox=200,60,210,70", "bbox"), ("bbox=1e400,0,1,1", "bbox"),
        ("bbox=20,60,5,30,70,1", "bbox"), ("crs=EPSG:3067", "crs"), ("bbox-crs=nothing", "bbox-crs"), ("datetime=", "datetime"),
        ("datetime=yesterday", "datetime"), ("datetime=2026-03-15/2026-03-10", "datetime"), ("datetime=2026-02-30", "datetime"),
        ("datetime=2026-03-10T08:00:00", "datetime"), ("datetime=a/b/c", "datetime"), ("datetime=0001-01-01T00:00:00%2B14:00", "datetime"),
        ("kind=castle", "kind"), ("kind=", "kind"), ("municipality=atlantis", "municipality"), ("sector=%00", "sector"),
        ("availability=x", "availability"), ("examples=1", "examples"), ("count=1", "count"), ("lang=de", "lang"), ("f=xml", "f"),
        ("after=zz", "after"), ("after=1", "after"), (f"bbox={'1' * 600}", "500"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_by_name(query: str, word: str) -> None:
    make_region()
    assert word in json.dumps(refusal(query))


def test_unknown_parameters_are_refused_everywhere() -> None:
    make_region()
    for address in (*DOORS, f"{ITEMS}/X"):
        response = get(f"{address}?foo=1")
        assert (response.status_code, json.loads(response.content)["unknown"]) == (400, ["foo"]), address


def test_a_limit_beyond_the_largest_is_the_largest() -> None:
    site()
    assert read(f"{ITEMS}?limit=99999999999999999999")["numberReturned"] == 1


@pytest.mark.parametrize("address", DOORS)
def test_asking_again_costs_little(address: str) -> None:
    made = site()
    first = get(address)
    etag = first.headers["ETag"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert {"Accept", "Accept-Language", "Accept-Encoding"} <= set(first.headers["Vary"].split(", "))
    again = get(address, if_none_match=etag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert get(address, if_none_match='W/"other"').status_code == 200
    assert get(address, if_none_match=etag, accept="text/html").status_code == 200
    if address == ITEMS:
        assert get(address, if_modified_since=first.headers["Last-Modified"]).status_code == 304
        changed = catalogue.edit_site(site=made, values={"area_m2": 5}, by=None, now=NOW, revision=None)
        catalogue.publish_site(site=changed, by=None, now=NOW)
        assert get(address, if_none_match=etag).status_code == 200


def test_the_region_itself_is_seen_changed_without_a_publication() -> None:
    town = make_municipality("kuhmo")
    address = "/ogc/collections/municipalities/items"
    etag = get(address).headers["ETag"]
    Municipality.objects.filter(pk=town.pk).update(website="https://example.org/")
    assert get(address, if_none_match=etag).status_code == 200


def test_municipalities_and_places_are_collections_too() -> None:
    ring = [[27.0, 63.5], [29.0, 63.5], [29.0, 64.5], [27.0, 63.5]]
    boundary = {"type": "Polygon", "coordinates": [ring]}
    make_region()
    make_municipality("kuhmo", boundary=boundary, boundary_credit="Surveyor", latitude=64.0, longitude=28.9)
    make_municipality("sotkamo", latitude=64.1, longitude=28.4)
    Place.objects.create(
        slug="port-1", kind="port", name={"en": "Port"}, latitude=65.0, longitude=25.4, precision="exact"
    )
    Place.objects.create(slug="port-2", kind="port", name={"en": "Somewhere"})
    assert set(codes("limit=1", "municipalities")) == {"kuhmo", "sotkamo"}
    one = read("/ogc/collections/municipalities/items/kuhmo")
    assert (one["geometry"], one["properties"]["shape"]) == (boundary, "boundary")
    assert one["properties"]["shape_credit"] == "Surveyor"
    assert codes("bbox=27.1,64.2,27.2,64.4", "municipalities") == []
    assert codes("bbox=28.9,63.6,28.95,63.7", "municipalities") == ["kuhmo"]
    assert codes("", "places") == codes("kind=port", "places") == ["port-1"]
    assert codes("kind=airport", "places") == []
    assert codes(f"bbox=400000,7100000,500000,7300000&bbox-crs={ETRS_TM35FIN}", "places") == ["port-1"]
    assert get("/ogc/collections/places/items/port-2").status_code == 404
    assert get("/ogc/collections/municipalities/items?kind=plot").status_code == 400


@pytest.mark.parametrize("address", [*DOORS, f"{ITEMS}/{{code}}"])
def test_pages_for_people(address: str) -> None:
    made = site(name=Translated(fi="Tontti <script>", en="Plot <script>"))
    place = address.format(code=made.code)
    for response in (
        get(place, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
        get(f"{place}?f=html"),
    ):
        content = response.content.decode()
        assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert content.count("<h1") == 1 and "<script>" not in content
    assert get(place, accept="*/*").headers["Content-Type"].split(";")[0] in (
        "application/json", "application/geo+json", "application/vnd.oai.openapi+json",
    )  # fmt: skip
    assert '<html lang="fi"' in get(f"{place}?f=html&lang=fi").content.decode()


def test_only_reading() -> None:
    make_region()
    for address in DOORS:
        client = Client(enforce_csrf_checks=True)
        asked = client.options(address)
        assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (
            204,
            "GET, HEAD, OPTIONS",
        )
        for method in (client.post, client.put, client.patch, client.delete):
            refused = method(address)
            assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")
    assert get("/ogc/nothing/here").status_code == 404


def test_answers_are_compressed_for_whoever_says_so() -> None:
    import gzip

    for _number in range(3):
        site()
    response = get(ITEMS, accept_encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == get(ITEMS).content


def test_no_cookie_and_no_session() -> None:
    site()
    for address in (ITEMS, f"{ITEMS}?f=html"):
        assert not get(address).cookies


def test_an_interval_is_in_utc() -> None:
    from vetovoima.api.ogc.asking import _moment

    assert _moment("2026-03-10").since == datetime(2026, 3, 10, tzinfo=UTC)
