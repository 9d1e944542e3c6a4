"""The joint list for machines: other regions' records beside ours, each with its origin and its licence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.api.caching import Refused, json_answer
from vetovoima.api.doors import text_door
from vetovoima.api.parameters import given_of, language_of, understood
from vetovoima.catalogue.enums import SiteKind
from vetovoima.syndication.federation.enums import OTHER
from vetovoima.syndication.federation.joint import (
    MOST_PAGE,
    JointRecord,
    JointRegion,
    Wish,
    joint_page,
)
from vetovoima.syndication.federation.queries import joint_title
from vetovoima.syndication.questions import LIMIT, MAX_OFFSET, whole

from .envelopes import next_page

GEOJSON = "application/geo+json"
KNOWN = ("region", "kind", "lang", "limit", "offset")


def _found(request: HttpRequest) -> tuple[list[tuple[JointRecord, dict[str, Any]]], dict[str, Any]]:
    """The records asked for, each with what every form tells of it, and what the list says of itself."""
    given = given_of(request, KNOWN)
    kinds = [*SiteKind.values, OTHER]
    if given.get("kind", "") not in ("", *kinds):
        detail = _("The parameter %(name)s must be one of %(names)s.") % {
            "name": "kind",
            "names": ", ".join(kinds),
        }
        raise Refused(detail, parameter="kind", known=kinds)
    wish = Wish(language_of(request, given), given.get("region", ""), given.get("kind", ""))
    with understood():
        limit = whole("limit", given.get("limit", str(LIMIT)), 1, MOST_PAGE)
        offset = whole("offset", given.get("offset", "0"), 0, MAX_OFFSET)
    page = joint_page(wish, timezone.now(), offset=offset, limit=limit)
    keys = [one.key for one in page.regions]
    if wish.region not in ("", *keys):
        detail = _("%(name)s %(value)s is not known.") % {"name": "region", "value": wish.region[:60]}
        raise Refused(detail, parameter="region", known=keys)
    around = {
        "title": joint_title().best(wish.language)[0],
        "language": wish.language,
        "note": _("Each record is its own region's: it answers for it, and its licence is the record's own."),
        "regions": [_region(one, request, wish.language) for one in page.regions],
        "self": request.build_absolute_uri(),
        "next": next_page(request, given, page.next_offset, limit) or None,
        "total": page.total,
    }
    return [(one, _shape(one, request)) for one in page.records], around


def _region(one: JointRegion, request: HttpRequest, language: str) -> dict[str, Any]:
    """A region with its origin and licence. The moment of the last reading is told where it matters: when it is late."""
    return {
        "key": one.key,
        "name": one.name.best(language)[0],
        "is_own": one.is_own,
        "url": request.build_absolute_uri(one.home) if one.home else "",
        "attribution": one.attribution,
        "licence": one.licence,
        "licence_url": one.licence_url,
        "count": one.count,
        "is_late": one.is_late,
        "last_seen_at": one.read_at.isoformat(timespec="seconds") if one.is_late and one.read_at else None,
    }


def _shape(one: JointRecord, request: HttpRequest) -> dict[str, Any]:
    """A record without its point, which each form gives in its own way; what is not known is null."""
    return {
        "id": one.key,
        "code": one.code,
        "region": one.region.key,
        "is_own": one.region.is_own,
        "url": request.build_absolute_uri(one.url) if one.url else "",
        "name": one.name,
        "name_language": one.name_language,
        "summary": one.summary,
        "kind": one.kind,
        "kind_label": one.kind_label,
        "place_name": one.place_name,
        "place_precision": one.precision if one.latitude is not None else None,
        "area_m2": one.area_m2,
        "floor_area_m2": one.floor_area_m2,
        "free_capacity_mw": one.power_mw,
        "is_example": one.is_example,
        "attribution": one.region.attribution,
        "licence": one.licence,
        "licence_url": one.licence_url,
        "updated_at": one.updated_at.isoformat(timespec="seconds") if one.updated_at else None,
        "fetched_at": one.fetched_at.isoformat(timespec="seconds") if one.fetched_at else None,
        "is_late": one.is_late,
    }


@text_door
def joint_json(request: HttpRequest) -> HttpResponse:
    """This will answer the joint list: {"regions": […], "items": […], "next": address or null, "total": n}."""
    found, around = _found(request)
    items = [{**told, "latitude": one.latitude, "longitude": one.longitude} for one, told in found]
    return json_answer({**around, "items": items})


@text_door
def joint_geojson(request: HttpRequest) -> HttpResponse:
    """This will answer the joint list as a GeoJSON FeatureCollection; what has no place has no geometry."""
    found, around = _found(request)
    features = [
        {"type": "Feature", "id": one.key, "geometry": _point(one), "properties": told} for one, told in found
    ]
    return json_answer({"type": "FeatureCollection", **around, "features": features}, GEOJSON)


def _point(one: JointRecord) -> dict[str, Any] | None:
    if one.latitude is None:
        return None
    return {"type": "Point", "coordinates": [one.longitude, one.latitude]}
