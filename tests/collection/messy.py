"""A messy spreadsheet of twenty plots, as a steward has one: made for tests, spoilt in the ways real ones are.

The names are those of places in Kainuu's offer (a frozen copy, so that the tests need nothing beside the project);
every figure beside them is made up for the test and true of nothing. `make_workbook` writes the file.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

#: the first rows hold a title, a date and nothing; the header takes two rows
FIRST_DATA_ROW = 6
NBSP = "\u00a0"
NAMES = (
    "Renforsin Ranta", "Pohjan Sellu", "Otanmäki", "Otanmäen kaivosalue", "Petäisenniska", "Kantola", "Vartius",
    "Kylänpuro", "Paltamon teollisuusalue", "Nivu", "Satama-alue", "Itärinne", "Talvivaaran teollisuusalue", "Taivaljärvi",
    "Mineraalipuisto", "Pesiön asema", "Honkavaara", "Biokaasualue", "Tonkopuro", "Ukkohalla",
)  # fmt: skip
GROUPS = (("", 3), ("Koordinaatit (ETRS-TM35FIN)", 2), ("Koko ja hinta", 3), ("Kaava", 2), ("", 9))
HEADERS = (
    "Nro", "Kohteen nimi", "Kunta", "N", "E", "Pinta-ala (ha)", "Rak.oikeus k-m2", "Hinta €/m2", "Kaavatilanne",
    "Kaavamerkintä", "Saatavuus", "Vapautuu", "Sähköteho MW", "Omistaja", "Luovutustapa", "Etäisyys päätielle km", "Kiinteistötunnus",
    "Lisätiedot", "Päivitetty",
)  # fmt: skip
#: rows that must be mended before they can be taken in → the field that is wrong
BROKEN = {
    "Kylänpuro": "availability",
    "Itärinne": "price_eur_m2",
    "Honkavaara": "geometry",
    "Tonkopuro": "free_capacity_mw",
}
#: what to write instead, by name: column header and text
MENDS = {
    "Kylänpuro": ("Saatavuus", "vapaa"),
    "Itärinne": ("Hinta €/m2", "3,50"),
    "Honkavaara": ("N", "7120500"),
    "Tonkopuro": ("Sähköteho MW", "4"),
}
#: what some rows mean, whatever they look like: name → {field: value}
MEANT: dict[str, dict[str, Any]] = {
    "Renforsin Ranta": {"area_m2": 125_000.0, "free_capacity_mw": 20.0, "availability": "available"},
    "Pohjan Sellu": {"area_m2": 120_000.0, "availability": "reserved"},
    "Otanmäki": {"area_m2": 121_405.692672},
    "Otanmäen kaivosalue": {"area_m2": 45_000.0, "price_eur_m2": 1250.5},
    "Vartius": {"plan_state": "detailed_in_force", "available_from": "2026-06-01"},
    "Mineraalipuisto": {"plan_state": {"absent": "unknown"}, "owner_kind": {"absent": "unknown"}},
    "Kantola": {"tenure": "both"},
    "Nivu": {"tenure": "lease", "available_from": "2026-06-01", "plan_state": "detailed_pending"},
    "Satama-alue": {"available_from": "2026-06-01"},
}


@dataclass
class Messy:
    """The file, and where each name stands in it."""

    content: bytes
    rows: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    total: int = 0


def _plain(number: int, name: str, town: str) -> dict[str, Any]:
    """A row without a fault."""
    return {
        "Nro": number, "Kohteen nimi": name, "Kunta": town.capitalize(), "N": 7_110_000 + 1500 * number,
        "E": 545_000 + 900 * number, "Pinta-ala (ha)": 1.5 + number / 4, "Rak.oikeus k-m2": 2000 + 100 * number,
        "Hinta €/m2": 3.5, "Kaavatilanne": "asemakaava", "Kaavamerkintä": "T", "Saatavuus": "vapaa",
        "Vapautuu": None, "Sähköteho MW": 2, "Omistaja": "kunta", "Luovutustapa": "myynti", "Etäisyys päätielle km": 1.2,
        "Kiinteistötunnus": f"999-401-{number}-1", "Lisätiedot": "Testiaineistoa", "Päivitetty": date(2026, 2, 3),
    }  # fmt: skip


def _spoilt(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """What is wrong or strange in a row, each in its own way."""
    odd: dict[str, dict[str, Any]] = {
        "Renforsin Ranta": {"Pinta-ala (ha)": "12,5", "Sähköteho MW": "20 000 kW", "Saatavuus": "Heti vapaa"},
        "Pohjan Sellu": {"Pinta-ala (ha)": "n. 12 ha", "Saatavuus": "VARATTU", "Kunta": f"{row['Kunta']}n kunta"},
        "Otanmäki": {"Pinta-ala (ha)": "30 acres", "Hinta €/m2": "ei tiedossa"},
        "Otanmäen kaivosalue": {"Pinta-ala (ha)": f"45{NBSP}000 m2", "Hinta €/m2": f"1{NBSP}250,50 €/m2"},
        "Petäisenniska": {"N": row["E"], "E": row["N"]},
        "Kantola": {"N": "64,1272", "E": "28,3850", "Luovutustapa": "myydään / vuokrataan"},
        "Vartius": {"N": 28.1, "E": 64.1, "Kaavatilanne": "Asemakaava voimassa", "Vapautuu": date(2026, 6, 1)},
        "Kylänpuro": {"Saatavuus": "vapaanna"},
        "Paltamon teollisuusalue": {"Kunta": row["Kunta"][:2] + row["Kunta"][3:], "Rak.oikeus k-m2": "ei tutkittu"},
        "Nivu": {"Luovutustapa": "VUOKRA", "Omistaja": "Kunta ", "Vapautuu": "1.6.2026", "Kaavatilanne": "asemakaava vireillä"},
        "Satama-alue": {"Vapautuu": "2026-06-01", "Pinta-ala (ha)": "  4 "},
        "Itärinne": {"Hinta €/m2": "kysy kunnasta"},
        "Talvivaaran teollisuusalue": {"Sähköteho MW": "ei ole", "Saatavuus": "myyty"},
        "Taivaljärvi": {"Vapautuu": "1. kesäkuuta 2026", "Etäisyys päätielle km": "800 m"},
        "Mineraalipuisto": {"Kaavatilanne": "?", "Kaavamerkintä": "–", "Omistaja": "ei tiedossa"},
        "Pesiön asema": {"N": f"7{NBSP}110{NBSP}500", "E": "545 900,5"},
        "Honkavaara": {"N": 120_500},
        "Tonkopuro": {"Sähköteho MW": "=NA()"},
        "Ukkohalla": {"Hinta €/m2": "3.50", "Kiinteistötunnus": "999-401-20-1; 999-401-20-2"},
    }  # fmt: skip
    return {**row, **odd.get(name, {})}


def make_rows(town: str) -> list[dict[str, Any] | None]:
    """The rows of the table; None is an empty row. The second plot stands there twice, the last row sums up."""
    rows: list[dict[str, Any] | None] = []
    for number, name in enumerate(NAMES, 1):
        rows.append(_spoilt(name, _plain(number, name, town)))
        if name in ("Petäisenniska", "Nivu"):
            rows.append(None)
    rows.append(dict(rows[1] or {}))
    rows.append({"Nro": "Yhteensä", "Pinta-ala (ha)": 241.7})
    return rows


def make_workbook(town: str = "sotkamo") -> Messy:
    """This will write the workbook of a municipality, given by its slug."""
    messy = Messy(b"")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tontit 2026")
        day = book.add_format({"num_format": "d.m.yyyy"})
        sheet.merge_range(0, 0, 0, 6, f"{town.capitalize()}: vapaat tontit (TESTIAINEISTO)")
        sheet.write(1, 0, "Päivitetty 3.2.2026 / tekninen toimi")
        _write_groups(sheet)
        for column, header in enumerate(HEADERS):
            sheet.write(4, column, header)
        for index, row in enumerate(make_rows(town)):
            _write_row(sheet, FIRST_DATA_ROW - 1 + index, row or {}, day)
            _remember(messy, FIRST_DATA_ROW + index, row or {})
    messy.content = buffer.getvalue()
    return messy


def _write_groups(sheet: Any) -> None:
    column = 0
    for label, width in GROUPS:
        if label:
            sheet.merge_range(3, column, 3, column + width - 1, label)
        column += width


def _write_row(sheet: Any, index: int, row: dict[str, Any], day: Any) -> None:
    for column, header in enumerate(HEADERS):
        value = row.get(header)
        if isinstance(value, date):
            sheet.write_datetime(index, column, value, day)  # type: ignore[arg-type]
        elif value == "=NA()":
            sheet.write_formula(index, column, value, None, "#N/A")
        elif isinstance(value, str):
            sheet.write_string(index, column, value)
        elif value is not None:
            sheet.write(index, column, value)


def _remember(messy: Messy, number: int, row: dict[str, Any]) -> None:
    name = row.get("Kohteen nimi")
    if row.get("Nro") == "Yhteensä":
        messy.total = number
    elif name in messy.rows:
        messy.repeated = number
    elif name:
        messy.rows[name] = number


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1]).write_bytes(make_workbook(*sys.argv[2:3]).content)
