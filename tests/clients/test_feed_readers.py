"""Libraries of feed readers and calendars take our feeds from a live server without complaint.

feedparser knows Atom; it does not know JSON Feed, whose form is checked in tests/api/test_feeds.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from tests.clients.conftest import Service
from tests.clients.test_oembed_consumer import tags

pytestmark = pytest.mark.django_db(transaction=True)


def read(address: str):
    import feedparser

    found = feedparser.parse(address)
    assert not found.bozo, getattr(found, "bozo_exception", None)
    return found


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_sites_as_atom(service: Service, language: str) -> None:
    found = read(f"{service.url}/feeds/sites.atom?kind=plot&lang={language}")
    assert (found.version, found.status, found.feed.language) == ("atom10", 200, language)
    assert sorted(one.link.rstrip("/").rsplit("/", 1)[-1] for one in found.entries) == service.plots
    assert all(
        one.title and one.summary and one.updated_parsed and one.id == one.link for one in found.entries
    )
    assert (
        "Tontti 0 & <b>" in {one.title for one in read(f"{service.url}/feeds/sites.atom?lang=fi").entries}
        or language != "fi"
    )


def test_a_reader_that_comes_again_gets_nothing_twice(service: Service) -> None:
    import feedparser

    first = read(f"{service.url}/feeds/sites.atom?lang=en")
    again = feedparser.parse(f"{service.url}/feeds/sites.atom?lang=en", etag=first.etag)
    by_day = feedparser.parse(f"{service.url}/feeds/sites.atom?lang=en", modified=first.modified)
    assert (again.status, again.entries, by_day.status) == (304, [], 304)


def test_places_of_the_entries(service: Service) -> None:
    found = read(f"{service.url}/feeds/sites.atom?lang=en&kind=plot")
    places = {one.where.type for one in found.entries if "where" in one}
    assert "Point" in places


def test_news(service: Service) -> None:
    found = read(f"{service.url}/feeds/news.atom?lang=en")
    assert [(one.title, one.published[:10]) for one in found.entries] == [
        ("Wind & <b>more</b>", "2026-03-01")
    ]


def test_a_page_leads_to_its_feeds(service: Service) -> None:
    """Readers are given the address of the page; this is the first step that feedparser leaves to them."""
    with urlopen(f"{service.url}/en/sites/") as answer:
        page = answer.read().decode()
    named = [one["href"] for one in tags("link", page) if one.get("type") == "application/atom+xml"]
    assert [read(one).version for one in named] == ["atom10", "atom10"]


@pytest.mark.parametrize(("language", "title"), [("fi", "Tuulipäivä, ja; muuta"), ("en", "Wind day")])
def test_events_as_a_calendar(service: Service, language: str, title: str) -> None:
    from icalendar import Calendar

    with urlopen(f"{service.url}/feeds/events.ics?lang={language}") as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        found = Calendar.from_ical(answer.read())
    (event,) = found.walk("VEVENT")
    assert (str(event["SUMMARY"]), event.errors, found.errors) == (title, [], [])
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2099, 12, 1, 7, 0, tzinfo=UTC)
