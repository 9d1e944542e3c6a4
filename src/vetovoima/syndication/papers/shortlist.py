"""A visitor's list on paper: a front with all records side by side, then a sheet for each; and the same as a workbook."""

from __future__ import annotations

import io
import math
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from vetovoima.common import pdf
from vetovoima.common.qr import qr_runs
from vetovoima.reference.queries import region

from .brief import brief_sheet, summary_line
from .keeping import kept_paper
from .public import look_of, source_line
from .sheets import read_easily, value_of, written_day
from .tables import new_workbook

TEMPLATE = "syndication/papers/shortlist.typ"
PARTS = ("common/pdf/base.typ", "syndication/papers/record.typ", TEMPLATE)
#: the same list is asked for again by whoever it was sent to
KEPT_SECONDS = 24 * 3600
#: records whose figures stand side by side on the front; more columns could not be read on paper
MOST_COLUMNS = 4
#: figures of the front's table, in the order of what investors ask first
FIGURES = ("area_m2", "floor_area_m2", "free_capacity_mw", "voltage_kv", "connection_lead_months", "rail_distance_km",
           "road_distance_km", "price_eur_m2", "rent_eur_m2_month", "available_from", "scale_low_eur")  # fmt: skip
Body = dict[str, Any]


def shortlist_pdf(bodies: list[Body], language: str, base: str, address: str) -> bytes:
    """This will set a list of public documents as one PDF; `address` is the list's own, `base` that of the portal.

    Raises CannotRender.
    """
    look = look_of(region(), language)
    said = [bodies, look.as_data(), base, address]
    return kept_paper(
        "pdf-list", said, PARTS, KEPT_SECONDS, lambda: _set(bodies, language, look, base, address)
    )


def _set(bodies: list[Body], language: str, look: pdf.Look, base: str, address: str) -> bytes:
    newest = max(body["updated_at"] for body in bodies)
    with override(language):
        front = _front(bodies, base, address)
        return pdf.render(
            TEMPLATE,
            front,
            title=front["title"],
            language=language,
            author=look.name,
            look=look,
            dated=_("Facts as of %(date)s") % {"date": written_day(newest)},
            moment=datetime.fromisoformat(newest),
            # Of a mixed list each sheet says so itself: a real record must not be taken for an example.
            example=_("EXAMPLE") if all(body["is_example"] for body in bodies) else "",
            sources=_sources(bodies),
        )


def _front(bodies: list[Body], base: str, address: str) -> dict[str, Any]:
    count = len(bodies)
    towns = list(dict.fromkeys(body["municipality"]["name"] for body in bodies))
    return {
        "title": ngettext("Shortlist: %(count)s site", "Shortlist: %(count)s sites", count) % {"count": count},
        "towns": ", ".join(towns),
        "example": _("This list holds made-up examples. They are not for sale and are counted in no figure.")
        if any(body["is_example"] for body in bodies)
        else "",
        "records": [_line(body) for body in bodies],
        "tables": [_table(part) for part in _parts(bodies)],
        "address": address,
        "qr": _drawn(address),
        "sheets": [
            {**brief_sheet(body, base), "mark": _("EXAMPLE") if body["is_example"] else ""} for body in bodies
        ],
        "words": {
            "records": _("The sites"), "name": _("Site"), "place": _("Place"), "state": _("Availability"),
            "ready": _("Readiness"), "page": _("Page"), "figures": _("Side by side"), "fact": _("Fact"),
            "again": _("The same list on the internet"), "qr": _("QR code that leads to the list on the internet"),
            "scan": _("The page has the newest facts: what changed since this was printed stands there."),
        },
    }  # fmt: skip


def _line(body: Body) -> dict[str, str]:
    line = summary_line(body)
    example = _("EXAMPLE") if body["is_example"] else ""
    return {
        **line,
        "example": example,
        "place": body["municipality"]["name"],
        "availability": body["availability"]["label"],
    }


def _parts(bodies: list[Body]) -> list[list[Body]]:
    """The records in as few tables as hold them, as evenly as can be."""
    tables = math.ceil(len(bodies) / MOST_COLUMNS)
    size = math.ceil(len(bodies) / tables)
    return [bodies[at : at + size] for at in range(0, len(bodies), size)]


def _table(bodies: list[Body]) -> dict[str, Any]:
    """Up to four records with what is told of them most; a figure that none of them tells is left out."""
    told = [_facts(body) for body in bodies]
    wanted = [name for name in FIGURES if any(facts.get(name, {}).get("known") for facts in told)]
    labels = {name: next(facts[name]["label"] for facts in told if name in facts) for name in wanted}
    return {
        "heads": [{"name": body["name"]["text"], "code": body["code"]} for body in bodies],
        "rows": [
            {"label": labels[name], "cells": [_cell(facts.get(name)) for facts in told]} for name in wanted
        ],
    }


def _facts(body: Body) -> dict[str, Any]:
    """Every fact of a record by its field, the key facts among them."""
    told = [fact for group in body["groups"] for fact in group["facts"]]
    return {fact["field"]: fact for fact in (*told, *body["key_facts"])}


def _cell(fact: dict[str, Any] | None) -> dict[str, Any]:
    if fact is None:
        return {"value": "–", "is_known": False}
    return {"value": value_of(read_easily(fact)), "is_known": fact["known"]}


def _drawn(address: str) -> dict[str, Any]:
    code = qr_runs(address)
    return {"size": code.size, "runs": [list(run) for run in code.runs]}


def _sources(bodies: list[Body]) -> list[str]:
    """Every source of the records once."""
    return list(dict.fromkeys(source_line(one) for body in bodies for one in body["sources"]))


def shortlist_workbook(bodies: list[Body], language: str) -> bytes:
    """This will write a list of public documents as a workbook: its records, and every fact with its source."""
    file = io.BytesIO()
    with override(language), new_workbook(file) as sheets:
        sheets.add_records(bodies)
    return file.getvalue()
