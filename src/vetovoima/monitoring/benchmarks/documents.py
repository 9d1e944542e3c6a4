"""A comparison for machines and spreadsheets: every number with where it comes from, and what is not on record."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vetovoima.common.fields import Translated

from .comparing import Comparison, Figure, Line, Place
from .factors import INPUTS

SCHEMA = "vetovoima.value-comparison/1"
COLUMNS = (
    "kind", "name", "place", "value", "unit", "per", "exactness", "period", "origin", "holds_for", "note", "source",
    "source_url", "source_date", "formula", "missing",
)  # fmt: skip


def place_name(place: Place, language: str) -> str:
    """What a place is called; one of the visitor's own without a name is called so."""
    if place.is_own:
        return place.name.get("") or _("Your place")
    return Translated(place.name).best(language)[0]


def shape(comparison: Comparison, language: str) -> dict[str, Any]:
    """This will return a comparison as data; its `figures` are what its `results` were computed from."""
    situation = comparison.situation
    return {
        "schema": SCHEMA,
        "language": language,
        "inputs": [
            {"name": one.name, "label": str(one.label), "unit": one.unit, "value": situation.value_of(one),
             "is_assumed": one.name not in situation.inputs and one.assumed is not None}
            for one in INPUTS
        ],
        "rows": rows(comparison, language),
    }  # fmt: skip


def rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """This will return the results and the figures behind them as flat rows of COLUMNS."""
    found = []
    for line in comparison.lines:
        for place, cell in zip(comparison.places, line.cells, strict=True):
            found.append(_result(line, place_name(place, language), cell.value, cell.missing))
            found += [_figure(one, place_name(place, language), language) for one in cell.figures]
    for factor, figures in comparison.shown:
        for place, one in zip(comparison.places, figures, strict=True):
            name = place_name(place, language)
            found.append(
                _figure(one, name, language) if one else _unknown(str(factor.label), factor.unit, name)
            )
    return _once(found)


def _once(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in found:
        seen.setdefault((row["kind"], row["name"], row["place"]), row)
    return list(seen.values())


def _empty() -> dict[str, Any]:
    return dict.fromkeys(COLUMNS, "")


def _result(line: Line, place: str, value: float | None, missing: Any) -> dict[str, Any]:
    return _empty() | {
        "kind": "result", "name": str(line.formula.label), "place": place, "value": value, "unit": line.formula.unit,
        "per": str(line.formula.period.label), "formula": str(line.formula.expression),
        "missing": "; ".join(str(one.label) for one in (*missing, *line.open_inputs)),
    }  # fmt: skip


def _figure(one: Figure, place: str, language: str) -> dict[str, Any]:
    return _empty() | {
        "kind": "figure", "name": str(one.factor.label), "place": place, "value": one.value, "unit": one.factor.unit,
        "exactness": one.exactness, "period": one.period, "origin": one.origin,
        "holds_for": Translated(one.holds_for).best(language)[0], "note": Translated(one.note).best(language)[0],
        "source": one.source.get("title", ""), "source_url": one.source.get("url", ""),
        "source_date": one.source.get("dated", ""),
    }  # fmt: skip


def _unknown(name: str, unit: str, place: str) -> dict[str, Any]:
    return _empty() | {
        "kind": "figure",
        "name": name,
        "place": place,
        "value": None,
        "unit": unit,
        "missing": name,
    }
