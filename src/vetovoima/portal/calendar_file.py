"""The calendar file to an enquiry: by when the answer comes, and the times that were proposed for a call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from .call_times import LONG


def enquiry_calendar(
    *, reference: str, due: datetime, calls: Sequence[datetime], now: datetime, url: str
) -> bytes:
    """This will write the file (RFC 5545, METHOD:PUBLISH). Proposed calls are tentative and free: nothing is agreed yet."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vetovoima//Enquiry//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    answer = _event(
        f"{reference}-answer", _("Answer to %(reference)s is due") % {"reference": reference}, due, now, url
    )
    answer.add("dtend", (due + timedelta(minutes=15)).astimezone(UTC))
    calendar.add_component(answer)
    for number, moment in enumerate(calls, start=1):
        title = _("Proposed call about %(reference)s (not confirmed)") % {"reference": reference}
        call = _event(f"{reference}-call-{number}", title, moment, now, url)
        call.add("dtend", (moment + LONG).astimezone(UTC))
        call.add("status", "TENTATIVE")
        calendar.add_component(call)
    return bytes(calendar.to_ical())


def _event(uid: str, title: str, start: datetime, now: datetime, url: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{url.split('/')[2]}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", title)
    event.add("dtstart", start.astimezone(UTC))
    event.add("transp", "TRANSPARENT")
    event.add("url", url)
    return event
