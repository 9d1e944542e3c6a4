"""What the pages show beside their words: sites, counts and figures, all asked of the records."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from vetovoima.monitoring import documents
from vetovoima.monitoring import queries as monitoring
from vetovoima.reference import queries as reference
from vetovoima.syndication.queries import (
    SearchTerms,
    newest_sites,
    real_lights,
    search_sites,
    sector_counts,
    site_counts,
)

from .charts import line_of
from .gathering import Gathered, totals
from .languages import SWITCH
from .lights import MAX_LIGHTS, draw

SITES_ON_PAGE = 12
#: what the data pack's claims are about; a field that is not here is shown by its own name
CLAIMED = {
    "total_area_km2": _("Total area"),
    "municipality_count": _("Municipalities"),
    "forest_share_percent": _("Share of forest"),
    "population": _("Population"),
}


def missing_languages(page: Any) -> list[str]:
    """This will return the languages in which a page is not there (or not public)."""
    found = set(page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True))
    return [code for code in SWITCH if code not in found]


def _target(language: str) -> dict[str, Any]:
    target = monitoring.target()
    if target is None:
        return {}
    progress = monitoring.target_progress(target)
    return {"progress": progress, "meter": documents.bars(progress, language)}


def for_home(gathered: Gathered) -> dict[str, Any]:
    """Counts of real sites, the newest records, the points of light, the target."""
    language, region = gathered.language, gathered.region
    counts = site_counts()
    municipalities = list(gathered.municipalities.values())
    sectors = list(reference.lead_sectors().prefetch_related(None))
    lights = (
        draw(
            region.map_bounds,
            municipalities,
            real_lights(MAX_LIGHTS),
            reference.boundaries(),
            counts,
            language,
        )
        if region
        else None
    )
    return {
        "counts": counts,
        "municipality_count": len(municipalities),
        "sector_count": len(sectors),
        "newest": [document.card for document in newest_sites(language, 5)],
        "lead_sectors": sectors,
        "lights": lights,
        **_target(language),
    }


def _area_figures(area: str) -> dict[str, Any]:
    """The latest figure of every indicator of an area, with what other sources say of the same period; and of the first
    indicator with enough years for a line, that line."""
    found = monitoring.figures_in(area)
    figures = [
        {
            "indicator": one.indicator,
            "observation": one,
            "others": [
                other
                for other in found.conflicts.get((one.indicator.code, area, one.period), [])
                if other.pk != one.pk
            ],
        }
        for one in found.latest
    ]
    return {"figures": figures, "chart": _line(found)}


def _line(found: monitoring.AreaFigures) -> dict[str, Any] | None:
    for one in found.latest:
        line = line_of(found.series[one.indicator.code])
        if line is not None:
            return {"indicator": one.indicator, "line": line}
    return None


def _disagreements(subject: str) -> list[dict[str, Any]]:
    """What sources say differently about an area, each field by its name; what one source alone says is no disagreement."""
    return [
        {"label": _claimed(entry["field"]), "claims": entry["claims"]}
        for entry in reference.disagreements(subject)
        if len(entry["claims"]) > 1
    ]


def _claimed(field: str) -> str:
    name, _line, year = field.rpartition("_")
    if year.isdigit():
        return f"{_claimed(name)}, {year}"
    return str(CLAIMED.get(field, field.replace("_", " ").capitalize()))


def for_region(gathered: Gathered) -> dict[str, Any]:
    """The region's own figures, its infrastructure and its municipalities."""
    region = gathered.region
    found = _area_figures(region.code) if region else {"figures": [], "chart": None}
    return {
        **found,
        "disagreements": _disagreements(f"region:{region.code}") if region else [],
        "infrastructure": reference.infrastructure(),
        "municipalities": gathered.municipalities.values(),
    }


def for_municipality_index(gathered: Gathered) -> dict[str, Any]:
    """Every municipality with its number of real public sites."""
    counts = site_counts()
    return {
        "municipalities": [
            {"place": one, "sites": counts.get(slug, 0)} for slug, one in gathered.municipalities.items()
        ]
    }


def for_municipality(gathered: Gathered, slug: str) -> dict[str, Any]:
    """A municipality, its figures, its contacts and its published sites."""
    place = gathered.municipalities.get(slug)
    if place is None:
        return {"municipality": None}
    found = search_sites(
        gathered.language, SearchTerms(municipalities=(slug,), limit=SITES_ON_PAGE), with_facets=False
    )
    return {
        "municipality": place,
        **_area_figures(slug),
        "disagreements": _disagreements(f"municipality:{slug}"),
        "contacts": gathered.contacts_in(place.pk),
        "cards": [document.card for document in found.documents],
        **totals(found),
    }


def for_sector_index() -> dict[str, Any]:
    """The lead sectors with their sub-sectors and numbers of public sites."""
    counts = sector_counts()
    return {
        "sectors": [
            {"sector": one, "children": one.children.all(), "sites": counts.get(one.slug, 0)}
            for one in reference.lead_sectors()
        ]
    }


def for_sector(gathered: Gathered, slug: str) -> dict[str, Any]:
    """A sector, what it consists of, its smart-specialisation choices and its published sites."""
    sector, children = reference.sector_with_children(slug)
    if sector is None:
        return {"sector": None}
    found = search_sites(
        gathered.language, SearchTerms(sectors=(slug,), limit=SITES_ON_PAGE), with_facets=False
    )
    return {
        "sector": sector,
        "children": children,
        "priorities": reference.s3_priorities(slug),
        "cards": [document.card for document in found.documents],
        **totals(found),
    }
