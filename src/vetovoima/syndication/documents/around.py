"""What stands around a record: its address, place, pictures, person, related records, sources."""

from __future__ import annotations

from typing import Any

from vetovoima.catalogue.enums import Precision
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.queries import public_files
from vetovoima.catalogue.registry import (
    BY_NAME,
    GROUPS,
)  # fmt: skip
from vetovoima.common.fields import Translated
from vetovoima.common.geo import to_etrs_tm35fin
from vetovoima.common.money import file_size
from vetovoima.media.enums import licence_in_words
from vetovoima.media.validators import type_label
from vetovoima.reference.queries import disagreements, nearest_places, ways_from
from vetovoima.syndication.kinds import part_of
from vetovoima.syndication.models import PublishedDocument

from .facts import text_of


def record_url(site: Site, language: str) -> str:
    """This will give the public address of a record: opportunities have a part of the portal of their own."""
    return f"/{language}/{part_of(site.kind)}/{site.code}/"


def place_of(site: Site, language: str) -> dict[str, Any]:
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
        "nearest": _nearest(site, language),
        "distances": [
            {**way, "name": Translated(way["name"]).best(language)[0]}
            for way in ways_from(latitude, longitude, exact=site.place_precision == Precision.EXACT)
        ],
    }


def _nearest(site: Site, language: str) -> list[dict[str, Any]]:
    """Straight-line distances, only from a place that is known better than its municipality."""
    if site.place_precision == Precision.MUNICIPALITY or site.latitude is None or site.longitude is None:
        return []
    return [
        {**one, "name": Translated(one["name"]).best(language)[0]}
        for one in nearest_places(site.latitude, site.longitude)
    ]


def photos_of(site: Site, language: str) -> list[dict[str, Any]]:
    """The photographs with their text alternatives, credits and licences."""
    return [
        {
            "url": f"/media/photos/{entry.photo.name}/large.jpg",
            "thumb_url": f"/media/photos/{entry.photo.name}/small.jpg",
            "width": entry.photo.width,
            "height": entry.photo.height,
            "alt": text_of(entry.photo.alt, language),
            "credit": entry.photo.credit,
            "licence": licence_in_words(entry.photo.licence),
            "taken_on": entry.photo.taken_on.isoformat() if entry.photo.taken_on else "",
        }
        for entry in site.photo_rows()
    ]


def files_of(site: Site, language: str) -> list[dict[str, Any]]:
    """The documents that anybody may have; of the others nothing, not even that there are any."""
    return [
        {
            "url": f"/media/files/{entry.file.name}/",
            "title": text_of(entry.file.title, language),
            "description": text_of(entry.file.description, language),
            "kind": {"value": entry.file.kind, "label": str(entry.file.get_kind_display())},
            "group": entry.group,
            "media_type": entry.file.media_type,
            "media_label": type_label(entry.file.media_type),
            "size": entry.file.size,
            "size_label": file_size(entry.file.size, language),
            "licence": licence_in_words(entry.file.licence),
            "author": entry.file.author,
            "languages": entry.file.languages,
            "dated": entry.file.dated.isoformat() if entry.file.dated else "",
            "scan": {"value": entry.file.scan, "label": str(entry.file.get_scan_display())},
        }
        for entry in public_files(site)
    ]


def contact_of(site: Site, language: str) -> dict[str, Any] | None:
    """The named contact person of the offer, or None."""
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


def related_of(site: Site, language: str) -> list[dict[str, Any]]:
    """The public records that an opportunity leans on, called as they were published: their own drafts are not ours
    to show."""
    codes = [one.code for one in site.value("related_sites")]
    rows = PublishedDocument.objects.in_language(language).filter(code__in=codes)
    found = {code: (kind, name) for code, kind, name in rows.values_list("code", "kind", "body__name")}
    return [
        {"code": code, "name": name, "url": f"/{language}/{part_of(kind)}/{code}/"}
        for code in codes
        if code in found
        for kind, name in [found[code]]
    ]


def disagreements_of(site: Site, language: str) -> list[dict[str, Any]]:
    """Fields of a record of a data pack on which sources disagree, each source with its word."""
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


def sources_of(site: Site) -> list[dict[str, str]]:
    """Every source once, in the order of the groups."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for group in GROUPS:
        source = site.sources.get(group.name)
        if source and source.get("title"):
            key = (source["title"], source.get("url", ""))
            found.setdefault(key, {"title": key[0], "url": key[1], "dated": source.get("dated", "")})
    return list(found.values())
