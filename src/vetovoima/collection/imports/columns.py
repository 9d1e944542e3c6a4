"""The columns of an import: guessed, given by another part of the system, or confirmed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.registry import DAY
from vetovoima.collection.standard.layout import is_example_row
from vetovoima.common.notation import DAY_ORDERS, STYLES, guess_style
from vetovoima.common.units import unit_of

from .beside import ORDER_OF_STYLE, look_at
from .enums import Rule
from .guessing import Guess, fits, guess_columns, plain
from .memory import Remembered
from .reading import LOOKED_AT, Sheet, machine_names, samples, units_in_cells
from .targets import PLACE, targets


class Column(TypedDict):
    """One column of the file. `how` says whence the guess: name, synonym, memory, likeness, hand, given or ""."""

    index: int
    header: str
    field: str
    unit: str
    rule: str
    how: str
    samples: list[str]
    #: the column that names the unit of each of this one's figures
    unit_from: NotRequired[int]
    #: a unit in the header that is not known, and what a person should look at
    strange_unit: NotRequired[str]
    note: NotRequired[str]


def guessed(sheet: Sheet, kind: str, memory: Remembered, style: str = "") -> tuple[list[Column], str]:
    """This will guess what every column means, and how numbers and days are written unless `style` says it:
    (columns, style)."""
    rows = sheet.sample()
    names = machine_names(rows[0][1]) if rows else None
    data = [row for row in (rows[1:] if names else rows) if not is_example_row(row[1])]
    if names:
        known = targets(kind, "en")
        guesses = [Guess(name if name in known else "", "", "name") for name in names]
    else:
        width = len(sheet.header)
        below = [[cells[index] for _number, cells in data[:LOOKED_AT]] for index in range(width)]
        guesses = guess_columns(sheet.header, kind, memory, units_in_cells(data, width), below)
    columns: list[Column] = [
        {
            "index": index, "header": header[:200], "field": found.field, "unit": found.unit, "rule": found.rule,
            "how": found.how if found.field or found.how == "memory" else "", "samples": samples(data, index),
        }
        for index, (header, found) in enumerate(zip(sheet.header, guesses, strict=True))
    ]  # fmt: skip
    texts = [cell for _number, cells in data for cell in cells if isinstance(cell, str)]
    found_style = style or guess_style(texts)
    for column, guess in zip(columns, guesses, strict=True):
        if guess.strange_unit:
            column["strange_unit"] = guess.strange_unit
        look_at(column, columns, data, kind, found_style)  # type: ignore[arg-type]
    return columns, found_style


def given(
    columns: Sequence[Column], mapping: Mapping[Any, Any], rules: Mapping[str, str] | None
) -> list[Column]:
    """This will set columns from {header or index: field or {field, unit, rule}}; a column not named is left out.

    `rules` are by field. Raises ValidationError when a named column is not in the file.
    """
    wanted = {plain(key) if isinstance(key, str) else key: value for key, value in mapping.items()}
    found: list[Column] = []
    for column in columns:
        value = wanted.pop(column["index"], None) or wanted.pop(plain(column["header"]), "")
        parts = value if isinstance(value, Mapping) else {"field": value}
        field = str(parts.get("field") or "")
        rule = str(parts.get("rule") or (rules or {}).get(_ruled_as(field)) or Rule.OVERWRITE)
        unit = str(parts.get("unit") or (column["unit"] if column["field"] == field else ""))
        found.append(_said_anew(column, {"field": field, "unit": unit, "rule": rule, "how": "given"}))
    if wanted:
        raise ValidationError(
            _("The file has no column %(names)s any more."),
            code="columns",
            params={"names": ", ".join(f"“{name}”" for name in wanted)},
        )
    return found


def _said_anew(column: Column, said: Mapping[str, str]) -> Column:
    """A column as it is said to be now; a unit that is said counts for each figure, whatever stands beside it."""
    fresh: Column = {**column, **said}  # type: ignore[typeddict-item]
    if said["unit"] or said["field"] != column["field"]:
        for name in ("unit_from", "strange_unit", "note"):
            fresh.pop(name, None)  # type: ignore[misc]
    return fresh


def _ruled_as(path: str) -> str:
    """By what name a rule speaks of a column: every column of a place is the place."""
    return "geometry" if path in PLACE else path.partition("@")[0]


def confirmed(
    kind: str, columns: Sequence[Column], chosen: Sequence[Mapping[str, str]], order: str = ""
) -> list[Column]:
    """This will take what a person chose for each column; `order` is how days are written of which nothing is chosen.

    Raises ValidationError by column (`column_3`).
    """
    known = targets(kind, "en")
    errors: dict[str, list[ValidationError]] = {}
    found: list[Column] = []
    for column, choice in zip(columns, chosen, strict=True):
        field, unit, rule = choice.get("field", ""), choice.get("unit", ""), choice.get("rule", "")
        name = f"column_{column['index']}"
        if field and field not in known:
            errors[name] = [ValidationError(_("Choose one of the list."), code="choice")]
            continue
        target = known.get(field)
        if target and target.type == DAY:
            unit = unit if unit in DAY_ORDERS else order
        else:
            unit = (unit_of(unit) or unit) if target and target.has_unit else ""
        if target and unit and target.type != DAY and not fits(unit, target.unit):
            errors[name] = [_wrong_unit(unit, target.unit)]
        how = column["how"] if field == column["field"] else "hand"
        rule = rule if rule in Rule.values else Rule.OVERWRITE
        found.append(_said_anew(column, {"field": field, "unit": unit, "rule": rule, "how": how}))
    for name, error in _twice(found):
        errors.setdefault(name, []).append(error)
    if not errors and not any(column["field"] for column in found):
        raise ValidationError(_("Say of at least one column what it holds."), code="nothing")
    if errors:
        raise ValidationError(errors)
    return found


def _wrong_unit(unit: str, wanted: str) -> ValidationError:
    return ValidationError(
        _("The unit %(given)s cannot be changed to %(wanted)s."),
        code="unit",
        params={"given": unit[:30], "wanted": wanted},
    )


def _twice(columns: Sequence[Column]) -> list[tuple[str, ValidationError]]:
    """Columns that go where an earlier one goes already."""
    first: dict[str, Column] = {}
    found = []
    for column in columns:
        other = first.setdefault(column["field"], column)
        if column["field"] and other is not column:
            error = ValidationError(
                _("The column “%(other)s” goes there already. Choose one of the two."),
                code="twice",
                params={"other": other["header"]},
            )
            found.append((f"column_{column['index']}", error))
    return found


def clean_style(style: str) -> str:
    """A known way to write numbers and days; Finnish otherwise."""
    return style if style in STYLES else "fi"


def order_of(style: str, before: str) -> str:
    """The order of day and month that a person says by choosing another style for the whole file; "" when they left it."""
    return ORDER_OF_STYLE.get(style, "d/m/y") if clean_style(style) != before else ""
