"""The infrastructure around the offer: its marks on the map, its data, and the same in words with distances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import Precision
from vetovoima.common.geo import distance_km
from vetovoima.reference import queries as reference
from vetovoima.reference.enums import PlaceKind

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality, Place

#: each kind's mark as a path in a box of 16 by 16: the legend draws it, and the map takes it from the legend
MARKS = {
    PlaceKind.AIRPORT: "M8 0.5 9.3 5.6 15.5 9.4V11L9.3 9.2V12.2L11.3 13.8V15.3L8 14.4 4.7 15.3V13.8L6.7 12.2V9.2L0.5 11V9.4L6.7 5.6Z",
    PlaceKind.RAILWAY_STATION: "M4 1H12L14 3V10L12 12 13.5 15H11.3L10.3 13H5.7L4.7 15H2.5L4 12 2 10V3ZM4 4V7.5H12V4Z",
    PlaceKind.RAILWAY_TERMINAL: "M1 2H15V4.5H1ZM1 6.8H15V9.2H1ZM1 11.5H15V14H1Z",
    PlaceKind.PORT: "M8 0.5 10 2.5 9 4V6H12V8H9V12.5L12.5 10 15 8.5V11L8 15.5 1 11V8.5L3.5 10 7 12.5V8H4V6H7V4L6 2.5Z",
    PlaceKind.BORDER_CROSSING: "M8 0.5 15.5 8 8 15.5 0.5 8ZM4 7V9H12V7Z",
    PlaceKind.SUBSTATION: "M10 0.5 2.5 9H7L5.5 15.5 13.5 6.5H8.7Z",
    PlaceKind.DATA_CENTRE: "M2 1.5H14V7H2ZM2 9H14V14.5H2ZM4 3.5V5H6.5V3.5ZM4 11V12.5H6.5V11Z",
    PlaceKind.RESEARCH_CENTRE: "M5.5 0.5H10.5V5L15 15.5H1L5.5 5Z",
    PlaceKind.UNIVERSITY_CONSORTIUM: "M8 0.5 10.2 5.7 15.7 6.1 11.5 9.7 12.8 15.2 8 12.2 3.2 15.2 4.5 9.7 0.3 6.1 5.8 5.7Z",
    PlaceKind.UNIVERSITY_OF_APPLIED_SCIENCES: "M8 1.5 16 6 8 10.5 0 6ZM3 9 8 12 13 9V12.5L8 15.5 3 12.5Z",
    PlaceKind.VOCATIONAL_COLLEGE: "M8 0.5 14.5 4.2V11.8L8 15.5 1.5 11.8V4.2Z",
}  # fmt: skip
PLAIN_MARK = "M8 2A6 6 0 1 0 8 14 6 6 0 1 0 8 2Z"
#: the kinds that stand on the map from the beginning: what is asked for first
SHOWN_FIRST = (PlaceKind.AIRPORT, PlaceKind.RAILWAY_STATION, PlaceKind.SUBSTATION)


@dataclass(frozen=True)
class Around:
    """A place in words: what it is called, where and in what state it is, and how far off."""

    name: str
    where: str
    status: str
    precision: str
    km: float | None


@dataclass(frozen=True)
class Layer:
    """The places of one kind: a box of the legend with its mark, and a list in words."""

    kind: str
    label: str
    mark: str
    is_shown: bool
    places: list[Around]


def place_points(language: str) -> list[dict[str, Any]]:
    """The infrastructure for the map: kind, name, state, position and how exactly that is known."""
    return [
        {
            "kind": one.kind,
            "label": str(PlaceKind(one.kind).label),
            "name": one.name.best(language)[0],
            "status": one.status.best(language)[0],
            "precision_label": _precision(one),
            "latitude": one.latitude,
            "longitude": one.longitude,
        }
        for one in reference.positioned_places()
    ]


def _precision(place: Place) -> str:
    return str(dict(Precision.choices).get(place.precision, ""))


@dataclass(frozen=True)
class Origin:
    """Where distances are counted from."""

    name: str
    latitude: float
    longitude: float


def origin_of(
    slug: str, places: Iterable[Place], towns: Iterable[Municipality], language: str
) -> Origin | None:
    """The place that distance is counted from: the one asked for, else the region's middle."""
    chosen: Any = next(
        (one for one in (*list[Any](towns), *list[Any](places)) if slug and one.slug == slug), None
    )
    if chosen is not None:
        return Origin(chosen.name.best(language)[0], chosen.latitude, chosen.longitude)
    region = reference.region()
    return Origin("", region.latitude, region.longitude) if region else None


def layers(
    places: list[Place], near: str, towns: Iterable[Municipality], language: str
) -> tuple[Origin | None, list[Layer]]:
    """The infrastructure kind by kind, the nearest first, with the place that distances are counted from."""
    origin = origin_of(near, places, towns, language)
    found = []
    for kind in PlaceKind:
        around = [_around(one, origin, language) for one in places if one.kind == kind]
        if around:
            around.sort(key=lambda one: one.km or 0.0)
            found.append(
                Layer(kind.value, str(kind.label), MARKS.get(kind, PLAIN_MARK), kind in SHOWN_FIRST, around)
            )
    return origin, found


def _around(place: Place, origin: Origin | None, language: str) -> Around:
    town = place.municipality
    km = None
    if origin is not None and place.latitude is not None and place.longitude is not None:
        km = round(distance_km(origin.latitude, origin.longitude, place.latitude, place.longitude))
    return Around(
        name=place.name.best(language)[0],
        where=town.name.best(language)[0] if town else "" if place.in_region else _("outside the region"),
        status=place.status.best(language)[0],
        precision="" if place.precision == Precision.EXACT else _precision(place),
        km=km,
    )
