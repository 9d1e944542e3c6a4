"""What the pages show beside their words: sites, counts and figures, all asked of the records."""

from __future__ import annotations

from typing import Any

from vetovoima.directory import queries as directory
from vetovoima.monitoring import queries as monitoring
from vetovoima.reference import queries as reference
from vetovoima.syndication.queries import SearchTerms, all_points, newest_sites, search_sites, site_counts

from .charts import line_of, meter_of
from .languages import SWITCH, current_language
from .lights import draw

SITES_ON_PAGE = 12


def missing_languages(page: Any) -> list[str]:
    """This will return the languages in which a page is not there (or not public)."""
    found = set(page.get_translations(inclusive=True).live().values_list("locale__language_code", flat=True))
    return [code for code in SWITCH if code not in found]


def _target() -> dict[str, Any]:
    target = monitoring.target()
    if target is None:
        return {}
    progress = monitoring.target_progress(target)
    return {"progress": progress, "meter": meter_of(progress)}


def for_home() -> dict[str, Any]:
    """Counts of real sites, the newest records, the points of light, the target."""
    language = current_language()
    region = reference.region()
    counts = site_counts(language)
    municipalities = list(reference.municipalities())
    points = all_points(language, SearchTerms(examples=False))
    lights = (
        draw(region.map_bounds, municipalities, points, reference.boundaries(), counts, language)
        if region
        else None
    )
    return {
        "counts": counts,
        "municipality_count": len(municipalities),
        "sector_count": len(reference.lead_sectors()),
        "newest": [document.card for document in newest_sites(language, 5)],
        "lead_sectors": reference.lead_sectors(),
        "lights": lights,
        "promised_days": reference.promised_working_days(),
        **_target(),
    }


def _area_figures(area: str) -> list[dict[str, Any]]:
    """The latest figure of every indicator of an area, with what other sources say of the same period."""
    disagreeing = monitoring.conflicts()
    return [
        {
            "indicator": observation.indicator,
            "observation": observation,
            "others": [
                one
                for one in disagreeing.get((code, area, observation.period), [])
                if one.pk != observation.pk
            ],
        }
        for code, observation in sorted(
            monitoring.latest_of_all(area).items(), key=lambda item: (item[1].indicator.position, item[0])
        )
    ]


def _line(figures: list[dict[str, Any]], area: str) -> Any:
    """The first indicator of the area with enough years for a line, drawn."""
    for entry in figures:
        line = line_of(monitoring.series(entry["indicator"], area))
        if line is not None:
            return {"indicator": entry["indicator"], "line": line}
    return None


def for_region() -> dict[str, Any]:
    """The region's own figures, its infrastructure and its municipalities."""
    region = reference.region()
    found = _area_figures(region.code) if region else []
    return {
        "figures": found,
        "chart": _line(found, region.code) if region else None,
        "disagreements": reference.disagreements(f"region:{region.code}") if region else [],
        "infrastructure": reference.infrastructure(),
        "municipalities": reference.municipalities(),
    }


def for_municipality_index() -> dict[str, Any]:
    """Every municipality with its number of real public sites."""
    counts = site_counts(current_language())
    return {
        "municipalities": [
            {"place": one, "sites": counts.get(one.slug, 0)} for one in reference.municipalities()
        ]
    }


def for_municipality(slug: str) -> dict[str, Any]:
    """A municipality, its figures, its contacts and its published sites."""
    language = current_language()
    place = reference.municipality(slug)
    if place is None:
        return {"municipality": None}
    found = search_sites(
        language, SearchTerms(municipalities=(slug,), limit=SITES_ON_PAGE), with_facets=False
    )
    figures = _area_figures(slug)
    return {
        "municipality": place,
        "figures": figures,
        "chart": _line(figures, slug),
        "disagreements": reference.disagreements(f"municipality:{slug}"),
        "contacts": directory.contacts_of_municipality(place.pk)[:3],
        "cards": [document.card for document in found.documents],
        "total": found.total,
        "real_total": site_counts(language).get(slug, 0),
        "promised_days": reference.promised_working_days(),
    }


def for_sector_index() -> dict[str, Any]:
    """The lead sectors with their sub-sectors and numbers of public sites."""
    counts = search_sites(current_language(), SearchTerms(examples=False, limit=1)).facets.get("sectors", {})
    return {
        "sectors": [
            {"sector": one, "children": one.children.all(), "sites": counts.get(one.slug, 0)}
            for one in reference.lead_sectors()
        ]
    }


def for_sector(slug: str) -> dict[str, Any]:
    """A sector, what it consists of, its smart-specialisation choices and its published sites."""
    sector = reference.sector(slug)
    if sector is None:
        return {"sector": None}
    found = search_sites(
        current_language(), SearchTerms(sectors=(slug,), limit=SITES_ON_PAGE), with_facets=False
    )
    return {
        "sector": sector,
        "children": sector.children.all(),
        "priorities": reference.s3_priorities(slug),
        "cards": [document.card for document in found.documents],
        "total": found.total,
    }
