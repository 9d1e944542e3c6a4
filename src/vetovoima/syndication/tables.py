"""Published records as a table for programs: the same columns each time, in the names of the collection standard.

Commas between cells, points in numbers, moments and days as ISO 8601 writes them, so that no program has to guess.
The tables for people, with words for headings, are in `papers.results`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from vetovoima.catalogue.registry import KEY_FACTS
from vetovoima.common.formulas import safe

#: figures that any kind of record is shown by, each with its unit, its source, that source's day, and who checked it when
FIGURES = tuple(dict.fromkeys(name for names in KEY_FACTS.values() for name in names))
ABOUT_FIGURE = ("unit", "source", "source_url", "dated", "checked_on", "checked_by")
RECORD = (
    "code", "version", "language", "languages", "updated_at", "licence", "is_example", "kind", "kind_label", "name", "summary",
    "municipality", "municipality_name", "locality", "availability", "sectors", "latitude", "longitude", "place_precision",
    "readiness", "completeness", "checked_on", "checked_by", "url", "photo",
)  # fmt: skip
COLUMNS = (
    *RECORD,
    *(one for name in FIGURES for one in (name, *(f"{name}_{part}" for part in ABOUT_FIGURE))),
)
Cell = str | int | float | bool | None


def row_of(card: Mapping[str, Any]) -> list[Cell]:
    """This will lay out a card in the order of COLUMNS; what is not known is None."""
    place, checked = card["place"], card["checked"]
    cells: list[Cell] = [
        card["code"], card["version"], card["language"], " ".join(card["languages"]), card["updated_at"], card["licence"],
        card["is_example"], card["kind"]["value"], card["kind"]["label"], card["name"]["text"], card["summary"]["text"],
        card["municipality"]["slug"], card["municipality"]["name"], card["locality"], card["availability"]["value"],
        " ".join(one["slug"] for one in card["sectors"]), place["latitude"], place["longitude"], place["precision"],
        card["readiness"]["level"], card["completeness"], checked.get("on"), checked.get("by"), card["url"],
        card["photo"]["url"] if card["photo"] else None,
    ]  # fmt: skip
    known = {fact["field"]: fact for fact in card["key_facts"] if fact["known"]}
    for name in FIGURES:
        cells += _figure(known.get(name))
    return cells


def _figure(fact: Mapping[str, Any] | None) -> Sequence[Cell]:
    if fact is None:
        return [None] * (1 + len(ABOUT_FIGURE))
    return [_plain(fact), *(fact[part] or None for part in ABOUT_FIGURE)]


def _plain(fact: Mapping[str, Any]) -> Cell:
    """A figure as a number, a whole one without its point; a list or a place as the language writes it."""
    value: Any = fact["value"]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, str | int | float) else str(fact["display"])


def write_csv(cards: Iterable[Mapping[str, Any]]) -> str:
    """This will write records as CSV (RFC 4180) in UTF-8 with a byte order mark, for spreadsheets that need one."""
    file = io.StringIO(newline="")
    write_rows(file, cards)
    return "\ufeff" + file.getvalue()


def write_rows(file: IO[str], cards: Iterable[Mapping[str, Any]]) -> int:
    """This will write the header and a line for each record, one after another; returns how many records."""
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for cells in _written(cards):
        writer.writerow(cells)
        count += 1
    return count


def _written(cards: Iterable[Mapping[str, Any]]) -> Iterator[list[Cell]]:
    for card in cards:
        yield [_cell(cell) for cell in row_of(card)]


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    # a text that a spreadsheet would take for a formula gets an apostrophe
    return safe(value) if isinstance(value, str) else value
