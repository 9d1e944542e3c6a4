"""Small charts drawn on the server as plain shapes; the numbers stand in a table beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vetovoima.monitoring.counting import Progress, Sum
from vetovoima.monitoring.enums import PIPELINE, SECURED, Stage

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


@dataclass(frozen=True)
class Part:
    """One piece of a meter: where it begins and how wide it is, in thousandths of the scale."""

    key: str
    label: str
    total: Sum
    x: float
    width: float
    css: str


@dataclass(frozen=True)
class Meter:
    """A target's meter: what is secured, by stage, and on the same scale what could come; never added together."""

    secured: list[Part]
    pipeline: list[Part]
    goal_x: float
    scale_eur: int


def meter_of(progress: Progress) -> Meter:
    """This will lay out a target's sums on one scale that holds the goal and the longer of the two bars."""
    totals = progress.totals
    scale = max(progress.goal_eur, totals.secured.low, totals.pipeline.low, 1) * 1.04
    stages = {total.key: total for total in totals.stages}

    def lay(order: Sequence[str]) -> list[Part]:
        parts, x = [], 0.0
        for number, key in enumerate(order, 1):
            width = 1000 * stages[key].low / scale
            parts.append(
                Part(key, str(Stage(key).label), stages[key], round(x, 2), round(width, 2), f"part-{number}")
            )
            x += width
        return parts

    return Meter(
        lay(tuple(reversed(SECURED))),
        lay(tuple(reversed(PIPELINE))),
        round(1000 * progress.goal_eur / scale, 2),
        round(scale),
    )
