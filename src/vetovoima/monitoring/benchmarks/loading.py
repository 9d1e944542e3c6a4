"""Storing `benchmarks/places.csv` and `benchmarks/figures.csv` of a data pack.

A figure has a value with its source, or names a fact of the bank that has both: never a value without a source.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from vetovoima.catalogue.knowledge.enums import Exactness
from vetovoima.monitoring.validators import validate_period
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.pack import Pack, Row

from .enums import PlaceRole
from .factors import FACTOR_BY_NAME
from .models import BenchmarkFigure, BenchmarkPlace

PLACES, FIGURES = "benchmarks/places.csv", "benchmarks/figures.csv"


def load_benchmarks(pack: Pack, report: LoadReport, facts: Collection[str]) -> None:
    """This will store the places and their figures; `facts` are the codes of the fact bank."""
    rows = pack.table(PLACES, ("slug", "role", "name_en", "latitude", "longitude"), key=("slug",))
    places = {row.text("slug"): _place(row, at) for at, row in enumerate(rows)}
    figures = [
        (row, _figure(row, places, facts))
        for row in pack.table(
            FIGURES, ("place", "factor", "value", "fact", "source"), key=("place", "factor")
        )
    ]
    pack.check()
    stored = {
        slug: merge_row(
            BenchmarkPlace, report, kind="benchmark place", code=slug, key={"slug": slug}, values=values
        )
        for slug, values in places.items()
    }
    for row, values in figures:
        key = {"place": stored[row.text("place")], "factor": row.text("factor")}
        code = f"{row.text('place')}:{row.text('factor')}"
        merge_row(BenchmarkFigure, report, kind="benchmark figure", code=code, key=key, values=values)


def _place(row: Row, at: int) -> dict[str, Any]:
    latitude, longitude = row.number_or_none("latitude"), row.number_or_none("longitude")
    if (latitude is None) != (longitude is None):
        row.refuse("latitude", "a position needs both latitude and longitude")
    if latitude is not None and not -90 <= latitude <= 90:
        row.refuse("latitude", f"{latitude} is no latitude")
    if longitude is not None and not -180 <= longitude <= 180:
        row.refuse("longitude", f"{longitude} is no longitude")
    return {
        "role": row.choice("role", PlaceRole.values, PlaceRole.PEER.value),
        "name": row.translated("name", required=True),
        "country": row.text("country"),
        "latitude": latitude,
        "longitude": longitude,
        "note": row.translated("note"),
        "position": at,
        "source": row.source(),
    }


def _figure(row: Row, places: Mapping[str, Any], facts: Collection[str]) -> dict[str, Any]:
    row.known("place", places, required=True)
    factor = FACTOR_BY_NAME.get(row.known("factor", FACTOR_BY_NAME, required=True))
    value, fact = row.number_or_none("value"), row.known("fact", facts)
    if (value is None) == (not fact):
        row.refuse("value", "give either a value or the code of a fact")
    if factor and factor.computed:
        row.refuse("factor", f"{factor.name} is computed, never given")
    if factor and value is not None and not factor.low <= value <= factor.high:
        row.refuse("value", f"{value} is not between {factor.low} and {factor.high}")
    if value is not None:
        row.text("source", required=True)
        row.text("period", required=True)
    _period(row)
    return {
        "value": value,
        "fact": fact,
        "qualifier": row.choice("qualifier", Exactness.values, Exactness.EXACT.value),
        "period": row.text("period"),
        "holds_for": row.translated("holds_for"),
        "note": row.translated("note"),
        "source": row.source(),
    }


def _period(row: Row) -> None:
    try:
        validate_period(row.text("period"))
    except ValidationError as error:
        row.refuse("period", " ".join(error.messages))
