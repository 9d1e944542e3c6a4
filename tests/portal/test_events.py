"""Events: the list, the page, the calendars."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories import make_municipality, make_region
from tests.portal.packs import HOME, load
from vetovoima.portal.models import EventPage
from vetovoima.reference.pack import BrokenPack

pytestmark = pytest.mark.django_db
EVENT: dict[str, Any] = {
    "path": "/events/wind-day/", "type": "event", "title": {"fi": "Tuulipäivä", "en": "Wind day"},
    "lead": {"fi": "Tuulesta.", "en": "Of wind."}, "starts": "2099-12-01T09:00", "ends": "2099-12-01T15:30",
    "place": {"fi": "Kuhmo", "en": "Kuhmo"}, "municipality": "kuhmo", "organiser": {"fi": "Liitto", "en": "The council"},
    "registration_url": "https://wind.example/join",
}  # fmt: skip
OLD = {"path": "/events/old/", "type": "event", "title": {"en": "Old day"}, "starts": "2020-05-05"}


@pytest.fixture(autouse=True)
def region() -> None:
    make_region()
    make_municipality("kuhmo")


def test_the_list_has_what_comes_and_what_has_been(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, EVENT, OLD)
    page = client.get("/en/events/").content.decode()
    coming, over = page.split("Past events")
    assert ("Wind day" in coming, "Old day" in coming, "Old day" in over) == (True, False, True)
    assert "/feeds/events.ics?lang=en" in page


def test_an_event_says_when_where_and_how(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, EVENT)
    page = client.get("/en/events/wind-day/").content.decode()
    assert 'href="https://wind.example/join"' in page
    known = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert (known["@type"], known["startDate"], known["location"]["name"]) == (
        "Event", "2099-12-01T09:00:00+02:00", "Kuhmo",
    )  # fmt: skip


def test_the_calendar_has_every_event_of_the_language(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, EVENT, OLD)
    answer = client.get("/feeds/events.ics?lang=en")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    entries = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert [str(one["summary"]) for one in entries] == ["Old day", "Wind day"]
    assert entries[1].decoded("dtstart").isoformat() == "2099-12-01T07:00:00+00:00"
    assert entries[0].decoded("dtend").isoformat() == "2020-05-06"
    assert (
        len(
            list(
                Calendar.from_ical(client.get("/feeds/events.ics?lang=fi&municipality=kuhmo").content).walk(
                    "VEVENT"
                )
            )
        )
        == 1
    )
    assert client.get("/feeds/events.ics?municipality=nowhere").status_code == 404


def test_one_event_is_a_file_and_a_cancelled_one_says_so(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, {**EVENT, "cancelled": True})
    entry = next(iter(Calendar.from_ical(client.get("/en/events/wind-day.ics").content).walk("VEVENT")))
    assert str(entry["status"]) == "CANCELLED"
    assert "This event is cancelled." in client.get("/en/events/wind-day/").content.decode()
    assert client.get("/sv/events/wind-day.ics").status_code == 404


def test_a_second_load_changes_nothing_and_a_broken_moment_is_refused(tmp_path: Path) -> None:
    load(tmp_path, HOME, EVENT, OLD)
    assert load(tmp_path, HOME, EVENT, OLD).counts["page"]["changed"] == 0
    with pytest.raises(BrokenPack, match="must be a moment"):
        load(tmp_path, HOME, {**EVENT, "starts": "soon"})
    assert EventPage.objects.count() == 3
