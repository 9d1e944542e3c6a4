"""WFS and OGC API Features: pages, formats, axes, and services that lead astray. Everything is made up here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.common.loopback import Call, Reply, Server, as_json, running_server
from tests.factories import make_region
from vetovoima.collection.connectors.problems import SourceChanged, in_words
from vetovoima.collection.sources import oapif, wfs
from vetovoima.collection.sources.reading import Content, Place, read_source
from vetovoima.collection.sources.trying import try_source
from vetovoima.common.http import CannotFetch, Deadline, Refused
from vetovoima.common.sandbox import CannotRead

pytestmark = pytest.mark.django_db
LAYER = "avoindata:Vapaat_yritystontit"


@pytest.fixture(autouse=True)
def region() -> None:
    make_region(plausible_bounds=[19, 59, 32, 71])


def capabilities(
    *layers: str, version: str = "2.0.0", formats: tuple[str, ...] = ("application/json",)
) -> Reply:
    values = "".join(
        f"<ows:Value>{one}</ows:Value>" for one in ("application/gml+xml; version=3.2", *formats)
    )
    listed = "".join(
        f"<FeatureType>\n<Name>{one}</Name><Title>T</Title><Keywords>k</Keywords></FeatureType>"
        for one in layers
    )
    return Reply(
        f'<?xml version="1.0"?><wfs:WFS_Capabilities version="{version}" xmlns="x"><ows:Parameter name="outputFormat">'
        f"{values}</ows:Parameter><FeatureTypeList>{listed}</FeatureTypeList></wfs:WFS_Capabilities>"
    )


def feature(number: int, x: float = 29.5, y: float = 64.1, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"tontit.{number}",
        "properties": {"osoite": f"Tie {number}", **properties},
        "geometry": {"type": "Point", "coordinates": [x, y]},
    }


def collection(features: list[dict[str, Any]], **more: Any) -> Reply:
    return as_json({"type": "FeatureCollection", "features": features, **more})


def wfs_server(features: list[dict[str, Any]], **how: Any) -> Callable[[Call], Reply]:
    """A service that pages as WFS 2.0 says."""

    def respond(call: Call) -> Reply:
        if call.query.get("request") == "GetCapabilities":
            return capabilities(LAYER, "avoindata:Muu", **how)
        start = int(call.query.get("startindex", 0))
        return collection(features[start : start + int(call.query.get("count", 10**6))])

    return respond


def read(server: Server, kind: str = "wfs", path: str = "/wfs", layer: str = LAYER) -> Content:
    return read_source(Place(kind, server.url + path, layer), Deadline(20))


def items(content: Content) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content.body)["features"]
    return found


def test_a_layer_is_read_as_geojson_with_each_features_own_identifier(server: Server) -> None:
    server.answer = wfs_server([feature(1), feature(2)])
    content = read(server)
    assert content.filename == "source.geojson"
    assert [one["properties"] for one in items(content)] == [
        {"osoite": "Tie 1", "fid": "tontit.1"},
        {"osoite": "Tie 2", "fid": "tontit.2"},
    ]
    asked = server.calls[1].query
    assert asked == {
        "service": "WFS", "version": "2.0.0", "request": "GetFeature", "srsname": "EPSG:4326",
        "outputformat": "application/json", "typenames": LAYER, "count": "5000",
    }  # fmt: skip


def test_the_same_layer_is_the_same_content_whatever_the_service_adds(server: Server) -> None:
    server.answer = wfs_server([feature(1)])
    first = read(server)

    def respond(call: Call) -> Reply:
        if call.query.get("request") == "GetCapabilities":
            return capabilities(LAYER)
        return collection([feature(1)], timeStamp="2026-10-12T08:00:00Z", numberMatched=1)

    server.answer = respond
    assert read(server).digest == first.digest


def test_pages_are_followed_to_the_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wfs, "PAGE", 3)
    server.answer = wfs_server([feature(number) for number in range(8)])
    assert len(items(read(server))) == 8
    assert [call.query.get("startindex") for call in server.calls[1:]] == [None, "3", "6"]


def test_a_service_that_ignores_where_a_page_begins_does_not_hold_us(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wfs, "PAGE", 3)

    def respond(call: Call) -> Reply:
        if call.query.get("request") == "GetCapabilities":
            return capabilities(LAYER)
        return collection([feature(number) for number in range(3)])

    server.answer = respond
    with pytest.raises(SourceChanged, match="same page again and again"):
        read(server)
    assert len(server.calls) == 3


def test_more_rows_than_an_offer_has_are_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetovoima.collection.sources.features.MOST_FEATURES", 5)
    server.answer = wfs_server([feature(number) for number in range(8)])
    with pytest.raises(SourceChanged, match="more than 5 rows"):
        read(server)


@pytest.mark.parametrize(
    "wanted", [LAYER, "Vapaat_yritystontit", "vapaat_YRITYSTONTIT", "other:Vapaat_yritystontit"]
)
def test_a_layer_is_found_without_its_prefix_and_capitals(server: Server, wanted: str) -> None:
    server.answer = wfs_server([feature(1)])
    read(server, layer=wanted)
    assert server.calls[1].query["typenames"] == LAYER


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Tontit", f"no layer Tontit. It has: {LAYER}, avoindata:Muu"),
        ("", f"Say which layer is to be read. The service has: {LAYER}, avoindata:Muu"),
    ],
)
def test_a_layer_that_is_not_there_is_answered_with_those_that_are(
    server: Server, wanted: str, said: str
) -> None:
    server.answer = wfs_server([feature(1)])
    with pytest.raises(SourceChanged) as caught:
        read(server, layer=wanted)
    assert said in str(caught.value)


def test_what_people_paste_with_the_address_is_said_by_us_and_the_rest_kept(server: Server) -> None:
    server.answer = wfs_server([feature(1)])
    read(server, path="/wfs?SERVICE=WFS&Request=GetCapabilities&version=1.0.0&map=/data/tontit.map")
    assert server.calls[0].query == {
        "map": "/data/tontit.map",
        "service": "WFS",
        "request": "GetCapabilities",
    }


GML = """<?xml version="1.0" encoding="utf-8"?>
<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" xmlns:gml="http://www.opengis.net/gml" xmlns:GIS="http://example.org/gis">
 <gml:featureMember><GIS:VapaatYritystontit gml:id="x.1"><GIS:KIINTEISTOTUNNUS>290-1-2-3</GIS:KIINTEISTOTUNNUS>
  <GIS:GEOLOC><gml:Point srsName="EPSG:4326"><gml:pos>{pos}</gml:pos></gml:Point></GIS:GEOLOC></GIS:VapaatYritystontit></gml:featureMember>
