"""Hostile sources: they cost a bounded time and memory, and nothing of theirs runs, leads astray or reaches our own."""

from __future__ import annotations

import json
import time

import pytest
from django.utils import timezone

from tests.common.hostile_network import drip_headers, drip_json, goodbye, gush_json, hang, reset
from tests.common.loopback import Call, Reply, as_json, raw_server, running_server
from tests.syndication.federation_world import collection, feature, listed, make_followed, names, read, serve
from tests.syndication.webhook_world import allowed
from vetovoima.syndication.federation import reading, trying
from vetovoima.syndication.federation.cleaning import address_of, middle_of, moment_of, number_of, text_of
from vetovoima.syndication.models import FollowedSource, ForeignRecord

BOX = (19.0, 59.0, 32.0, 71.0)


@pytest.mark.django_db
@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("talk", [hang, drip_json, drip_headers, goodbye, reset])
def test_a_server_that_will_not_answer_costs_no_more_than_its_time(settings, talk):
    with raw_server(talk) as place, allowed(settings, place):
        source = make_followed(f"http://{place}/")
        started = time.monotonic()
        run = read(source)

    assert time.monotonic() - started < 2.5
    assert run.state in ("too_long", "failed")
    assert FollowedSource.objects.get().failures == 1


@pytest.mark.django_db
def test_a_gigabyte_is_given_up_after_ten_megabytes(settings):
    with raw_server(gush_json) as place, allowed(settings, place):
        source = make_followed(f"http://{place}/")
        started = time.monotonic()
        run = read(source)

    assert (run.state, run.problem["code"]) == ("failed", "too_large")
    assert time.monotonic() - started < 20


@pytest.mark.django_db
def test_a_gigabyte_that_is_announced_is_not_begun(server):
    server.answer = lambda call: Reply(b"{}", headers={"Content-Length": "1000000000"})
    run = read(make_followed(server.url))
    assert run.problem["code"] == "too_large"


@pytest.mark.django_db
def test_a_million_records_are_refused_whole(server):
    body = b'{"type":"FeatureCollection","features":[' + b",".join([b"{}"] * 1_000_000) + b"]}"
    serve(server, collection(feature("A")))
    source = make_followed(server.url)
    read(source)
    server.answer = lambda call: Reply(body)
    started = time.monotonic()
    run = read(source)

    assert (run.problem["code"], names(source)) == ("too_many_rows", ["Site A"])
    assert time.monotonic() - started < 30


@pytest.mark.django_db
def test_endless_pages_end(server, monkeypatch):
    monkeypatch.setattr(reading, "MOST_PAGES", 5)

    def answer(call: Call) -> Reply:
        number = int(call.query.get("p", "0"))
        return as_json(collection(feature(f"P{number}"), next=f"/?p={number + 1}"))

    server.answer = answer
    source = make_followed(server.url)
    assert (read(source).problem["code"], len(server.calls)) == ("too_many_rows", 5)
    server.answer = lambda call: as_json(collection(feature("P"), next="/?p=1"))
    assert read(source).problem["code"] == "same_page"
    assert names(source) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "following", ["https://[::1", "/\ud800", "//a\x00.example/", "javascript:alert(1)", "\n", "x" * 3_000]
)
def test_a_next_page_that_is_no_address_ends_the_reading_in_words(server, following):
    serve(server, collection(feature("A"), next=following))
    run = read(make_followed(server.url))

    assert (
        run.state,
        run.problem["code"] in ("not_a_feed", "other_host", "not_an_address", "same_page"),
    ) == ("failed", True)
    assert "\x00" not in json.dumps(run.problem, ensure_ascii=False)
    assert FollowedSource.objects.get().failures == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<!doctype html><title>Welcome</title>", "web_page"),
        (b"  <HTML><body>", "web_page"),
        (b"not json", "not_features"),
        (b"", "not_features"),
        (b"[" * 100_000, "not_features"),
        (b'{"features": {"a": 1}}', "not_features"),
        (b'{"type":"FeatureCollection","features":[{"geometry":{"type":"Point","coordinates":[NaN,64]}}]}', "not_features"),
        (b'{"features": "x"}', "not_features"),
        (b"\xff\xfe\x00", "not_features"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_features_is_refused_in_words(server, body, code):
    server.answer = lambda call: Reply(body)
    run = read(make_followed(server.url))

    assert (run.state, run.problem["code"]) == ("failed", code)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE feed [<!ENTITY a "x">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&a;</title></feed>',
        '<!DOCTYPE feed [<!ENTITY a "x">]><feed xmlns="http://www.w3.org/2005/Atom"/>'.encode("utf-16"),
        b'<rss version="2.0"><channel/></rss>',
        b"<feed" + b"<a>" * 1_000,
        b'<feed xmlns="http://www.w3.org/2005/Atom">' + b"<a>" * 100_000,
        b'<?xml version="1.0" encoding="x-nobody"?><feed xmlns="http://www.w3.org/2005/Atom"/>',
    ],
)
def test_hostile_xml_is_refused(server, body):
    server.answer = lambda call: Reply(body)
    started = time.monotonic()
    run = read(make_followed(server.url, kind="atom"))

    assert (run.state, run.problem["code"] in ("doctype", "not_a_feed")) == ("failed", True)
    assert time.monotonic() - started < 5


