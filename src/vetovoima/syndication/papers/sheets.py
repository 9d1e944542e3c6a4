"""A published record in the shape in which `record.typ` prints it: nothing but words, in the document's language.

Made of the public document alone, so that paper never says more than the page.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from vetovoima.common.digits import is_number
from vetovoima.common.money import figure

#: gaps that are named; the rest is counted
SHOWN_GAPS = 24
HECTARE = 10_000
LAND = ("area_m2", "usable_area_m2", "min_parcel_m2", "expansion_area_m2")


def written_day(value: str) -> str:
    """This will write a day as the active language does; a year or a month alone stays as it is."""
    try:
        return date_format(date.fromisoformat(value[:10]), "SHORT_DAY") if len(value) >= 10 else value
    except ValueError:
        return value


def sheet_of(document: dict[str, Any], address: str = "") -> dict[str, Any]:
    """This will shape a public document for print; `address` is where its page is on the internet."""
    language = document["language"]
    with override(language):
        return {
            **_head(document, language),
            "key_facts": [_figure(one) for one in document["key_facts"]],
            "power": _power(document["power"].get("by_year") or {}, language),
            "readiness": _readiness(document),
            **_unknown(document["gaps"]),
            "groups": [_group(one) for one in document["groups"]],
            "contact": contact_lines(document["contact"]),
            "disagreements": [_disagreement(one, language) for one in document["disagreements"]],
            "version": _version(document),
            "url": address,
            "words": _words(),
        }


def _head(document: dict[str, Any], language: str) -> dict[str, Any]:
    place = document["place"]
    town = document["municipality"]["name"]
    where = (
        [document["address"], document["locality"], town]
        if document["locality"] != town
        else [document["address"], town]
    )
    near = f"{figure(place['latitude'], 'en', 4)}, {figure(place['longitude'], 'en', 4)} ({place['label']})"
    said = [*filter(None, where), near, document["availability"]["label"]]
    eyebrow = [document["kind"]["label"], document["code"], *(one["label"] for one in document["profiles"])]
    is_other = document["name"]["language"] != language or language in document["missing_languages"]
    return {
        "code": document["code"],
        "eyebrow": " · ".join(eyebrow),
        "name": document["name"],
        "place": " · ".join(said),
        "summary": document["summary"],
        "reason": document["reason_to_come"],
        "description": document["description"],
        "example": _("This record is a made-up example. It is not for sale and is counted in no figure.")
        if document["is_example"]
        else "",
        "fallback": _("The words of this record have not been written in this language yet. The figures are the same.")
        if is_other
        else "",
    }  # fmt: skip


def _words() -> dict[str, str]:
    """The headings of the template."""
    return {
        "reason": _("Why here"), "description": _("Description"), "power": _("Electric power"),
        "year": _("From the year"), "free_mw": _("Free MW"), "readiness": _("Readiness"), "step": _("Step"),
        "state": _("State"), "unknown": _("Not known yet"), "contact": _("Contact"), "all": _("All facts"),
        "field": _("Fact"), "value": _("Value"), "source": _("Source"), "disagreements": _("Where sources disagree"),
        "no_contact": _("No person is named for this site yet. Ask the region's coordinator."),
    }  # fmt: skip


def value_of(fact: dict[str, Any]) -> str:
    """This will write a fact's value with its unit, or why there is none."""
    if fact["known"]:
        return f"{fact['display']}\u00a0{fact['unit']}".strip() if fact["unit"] else str(fact["display"])
    return _no_value(fact)


def number_of(fact: dict[str, Any]) -> int | float | None:
    """A fact's value where it is a number, so that it can be reckoned with."""
    value = fact["value"]
    return value if is_number(value) else None


def ladder_words(readiness: dict[str, Any]) -> str:
    """This will say how ready a record is: 3 of 5 and what that step is called."""
    return _("%(level)s of 5: %(label)s") % {"level": readiness["level"], "label": readiness["label"]}


def read_easily(fact: dict[str, Any]) -> dict[str, Any]:
    """This will write land in hectares from one hectare on, as the pages do; every other fact stays as it is."""
    value = fact["value"]
    if fact["field"] not in LAND or not is_number(value) or value < HECTARE:
        return fact
    return {**fact, "display": figure(value / HECTARE, (get_language() or "en")[:2], 1), "unit": "ha"}


def _no_value(fact: dict[str, Any]) -> str:
    if fact["state"] == "absent":
        return str(fact["absence"])
    return _("told too long ago to be shown") if fact["state"] == "expired" else _("not told yet")