</wfs:FeatureCollection>"""


@pytest.mark.parametrize("pos", ["29.51 64.12", "64.12 29.51"])
def test_an_older_service_without_geojson_is_read_as_gml_whichever_way_its_axes_are(
    server: Server, pos: str
) -> None:
    def respond(call: Call) -> Reply:
        if call.query.get("request") == "GetCapabilities":
            return capabilities("GIS:VapaatYritystontit", version="1.1.0", formats=())
        return Reply(GML.format(pos=pos), headers={"Content-Type": "text/xml"})

    server.answer = respond
    content = read(server, layer="GIS:VapaatYritystontit")
    (one,) = items(content)
    assert one["properties"]["KIINTEISTOTUNNUS"] == "290-1-2-3"
    assert one["geometry"] == {"type": "Point", "coordinates": [29.51, 64.12]}
    asked = server.calls[1].query
    assert (asked["version"], asked["typename"], "typenames" in asked) == (
        "1.1.0",
        "GIS:VapaatYritystontit",
        False,
    )


def test_axes_the_wrong_way_round_are_turned_and_that_is_said(server: Server) -> None:
    ring = [[64.1, 29.5], [64.1, 29.6], [64.2, 29.6], [64.1, 29.5]]
    area = {**feature(2), "geometry": {"type": "Polygon", "coordinates": [ring]}}
    without = {**feature(3), "geometry": None}
    server.answer = wfs_server([feature(1, 64.1, 29.5), area, without])
    content = read(server)
    assert items(content)[0]["geometry"]["coordinates"] == [29.5, 64.1]
    assert items(content)[1]["geometry"]["coordinates"][0][1] == [29.6, 64.1]
    assert [in_words(one) for one in content.notes] == [
        "The service gave latitude and longitude the wrong way round; they were turned."
    ]


def test_axes_are_left_alone_when_some_lie_right_or_none_lies_right_either_way(server: Server) -> None:
    for x, y in ((29.5, 64.1), (0.0, 0.0)):
        server.answer = wfs_server([feature(1, 64.1, 29.5), feature(2, x, y)])
        content = read(server)
        assert items(content)[0]["geometry"]["coordinates"] == [64.1, 29.5]
        assert content.notes == []


EXCEPTION = (
    '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="x">'
    "<ows:ExceptionText>Cannot do natural order\n without a primary key</ows:ExceptionText></ows:Exception>"
    "</ows:ExceptionReport>"
)
BAD: list[tuple[Reply, type[Exception], str]] = [
    (Reply("<!DOCTYPE html><html></html>"), SourceChanged, "answers with a web page"),
    (Reply(EXCEPTION), SourceChanged, "refused to answer: Cannot do natural order without a primary key"),
    (as_json({"type": "Feature"}), SourceChanged, "no list of features"),
    (as_json({"features": [7]}), SourceChanged, "no list of features"),
    (Reply('{"features": ['), SourceChanged, "no list of features"),
    (Reply(""), SourceChanged, "no list of features"),
    (Reply(GML[:400]), CannotRead, "broken"),
    (Reply('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml">&a;'), CannotRead, "DOCTYPE"),
    (Reply(status=400), Refused, "400"),
    (Reply(status=500), CannotFetch, "500"),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "error", "said"), BAD)
def test_every_bad_answer_has_its_type_and_words(
    server: Server, reply: Reply, error: type[Exception], said: str
) -> None:
    server.answer = lambda call: capabilities(LAYER) if call.query["request"] == "GetCapabilities" else reply
    with pytest.raises(error, match=said):
        read(server)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply("<html>"), "web page"),
        (Reply("<rss/>"), "does not describe itself as a WFS service"),
        (Reply("{}"), "does not describe itself as a WFS service"),
        (Reply(EXCEPTION), "refused to answer"),
        (Reply("<wfs:WFS_Capabilities version='2.0.0'></wfs:WFS_Capabilities>"), "no layer"),
    ],
)
def test_what_is_no_wfs_is_said(server: Server, reply: Reply, said: str) -> None:
    server.answer = lambda call: reply
    with pytest.raises(SourceChanged, match=said):
        read(server)


# -- OGC API Features --------------------------------------------------------------------------------------------------


def oapif_server(server: Server, following: str = "", count: int = 5) -> Callable[[Call], Reply]:
    """A service of two collections that gives two items a page; `following` replaces its links."""

    def respond(call: Call) -> Reply:
        if call.path == "/ogc/collections":
            return as_json({"collections": [{"id": "tontit"}, {"id": "hallit"}]})
        if call.path != "/ogc/collections/tontit/items":
            return Reply(status=404)
        start = int(call.query.get("offset", 0))
        links = [{"rel": "self", "href": "x"}]
        if start + 2 < count or following:
            href = (
                following or f"{server.url}/ogc/collections/tontit/items?f=json&limit=1000&offset={start + 2}"
            )
            links.append({"rel": "next", "href": href})
        return collection([feature(number) for number in range(start, min(start + 2, count))], links=links)

    return respond


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("/ogc", "tontit"), ("/ogc/", "TONTIT"), ("/ogc/collections", "tontit"), ("/ogc/collections/tontit", ""),
        ("/ogc/collections/tontit/items", ""), ("/ogc/collections/tontit/items?f=json&limit=3", "x"),
    ],
)  # fmt: skip
def test_every_page_of_a_collection_is_read_from_whichever_address(
    server: Server, path: str, layer: str
) -> None:
    server.answer = oapif_server(server)
    assert [one["properties"]["osoite"] for one in items(read(server, "oapif", path, layer))] == [
        f"Tie {number}" for number in range(5)
    ]


def test_a_relative_link_is_followed(server: Server) -> None:
    server.answer = oapif_server(server, following="?f=json&limit=1000&offset=4", count=5)
    with pytest.raises(SourceChanged, match="same page"):
        read(server, "oapif", "/ogc", "tontit")
    assert [call.query.get("offset") for call in server.calls[1:]] == [None, "4"]


@pytest.fixture
def elsewhere(settings: Any, server: Server) -> Iterator[Server]:
    with running_server() as other:
        settings.VETOVOIMA_HTTP_ALLOWED_LOOPBACK = [server.place, other.place]
        yield other


@pytest.mark.parametrize(
    "link", ["{other}/items", "//{place}/items", "https://169.254.169.254/", "file:///etc/passwd"]
)
def test_a_link_to_another_server_is_never_followed(server: Server, elsewhere: Server, link: str) -> None:
    server.answer = oapif_server(server, following=link.format(other=elsewhere.url, place=elsewhere.place))
    with pytest.raises(SourceChanged, match="another server"):
        read(server, "oapif", "/ogc", "tontit")
    assert elsewhere.calls == []


def test_pages_without_an_end_are_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oapif, "MOST_PAGES", 4)
    server.answer = oapif_server(server, count=10_000)
    with pytest.raises(SourceChanged, match="more than 8 rows"):
        read(server, "oapif", "/ogc", "tontit")


def test_a_collection_that_is_not_there_is_answered_with_those_that_are(server: Server) -> None:
    server.answer = oapif_server(server)
    with pytest.raises(SourceChanged, match="no layer plots. It has: tontit, hallit"):
        read(server, "oapif", "/ogc", "plots")
    with pytest.raises(SourceChanged, match="Say which layer"):
        read(server, "oapif", "/ogc", "")


def test_a_service_that_does_not_list_its_collections_is_believed_about_the_named_one(server: Server) -> None:
    def respond(call: Call) -> Reply:
        return Reply(status=404) if call.path.endswith("/collections") else collection([feature(1)])

    server.answer = respond
    assert len(items(read(server, "oapif", "/ogc", "tontit"))) == 1
    with pytest.raises(SourceChanged, match="OGC API Features"):
        read(server, "oapif", "/ogc", "")


# -- trying ------------------------------------------------------------------------------------------------------------


def described(server: Server, **values: Any) -> dict[str, Any]:
    return {
        "title": "x", "kind": "wfs", "address": f"{server.url}/wfs", "layer": LAYER, "record_kind": "plot",
        "schedule": "daily", "ending": "draft", **values,
    }  # fmt: skip


def test_a_trial_shows_the_first_rows_and_what_the_columns_probably_mean(server: Server) -> None:
    server.answer = wfs_server([feature(number, pinta_ala="5200") for number in range(9)])
    trial = try_source(described(server))
    assert (trial.problem, trial.count, len(trial.rows)) == ("", 9, 5)
    meant = {column["header"]: column["field"] for column in trial.columns}
    assert meant["osoite"] == "address"
    assert meant["fid"] == "external_key"
    assert meant["geometry"] == "geometry"


def test_a_trial_of_a_bad_source_says_why(server: Server) -> None:
    server.answer = lambda call: Reply("<html>")
    assert "web page" in try_source(described(server)).problem
    server.answer = lambda call: Reply(b"\x00\x01" * 100)
    assert try_source(described(server, kind="xlsx", layer="")).problem
    server.answer = lambda call: Reply(status=304)
    assert try_source(described(server, kind="csv", layer="")).problem
