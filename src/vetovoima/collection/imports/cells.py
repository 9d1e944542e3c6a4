"""Reading one cell as the field that its column means: as the standard reads it, and a little more leniently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.registry import CHOICE, CHOICES, LINK, LIST, FieldSpec
from vetovoima.catalogue.validators import clean_value
from vetovoima.collection.standard.cells import Reading, read_cell
from vetovoima.common.geo import DEFAULT_BOX
from vetovoima.common.tables import CellError

from .words import read_choice, split_list

#: (value in JSON, as the source wrote it when it was converted)
Read = tuple[Any, str]
Reader = Callable[[Any], Read]


def cell_error(cell: CellError) -> ValidationError:
    """The refusal of a cell in which a spreadsheet could not calculate."""
    return ValidationError(
        _("The cell shows the error %(text)s instead of a value."),
        code="cell_error",
        params={"text": cell.text[:20]},
    )


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, days as 2026-10-12."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def reader_of(spec: FieldSpec, unit: str, style: str) -> Reader:
    """This will return the function that reads a column's cells; each raises ValidationError."""
    reading = Reading(style, {spec.name: unit} if unit else {})

    def read(cell: Any) -> Read:
        value, original = _read(spec, cell, reading)
        cleaned = clean_value(spec.name, value, DEFAULT_BOX)
        return (cleaned.isoformat() if isinstance(cleaned, date) else cleaned), original

    return read


def _read(spec: FieldSpec, cell: Any, reading: Reading) -> Read:
    if spec.type == CHOICE:
        return read_choice(spec.name, cell), ""
    if spec.type == CHOICES:
        return [read_choice(spec.name, one) for one in split_list(cell)], ""
    if spec.type == LIST:
        return split_list(cell, commas=spec.name.endswith("_ids")), ""
    if spec.type == LINK and str(cell).strip().startswith("www."):
        return f"https://{str(cell).strip()}", ""
    return read_cell(spec, cell, reading)
