"""The collections: what each holds, what may be asked of it, and where its features come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.common.geo import Box
from vetovoima.syndication.features import happenings, made, queries, region
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
    #: first and last moment, for what has one: of change, or of what it is
    times: Callable[[], tuple[datetime, datetime] | None] = lambda: None
    #: whether the version of the public side tells when anything in it has changed
    is_published: bool = False


def _box() -> Box | None:
    found = queries.extent()
    return found.box if found else None


def _times() -> tuple[datetime, datetime] | None:
    found = queries.extent()
    return (found.since, found.until) if found else None


def _made(
    id_: str, title: Promise, about: Promise, filters: tuple[str, ...], maker: made.Maker
) -> Collection:
    """A collection of features that are made when they are asked for."""
    return Collection(
        id_, title, about, filters, partial(made.made_page, maker), partial(made.made_count, maker),
        partial(made.made_feature, maker), partial(made.made_box, maker), partial(made.made_times, maker),
    )  # fmt: skip


SITES = Collection(
    "sites", _("Sites and opportunities"),
    _("Every published record of the offer: plots, business areas, premises, brownfields, resources and investment opportunities."),
    ("kind", "municipality", "sector", "availability", "examples"),
    queries.feature_page, queries.feature_count, queries.one_feature, _box, _times, is_published=True,
)  # fmt: skip
MUNICIPALITIES = _made(
    "municipalities", _("Municipalities"),
    _("The municipalities of the region with their boundaries, or with their centres where no boundary is loaded."),
    (), region.municipality_features,
)  # fmt: skip
PLACES = _made(
    "places", _("Places of the infrastructure"),
    _("Airports, stations, ports, substations and other places that investors ask for, where their position is known."),
    ("kind", "municipality"), region.place_features,
)  # fmt: skip
EVENTS = _made(
    "events", _("Events"),
    _("Public events, by their beginning; each at the centre of the municipality that it is about."),
    ("municipality", "sector"), happenings.event_features,
)  # fmt: skip
COLLECTIONS = {one.id: one for one in (SITES, MUNICIPALITIES, PLACES, EVENTS)}
