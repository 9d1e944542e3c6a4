"""Published records as sheets of a workbook: the one writer for packages and shortlists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.common.digits import is_number

from .sheets import value_of

#: words stay words: nothing becomes a formula or a link
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
RECORD_WIDTHS = (16, 40, 18, 12, 12, 10)
FACT_WIDTHS = (16, 22, 32, 36, 14, 12, 40, 14, 14)
RECORD_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Name"),
    gettext_lazy("Kind"),
    gettext_lazy("Readiness"),
    gettext_lazy("Complete, %"),
    gettext_lazy("Example"),
)
FACT_COLUMNS = (
    gettext_lazy("Code"), gettext_lazy("Group"), gettext_lazy("Fact"), gettext_lazy("Value"), gettext_lazy("Number"), gettext_lazy("Unit"), gettext_lazy("Source"),
    gettext_lazy("Date of the source"), gettext_lazy("Checked"),
)  # fmt: skip


@dataclass(frozen=True)
class Sheets:
    """A workbook being written; numbers stay numbers, everything else is text."""

    book: Any
    head: Any
    text: Any

    def add(
        self, name: str, names: Sequence[Any], widths: Sequence[int], rows: Iterable[Sequence[Any]]
    ) -> None:
        """This will write a sheet with its head frozen."""
        sheet = self.book.add_worksheet(name[:31])
        for column, (label, width) in enumerate(zip(names, widths, strict=True)):
            sheet.write_string(0, column, str(label), self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values):
                _cell(sheet, row, column, value, self.text)

    def add_records(self, records: list[dict[str, Any]]) -> None:
        """This will write published records, a line for each, and a sheet of all their facts with sources."""
        self.add(_("Records"), RECORD_COLUMNS, RECORD_WIDTHS, record_rows(records))
        self.add_facts(_("Facts"), records)

    def add_facts(self, name: str, records: list[dict[str, Any]]) -> None:
        """This will write every fact of records with its source."""
        self.add(name, FACT_COLUMNS, FACT_WIDTHS, fact_rows(records))


@contextmanager
def new_workbook(file: IO[bytes], about: Mapping[str, str] | None = None) -> Iterator[Sheets]:
    """This will write a workbook into a file; `about` are its properties: title, author, comments."""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        if about:
            book.set_properties(dict(about))
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        yield Sheets(book, head, book.add_format({"text_wrap": True, "valign": "top"}))


def _cell(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    if is_number(value):
        sheet.write_number(row, column, value, text)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value)[:32_767], text)


def record_rows(records: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """A line for each record: code, name, kind, readiness, completeness, whether it is an example."""
    return [
        (
            one["code"], one["name"]["text"], one["kind"]["label"], one["readiness"]["level"],
            one["completeness"]["percent"], _("EXAMPLE") if one["is_example"] else _("no"),
        )
        for one in records
    ]  # fmt: skip


def fact_rows(records: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Every fact told or expected; what is not known says so."""
    return [
        (
            record["code"], group["label"], fact["label"], value_of(fact), _number(fact["value"]), fact["unit"],
            fact["source"], fact["dated"], fact["checked_on"],
        )
        for record in records
        for group in record["groups"]
        for fact in group["facts"]
    ]  # fmt: skip


def _number(value: Any) -> Any:
    return value if is_number(value) else None
