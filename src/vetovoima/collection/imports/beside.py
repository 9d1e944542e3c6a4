"""What stands beside a column's values and decides what they mean: a column of units, the order of day and month."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.registry import DAY
from vetovoima.common.notation import COMMA_STYLES, DAY_ORDERS, order_of_day, unambiguous
from vetovoima.common.units import split_unit, unit_of

from .guessing import fits
from .targets import Target, targets
from .words import says_nothing

Rows = Sequence[tuple[int, Sequence[Any]]]
#: the order of day and month by the style of the file
ORDER_OF_STYLE = {style: order for order, style in DAY_ORDERS.items()}


AMBIGUOUS_DAY = _(
    "“%(text)s” is read as %(day)s. If that is wrong, choose the order of day and month for the column."
)
OTHER_ORDER = _(
    "“%(text)s” can only be %(day)s, though the other days of the column are written the other way round."
)
READINGS = {
    "d/m/y": _("day first, so 10/12/2026 is 10 December"),
    "m/d/y": _("month first, so 10/12/2026 is 12 October"),
}
BOTH_ORDERS = _(
    "Some days are written day first and some month first. Where both are possible they are read %(reading)s. If that is wrong,"
    " choose the order of the column."
)
NO_ORDER = _(
    "Nothing shows whether the day or the month comes first. They are read %(reading)s. If that is wrong, choose the order of"
    " the column."
)


def look_at(
    column: MutableMapping[str, Any], columns: Sequence[Mapping[str, Any]], rows: Rows, kind: str, style: str
) -> None:
    """This will note in a guessed column which column names its units, or in which order its days are written; what
    a person should look at stands in its `note`."""
    target = targets(kind, "en").get(column["field"])
    note = ""
    if target is None and column.get("strange_unit"):
        note = _("The unit “%(unit)s” is not known here, so the column is left out. Say what it holds and in which unit.") % {
            "unit": column["strange_unit"]
        }  # fmt: skip
    elif target is not None and not column["unit"]:
        note = _look_closer(column, target, columns, rows, style)
    if note:
        column["note"] = note


def _look_closer(
    column: MutableMapping[str, Any],
    target: Target,
    columns: Sequence[Mapping[str, Any]],
    rows: Rows,
    style: str,
) -> str:
    if target.type == DAY:
        return _look_at_days(column, rows, style)
    found = _column_of_units(column["index"], target, columns, rows) if target.has_unit else None
    if found is None:
        return ""
    column["unit_from"] = found
    return _("Its unit is read from the column “%(other)s”.") % {"other": columns[found]["header"]}


def _look_at_days(column: MutableMapping[str, Any], rows: Rows, style: str) -> str:
    """The order that the days prove is the column's; of days that prove none, or both, a person is told."""
    orders = {order_of_day(cells[column["index"]]) for _number, cells in rows} - {None}
    proven = orders - {""}
    if len(proven) == 1:
        column["unit"] = proven.pop()
    if not orders or column["unit"]:
        return ""
    words = BOTH_ORDERS if proven else NO_ORDER
    return words % {"reading": READINGS[ORDER_OF_STYLE.get(style, "d/m/y")]}


def _column_of_units(
    index: int, target: Target, columns: Sequence[Mapping[str, Any]], rows: Rows
) -> int | None:
    """The neighbour of which every cell is a unit that the figures can be in."""
    free: list[int] = [
        other["index"] for other in columns if not other["field"] and other["index"] in (index + 1, index - 1)
    ]
    for other in sorted(free, reverse=True):
        cells = [cells[other] for _number, cells in rows if not says_nothing(cells[other])]
        if cells and all(isinstance(cell, str) and fits(unit_of(cell), target.unit) for cell in cells):
            return other
    return None


def with_unit(figure: Any, unit: Any, style: str) -> Any:
    """A figure as if its unit stood in the same cell; a cell that has its own keeps it, and so does what is no figure."""
    if says_nothing(unit) or isinstance(figure, bool):
        return figure
    if isinstance(figure, (int, float)):
        return f"{unambiguous(float(figure), ',' if style in COMMA_STYLES else '.')} {unit}"
    if not isinstance(figure, str) or not any(mark.isdigit() for mark in figure) or split_unit(figure)[1]:
        return figure
    return f"{figure.strip()} {unit}"


def day_doubt(cell: Any, order: str, style: str, day: str) -> ValidationError | None:
    """What is said of a day whose day and month may have been taken for one another; `day` is as it was read."""
    proof = order_of_day(cell)
    if proof is None or (proof == order and order) or (proof == "" and order):
        return None
    if proof == "":
        message = AMBIGUOUS_DAY
    elif order or proof != ORDER_OF_STYLE.get(style, "d/m/y"):
        message = OTHER_ORDER
    else:
        return None
    return ValidationError(message, code="day_order", params={"text": str(cell)[:20], "day": day})
