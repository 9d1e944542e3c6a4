"""The joint map: whole without script, each record with its region and licence, and nothing of theirs counted as ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.common.loopback import Reply, Server, running_server
from tests.factories import make_region
from tests.factories.sites import make_site
from tests.syndication.federation_world import collection, feature, make_followed, read, serve
from tests.syndication.webhook_world import allowed
from vetovoima.catalogue import services as catalogue
from vetovoima.syndication.models import FollowedSource, ForeignRecord

pytestmark = pytest.mark.django_db
PAGE = "/en/neighbours/"


@pytest.fixture
def server(settings: Any) -> Iterator[Server]:
    with running_server() as running, allowed(settings, running.place):
        yield running


@pytest.fixture
def joint(server: Server) -> FollowedSource:
    """One record of ours, and of a neighbour one plot and one example without a place."""
    region = make_region()
    region.tokens = {"joint_area": {"title": {"fi": "Yhteinen", "en": "Joint area", "sv": "Gemensamt"}}}
    region.save()
    site = make_site("kuhmo", state="submitted", name={"en": "Own plot"})
    catalogue.publish_site(site=site, by=None, now=timezone.now())
    serve(server, collection(
        feature("A-1", {"fi": "Satama", "en": "Harbour"}, area_m2=52000, municipality="Saarikunta"),
        feature("A-2", point=None, is_example=True, kind="castle"),
    ))  # fmt: skip
    source = make_followed(server.url)
    read(source)
    return source


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_is_whole_and_says_whose_each_record_is(client, joint):
    shown = text(client, PAGE)

    assert "<h1>Joint area</h1>" in shown
    for word in (
        "Harbour", "Own plot", "Saarikunta", "52,000 m²", "From Archipelago Council", "CC BY 4.0", "EXAMPLE", "place not told",
        "Archipelago Council answers for these.", "They are not part of our offer, our search or our figures.",
        'href="https://archipelago.example/A-1"', 'href="https://creativecommons.org/licenses/by/4.0/"',
    ):  # fmt: skip
        assert word in shown, word
    assert shown.count('rel="external noreferrer"') >= 3
    assert "3 records" in shown


@pytest.mark.parametrize(
    ("language", "title", "name"),
    [("fi", "Yhteinen", "Satama"), ("en", "Joint area", "Harbour"), ("sv", "Gemensamt", "Satama")],
)
def test_in_each_language_with_names_in_another_marked_as_such(client, joint, language, title, name):
    shown = text(client, f"/{language}/neighbours/")
    assert f"<h1>{title}</h1>" in shown
    other = ' lang="fi"' if language == "sv" else ""
    assert re.search(
        rf'<a href="https://archipelago.example/A-1" rel="external noreferrer"{other}>{name}</a>', shown
    )


def test_filters_narrow_the_list_and_the_map_alike(client, joint):
    ours = text(client, f"{PAGE}?region=own")
    assert ("Own plot" in ours, "Harbour" in ours) == (True, False)
    assert "noindex" in ours
    kinds = json.loads(text(client, "/en/neighbours/points.json?region=archipelago&kind=plot"))["points"]
    assert [one["name"] for one in kinds] == ["Harbour"]
    assert kinds[0]["place"] == "Saarikunta, Archipelago"
    assert kinds[0]["quality"] == "Archipelago Council · CC BY 4.0"
    nothing = text(client, f"{PAGE}?kind=resource")
    assert "No record of this region and kind is shown just now." in nothing
    assert text(client, f"{PAGE}?region=nowhere&kind=%00&page=99999999")


def test_an_honest_word_when_nobody_is_followed(client):
    make_region()
    shown = text(client, PAGE)
    assert "No other region is followed yet" in shown
    assert "neighbours/" not in text(client, "/en/sites/"), "a door in the menu to an empty room"


def test_the_menu_has_it_when_somebody_is_followed(client, joint):
    assert 'href="/en/neighbours/"' in text(client, "/en/sites/")


def test_theirs_are_in_no_search_no_site_map_and_no_feed_of_ours(client, joint):
    for path in (
        "/en/sites/?q=Harbour", "/en/sites/points.json", "/sitemap-en-1.xml", "/feeds/sites.json", "/feeds/sites.geojson",
        "/feeds/sites.csv", "/ogc/collections/sites/items", "/api/v1/sites", "/en/progress/", "/llms.txt",
    ):  # fmt: skip
        answer = client.get(path)
        shown = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"archipelago" not in shown.lower(), path
    assert "1 site" in text(client, "/en/sites/")


def test_what_is_late_says_when_it_was_last_seen(client, joint, server):
    server.answer = lambda call: Reply(status=500)
    assert "last seen" not in text(client, PAGE)
    read(joint)
    shown = text(client, PAGE)
    assert ("Not up to date" in shown, "last seen" in shown) == (True, True)
    ForeignRecord.objects.update(seen_at=timezone.now() - timedelta(days=8))
    assert "Harbour" not in text(client, PAGE)


# for machines


def test_the_door_for_machines_tells_origin_and_licence_of_each(client, joint):
    read_ = json.loads(text(client, "/feeds/joint.json?lang=en"))
    assert (read_["title"], read_["total"], read_["next"]) == ("Joint area", 3, None)
    assert [(one["key"], one["count"], one["licence"]) for one in read_["regions"]] == [
        ("archipelago", 2, "CC BY 4.0"), ("own", 1, "CC BY 4.0"),
    ]  # fmt: skip
    harbour = next(one for one in read_["items"] if one["name"] == "Harbour")
    assert {key: harbour[key] for key in ("region", "url", "attribution", "licence", "area_m2", "is_own")} == {
        "region": "archipelago", "url": "https://archipelago.example/A-1", "attribution": "Archipelago Council",
        "licence": "CC BY 4.0", "area_m2": 52000, "is_own": False,
    }  # fmt: skip
    shapes = json.loads(text(client, "/feeds/joint.geojson?region=archipelago"))
    assert [one["geometry"] for one in shapes["features"]] == [
        {"type": "Point", "coordinates": [28.0, 64.0]},
        None,
    ]


def test_the_door_has_pages_and_marks_and_refuses_what_it_does_not_know(client, joint):
    first = json.loads(text(client, "/feeds/joint.json?limit=2&lang=en"))
    second = json.loads(text(client, first["next"].replace("http://testserver", "")))
    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
    answer = client.get("/feeds/joint.json?lang=en")
    again = client.get("/feeds/joint.json?lang=en", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    for query in ("x=1", "kind=castle", "region=nowhere", "limit=0", "limit=501", "lang=de", "offset=-1"):
        assert client.get(f"/feeds/joint.json?{query}").status_code == 400, query
    assert client.post("/feeds/joint.json").status_code == 405
