"""Terms as masks over the offer: which records fit each, and which do not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from shapely import contains_xy, prepare
from shapely.geometry import Polygon

from vetovoima.common.geo import distances_km
from vetovoima.reference.queries import position_of

from .columns import BOUNDED, BY_COLUMN, CHOSEN, SWITCHES, TAGGED, Bounded, Limit
from .offer import Figures, Mask, Offer
from .terms import FLEXIBLE, SearchTerms


@dataclass(frozen=True)
class Narrowed:
    """One term at work: the records that fit it, and those that could state the figure it bounds but do not."""

    fits: Mask
    silent: Mask | None = None


def narrowings(
    offer: Offer, terms: SearchTerms, words: Mask | None, away: Figures | None
) -> dict[str, Narrowed]:
    """This will work out every term in use, by name, so that each can be left out. `words` are the records that have the
    words asked for, `away` is how far each is from the place asked about."""
    found: dict[str, Narrowed] = {}
    if words is not None:
        found["text"] = Narrowed(words)
    for term, column in CHOSEN.items():
        if values := getattr(terms, term):
            found[term] = Narrowed(offer.categories[column].mask(values))
    for term, column in TAGGED.items():
        if values := getattr(terms, term):
            found[term] = Narrowed(offer.tags[column].mask(values, offer.size))
    if terms.flexible in FLEXIBLE:
        found["flexible"] = Narrowed(offer.categories["firmness"].mask(FLEXIBLE[terms.flexible]))
    for term, column in SWITCHES.items():
        if getattr(terms, term):
            found[term] = Narrowed(offer.flags[column])
    found.update(_places(offer, terms, away))
    for bounded in BOUNDED:
        if (figure := getattr(terms, bounded.term)) is not None:
            found[bounded.term] = _bounded(offer, bounded, figure, terms.power_year)
    return found


def _bounded(offer: Offer, bounded: Bounded, figure: float, year: int | None) -> Narrowed:
    column = offer.column(bounded.column, year)
    concerned = offer.once(("concerned", bounded.column), lambda: _concerned(offer, bounded.column))
    # An unknown figure is not a number, and no comparison with it holds.
    fits = column >= figure if bounded.limit == Limit.LEAST else column <= figure
    return Narrowed(fits, np.isnan(column) & concerned)


def _concerned(offer: Offer, column: str) -> Mask:
    """The records of the kinds that could state a figure."""
    kinds = offer.categories["kind"]
    return kinds.mask(kind for kind in kinds.names if BY_COLUMN[column].concerns(kind))


def _places(offer: Offer, terms: SearchTerms, away: Figures | None) -> dict[str, Narrowed]:
    """The terms about where a record is."""
    found: dict[str, Narrowed] = {}
    longitude, latitude = offer.numbers["longitude"], offer.numbers["latitude"]
    if terms.box:
        west, south, east, north = terms.box
        found["box"] = Narrowed(
            (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
        )
    if terms.area:
        found["area"] = Narrowed(_inside(terms.area, longitude, latitude))
    if away is not None and terms.radius_km is not None:
        found["radius_km"] = Narrowed(away <= terms.radius_km, np.isnan(away))
    return found


def _inside(corners: Iterable[tuple[float, float]], longitude: Figures, latitude: Figures) -> Mask:
    shape = Polygon(list(corners))
    west, south, east, north = shape.bounds
    found: Mask = (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
    prepare(shape)
    # Only what lies in the box around the area is held against its border.
    found[found] = contains_xy(shape, longitude[found], latitude[found])
    return found


def distances_from(offer: Offer, slug: str) -> Figures | None:
    """How far every record is from a municipality's centre or a place, in km in a straight line; None from nowhere."""
    position = position_of(slug) if slug else None
    if position is None:
        return None
    return distances_km(*position, offer.numbers["latitude"], offer.numbers["longitude"])


def together(base: Mask, narrowed: Iterable[Narrowed]) -> Mask:
    """The records that fit all of them."""
    found = base.copy()
    for one in narrowed:
        found &= one.fits
    return found


def without(base: Mask, narrowed: dict[str, Narrowed], name: str) -> Mask:
    """The records that fit all terms but one."""
    return together(base, (one for term, one in narrowed.items() if term != name))


def silent_total(base: Mask, narrowed: dict[str, Narrowed]) -> int:
    """How many records fit in all they say, but do not say one of the figures that are bounded."""
    possible = base.copy()
    for one in narrowed.values():
        possible &= one.fits if one.silent is None else one.fits | one.silent
    return int(possible.sum()) - int(together(base, narrowed.values()).sum())
