"""Sweeping over a sheet's XML for what the reader of cells does not tell: far cells, errors, formulas without values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .archives import Refused

#: only cells that hold something (not `<c …/>`): spreadsheets leave formatted blanks all over the place
FAR_COLUMN = re.compile(rb'<c r="([A-Z]{3}|[L-Z][A-Z]|K[O-Z])(\d+)"(?:[^>]*[^/>])?>')
FAR_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{6,}|[6-9]\d{4}|5[1-9]\d{3})"(?:[^>]*[^/>])?>')
ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>.{0,2000}?<v>(#[^<]{1,20})</v>', re.DOTALL
)
FORMULA = re.compile(
    rb'<c r="[A-Z]{1,3}(\d{1,7})"((?:[^>]*[^/>])?)><f(?:[^>]*/>|(?:[^>]*[^/>])?>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
HIDDEN = re.compile(rb'<row r="(\d{1,7})"[^>]*\bhidden="(?:1|true)"')
MAX_ERRORS = 100_000


@dataclass
class Sweep:
    """What was found: cell errors by row as (column, text), and counts with the first row of each."""

    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    error_count: int = 0
    formulas: int = 0
    first_formula: int = 0
    hidden_rows: int = 0
    first_hidden: int = 0


def sweep(pieces: Iterator[bytes]) -> Sweep:
    """This will look through a sheet piece by piece; raises Refused for a value far outside any table."""
    found, rest = Sweep(), b""
    for piece in pieces:
        text = rest + piece
        cut = text.rfind(b"<c ")
        # A cell longer than this is a text; nothing looked for is in it.
        if cut < 0 or len(text) - cut > 200_000:
            cut = max(len(text) - 2_000, 0)
        _look(text[:cut], found)
        rest = text[cut:]
    _look(rest, found)
    return found


def _look(text: bytes, found: Sweep) -> None:
    if match := FAR_COLUMN.search(text):
        raise Refused("too_many_columns", row=int(match[2]), column=match[1].decode())
    if match := FAR_ROW.search(text):
        raise Refused("too_many_rows", row=int(match[1]))
    if b't="e"' in text and found.error_count < MAX_ERRORS:
        for match in ERROR.finditer(text):
            found.errors.setdefault(int(match[2]), []).append((_column(match[1]), match[3].decode()))
            found.error_count += 1
    if b"<f" in text:
        for match in FORMULA.finditer(text):
            if b't="str"' not in match[2]:
                found.formulas += 1
                found.first_formula = found.first_formula or int(match[1])
    if b"hidden" in text:
        for match in HIDDEN.finditer(text):
            found.hidden_rows += 1
            found.first_hidden = found.first_hidden or int(match[1])


def _column(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1
