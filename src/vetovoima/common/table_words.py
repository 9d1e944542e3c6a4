"""Why a file cannot be read as a table, and what was left out of one that can: in words, with what to do."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .sandbox import CannotRead

REFUSALS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose the file that holds the table."),
    "empty_sheet": _("The sheet %(sheet)s is empty. Choose a sheet that holds the table."),
    "empty_workbook": _("None of the sheets holds anything. Choose the file that holds the table."),
    "no_rows": _("The table has a header but no rows under it. Fill in at least one row."),
    "no_sheet": _("There is no sheet called %(sheet)s. The sheets are: %(sheets)s."),
    "too_large": _("The file is too large: at most 15 MB as a workbook, 30 MB as CSV. Split it into parts."),
    "unpacks": _("The file unpacks to far more than a table needs, so it is not opened. Save the table alone in a new workbook."),
    "too_many_parts": _("The file holds more parts than a workbook has, so it is not opened. Save the table alone in a new workbook."),
    "too_many_sheets": _("The workbook has %(count)s sheets: at most %(limit)s can be read. Save the table alone in a new workbook."),
    "too_many_rows": _("The table goes on to row %(row)s: at most 50,000 rows can be read. Delete what does not belong to it, or split the file."),
    "too_many_columns": _("Row %(row)s goes on to column %(column)s: at most 300 columns can be read. Delete what does not belong to the table."),
    "long_cell": _("Row %(row)s: a cell has more than 32,767 characters. Shorten it."),
    "unclosed_quote": _("Row %(row)s: a quotation mark opens and never closes. Add the missing mark, or save the table as a workbook (.xlsx)."),
    "nul": _("Row %(row)s: there is a character that no text has (NUL). Save the file again as CSV UTF-8, or as a workbook (.xlsx)."),
    "password": _("The workbook is locked with a password. Save it without one and send it again."),
    "old_excel": _("This is a workbook of the old format (.xls). Open it and save it as an Excel workbook (.xlsx)."),
    "binary_excel": _("This is a binary workbook (.xlsb). Open it and save it as an Excel workbook (.xlsx)."),
    "web_page": _("This is a web page under the name of a workbook. Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."),
    "xml": _("This is an XML file. Open it in a spreadsheet program and save it as an Excel workbook (.xlsx)."),
    "image": _("This is a picture, not a table. Send the table itself as .xlsx, .ods or .csv."),
    "pdf": _("This is a PDF, from which a table cannot be read safely. Send the table itself as .xlsx, .ods or .csv."),
    "other_archive": _("This is an archive or a document, not a workbook. Send the table itself as .xlsx, .ods or .csv."),
    "json": _("This is JSON, not a table. Send a table as .xlsx, .ods or .csv, or a map file as GeoJSON."),
    "not_text": _("The file is neither a workbook nor text. Send the table as .xlsx, .ods or .csv."),
    "damaged": _("The workbook is damaged or not whole. Open it in a spreadsheet program, save it again and send it again."),
    "hostile": _("The workbook holds instructions that no table needs, so it is not opened. Save the table alone in a new workbook."),
    "time": _("Reading the file took too long, so it was stopped. Save the table alone in a new workbook, or split it."),
    "memory": _("The file needs more memory than a table may. Delete what does not belong to the table, or split the file."),
    "crashed": _("The file cannot be read. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx) and send it again."),
}  # fmt: skip


def refusal(code: str, details: dict[str, Any]) -> CannotRead:
    """This will make the exception for a code of the child, with the row where there is one."""
    known = code if code in REFUSALS else "crashed"
    params = {name: value for name, value in details.items() if name != "refused"}
    return CannotRead(REFUSALS[known], code=known, params=params, row=params.get("row"))


def note_words(code: str, params: dict[str, Any]) -> str:
    """This will say in a sentence what was left out or read with a doubt."""
    count = int(params.get("count", 0))
    if code == "formulas":
        text = ngettext(
            "%(count)s formula has never been calculated (first in row %(row)s) and is read as empty. Open the file in a spreadsheet program and save it.",
            "%(count)s formulas have never been calculated (first in row %(row)s) and are read as empty. Open the file in a spreadsheet program and save it.",
            count,
        )
    elif code == "hidden_rows":
        text = ngettext(
            "%(count)s row is hidden in the file (first row %(row)s); it is read like the others.",
            "%(count)s rows are hidden in the file (first row %(row)s); they are read like the others.",
            count,
        )
    elif code == "mixed_encoding":
        text = ngettext(
            "%(count)s row is written in another character encoding (row %(row)s). Check its letters.",
            "%(count)s rows are written in another character encoding (first row %(row)s). Check their letters.",
            count,
        )
    else:
        text = {
            "macros": gettext("The workbook has macros. They were not opened; only the values were read."),
            "links": gettext("The workbook refers to other files. They were not opened; the stored values were read."),
            "hidden_sheets": gettext("These sheets are hidden in the file: %(names)s."),
            "other_sheets": gettext("The sheet %(sheet)s was read. There are others: %(names)s."),
            "no_header": gettext("No header row was found, so the columns are named by their letters."),
        }.get(code, "")  # fmt: skip
    return text % params
