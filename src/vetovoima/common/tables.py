"""Tables out of files that people send: xlsx, xlsm, ods, csv and tsv, in whatever layout they have.

A child process opens the file (`common.sandbox.tables`); what it found lies in a temporary folder and is streamed
from there, so the memory of this process does not grow with the file. Why a file is refused is said in
`common.table_words`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from .sandbox import CannotRead, run_job
from .table_words import note_words, refusal

#: at most this many rows and columns are read (security-and-reliability 3.3, widened to a region's whole offer)
MAX_ROWS, MAX_COLUMNS = 50_000, 300
#: larger files are not even handed to the child, which refuses workbooks above 15 MB itself
MAX_TEXT_BYTES = 30_000_000


@dataclass(frozen=True)
class CellError:
    """What a spreadsheet shows when it cannot calculate: #N/A, #VALUE!, #REF! …"""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | float | int | bool | date | CellError | None


class Table:
    """One sheet of a file, read: its header, and its rows as a stream. Use it in a `with`; it owns a folder.

    `header` has a name for each column (two rows that belong together joined, doubles numbered, empty ones named by
    their letter); `header_row` is the row it was found in (0: the table has none), `first_row` the first row of data,
    all as a spreadsheet numbers them. `letters` are the columns' letters. `above` holds what stood over the header.
    `notes` are sentences about what was left out. `sheets` can be chosen from; `hidden_sheets` are among them.
    """

    def __init__(self, folder: Path, found: dict[str, Any]) -> None:
        self._folder = folder
        self._places: list[int] = found["places"]
        self._start: int = found["start"]
        self.format: str = found["format"]
        self.sheets: list[str] = found["sheets"]
        self.hidden_sheets: list[str] = found["hidden"]
        self.sheet: str = found["sheet"]
        self.header: list[str] = found["header"]
        self.letters: list[str] = found["letters"]
        self.header_row: int = found["header_row"]
        self.first_row: int = found["first_row"]
        self.row_count: int = found["row_count"]
        self.above: list[list[str]] = found["above"]
        self.encoding: str = found.get("encoding", "")
        self.delimiter: str = found.get("delimiter", "")
        self.notes: list[str] = [note_words(code, params) for code, params in found["notes"]]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """This will stream (row number as the spreadsheet shows it, cells in the header's order); again if asked."""
        read = json.JSONDecoder(object_hook=_special, parse_float=_number).decode
        places = self._places
        with (self._folder / "rows.jsonl").open("rb") as lines:
            lines.seek(self._start)
            for line in lines:
                number, cells = read(line.decode())
                width = len(cells)
                yield number, [_tidy(cells[place]) if place < width else None for place in places]

    def sample(self, count: int = 50) -> list[tuple[int, list[Cell]]]:
        """This will return the first rows, for guessing what the columns hold."""
        return [row for row, _stop in zip(self.rows(), range(count), strict=False)]

    def close(self) -> None:
        """This will remove the temporary files."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_table(
    content: bytes | Path | IO[bytes],
    filename: str,
    *,
    sheet: str = "",
    header_row: int | None = None,
) -> Table:
    """This will read one sheet of a file in a child process and return it; use the result in a `with`.

    `content` is the file itself, its path, or something to read it from. `sheet` chooses a sheet (the first with
    content otherwise), `header_row` says where the header is (guessed otherwise; 0 for "there is none"). Raises
    CannotRead with a sentence that says what to do, and the row where there is one.
    """
    folder = Path(tempfile.mkdtemp(prefix="vetovoima-table-"))
    try:
        size = _store(content, folder / "in")
        if size > MAX_TEXT_BYTES:
            raise refusal("too_large", {})
        wanted = {"sheet": sheet, "header_row": header_row, "name": filename[-200:]}
        (folder / "wanted.json").write_text(json.dumps(wanted), encoding="utf-8")
        done = run_job("table", str(folder))
        if done.failure:
            raise refusal(done.details.get("refused", done.failure), done.details)
        return Table(folder, done.answer)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _store(content: bytes | Path | IO[bytes], place: Path) -> int:
    """Put the file where the child reads it, piece by piece; returns its size."""
    if isinstance(content, bytes):
        return place.write_bytes(content)
    if isinstance(content, Path):
        shutil.copyfile(content, place)
    else:
        with place.open("wb") as target:
            shutil.copyfileobj(content, target)
    return place.stat().st_size


def _special(found: dict[str, str]) -> date | CellError:
    if "d" in found:
        return date.fromisoformat(found["d"])
    return CellError(found["e"])


def _number(text: str) -> float | int:
    """Spreadsheets know only decimal numbers; a whole one is given as such."""
    return int(text[:-2]) if text.endswith(".0") else float(text)


def _tidy(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    return cell  # type: ignore[no-any-return]


__all__ = ["MAX_COLUMNS", "MAX_ROWS", "CannotRead", "Cell", "CellError", "Table", "open_table"]
