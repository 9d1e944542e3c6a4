"""A stored file as rows: a table of any layout, or a map file whose shapes have properties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from vetovoima.collection.standard.layout import is_example_row, machine_row
from vetovoima.common.shapes import read_shapes
from vetovoima.common.tables import CannotRead, CellError, open_table
from vetovoima.common.units import split_unit, unit_of

from .synonyms import TOTALS

MAP_FILES = (".geojson", ".json", ".gpkg", ".kml", ".kmz", ".gml", ".zip")
#: how many rows are looked at for guessing units, styles and samples
LOOKED_AT = 50
SAMPLES = 3
GEOMETRY = "geometry"


@dataclass(frozen=True)
class Sheet:
    """An opened file: its header, and its rows as a stream. `skip` is the machine's row of an exported file."""

    sheets: list[str]
    sheet: str
    header: list[str]
    header_row: int
    row_count: int
    stream: Any
    notes: list[str] = field(default_factory=list)
    is_map: bool = False

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """This will stream (row number, cells); again if asked."""
        width = len(self.header)
        for number, cells in self.stream():
            yield number, [*cells, *[None] * (width - len(cells))][:width]

    def sample(self, count: int = LOOKED_AT) -> list[tuple[int, list[Any]]]:
        """The first rows."""
        return [row for row, _stop in zip(self.rows(), range(count), strict=False)]


def is_map_file(filename: str) -> bool:
    """Whether a file is read as shapes."""
    return filename.casefold().endswith(MAP_FILES)


@contextmanager
def opened(content: bytes, filename: str, sheet: str = "", header_row: int | None = None) -> Iterator[Sheet]:
    """This will open a file of any kind that can be imported; raises CannotRead."""
    if is_map_file(filename):
        yield _map(content, filename)
        return
    with open_table(content, filename, sheet=sheet, header_row=header_row) as table:
        yield Sheet(
            table.sheets, table.sheet, table.header, table.header_row, table.row_count, table.rows, list(table.notes)
        )  # fmt: skip


def _map(content: bytes, filename: str) -> Sheet:
    shapes = read_shapes(content, filename)
    names: dict[str, None] = {}
    for shape in shapes:
        names.update(dict.fromkeys(str(name) for name in shape.properties))
    names.pop(GEOMETRY, None)
    header = [*names, GEOMETRY]

    def stream() -> Iterator[tuple[int, list[Any]]]:
        for shape in shapes:
            yield shape.row, [*(shape.properties.get(name) for name in names), shape.geometry]

    return Sheet([], "", header, 0, len(shapes), stream, is_map=True)


def plain_cell(cell: Any) -> Any:
    """A cell as it is kept in JSON; a calculation's error keeps its sign."""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, CellError) else cell


def is_empty_row(cells: Sequence[Any]) -> bool:
    """Whether a row says nothing."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def is_total_row(cells: Sequence[Any]) -> bool:
    """Whether a row only sums up the others: its first word says so and it has figures."""
    first = next((cell for cell in cells if isinstance(cell, str) and cell.strip()), "")
    words = first.strip().casefold().rstrip(":. ")
    return words in TOTALS or any(words.startswith(f"{word} ") for word in TOTALS)


def machine_names(cells: Sequence[Any]) -> list[str] | None:
    """The fields that the second row of an exported file names for each column, or None when it is an ordinary row."""
    found = machine_row(cells)
    return None if found is None else [one.name if one else "" for one in found]


def example_notes(sheet: Sheet) -> list[str]:
    """What is said of the examples that our own empty form comes with: they are never read as data."""
    rows = [str(number) for number, cells in sheet.sample() if is_example_row(cells)]
    if not rows:
        return []
    words = ngettext(
        "Row %(rows)s is the example of the form. It is left out.",
        "Rows %(rows)s are examples of the form. They are left out.",
        len(rows),
    )
    return [words % {"rows": ", ".join(rows)}]


def units_in_cells(rows: Sequence[tuple[int, Sequence[Any]]], width: int) -> list[str]:
    """For each column the unit that most of its cells name, or ""."""
    found = []
    for index in range(width):
        texts = [cells[index] for _number, cells in rows if isinstance(cells[index], str)]
        units = Counter(unit for text in texts if (unit := unit_of(split_unit(text[:60])[1])))
        best = units.most_common(1)
        found.append(best[0][0] if best and best[0][1] * 2 >= len(texts) else "")
    return found


def samples(rows: Sequence[tuple[int, Sequence[Any]]], index: int) -> list[str]:
    """The first different values of a column, short, as a person checks by them what it is."""
    seen: dict[str, None] = {}
    for _number, cells in rows:
        cell = plain_cell(cells[index])
        if cell in (None, ""):
            continue
        text = "…" if isinstance(cell, dict) else str(cell)
        seen[text[:60]] = None
        if len(seen) == SAMPLES:
            break
    return list(seen)


__all__ = ["CannotRead", "Sheet", "is_map_file", "opened"]
