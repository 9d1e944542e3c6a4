"""How complete, ready and certain a record is, and the truth about its grid."""

from __future__ import annotations

from datetime import date
from typing import Any

from vetovoima.catalogue.enums import Absence
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import (
    EXPIRED,
    Evidence,
    Freshness,
    completeness,
    freshness,
    last_checked,
    last_collected,
    readiness,
)
from vetovoima.catalogue.registry import BY_NAME, MANY, ONE, SHAPE, SITES, TRANSLATED, FieldSpec

from .facts import display, unit_of


def completeness_of(site: Site) -> dict[str, Any]:
    """The share of what is expected that is known, in all and by group, in per cent."""
    found = completeness(site)
    return {
        "percent": found.percent,
        "groups": [
            {"group": one.group, "label": str(one.label), "percent": one.percent} for one in found.groups
        ],
    }


def readiness_of(site: Site, language: str, today: date) -> dict[str, Any]:
    """The step of the ladder reached, and every step with what speaks for it and what is missing."""
    found, ages = readiness(site, today), freshness(site, today)
    return {
        "level": found.level,
        "label": found.name.best(language)[0],
        "steps": [
            {
                "level": step.level,
                "label": step.name.best(language)[0],
                "is_met": step.is_met,
                "evidence": [_told(site, one, language, ages) for one in step.evidence],
                "missing": step.missing,
            }
            for step in found.steps
        ],
    }


def _told(site: Site, evidence: Evidence, language: str, ages: dict[str, Freshness]) -> str:
    """What speaks for a step, with its value; a value that is too old to be shown is told by its name alone."""
    said = evidence.document or (
        display(BY_NAME["available_from"], date.fromisoformat(evidence.day), language) if evidence.day else ""
    )
    if evidence.field:
        spec = BY_NAME[evidence.field]
        said = _value(site, spec, language) if ages[spec.group].state != EXPIRED else ""
    return f"{evidence.label}: {said}" if said else evidence.label


def _value(site: Site, spec: FieldSpec, language: str) -> str:
    """The value of a field with its unit, short enough for a list; a place and a person are shown elsewhere."""
    if spec.type in (SHAPE, ONE, MANY, SITES, TRANSLATED) or not spec.is_public_in(site):
        return ""
    if not site.is_known(spec.name):
        return str(Absence(site.absent[spec.name]).label) if spec.name in site.absent else ""
    words = display(spec, site.value(spec.name), language)
    return f"{words} {unit_of(site, spec)}".strip()


def power_of(site: Site, ages: dict[str, Freshness]) -> dict[str, Any]:
    """The truth about the grid in numbers: free MW now and by year, cumulated upwards; {} when nothing current is known."""
    if ages.get("electricity") is None or ages["electricity"].state == EXPIRED:
        return {}
    by_year: dict[str, float] = dict(site.value("capacity_by_year"))
    if site.free_capacity_mw is not None:
        by_year.setdefault(str(site.capacity_year or 0), site.free_capacity_mw)
    return {
        "by_year": dict(sorted(by_year.items())),
        "voltage_kv": site.voltage_kv,
        "queue_state": site.value("queue_state"),
        "firmness": site.value("connection_firmness"),
        "feed_count": site.value("feed_count"),
        "separate_substations": site.value("has_separate_substations"),
        "lead_months": site.connection_lead_months,
        "confirmed_on": site.more.get("grid_confirmed_on", ""),
    }


def checked_of(site: Site, language: str) -> dict[str, str]:
    """When anything of the record was last checked, and who answers for it; of one that nobody checked, when it was
    last collected and from what source. Collecting is no check, and nobody is named for one."""
    checked = last_checked(site)
    if checked is not None:
        return {"on": checked.isoformat(), "by": site.municipality.name.best(language)[0]}
    collected = last_collected(site)
    return {"collected_on": collected[0].isoformat(), "source": collected[1]} if collected else {}
