"""The public document as a table has it: one level of names and values, for maps and geographic programs.

Made of the document and of nothing else, so that whatever a document hides is hidden here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plain(document: Mapping[str, Any]) -> dict[str, Any]:
    """This will return a record's properties by name: what it is, its key figures, how good they are, whose they are.

    A figure stands under its name in the collection standard, in the unit that the standard gives it; one that is not
    known, or too old to be shown, is null. `sources` names for each source the figures that come from it.
    """
    place, checked = document["place"], document["checked"]
    return {
        "code": document["code"],
        "version": document["version"],
        "language": document["language"],
        "languages": document["languages"],
        "name": document["name"]["text"],
        "name_language": document["name"]["language"],
        "summary": document["summary"]["text"],
        "kind": document["kind"]["value"],
        "kind_label": document["kind"]["label"],
        "municipality": document["municipality"]["slug"],
        "municipality_name": document["municipality"]["name"],
        "lau_code": document["municipality"]["lau_code"],
        "locality": document["locality"],
        "address": document["address"],
        "availability": document["availability"]["value"],
        "availability_label": document["availability"]["label"],
        "sectors": [one["slug"] for one in document["sectors"]],
        "themes": [one["slug"] for one in document["themes"]],
        "place_precision": place["precision"],
        "place_precision_label": place["label"],
        **{fact["field"]: _value(fact) for fact in document["key_facts"]},
        "sources": _sources(document["key_facts"]),
        "readiness": document["readiness"]["level"],
        "completeness": document["completeness"]["percent"],
        "checked_on": checked.get("on"),
        "is_example": document["is_example"],
        "licence": document["licence"],
        "published_at": document["published_at"],
        "updated_at": document["updated_at"],
        "url": document["url"],
    }


def _value(fact: Mapping[str, Any]) -> Any:
    """A figure as it is; a text that stands in several languages as the document's language has it."""
    return fact["display"] if isinstance(fact["value"], dict) else fact["value"]


def _sources(facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every source of a figure once, with the names of its figures; figures without a source name none."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for fact in facts:
        if fact["known"] and fact["source"]:
            found.setdefault((fact["source"], fact["source_url"], fact["dated"]), []).append(fact["field"])
    return [
        {"title": title, "url": url, "dated": dated, "figures": names}
        for (title, url, dated), names in found.items()
    ]
