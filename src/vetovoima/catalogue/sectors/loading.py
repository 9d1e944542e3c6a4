"""Storing the sheets of a data pack (`sector_sheets.json`), and the one example review of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vetovoima.catalogue.knowledge.validators import clean_source
from vetovoima.catalogue.models import SectorSheet
from vetovoima.reference.loading import LoadReport, plain
from vetovoima.reference.models import Sector
from vetovoima.reference.pack import Pack

from . import services
from .enums import SheetState
from .keeping import content
from .parts import PARTS, check_codes, check_text, clean_row

FILE = "sector_sheets.json"
REVIEW = "examples/sector_review.json"


def load_sheets(pack: Pack, report: LoadReport, sectors: Mapping[str, Sector], now: datetime) -> None:
    """This will store `sector_sheets.json` as drafts. A sheet that a person has changed stays as it is."""
    given = pack.document(FILE) or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        pack.refuse(FILE, "must be a list of sheets")
        pack.check()
    for number, one in enumerate(given, start=1):
        sector = sectors.get(str(one.get("sector")))
        if sector is None:
            pack.refuse(FILE, f"{one.get('sector')!r} is no sector", row=number, column="sector")
            continue
        _load(pack, report, number, sector, one, now)
    pack.check()


def _load(
    pack: Pack, report: LoadReport, number: int, sector: Sector, given: Mapping[str, Any], now: datetime
) -> None:
    parts: dict[str, list[dict[str, Any]]] = {name: list(given.get(name) or []) for name in PARTS}
    sheet = SectorSheet.objects.filter(sector=sector).first()
    try:
        wanted = _wanted(given, parts)
        if sheet is not None and content(sheet) == wanted:
            report.note("sector sheet", "same", sector.slug)
        elif sheet is not None and (sheet.revision > 1 or sheet.state != SheetState.DRAFT):
            report.note("sector sheet", "left alone", sector.slug)
        else:
            with transaction.atomic():
                services.load_sheet(sector=sector, values=given, parts=parts, now=now)
            report.note("sector sheet", "changed" if sheet else "added")
    except ValidationError as error:
        pack.refuse(FILE, " ".join(error.messages), row=number, column=sector.slug)


def _wanted(given: Mapping[str, Any], parts: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "summary": check_text(given.get("summary")),
        "figures": check_codes(given.get("figures")),
        "source": clean_source(given.get("source") or {}),
    }
    for name, part in PARTS.items():
        found[name] = [plain(clean_row(part, row)) for row in parts[name]]
    return plain(found)


def load_example_review(pack: Pack, report: LoadReport, now: datetime) -> None:
    """This will show in the demonstration what a reviewed sheet looks like: labelled as an example everywhere."""
    given = pack.document(REVIEW)
    if not given:
        return
    sheet = SectorSheet.objects.filter(sector__slug=given.get("sector")).first()
    if sheet is None or sheet.state != SheetState.DRAFT or sheet.revision > 1:
        return
    expert = services.Expert(given["name"], given["role"], given["organisation"])
    sheet = services.review_as_example(sheet=sheet, expert=expert, now=now)
    report.note("example review", "added", sheet.code)
