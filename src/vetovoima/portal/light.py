"""The year of light: how long the day is through the year at the region's latitude, computed from the sun.

A point of the ribbon is the time in which the sun stands above a height: -0.833° is day (the upper edge of the disc,
refraction included), -6° civil and -12° nautical twilight.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from vetovoima.common.daylight import HEIGHTS, hours_above

__all__ = ["HEIGHTS", "YearOfLight", "hours_above", "year_of_light"]


@dataclass(frozen=True)
class YearOfLight:
    """The ribbon as three SVG paths in a box of 365 by 24, and what its caption says."""

    day: str
    civil: str
    nautical: str
    months: tuple[int, ...]
    shortest: float
    longest: float


@lru_cache(maxsize=16)
def year_of_light(latitude: float, year: int, step: int) -> YearOfLight:
    """This will compute the ribbon of a year with a point every `step` days."""
    first = date(year, 1, 1)
    days = [*range(0, 365, step), 365]
    paths = {name: _band(latitude, first, days, height) for name, height in HEIGHTS.items()}
    lengths = [hours_above(latitude, first + timedelta(days=n), HEIGHTS["day"]) for n in range(365)]
    months = tuple((date(year, month, 1) - first).days for month in range(2, 13))
    return YearOfLight(**paths, months=months, shortest=min(lengths), longest=max(lengths))


def _band(latitude: float, first: date, days: list[int], height: float) -> str:
    """A closed path around noon: the upper edge from January to December, the lower one back."""
    half = [(n, hours_above(latitude, first + timedelta(days=n), height) / 2) for n in days]
    upper = " ".join(f"{n} {12 - length:.2f}" for n, length in half)
    lower = " ".join(f"{n} {12 + length:.2f}" for n, length in reversed(half))
    return f"M{upper} {lower}Z"
