"""What the pages of the sectors' sheets show: plain shapes, made from queries and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.sectors import queries, rules
from vetovoima.catalogue.sectors.enums import NicheState, SheetState
from vetovoima.catalogue.sectors.mapping import strength_map
from vetovoima.catalogue.sectors.parts import PARTS
from vetovoima.catalogue.sectors.readiness import Outreach, outreach
from vetovoima.common.fields import LANGUAGES
from vetovoima.desk.forms import here

from .shapes import Line, changes_of, frame

if TYPE_CHECKING:
    from vetovoima.catalogue.models import SectorSheet
    from vetovoima.reference.models import Sector

MARKS = {
    SheetState.DRAFT: "quiet",
    SheetState.IN_REVIEW: "wait",
    SheetState.REVIEWED: "good",
    SheetState.EXPIRED: "bad",
}
NICHE_MARKS = {NicheState.CHOSEN: "good", NicheState.CONSIDERED: "wait", NicheState.NOT_CHOSEN: "quiet"}


@dataclass(frozen=True)
class SectorRow:
    """One sector in the map of all of them; `found` is the map of its sheet."""

    sector: Sector
    sheet: SectorSheet | None
    mark: str = ""
    found: Any = None
    chosen: Any = ()
    outreach: Outreach | None = None


def map_page(user: Any) -> dict[str, Any]:
    """Every sector: strengths against pull, niches chosen, how far the homework is."""
    rows = [_row(sector, sheet) for sector, sheet in queries.sheets_by_sector(user)]
    return {**frame("sectors"), "rows": rows, "may_create": rules.can_create(user)}


def _row(sector: Sector, sheet: SectorSheet | None) -> SectorRow:
    if sheet is None:
        return SectorRow(sector, None)
    chosen = [one for one in sheet.niches.all() if one.state == NicheState.CHOSEN]
    return SectorRow(
        sector,
        sheet,
        MARKS[SheetState(sheet.state)],
        strength_map(sheet),
        chosen,
        outreach(sheet, localdate()),
    )


def sheet_page(user: Any, sheet: SectorSheet) -> dict[str, Any]:
    """One sheet: its matrix, its niches, questions, homework, and what is missing before outreach."""
    codes = queries.codes_of(sheet)
    facts = queries.facts_of(codes)
    return {
        **frame("sectors"),
        "sees_facts": may(user, Kind.FACTS, Action.VIEW),
        "sheet": sheet,
        "mark": MARKS[SheetState(sheet.state)],
        "figures": [
            {"fact": facts[code], "value": written(facts[code], here())}
            for code in sheet.figures
            if code in facts
        ],
        "gone": [code for code in codes if code not in facts],
        "stale": queries.stale_facts(codes),
        "matrix": strength_map(sheet),
        "niches": [{"niche": one, "mark": NICHE_MARKS[NicheState(one.state)]} for one in sheet.niches.all()],
        "homework": [{"item": one, "is_late": one.is_late(localdate())} for one in sheet.homework.all()],
        "untranslated": untranslated(sheet),
        "outreach": outreach(sheet, localdate()),
        "parts": [] if not rules.can_edit(user) else list(PARTS.values()),
        "may_edit": rules.can_edit(user),
        "may_review": sheet.state == SheetState.IN_REVIEW and rules.can_review(user, sheet),
        "history": _history(sheet),
    }


def untranslated(sheet: SectorSheet) -> list[str]:
    """The languages in which some text of the sheet is not there."""
    texts = [sheet.summary]
    for part in PARTS.values():
        if part.is_reviewed:
            texts += [getattr(row, name) for row in getattr(sheet, part.name).all() for name in part.texts]
    return [one for one in LANGUAGES if any(text and not text.text(one) for text in texts)]


def _history(sheet: SectorSheet) -> list[Line]:
    return [Line(one, changes_of(_labelled(one.changes), sheet)) for one in queries.history(sheet)[:30]]


def _labelled(changes: dict[str, Any]) -> dict[str, Any]:
    """Parts by their own names; judgements are told by the matrix, not by the keys of its rows."""
    return {
        str(PARTS[name].label) if name in PARTS else name: pair
        for name, pair in changes.items()
        if "×" not in name
    }


def conflict_of(sheet: SectorSheet, opened: int) -> list[Line]:
    """What others saved since a person opened the form."""
    return _history(sheet)[: max(0, sheet.revision - opened)]


def form_page(sheet: SectorSheet, form: Any, heading: str) -> dict[str, Any]:
    """A page with one form of a sheet."""
    return {**frame("sectors"), "sheet": sheet, "form": form, "heading": heading}


def takes_review(sheet: SectorSheet) -> str:
    """The warning of a form whose saving takes a review away; empty when there is none to lose."""
    if sheet.state not in (SheetState.REVIEWED, SheetState.IN_REVIEW):
        return ""
    return _(
        "Saving a change makes the sheet a draft again: it leaves the portal until an expert has reviewed it anew."
    )
