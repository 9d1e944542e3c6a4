"""By when an answer is promised: the region's working days, its holidays, its clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.factories import make_region
from vetovoima.pipeline.queries import answer_deadline

FINLAND = ZoneInfo("Europe/Helsinki")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=FINLAND)


@pytest.mark.parametrize(
    "came, due",
    [
        ("2026-03-10 10:00", "2026-03-12 16:00"),  # Tuesday
        ("2026-03-10 15:59", "2026-03-12 16:00"),
        ("2026-03-10 16:00", "2026-03-13 16:00"),  # after office hours: counts from Wednesday
        ("2026-03-12 09:00", "2026-03-16 16:00"),  # Thursday, over a weekend
        ("2026-03-14 09:00", "2026-03-18 16:00"),  # Saturday: counts from Monday
        ("2026-04-01 09:00", "2026-04-07 16:00"),  # over Good Friday and Easter Monday
        ("2026-04-29 09:00", "2026-05-04 16:00"),  # over May Day
        ("2026-05-13 09:00", "2026-05-18 16:00"),  # over Ascension Day
        ("2026-06-17 09:00", "2026-06-22 16:00"),  # over Midsummer Eve, a Friday
        ("2026-12-03 09:00", "2026-12-07 16:00"),  # Independence Day is a Sunday
        ("2026-12-22 09:00", "2026-12-28 16:00"),  # over Christmas Eve, Day and Boxing Day
        ("2026-12-23 16:30", "2026-12-30 16:00"),
        ("2026-12-30 09:00", "2027-01-04 16:00"),  # over New Year's Day
        ("2027-01-05 09:00", "2027-01-08 16:00"),  # over Epiphany
        ("2026-03-27 12:00", "2026-03-31 16:00"),  # over the night when clocks go forward
    ],
)
def test_a_deadline_counts_working_days(db, came, due):
    make_region()

    assert answer_deadline(local(came)) == local(due)


def test_the_evening_in_finland_is_told_by_finland_s_clock(db):
    make_region()
    afternoon_in_london = datetime(2026, 3, 10, 14, 30, tzinfo=ZoneInfo("Europe/London"))  # 16:30 in Finland

    assert answer_deadline(afternoon_in_london) == local("2026-03-13 16:00")


def test_another_region_keeps_its_own_promise_and_holidays(db):
    make_region(country="SE", time_zone="Europe/Stockholm", service_promise={"first_answer_working_days": 1})
    stockholm = ZoneInfo("Europe/Stockholm")

    # Sweden's national day is a holiday there and not in Finland.
    assert answer_deadline(datetime(2025, 6, 5, 10, 0, tzinfo=stockholm)) == datetime(
        2025, 6, 9, 16, 0, tzinfo=stockholm
    )