@pytest.mark.django_db
def test_a_redirect_to_our_own_machine_is_not_followed(server, settings):
    with running_server() as inner:  # on this machine, and not named in the setting
        server.answer = lambda call: Reply(status=302, headers={"Location": f"{inner.url}/secret"})
        run = read(make_followed(server.url))
        assert (run.problem["code"], inner.calls) == ("moved", [])
        server.answer = lambda call: as_json(collection(feature("A"), next=f"{inner.url}/secret"))
        run = read(FollowedSource.objects.get())
        assert (run.problem["code"], inner.calls) == ("other_host", [])


@pytest.mark.django_db
def test_names_with_scripts_and_addresses_that_run_come_as_plain_text_or_not_at_all(server, client):
    wild = {
        "features": [
            feature("1", "<script>alert(1)</script>"),
            feature("2", "<b>Bold</b> <img src=x onerror=alert(1)> plot", url="javascript:alert(1)"),
            feature("3", "Right\u202eto\u202cleft\x00\x07", url="data:text/html,<script>alert(1)</script>"),
            feature("4", "Tall " + "x" * 5_000, url=" jav\tascript:alert(1)"),
            feature("5", "a<a<b>b>c", url="//evil.example/x"),
            feature("6", {"en": "By language", "xx": "no"}, url="https://ok.example/\"onclick=alert(1)"),
            feature("7", ["a list"]), feature("8", "Ok", url={"href": "vbscript:x"}),
            "text", None, 5, {"properties": None}, {"properties": {"name": "no identity"}},
        ],
        "type": "FeatureCollection", "licence": "<script>alert(1)</script>CC BY 4.0",
    }  # fmt: skip
    serve(server, wild)
    source = make_followed(server.url)
    run = read(source)

    assert names(source) == [
        "Bold plot", "Righttoleft", f"Tall {'x' * 294}…", "a c", "By language", "Ok",
    ] or names(source)[:2] == ["Bold plot", "Righttoleft"]  # fmt: skip
    assert all("<" not in one and ">" not in one and len(one) <= 300 for one in names(source))
    urls = {one.identifier: one.url.best("en")[0] for one in ForeignRecord.objects.all()}
    assert {key: urls[key] for key in ("2", "3", "4", "6", "8")} == dict.fromkeys(
        ("2", "3", "4", "6", "8"), ""
    )
    assert urls["5"] == "http://evil.example/x", "it is a plain address of the web, made whole"
    assert FollowedSource.objects.get().licence_said == "CC BY 4.0"
    assert {one["code"]: one["details"]["count"] for one in run.notes}["no_name"] == 7
    for path in (
        "/en/neighbours/",
        "/en/neighbours/points.json",
        "/feeds/joint.json",
        "/feeds/joint.geojson",
    ):
        shown = client.get(path)
        assert shown.status_code == 200
        for word in ("<script>alert", "javascript:", "onerror", "\u202e", "vbscript"):
            assert word not in shown.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "coordinates",
    [
        [1e309, 64], [200, 64], [28, 95], [64, 28], [], [28], ["28", "64"], [None, None], [True, False], "28,64", {},
        [[[28, 64], [28.1, 900]]], [28, 10**400], [[[[[[]]]]]], [0, 0],
    ],
)  # fmt: skip
def test_a_place_that_is_none_leaves_the_record_in_the_list_and_off_the_map(server, coordinates):
    body = json.dumps(
        {
            "licence": "CC0",
            "features": [{"id": "A", "properties": {"name": "A"}, "geometry": {"coordinates": coordinates}}],
        }
    )
    server.answer = lambda call: Reply(body.replace("Infinity", "1e999"))
    run = read(make_followed(server.url))

    (row,) = listed().records
    assert (row.latitude, row.longitude) == (None, None)
    assert "no_place" in [one["code"] for one in run.notes]


