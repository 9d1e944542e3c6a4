"""A line through a few values, as paths of an SVG of 600 by 160."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

WIDTH, TOP, BOTTOM = 600.0, 10.0, 150.0


class Line(TypedDict):
    """The line, the area under it, and its last point."""

    path: str
    area: str
    last_x: float
    last_y: float


def line_through(values: Sequence[float], highest: float = 0) -> Line | None:
    """This will draw values side by side, from nothing to the highest; None for fewer than two."""
    if len(values) < 2:
        return None
    most = max([highest, *values]) or 1
    step = WIDTH / (len(values) - 1)
    points = [(i * step, BOTTOM - (BOTTOM - TOP) * value / most) for i, value in enumerate(values)]
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return {"path": path, "area": f"{path} L{WIDTH:.0f} {BOTTOM:.0f} L0 {BOTTOM:.0f} Z",
            "last_x": points[-1][0], "last_y": points[-1][1]}  # fmt: skip
