"""The region's look on paper: the light colours of its pack, its name, and the year of light in the margin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from vetovoima.common.daylight import HEIGHTS, hours_above

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
#: what a pack without colours of its own gets, by role
COLOURS = {
    "ink": "#10231f", "ink-soft": "#3d514c", "paper": "#f8f6f0", "ice": "#eaf3f5", "line": "#c9d3d0",
    "mark": "#6b7f79", "forest": "#1c5a45", "lake": "#0b4f6c", "action": "#a8481f", "good-text": "#1f6f55",
    "ageing-text": "#7a5200", "broken": "#a3262a",
}  # fmt: skip
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
        given = {name: value for name, value in self.colours.items() if name in COLOURS}
        chosen = {name: value for name, value in given.items() if COLOUR.fullmatch(str(value))}
        return {
            "name": self.name,
            "colours": {**COLOURS, **chosen},
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
