"""Small charts drawn on the server as plain shapes; the numbers stand in a table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH, HEIGHT, MARGIN = 600, 150, 6
FEWEST_POINTS = 6


@dataclass(frozen=True)
class Line:
    """A series as an SVG path with its first and last point."""

    path: str
    area: str
    first: Any
    last: Any
    last_x: float
    last_y: float
    change_percent: Decimal
    observations: Sequence[Any]


def line_of(observations: Sequence[Any]) -> Line | None:
    """This will draw a series of dated figures from zero up; None when there are too few points for a line."""
    dated = [one for one in observations if one.period[:4].isascii() and one.period[:4].isdigit()]
    if len(dated) < FEWEST_POINTS:
        return None
    years = [int(one.period[:4]) for one in dated]
    span = max(years[-1] - years[0], 1)
    top = max(one.value for one in dated) or Decimal(1)
    points = [
        (
            MARGIN + (WIDTH - 2 * MARGIN) * (year - years[0]) / span,
            HEIGHT - float(one.value / top) * (HEIGHT - 2 * MARGIN),
        )
        for year, one in zip(years, dated, strict=True)
    ]
    path = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points)
    last_x, last_y = points[-1]
    first = dated[0].value
    change = (dated[-1].value - first) * 100 / first if first else Decimal(0)
    area = f"{path} {last_x:.1f} {HEIGHT} {points[0][0]:.1f} {HEIGHT}Z"
    return Line(path, area, dated[0], dated[-1], last_x, last_y, change.quantize(Decimal(1)), dated)
