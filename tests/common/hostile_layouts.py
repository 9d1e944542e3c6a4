"""Files that must be read right, however they are laid out."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from typing import Any

from vetovoima.common.tables import CellError

from .hostile_making import (
    GOOD,
    HEADER,
    ODS_TABLE,
    TWO_ROWS,
    case,
    changed,
    entries,
    inline,
    ods,
    packed,
    sheet_xml,
    text,
    workbook,
)

case(
    "good workbook",
    "a.xlsx",
    workbook,
    header=HEADER,
    rows=3,
    cells={(2, "Nimi"): "Paja", (3, HEADER[1]): 2.25, (4, HEADER[2]): None},
)
case("name says nothing", "file", workbook, header=HEADER, rows=3)
case("name says csv", "a.csv", workbook, header=HEADER, rows=3)
case("name says xls but it is xlsx", "a.xls", workbook, header=HEADER, rows=3)
case(
    "whole numbers stay whole",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", 3.0], ["y", 1e15]]),
    cells={(2, "B"): 3, (3, "B"): 10**15},
)
case(
    "true and false",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", True], ["y", False]]),
    cells={(2, "B"): True, (3, "B"): False},
)
case(
    "days",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", date(2026, 10, 12)]]),
    cells={(2, "B"): date(2026, 10, 12)},
)
case(
    "moments keep their day first",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", datetime(2026, 10, 12, 13, 45)]]),
    cells={(2, "B"): "2026-10-12 13:45"},
)
case("times", "a.xlsx", lambda: workbook([["A", "B"], ["x", time(13, 45)]]), cells={(2, "B"): "13:45"})
case(
    "days as text stay text",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", "12.10.2026"], ["y", "10/12/2026"], ["z", "Oct 12, 2026"]]),
    cells={(2, "B"): "12.10.2026", (3, "B"): "10/12/2026"},
)
case("days before 1900", "a.xlsx", lambda: workbook([["A", "B"], ["x", -5], ["y", 60]]), cells={(2, "B"): -5})
case(
    "numbers as text",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", "1 234,5"], ["y", "00123"]]),
    cells={(2, "B"): "1 234,5", (3, "B"): "00123"},
)
case(
    "text with blanks around",
    "a.xlsx",
    lambda: workbook([[" A ", "B\nC"], ["  x ", " \u00a0"], ["y", 1]]),
    header=["A", "B C"],
    cells={(2, "A"): "x", (2, "B C"): None},
)
case(
    "emoji and right to left",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["🏭 \u202eabc", "שלום"]]),
    cells={(2, "B"): "שלום"},
)
case(
    "a cell of 32,767 characters",
    "a.xlsx",
    lambda: workbook([["A", "B"], ["x", "y" * 32_767]]),
    cells={(2, "B"): "y" * 32_767},
)
case(
    "300 columns",
    "a.xlsx",
    lambda: workbook([[f"C{n}" for n in range(300)], list(range(300))]),
    rows=1,
    cells={(2, "C299"): 299},
)
case("good ods", "a.ods", lambda: ods(ODS_TABLE), header=["Nimi", "Ala"], cells={(2, "Ala"): 1.5})
case(
    "ods with the empty end repeated a million times",
    "a.ods",
    lambda: ods(
        ODS_TABLE
        + '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ),
    header=["Nimi", "Ala"],
    rows=1,
)
case(
    "macro workbook: values only",
    "a.xlsm",
    lambda: packed({**entries(workbook()), "xl/vbaProject.bin": b"\x01\x16\x01VBA"}),
    header=HEADER,
    notes="macros",
)
case(
    "old macro sheets",
    "a.xlsx",
    lambda: packed({**entries(workbook()), "xl/macrosheets/sheet1.xml": b"<x/>"}),
    header=HEADER,
    notes="macros",
)
case(
    "links to other files",
    "a.xlsx",
    lambda: packed({**entries(workbook()), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
    header=HEADER,
    notes="other files",
)
case(
    "stored without packing",
    "a.xlsx",
    lambda: packed(entries(workbook()), zipfile.ZIP_STORED),
    header=HEADER,
    rows=3,
)

case(
    "title rows above",
    "a.xlsx",
    lambda: workbook([["Kunnan tontit 2026"], ["Päivitetty 1.10.2026"], [], *GOOD]),
    header=HEADER,
    rows=3,
    cells={(5, "Nimi"): "Paja"},
)
case(
    "empty first columns and rows",
    "a.xlsx",
    lambda: workbook([[], [], *[[None, None, *row] for row in GOOD]]),
    header=HEADER,
    rows=3,
    cells={(4, "Nimi"): "Paja"},
)
case(
    "title in a column of its own",
    "a.xlsx",
    lambda: workbook([["Tontit"], [], *[[None, *row] for row in GOOD]]),
    header=HEADER,
    rows=3,
)
case(
    "blank rows between",
    "a.xlsx",
    lambda: workbook([GOOD[0], [], GOOD[1], [], [], GOOD[2]]),
    rows=2,
    cells={(6, "Nimi"): "Talo"},
)


def _two_rows(book: Any, sheet: Any) -> None:
    sheet.merge_range(0, 0, 1, 0, "Nimi")
    sheet.merge_range(0, 1, 0, 2, "Pinta-ala")
    sheet.merge_range(0, 3, 0, 4, "Etäisyys, km")
    for column, word in enumerate(("ha", "m²", "tie", "rata"), 1):
        sheet.write(1, column, word)
    for row in (2, 3):
        for column, cell in enumerate(("Paja", 1.5, 15000, 2, 7)):
            sheet.write(row, column, cell)


def _banner(book: Any, sheet: Any) -> None:
    sheet.merge_range(0, 0, 0, 2, "Sotkamon vapaat tontit")
    for at, row in enumerate(GOOD, 1):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(at, column, cell)


case(
    "merged header of two rows",
    "a.xlsx",
    lambda: workbook([], _two_rows),
    header=["Nimi", "Pinta-ala – ha", "Pinta-ala – m²", "Etäisyys, km – tie", "Etäisyys, km – rata"],
    rows=2,
    cells={(3, "Pinta-ala – m²"): 15000},
)
case("merged banner above", "a.xlsx", lambda: workbook([], _banner), header=HEADER, rows=3)
case(
    "two header rows in CSV",
    "a.csv",
    lambda: text(
        [
            ["Nimi", "Ala", "", "Matka"],
            ["", "ha", "m2", "km"],
            ["Paja", "1", "10000", "3"],
            ["Talo", "2", "20000", "4"],
        ]
    ),
    rows=None,
)
case(
    "double and empty headers",
    "a.xlsx",
    lambda: workbook([["Nimi", "Ala", "Ala", None, "ala"], ["x", 1, 2, 3, 4]]),
    header=["Nimi", "Ala", "Ala (2)", "D", "ala (3)"],
)
case(
    "no header at all",
    "a.xlsx",
    lambda: workbook([["x", 1, 2], ["y", 3, 4]]),
    header=["A", "B", "C"],
    rows=2,
    notes="letters",
)
case("only one column", "a.xlsx", lambda: workbook([["Nimi"], ["Paja"], ["Talo"]]), header=["Nimi"], rows=2)
case(
    "a header of numbers of years",
    "a.xlsx",
    lambda: workbook([["Nimi", "Kunta", "Ala", "Hinta", 2027], ["x", "y", 1, 2, 3]]),
    header=["Nimi", "Kunta", "Ala", "Hinta", "2027"],
)
case("empty columns at the end", "a.xlsx", lambda: workbook([[*row, " ", ""] for row in GOOD]), header=HEADER)
case(
    "hidden sheet",
    "a.xlsx",
    lambda: workbook(
        GOOD, lambda book, sheet: book.get_worksheet_by_name("Salainen").hide(), ("Tontit", "Salainen")
    ),
    header=HEADER,
    notes="Salainen",
)
case(
    "hidden rows",
    "a.xlsx",
    lambda: workbook(GOOD, lambda book, sheet: sheet.set_row(2, None, None, {"hidden": True})),
    rows=3,
    notes="hidden",
)
case(
    "first sheet empty",
    "a.xlsx",
    lambda: workbook(
        [],
        lambda book, sheet: (
            [book.get_worksheet_by_name("B").write_row(n, 0, row) for n, row in enumerate(GOOD)]
        ),
        ("A", "B"),
    ),
    header=HEADER,
)
case(
    "several sheets are told",
    "a.xlsx",
    lambda: workbook(
        GOOD, lambda book, sheet: book.get_worksheet_by_name("Muut").write(0, 0, "x"), ("Tontit", "Muut")
    ),
    notes="Muut",
)
case(
    "formulas with values",
    "a.xlsx",
    lambda: workbook(
        [["A", "B"]],
        lambda book, sheet: (sheet.write(1, 0, "x"), sheet.write_formula(1, 1, "=1+1", None, 2)),
    ),
    cells={(2, "B"): 2},
)
case(
    "formulas without values",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(TWO_ROWS + '<row r="3">' + inline("A3", "x") + '<c r="B3"><f>1+1</f></c></row>')
    ),
    notes="row 3",
    cells={(3, "Ala"): None},
)
case(
    "cell errors",
    "a.xlsx",
    lambda: workbook(
        [["A", "B", "C"]],
        lambda book, sheet: (
            (
                sheet.write(1, 0, "x"),
                sheet.write_formula(1, 1, "=NA()", None, "#N/A"),
                sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!"),
            )
        ),
    ),
    cells={(2, "B"): CellError("#N/A"), (2, "C"): CellError("#DIV/0!")},
)
case(
    "cell error at the end of a row",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(
            TWO_ROWS
            + '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="B3" t="e"><v>#REF!</v></c></row>'
        )
    ),
    cells={(3, "Ala"): CellError("#REF!")},
)
case(
    "1e999 in a cell",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(TWO_ROWS + '<row r="3">' + inline("A3", "x") + '<c r="B3"><v>1e999</v></c></row>')
    ),
    cells={(3, "Ala"): CellError("#NUM!")},
)
case(
    "not a number in a number cell",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(TWO_ROWS + '<row r="3">' + inline("A3", "x") + '<c r="B3"><v>NaN</v></c></row>')
    ),
    codes=("damaged", "crashed", ""),
)
case("control characters", "a.xlsx", lambda: workbook([["A", "B"], ["x\x01\x1f", "y_x0041_"]]), rows=1)
case(
    "formatted blanks far away",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(TWO_ROWS + '<row r="1048576"><c r="XFD1048576" s="0"/></row>', "A1:XFD1048576")
    ),
    header=["Nimi", "Ala"],
    rows=1,
)
case(
    "a lying dimension",
    "a.xlsx",
    lambda: changed(sheet1=sheet_xml(TWO_ROWS, "A1:XFD1048576")),
    header=["Nimi", "Ala"],
    rows=1,
)
case(
    "cells without addresses",
    "a.xlsx",
    lambda: changed(
        sheet1=sheet_xml(
            '<row><c t="inlineStr"><is><t>Nimi</t></is></c><c t="inlineStr"><is><t>Ala</t></is></c></row><row><c t="inlineStr"><is><t>x</t></is></c><c><v>2</v></c></row>'
        )
    ),
    header=["Nimi", "Ala"],
    cells={(2, "Ala"): 2},
)
case(
    "a formula that looks dangerous is only its value",
    "a.xlsx",
    lambda: workbook(
        [["A", "B"]],
        lambda book, sheet: (
            (sheet.write(1, 0, "x"), sheet.write_formula(1, 1, "=CMD|' /C calc'!A0", None, "ok"))
        ),
    ),
    cells={(2, "B"): "ok"},
)
