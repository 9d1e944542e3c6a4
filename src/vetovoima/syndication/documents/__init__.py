"""The public shape of a site: one function for page, feed, embed and whatever machine reads it.

Named by its version (`vetovoima.site/1`): a field is added freely, changed or removed only with a new version.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.utils import translation
from django.utils.timezone import localtime

from vetovoima.catalogue.enums import Profile
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import freshness
from vetovoima.catalogue.queries import gaps
from vetovoima.catalogue.registry import BY_NAME, KEY_FACTS
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.models import Region
from vetovoima.syndication.kinds import part_of

from .around import (
    contact_of,
    disagreements_of,
    files_of,
    photos_of,
    place_of,
    record_url,
    related_of,
    sources_of,
)
from .facts import FactShape, Text, display, fact_of, groups_of, text_of, unit_label
from .plain import plain
from .quality import checked_of, completeness_of, power_of, readiness_of

__all__ = [
    "FactShape", "SiteDocument", "Text", "card", "display", "feature", "part_of", "plain", "record_url", "site_document",
    "text_of", "unit_label",
]  # fmt: skip

SCHEMA = "vetovoima.site/1"


class SiteDocument(TypedDict):
    """The public document of a site in one language."""

    schema: str
    code: str
    version: int
    language: str
    languages: list[str]
    missing_languages: list[str]
    url: str
    published_at: str
    updated_at: str
    licence: str
    is_example: bool
    kind: dict[str, str]
    name: Text
    summary: Text
    description: Text
    reason_to_come: Text
    municipality: dict[str, str]
    locality: str
    address: str
    availability: dict[str, str]
    sectors: list[dict[str, str]]
    themes: list[dict[str, str]]
    place: dict[str, Any]
    key_facts: list[FactShape]
    groups: list[dict[str, Any]]
    photos: list[dict[str, Any]]
    files: list[dict[str, Any]]
    contact: dict[str, Any] | None
    profiles: list[dict[str, str]]
    related: list[dict[str, Any]]
    completeness: dict[str, Any]
    readiness: dict[str, Any]
    checked: dict[str, str]
    power: dict[str, Any]
    gaps: list[dict[str, str]]
    disagreements: list[dict[str, Any]]
    sources: list[dict[str, str]]


def site_document(
    site: Site, region: Region, language: str, published_at: datetime, today: date
) -> SiteDocument:
    """This will return the public document of a site in a language: everything public and nothing else.

    `today` decides what has grown old: the day of publishing does not, for what is rendered later.
    """
    with translation.override(language):
        content = (site.name, site.summary, site.description)
        languages = [one for one in LANGUAGES if all(text.text(one) for text in content if text)]
        ages = freshness(site, today)
        return {
            "schema": SCHEMA,
            "code": site.code,
            "version": site.published_version,
            "language": language,
            "languages": languages,
            "missing_languages": [one for one in LANGUAGES if one not in languages],
            "url": record_url(site, language),
            "published_at": localtime(published_at).isoformat(timespec="seconds"),
            "updated_at": localtime(site.updated_at).isoformat(timespec="seconds"),
            "licence": region.licence,
            "is_example": site.is_example,
            "kind": {"value": site.kind, "label": str(site.get_kind_display())},
            "name": text_of(site.name, language),
            "summary": text_of(site.summary, language),
            "description": text_of(site.description, language),
            "reason_to_come": text_of(site.reason_to_come, language),
            "municipality": {
                "slug": site.municipality.slug,
                "name": site.municipality.name.best(language)[0],
                "lau_code": site.municipality.lau_code,
                "website": site.municipality.website,
            },
            "locality": site.locality,
            "address": " ".join(part for part in (site.address, site.postal_code) if part),
            "availability": {"value": site.availability, "label": str(site.get_availability_display())},
            "sectors": [{"slug": one.slug, "name": one.name.best(language)[0]} for one in site.sectors.all()],
            "themes": [{"slug": one.slug, "name": one.name.best(language)[0]} for one in site.themes.all()],
            "place": place_of(site, language),
            "key_facts": [
                fact_of(site, BY_NAME[name], language, ages[BY_NAME[name].group])
                for name in KEY_FACTS[site.kind]
            ],
            "groups": groups_of(site, language, ages),
            "photos": photos_of(site, language),
            "files": files_of(site, language),
            "contact": contact_of(site, language),
            "profiles": [{"value": one, "label": str(Profile(one).label)} for one in site.profiles],
            "related": related_of(site, language),
            "completeness": completeness_of(site),
            "readiness": readiness_of(site, language, today),
            "checked": checked_of(site, language),
            "power": power_of(site, ages),
            "gaps": [{"field": spec.name, "label": str(spec.label)} for spec in gaps(site)],
            "disagreements": disagreements_of(site, language),
            "sources": sources_of(site),
        }


CARD_FIELDS = ("code", "version", "language", "languages", "url", "updated_at", "licence", "is_example", "kind", "name",
               "summary", "municipality", "locality", "availability", "sectors")  # fmt: skip


def card(document: SiteDocument) -> dict[str, Any]:
    """This will return what a list needs of a document: feeds, search results and embeds show cards."""
    shown: dict[str, Any] = {name: document[name] for name in CARD_FIELDS}  # type: ignore[literal-required]
    place = document["place"]
    shown["place"] = {key: place[key] for key in ("precision", "label", "latitude", "longitude")}
    shown["key_facts"] = document["key_facts"]
    shown["photo"] = document["photos"][0] if document["photos"] else None
    shown["gaps"] = document["gaps"]
    shown["completeness"] = document["completeness"]["percent"]
    shown["readiness"] = {key: document["readiness"][key] for key in ("level", "label")}
    shown["checked"] = document["checked"]
    return shown


def feature(shown: dict[str, Any], geometry: dict[str, Any] | None) -> dict[str, Any]:
    """This will return a card as a GeoJSON feature: the shape when known, else the point of its precision."""
    place = shown["place"]
    point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": shown["code"], "geometry": geometry or point, "properties": shown}
