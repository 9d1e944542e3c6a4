"""Whether figures that were read can be right: their unit, their newest period, their size, and how much they changed.

A table may keep its address and its form and still give something else: thousands instead of persons, old years, a sign
turned round. Then nothing of it is stored, and the last good figures stay with their day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from vetovoima.collection.models.sources import Statistic

from .problems import SourceChanged, few

Row = Mapping[str, Any]


def judge(statistic: Statistic, rows: Sequence[Row], before: Sequence[Row]) -> None:
    """This will raise SourceChanged when rows cannot be right; `before` are those of the last good reading.

    Rows are {area, period, unit, value}, the value a text or None.
    """
    known = [row for row in before if row.get("value") is not None]
    read = [row for row in rows if row.get("value") is not None]
    _unit(statistic, read, known)
    _newest(read, known)
    last = _newest_by_area(known)
    same = {(row["area"], row["period"]): Decimal(row["value"]) for row in known}
    for row in read:
        _size(statistic, row)
        earlier = same.get((row["area"], row["period"]), last.get(row["area"]))
        if earlier is not None:
            _change(statistic, row, earlier)


def _unit(statistic: Statistic, read: Sequence[Row], known: Sequence[Row]) -> None:
    expected = {statistic.unit} if statistic.unit else {row.get("unit", "") for row in known}
    found = {row.get("unit", "") for row in read}
    if expected and {one.casefold() for one in found} - {one.casefold() for one in expected}:
        raise SourceChanged(
            "other_unit", table=statistic.table, unit=few(sorted(found)) or "–", before=few(sorted(expected))
        )


def _newest(read: Sequence[Row], known: Sequence[Row]) -> None:
    now, before = (max((row["period"] for row in rows), default="") for rows in (read, known))
    if now and now < before:
        raise SourceChanged("older_periods", period=now, before=before)


def _newest_by_area(known: Sequence[Row]) -> dict[str, Decimal]:
    ordered = sorted(known, key=lambda row: str(row["period"]))
    return {row["area"]: Decimal(row["value"]) for row in ordered}


def _size(statistic: Statistic, row: Row) -> None:
    value, low, high = Decimal(row["value"]), statistic.lowest, statistic.highest
    if (low is not None and value < Decimal(str(low))) or (high is not None and value > Decimal(str(high))):
        raise SourceChanged(
            "out_of_range", area=row["area"], period=row["period"], value=row["value"],
            lowest="–" if low is None else f"{low:g}", highest="–" if high is None else f"{high:g}",
        )  # fmt: skip


def _change(statistic: Statistic, row: Row, earlier: Decimal) -> None:
    value, most = Decimal(row["value"]), Decimal(str(statistic.most_change))
    small, large = sorted((abs(value), abs(earlier)))
    if small and large > most * small:
        raise SourceChanged(
            "too_different", area=row["area"], period=row["period"], value=row["value"], before=f"{earlier:f}"
        )
