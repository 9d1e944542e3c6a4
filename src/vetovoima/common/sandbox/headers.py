"""Finding the header of a table among title rows, joined cells and second header lines; pure, runs in the child."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: how many rows from the top are looked at
LOOK = 40
LONGEST_LABEL = 120
NUMBER = re.compile(r"[~≈]?\s*[+\-−]?\d[\d\s.,'’]*\s*(?:%|€|[a-zA-Zµ²³/]{0,6}[²³]?)?")
NAME = re.compile(r"[a-z][a-z0-9_.@*]*")
#: (first row, first column, last row, last column), counted from 0
Merge = tuple[int, int, int, int]
Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Header:
    """The header's row numbers (none: empty), and a label for each column ("" where there is none)."""

    rows: tuple[int, ...]
    labels: list[str]


def letters(column: int) -> str:
    """This will name a column as a spreadsheet does: 0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def find_header(rows: Sequence[Row], merges: Sequence[Merge] = (), forced: int | None = None) -> Header:
    """This will guess which of the first rows is the header, and join it with a second one that belongs to it.

    `rows` are the first rows that hold anything, with their numbers (from 1); `forced` names the row, 0 for none.
    """
    if forced == 0 or not rows:
        return Header((), [])
    index = _chosen(rows, forced)
    if index is None:
        return Header((), [])
    top = rows[index]
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is not None and below[0] == top[0] + 1 and _belongs(top, below, rows[index + 2 :], merges):
        return Header((top[0], below[0]), _joined(top, below, merges))
    above = rows[index - 1] if index else None
    if above is not None and above[0] == top[0] - 1 and _spans(above, top, merges):
        return Header((above[0], top[0]), _joined(above, top, merges))
    return Header((top[0],), [label(cell) for cell in top[1]])


def _chosen(rows: Sequence[Row], forced: int | None) -> int | None:
    if forced is not None:
        return next((index for index, row in enumerate(rows) if row[0] == forced), None)
    widest = max(filled(cells) for _number, cells in rows)
    needed = max(2, widest * 0.5) if widest > 1 else 1
    for index, (_number, cells) in enumerate(rows[:-1] if len(rows) > 1 else rows):
        if filled(cells) >= needed and is_labels(cells):
            return index
        if filled(cells) >= max(needed, widest * 0.8):
            # The first full row is already data: what stands above is a title, not a header.
            return None
    return None


def filled(cells: Sequence[Any]) -> int:
    """This will count the cells that hold something."""
    return sum(1 for cell in cells if cell not in (None, ""))


def is_labels(cells: Sequence[Any]) -> bool:
    """This will say whether a row reads as names of columns: short words, hardly any numbers."""
    found = [cell for cell in cells if cell not in (None, "")]
    words = sum(
        1 for cell in found
        if isinstance(cell, str) and len(cell) <= LONGEST_LABEL and not NUMBER.fullmatch(cell.strip())
    )  # fmt: skip
    return bool(found) and words >= 0.8 * len(found)


def label(cell: Any) -> str:
    """This will make a column's name of a header cell: one line, no runs of spaces."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(str(cell).split())[:LONGEST_LABEL]


def _belongs(top: Row, below: Row, rest: Sequence[Row], merges: Sequence[Merge]) -> bool:
    """Whether the row under the header is its second line: it fills gaps, or joined cells say so."""
    if not is_labels(below[1]) or not rest or is_for_machines(below[1]):
        return False
    at = top[0] - 1
    if any(
        first == at and (last_column > column or last > first) for first, column, last, last_column in merges
    ):
        return any(first == at and last_column > column for first, column, _last, last_column in merges)
    gaps = [
        column for column, cell in enumerate(below[1])
        if cell not in (None, "") and (column >= len(top[1]) or top[1][column] in (None, ""))
    ]  # fmt: skip
    return bool(gaps) and any(
        column < len(cells) and isinstance(cells[column], (int, float))
        for column in gaps
        for _n, cells in rest[:10]
    )


def is_for_machines(cells: Sequence[Any]) -> bool:
    """Whether a row names fields for machines (`area_m2`), as the second row of our own workbooks does."""
    words = [str(cell) for cell in cells if cell]
    return all(map(NAME.fullmatch, words)) and any("_" in word or "@" in word for word in words)


def _spans(above: Row, top: Row, merges: Sequence[Merge]) -> bool:
    """Whether the sparse row over the header groups its columns, rather than being the table's title."""
    at, width = above[0] - 1, len(top[1])
    groups = [merge for merge in merges if merge[0] == at and 1 < merge[3] - merge[1] + 1 < width * 0.9]
    return bool(groups) and filled(above[1]) >= 2 and is_labels(above[1])


def _joined(top: Row, below: Row, merges: Sequence[Merge]) -> list[str]:
    width = max(len(top[1]), len(below[1]))
    upper = [label(top[1][column]) if column < len(top[1]) else "" for column in range(width)]
    lower = [label(below[1][column]) if column < len(below[1]) else "" for column in range(width)]
    across = [merge for merge in merges if merge[0] == top[0] - 1]
    for first, column, last, last_column in across:
        if first == top[0] - 1 and last == first:
            for place in range(column, min(last_column + 1, width)):
                upper[place] = upper[column]
    if not across:
        upper = _carried(upper, lower)
    return [
        " – ".join(dict.fromkeys(part for part in pair if part)) for pair in zip(upper, lower, strict=True)
    ]


def _carried(upper: list[str], lower: list[str]) -> list[str]:
    """Without joined cells (CSV) a group's name stands over its first column only: it is carried to the right."""
    carried, current = [], ""
    for above, under in zip(upper, lower, strict=True):
        current = above or (current if under else "")
        carried.append(current)
    return carried


def unique(labels: Sequence[str], columns: Sequence[int]) -> list[str]:
    """This will name every column: an empty one by its letter, a double one with its number."""
    seen: dict[str, int] = {}
    names = []
    for name, column in zip(labels, columns, strict=True):
        name = name or letters(column)
        key = name.lower()
        seen[key] = seen.get(key, 0) + 1
        names.append(name if seen[key] == 1 else f"{name} ({seen[key]})")
    return names
