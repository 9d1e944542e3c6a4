"""A record as a part of a larger paper: an offer package, a shortlist."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .sheets import ladder_words, read_easily, sheet_of

#: facts of a record that are printed: the rest is on its page, whose address stands there
MOST_FACTS = 90


def summary_line(record: dict[str, Any]) -> dict[str, str]:
    """This will shape a public document as a line of a front's table: name, kind, the first key figures, readiness."""
    known = [read_easily(one) for one in record["key_facts"] if one["known"]][:3]
    figures = [f"{one['label']} {one['display']}\u00a0{one['unit']}".strip() for one in known]
    return {
        "name": record["name"]["text"],
        "code": record["code"],
        "kind": record["kind"]["label"],
        "size": "; ".join(figures) or _("not told yet"),
        "state": ladder_words(record["readiness"]),
    }


def brief_sheet(record: dict[str, Any], base: str) -> dict[str, Any]:
    """This will shape a public document as a part of a larger paper: what is known, cut where its page serves better."""
    sheet = sheet_of(record, base + record["url"])
    left, dropped = MOST_FACTS, 0
    for group in sheet["groups"]:
        known = [fact for fact in group["facts"] if fact["is_known"]]
        group["facts"], dropped = known[:left], dropped + len(known[left:])
        left -= len(group["facts"])
    sheet["readiness"]["steps"] = _short_steps(sheet["readiness"]["steps"], record["readiness"]["steps"])
    sheet["more"] = _("More facts on the page of the record:") if dropped else _("The page of the record:")
    return sheet


def _short_steps(shown: list[dict[str, str]], steps: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The ladder with what is missing of the next step alone: what comes after it is told on the record's page."""
    unmet = [number for number, step in enumerate(steps) if not step["is_met"]]
    later = unmet[1:]
    return [{**one, "says": _("not reached")} if number in later else one for number, one in enumerate(shown)]
