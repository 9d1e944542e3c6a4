"""The method alone: weighted TOPSIS on figures put on one scale, vectorised; numbers in, numbers out.

Each figure becomes a level from 0 (the worst among the candidates) to 1 (the best). A candidate's score is how far it
is from the worst possible candidate, as a share of the way from there to the best possible one, with each criterion's
distance stretched by its weight (Hwang and Yoon 1981).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
#: up to so many places are counted one by one, more are sorted
FEW = 30


@dataclass(frozen=True)
class Levels:
    """Every candidate's level for each criterion, NaN where its figure is not known; and which criteria tell the
    candidates apart at all."""

    known: Floats
    tells: Flags

    @property
    def careful(self) -> Floats:
        """The levels with everything that is not known taken as the worst among the known."""
        return np.nan_to_num(self.known, nan=0.0)

    @property
    def hopeful(self) -> Floats:
        """The levels with everything that is not known taken as the best among the known."""
        return np.nan_to_num(self.known, nan=1.0)


def levels(figures: Floats, is_benefit: Flags) -> Levels:
    """This will put the figures (a row for each candidate, a column for each criterion) on one scale."""
    known = np.full(figures.shape, np.nan)
    tells = np.zeros(figures.shape[1], dtype=bool)
    for column in range(figures.shape[1]):
        values = figures[:, column]
        there = ~np.isnan(values)
        if not there.any():
            continue
        low, high = values[there].min(), values[there].max()
        if high > low:
            share = (values - low) / (high - low)
            known[:, column] = share if is_benefit[column] else 1.0 - share
        else:
            known[there, column] = 1.0
        tells[column] = high > low or not there.all()
    return Levels(known, tells)


def weighing(weights: Floats, tells: Flags) -> Floats:
    """The weights as shares of one; what tells nobody apart weighs nothing."""
    used = np.where(tells, weights, 0.0)
    total = used.sum()
    return used / total if total else used


def closeness(level: Floats, shares: Floats) -> Floats:
    """The scores, from 0 to 1. Where nothing weighs, nobody is worse than anybody else: 1."""
    squares = shares**2
    return _ratio((level**2) @ squares, ((1.0 - level) ** 2) @ squares)


def _ratio(to_worst: Floats, to_best: Floats) -> Floats:
    near, far = np.sqrt(np.maximum(to_worst, 0.0)), np.sqrt(np.maximum(to_best, 0.0))
    whole = near + far
    result: Floats = np.divide(near, whole, out=np.ones_like(whole), where=whole > 0)
    return result


class Reweighing:
    """Scores with one weight changed, quickly: a criterion's part is taken out of the sums and put back otherwise."""

    def __init__(self, level: Floats, weights: Floats) -> None:
        self.weights = weights
        # A row for each criterion, so that one criterion's numbers lie side by side.
        self.near, self.far = (level.T**2).copy(), ((1.0 - level.T) ** 2).copy()
        self.to_worst, self.to_best = weights**2 @ self.near, weights**2 @ self.far

    def scores(self, column: int, weight: float) -> Floats:
        """The scores with another weight of one criterion."""
        change = weight**2 - float(self.weights[column]) ** 2
        return _ratio(self.to_worst + change * self.near[column], self.to_best + change * self.far[column])

    def now(self) -> Floats:
        """The scores as they are."""
        return _ratio(self.to_worst, self.to_best)


def places(scores: Floats, of: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """The place of candidates among all, 1 for the highest score; equals share the better place. `of`: of these alone."""
    rounded = np.round(scores, 9)
    if of is not None and len(of) <= FEW:
        return np.array([1 + int((rounded > rounded[one]).sum()) for one in of], dtype=np.int64)
    ordered = np.sort(-rounded)
    asked = rounded if of is None else rounded[of]
    return np.searchsorted(ordered, -asked, side="left").astype(np.int64) + 1


def turning_points(
    way: Reweighing, column: int, first: int, most: float
) -> tuple[float | None, float | None]:
    """Between which weights of one criterion the first candidate stays first: (below, above) where it loses its place,
    None where it keeps it down to zero, or up to `most`."""
    now = float(way.weights[column])
    down = _lost(way, column, first, np.linspace(now, 0.0, 11)[1:]) if now else None
    up = _lost(way, column, first, np.linspace(now, most, 21)[1:]) if most > now else None
    return down, up


def _lost(way: Reweighing, column: int, first: int, steps: Floats) -> float | None:
    """The weight nearest to now at which somebody else is first: found by steps, then made exact by halving."""

    def leads(weight: float) -> bool:
        scores = way.scores(column, weight)
        return bool(scores[first] >= scores.max() - 1e-9)

    before = float(way.weights[column])
    for step in steps:
        if not leads(float(step)):
            return _halved(leads, before, float(step))
        before = float(step)
    return None


def _halved(leads: Callable[[float], bool], held: float, lost: float) -> float:
    for _round in range(14):
        middle = (held + lost) / 2
        held, lost = (middle, lost) if leads(middle) else (held, middle)
    return lost
