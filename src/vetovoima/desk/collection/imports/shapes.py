"""What the list and the preview of imports show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.registry import BY_NAME, GROUP_LABELS
from vetovoima.collection.imports import queries
from vetovoima.collection.imports.enums import ImportState, RowState, Rule
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.imports.precedence import SOURCE
from vetovoima.collection.imports.targets import label_of
from vetovoima.desk.forms import here
from vetovoima.desk.sites.values import Shown, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.paginator import Page

    from vetovoima.collection.models import Import, ImportRow

    from .forms import UploadForm

PER_PAGE = 50
#: so many differences stand in the table; the others on the row's own page
SHORT = 4
#: what the rows may be filtered by beside their state and field
SAID = (
    ("", _("anything or nothing")), ("any", _("something")), ("perhaps", _("perhaps the same record")),
    ("duplicate", _("the same record twice")), ("elsewhere", _("another municipality's")), ("swapped", _("swapped coordinates")),
    ("not_known", _("words that are not known")), ("edited", _("edited since")), ("day_order", _("a day that can be read in two ways")),
    ("outside_municipality", _("a place outside the municipality")), ("area", _("another area on the map")),
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One field that a row would change, in words."""

    label: Any
    old: Shown
    new: Shown
    original: str = ""


@dataclass(frozen=True)
class Said:
    """One sentence about a row; `column` is the cell's index when it can be mended in place."""

    level: str
    label: str
    text: str
    mend: str
    column: int | None = None
    value: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the preview."""

    row: ImportRow
    differences: list[Difference]
    messages: list[Said]
    perhaps: str = ""

    @property
    def short(self) -> list[Difference]:
        """The first differences."""
        return self.differences[:SHORT]

    @property
    def more(self) -> int:
        """How many differences stand on the row's own page only."""
        return max(0, len(self.differences) - SHORT)

    @property
    def to_mend(self) -> list[Said]:
        """The cells that can be mended in place, each once."""
        found = {one.column: one for one in self.messages if one.column is not None and one.level == "error"}
        return list(found.values())

    @property
    def repair(self) -> bool:
        """Whether the repair of an area whose border crosses itself is offered."""
        return any(
            one.get("code") == "self_crossing" and one["level"] == "error" for one in self.row.messages
        )


def list_page(form: UploadForm, page: Page[Import]) -> dict[str, Any]:
    """The form and the imports so far."""
    return {
        "area_name": "collection",
        "tab": "imports",
        "form": form,
        "page": page,
        "rows": [(one, SiteKind(one.kind).label) for one in page],
    }


def base_page(import_: Import) -> dict[str, Any]:
    """What every page of one import begins with."""
    return {
        "area_name": "collection",
        "tab": "imports",
        "import_": import_,
        "kind": SiteKind(import_.kind).label,
        "counts": [(state, RowState(state).label, import_.counts.get(state, 0)) for state in RowState.values],
    }


def preview_page(import_: Import, asked: Mapping[str, str]) -> dict[str, Any]:
    """The rows with their differences, filtered and paged."""
    chosen = {name: asked.get(name, "") for name in ("state", "field", "said")}
    rows = queries.rows_of(import_, **chosen)
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    words = Words()
    language = here()
    taken = import_.counts.get(RowState.NEW, 0) + import_.counts.get(RowState.CHANGED, 0)
    return {
        **base_page(import_),
        "page": page,
        "lines": [line_of(import_, row, words, language) for row in page],
        "asked": chosen,
        "is_filtered": any(chosen.values()),
        "fields": [(name, label_of(name, language)) for name in queries.fields_in(import_)],
        "said": SAID,
        "all_count": sum(import_.counts.values()),
        "taken": taken,
        "errors": import_.counts.get(RowState.ERROR, 0),
        "can_change": import_.state == ImportState.READY,
    }


def line_of(import_: Import, row: ImportRow, words: Words, language: str) -> Line:
    """This will put a row into words."""
    originals = row.values.get("originals", {})
    differences = [
        _difference(name, pair, originals.get(name, ""), words, language)
        for name, pair in row.changes.items()
        if row.state not in (RowState.SAME, RowState.SKIPPED)
    ]
    messages = [_said(one, import_, row, language) for one in row.messages]
    perhaps = next((one for one in row.messages if one.get("code") == "perhaps"), None)
    return Line(row, differences, messages, str(perhaps.get("about", "")) if perhaps else "")


def _difference(name: str, pair: list[Any], original: str, words: Words, language: str) -> Difference:
    if name.startswith(SOURCE):
        group = name.removeprefix(SOURCE)
        label: Any = _("%(group)s: source and check") % {"group": GROUP_LABELS.get(group, group)}
        return Difference(label, words.shown("source", pair[0]), words.shown("source", pair[1]))
    label = BY_NAME[name].label if name in BY_NAME else label_of(name, language)
    return Difference(label, words.shown(name, pair[0]), words.shown(name, pair[1]), original)


def _said(stored: dict[str, Any], import_: Import, row: ImportRow, language: str) -> Said:
    column = stored.get("column")
    field_ = stored.get("field") or ""
    mend = str((stored.get("mend") or {}).get(language, ""))
    header = import_.columns[column]["header"] if column is not None and column < len(import_.columns) else ""
    label = header or (label_of(field_, language) if field_ else "")
    value = row.raw[column] if column is not None and column < len(row.raw) else ""
    shown = "" if value is None or isinstance(value, (dict, list)) else str(value)
    return Said(stored["level"], label, said_in(stored, language), mend, column, shown)


@dataclass(frozen=True)
class Cell:
    """One cell of a row: its header, what it holds, what it means, and what is wrong with it."""

    column: int
    header: str
    label: str
    value: str
    rule: str
    errors: list[Said] = field(default_factory=list)


def row_page(import_: Import, row: ImportRow) -> dict[str, Any]:
    """One row: its cells, its differences, and what is said about it."""
    language = here()
    line = line_of(import_, row, Words(), language)
    return {
        **base_page(import_),
        "line": line,
        "row": row,
        "cells": [_cell(column, row, line, language) for column in import_.columns if column["field"]],
        "can_change": import_.state == ImportState.READY,
    }


def _cell(column: dict[str, Any], row: ImportRow, line: Line, language: str) -> Cell:
    index = column["index"]
    value = row.raw[index] if index < len(row.raw) else None
    return Cell(
        index,
        column["header"],
        label_of(column["field"], language),
        "" if value is None else str(value),
        str(Rule(column["rule"]).label)
        if column["rule"] in Rule.values and column["rule"] != Rule.OVERWRITE
        else "",
        [one for one in line.messages if one.column == index],
    )
