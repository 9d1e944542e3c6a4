"""How a chart looks: one Vega-Lite specification as a dictionary, for page, paper and slides.

Colours are stand-ins, put in place by `drawing`: the page's own tokens on a page, fixed colours in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vetovoima.common.money import number_marks

from .series import BARS, Chart, Figure

#: stand-ins for the tokens of the look; their order is that of SERIES, INK, QUIET, GRID
SERIES = ("#010101", "#020202", "#030303", "#040404")
INK, QUIET, GRID = "#050505", "#060606", "#070707"
FONT = "Source Sans 3"
#: figures of one line that carry a point each; more would be a row of beads
MOST_POINTS = 12


@dataclass(frozen=True)
class Size:
    """How large a chart is drawn, in units of its own."""

    name: str
    width: int
    height: int
    text: int
    margin: int


WIDE, NARROW = Size("wide", 560, 240, 14, 110), Size("narrow", 210, 200, 13, 92)


def number_locale(language: str) -> dict[str, Any]:
    """How the axis writes numbers."""
    thousands, decimal = number_marks(language)
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}


def specification(chart: Chart, size: Size = WIDE) -> dict[str, Any]:
    """This will make the Vega-Lite specification of a chart."""
    body = _bars(chart, size) if chart.form == BARS else _lines(chart, size)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": size.width,
        "background": None,
        "padding": 2,
        "config": _config(size),
        **body,
    }


def _config(size: Size) -> dict[str, Any]:
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": size.text, "labelColor": QUIET, "gridColor": GRID, "domain": False, "ticks": False,
            "labelPadding": 6, "title": None,
        },
        "text": {"fontSize": size.text, "fill": INK},
    }  # fmt: skip


def _rows(chart: Chart) -> list[dict[str, Any]]:
    return [
        {"area": one.area_name, "year": one.year, "value": float(one.value), "display": one.display}
        for one in chart.figures
    ]


def _lines(chart: Chart, size: Size) -> dict[str, Any]:
    order = [rows[0].area_name for rows in chart.lines.values()]
    colour = {
        "field": "area",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": order, "range": list(SERIES)},
    }
    x = {
        "field": "year", "type": "quantitative", "scale": {"zero": False, "nice": False},
        "axis": {"format": "d", "tickMinStep": 1, "tickCount": 6 if size is WIDE else 3, "grid": False},
    }  # fmt: skip
    y = {
        "field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True},
        "axis": {"tickCount": 4, "format": ",~f"},
    }  # fmt: skip
    points = max(len(rows) for rows in chart.lines.values()) <= MOST_POINTS
    mark = {"type": "line", "strokeWidth": 2.5, "point": {"size": 40, "filled": True} if points else False}
    drawn = {"data": {"values": _rows(chart)}, "mark": mark, "encoding": {"x": x, "y": y, "color": colour}}
    return {
        "height": size.height,
        "layer": [drawn, *_ends(chart, size, x, y, colour)],
    }


def _ends(chart: Chart, size: Size, x: Any, y: Any, colour: Any) -> list[dict[str, Any]]:
    """The last point of each line with its words: nobody has to look for a legend."""
    values = _labels(chart, size)
    place = {"x": x, "y": y}
    dots = {
        "data": {"values": values}, "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {**place, "color": colour},
    }  # fmt: skip
    words = {
        "data": {"values": values},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 8, "clip": False},
        "encoding": {
            "x": x, "y": {**y, "field": "height"}, "text": {"field": "words", "type": "nominal"},
        },
    }  # fmt: skip
    return [dots, words]


def _labels(chart: Chart, size: Size) -> list[dict[str, Any]]:
    """The words at the ends of the lines, moved apart where they would lie on each other."""
    ends = sorted((rows[-1] for rows in chart.lines.values()), key=lambda one: one.value)
    top = max(float(one.value) for one in chart.figures) or 1.0
    apart = top * (size.text + 3) / size.height
    labels: list[dict[str, Any]] = []
    for one in ends:
        height = float(one.value)
        if labels:
            height = max(height, labels[-1]["height"] + apart)
        labels.append({**_end(one), "height": height, "words": _words(chart, one)})
    return labels


def _end(one: Figure) -> dict[str, Any]:
    return {"area": one.area_name, "year": one.year, "value": float(one.value)}


def _words(chart: Chart, one: Figure) -> str:
    return one.display if len(chart.lines) == 1 else f"{one.area_name} {one.display}"


def _bars(chart: Chart, size: Size) -> dict[str, Any]:
    order = [one.area_name for one in sorted(chart.figures, key=lambda one: -one.value)]
    y = {"field": "area", "type": "nominal", "sort": order, "axis": {"labelColor": INK, "labelLimit": 160}}
    x = {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": False}, "axis": None}
    bars = {
        "mark": {"type": "bar", "color": SERIES[0], "height": {"band": 0.7}},
        "encoding": {"x": x, "y": y},
    }
    words = {
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6},
        "encoding": {"x": x, "y": y, "text": {"field": "display", "type": "nominal"}},
    }
    return {
        "height": {"step": 2.2 * size.text},
        "data": {"values": _rows(chart)},
        "layer": [bars, words],
    }
