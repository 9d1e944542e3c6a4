"""What all real records come to: counts and lights, computed once for each state of the offer and kept with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .offer import Figures, Mask, Offer

#: the sides of a cell in degrees, east–west and north–south: cells are about square in the north
CELL = (0.1, 0.05)


@dataclass(frozen=True)
class Light:
    """A place with real records: its position, how exactly it is known, how many they are."""

    latitude: float
    longitude: float
    precision: str
    count: int


def real_counts(offer: Offer) -> dict[str, int]:
    """How many real records there are, in all and by municipality."""
    found: dict[str, int] = offer.once(("real", "counts"), lambda: _counts(offer))
    return found


def _counts(offer: Offer) -> dict[str, int]:
    real = ~offer.flags["is_example"]
    return {"total": int(real.sum()), **offer.categories["municipality"].counts(real)}


@dataclass(frozen=True)
class Sums:
    """What real records come to: how many, of which kinds; the largest area (m²) and the most free power (MW) of any one
    of them, None where none says so. Areas are not added up: a plot may lie in a business area that is a record too."""

    total: int
    kinds: dict[str, int]
    largest_m2: float | None
    most_mw: float | None


def sums(offer: Offer, among: Mask) -> Sums:
    """This will sum up the real records of a mask."""
    real = among & ~offer.flags["is_example"]
    largest, most = (_most(offer.column(name)[real]) for name in ("area_m2", "power_mw"))
    return Sums(int(real.sum()), offer.categories["kind"].counts(real), largest, most)


def _most(figures: Figures) -> float | None:
    known = figures[~np.isnan(figures)]
    return float(known.max()) if known.size else None


def real_sectors(offer: Offer) -> dict[str, int]:
    """How many real records there are in each sector and lead sector."""
    found: dict[str, int] = offer.once(
        ("real", "sectors"), lambda: offer.tags["sectors"].counts(~offer.flags["is_example"])
    )
    return found


def lights(offer: Offer, most: int) -> list[Light]:
    """The places of real records; gathered in cells, coarser and coarser, where there are more than `most`."""
    found: list[Light] = offer.once(("real", "lights", most), lambda: _lights(offer, most))
    return found


def _lights(offer: Offer, most: int) -> list[Light]:
    east, north = offer.numbers["longitude"], offer.numbers["latitude"]
    shown = ~offer.flags["is_example"] & ~np.isnan(east) & ~np.isnan(north)
    precision = offer.categories["precision"]
    rows = np.column_stack([north[shown], east[shown], precision.numbers[shown]])
    found, counts = np.unique(rows, axis=0, return_counts=True)
    wide, high = CELL
    while len(found) > max(most, 1) and wide < 360:
        cell = np.array([high, wide, 1.0])
        found, counts = np.unique(np.round(rows / cell) * cell, axis=0, return_counts=True)
        wide, high = wide * 2, high * 2
    return [
        Light(float(latitude), float(longitude), precision.names[int(known)], int(count))
        for (latitude, longitude, known), count in zip(found, counts, strict=True)
    ]
