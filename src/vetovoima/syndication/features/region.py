"""The region itself as features: its municipalities and the places of its infrastructure. Few, so made when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shapely import box as rectangle
from shapely.geometry import shape

from vetovoima.common.fields import Translated
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import places, region

from .asking import Mark, Wish
from .curve import Box, spot
from .queries import FeaturePage
from .rendering import box_of, head_of, metric, written


@dataclass(frozen=True)
class RegionFeature:
    """A feature that is not rendered beforehand: what it is found by, its properties and its shape in degrees."""

    mark: Mark
    code: str
    kind: str
    municipality: str
    properties: dict[str, Any]
    geometry: dict[str, Any]

    def written(self, is_metric: bool) -> bytes:
        """The feature, whole but for the `}` at its end."""
        geometry = metric(self.geometry) if is_metric else self.geometry
        return head_of(self.code, self.properties) + written(geometry)


Maker = Callable[[str], Iterable[RegionFeature]]


def municipality_features(language: str) -> Iterable[RegionFeature]:
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


def place_features(language: str) -> Iterable[RegionFeature]:
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
) -> RegionFeature:
    return RegionFeature(Mark(spot(box_of(geometry)), key), code, kind, municipality, properties, geometry)


def _licence() -> str:
    found = region()
    return found.licence if found else ""


def _source(source: dict[str, Any]) -> list[dict[str, str]]:
    if not source.get("title"):
        return []
    return [{name: str(source.get(name) or "") for name in ("title", "url", "dated")}]


def _fitting(maker: Maker, wish: Wish) -> list[RegionFeature]:
    found = [
        one
        for one in maker(wish.language)
        if (not wish.kinds or one.kind in wish.kinds)
        and (not wish.municipalities or one.municipality in wish.municipalities)
        and _meets(one, wish)
    ]
    return sorted(found, key=lambda one: one.mark)


def _meets(one: RegionFeature, wish: Wish) -> bool:
    if wish.metric is not None:
        return bool(shape(metric(one.geometry)).intersects(rectangle(*wish.metric)))
    found = shape(one.geometry)
    return not wish.boxes or any(found.intersects(rectangle(*box)) for box in wish.boxes)


def region_page(maker: Maker, wish: Wish, *, limit: int, metric: bool = False) -> FeaturePage:
    """This will return a page of the region's features, as `feature_page` does of published records."""
    found = [one for one in _fitting(maker, wish) if wish.after is None or one.mark > wish.after]
    shown = found[:limit]
    return FeaturePage([one.written(metric) for one in shown], shown[-1].mark if len(found) > limit else None)


def region_count(maker: Maker, wish: Wish) -> int:
    """This will count the region's features that fit."""
    return len(_fitting(maker, wish))


def region_feature(maker: Maker, language: str, code: str, *, metric: bool = False) -> bytes | None:
    """This will return one feature of the region, whole but for the `}` at its end, or None."""
    return next((one.written(metric) for one in maker(language) if one.code == code), None)


def region_box(maker: Maker) -> Box | None:
    """This will return the box of everything, in degrees."""
    boxes = [box_of(one.geometry) for one in maker("en")]
    if not boxes:
        return None
    return (
        min(one[0] for one in boxes), min(one[1] for one in boxes), max(one[2] for one in boxes), max(one[3] for one in boxes),
    )  # fmt: skip
