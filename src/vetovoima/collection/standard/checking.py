"""Checking a whole file or a list of records against the standard, row by row; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.catalogue.registry import BY_NAME, FIELDS, TRANSLATED
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.notation import guess_style
from vetovoima.common.tables import Table, open_table
from vetovoima.common.units import unit_in_label

from .known import row_checker
from .layout import Column, column, columns_for, is_example_row, machine_row
from .validation import Finding, RowCheck, RowChecker
from .words import KEPT, key

#: a public door reads no more rows than this of one file
MAX_CHECKED = 5_000
SET_ASIDE = frozenset({"originals", "sources", "absent", "photos", "photo_texts", "files", "version"})


class Message(TypedDict):
    """What is wrong with a field: its machine name, what is wrong, how to mend it; and how much it weighs: an `error`
    keeps the row out, `before_submitting` keeps the record a draft."""

    field: str
    message: str
    mend: str
    level: str


class Row(TypedDict):
    """One row: its number as the spreadsheet shows it, ok or error, and what is wrong."""

    row: int
    state: str
    messages: list[Message]


@dataclass
class Report:
    """What became of a file: every data row once, notes about the file, columns that nobody understood."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are right and how many are not."""
        wrong = sum(row["state"] == "error" for row in self.rows)
        return {"ok": len(self.rows) - wrong, "error": wrong}

    @property
    def errors(self) -> list[Row]:
        """The rows that need mending."""
        return [row for row in self.rows if row["state"] == "error"]

    @property
    def spoken_of(self) -> list[Row]:
        """The rows about which something is said, those that need mending first."""
        others = [row for row in self.rows if row["state"] != "error" and row["messages"]]
        return [*self.errors, *others]

    def add(self, number: int, checked: RowCheck) -> None:
        """This will count one row."""
        messages: list[Message] = [
            {"field": one.field, "message": one.message, "mend": one.mend, "level": one.level}
            for one in (*checked.errors, *checked.lacking)
        ]
        self.rows.append({"row": number, "state": "error" if checked.errors else "ok", "messages": messages})


def check_file(content: bytes, filename: str, *, kind: str, language: str) -> Report:
    """This will check a file of the standard, or any table whose headers are the standard's labels or names.

    `kind` is for rows that do not say their own. Raises CannotRead.
    """
    with open_table(content, filename) as table, override(language):
        report = Report(notes=list(table.notes))
        rows = table.rows()
        columns, first = _columns(table, rows)
        report.unknown_columns = [
            name for name, place in zip(table.header, columns, strict=True) if place is None and name
        ]
        if not any(columns):
            report.notes.append(_("No column of the file has a name of the standard. Use the template, or its labels as headers."))  # fmt: skip
            return report
        checker = _checker(table, columns, kind, language)
        for number, cells in islice(_data(first, rows), MAX_CHECKED):
            if not is_example_row(cells):
                named = {place.name: cell for place, cell in zip(columns, cells, strict=True) if place}
                report.add(number, _checked(checker, named))
        if table.row_count > MAX_CHECKED + 2:
            report.notes.append(_("The first %(count)s rows were checked.") % {"count": MAX_CHECKED})
        return report


def _columns(table: Table, rows: Iterator[Any]) -> tuple[list[Column | None], Any]:
    """What the columns hold: by the machine row under the header, else by the header; and the first row of data."""
    first = next(rows, None)
    named = machine_row(first[1]) if first else None
    if named is not None:
        return named, None
    labels = labelled()
    return [column(name) or labels.get(_plain(name)) for name in table.header], first


def labelled() -> dict[str, Column]:
    """This will map every label of every column, in every language, with and without its unit, to the column."""
    found: dict[str, Column] = {}
    for language in LANGUAGES:
        for place in columns_for("", language=language):
            found.setdefault(_plain(place.label(language)), place)
        with override(language):
            for spec in FIELDS:
                name = f"{spec.name}@{language}" if spec.type == TRANSLATED else spec.name
                meant = column(name)
                if meant is not None:
                    found.setdefault(_plain(str(spec.label)), meant)
    return found


def _plain(label: str) -> str:
    """A label without the unit in brackets at its end."""
    words = key(label)
    inside = words.rpartition(" (")
    return inside[0] if inside[0] and unit_in_label(words) else words


def _checker(table: Table, columns: list[Column | None], kind: str, language: str) -> RowChecker:
    units = {
        place.field: unit
        for place, label in zip(columns, table.header, strict=True)
        if place and place.field and (unit := unit_in_label(label))
    }
    texts = [cell for _number, cells in table.sample(50) for cell in cells]
    style = guess_style(texts, default=language)
    return row_checker(kind=kind, style=style, language=language, units=units)


def _data(first: Any, rows: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    if first is not None:
        yield first
    yield from rows


def _checked(checker: RowChecker, cells: Mapping[str, Any]) -> RowCheck:
    found = checker.check(cells)
    if (
        not checker.kind
        and not found.identity.get("kind")
        and "kind" not in {one.field for one in found.errors}
    ):
        found.errors.insert(0, Finding("kind", _("The kind of the record is missing."), _("Write the kind in its own column, or choose one for the whole file.")))  # fmt: skip
    return found


def check_records(records: Iterable[Any], *, kind: str, language: str) -> Report:
    """This will check records in the shape of the JSON Schema; rows are numbered from 1."""
    report, checker = Report(), row_checker(kind=kind, style="en", language=language)
    with override(language):
        for number, record in enumerate(islice(records, MAX_CHECKED), 1):
            if not isinstance(record, Mapping):
                report.add(number, RowCheck(errors=[Finding("", _("A record must be an object."), _("See the JSON Schema of the standard."))]))  # fmt: skip
                continue
            found = _checked(checker, flat(record))
            found.errors += unknown_names(record)
            report.add(number, found)
    return report


def flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """This will lay a record out as the cells of a row: texts by language, sources by group, absences as words."""
    cells: dict[str, Any] = {}
    for name, value in record.items():
        spec = BY_NAME.get(name)
        if spec is not None and spec.type == TRANSLATED and isinstance(value, Mapping):
            cells.update({f"{name}@{language}": text for language, text in value.items()})
        elif name not in SET_ASIDE:
            cells[str(name)] = value
    for group, source in _mapping(record.get("sources")).items():
        cells.update({f"source.{group}.{part}": text for part, text in _mapping(source).items()})
    for name, absence in _mapping(record.get("absent")).items():
        spec = BY_NAME.get(name)
        cells[f"{name}@fi" if spec and spec.type == TRANSLATED else name] = f"[{absence}]"
    return {name: cell for name, cell in cells.items() if cell != KEPT}


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def unknown_names(record: Mapping[str, Any]) -> list[Finding]:
    """This will name what a record says that the standard does not have."""
    strange = [str(name)[:60] for name in record if name not in SET_ASIDE and column(str(name)) is None]
    mend = _("Leave it out, or see the JSON Schema of the standard for the name that is meant.")
    return [
        Finding(name, _("“%(name)s” is not a field of the standard.") % {"name": name}, mend)
        for name in strange
    ]
