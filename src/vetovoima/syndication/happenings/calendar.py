"""Events as calendars know them (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from .documents import EventDocument

#: how often a calendar that is subscribed to asks again; both names are in use (RFC 7986 and an older one)
ASKS_AGAIN = timedelta(hours=6)


def calendar_of(found: Iterable[EventDocument], *, name: str, base: str) -> bytes:
    """This will write events as one calendar file; each keeps its identity when it is changed or cancelled.

    `base` is the public address of the service, without a slash at its end.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Vetovoima//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", ASKS_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for one in found:
        calendar.add_component(_entry(one, base))
    written: bytes = calendar.to_ical()
    return written


def _entry(one: EventDocument, base: str) -> Event:
    entry = Event()
    entry.add("uid", f"{one['code']}@{urlsplit(base).hostname}")
    updated = datetime.fromisoformat(one["updated_at"]).astimezone(UTC)
    entry.add("dtstamp", updated)
    entry.add("last-modified", updated)
    entry.add("summary", one["title"], parameters={"LANGUAGE": one["language"]})
    if one["is_whole_day"]:
        first = date.fromisoformat(one["starts_at"])
        last = date.fromisoformat(one["ends_at"]) if one["ends_at"] else first
        entry.add("dtstart", first)
        entry.add("dtend", last + timedelta(days=1))
    else:
        entry.add("dtstart", datetime.fromisoformat(one["starts_at"]).astimezone(UTC))
        entry.add("dtend", datetime.fromisoformat(one["over_at"]).astimezone(UTC))
    entry.add("status", "CANCELLED" if one["is_cancelled"] else "CONFIRMED")
    entry.add("url", f"{base}{one['url']}")
    if place := ", ".join(part for part in (one["place"], one["online_url"]) if part):
        entry.add("location", place)
    if one["lead"]:
        entry.add("description", one["lead"])
    return entry
