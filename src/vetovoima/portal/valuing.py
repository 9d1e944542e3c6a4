"""The value comparison as the page shows it: the form's rows, the results in words, sources, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge.writing import with_exactness
from vetovoima.common.fields import Translated
from vetovoima.common.money import euros, figure
from vetovoima.monitoring.benchmarks.asking import OWN, Asked, Situation, own_name
from vetovoima.monitoring.benchmarks.comparing import Cell, Comparison, Figure, Line, Place
from vetovoima.monitoring.benchmarks.documents import place_name
from vetovoima.monitoring.benchmarks.factors import BASES, BASIS_LABELS, INPUTS, Factor

if TYPE_CHECKING:
    from vetovoima.monitoring.benchmarks.models import BenchmarkPlace


def input_rows(query: QueryDict, asked: Asked, language: str) -> list[dict[str, Any]]:
    """This will return the inputs of the situation: what was typed, what is assumed without it."""
    return [
        {
            "name": one.name,
            "label": one.label,
            "unit": one.unit,
            "typed": query.get(one.name, "")[:60],
            "assumed": figure(one.assumed, language, 0) if one.assumed is not None else "",
            "problem": asked.problems.get(one.name, ""),
        }
        for one in INPUTS
    ]


def place_choices(stored: Sequence[BenchmarkPlace], situation: Situation, language: str) -> dict[str, Any]:
    """This will return the places to pick, and those to which goods can go."""
    peers = [one for one in stored if one.role != "home"]
    return {
        "home": [one.name.best(language)[0] for one in stored if one.role == "home"],
        "peers": [(one.slug, one.name.best(language)[0], one.slug in situation.places) for one in peers],
        "has_own": OWN in situation.places,
        "destinations": [
            (one.slug, one.name.best(language)[0], one.slug == situation.destination)
            for one in stored
            if one.latitude is not None
        ],
        "bases": {
            name: [(value, BASIS_LABELS[value], getattr(situation, name) == value) for value in choices]
            for name, choices in BASES.items()
        },
    }


def places_shown(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """This will return the places of the comparison with their notes."""
    return [
        {
            "slug": one.slug,
            "name": place_name(one, language),
            "is_home": one.is_home,
            "note": Translated(one.note).best(language)[0],
        }
        for one in comparison.places
    ]


def line_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """This will return each formula with what comes out of it at each place."""
    names = [place_name(one, language) for one in comparison.places]
    return [
        {
            "name": line.formula.name,
            "label": line.formula.label,
            "expression": line.formula.expression,
            "period": line.formula.period.label,
            "open_inputs": ", ".join(str(one.label) for one in line.open_inputs),
            "is_mixed": line.has_mixed_periods,
            "periods": ", ".join(sorted(set(line.periods))),
            "cells": [
                _cell(line, cell, name, language) for cell, name in zip(line.cells, names, strict=True)
            ],
        }
        for line in comparison.lines
    ]


def _cell(line: Line, cell: Cell, place: str, language: str) -> dict[str, Any]:
    return {
        "place": place,
        "text": "" if cell.value is None else _result(line, cell, language),
        "missing": ", ".join(str(one.label) for one in cell.missing),
        "figures": [figure_words(one, language) for one in cell.figures],
    }


def _result(line: Line, cell: Cell, language: str) -> str:
    assert cell.value is not None
    amount = (
        euros(round(cell.value), language)
        if line.formula.unit == "€"
        else f"{figure(cell.value, language, line.formula.decimals)} {line.formula.unit}"
    )
    exactness = next((one.exactness for one in cell.figures if one.exactness != "exact"), "exact")
    return with_exactness(amount, exactness, language)


def figure_words(one: Figure, language: str) -> dict[str, Any]:
    """This will return a figure with its unit, its caution and where it comes from."""
    text = f"{figure(one.value, language, one.factor.decimals)} {one.factor.unit}".strip()
    return {
        "label": one.factor.label,
        "text": with_exactness(text, one.exactness, language),
        "origin": one.origin,
        "period": one.period,
        "holds_for": Translated(one.holds_for).best(language)[0],
        "note": Translated(one.note).best(language)[0],
        "source": one.source,
        "fact": one.fact,
    }


def total_words(comparison: Comparison, language: str) -> dict[str, Any] | None:
    """This will return the costs of a year together, or None where fewer than two were asked for."""
    total = comparison.total
    if total is None:
        return None
    return {
        "parts": ", ".join(str(line.formula.label) for line in total.lines),
        "values": [
            {
                "place": place_name(place, language),
                "text": "" if value is None else euros(round(value), language),
            }
            for place, value in zip(comparison.places, total.values, strict=True)
        ],
        "lowest": place_name(total.lowest, language) if total.lowest else "",
        "is_whole": None not in total.values,
    }


def shown_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """This will return the figures that stand beside the formulas; a row that no place has anything for is told as such."""
    return [
        {
            "label": factor.label,
            "about": factor.about,
            "cells": _figures(comparison.places, figures, language),
        }
        for factor, figures in comparison.shown
        if factor.name != "distance" or any(figures)
    ]


def _figures(
    places: Sequence[Place], figures: Sequence[Figure | None], language: str
) -> list[dict[str, Any]]:
    return [
        {"place": place_name(place, language), "figure": figure_words(one, language) if one else None}
        for place, one in zip(places, figures, strict=True)
    ]


def unknown_words(comparison: Comparison, language: str) -> list[str]:
    """This will return, place by place, what is not on record: "Dublin: price of industrial land"."""
    found: dict[str, list[str]] = {}
    for line in comparison.lines:
        for place, cell in zip(comparison.places, line.cells, strict=True):
            found.setdefault(place_name(place, language), []).extend(str(one.label) for one in cell.missing)
    return [f"{name}: {', '.join(dict.fromkeys(missing))}" for name, missing in found.items() if missing]


def own_rows(
    table: Sequence[tuple[Factor, Sequence[Figure | None]]], places: Sequence[Place], query: QueryDict,
    problems: Mapping[str, str], language: str,
) -> list[dict[str, Any]]:  # fmt: skip
    """This will return every factor with what is on record at each place, and a field for the visitor's own figure."""
    return [
        {
            "label": factor.label,
            "unit": factor.unit,
            "about": factor.about,
            "cells": [
                {
                    "place": place_name(place, language),
                    "name": (name := own_name(place.slug, factor.name)),
                    "typed": query.get(name, "")[:60],
                    "problem": problems.get(name, ""),
                    "figure": figure_words(one, language) if one and one.origin != "own" else None,
                }
                for place, one in zip(places, figures, strict=True)
            ],
        }
        for factor, figures in table
    ]


def own_hint() -> str:
    """What happens to the visitor's figures."""
    return _("Your figures stay in the address of this page. They are not stored.")
