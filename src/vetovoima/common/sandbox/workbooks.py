"""Reading xlsx, xlsm and ods in the child, with calamine, after the archive has been counted and swept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from .archives import Archive, Refused
from .headers import Merge
from .sweeping import Sweep, sweep
from .tables import Source, is_blank

MAX_SHEETS = 20
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def open_workbook(path: Path, wanted: str) -> Source:
    """This will open one sheet of a workbook: the wanted one, else the first visible one that holds anything."""
    archive = Archive(path.read_bytes())
    format_ = _format(archive)
    archive.check()
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = book.sheets_metadata
    except PasswordError as error:
        raise Refused("password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("damaged") from error
    names = [sheet.name for sheet in sheets]
    if len(names) > MAX_SHEETS:
        raise Refused("too_many_sheets", count=len(names), limit=MAX_SHEETS)
    hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
    name, sheet, found = _sheet(archive, format_, book, names, hidden, wanted)
    return Source(
        format_,
        _rows(sheet, found),
        names,
        hidden,
        name,
        merges=_merges(sheet),
        notes=_notes(archive, names, hidden, name, found),
    )


def _format(archive: Archive) -> str:
    names = set(archive.entries)
    if "EncryptedPackage" in names:
        raise Refused("password")
    if "xl/workbook.bin" in names:
        raise Refused("binary_excel")
    if b"opendocument.spreadsheet" in archive.text("mimetype", 100):
        if b"encryption-data" in archive.text("META-INF/manifest.xml"):
            raise Refused("password")
        return "ods"
    if "xl/workbook.xml" in names or any(name.lower() == "xl/workbook.xml" for name in names):
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        raise Refused("damaged")
    raise Refused("other_archive")


def _sheet(
    archive: Archive, format_: str, book: CalamineWorkbook, names: list[str], hidden: list[str], wanted: str
) -> tuple[str, CalamineSheet, Sweep]:
    if wanted and wanted not in names:
        raise Refused("no_sheet", sheet=wanted[:60], sheets=", ".join(names)[:300])
    candidates = [wanted] if wanted else [name for name in names if name not in hidden] + hidden
    places = {} if format_ == "ods" else _places(archive)
    for name in candidates:
        found = sweep(archive.pieces(places[name])) if name in places else Sweep()
        try:
            sheet = book.get_sheet_by_name(name)
        except (CalamineError, ValueError, OSError) as error:
            raise Refused("damaged") from error
        if sheet.height and not all(all(map(is_blank, row)) for row in sheet.iter_rows()):
            return name, sheet, found
    raise Refused("empty_sheet", sheet=wanted) if wanted else Refused("empty_workbook")


def _places(archive: Archive) -> dict[str, str]:
    """The entry of each sheet. Document types were refused before, so the plain parser is safe."""
    try:
        book = ElementTree.fromstring(archive.text("xl/workbook.xml", 10_000_000))  # noqa: S314
        links = ElementTree.fromstring(archive.text("xl/_rels/workbook.xml.rels", 10_000_000))  # noqa: S314
    except ElementTree.ParseError:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = {}
    for sheet in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"):
        target = targets.get(sheet.get(OFFICE), "")
        place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if place in archive.entries:
            found[sheet.get("name", "")] = place
    return found


def _merges(sheet: CalamineSheet) -> list[Merge]:
    return [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]


def _rows(sheet: CalamineSheet, found: Sweep) -> Iterator[tuple[int, list[Any]]]:
    start = sheet.start
    before: list[Any] = [None] * (start[1] if start else 0)
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = before + row
        for column, text in found.errors.get(number, ()):
            if column >= len(cells):
                cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = {"e": text}
        yield number, cells


def _notes(
    archive: Archive, names: list[str], hidden: list[str], name: str, found: Sweep
) -> list[tuple[str, dict[str, Any]]]:
    notes: list[tuple[str, dict[str, Any]]] = []
    if any(re.search(r"vbaProject|/macrosheets/|Basic/", entry) for entry in archive.entries):
        notes.append(("macros", {}))
    if any(entry.startswith("xl/externalLinks/") for entry in archive.entries):
        notes.append(("links", {}))
    if found.formulas:
        notes.append(("formulas", {"count": found.formulas, "row": found.first_formula}))
    if found.hidden_rows:
        notes.append(("hidden_rows", {"count": found.hidden_rows, "row": found.first_hidden}))
    if hidden:
        notes.append(("hidden_sheets", {"names": ", ".join(hidden)}))
    others = [one for one in names if one != name and one not in hidden]
    if others:
        notes.append(("other_sheets", {"sheet": name, "names": ", ".join(others)}))
    return notes
