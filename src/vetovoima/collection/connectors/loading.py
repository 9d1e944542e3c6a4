"""Storing `statistics.csv` of a data pack: which series the connector reads for which indicator.

Columns: code, indicator, table, content, areas (`municipalities`, MK…, SSS), choices (variable=value), periods, note; and
what its figures can be: unit (as the source writes it), lowest, highest, most_change (how many times the last value).
"""

from __future__ import annotations

import re
from typing import Any

from vetovoima.collection.models.sources import Statistic
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.pack import Pack, Row

from .pxweb import OLD_TABLE

FILE = "statistics.csv"
TABLE = re.compile(r"[A-Za-z_]+(/[A-Za-z0-9_-]+)*/[A-Za-z0-9_-]+\.px")
AREA = re.compile(r"SSS|(MK|SK|KU)\d{2,3}|municipalities")
CHOICE = re.compile(r"[A-Za-z0-9_]+=\S+")


def load_statistics(pack: Pack, report: LoadReport, indicators: set[str]) -> None:
    """This will store the series that the pack names; an indicator that is not there is refused."""
    rows = pack.table(FILE, ("code", "indicator", "table", "content", "areas"), key=("code",))
    parsed = [(row.text("code"), _statistic(row, indicators)) for row in rows]
    pack.check()
    for code, values in parsed:
        merge_row(Statistic, report, kind="statistic", code=code, key={"code": code}, values=values)


def _statistic(row: Row, indicators: set[str]) -> dict[str, Any]:
    table = row.text("table", required=True)
    if table and not TABLE.fullmatch(table):
        row.refuse("table", f"{table!r} is not like StatFin/vaerak/11ra.px")
    if OLD_TABLE.fullmatch(table):
        row.refuse("table", f"{table!r} is an address as it was before 8 June 2026")
    areas = row.items("areas")
    for one in areas:
        if not AREA.fullmatch(one):
            row.refuse("areas", f"{one!r} is neither an area code nor 'municipalities'")
    if not areas or len([one for one in areas if one != "municipalities"]) > 1:
        row.refuse("areas", "must be 'municipalities', one area code that stands for the region, or both")
    choices = row.items("choices")
    for one in choices:
        if not CHOICE.fullmatch(one):
            row.refuse("choices", f"{one!r} is not like variable=value")
    periods = row.whole_or_none("periods")
    if periods is not None and not 1 <= periods <= 100:
        row.refuse("periods", "must be between 1 and 100")
    limits = {name: row.number_or_none(name) for name in ("lowest", "highest", "most_change")}
    if (
        limits["lowest"] is not None
        and limits["highest"] is not None
        and limits["lowest"] > limits["highest"]
    ):
        row.refuse("lowest", "is more than the highest")
    if limits["most_change"] is not None and limits["most_change"] <= 1:
        row.refuse("most_change", "must be more than 1: how many times the last value a figure may be")
    return {
        "unit": row.text("unit"),
        "lowest": limits["lowest"],
        "highest": limits["highest"],
        "most_change": limits["most_change"] or 5.0,
        "indicator": row.known("indicator", indicators, required=True),
        "table": table,
        "content": row.text("content", required=True),
        "areas": areas,
        "choices": dict(one.split("=", 1) for one in choices if "=" in one),
        "periods": periods or 2,
        "note": row.text("note"),
    }
