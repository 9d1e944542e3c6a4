"""How complete, ready and certain a record is, and the truth about its grid."""

from __future__ import annotations

from datetime import date
from typing import Any

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import EXPIRED, Freshness, completeness, readiness


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
    found = readiness(site, today)
    return {
        "level": found.level,
        "label": found.name.best(language)[0],
        "steps": [
            {
                "level": step.level,
                "label": step.name.best(language)[0],
                "is_met": step.is_met,
                "evidence": step.evidence,
                "missing": step.missing,
            }
            for step in found.steps
        ],
    }


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
    """When anything of the record was last checked, and who answers for it."""
    if site.checked_on is None:
        return {}
    return {"on": site.checked_on.isoformat(), "by": site.municipality.name.best(language)[0]}
