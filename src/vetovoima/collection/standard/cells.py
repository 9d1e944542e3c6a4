"""From a cell to a value of a field: numbers with units, days, words, lists, positions. Pure; no tables are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.registry import (
    CHOICE,
    CHOICES,
    DAY,
    FIGURES,
    FLAG,
    LINK,
    LIST,
    SHAPE,
    TEXT,
    WHOLE,
    YEARS,
    FieldSpec,
)
from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.notation import DAY_ORDERS, no_number, read_day, read_flag, read_number
from vetovoima.common.units import convert, split_unit, unit_of

from . import words

#: one item of a cell that lists things: in quotation marks (doubled inside) it may hold the separators themselves
QUOTED = r'\s*"(?P<quoted>(?:[^"]|"")*)"[^\S\n]*(?=[{marks}]|$)'
MARKS, MARKS_WITH_COMMA = ";|\n", ";|,\n"
ITEM = re.compile(rf"(?:{QUOTED.format(marks=MARKS)}|(?P<plain>[^{MARKS}]*))(?:[{MARKS}]|$)")
ITEM_WITH_COMMAS = re.compile(
    rf"(?:{QUOTED.format(marks=MARKS_WITH_COMMA)}|(?P<plain>[^{MARKS_WITH_COMMA}]*))(?:[{MARKS_WITH_COMMA}]|$)"
)
NEEDS_QUOTES = re.compile(r'[;|,\n"]')
#: what may stand beside a figure as a unit that we do not know: one word, a currency, the like of kr/m²
LIKE_A_UNIT = re.compile(r"[^\W\d_$£¥%‰€]{0,12}[$£¥%‰€]?[²³23]?(?:/[^\W\d_]{1,8}[²³23]?)*")
YEAR = re.compile(r"\s*(\d{4})\s*[:=]\s*(.+)", re.DOTALL)


@dataclass
class Reading:
    """How cells are read: the style of numbers and days, and the units that headers name."""

    style: str = "fi"
    units: Mapping[str, str] = field(default_factory=dict)


def read_cell(spec: FieldSpec, cell: Any, reading: Reading) -> tuple[Any, str]:
    """This will read one cell that holds something; returns (value, the figure as it was written if converted).

    Raises ValidationError.
    """
    if spec.type in FIGURES:
        return figure(spec, cell, reading)
    return READERS.get(spec.type, _as_it_is)(spec, cell, reading), ""


def figure(spec: FieldSpec, cell: Any, reading: Reading) -> tuple[float, str]:
    """This will read a number in the field's unit, out of "12,5 acres" or of a number under a header with a unit."""
    given = reading.units.get(spec.name, "")
    text, unit = (cell, "") if isinstance(cell, (int, float)) else split_unit(str(cell))
    if isinstance(cell, bool):
        raise no_number(cell)
    if unit and not unit_of(unit) and unit != spec.unit:
        raise _beside(spec, cell, unit)
    number = read_number(text, reading.style)
    unit = unit or given
    if not unit or not spec.unit or _same(unit, spec.unit):
        return _whole(spec, number), ""
    converted = convert(number, unit, spec.unit)
    written = str(cell).strip() if isinstance(cell, str) else f"{number:g}"
    original = (
        written if not isinstance(cell, (int, float)) and split_unit(written)[1] else f"{written} {unit}"
    )
    return _whole(spec, converted), original


def _beside(spec: FieldSpec, cell: Any, unit: str) -> ValidationError:
    """The refusal of a figure with words beside it, "12 kpl tontteja", or with a unit that nobody here knows, "10 kr/m²":
    both are for a person to decide."""
    if not spec.unit or not LIKE_A_UNIT.fullmatch(unit):
        return no_number(cell)
    return ValidationError(
        _("“%(unit)s” is not a unit or a currency that is known here. Give the figure in %(wanted)s."),
        code="unknown_unit",
        params={"unit": unit[:30], "wanted": spec.unit},
    )


