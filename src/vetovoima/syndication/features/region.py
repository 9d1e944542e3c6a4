"""The region itself as features: its municipalities and the places of its infrastructure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vetovoima.common.fields import Translated
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import places, region

from .asking import Mark
from .curve import spot
from .made import MadeFeature
from .rendering import box_of


def municipality_features(language: str) -> Iterable[MadeFeature]:
    """The municipalities with their boundaries, or their centres where no boundary is loaded."""
    licence = _licence()
    for one in Municipality.objects.order_by("pk"):
        centre = {"type": "Point", "coordinates": [one.longitude, one.latitude]}
        properties = {
            "slug": one.slug,
            "name": one.name.best(language)[0],
            "lau_code": one.lau_code,
            "land_area_km2": one.land_area_km2,
            "freshwater_area_km2": one.freshwater_area_km2,
            "total_area_km2": one.total_area_km2,
            "website": one.website,
            "shape": "boundary" if one.boundary else "centre",
            "shape_credit": one.boundary_credit if one.boundary else "",
            "sources": _source(one.source),
            "language": language,
            "licence": licence,
            "url": f"/{language}/municipalities/{one.slug}/",
        }
        yield _feature(one.pk, one.slug, "", one.slug, properties, one.boundary or centre)


def place_features(language: str) -> Iterable[MadeFeature]:
    """The places of the infrastructure whose position is known."""
    licence = _licence()
    for one in places().exclude(latitude=None).exclude(longitude=None):
        town = one.municipality
        properties = {
            "slug": one.slug,
            "name": one.name.best(language)[0],
            "kind": one.kind,
            "kind_label": str(one.get_kind_display()),
            "municipality": town.slug if town else None,
            "municipality_name": town.name.best(language)[0] if town else None,
            "in_region": one.in_region,
            "status": Translated(one.status).best(language)[0],
            "note": Translated(one.note).best(language)[0],
            "place_precision": one.precision,
            "sources": _source(one.source),
            "language": language,
            "licence": licence,
            "url": f"/{language}/region/",
        }
        point = {"type": "Point", "coordinates": [one.longitude, one.latitude]}
        yield _feature(one.pk, one.slug, one.kind, town.slug if town else "", properties, point)


def _feature(
    key: int, code: str, kind: str, municipality: str, properties: dict[str, Any], geometry: dict[str, Any]
) -> MadeFeature:
    towns = (municipality,) if municipality else ()
    return MadeFeature(Mark(spot(box_of(geometry)), key), code, properties, geometry, kind, towns)


def _licence() -> str:
    found = region()
    return found.licence if found else ""


def _source(source: dict[str, Any]) -> list[dict[str, str]]:
    if not source.get("title"):
        return []
    return [{name: str(source.get(name) or "") for name in ("title", "url", "dated")}]
