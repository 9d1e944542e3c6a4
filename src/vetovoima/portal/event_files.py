"""Events as calendars know them (RFC 5545), and as search engines do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.timezone import localtime
from icalendar import Calendar, Event

from .drawing import draw_plain
from .languages import absolute

if TYPE_CHECKING:
    from .models.news import EventPage


def calendar_of(found: Iterable[EventPage], *, name: str, language: str) -> bytes:
    """This will write events as one calendar file; each keeps its identity when it is changed or cancelled."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vetovoima//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in found:
        calendar.add_component(_entry(one, language))
    written: bytes = calendar.to_ical()
    return written


def _entry(one: EventPage, language: str) -> Event:
    entry = Event()
    entry.add("uid", f"{one.translation_key}@{urlsplit(absolute('/')).hostname}")
    entry.add("dtstamp", one.last_published_at or one.starts_at)
    entry.add("summary", one.title, parameters={"LANGUAGE": language})
    start, end = localtime(one.starts_at), localtime(one.ends_at) if one.ends_at else None
    if one.is_whole_day:
        entry.add("dtstart", start.date())
        entry.add("dtend", (end or start).date() + timedelta(days=1))
    else:
        entry.add("dtstart", one.starts_at)
        entry.add("dtend", one.is_over_at)
    entry.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    entry.add("url", absolute(one.url or "/"))
    place = ", ".join(part for part in (one.place, one.online_url) if part)
    if place:
        entry.add("location", place)
    if one.lead:
        entry.add("description", draw_plain(one.lead))
    return entry


def event_json_ld(one: EventPage, page: dict[str, Any]) -> dict[str, Any]:
    """This will return an event as schema.org knows it, from what the page says of itself."""
    state = "EventCancelled" if one.is_cancelled else "EventScheduled"
    both = bool(one.place and one.online_url)
    mode = "Mixed" if both else "Online" if one.online_url else "Offline"
    places: list[dict[str, Any]] = []
    if one.place:
        places.append({"@type": "Place", "name": one.place, "address": one.place})
    if one.online_url:
        places.append({"@type": "VirtualLocation", "url": one.online_url})
    found = {
        **page,
        "@type": "Event",
        "startDate": _moment(one, "starts_at"),
        "eventStatus": f"https://schema.org/{state}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
    }
    found.pop("headline", None)
    found.pop("datePublished", None)
    if places:
        found["location"] = places if both else places[0]
    if one.ends_at:
        found["endDate"] = _moment(one, "ends_at")
    if one.organiser:
        found["organizer"] = {"@type": "Organization", "name": one.organiser}
    return found


def _moment(one: EventPage, name: str) -> str:
    moment = localtime(getattr(one, name))
    return moment.date().isoformat() if one.is_whole_day else moment.isoformat()