@pytest.mark.django_db
def test_the_same_record_twice_comes_once_and_figures_out_of_the_world_do_not(server):
    serve(server, collection(
        feature("A", "First"), feature("A", "Second"), feature("B", area_m2=1e30, free_capacity_mw=-5, floor_area_m2=True),
    ))  # fmt: skip
    source = make_followed(server.url)
    run = read(source)
    row = ForeignRecord.objects.get(identifier="B")

    assert names(source) == ["First", "Site B"]
    assert (row.area_m2, row.power_mw, row.floor_area_m2) == (None, None, None)
    assert {"code": "twice", "details": {"count": 1}} in run.notes


@pytest.mark.django_db
@pytest.mark.usefixtures("soon")
def test_a_trial_survives_them_too_and_keeps_nothing(settings, server):
    from tests.syndication.federation_world import VALUES

    with raw_server(hang) as place, allowed(settings, place):
        trial = trying.try_followed({**VALUES, "address": f"http://{place}/"})
    assert trial.problem
    server.answer = lambda call: Reply(b"<!doctype html>")
    assert "web page" in trying.try_followed({**VALUES, "address": server.url}).problem
    serve(server, collection(*(feature(f"{n:02}") for n in range(30)), licence=""))
    trial = trying.try_followed({**VALUES, "address": server.url})
    assert (len(trial.records), trial.looked_at, trial.licence) == (10, 30, "")
    assert any("licence" in one for one in trial.notes)
    assert FollowedSource.objects.count() == 0


# the cleaning by itself


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("  Plot\n\t of land ", "Plot of land"), (None, ""), (True, ""), (12, "12"), ({"a": 1}, ""), (["x"], ""),
        ("3 < 5 and 5 > 3", "3 < 5 and 5 > 3"), ("<style>p{}</style>Plot", "Plot"), ("Plot <script>alert(1)", "Plot"),
        ("a\u200b\u2066b\ufeff\ud800", "ab"), ("é", "é"),
    ],
)  # fmt: skip
def test_text_is_plain(given, wanted):
    assert text_of(given, 100) == wanted


def test_marks_within_marks_cost_little_and_are_gone():
    started = time.monotonic()
    for text in ("<a" * 50_000 + ">" * 50_000, "<script " * 50_000, "<" * 100_000, "<scr<b>ipt>x" * 10_000):
        plain = text_of(text, 300)
        assert "<a" not in plain and "<script" not in plain
        assert len(plain) <= 300
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"), ("/a", "https://base.example/a"),
        ("javascript:alert(1)", ""), ("JaVaScRiPt:alert(1)", ""), ("data:text/html,x", ""), ("ftp://x.example/", ""),
        ("https://user:word@x.example/", ""), ("mailto:a@x.example", ""), ("https://x.example/\n", "https://x.example/"),
        ("https://x.example/a b", ""), ("https://x.example/\"x", ""), ("https://[::1", ""), ("https://x.example:99999/", ""),
        (5, ""), ("x" * 3_000, ""),
    ],
)  # fmt: skip
def test_addresses_are_of_the_web(given, wanted):
    assert address_of(given, "https://base.example/feed") == wanted


def test_numbers_moments_and_middles():
    assert [number_of(one, 10) for one in (5, 0, -1, 11, float("nan"), float("inf"), "5", True, None)] == [
        5, None, None, None, None, None, None, None, None,
    ]  # fmt: skip
    assert moment_of("2026-11-20") is not None
    assert [moment_of(one) for one in ("2026-13-40", "yesterday", 5, "x" * 100, "0000-00-00T00:00:00Z")] == [
        None
    ] * 5
    shape = {"type": "Polygon", "coordinates": [[[28, 64], [29, 64], [29, 65], [28, 64]]]}
    assert middle_of(shape, BOX) == (64.5, 28.5)
    many = {"coordinates": [[[28, 64]] * (reading.MOST_RECORDS * 5)]}
    assert middle_of(many, BOX) is None
    assert timezone.is_aware(moment_of("2026-11-20T10:00:00"))
