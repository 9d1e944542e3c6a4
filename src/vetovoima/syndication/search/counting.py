"""Counts for every choice, and what to loosen when nothing fits."""

from __future__ import annotations

import math

import numpy as np

from vetovoima.syndication import asking

from .columns import BOUNDED, CHOSEN, READINESS_STEPS, SWITCHES, TAGGED, Limit
from .narrowing import Narrowed, without
from .offer import Figures, Mask, Offer
from .terms import FLEXIBLE, Relaxation

#: how many terms to drop are proposed
MOST_RELAXATIONS = 3


def facets(
    offer: Offer, base: Mask, narrowed: dict[str, Narrowed], fitting: Mask
) -> dict[str, dict[str, int]]:
    """For each value of each facet, how many records there would be with it: its own choice left out."""

    def others(term: str) -> Mask:
        return without(base, narrowed, term) if term in narrowed else fitting

    found = {term: offer.categories[column].counts(others(term)) for term, column in CHOSEN.items()}
    found |= {term: offer.tags[column].counts(others(term)) for term, column in TAGGED.items()}
    firmness = offer.categories["firmness"].counts(others("flexible"))
    wishes = {wish: sum(firmness.get(value, 0) for value in met_by) for wish, met_by in FLEXIBLE.items()}
    found["flexible"] = {wish: number for wish, number in wishes.items() if number}
    for term, column in SWITCHES.items():
        number = int((offer.flags[column] & others(term)).sum())
        found[term] = {"yes": number} if number else {}
    found["min_readiness"] = _steps(offer.numbers["readiness"][others("min_readiness")])
    return found


def _steps(readiness: Figures) -> dict[str, int]:
    """How many reach each step of the ladder."""
    counts = {str(step): int((readiness >= step).sum()) for step in READINESS_STEPS}
    return {step: number for step, number in counts.items() if number}


def relaxations(base: Mask, narrowed: dict[str, Narrowed]) -> list[Relaxation]:
    """The terms whose dropping gives most, one at a time."""
    found = [Relaxation(term, int(without(base, narrowed, term).sum())) for term in narrowed]
    return sorted((one for one in found if one.total), key=lambda one: -one.total)[:MOST_RELAXATIONS]


def nearest(
    offer: Offer, base: Mask, narrowed: dict[str, Narrowed], year: int | None, away: Figures | None
) -> list[Relaxation]:
    """The nearest bound that gives results, for each figure asked for: “with 15 ha instead of 20 there are 3”."""
    columns = {one.term: (one.limit, one.column) for one in BOUNDED if one.term in narrowed}
    found = [
        _loosened(term, limit, offer.column(column, year)[without(base, narrowed, term)])
        for term, (limit, column) in columns.items()
    ]
    if away is not None and "radius_km" in narrowed:
        found.append(_loosened("radius_km", Limit.MOST, away[without(base, narrowed, "radius_km")]))
    return [one for one in found if one is not None]


def _loosened(term: str, limit: Limit, figures: Figures) -> Relaxation | None:
    """The best figure there is, rounded to what a person would ask for, and how many reach it."""
    known = figures[~np.isnan(figures)]
    if not known.size:
        return None
    parameter = asking.BY_TERM[term]
    least = limit == Limit.LEAST
    best = float(known.max() if least else known.min()) / parameter.scale
    bound = _rounded(best, down=least)
    if bound <= 0 and least:
        return None
    reach = known >= bound * parameter.scale if least else known <= bound * parameter.scale
    return Relaxation(term, int(reach.sum()), bound)


def _rounded(figure: float, *, down: bool) -> float:
    """A figure with two digits that count, never to the side where nothing fits."""
    if figure <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(figure)) - 1)
    parts = figure / step
    # What is round already stays: 15 / 1 may be 14.999999999999998.
    whole = (
        round(parts) if math.isclose(parts, round(parts)) else math.floor(parts) if down else math.ceil(parts)
    )
    return float(f"{whole * step:.12g}")
