"""Records as the standard's workbook or CSV: the same layout as the empty form, so that reading it back changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from vetovoima.catalogue.models import Site
from vetovoima.common.formulas import safe
from vetovoima.common.notation import unambiguous
from vetovoima.reference.queries import municipalities

from .layout import Column, columns_for, fit, is_core
from .rendering import COMMA, CellValue, cell_of
from .workbook import build


def export_workbook(sites: Iterable[Site], language: str) -> bytes:
    """This will write records as a workbook of the standard, in the words of a language."""
    columns, rows, kind = table_of(sites, language)
    names = [one.name.best(language)[0] for one in municipalities()]
    return build(columns, rows, language=language, kind=kind, municipalities=names)


def export_csv(sites: Iterable[Site], language: str) -> str:
    """This will write records as CSV of the standard: decimal comma and semicolons in Finnish and Swedish."""
    columns, rows, _kind = table_of(sites, language)
    return csv_text(columns, rows, language)


def table_of(sites: Iterable[Site], language: str) -> tuple[list[Column], list[list[CellValue]], str]:
    """This will lay out records: the columns that hold anything and the usual ones, the rows, and the kind if it is one."""
    found = list(sites)
    kinds = {site.kind for site in found}
    kind = kinds.pop() if len(kinds) == 1 else ""
    every = columns_for(kind, language=language)
    full = [[cell_of(site, place, language) for place in every] for site in found]
    used = [at for at, place in enumerate(every) if any(row[at] is not None for row in full)]
    usual = {
        at for at, place in enumerate(every) if is_core(place, kind, (), language) and place.group != "*"
    }
    kept = _fitting(every, used, usual, kind, language)
    return [every[at] for at in kept], [[row[at] for at in kept] for row in full], kind


def _fitting(
    every: Sequence[Column], used: list[int], usual: set[int], kind: str, language: str
) -> list[int]:
    """What holds something goes before what is empty, when there are more columns than a file may have."""
    wanted = sorted({*used, *usual})
    if len(fit([every[at] for at in wanted], kind, (), language)) < len(wanted):
        wanted = used
    kept = set(fit([every[at] for at in wanted], kind, (), language))
    return [at for at in wanted if every[at] in kept]


def csv_text(columns: Sequence[Column], rows: Iterable[Sequence[CellValue]], language: str) -> str:
    """This will write a CSV file with its mark for spreadsheet programs: labels, machine names, rows."""
    file = io.StringIO()
    mark = "," if language in COMMA else "."
    writer = csv.writer(file, delimiter=";" if mark == "," else ",", lineterminator="\r\n")
    writer.writerow([safe(place.label(language)) for place in columns])
    writer.writerow([place.name for place in columns])
    writer.writerows([_written(cell, mark) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _written(cell: CellValue, mark: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return unambiguous(cell, mark) if isinstance(cell, (int, float)) else safe(cell)
