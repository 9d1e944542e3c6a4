"""Office hours of the region in the coming days, as times that somebody may propose for a call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vetovoima.common.time import is_working_day
from vetovoima.reference.queries import region

#: a call is answered a day later at the earliest: somebody has to read the proposal
FIRST_DAY = 1
DAYS_OFFERED = 10
DAYS_LOOKED_AT = 30
OPENS, CLOSES = time(9, 0), time(15, 30)
STEP = timedelta(minutes=30)
LONG = timedelta(minutes=30)
#: zones to choose from: where investors sit, from west to east
ZONES = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo", "Atlantic/Reykjavik",
    "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Madrid", "Europe/Paris", "Europe/Brussels",
    "Europe/Amsterdam", "Europe/Berlin", "Europe/Zurich", "Europe/Rome", "Europe/Vienna", "Europe/Warsaw", "Europe/Prague",
    "Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Helsinki", "Europe/Tallinn", "Europe/Riga",
    "Europe/Vilnius", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul", "Africa/Johannesburg", "Asia/Jerusalem",
    "Asia/Riyadh", "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Shanghai", "Asia/Taipei",
    "Asia/Seoul", "Asia/Tokyo", "Australia/Perth", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Whose office hours count: the country whose holidays are free, and its time zone."""

    country: str
    zone: ZoneInfo


def office() -> Office:
    """The region's."""
    found = region()
    return (
        Office(found.country, ZoneInfo(found.time_zone))
        if found
        else Office("FI", ZoneInfo("Europe/Helsinki"))
    )


def offered_days(now: datetime, of: Office) -> list[date]:
    """The next ten working days, tomorrow first."""
    today = now.astimezone(of.zone).date()
    days = (today + timedelta(days=step) for step in range(FIRST_DAY, DAYS_LOOKED_AT))
    return [day for day in days if is_working_day(day, of.country)][:DAYS_OFFERED]


def free_weekdays(days: list[date], of: Office) -> list[date]:
    """Weekdays among them on which nobody is there: holidays."""
    if not days:
        return []
    span = (days[0] + timedelta(days=step) for step in range((days[-1] - days[0]).days))
    return [day for day in span if day.weekday() < 5 and not is_working_day(day, of.country)]


def offered_times() -> Iterator[time]:
    """Every half hour of the office hours."""
    moment = datetime.combine(date(2000, 1, 1), OPENS)
    while moment.time() <= CLOSES:
        yield moment.time()
        moment += STEP


def moment_of(day: date, at: time, of: Office) -> datetime:
    """The moment of a proposal, in the region's time zone."""
    return datetime.combine(day, at, tzinfo=of.zone)


def in_both(moment: datetime, theirs: ZoneInfo) -> tuple[datetime, datetime]:
    """The same moment here and there."""
    return moment, moment.astimezone(theirs)
