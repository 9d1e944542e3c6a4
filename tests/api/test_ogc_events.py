"""Public events as features: where they are, when they are, and what is asked of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from tests.factories import make_municipality, make_region
from tests.portal.packs import HOME, load
from vetovoima.api.ogc.systems import ETRS_TM35FIN
from vetovoima.common.fields import Translated
from vetovoima.common.geo import to_etrs_tm35fin
from vetovoima.reference.models import Sector

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/events/items"
WIND: dict[str, Any] = {
    "path": "/events/wind-day/", "type": "event", "title": {"fi": "Tuulipäivä", "en": "Wind day"}, "lead": {"en": "Of wind."},
    "body": {"en": '<p>About <a href="/sectors/mining/">mines</a>.</p>'},
    "starts": "2026-12-01T09:00", "ends": "2026-12-01T15:30", "municipality": "kuhmo",
}  # fmt: skip
BOTH: dict[str, Any] = {
    "path": "/events/two-towns/", "type": "event", "title": {"en": "Two towns: Kuhmo and Sotkamo"},
    "starts": "2026-12-10T09:00", "municipality": "sotkamo",
    "body": {"en": '<p><a href="/municipalities/kuhmo/">Kuhmo</a></p>'},
}  # fmt: skip
ONLINE: dict[str, Any] = {
    "path": "/events/online/", "type": "event", "title": {"en": "On the net"}, "starts": "2026-11-30T12:00",
}  # fmt: skip


@pytest.fixture(autouse=True)
def happenings(tmp_path: Path) -> None:
    make_region()
    make_municipality("kuhmo", latitude=64.1, longitude=29.5)
    make_municipality("sotkamo", latitude=64.13, longitude=28.4)
    Sector.objects.create(slug="mining", name=Translated(fi="Kaivannaiset", en="Mining"))
    load(tmp_path, HOME, WIND, BOTH, ONLINE)


def read(query: str = "", part: str = "") -> Any:
    response = Client().get(f"{ITEMS}{part}?{query}")
    assert response.status_code == 200, response.content[:500]
    return json.loads(response.content)


def names(query: str = "") -> list[str]:
    return [one["properties"]["name"] for one in read(query)["features"]]


def test_events_come_by_their_beginning_each_with_what_is_public_of_it() -> None:
    page = read("lang=en")
    assert [one["properties"]["name"] for one in page["features"]] == [
        "On the net", "Wind day", "Two towns: Kuhmo and Sotkamo",
    ]  # fmt: skip
    wind = page["features"][1]
    told = wind["properties"]
    assert wind["geometry"] == {"type": "Point", "coordinates": [29.5, 64.1]}
    assert (told["place_precision"], told["municipalities"], told["sectors"]) == (
        "municipality",
        ["kuhmo"],
        ["mining"],
    )
    assert (told["starts_at"], told["ends_at"]) == ("2026-12-01T09:00:00+02:00", "2026-12-01T15:30:00+02:00")
    assert (told["lead"], told["is_cancelled"], told["language"]) == ("Of wind.", False, "en")
    assert told["url"] == "http://testserver/en/events/wind-day/"
    assert told["licence"] and told["updated_at"]
    assert names("lang=fi") == ["Tuulipäivä"]


def test_an_event_of_two_municipalities_stands_in_both_and_one_of_none_nowhere() -> None:
    online, _wind, both = read("lang=en")["features"]
    assert both["geometry"] == {"type": "MultiPoint", "coordinates": [[29.5, 64.1], [28.4, 64.13]]}
    assert (online["geometry"], online["properties"]["place_precision"]) == (None, None)
    metres = read(f"lang=en&crs={ETRS_TM35FIN}")["features"]
    assert metres[1]["geometry"]["coordinates"] == list(to_etrs_tm35fin(29.5, 64.1))
    assert metres[0]["geometry"] is None


def test_where_is_asked_as_of_everything_else() -> None:
    assert names("lang=en&bbox=29.4,64.0,29.6,64.2") == ["Wind day", "Two towns: Kuhmo and Sotkamo"]
    assert names("lang=en&bbox=28.3,64.0,28.5,64.2") == ["Two towns: Kuhmo and Sotkamo"]
    assert names("lang=en&bbox=-180,-90,180,90") == ["Wind day", "Two towns: Kuhmo and Sotkamo"]
    east, north = to_etrs_tm35fin(28.4, 64.13)
    box = f"{east - 5},{north - 5},{east + 5},{north + 5}"
    assert names(f"lang=en&bbox={box}&bbox-crs={ETRS_TM35FIN}") == ["Two towns: Kuhmo and Sotkamo"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026-12-01", ["Wind day"]), ("2026-12-01T10:00:00Z", ["Wind day"]), ("2026-12-01T07:00:00Z", ["Wind day"]),
        ("2026-12-01T06:59:59Z", []), ("2026-12-01T13:30:00Z", []), ("2026-12-01T13:29:59Z", ["Wind day"]),
        ("../2026-11-30", ["On the net"]), ("2026-12-02/..", ["Two towns: Kuhmo and Sotkamo"]),
        ("2026-12-01/2026-12-31", ["Wind day", "Two towns: Kuhmo and Sotkamo"]), ("2030-01-01/..", []),
    ],
)  # fmt: skip
def test_when_is_when_it_is_on(asked: str, found: list[str]) -> None:
    assert names(f"lang=en&datetime={asked}") == found


def test_what_it_is_about_may_be_asked() -> None:
    assert names("lang=en&municipality=kuhmo") == ["Wind day", "Two towns: Kuhmo and Sotkamo"]
    assert names("lang=en&municipality=sotkamo") == ["Two towns: Kuhmo and Sotkamo"]
    assert names("lang=en&sector=mining") == ["Wind day"]
    assert Client().get(f"{ITEMS}?kind=plot").status_code == 400
    assert Client().get(f"{ITEMS}?municipality=atlantis").status_code == 400


def test_pages_hold_each_event_once() -> None:
    found: list[str] = []
    after = ""
    for _page in range(5):
        page = read(f"lang=en&limit=1{after}")
        found += [one["id"] for one in page["features"]]
        following = [one["href"] for one in page["links"] if one["rel"] == "next"]
        if not following:
            break
        after = f"&after={following[0].rsplit('after=', 1)[1]}"
    assert (len(found), len(set(found))) == (3, 3)
    assert read("lang=en&limit=1&count=yes")["numberMatched"] == 3


def test_one_event_and_the_collection() -> None:
    wind = read("lang=en")["features"][1]
    assert read("lang=en", f"/{wind['id']}")["properties"] == wind["properties"]
    assert Client().get(f"{ITEMS}/nothing").status_code == 404
    told = json.loads(Client().get("/ogc/collections/events").content)
    assert told["extent"]["spatial"]["bbox"] == [[28.4, 64.1, 29.5, 64.13]]
    start, end = told["extent"]["temporal"]["interval"][0]
    assert (start, end > "2026-12-10T07:00:00Z", end[-1]) == ("2026-11-30T10:00:00Z", True, "Z")


def test_an_event_without_a_place_is_as_the_description_says() -> None:
    whole = json.loads(Client().get("/ogc/api").content)
    shape = whole["components"]["schemas"]["Geometry"]
    assert shape.pop("nullable") is True
    for one in read("lang=en")["features"]:
        if one["geometry"] is not None:
            jsonschema.Draft4Validator(shape).validate(one["geometry"])
    path = whole["paths"]["/ogc/collections/events/items"]["get"]["parameters"]
    assert {"$ref": "#/components/parameters/eventTime"} in path


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_pages_for_people(language: str) -> None:
    listed = Client().get(f"{ITEMS}?f=html&lang={language}").content.decode()
    assert f'<html lang="{language}"' in listed
    assert Client().get(f"/ogc/collections/events?f=html&lang={language}").status_code == 200
    for one in read(f"lang={language}")["features"]:
        assert one["id"] in listed and one["properties"]["starts_at"] in listed
        page = Client().get(f"{ITEMS}/{one['id']}?f=html&lang={language}").content.decode()
        assert one["properties"]["name"] in page and page.count("<h1") == 1


def test_a_change_is_seen_at_once_and_asking_again_costs_no_body() -> None:
    etag = Client().get(ITEMS).headers["ETag"]
    assert Client().get(ITEMS, headers={"If-None-Match": etag}).status_code == 304
    from vetovoima.portal.models import EventPage

    EventPage.objects.filter(slug="wind-day").update(is_cancelled=True)
    changed = Client().get(ITEMS, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert [one["properties"]["is_cancelled"] for one in json.loads(changed.content)["features"]].count(
        True
    ) == 1
