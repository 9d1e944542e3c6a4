"""The collections: what each holds, what may be asked of it, and where its features come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.common.geo import Box
from vetovoima.syndication.features import queries, region
from vetovoima.syndication.features.queries import FeaturePage, Wish


@dataclass(frozen=True)
class Collection:
    """One collection. `filters` are the properties that may be asked for by name."""

    id: str
    title: str | Promise
    about: str | Promise
    filters: tuple[str, ...]
    page: Callable[..., FeaturePage]
    count: Callable[[Wish], int | None]
    one: Callable[..., bytes | None]
    box: Callable[[], Box | None]
    #: first and last moment of change, for what has one
    times: Callable[[], tuple[datetime, datetime] | None] = lambda: None
    #: whether the version of the public side tells when anything in it has changed
    is_published: bool = False


def _box() -> Box | None:
    found = queries.extent()
    return found.box if found else None


def _times() -> tuple[datetime, datetime] | None:
    found = queries.extent()
    return (found.since, found.until) if found else None


def _of_region(
    id_: str, title: Promise, about: Promise, filters: tuple[str, ...], maker: region.Maker
) -> Collection:
    def page(wish: Wish, *, limit: int, metric: bool = False) -> FeaturePage:
        return region.region_page(maker, wish, limit=limit, metric=metric)

    def count(wish: Wish) -> int:
        return region.region_count(maker, wish)

    def one(language: str, code: str, *, metric: bool = False) -> bytes | None:
        return region.region_feature(maker, language, code, metric=metric)

    def box() -> Box | None:
        return region.region_box(maker)

    return Collection(id_, title, about, filters, page, count, one, box)


SITES = Collection(
    "sites", _("Sites and opportunities"),
    _("Every published record of the offer: plots, business areas, premises, brownfields, resources and investment opportunities."),
    ("kind", "municipality", "sector", "availability", "examples"),
    queries.feature_page, queries.feature_count, queries.one_feature, _box, _times, is_published=True,
)  # fmt: skip
MUNICIPALITIES = _of_region(
    "municipalities", _("Municipalities"),
    _("The municipalities of the region with their boundaries, or with their centres where no boundary is loaded."),
    (), region.municipality_features,
)  # fmt: skip
PLACES = _of_region(
    "places", _("Places of the infrastructure"),
    _("Airports, stations, ports, substations and other places that investors ask for, where their position is known."),
    ("kind", "municipality"), region.place_features,
)  # fmt: skip
COLLECTIONS = {one.id: one for one in (SITES, MUNICIPALITIES, PLACES)}
