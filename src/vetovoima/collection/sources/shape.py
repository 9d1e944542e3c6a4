"""What a source looked like when it was last read well: its columns, and about how large its figures were.

A column that is gone, or figures that are suddenly fifty times what they were, is a source that has changed. Rows would
still be read without a complaint, so it is noticed here, before anything is taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from vetovoima.collection.connectors.problems import SourceChanged, few
from vetovoima.collection.imports.guessing import plain
from vetovoima.common.digits import is_number

#: hectares instead of square metres are 10 000 times, kilowatts instead of megawatts 1 000 times; a year's new plots never
MOST_CHANGE = 50
#: problems that somebody may find to be right: then the source is read as it is now
ACCEPTABLE = ("column_gone", "column_renamed", "median_changed")


def used_columns(columns: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The columns that mean something: {header, field}."""
    return [{"header": one["header"], "field": one["field"]} for one in columns if one.get("field")]


def refuse_lost_columns(before: Mapping[str, Any], columns: Iterable[Mapping[str, Any]]) -> None:
    """This will raise SourceChanged when a column that meant something is not there any more."""
    listed = list(columns)
    there = {plain(one["header"]) for one in listed}
    lost = [one for one in before.get("columns", ()) if plain(one["header"]) not in there]
    if not lost:
        return
    known = {plain(one["header"]) for one in before["columns"]}
    fresh = {
        one["field"]: one["header"] for one in listed if one["field"] and plain(one["header"]) not in known
    }
    if len(lost) == 1 and lost[0]["field"] in fresh:
        raise SourceChanged("column_renamed", name=lost[0]["header"], guess=fresh[lost[0]["field"]])
    raise SourceChanged("column_gone", names=few(one["header"] for one in lost))


class Figures:
    """The figures of a reading by field, as they come row by row."""

    def __init__(self) -> None:
        self._found: dict[str, list[float]] = {}

    def add(self, values: Mapping[str, Any]) -> None:
        """This will note the figures of one row; nothing else is counted."""
        for name, value in values.items():
            if is_number(value):
                self._found.setdefault(name, []).append(value)

    def medians(self) -> dict[str, float]:
        """The middle figure of each field."""
        return {name: median(values) for name, values in self._found.items()}


def refuse_other_scale(
    before: Mapping[str, Any], columns: Iterable[Mapping[str, Any]], medians: Mapping[str, float]
) -> None:
    """This will raise SourceChanged for the first field whose middle figure is fifty times what it was, or a fiftieth."""
    headers = {one["field"]: one["header"] for one in columns}
    known = before.get("medians", {})
    for name, now in medians.items():
        old, new = abs(known.get(name) or 0), abs(now)
        if old and new and max(old, new) >= MOST_CHANGE * min(old, new):
            raise SourceChanged(
                "median_changed", name=headers.get(name) or name, before=f"{known[name]:g}", now=f"{now:g}"
            )
