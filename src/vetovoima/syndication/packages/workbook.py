"""An offer package as a workbook: the package itself, its records, and every known fact with its source."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vetovoima.syndication.papers.sheets import value_of

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
NUMBER_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Fact"),
    gettext_lazy("Value"),
    gettext_lazy("As of"),
    gettext_lazy("Source"),
)


def package_workbook(document: dict[str, Any]) -> bytes:
    """This will write a package's document as a workbook. Words stay words: nothing becomes a formula or a link."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with override(document["language"]), xlsxwriter.Workbook(file, options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        _sheet(book, _("Package"), (_("Part"), _("Content")), (24, 90), _package_rows(document), head, text)
        _sheet(
            book, _("Records"), RECORD_COLUMNS, (16, 40, 18, 12, 12, 10), _record_rows(document), head, text
        )
        widths = (16, 22, 32, 36, 14, 12, 40, 14, 14)
        _sheet(book, _("Facts"), FACT_COLUMNS, widths, _fact_rows(document), head, text)
        _sheet(book, _("Numbers"), NUMBER_COLUMNS, (24, 36, 24, 12, 50), _number_rows(document), head, text)
    return file.getvalue()


def _sheet(
    book: Any,
    name: str,
    names: Sequence[Any],
    widths: Sequence[int],
    rows: Iterable[Sequence[Any]],
    head: Any,
    text: Any,
) -> None:
    sheet = book.add_worksheet(name[:31])
    for column, (label, width) in enumerate(zip(names, widths, strict=True)):
        sheet.write_string(0, column, str(label), head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            _cell(sheet, row, column, value, text)


def _cell(sheet: Any, row: int, column: int, value: Any, text: Any) -> None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, text)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value)[:32_767], text)


def _package_rows(document: dict[str, Any]) -> list[tuple[str, Any]]:
    contact = document["contact"] or {}
    return [
        (_("Title"), document["title"]["text"]),
        (_("Code"), document["code"]),
        (_("State"), document["state"]["label"]),
        (_("Example"), _("EXAMPLE") if document["is_example"] else _("no")),
        (_("Municipality"), document["municipality"]["name"]),
        (_("Sector"), document["target"]["sector"]),
        (_("Investors"), document["target"]["segment"]),
        (_("Why here"), document["argument"]["text"]),
        (_("Visit idea"), document["visit"]["idea"]["text"]),
        (_("Length of the visit"), document["visit"]["length"]),
        (_("Host of the visit"), document["visit"]["host"]),
        (_("Contact"), ", ".join(filter(None, (contact.get(part, "") for part in ("name", "title", "organisation"))))),
        (_("Phone"), contact.get("phone", "")),
        (_("E-mail"), contact.get("email", "")),
        (_("Valid until"), document["valid_until"]),
        (_("Updated"), document["updated_at"]),
        (_("Licence"), document["licence"]),
    ]  # fmt: skip


def _record_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            one["code"], one["name"]["text"], one["kind"]["label"], one["readiness"]["level"],
            one["completeness"]["percent"], _("EXAMPLE") if one["is_example"] else _("no"),
        )
        for one in document["records"]
    ]  # fmt: skip


def _fact_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Every fact told or expected; what is not known says so."""
    return [
        (
            record["code"], group["label"], fact["label"], value_of(fact), _number(fact["value"]), fact["unit"],
            fact["source"], fact["dated"], fact["checked_on"],
        )
        for record in document["records"]
        for group in record["groups"]
        for fact in group["facts"]
    ]  # fmt: skip


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _number_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (one["code"], one["label"], one["value"], one["as_of"], one["source"]) for one in document["numbers"]
    ]
