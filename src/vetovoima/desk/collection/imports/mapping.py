"""What the page of columns shows, and what was chosen on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.catalogue.registry import GROUP_LABELS
from vetovoima.collection.imports.enums import Rule
from vetovoima.collection.imports.targets import EVERY_GROUP, SPECIAL, Target, is_day, targets
from vetovoima.desk.forms import here

from .shapes import base_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vetovoima.collection.models import Import

#: so many columns without a guess get a list of their own at once; the others when asked
OPEN_COLUMNS = 30
HOW = {
    "name": gettext_lazy("named by the file"),
    "synonym": gettext_lazy("guessed from the header"),
    "likeness": gettext_lazy("guessed, check it"),
    "memory": gettext_lazy("as last time"),
    "hand": gettext_lazy("your choice"),
    "given": gettext_lazy("as agreed"),
}
STYLES = (
    ("fi", gettext_lazy("Finnish: 1 234,5 and 12.10.2026")),
    ("sv", gettext_lazy("Swedish: 1 234,5 and 12.10.2026")),
    ("en", gettext_lazy("English: 1,234.5 and 12/10/2026")),
    ("us", gettext_lazy("American: 1,234.5 and 10/12/2026")),
)
#: how the days of a column are written, where digits alone do not say it
ORDERS = (
    ("", gettext_lazy("as in the rest of the file")),
    ("d/m/y", gettext_lazy("day first: 31/12/2026")),
    ("m/d/y", gettext_lazy("month first: 12/31/2026")),
)


@dataclass(frozen=True)
class ColumnRow:
    """One column of the file on the page."""

    index: int
    header: str
    samples: list[str]
    how: Any
    unit: str
    rule: str
    options: SafeString
    is_open: bool
    field: str
    errors: list[str]
    note: str = ""
    orders: tuple[tuple[str, Any], ...] = ()


class Options:
    """The list of what a column may hold, written once; each column's choice is marked in a copy."""

    def __init__(self, kind: str, language: str, used: set[str]) -> None:
        found = targets(kind, language)
        groups: dict[str, list[Target]] = {}
        for one in found.values():
            # parts of a group's own source fill a list that nobody reads: those that the file names are enough
            if one.type == "source" and one.group != EVERY_GROUP and one.path not in used:
                continue
            groups.setdefault(_group_of(one), []).append(one)
        self._html = format_html('<option value="">{}</option>', _("– leave the column out –"))
        for label, members in groups.items():
            options = format_html_join(
                "", '<option value="{}">{}</option>', ((m.path, _named(m)) for m in members)
            )
            self._html += format_html('<optgroup label="{}">{}</optgroup>', label, options)

    def chosen(self, path: str) -> SafeString:
        """The list with one of it chosen."""
        marked = self._html.replace(f'value="{path}"', f'value="{path}" selected', 1)
        return mark_safe(marked)  # noqa: S308 - made by format_html above, with a path of our own put in


def _group_of(target: Target) -> str:
    if target.path in SPECIAL:
        return _("What the row is about, and where")
    if target.type == "source":
        return _("Source")
    return str(GROUP_LABELS[target.group])


def _named(target: Target) -> str:
    return f"{target.label} ({target.unit})" if target.unit else target.label


def mapping_page(
    import_: Import,
    *,
    chosen: Sequence[Mapping[str, str]] | None = None,
    refusal: ValidationError | None = None,
    style: str = "",
    show_all: bool = False,
) -> dict[str, Any]:
    """The columns with what they seem to hold, or with what a person chose and why it was refused."""
    by_column = refusal.message_dict if refusal is not None and hasattr(refusal, "error_dict") else {}
    columns = [
        {**column, **(chosen[index] if chosen else {})} for index, column in enumerate(import_.columns)
    ]
    options = Options(import_.kind, here(), {column["field"] for column in columns})
    rows, open_left = [], OPEN_COLUMNS
    for column in columns:
        is_open = bool(column["field"]) or show_all or open_left > 0
        open_left -= 0 if column["field"] else 1
        rows.append(_row(column, options, is_open, by_column))
    return {
        **base_page(import_),
        "columns": rows,
        "has_more": any(not one.is_open for one in rows),
        "errors": [message for messages in by_column.values() for message in messages]
        or (refusal.messages if refusal else []),
        "rules": Rule.choices,
        "styles": STYLES,
        "style": style or import_.style,
        "used_count": sum(1 for column in columns if column["field"]),
    }


def _row(
    column: dict[str, Any], options: Options, is_open: bool, errors: Mapping[str, list[str]]
) -> ColumnRow:
    return ColumnRow(
        column["index"], column["header"], column["samples"], HOW.get(column["how"], ""), column.get("unit", ""),
        column.get("rule", ""), options.chosen(column["field"]) if is_open else mark_safe(""), is_open,
        column["field"], errors.get(f"column_{column['index']}", []), column.get("note", ""),
        tuple(ORDERS) if is_day(column["field"]) else (),
    )  # fmt: skip


def chosen_in(posted: Mapping[str, str], import_: Import) -> list[dict[str, str]]:
    """What was chosen for each column, in the file's order."""
    return [
        {
            "field": posted.get(f"field_{column['index']}", ""),
            "unit": posted.get(f"unit_{column['index']}", "").strip()[:30],
            "rule": posted.get(f"rule_{column['index']}", ""),
        }
        for column in import_.columns
    ]
