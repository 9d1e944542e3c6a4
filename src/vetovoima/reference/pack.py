"""Reading a region's data pack: files to parsed rows, or a refusal that names file, row, column and reason.

Nothing here touches the database. A pack is described in `regions/README.md`; the columns of each table stand with
the app that stores it, in its `loading.py`.
"""

from __future__ import annotations

import csv
import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from vetovoima.common.fields import LANGUAGES, Translated

SOURCE_COLUMNS = ("source", "source_url", "source_date", "confidence")
DAY = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?$")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a pack: where it stands and what is wrong."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{place}, column {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"


class BrokenPack(Exception):
    """The pack is refused; nothing of it was stored."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class Row:
    """One row of a table with its place, so that whoever reads it can say where something is wrong."""

    file: str
    number: int
    cells: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        """This will note that a cell is wrong; the pack is refused when all is read."""
        self.problems.append(Problem(self.file, self.number, column, reason))

    def text(self, column: str, *, required: bool = False) -> str:
        """A cell as text without white space around it."""
        value = self.cells.get(column, "").strip()
        if required and not value:
            self.refuse(column, "is empty")
        return value

    def _parsed(self, column: str, parse: Callable[[str], Any], wanted: str) -> Any:
        value = self.text(column)
        if not value:
            return None
        try:
            return parse(value)
        except ValueError:
            self.refuse(column, f"{value!r} is not {wanted}")
            return None

    def number_or_none(self, column: str) -> float | None:
        """A cell as a finite number, or None when it is empty."""

        def parse(value: str) -> float:
            number = float(value)
            if not math.isfinite(number):
                raise ValueError
            return number

        found: float | None = self._parsed(column, parse, "a number")
        return found

    def whole_or_none(self, column: str) -> int | None:
        """A cell as a whole number, or None when it is empty."""
        found: int | None = self._parsed(column, int, "a whole number")
        return found

    def flag(self, column: str, default: bool | None = None) -> bool | None:
        """A yes/no cell; `default` when it is empty."""
        value = self.text(column)
        if value not in {"", "yes", "no"}:
            self.refuse(column, f"{value!r} is neither yes nor no")
        return default if value not in {"yes", "no"} else value == "yes"

    def day_text(self, column: str) -> str:
        """A day, month or year as ISO text (2026, 2026-10, 2026-10-12), or empty."""
        value = self.text(column)
        if not value:
            return ""
        try:
            if not DAY.match(value):
                raise ValueError
            date.fromisoformat((value + "-01-01")[:10] if len(value) == 4 else (value + "-01")[:10])
        except ValueError:
            self.refuse(column, f"{value!r} is not a day, month or year like 2026-10-12")
        return value

    def day_or_none(self, column: str) -> date | None:
        """A full day, or None when it is empty."""
        found: date | None = self._parsed(column, date.fromisoformat, "a day like 2026-10-12")
        return found

    def items(self, column: str) -> list[str]:
        """A `;`-separated list without empty items."""
        return [item.strip() for item in self.text(column).split(";") if item.strip()]

    def choice(self, column: str, choices: Any, default: str = "") -> str:
        """A cell that must be one of the choices; `default` when it is empty."""
        value = self.text(column) or default
        if value and value not in choices:
            self.refuse(column, f"{value!r} is not one of {', '.join(choices)}")
        return value

    def translated(self, name: str, *, required: bool = False) -> Translated:
        """The columns `name_fi`, `name_en`, `name_sv` as one translated text."""
        found = Translated(
            {lang: self.text(f"{name}_{lang}") for lang in LANGUAGES if self.text(f"{name}_{lang}")}
        )
        if required and not found:
            self.refuse(f"{name}_fi", "has no text in any language")
        return found

    def known(self, column: str, allowed: Any, *, required: bool = False) -> str:
        """A cell that must name something that exists; empty is allowed unless required."""
        value = self.text(column, required=required)
        if value and value not in allowed:
            self.refuse(column, f"{value!r} is not known")
        return value

    def source(self, prefix: str = "") -> dict[str, str]:
        """Where the row's facts come from: {title, url, dated, confidence}, without the empty ones."""
        if prefix:
            names = (
                f"source_{prefix}",
                f"source_{prefix}_url",
                f"source_{prefix}_date",
                f"source_{prefix}_confidence",
            )
        else:
            names = SOURCE_COLUMNS
        title, url, dated, confidence = names
        if self.text(confidence) and self.text(confidence) not in {"high", "medium", "low"}:
            self.refuse(confidence, "must be high, medium or low")
        values = {
            "title": self.text(title),
            "url": self.text(url),
            "dated": self.day_text(dated),
            "confidence": self.text(confidence),
        }
        return {key: value for key, value in values.items() if value}


@dataclass
class Pack:
    """A region's folder; tables and documents are read on demand, problems gathered until `finish`."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def table(self, name: str, required: tuple[str, ...] = (), *, key: tuple[str, ...] = ()) -> list[Row]:
        """This will read one CSV; a missing file is an empty table, a missing required column a problem.

        `key` columns must be filled and unique together.
        """
        path = self.folder / name
        if not path.exists():
            return []
        rows = list(self._rows(path, name, required))
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            if not key:
                continue
            values = tuple(row.text(column, required=True) for column in key)
            if values in seen:
                row.refuse(key[0], f"{' '.join(values)!r} stands already on row {seen[values]}")
            seen[values] = row.number
        return rows

    def _rows(self, path: Path, name: str, required: tuple[str, ...]) -> Iterator[Row]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, strict=True)
                header = reader.fieldnames or []
                for column in required:
                    if column not in header:
                        self.problems.append(Problem(name, 1, column, "the column is missing"))
                for cells in reader:
                    if None in cells or None in cells.values():
                        self.problems.append(
                            Problem(
                                name, reader.line_num, "", "the row has more or fewer cells than the header"
                            )
                        )
                        continue
                    yield Row(name, reader.line_num, dict(cells), self.problems)
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 0, "", "is not UTF-8 text"))
        except csv.Error as error:
            self.problems.append(Problem(name, 0, "", f"is not valid CSV: {error}"))

    def document(self, name: str) -> Any:
        """This will read one JSON file; a missing file is None."""
        path = self.folder / name
        if not path.exists():
            return None
        try:
            return json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_constant)
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 0, "", "is not UTF-8 text"))
        except json.JSONDecodeError as error:
            self.problems.append(
                Problem(name, error.lineno, f"character {error.colno}", f"is not JSON: {error.msg}")
            )
        except ValueError as error:
            self.problems.append(Problem(name, 0, "", f"is not JSON: {error}"))
        return None

    def documents(self, folder: str) -> list[tuple[str, Any]]:
        """This will read every JSON file of a folder, as (name, content), by name."""
        names = sorted(f"{folder}/{path.name}" for path in (self.folder / folder).glob("*.json"))
        return [(name, self.document(name)) for name in names]

    def refuse(self, file: str, reason: str, row: int = 0, column: str = "") -> None:
        """This will note a problem."""
        self.problems.append(Problem(file, row, column, reason))

    def check(self) -> None:
        """This will raise BrokenPack when anything read so far is wrong."""
        if self.problems:
            raise BrokenPack(self.problems)


def _no_constant(word: str) -> None:
    """Python reads NaN and Infinity where JSON has no such thing, and no database takes them as a position."""
    raise ValueError(f"{word} is not a number")


def parents_first(rows: list[Row], code: str, parent: str) -> list[Row]:
    """This will order rows so that each comes after the one it names in its `parent` column, else as in the file.

    A row that lies in itself, directly or through others, is refused.
    """
    above = {row.text(code): row.text(parent) for row in rows}
    depths = {}
    for row in rows:
        name, seen = row.text(code), set()
        while above.get(name) in above and name not in seen:
            seen.add(name)
            name = above[name]
        if name in seen:
            row.refuse(parent, "the row lies in itself")
        depths[row.number] = len(seen)
    return sorted(rows, key=lambda row: depths[row.number])


def open_pack(regions: Path, code: str) -> Pack:
    """This will open the pack of a region; raises BrokenPack when there is no such folder."""
    folder = regions / code
    if not re.fullmatch(r"[a-z0-9-]{1,60}", code) or not (folder / "region.json").exists():
        raise BrokenPack([Problem(code, 0, "", "there is no such region (a folder with region.json)")])
    return Pack(folder)
