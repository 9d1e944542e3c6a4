"""Makers of files for the corpus: workbooks, archives, OpenDocument tables, CSV; and what a case of it is."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

GOOD = [["Nimi", "Pinta-ala (ha)", "Hinta €/m²"], ["Paja", 1.5, 4], ["Talo", 2.25, 5.5], ["Halli", 3, None]]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True)
class Case:
    """One file: its name, what makes it, and what must become of it."""

    filename: str
    make: Callable[[], bytes]
    #: the code of the refusal; "" when it must be read
    code: str = ""
    row: int | None = None
    header: list[str] | None = None
    cells: dict[tuple[int, str], Any] = field(default_factory=dict)
    notes: str = ""
    rows: int | None = None
    codes: tuple[str, ...] = ()


FILES: dict[str, Case] = {}


def case(name: str, filename: str, make: Callable[[], bytes], code: str = "", **more: Any) -> None:
    """This will add a file to the corpus."""
    assert name not in FILES, name
    FILES[name] = Case(filename, make, code, **more)


def workbook(
    rows: list[list[Any]] | None = None,
    then: Callable[[Any, Any], object] | None = None,
    sheets: tuple[str, ...] = ("Tontit",),
) -> bytes:
    """This will make an xlsx with the rows in its first sheet; `then(book, sheet)` adds to it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_numbers": False, "nan_inf_to_errors": True}
    )
    made = [book.add_worksheet(name) for name in sheets]
    day = book.add_format({"num_format": "d.m.yyyy"})
    for at, row in enumerate(GOOD if rows is None else rows):
        for column, cell in enumerate(row):
            if isinstance(cell, (date, datetime, time)):
                made[0].write_datetime(at, column, cell, day)
            elif cell is not None:
                made[0].write(at, column, cell)
    if then:
        then(book, made[0])
    book.close()
    return file.getvalue()


def entries(content: bytes) -> dict[str, bytes]:
    """This will return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """This will make an archive of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def changed(**replacements: bytes | None) -> bytes:
    """This will make the good workbook with parts replaced, by the last word of their names; None removes a part."""
    parts = entries(workbook())
    for word, content in replacements.items():
        name = next((one for one in parts if word in one.lower().replace(".", "_")), f"xl/{word}.xml")
        if content is None:
            parts.pop(name, None)
        else:
            parts[name] = content
    return packed(parts)


def sheet_xml(body: str, dimension: str = "A1:C4", head: str = "") -> bytes:
    """This will make the XML of a sheet."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/>'
        f"<sheetData>{body}</sheetData></worksheet>"
    ).encode()


def inline(place: str, text: str) -> str:
    """This will make a cell that holds its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


TWO_ROWS = (
    f'<row r="1">{inline("A1", "Nimi")}{inline("B1", "Ala")}</row>'
    f'<row r="2">{inline("A2", "Paja")}<c r="B2"><v>1.5</v></c></row>'
)


def ods(
    body: str, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet", manifest: str = ""
) -> bytes:
    """This will make an OpenDocument spreadsheet of table rows."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Tontit">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    mani = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}">{manifest}'
        "</manifest:file-entry></manifest:manifest>"
    )
    return packed(
        {
            "mimetype": mimetype.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": mani.encode(),
        }
    )


def ods_row(*cells: Any, repeat: int = 1) -> str:
    """This will make a row of an OpenDocument table."""
    made = "".join(
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        if isinstance(cell, (int, float))
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeat}">{made}</table:table-row>'


ODS_TABLE = ods_row("Nimi", "Ala") + ods_row("Paja", 1.5)


def text(
    rows: list[list[Any]] | None = None, delimiter: str = ";", encoding: str = "utf-8", end: str = "\r\n"
) -> bytes:
    """This will make a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows or CSV_ROWS)
    return file.getvalue().encode(encoding)


CSV_ROWS: list[list[Any]] = [
    ["Nimi", "Pinta-ala", "Hinta"],
    ["Päijänteen ranta", "1,5", "4"],
    ["Åkerö", "2,25", "5,50"],
]
CSV_HEADER = ["Nimi", "Pinta-ala", "Hinta"]
HEADER = ["Nimi", "Pinta-ala (ha)", "Hinta €/m²"]