def _figure(fact: dict[str, Any]) -> dict[str, Any]:
    fact = read_easily(fact)
    is_known = fact["known"]
    return {
        "label": fact["label"],
        "value": str(fact["display"]) if is_known else _no_value(fact),
        "unit": fact["unit"] if is_known else "",
        "is_known": is_known,
        "note": _checked(fact) if is_known else "",
    }


def _checked(fact: dict[str, Any]) -> str:
    if not fact["checked_on"]:
        return fact["dated"] and written_day(fact["dated"])
    words = {"date": written_day(fact["checked_on"]), "who": fact["checked_by"]}
    return _("checked %(date)s by %(who)s") % words


def _power(by_year: dict[str, float], language: str) -> list[dict[str, Any]]:
    """Free power by year with its share of the largest for the bar; year 0 is now."""
    largest = max(by_year.values(), default=0) or 1
    return [
        {"year": _("now") if year == "0" else year, "mw": figure(mw, language), "share": max(0, mw) / largest}
        for year, mw in by_year.items()
    ]


def _readiness(document: dict[str, Any]) -> dict[str, Any]:
    found = document["readiness"]
    said = {"level": found["level"], "label": found["label"], "percent": document["completeness"]["percent"]}
    return {
        "says": _("%(level)s of 5: %(label)s. %(percent)s%% of the expected facts are known.") % said,
        "steps": [
            {"label": f"{step['level']} {step['label']}", "says": _step(step)} for step in found["steps"]
        ],
    }


def _step(step: dict[str, Any]) -> str:
    if step["is_met"]:
        return _("reached")
    missing = "; ".join(step["missing"])
    return _("not reached. Missing: %(missing)s") % {"missing": missing} if missing else _("not reached")


def _unknown(gaps: list[dict[str, str]]) -> dict[str, Any]:
    more = len(gaps) - SHOWN_GAPS
    said = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more > 0 else ""
    return {"unknown": [one["label"] for one in gaps[:SHOWN_GAPS]], "unknown_more": said}


def _group(group: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": group["group"],
        "label": group["label"],
        "warning": _warning(group["age"]),
        "facts": [
            {
                "label": fact["label"], "value": value_of(read_easily(fact)), "is_known": fact["known"],
                "note": f"({fact['original']})" if fact["original"] else "",
            }
            for fact in group["facts"]
        ],
        "source": _source(group),
    }  # fmt: skip


def _warning(age: dict[str, str]) -> str:
    on = {"date": written_day(age["checked_on"])}
    if age["state"] == "stale":
        return _("These facts are from %(date)s and may have changed.") % on
    if age["state"] == "expired":
        return _("What was told on %(date)s is too old to be shown. Ask, and we find out.") % on
    return ""


def _source(group: dict[str, Any]) -> str:
    source = group["source"]
    parts = []
    if source.get("title"):
        dated = f", {written_day(source['dated'])}" if source.get("dated") else ""
        parts.append(_("Source: %(source)s") % {"source": source["title"] + dated})
    else:
        parts.append(_("No source given."))
    if source.get("verified_on"):
        words = {"date": written_day(source["verified_on"]), "who": source.get("verified_by", "")}
        parts.append(_("checked %(date)s by %(who)s") % words)
    if group["age"]["method"]:
        parts.append(group["age"]["method"])
    return " · ".join(parts)


def contact_lines(contact: dict[str, Any] | None) -> list[str]:
    """This will write a person's published details line by line; none for nobody."""
    if contact is None:
        return []
    name = f"{contact['name']} ({_('example')})" if contact["is_example"] else contact["name"]
    lines = [name, contact["title"], contact["organisation"], contact["phone"], contact["email"]]
    spoken = ", ".join(contact["languages"])
    return [
        one for one in (*lines, _("Speaks: %(languages)s") % {"languages": spoken} if spoken else "") if one
    ]


def _disagreement(entry: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        "label": entry["label"],
        "claims": [
            {
                "value": " ".join(filter(None, (str(claim["value"]), claim["unit"], f"({_('used')})" if claim["canonical"] else ""))),
                "source": ", ".join(filter(None, (claim["source"].get("title", ""), claim["source"].get("dated", ""), claim["reason"]))),
            }
            for claim in entry["claims"]
        ],
    }  # fmt: skip


def _version(document: dict[str, Any]) -> str:
    words = {"version": document["version"], "date": written_day(document["updated_at"])}
    return _("Version %(version)s, updated %(date)s.") % words + f" {document['licence']}."
