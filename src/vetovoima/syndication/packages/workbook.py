"""An offer package as a workbook: the package itself, its records, and every known fact with its source."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vetovoima.syndication.papers.tables import (
    FACT_COLUMNS,
    FACT_WIDTHS,
    OPTIONS,
    RECORD_COLUMNS,
    RECORD_WIDTHS,
    fact_rows,
    record_rows,
    write_sheet,
)

NUMBER_COLUMNS = (
    gettext_lazy("Code"),
    gettext_lazy("Fact"),
    gettext_lazy("Value"),
    gettext_lazy("As of"),
    gettext_lazy("Source"),
)


def package_workbook(document: dict[str, Any]) -> bytes:
    """This will write a package's document as a workbook. Words stay words: nothing becomes a formula or a link."""
    file, records = io.BytesIO(), document["records"]
    with override(document["language"]), xlsxwriter.Workbook(file, OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        write_sheet(
            book, _("Package"), (_("Part"), _("Content")), (24, 90), _package_rows(document), head, text
        )
        write_sheet(book, _("Records"), RECORD_COLUMNS, RECORD_WIDTHS, record_rows(records), head, text)
        write_sheet(book, _("Facts"), FACT_COLUMNS, FACT_WIDTHS, fact_rows(records), head, text)
        write_sheet(
            book, _("Numbers"), NUMBER_COLUMNS, (24, 36, 24, 12, 50), _number_rows(document), head, text
        )
    return file.getvalue()


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


def _number_rows(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (one["code"], one["label"], one["value"], one["as_of"], one["source"]) for one in document["numbers"]
    ]
