"""How the order changes when a weight changes: told for every weight, so that nobody has to trust a single number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import topsis
from .criteria import Criterion
from .topsis import Floats

#: what is tried with each weight: left out, halved, raised by half
TRIED = (0.0, 0.5, 1.5)
#: up to how many times the largest weight of the form a weight is followed
FOLLOWED = 10.0
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Turning:
    """One weight: the value below which and above which the first site is no longer first, and who is first there;
    None where it stays first down to nothing, or up to ten."""

    criterion: Criterion
    weight: float
    below: float | None
    below_code: str
    above: float | None
    above_code: str

    @property
    def is_steady(self) -> bool:
        """Whether the first stays first whatever this weight is."""
        return self.below is None and self.above is None


def rank_ranges(level: Floats, shares: Floats, of: Whole) -> tuple[Whole, Whole]:
    """The best and the worst place of some candidates over all that is tried, one weight at a time."""
    way = topsis.Reweighing(level, shares)
    now = topsis.places(way.now(), of)
    best, worst = now.copy(), now.copy()
    for column in np.flatnonzero(shares > 0):
        for factor in TRIED:
            if factor == 0.0 and np.count_nonzero(shares) == 1:
                continue  # without any weight there is no order to speak of
            tried = topsis.places(way.scores(int(column), float(shares[column]) * factor), of)
            np.minimum(best, tried, out=best)
            np.maximum(worst, tried, out=worst)
    return best, worst


def turnings(
    level: Floats, weights: Floats, first: int, criteria: Sequence[Criterion], codes: Any
) -> tuple[Turning, ...]:
    """This will find, for each weight that tells the candidates apart, where the first place changes hands."""
    way = topsis.Reweighing(level, weights)
    found = []
    for column, one in enumerate(criteria):
        if not weights[column]:
            continue
        below, above = topsis.turning_points(way, column, first, FOLLOWED)
        found.append(
            Turning(one, float(weights[column]), below, _leader(way, column, below, codes),
                    above, _leader(way, column, above, codes))
        )  # fmt: skip
    return tuple(found)


def _leader(way: topsis.Reweighing, column: int, new: float | None, codes: Any) -> str:
    """Who is first with a weight changed."""
    return "" if new is None else str(codes[int(np.argmax(way.scores(column, new)))])
