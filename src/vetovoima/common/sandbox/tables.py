"""Reading a table inside the child: what the file is, one sheet of it as lines of JSON, and where its header is.

The folder holds `in` (the file) and `wanted.json` (name, sheet, header row); `rows.jsonl` is written beside them:
one `[row number, cells]` a line, days as {"d": …} and cell errors as {"e": …}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from .archives import Refused
from .headers import LOOK, Merge, Row, find_header, is_for_machines, letters, unique

MAX_ROWS, MAX_COLUMNS = 50_000, 300
LONGEST_CELL = 32_767


@dataclass
class Source:
    """What a reader hands over: what it read, its rows, and what is worth telling."""

    format: str
    rows: Iterable[tuple[int, list[Any]]]
    sheets: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    sheet: str = ""
    merges: Sequence[Merge] = ()
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


def run_in_child(folder: str) -> dict[str, Any]:
    """This will read the file of a folder; returns what `tables.Table` needs, or why it is refused."""
    place = Path(folder)
    wanted = json.loads((place / "wanted.json").read_text(encoding="utf-8"))
    try:
        source = _open(place / "in", wanted)
        return _write(source, place / "rows.jsonl", wanted["header_row"])
    except Refused as refused:
        return {"refused": refused.code, **refused.details}
    except OSError as error:
        # The limit on output: a workbook in which one long text stands in every cell.
        return {"refused": "memory", "why": error.errno}


def _open(path: Path, wanted: dict[str, Any]) -> Source:
    from .sniffing import kind_of

    with path.open("rb") as file:
        kind = kind_of(file.read(4096))
    if kind == "zip":
        from .workbooks import open_workbook

        return open_workbook(path, wanted["sheet"])
    from .delimited import open_text

    return open_text(path, kind)


class _Writer:
    """Writes rows as they come, and remembers what the header needs: the first rows, and which columns are used."""

    def __init__(self, file: BinaryIO) -> None:
        self.first: list[Row] = []
        #: where each of the first lines begins, so that a reader can start under the header
        self.starts: list[int] = [0]
        self.count = 0
        self.used: set[int] = set()
        self._file = file
        self._unused: list[int] = []
        self._width = 0

    def add(self, number: int, cells: list[Any]) -> None:
        """This will write one row that holds something; raises Refused beyond the limits."""
        self.count += 1
        if self.count > MAX_ROWS + LOOK:
            raise Refused("too_many_rows", row=number)
        line = _line(number, cells)
        self._file.write(line)
        if len(self.first) < LOOK:
            self.first.append((number, list(cells)))
            self.starts.append(self.starts[-1] + len(line))
        else:
            self.mark(number, cells)

    def mark(self, number: int, cells: list[Any]) -> None:
        """This will note which columns hold something; raises Refused when they are too many."""
        if len(cells) > self._width:
            self._unused.extend(range(self._width, len(cells)))
            self._width = len(cells)
        if not self._unused:
            return
        found = [column for column in self._unused if column < len(cells) and not is_blank(cells[column])]
        if found:
            self.used.update(found)
            self._unused = [column for column in self._unused if column not in self.used]
            if len(self.used) > MAX_COLUMNS:
                raise Refused("too_many_columns", row=number, column=letters(found[-1]))


def _line(number: int, cells: list[Any]) -> bytes:
    try:
        text = json.dumps([number, cells], ensure_ascii=False, default=_plain, allow_nan=False)
    except ValueError:
        text = json.dumps([number, [_finite(cell) for cell in cells]], ensure_ascii=False, default=_plain)
    if len(text) > LONGEST_CELL and any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
        raise Refused("long_cell", row=number)
    return text.encode("utf-8", "replace") + b"\n"


def is_blank(cell: Any) -> bool:
    """This will say whether a cell holds nothing a person would see."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return {"d": value.date().isoformat()}
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    raise TypeError(type(value).__name__)


def _finite(cell: Any) -> Any:
    return {"e": "#NUM!"} if isinstance(cell, float) and not -1e308 < cell < 1e308 else cell


def _write(source: Source, target: Path, forced: int | None) -> dict[str, Any]:
    with target.open("wb") as file:
        writer = _Writer(file)
        for number, cells in source.rows:
            if not all(map(is_blank, cells)):
                writer.add(number, cells)
    if not writer.count:
        raise Refused("empty_sheet", sheet=source.sheet) if source.sheet else Refused("empty")
    return _described(source, writer, forced)


def _described(source: Source, writer: _Writer, forced: int | None) -> dict[str, Any]:
    header = find_header(writer.first, source.merges, forced)
    last = header.rows[-1] if header.rows else 0
    below = [row for row in writer.first if row[0] > last]
    skipped = len(writer.first) - len(below)
    if writer.count == skipped:
        raise Refused("no_rows")
    if writer.count - skipped > MAX_ROWS:
        raise Refused("too_many_rows", row=writer.count)
    for row in below:
        writer.mark(*row)
    columns = sorted(writer.used | {column for column, name in enumerate(header.labels) if name})
    if len(columns) > MAX_COLUMNS:
        raise Refused("too_many_columns", row=last, column=letters(columns[-1]))
    names = [header.labels[column] if column < len(header.labels) else "" for column in columns]
    if not header.rows:
        source.notes.append(("no_header", {}))
    if below and is_for_machines(below[0][1]):
        # the hidden row of our own workbooks is no secret of theirs
        own = ("hidden_rows", {"count": 1, "row": below[0][0]})
        source.notes = [note for note in source.notes if note != own]
    return {
        "format": source.format, "sheets": source.sheets, "hidden": source.hidden, "sheet": source.sheet,
        "header": unique(names, columns), "places": columns, "letters": [letters(column) for column in columns],
        "header_row": header.rows[0] if header.rows else 0, "first_row": below[0][0] if below else last + 1,
        "row_count": writer.count - skipped, "start": writer.starts[skipped], "notes": source.notes,
        "above": _above(writer.first, header.rows[0]) if header.rows else [],
        **source.more,
    }  # fmt: skip


def _above(rows: Sequence[Row], header_row: int) -> list[list[str]]:
    return [
        [str(cell) for cell in cells if not is_blank(cell)] for number, cells in rows if number < header_row
    ]
