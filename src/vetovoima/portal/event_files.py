"""Events as search engines know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

if TYPE_CHECKING:
    from .models.news import EventPage


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
