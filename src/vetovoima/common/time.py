"""Working days and moments."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

#: office hours end: a deadline falls due at this local time
END_OF_OFFICE_HOURS = time(16, 0)


@lru_cache(maxsize=64)
def _free_days(country: str, year: int) -> frozenset[date]:
    """Public holidays; in Finland the library counts the eves of midsummer and Christmas among them, as offices do."""
    return frozenset(holidays.country_holidays(country, years=year))


def is_working_day(day: date, country: str = "FI") -> bool:
    """This will say whether offices work on that day (Monday to Friday, not a holiday or a holiday's eve)."""
    return day.weekday() < 5 and day not in _free_days(country, day.year)


def working_deadline(
    start: datetime, days: int, *, country: str = "FI", time_zone: str = "Europe/Helsinki"
) -> datetime:
    """This will return the end of office hours, `days` working days after `start`.

    The day of `start` does not count; what comes on a free day or after 16:00 local time counts from the next
    working day. `start` must be aware; the answer is aware, in the region's time zone.
    """
    zone = ZoneInfo(time_zone)
    local = start.astimezone(zone)
    day = local.date()
    if local.timetz().replace(tzinfo=None) >= END_OF_OFFICE_HOURS:
        day += timedelta(days=1)
    while not is_working_day(day, country):
        day += timedelta(days=1)
    for _step in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, country):
            day += timedelta(days=1)
    return datetime.combine(day, END_OF_OFFICE_HOURS, tzinfo=zone)


def working_hours_between(
    start: datetime, end: datetime, *, country: str = "FI", time_zone: str = "Europe/Helsinki"
) -> float:
    """This will return the office hours (8:00–16:00 on working days) from `start` to `end`, in hours."""
    zone = ZoneInfo(time_zone)
    begin, finish = start.astimezone(zone), end.astimezone(zone)
    total = timedelta()
    day = begin.date()
    while day <= finish.date():
        if is_working_day(day, country):
            opened = max(begin, datetime.combine(day, time(8, 0), tzinfo=zone))
            closed = min(finish, datetime.combine(day, END_OF_OFFICE_HOURS, tzinfo=zone))
            total += max(closed - opened, timedelta())
        day += timedelta(days=1)
    return round(total.total_seconds() / 3600, 2)
