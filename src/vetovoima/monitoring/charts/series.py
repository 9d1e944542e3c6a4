"""What a chart shows: an indicator's figures in some areas, its finding in words, and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override

from vetovoima.common.fields import Translated
from vetovoima.common.money import figure
from vetovoima.common.templatetags.vetovoima import day
from vetovoima.monitoring.documents.indicators import value_text
from vetovoima.monitoring.enums import ObservationKind
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.monitoring.queries import area_names, period_order

LINE, BARS = "line", "bars"
FORMS = (LINE, BARS)
MOST_AREAS = 4
#: below this a line says nothing that two numbers do not say better
FEWEST_POINTS = 2


@dataclass(frozen=True)
class Wish:
    """A chart that is asked for; no areas: the whole region."""

    indicator: str
    areas: tuple[str, ...] = ()
    form: str = LINE


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure of a chart: where, when, how much, who says so."""

    area: str
    area_name: str
    period: str
    year: float
    value: Decimal
    display: str
    source: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Chart:
    """Everything that a chart shows, in one language."""

    code: str
    areas: tuple[str, ...]
    form: str
    language: str
    name: str
    unit: str
    definition: str
    finding: str
    figures: tuple[Figure, ...]

    @property
    def lines(self) -> dict[str, list[Figure]]:
        """The figures by area, in the order of time."""
        found: dict[str, list[Figure]] = {}
        for one in self.figures:
            found.setdefault(one.area, []).append(one)
        return found

    @property
    def is_drawn(self) -> bool:
        """Whether there is enough to draw; with less the table alone is shown."""
        if self.form == BARS:
            return len(self.figures) >= FEWEST_POINTS
        return any(len(one) >= FEWEST_POINTS for one in self.lines.values())

    @property
    def ends(self) -> list[Figure]:
        """The newest figure of each area."""
        return [rows[-1] for rows in self.lines.values()]

    @property
    def description(self) -> str:
        """The newest figures in words, for those who do not see the drawing."""
        unit = f" {self.unit}" if self.unit else ""
        with override(self.language):
            return "; ".join(f"{one.area_name} {day(one.period)}: {one.display}{unit}" for one in self.ends)

    @property
    def sources(self) -> list[dict[str, Any]]:
        """The sources, each once, the newest figure's first."""
        titles: dict[str, dict[str, Any]] = {}
        for one in reversed(self.figures):
            titles.setdefault(one.source.get("title", ""), one.source)
        return [source for title, source in titles.items() if title]

    @property
    def query(self) -> str:
        """What follows the address of the chart's own files."""
        parts = [f"area={area}" for area in self.areas]
        parts += [f"form={self.form}"] if self.form != LINE else []
        return "&".join([*parts, f"lang={self.language}"])

    @property
    def table(self) -> dict[str, Any]:
        """The same figures as rows of periods and columns of areas."""
        columns = list(dict.fromkeys((one.area, one.area_name) for one in self.figures))
        cells = {(one.period, one.area): one for one in self.figures}
        periods = sorted({one.period for one in self.figures}, key=period_order)
        rows = [
            {"period": period, "cells": [cells.get((period, area)) for area, _name in columns]}
            for period in periods
        ]
        return {"columns": [name for _area, name in columns], "rows": rows}


def year_of(period: str) -> float:
    """This will place a period on the axis of years: a year at itself, a month or day within it."""
    if len(period) == 4 and period.isdigit():
        return float(period)
    _last, first, _text = period_order(period)
    return round(first.year + (first.timetuple().tm_yday - 1) / 365, 3)


def charts_of(
    wishes: Iterable[Wish], language: str, region_code: str, names: Mapping[str, Translated] | None = None
) -> dict[Wish, Chart]:
    """This will make the charts that are wished for, with one question for all their figures.

    `names` are those of the areas, where they are at hand.

    A wish for an indicator that is not there is left out.
    """
    asked = {one: one.areas or (region_code,) for one in wishes}
    if not asked:
        return {}
    rows = (
        Observation.objects.filter(
            indicator__code__in={one.indicator for one in asked},
            area__in={area for areas in asked.values() for area in areas},
            kind=ObservationKind.OBSERVED, is_canonical=True,
        )
        .exclude(period="")
        .select_related("indicator")
    )  # fmt: skip
    found: dict[tuple[str, str], list[Observation]] = {}
    for row in sorted(rows, key=lambda one: period_order(one.period)):
        found.setdefault((row.indicator.code, row.area), []).append(row)
    names = area_names() if names is None else names
    with override(language):
        charts = {one: _chart(one, areas, found, names, language) for one, areas in asked.items()}
    return {one: chart for one, chart in charts.items() if chart is not None}


def chart_of(wish: Wish, language: str, region_code: str) -> Chart | None:
    """This will make one chart, or None when there is nothing to show."""
    return charts_of([wish], language, region_code).get(wish)


def _chart(
    wish: Wish, areas: tuple[str, ...], found: Mapping[tuple[str, str], list[Observation]],
    names: Mapping[str, Translated], language: str,
) -> Chart | None:  # fmt: skip
    by_area = {area: found.get((wish.indicator, area), []) for area in areas}
    indicator = next((rows[0].indicator for rows in by_area.values() if rows), None)
    if indicator is None:
        return None
    shown = {
        area: [_figure(one, names, language) for one in (rows[-1:] if wish.form == BARS else rows)]
        for area, rows in by_area.items()
    }
    figures = tuple(one for rows in shown.values() for one in rows)
    name = indicator.name.best(language)[0]
    return Chart(
        code=wish.indicator, areas=wish.areas, form=wish.form, language=language, name=name,
        unit=_unit(indicator, language), definition=indicator.definition.best(language)[0],
        finding=finding(name, wish.form, shown, language), figures=figures,
    )  # fmt: skip


def _figure(one: Observation, names: Mapping[str, Translated], language: str) -> Figure:
    return Figure(
        one.area, names.get(one.area, Translated()).best(language)[0] or one.area, one.period, year_of(one.period),
        one.value, value_text(one.value, one.qualifier, language), one.source,
    )  # fmt: skip


def _unit(indicator: Indicator, language: str) -> str:
    return "" if indicator.unit == "number" else indicator.unit_label.best(language)[0]


def finding(name: str, form: str, shown: Mapping[str, list[Figure]], language: str) -> str:
    """This will say what a chart shows: how one line changed from first to last, or what is compared."""
    lines = [rows for rows in shown.values() if rows]
    if form == BARS:
        return gettext("%(name)s, newest figure of each area") % {"name": name}
    if len(lines) != 1 or len(lines[0]) < FEWEST_POINTS:
        areas = ", ".join(rows[0].area_name for rows in lines)
        return gettext("%(name)s: %(areas)s") % {"name": name, "areas": areas}
    first, last = lines[0][0], lines[0][-1]
    words = {"name": name, "first": day(first.period), "last": day(last.period), "area": first.area_name}
    change = (last.value - first.value) * 100 / first.value if first.value else Decimal(0)
    words["percent"] = figure(abs(change).quantize(Decimal(1)), language, 0)
    if not first.value or abs(change) < 1:
        return gettext("%(name)s in %(area)s, %(first)s to %(last)s") % words
    if change < 0:
        return gettext("%(name)s in %(area)s fell by %(percent)s%% from %(first)s to %(last)s") % words
    return gettext("%(name)s in %(area)s grew by %(percent)s%% from %(first)s to %(last)s") % words
