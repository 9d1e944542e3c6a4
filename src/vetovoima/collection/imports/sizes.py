"""Sizes that a kind of record hardly ever has: doubts about a unit, never refusals."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.common.notation import as_written


@cache
def _sizes() -> dict[str, dict[str, float]]:
    """Total areas in square metres by kind: `low` and `high` are the least and the most that nobody asks about."""
    found: dict[str, dict[str, float]] = json.loads(Path(__file__).with_name("sizes.json").read_text())[
        "area_m2"
    ]
    return found


def size_doubt(kind: str, area_m2: float, *, has_unit: bool) -> ValidationError | None:
    """What is said of a total area that is suspicious for its kind: very little without a unit, or very much."""
    bounds = _sizes().get(kind, {})
    if not has_unit and 0 < area_m2 < bounds.get("low", 0):
        return ValidationError(
            _("%(number)s m² is very little. If it is hectares, say so in the column's unit."),
            code="small",
            params={"number": as_written(area_m2, 6)},
        )
    if area_m2 > bounds.get("high", float("inf")):
        return ValidationError(
            _("%(number)s ha is very much for one record of this kind. Check the figure and its unit."),
            code="large",
            params={"number": as_written(area_m2 / 10_000, 2)},
        )
    return None
