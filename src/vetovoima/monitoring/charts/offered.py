"""Which charts there are: one for each indicator of which there are figures, with what a catalogue says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from vetovoima.monitoring.enums import ObservationKind
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.monitoring.queries import period_order


@dataclass(eq=False)
class Offered:
    """An indicator with where and when there are figures of it, and who says so. Days are ISO 8601."""

    indicator: Indicator
    areas: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def first_day(self) -> str:
        """The first day that a figure is about."""
        return min(period_order(one)[1] for one in self.periods).isoformat()

    @property
    def last_day(self) -> str:
        """The last day that a figure is about."""
        return max(period_order(one)[0] for one in self.periods).isoformat()

    @property
    def licences(self) -> list[str]:
        """The licences that the sources name for themselves, each once."""
        return sorted({one["licence"] for one in self.sources.values() if one.get("licence")})

    @property
    def dated(self) -> str:
        """The newest day that a source carries; "" when none carries a whole day."""
        days = (str(one.get("dated", "")) for one in self.sources.values())
        return max((day for day in days if len(day) == len("2026-01-31")), default="")


def charts_offered() -> list[Offered]:
    """This will list the indicators that can be drawn or taken along, in their order; one query."""
    rows = (
        Observation.objects.filter(kind=ObservationKind.OBSERVED, is_canonical=True)
        .exclude(period="")
        .select_related("indicator")
        .order_by("indicator__position", "indicator__code", "area", "pk")
    )
    found: dict[str, Offered] = {}
    for row in rows:
        one = found.setdefault(row.indicator.code, Offered(row.indicator))
        if row.area not in one.areas:
            one.areas.append(row.area)
        one.periods.append(row.period)
        if title := row.source.get("title", ""):
            known = one.sources.get(title, {})
            if not known or str(row.source.get("dated", "")) > str(known.get("dated", "")):
                one.sources[title] = row.source
    return list(found.values())
