"""Counts for every choice, and what to loosen when nothing fits."""

from __future__ import annotations

import math

import numpy as np

from vetovoima.syndication import asking

from .columns import BOUNDED, CHOSEN, READINESS_STEPS, SWITCHES, TAGGED, Limit
from .narrowing import Narrowed, without
from .offer import Figures, Mask, Offer
from .terms import FLEXIBLE, Relaxation
from .words import asked_words, match, telling_words

#: how many terms to drop are proposed
MOST_RELAXATIONS = 3
#: of a longer text no word is proposed to be dropped: it is no list of wishes
MOST_WORDS = 8
#: the terms whose values are counted
COUNTED = (*CHOSEN, *TAGGED, *SWITCHES, "flexible", "min_readiness")
Counts = dict[str, dict[str, int]]


def facets(offer: Offer, base: Mask, narrowed: dict[str, Narrowed], fitting: Mask) -> tuple[Counts, Counts]:
    """For each value of each facet, how many records there would be with it, its own choice left out: the real ones, and
    the examples, which are counted in no figure."""
    left_out = {term: without(base, narrowed, term) for term in narrowed if term in COUNTED}
    examples = offer.flags["is_example"]
    real = _counts(offer, left_out, fitting, ~examples)
    return real, _counts(offer, left_out, fitting, examples) if (base & examples).any() else {}


def _counts(offer: Offer, left_out: dict[str, Mask], fitting: Mask, among: Mask) -> Counts:
    usual = fitting & among

    def others(term: str) -> Mask:
        return left_out[term] & among if term in left_out else usual

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


def relaxations(offer: Offer, base: Mask, narrowed: dict[str, Narrowed]) -> list[Relaxation]:
    """The terms whose dropping gives most, one at a time."""
    left = {term: without(base, narrowed, term) for term in narrowed}
    found = [
        Relaxation(term, int(those.sum()), examples=_examples(offer, those)) for term, those in left.items()
    ]
    return sorted((one for one in found if one.total), key=lambda one: -one.total)[:MOST_RELAXATIONS]


def fewer_words(
    offer: Offer, base: Mask, narrowed: dict[str, Narrowed], text: str, language: str
) -> list[Relaxation]:
    """Of several words the ones without which the others are found, one at a time: a word that no record has makes the
    whole search fail, and dropping all of them would lose what was meant."""
    words = list(dict.fromkeys(telling_words(text, language)))
    if not 2 <= len(words) <= MOST_WORDS or "text" not in narrowed:
        return []
    others, found = without(base, narrowed, "text"), []
    for word in words:
        kept = " ".join(one for one in words if one != word)
        asked = asked_words(kept, language)
        those = match(offer, asked, language)[0] & others if asked else others & False
        found.append(Relaxation("text", int(those.sum()), None, _examples(offer, those), word, kept))
    return sorted((one for one in found if one.total), key=lambda one: -one.total)[:MOST_RELAXATIONS]


def _examples(offer: Offer, those: Mask) -> int:
    return int((those & offer.flags["is_example"]).sum())


def nearest(
    offer: Offer, base: Mask, narrowed: dict[str, Narrowed], year: int | None, away: Figures | None
) -> list[Relaxation]:
    """The nearest bound that gives results, for each figure asked for: “with 15 ha instead of 20 there are 3”."""
    columns = {one.term: (one.limit, one.column) for one in BOUNDED if one.term in narrowed}
    found = [
        _loosened(offer, term, limit, offer.column(column, year), without(base, narrowed, term))
        for term, (limit, column) in columns.items()
    ]
    if away is not None and "radius_km" in narrowed:
        found.append(_loosened(offer, "radius_km", Limit.MOST, away, without(base, narrowed, "radius_km")))
    return [one for one in found if one is not None]


def _loosened(offer: Offer, term: str, limit: Limit, figures: Figures, among: Mask) -> Relaxation | None:
    """The best figure there is, rounded to what a person would ask for, and how many reach it; that of an example only
    where nothing real states one."""
    stated = among & ~np.isnan(figures)
    real = stated & ~offer.flags["is_example"]
    known = figures[real if real.any() else stated]
    if not known.size:
        return None
    parameter = asking.BY_TERM[term]
    least = limit == Limit.LEAST
    best = float(known.max() if least else known.min()) / parameter.scale
    bound = _rounded(best, down=least)
    if bound <= 0 and least:
        return None
    # An unknown figure is not a number, and no comparison with it holds.
    reach = among & (figures >= bound * parameter.scale if least else figures <= bound * parameter.scale)
    return Relaxation(term, int(reach.sum()), bound, _examples(offer, reach))


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