def _same(unit: str, wanted: str) -> bool:
    """The same unit by whatever name; "€" alone is enough beside a price for each square metre."""
    known = unit_of(unit) or unit
    return known == (unit_of(wanted) or wanted) or (known == "€" and wanted.startswith("€/"))


def _whole(spec: FieldSpec, number: float) -> float | int:
    if spec.type != WHOLE:
        return number
    if abs(number - round(number)) > 1e-6:
        raise ValidationError(_("Give a whole number."), code="whole")
    return round(number)


def _text(_spec: FieldSpec, cell: Any, _reading: Reading) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return cell if isinstance(cell, str) else str(cell)


def _day(spec: FieldSpec, cell: Any, reading: Reading) -> Any:
    return read_day(cell, DAY_ORDERS.get(reading.units.get(spec.name, ""), reading.style))


def _flag(_spec: FieldSpec, cell: Any, _reading: Reading) -> bool | None:
    return read_flag(cell)


def choice(spec: FieldSpec, cell: Any, _reading: Reading | None = None) -> str:
    """This will find a choice by its value or its word in any language; raises ValidationError with the choices."""
    found = words.choices_of(spec.name).get(words.key(str(cell)))
    if found is None:
        raise ValidationError(
            _("“%(text)s” is not one of the choices."), code="choice", params={"text": str(cell)[:40]}
        )
    return found


def _choices(spec: FieldSpec, cell: Any, _reading: Reading) -> list[str]:
    return [choice(spec, one) for one in items(cell)]


def items(cell: Any, *, commas: bool = False) -> list[str]:
    """This will split a cell that lists things: one on each line, or divided by semicolons or bars (or `commas`).

    An item in quotation marks is taken as it is: `joined` writes those so that hold a separator.
    """
    if isinstance(cell, (list, tuple)):
        return [text for one in cell if (text := str(one).strip())]
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    pattern = ITEM_WITH_COMMAS if commas else ITEM
    if '"' not in text and "\n" in text and not commas:
        return [part.strip() for part in text.split("\n") if part.strip()]
    found = (
        (match["quoted"].replace('""', '"') if match["quoted"] is not None else match["plain"]).strip()
        for match in pattern.finditer(text)
    )
    return [part for part in found if part]


def joined(parts: Iterable[str]) -> str:
    """This will write a list into one cell, as `items` reads it: an item that holds a separator in quotation marks."""
    return "; ".join(
        '"' + part.replace('"', '""') + '"' if NEEDS_QUOTES.search(part) else part for part in parts
    )


def _list(_spec: FieldSpec, cell: Any, _reading: Reading) -> list[str]:
    return items(cell)


def _years(spec: FieldSpec, cell: Any, reading: Reading) -> dict[str, float]:
    """Figures by year: "2027: 40; 2028: 60" or one on each line."""
    if isinstance(cell, dict):
        return cell
    found = {}
    for part in items(cell):
        match = YEAR.fullmatch(part)
        if match is None:
            raise ValidationError(_("Give a figure for each year, for example 2028: 40."), code="years")
        found[match[1]] = float(figure(spec, match[2].strip(), reading)[0])
    return found


def _shape(_spec: FieldSpec, cell: Any, _reading: Reading) -> Any:
    """GeoJSON as it is, coordinates as a person writes them."""
    if isinstance(cell, dict) or (isinstance(cell, str) and cell.lstrip().startswith("{")):
        return cell
    return parse_coordinates(str(cell))


def _as_it_is(_spec: FieldSpec, cell: Any, _reading: Reading) -> Any:
    return cell


READERS: dict[str, Callable[[FieldSpec, Any, Reading], Any]] = {
    TEXT: _text, LINK: _text, DAY: _day, FLAG: _flag, CHOICE: choice, CHOICES: _choices, LIST: _list, YEARS: _years,
    SHAPE: _shape,
}  # fmt: skip
