"""Records side by side: fact by fact, what differs, and what is known of some alone.

Made of public documents; a pure function, so that page and paper say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import Absence
from vetovoima.catalogue.registry import BY_NAME, GROUPS

from .papers.sheets import ladder_words

Body = dict[str, Any]


class Mark(StrEnum):
    """How a row's cells stand to each other."""

    SAME = "same"
    DIFFERS = "differs"
    PARTLY = "partly"


@dataclass(frozen=True)
class Row:
    """One fact of every record: the fact as its document has it, or None where it is not asked of the record."""

    field: str
    label: str
    cells: list[dict[str, Any] | None]
    mark: Mark


@dataclass(frozen=True)
class Part:
    """The rows of one group, and of each record where the group's values come from."""

    group: str
    label: str
    rows: list[Row]
    sources: list[dict[str, str]]

    @property
    def has_sources(self) -> bool:
        """Whether any record names a source for the group."""
        return any(one.get("title") or one.get("verified_on") for one in self.sources)


@dataclass(frozen=True)
class Comparison:
    """Records side by side; `different` counts the rows that are not the same all over, `total` all of them."""

    parts: list[Part]
    different: int
    total: int


def compare(bodies: list[Body], *, only_differences: bool = False) -> Comparison:
    """This will put records side by side, group by group in the standard's order."""
    parts = [_basics(bodies), *(_part(bodies, group.name) for group in GROUPS)]
    rows = [row for part in parts for row in part.rows]
    different = sum(row.mark != Mark.SAME for row in rows)
    if only_differences:
        parts = [_different(part) for part in parts]
    return Comparison([part for part in parts if part.rows], different, len(rows))


def _different(part: Part) -> Part:
    return Part(part.group, part.label, [row for row in part.rows if row.mark != Mark.SAME], part.sources)


def _basics(bodies: list[Body]) -> Part:
    """What every record has: kind, place, state, how ready and how well known it is."""
    told = (
        ("kind", _("Kind"), [body["kind"]["label"] for body in bodies]),
        ("municipality", _("Municipality"), [body["municipality"]["name"] for body in bodies]),
        ("availability", _("Availability"), [body["availability"]["label"] for body in bodies]),
        ("readiness", _("Readiness"), [ladder_words(body["readiness"]) for body in bodies]),
        ("completeness", _("Facts known"), [f"{body['completeness']['percent']} %" for body in bodies]),
        ("precision", _("Place known to"), [body["place"]["label"] for body in bodies]),
        ("sectors", _("Suits"), [", ".join(one["name"] for one in body["sectors"]) for body in bodies]),
    )
    rows = [_row(field, label, [_said(field, text) for text in texts]) for field, label, texts in told]
    return Part("record", _("The record"), rows, [{} for _body in bodies])


def _said(field: str, text: str) -> dict[str, Any]:
    """A word of the record itself in the shape of a fact."""
    state = "known" if text else "missing"
    return {
        "field": field, "value": text, "display": text, "unit": "", "known": bool(text), "state": state, "absence": "",
    }  # fmt: skip


def _part(bodies: list[Body], name: str) -> Part:
    groups = [next((one for one in body["groups"] if one["group"] == name), None) for body in bodies]
    labels: dict[str, str] = {}
    for group in groups:
        for fact in group["facts"] if group else []:
            labels.setdefault(fact["field"], fact["label"])
    told = [{fact["field"]: fact for fact in group["facts"]} if group else {} for group in groups]
    kinds = [body["kind"]["value"] for body in bodies]
    rows = [
        _row(
            field,
            label,
            [facts.get(field) or _untold(field, kind) for facts, kind in zip(told, kinds, strict=True)],
        )
        for field, label in labels.items()
    ]
    label = next((group["label"] for group in groups if group), "")
    return Part(name, label, rows, [group["source"] if group else {} for group in groups])


def _untold(field: str, kind: str) -> dict[str, Any] | None:
    """A field that a record of this kind could have told and did not; None when it is not asked of the kind."""
    return _said(field, "") if field in BY_NAME and kind in BY_NAME[field].kinds else None


def _row(field: str, label: str, cells: list[dict[str, Any] | None]) -> Row:
    return Row(field, label, cells, _mark(cells))


def _mark(cells: list[dict[str, Any] | None]) -> Mark:
    """Two different statements differ; a statement beside something that nobody knows is known of some alone."""
    said = [_statement(cell) for cell in cells]
    if len(set(said) - {""}) > 1:
        return Mark.DIFFERS
    return Mark.PARTLY if "" in said and any(said) else Mark.SAME


def _statement(cell: dict[str, Any] | None) -> str:
    """What a cell says of the record: that there is none is a statement, that nobody knows or has studied it is not."""
    if cell is None:
        return ""
    if cell["known"]:
        return f"{cell['display']} {cell['unit']}"
    return str(cell["absence"]) if cell["absence"] == str(Absence.NONE.label) else ""
