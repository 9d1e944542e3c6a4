"""The same table back as a workbook: what must be mended in red with a note, and what becomes of each row beside it."""

from __future__ import annotations

import io
import json
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.collection.models import Import, ImportRow

from .enums import RowState
from .messages import ERROR, NOTE, said_in

#: the colours of the region's tokens: clay red for what is broken, amber for what is doubtful
COLOURS = {ERROR: ("#F6D9D9", "#A3262A"), "warn": ("#F8EBD0", "#9A6700")}
MAX_NOTE = 1500


def marked_workbook(import_: Import, language: str) -> bytes:
    """This will write an import's rows back as a workbook that can be mended and sent again: the first row is the
    header, each later one a row of the file, and the last two columns say what is the matter.

    Written row by row, so that memory does not grow with the file. Cells are written as values, never as formulas.
    """
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with override(language), xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(_("Rows")[:31])
        formats = {
            level: book.add_format({"bg_color": fill, "border": 1, "border_color": line})
            for level, (fill, line) in COLOURS.items()
        }
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _header(sheet, import_, bold)
        rows = ImportRow.objects.filter(batch=import_).order_by("number").iterator(chunk_size=500)
        for index, row in enumerate(rows, 1):
            _row(sheet, index, row, len(import_.columns), formats, language)
    return buffer.getvalue()


def _header(sheet: Any, import_: Import, bold: Any) -> None:
    for column in import_.columns:
        sheet.write_string(0, column["index"], column["header"], bold)
    width = len(import_.columns)
    sheet.write_string(0, width, _("Result"), bold)
    sheet.write_string(0, width + 1, _("What to do"), bold)
    sheet.set_column(width, width, 20)
    sheet.set_column(width + 1, width + 1, 70)
    sheet.freeze_panes(1, 0)


def _row(sheet: Any, index: int, row: ImportRow, width: int, formats: dict[str, Any], language: str) -> None:
    notes: dict[int, list[str]] = {}
    levels: dict[int, str] = {}
    for one in row.messages:
        if one["column"] is not None and one["level"] != NOTE:
            notes.setdefault(one["column"], []).append(_whole(one, language))
            levels[one["column"]] = (
                ERROR if ERROR in (one["level"], levels.get(one["column"])) else one["level"]
            )
    for column, cell in enumerate(row.raw[:width]):
        _cell(sheet, index, column, cell, formats.get(levels.get(column, "")))
        if column in notes:
            sheet.write_comment(
                index, column, "\n".join(notes[column])[:MAX_NOTE], {"x_scale": 2, "y_scale": 1.5}
            )
    sheet.write_string(index, width, str(RowState(row.state).label))
    sheet.write_string(index, width + 1, " ".join(_whole(one, language) for one in row.messages)[:32_000])


def _whole(stored: dict[str, Any], language: str) -> str:
    """What is wrong and what to write instead."""
    mend = (stored.get("mend") or {}).get(language, "")
    return " ".join(part for part in (said_in(stored, language), mend) if part)


def _cell(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, style)
    elif cell in (None, ""):
        sheet.write_blank(row, column, None, style)
    else:
        text = str(cell) if not isinstance(cell, dict) else _shape(cell)
        sheet.write_string(row, column, text[:32_767], style)


def _shape(cell: dict[str, Any]) -> str:
    return json.dumps(cell, separators=(",", ":"))
