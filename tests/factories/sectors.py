"""Makers of sectors and of their sheets."""

from __future__ import annotations

from typing import Any

from tests.factories import NOW, make_region
from tests.factories.knowledge import make_fact
from vetovoima.catalogue.models import KnownFact, SectorSheet
from vetovoima.catalogue.sectors import queries, services
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Sector

ROWS: dict[str, list[dict[str, Any]]] = {
    "strengths": [
        {"text": {"en": "Steady wind", "fi": "Tasainen tuuli"}, "evidence": ["mean-wind"]},
        {"text": {"en": "Friendly people"}, "evidence": []},
    ],
    "pulls": [
        {
            "text": {"en": "Kites are wanted"},
            "evidence": [],
            "source": {"title": "The kite fair", "dated": "2026"},
        }
    ],
    "niches": [
        {
            "name": {"en": "Racing kites"},
            "why": {"en": "Wind."},
            "reason": {"en": "Agreed."},
            "state": "chosen",
            "decided_on": "2026-02",
            "decided_by": "The board",
        },
        {"name": {"en": "Paper kites"}, "why": {"en": "Paper."}, "state": "considered"},
    ],
    "questions": [
        {
            "question": {"en": "How windy is it?", "fi": "Tuuleeko?"},
            "answer": {"en": "It blows {fact:mean-wind}."},
        },
        {"question": {"en": "Who sells string?"}, "answer": {}},
    ],
    "homework": [{"what": {"en": "Find a string seller"}, "who": "Ada", "due_on": "2026-02-01"}],
}


def make_sector(slug: str = "kites", **values: Any) -> Sector:
    """This will make a lead sector."""
    make_region()
    given = {"name": Translated(fi="Leijat", en="Kites"), "position": 1, **values}
    found, _made = Sector.objects.get_or_create(slug=slug, defaults=given)
    return found


def make_wind(**values: Any) -> KnownFact:
    """This will make the fact on which the sheet rests."""
    label = Translated(fi="Keskituuli", en="Mean wind")
    return make_fact("mean-wind", number=8.5, unit="number", label=label, **values)


def make_sheet(slug: str = "kites", *, rows: dict[str, list[dict[str, Any]]] = ROWS) -> SectorSheet:
    """This will make a written sheet that nobody has reviewed, with the fact on which it rests."""
    sector = make_sector(slug)
    if not KnownFact.objects.filter(code="mean-wind").exists():
        make_wind()
    sheet = services.create_sheet(sector=sector, by=None, now=NOW)
    summary = {"en": "Kites need {fact:mean-wind} of wind.", "fi": "Leijat tarvitsevat tuulta."}
    values = {"summary": summary, "figures": ["mean-wind"], "source": {"title": "The kite strategy"}}
    sheet = services.edit_sheet(sheet=sheet, values=values, by=None, now=NOW)
    for part, given in rows.items():
        sheet = services.edit_part(sheet=sheet, part=part, rows=given, by=None, now=NOW)
    return fresh(sheet)


def fresh(sheet: SectorSheet) -> SectorSheet:
    """The sheet as it is stored now, with its parts."""
    return queries.sheets().get(pk=sheet.pk)
