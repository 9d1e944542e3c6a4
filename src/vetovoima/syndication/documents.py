"""The public shape of a site: one function for page, feed, embed and whatever machine reads it.

Named by its version (`vetovoima.site/1`): a field is added freely, changed or removed only with a new version.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.queries import gaps
from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    DAY,
    FLAG,
    GROUPS,
    KEY_FACTS,
    LIST,
    SHAPE,
    TRANSLATED,
    FieldSpec,
    fields_of,
)  # fmt: skip
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.geo import to_etrs_tm35fin
from vetovoima.common.money import figure
from vetovoima.reference.models import Region
from vetovoima.reference.queries import disagreements

SCHEMA = "vetovoima.site/1"
#: fields that have a place of their own in the document, and are not repeated among the facts
ELSEWHERE = {"geometry", "place_precision", "name", "summary", "description", "reason_to_come", "availability",
             "sectors", "themes", "contact", "internal_note"}  # fmt: skip


class Text(TypedDict):
    """A text and the language it is in (which may not be the document's)."""

    text: str
    language: str


class FactShape(TypedDict):
    """One figure or word: raw value, how the language writes it, unit, and where it comes from."""

    field: str
    group: str
    label: str
    value: Any
    display: str
    unit: str
    known: bool
    source: str
    source_url: str
    dated: str
    checked_by: str
    checked_on: str
    confidence: str


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
    contact: dict[str, Any] | None
    gaps: list[dict[str, str]]
    disagreements: list[dict[str, Any]]
    sources: list[dict[str, str]]


def _text(value: Translated, language: str) -> Text:
    text, found = value.best(language)
    return {"text": text, "language": found}


def _day(value: Any) -> str:
    return date_format(value, "SHORT_DAY") if isinstance(value, date) else str(value)


def display(spec: FieldSpec, value: Any, language: str) -> str:
    """This will write a value as the language does, without its unit. The language must be active."""
    if value in (None, "", [], {}):
        return ""
    if spec.type == CHOICE:
        return str(spec.choices(value).label)
    if spec.type == FLAG:
        return _("yes") if value else _("no")
    if spec.type == DAY:
        return _day(value)
    if spec.type == LIST:
        return ", ".join(value)
    if spec.type == TRANSLATED:
        return Translated(value).best(language)[0]
    if isinstance(value, (int, float)):
        return str(value) if spec.name == "capacity_year" else figure(value, language, 2)
    return str(value)


def unit_label(spec: FieldSpec) -> str:
    """This will write a unit in the active language: only `month(s)` differs between languages."""
    return {"months": _("months"), "€/m²/month": _("€/m²/month")}.get(spec.unit, spec.unit)


def _fact(site: Site, spec: FieldSpec, language: str) -> FactShape:
    value = getattr(site, spec.name)
    source = site.sources.get(spec.group, {})
    known = value not in (None, "", [], {}) and value != "unknown"
    return {
        "field": spec.name,
        "group": spec.group,
        "label": str(spec.label),
        "value": (value.isoformat() if isinstance(value, date) else value) if known else None,
        "display": display(spec, value, language) if known else "",
        "unit": unit_label(spec) if known else "",
        "known": known,
        "source": source.get("title", "") if known else "",
        "source_url": source.get("url", "") if known else "",
        "dated": source.get("dated", "") if known else "",
        "checked_by": source.get("verified_by", "") if known else "",
        "checked_on": source.get("verified_on", "") if known else "",
        "confidence": source.get("confidence", "") if known else "",
    }


def _place(site: Site) -> dict[str, Any]:
    """The position, never more exact than its source: without one, the centre of the municipality, said so."""
    latitude, longitude = site.latitude, site.longitude
    if latitude is None or longitude is None:
        latitude, longitude = site.municipality.latitude, site.municipality.longitude
    return {
        "precision": site.place_precision,
        "label": str(site.get_place_precision_display()),
        "latitude": latitude,
        "longitude": longitude,
        "geometry": site.geometry,
        "box": [site.west, site.south, site.east, site.north] if site.geometry else None,
        "etrs_tm35fin": list(to_etrs_tm35fin(longitude, latitude)),
        "area_m2_computed": site.geometry_area_m2,
    }


def _photos(site: Site, language: str) -> list[dict[str, Any]]:
    return [
        {
            "url": f"/media/photos/{entry.photo.name}/large.jpg",
            "thumb_url": f"/media/photos/{entry.photo.name}/small.jpg",
            "width": entry.photo.width,
            "height": entry.photo.height,
            "alt": _text(entry.photo.alt, language),
            "credit": entry.photo.credit,
            "licence": entry.photo.licence,
            "taken_on": entry.photo.taken_on.isoformat() if entry.photo.taken_on else "",
        }
        for entry in site.photos.select_related("photo")
    ]


def _contact(site: Site, language: str) -> dict[str, Any] | None:
    if site.contact is None:
        return None
    return {
        "name": site.contact.name,
        "title": site.contact.title.best(language)[0],
        "organisation": site.contact.organisation.name.best(language)[0],
        "email": site.contact.email,
        "phone": site.contact.phone,
        "languages": site.contact.languages,
        "is_example": site.contact.is_example,
    }


def _groups(site: Site, language: str) -> list[dict[str, Any]]:
    found = []
    for group in GROUPS:
        specs = [
            spec for spec in fields_of(site.kind, group.name) if spec.is_public and spec.name not in ELSEWHERE
        ]
        specs = [spec for spec in specs if spec.type != SHAPE]
        if specs:
            facts = [_fact(site, spec, language) for spec in specs]
            source = site.sources.get(group.name, {})
            found.append({"group": group.name, "label": str(group.label), "facts": facts, "source": source})
    return found


def _disagreements(site: Site, language: str) -> list[dict[str, Any]]:
    key = site.external_key.removeprefix("pack:")
    if not site.external_key.startswith("pack:"):
        return []
    return [
        {
            "field": entry["field"],
            "label": str(BY_NAME[entry["field"]].label) if entry["field"] in BY_NAME else entry["field"],
            "claims": [
                {**claim, "reason": Translated(claim["reason"]).best(language)[0]}
                for claim in entry["claims"]
            ],
        }
        for entry in disagreements(f"site:{key}")
    ]


def _sources(site: Site) -> list[dict[str, str]]:
    """Every source once, in the order of the groups."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for group in GROUPS:
        source = site.sources.get(group.name)
        if source and source.get("title"):
            key = (source["title"], source.get("url", ""))
            found.setdefault(key, {"title": key[0], "url": key[1], "dated": source.get("dated", "")})
    return list(found.values())


def site_document(site: Site, region: Region, language: str, published_at: datetime) -> SiteDocument:
    """This will return the public document of a site in a language: everything public and nothing else."""
    with translation.override(language):
        content = (site.name, site.summary, site.description)
        languages = [one for one in LANGUAGES if all(text.text(one) for text in content if text)]
        return {
            "schema": SCHEMA,
            "code": site.code,
            "version": site.published_version,
            "language": language,
            "languages": languages,
            "missing_languages": [one for one in LANGUAGES if one not in languages],
            "url": f"/{language}/sites/{site.code}/",
            "published_at": localtime(published_at).isoformat(timespec="seconds"),
            "updated_at": localtime(site.updated_at).isoformat(timespec="seconds"),
            "licence": region.licence,
            "is_example": site.is_example,
            "kind": {"value": site.kind, "label": str(site.get_kind_display())},
            "name": _text(site.name, language),
            "summary": _text(site.summary, language),
            "description": _text(site.description, language),
            "reason_to_come": _text(site.reason_to_come, language),
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
            "place": _place(site),
            "key_facts": [_fact(site, BY_NAME[name], language) for name in KEY_FACTS[site.kind]],
            "groups": _groups(site, language),
            "photos": _photos(site, language),
            "contact": _contact(site, language),
            "gaps": [{"field": spec.name, "label": str(spec.label)} for spec in gaps(site)],
            "disagreements": _disagreements(site, language),
            "sources": _sources(site),
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
    return shown


def feature(shown: dict[str, Any], geometry: dict[str, Any] | None) -> dict[str, Any]:
    """This will return a card as a GeoJSON feature: the shape when known, else the point of its precision."""
    place = shown["place"]
    point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
    return {"type": "Feature", "id": shown["code"], "geometry": geometry or point, "properties": shown}
