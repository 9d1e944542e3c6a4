"""What became of an import: what was taken in, what was left, what can still be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils import timezone

from vetovoima.catalogue.registry import BY_NAME
from vetovoima.collection.imports import queries
from vetovoima.collection.imports.enums import ImportState, RowState
from vetovoima.collection.imports.targets import label_of
from vetovoima.desk.forms import here

from .shapes import PER_PAGE, base_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vetovoima.collection.models import Import

#: so many records that lack something are named
NAMED = 20


def result_page(import_: Import, asked: Mapping[str, str]) -> dict[str, Any]:
    """Counts, records, what to do next."""
    language = here()
    now = timezone.now()
    shown = {
        **base_page(import_),
        "result": import_.result,
        "problem": (import_.problem.get("message") or {}).get(language, ""),
        "round_why": (import_.result.get("round", {}).get("why") or {}).get(language, ""),
        "can_undo": import_.state == ImportState.COMMITTED
        and bool(import_.undo_until and import_.undo_until > now),
        "can_redo": import_.state == ImportState.UNDONE and bool(import_.stored_name),
        "can_go_on": import_.state == ImportState.CANCELLED and bool(import_.stored_name),
        "unanswered": _named(import_.result.get("unanswered", {}), language),
        "left": _named(import_.result.get("undo", {}).get("left", {}), language)
        if import_.state == ImportState.UNDONE
        else [],
        "errors": import_.counts.get(RowState.ERROR, 0),
    }
    if import_.state == ImportState.COMMITTED:
        rows = queries.rows_of(import_).filter(state__in=(RowState.NEW, RowState.CHANGED))
        shown["page"] = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    return shown


def _named(found: Mapping[str, list[str]], language: str) -> list[tuple[str, str]]:
    """Records by code with the labels of their fields."""
    return [
        (
            code,
            ", ".join(
                str(BY_NAME[name].label) if name in BY_NAME else label_of(name, language)
                for name in names
                if name != "*"
            ),
        )
        for code, names in list(found.items())[:NAMED]
    ]
