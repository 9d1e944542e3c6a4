"""Feeds as readers that nobody here wrote take them: Atom, JSON Feed, CSV, iCalendar."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from tests.portal.packs import HOME, load
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Sector
from vetovoima.syndication.tables import COLUMNS

pytestmark = pytest.mark.django_db
SITES = (
    "/feeds/sites.atom",
    "/feeds/sites.feed.json",
    "/feeds/sites.json",
    "/feeds/sites.geojson",
    "/feeds/sites.csv",
)
HAPPENINGS = ("/feeds/news.atom", "/feeds/news.json", "/feeds/events.ics")
ATOM = "{http://www.w3.org/2005/Atom}"
#: what JSON Feed 1.1 asks for, written from its text (jsonfeed.org/version/1.1)
TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
ITEM: dict[str, Any] = {
    "type": "object", "required": ["id"], "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
    "properties": {
        **dict.fromkeys(("id", "url", "external_url", "title", "content_text", "content_html", "summary", "image", "language"), TEXT),
        "date_published": {"type": "string", "format": "date-time"}, "date_modified": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": TEXT},
    },
    "patternProperties": {"^_[a-zA-Z]": {"type": "object"}}, "additionalProperties": False,
}  # fmt: skip
JSON_FEED: dict[str, Any] = {
    "type": "object", "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "items": {"type": "array", "items": ITEM},
        **dict.fromkeys(("title", "home_page_url", "feed_url", "description", "next_url", "language"), TEXT),
        "authors": {"type": "array", "items": {"type": "object", "properties": {"name": TEXT}}},
    },
    "patternProperties": {"^_[a-zA-Z]": {"type": "object"}}, "additionalProperties": False,
}  # fmt: skip
NEWS: dict[str, Any] = {
    "path": "/news/wind-2026/", "type": "news", "date": "2026-03-01", "title": {"fi": "Tuulta", "en": "Wind & <b>more</b>"},
    "lead": {"fi": "Tuulesta.", "en": "Of wind."},
    "body": {"fi": "<p>Asiaa.</p>", "en": "<p>First.</p><p>About <a href=\"/municipalities/kuhmo/\">Kuhmo</a> &amp; wind.</p>"},
    "sources": [{"title": "The Wind Times", "url": "https://times.example/wind", "date": "2026-02-28"}],
}  # fmt: skip
OLDER: dict[str, Any] = {
    "path": "/news/old/", "type": "news", "date": "2025-01-02", "title": {"en": "Old"}, "body": {"en": "<p>Old.</p>"},
}  # fmt: skip
NEWS_LIST: dict[str, Any] = {"path": "/news/", "type": "news_index", "title": {"fi": "Uutiset", "en": "News"}}
EVENT: dict[str, Any] = {
    "path": "/events/wind-day/", "type": "event", "title": {"fi": "Tuulipäivä", "en": "Wind day"}, "lead": {"en": "Of wind."},
    "starts": "2099-12-01T09:00", "ends": "2099-12-01T15:30", "municipality": "kuhmo",
}  # fmt: skip


@pytest.fixture
def site() -> Site:
    make_region()
    make_municipality("sotkamo")
    Sector.objects.create(slug="mining", name=Translated(fi="Kaivannaiset", en="Mining"))
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi="Tontti & <maa>\x0b", en="Plot & <land>"), "summary": Translated(en="=SUM(1)"), "area_m2": 1234,
                "internal_note": "sealed-word",
                "sources": {"size": {"title": "The survey", "dated": "2026-01", "url": "https://survey.example/"}}},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return json.loads(response.content)


def test_atom_has_what_a_reader_needs(site: Site, client: Client) -> None:
    response = client.get("/feeds/sites.atom?lang=en")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    feed = Xml.fromstring(response.content)
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert (links["self"], links["alternate"]) == (
        "http://testserver/feeds/sites.atom?lang=en",
        "http://testserver/en/sites/",
    )
    assert links["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert entry.findtext(f"{ATOM}id") == f"http://testserver/en/sites/{site.code}/"
    assert entry.findtext(f"{ATOM}title") == "Plot & <land>"
    for name in ("published", "updated"):
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}{name}") or "").tzinfo is not None
    assert "Total area: 1,234 m² (The survey, 2026-01)" in (entry.findtext(f"{ATOM}content") or "")
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_a_letter_that_xml_cannot_hold_breaks_no_feed(site: Site, client: Client) -> None:
    feed = Xml.fromstring(client.get("/feeds/sites.atom?lang=fi").content)
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Tontti & <maa>"


def test_the_json_feed_is_one_and_nothing_else(site: Site, client: Client) -> None:
    feed = read(client, "/feeds/sites.feed.json?lang=en")
    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    assert feed["items"][0]["_vetovoima"]["code"] == site.code
    assert feed["items"][0]["id"] == feed["items"][0]["url"]


def test_our_own_list_is_a_json_feed_too_and_keeps_its_members(site: Site, client: Client) -> None:
    feed = read(client, "/feeds/sites.json?lang=en")
    item = feed["items"][0]
    assert (feed["version"], feed["total"], feed["next"], feed["language"]) == (
        "https://jsonfeed.org/version/1.1",
        1,
        None,
        "en",
    )
    assert {"title", "home_page_url", "feed_url", "licence", "self", "examples_included"} <= set(feed)
    assert {"id", "url", "title", "content_text", "date_published", "date_modified"} <= set(item)
    assert (item["version"], item["summary"]["text"], item["name"]["text"]) == (1, "=SUM(1)", "Plot & <land>")


def test_the_table_has_the_same_columns_each_time_and_no_formulas(site: Site, client: Client) -> None:
    response = client.get("/feeds/sites.csv?lang=en")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    row = rows[0]
    assert tuple(row) == COLUMNS
    assert (row["code"], row["area_m2"], row["area_m2_source"], row["area_m2_unit"]) == (
        site.code,
        "1234",
        "The survey",
        "m²",
    )
    assert (row["summary"], row["languages"], row["is_example"]) == ("'=SUM(1)", "en", "false")
    assert response.headers["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


@pytest.mark.parametrize("address", (*SITES, *HAPPENINGS))
def test_feeds_take_municipality_sector_and_language_and_refuse_the_rest_by_name(
    site: Site, client: Client, address: str
) -> None:
    assert client.get(f"{address}?municipality=kuhmo&sector=mining&lang=sv").status_code == 200
    for wrong in ("colour=red", "lang=de", "lang=en&lang=fi"):
        response = client.get(f"{address}?{wrong}")
        assert (response.status_code, response.headers["Content-Type"]) == (
            400,
            "application/problem+json",
        ), wrong
    assert json.loads(client.get(f"{address}?colour=red").content)["unknown"] == ["colour"]


@pytest.mark.parametrize("address", SITES)
def test_one_municipality_and_sector_alone(site: Site, client: Client, address: str) -> None:
    assert site.code in client.get(f"{address}?municipality=kuhmo").content.decode()
    assert site.code not in client.get(f"{address}?municipality=sotkamo").content.decode()
    assert site.code not in client.get(f"{address}?sector=mining").content.decode()


@pytest.mark.parametrize("address", (*SITES, *HAPPENINGS))
def test_a_reader_that_has_it_gets_304_and_no_cookie(site: Site, client: Client, address: str) -> None:
    first = client.get(address)
    assert (first.headers["Access-Control-Allow-Origin"], first.headers["Cache-Control"]) == (
        "*",
        "public, max-age=60",
    )
    assert "Last-Modified" in first.headers
    assert not first.cookies
    assert "Accept-Language" in first.headers["Vary"]
    assert "Accept-Language" not in client.get(f"{address}?lang=fi").headers["Vary"]
    assert client.get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", SITES)
def test_nothing_sealed_and_nothing_withdrawn(site: Site, client: Client, address: str) -> None:
    assert "sealed-word" not in client.get(address).content.decode()
    draft = make_site("kuhmo", name=Translated(en="Draftword"))
    assert draft.code not in client.get(address).content.decode()
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW)
    assert site.code not in client.get(address).content.decode()


def test_the_next_page_is_told_in_every_form(site: Site, client: Client) -> None:
    for number in range(2):
        make_site("kuhmo", state="published", name=Translated(fi=f"T{number}"))
    for address in SITES:
        codes, following = set(), f"{address}?limit=2&lang=en"
        for _page in range(2):
            response = client.get(following)
            codes |= {
                one for one in Site.objects.values_list("code", flat=True) if one in response.content.decode()
            }
            links = response.headers["Link"]
            following = links.split(">")[0].lstrip("<") if 'rel="next"' in links else ""
        assert (len(codes), following) == (3, ""), address
    feed = Xml.fromstring(client.get("/feeds/sites.atom?limit=2&offset=2&lang=en").content)
    assert feed.findtext(f"{ATOM}id") == "http://testserver/feeds/sites.atom?lang=en"


def test_news_in_both_forms_newest_first(site: Site, client: Client, tmp_path: Path) -> None:
    load(tmp_path, HOME, NEWS_LIST, NEWS, OLDER)
    feed = read(client, "/feeds/news.json?lang=en")
    jsonschema.validate(feed, JSON_FEED, format_checker=jsonschema.FormatChecker())
    assert [one["title"] for one in feed["items"]] == ["Wind & <b>more</b>", "Old"]
    first = feed["items"][0]
    assert first["url"] == "http://testserver/en/news/wind-2026/"
    assert client.get(first["url"]).status_code == 200
    assert first["date_published"] == "2026-03-01T00:00:00+02:00"
    assert "First.\n\nAbout Kuhmo & wind." in first["content_text"]
    assert "The Wind Times, 2026-02-28, https://times.example/wind" in first["content_text"]
    atom = Xml.fromstring(client.get("/feeds/news.atom?lang=fi").content)
    assert [one.findtext(f"{ATOM}title") for one in atom.findall(f"{ATOM}entry")] == ["Tuulta"]


def test_news_of_a_municipality_are_those_that_lead_to_it(site: Site, client: Client, tmp_path: Path) -> None:
    load(tmp_path, HOME, NEWS_LIST, NEWS, OLDER)
    found = [one["title"] for one in read(client, "/feeds/news.json?lang=en&municipality=kuhmo")["items"]]
    assert found == ["Wind & <b>more</b>"]
    assert read(client, "/feeds/news.json?lang=en&municipality=sotkamo")["items"] == []
    load(tmp_path, HOME, NEWS_LIST, NEWS, {**OLDER, "title": {"en": "A mill comes to Sotkamo"}})
    found = read(client, "/feeds/news.json?lang=en&municipality=sotkamo")["items"]
    assert [one["title"] for one in found] == ["A mill comes to Sotkamo"]


def test_more_news_ask_the_database_no_more(site: Site, client: Client, tmp_path: Path) -> None:
    def questions(*news: dict[str, Any]) -> int:
        load(tmp_path, HOME, NEWS_LIST, *news)
        with CaptureQueriesContext(connection) as asked:
            read(client, "/feeds/news.json?lang=en")
        return len(list(asked))

    about = {
        "lead": {"en": "{fact:kuhmo-people} people."},
        "body": {"en": '<p><a href="/sectors/mining/">Mining</a></p>'},
    }
    assert questions({**NEWS, **about}) == questions({**NEWS, **about}, {**OLDER, **about})


def test_the_calendar_is_narrowed_as_the_feeds_are(site: Site, client: Client, tmp_path: Path) -> None:
    load(tmp_path, HOME, EVENT)
    entries = Calendar.from_ical(client.get("/feeds/events.ics?lang=en&municipality=kuhmo").content).walk(
        "VEVENT"
    )
    assert [str(one["url"]) for one in entries] == ["http://testserver/en/events/wind-day/"]
    assert not Calendar.from_ical(client.get("/feeds/events.ics?lang=en&municipality=sotkamo").content).walk(
        "VEVENT"
    )
    assert client.get("/feeds/events.ics?municipality=nowhere").status_code == 404


def test_a_page_tells_where_its_feeds_are(site: Site, client: Client) -> None:
    page = client.get(f"/en/sites/{site.code}/").content.decode()
    assert (
        'type="application/atom+xml" title="Sites (Atom)" href="http://127.0.0.1:8000/feeds/sites.atom?lang=en&amp;municipality=kuhmo"'
        in page
    )
    assert 'type="application/json+oembed"' in page
    everything = client.get("/en/sites/").content.decode()
    assert 'href="http://127.0.0.1:8000/feeds/sites.atom?lang=en"' in everything


def test_the_examples_of_the_documentation_answer_as_they_say(site: Site, client: Client) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/api/feeds.md").read_text(encoding="utf-8")
    told = re.findall(r"```http\nGET (\S+)\n→ (\d{3})\n```", page)
    assert len(told) >= 5
    assert [one for one in told if str(client.get(one[0]).status_code) != one[1]] == []


def test_a_reader_that_nobody_here_wrote_takes_both_feeds_without_complaint(
    site: Site, client: Client
) -> None:
    import feedparser  # type: ignore[import-not-found, unused-ignore]

    read_by_it = feedparser.parse(client.get("/feeds/sites.atom?lang=en").content)
    assert (read_by_it.bozo, read_by_it.version, read_by_it.feed.language) == (False, "atom10", "en")
    (entry,) = read_by_it.entries
    assert (entry.title, entry.link) == (
        "Plot & <land>",
        f"http://testserver/en/sites/{site.code}/",
    )
