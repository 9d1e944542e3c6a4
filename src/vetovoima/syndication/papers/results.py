"""The result of a search as a workbook or CSV: a line for each record, units in the headings, the source beside the figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.catalogue.registry import GROUP_LABELS
from vetovoima.collection.standard.rendering import COMMA
from vetovoima.common.digits import is_number
from vetovoima.common.formulas import safe
from vetovoima.common.notation import unambiguous
from vetovoima.syndication.queries import every_page
from vetovoima.syndication.search.terms import SearchTerms

from .sheets import number_of
from .tables import new_workbook

Card = dict[str, Any]
#: a file holds at most so many records; it says how many there are beyond
MOST = 2000


@dataclass(frozen=True)
class Result:
    """What was found, and what the file says about itself: what was asked, when, from whom, under which licence."""

    language: str
    cards: list[Card]
    total: int
    chosen: list[str]
    address: str
    base: str
    licence: str
    publisher: str
    made_on: date


def every_card(language: str, terms: SearchTerms) -> tuple[list[Card], int]:
    """This will return the cards of all that a search finds, at most 2,000, and how many there are."""
    cards: list[Card] = []
    for page in every_page(language, terms):
        cards += [one.card for one in page.documents]
        if len(cards) >= MOST:
            break
    return cards[:MOST], page.total


def results_workbook(found: Result) -> bytes:
    """This will write a result as a workbook of three sheets: records, figures with their sources, about this file."""
    file = io.BytesIO()
    with override(found.language):
        told = {"title": _("Sites"), "author": found.publisher, "comments": found.licence}
        with new_workbook(file, told) as sheets:
            columns, rows = table_of(found)
            sheets.add(_("Sites"), columns, [16, 40, *[18] * (len(columns) - 2)], rows)
            sheets.add_facts(_("Figures and sources"), [_as_record(card) for card in found.cards])
            sheets.add(_("About this file"), (_("Part"), _("Content")), (28, 90), about(found))
    return file.getvalue()


def results_csv(found: Result) -> str:
    """This will write a result as CSV with its mark for spreadsheet programs; decimal commas where the language has them."""
    file = io.StringIO()
    mark = "," if found.language in COMMA else "."
    writer = csv.writer(file, delimiter=";" if mark == "," else ",", lineterminator="\r\n")
    with override(found.language):
        columns, rows = table_of(found)
        writer.writerow([*map(safe, columns), _("Licence")])
        writer.writerows([*(_written(cell, mark) for cell in row), safe(found.licence)] for row in rows)
    return "\ufeff" + file.getvalue()


def _written(cell: Any, mark: str) -> str:
    if is_number(cell):
        return unambiguous(cell, mark)
    return safe(str(cell)) if cell else ""


def table_of(found: Result) -> tuple[list[str], list[list[Any]]]:
    """This will lay out the records: what every one has, each figure that any of them has, and where it comes from."""
    facts = _fact_columns(found.cards)
    columns = [
        _("Code"), _("Name"), _("Kind"), _("Municipality"), _("Locality"), _("Availability"), _("Example"), _("Readiness, 0–5"),
        _("Complete, %"), *facts.values(), _("Latitude"), _("Longitude"), _("How exactly the place is known"), _("Sources"),
        _("Date of the newest source"), _("Checked"), _("Checked by"), _("Updated"), _("Address"),
    ]  # fmt: skip
    return columns, [_row(card, list(facts), found.base) for card in found.cards]


def _fact_columns(cards: Sequence[Card]) -> dict[tuple[str, str], str]:
    """A column for each figure and unit that a record has, in the order of their appearance, with its heading."""
    found: dict[tuple[str, str], str] = {}
    for card in cards:
        for fact in card["key_facts"]:
            if fact["known"]:
                heading = f"{fact['label']}, {fact['unit']}" if fact["unit"] else fact["label"]
                found.setdefault((fact["field"], fact["unit"]), heading)
    return found


def _row(card: Card, facts: list[tuple[str, str]], base: str) -> list[Any]:
    known = {(fact["field"], fact["unit"]): fact for fact in card["key_facts"] if fact["known"]}
    sources = list(dict.fromkeys(fact["source"] for fact in known.values() if fact["source"]))
    place, checked = card["place"], card["checked"]
    return [
        card["code"], card["name"]["text"], card["kind"]["label"], card["municipality"]["name"], card["locality"],
        card["availability"]["label"], _("EXAMPLE") if card["is_example"] else _("no"), card["readiness"]["level"],
        card["completeness"], *(_value(known.get(key)) for key in facts), place["latitude"], place["longitude"], place["label"],
        "; ".join(sources), max((fact["dated"] for fact in known.values() if fact["dated"]), default=""), checked.get("on", ""),
        checked.get("by", ""), card["updated_at"][:10], f"{base}{card['url']}",
    ]  # fmt: skip


def _value(fact: Any) -> Any:
    """A number as a number, so that it can be reckoned with; anything else as the page shows it."""
    if fact is None:
        return None
    number = number_of(fact)
    return fact["display"] if number is None else number


def _as_record(card: Card) -> dict[str, Any]:
    """A card in the shape that lists of facts are written from: its facts under their groups."""
    groups: dict[str, list[Any]] = {}
    for fact in card["key_facts"]:
        groups.setdefault(fact["group"], []).append(fact)
    return {
        "code": card["code"],
        "groups": [
            {"label": str(GROUP_LABELS.get(name, name)), "facts": facts} for name, facts in groups.items()
        ],
    }


def about(found: Result) -> list[tuple[str, Any]]:
    """What the file is: whose, from when, what was asked, how many rows there are, and what may be done with it."""
    rows: list[tuple[str, Any]] = [
        (_("Publisher"), found.publisher),
        (_("Made on"), found.made_on.isoformat()),
        (_("Searched for"), "; ".join(found.chosen) or _("everything")),
        (_("The search on the web"), found.address),
        (_("Records in this file"), len(found.cards)),
        (_("Records found"), found.total),
        (_("Licence"), found.licence),
        (_("Examples"), _("Rows marked as examples are made up to show the form; they are not for sale.")),
        (_("Empty cells"), _("An empty cell is not known. The sheet of figures says why.")),
    ]
    return rows
