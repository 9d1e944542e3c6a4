"""The region's look on paper: the light colours of its pack, its name, and the year of light in the margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from vetovoima.common.colours import FULL, LIGHT
from vetovoima.common.daylight import HEIGHTS, hours_above

#: the roles that papers use
ROLES = (
    "ink", "ink-soft", "paper", "ice", "line", "mark", "forest", "lake", "action", "good-text", "ageing-text", "broken",
)  # fmt: skip
#: a point of the ribbon every so many days
STEP = 7


@dataclass(frozen=True)
class Look:
    """How the documents of a region look: its name, its colours, and its latitude for the ribbon."""

    name: str
    latitude: float
    colours: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """What the base template draws; whatever is not a colour is left out, so that a pack cannot write code."""
        given = {name: str(self.colours.get(name, "")) for name in ROLES}
        chosen = {name: value if FULL.fullmatch(value) else LIGHT[name] for name, value in given.items()}
        return {
            "name": self.name,
            "colours": chosen,
            "ribbon": ribbon(round(self.latitude, 1)),
        }


@lru_cache(maxsize=8)
def ribbon(latitude: float) -> dict[str, list[float]]:
    """This will return the share of each day, through the year, that is day and that is twilight or lighter."""
    first = date(2026, 1, 1)
    days = [first + timedelta(days=number) for number in (*range(0, 365, STEP), 364)]
    return {
        name: [round(hours_above(latitude, day, HEIGHTS[name]) / 24, 3) for day in days]
        for name in ("day", "nautical")
    }
