"""The same chart for machines: its figures as CSV, and as JSON with everything that is known of it."""

from __future__ import annotations

import csv
import io
from typing import Any

from vetovoima.common.formulas import safe

from .series import Chart
from .spec import specification

COLUMNS = (
    "indicator", "name", "area", "area_name", "period", "value", "unit", "as_written", "source", "source_url",
    "source_date", "licence",
)  # fmt: skip


def chart_csv(chart: Chart, licence: str) -> str:
    """This will write the figures as a table; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in chart.figures:
        cells = (
            chart.code, chart.name, one.area, one.area_name, one.period, f"{one.value.normalize():f}", chart.unit,
            one.display, one.source.get("title", ""), one.source.get("url", ""), one.source.get("dated", ""), licence,
        )  # fmt: skip
        writer.writerow([_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _cell(value: str) -> str:
    is_number = value.lstrip("-").replace(".", "", 1).isdigit()
    return value if is_number else safe(value)


def chart_document(chart: Chart, licence: str) -> dict[str, Any]:
    """This will make the public shape of a chart (vetovoima.chart/1)."""
    return {
        "schema": "vetovoima.chart/1",
        "code": chart.code,
        "form": chart.form,
        "language": chart.language,
        "name": chart.name,
        "title": chart.finding,
        "definition": chart.definition,
        "unit": chart.unit,
        "licence": licence,
        "figures": [
            {
                "area": one.area, "area_name": one.area_name, "period": one.period,
                "value": f"{one.value.normalize():f}", "display": one.display, "source": one.source,
            }
            for one in chart.figures
        ],
        "sources": chart.sources,
        "vega_lite": specification(chart),
    }  # fmt: skip
