"""The offer in order: which sites fit, which might, which do not and why; each score with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import topsis
from .asking import KINDS, Wishes
from .criteria import BY_NAME, Criterion
from .reading import Sites, read_sites
from .sensitivity import Turning, rank_ranges, turnings
from .topsis import Flags, Floats, Levels

PER_PAGE = 10
#: with fewer sites that fit, those that nearly do are told
FEW = 3
Places = NDArray[np.int64]
#: hard limits that are no criteria: what may not be known of a site, and what it may fail on
AVAILABILITY, SECTOR, MUNICIPALITY = "availability", "sector", "municipality"


@dataclass(frozen=True)
class Part:
    """What one criterion does for a site's score: the site's figure (None: not stated), its level from 0 to 1 among the
    candidates, how many points of a hundred it gives, and how many more it would give at the best level."""

    criterion: Criterion
    value: float | None
    level: float | None
    gives: float
    could_give: float


@dataclass(frozen=True)
class Placed:
    """One site with its place; `score` takes what is not stated as the worst, `hopeful` as the best (0 to 100).

    `open_limits` are the names of hard limits of which the site does not say whether it keeps them; `best_place` and
    `worst_place` tell how the place moves when one weight is halved, raised by half or left out.
    """

    code: str
    place: int
    score: float
    hopeful: float
    parts: tuple[Part, ...]
    open_limits: tuple[str, ...]
    best_place: int
    worst_place: int

    @property
    def missing(self) -> tuple[Part, ...]:
        """The criteria for which the site states nothing."""
        return tuple(part for part in self.parts if part.value is None)

    @property
    def is_steady(self) -> bool:
        """Whether its place is the same whichever single weight changes."""
        return self.best_place == self.worst_place


@dataclass(frozen=True)
class Weighing:
    """How a criterion weighs: the weight given, its share of all, and how many of the real candidates (and of the
    examples) state a figure. `tells` False: everybody has the same figure, or nobody any, so that it cannot order them."""

    criterion: Criterion
    weight: int
    share: float
    stated: int
    stated_examples: int
    tells: bool


@dataclass(frozen=True)
class NearMiss:
    """A site that keeps every limit but one, and how far it is from that one."""

    code: str
    criterion: Criterion
    value: float
    limit: float


@dataclass(frozen=True)
class Found:
    """The whole answer; `fitting` and `maybe` are one page of each, `failing` counts sites by the limit they fail.

    An example is counted in no figure: `fitting_total` and `maybe_total` are the lengths of the lists, the `_real` figures
    and those of `failing` leave the examples out.
    """

    fitting: tuple[Placed, ...]
    maybe: tuple[Placed, ...]
    fitting_total: int
    maybe_total: int
    fitting_real: int
    maybe_real: int
    failing_real: int
    failing: tuple[tuple[str, int], ...]
    weighings: tuple[Weighing, ...]
    turnings: tuple[Turning, ...]
    near_misses: tuple[NearMiss, ...]
    pages: int

    @property
    def example_total(self) -> int:
        """How many of those that fit are examples."""
        return self.fitting_total - self.fitting_real


def find(language: str, wishes: Wishes) -> Found:
    """This will rank the published sites by somebody's wishes."""
    sites = read_sites(
        language, kinds=wishes.kinds or KINDS, municipalities=wishes.municipalities, sectors=wishes.sectors,
        power_year=wishes.power_year,
    )  # fmt: skip
    return rank(sites, wishes)


def rank(sites: Sites, wishes: Wishes) -> Found:
    """This will rank sites that have been read."""
    verdicts = _verdicts(sites, wishes)
    fails = _any(sites, [bad for bad, _open in verdicts.values()])
    is_open = _any(sites, [unknown for _bad, unknown in verdicts.values()]) & ~fails
    real = ~sites.examples
    candidates = np.flatnonzero(~fails)
    order = _Order(sites, wishes, candidates)
    fits = ~is_open[candidates]
    start = (wishes.page - 1) * PER_PAGE
    lists = {name: order.placed(np.flatnonzero(chosen), start, verdicts) for name, chosen in
             (("fitting", fits), ("maybe", ~fits))}  # fmt: skip
    totals = {"fitting": int(fits.sum()), "maybe": int((~fits).sum())}
    return Found(
        fitting=lists["fitting"], maybe=lists["maybe"], fitting_total=totals["fitting"],
        maybe_total=totals["maybe"],
        fitting_real=int((~fails & ~is_open & real).sum()), maybe_real=int((is_open & real).sum()),
        failing_real=int((fails & real).sum()),
        failing=tuple(
            sorted(((name, int((bad & real).sum())) for name, (bad, _open) in verdicts.items() if (bad & real).any()),
                   key=lambda item: -item[1])
        ),
        weighings=order.weighings(), turnings=order.turnings(np.flatnonzero(fits)),
        near_misses=_near_misses(sites, wishes, verdicts) if totals["fitting"] < FEW else (),
        pages=max(1, -(-max(totals.values()) // PER_PAGE)),
    )  # fmt: skip


def _any(sites: Sites, flags: list[Flags]) -> Flags:
    found = np.zeros(len(sites), dtype=bool)
    for one in flags:
        found |= one
    return found


def _near_misses(
    sites: Sites, wishes: Wishes, verdicts: dict[str, tuple[Flags, Flags]]
) -> tuple[NearMiss, ...]:
    """The sites that say everything and keep every limit but one figure, the nearest first."""
    fails = np.sum([bad for bad, _open in verdicts.values()], axis=0) if verdicts else np.zeros(len(sites))
    alone = (fails == 1) & ~_any(sites, [unknown for _bad, unknown in verdicts.values()])
    found = [
        (
            abs(value - limit) / max(abs(value), abs(limit)),
            NearMiss(str(sites.codes[at]), BY_NAME[name], value, limit),
        )
        for name, limit in wishes.musts.items()
        for at in np.flatnonzero(alone & verdicts[name][0])
        for value in [float(sites.figures[name][at])]
    ]
    return tuple(one for _miss, one in sorted(found, key=lambda item: (item[0], item[1].code))[:FEW])


def _verdicts(sites: Sites, wishes: Wishes) -> dict[str, tuple[Flags, Flags]]:
    """For each hard limit: who fails it, and of whom it is not known. Nobody fails by saying nothing."""
    nobody = np.zeros(len(sites), dtype=bool)
    found = {}
    for name, limit in wishes.musts.items():
        values = sites.figures[name]
        bad = values < limit if BY_NAME[name].is_benefit else values > limit
        found[name] = (np.asarray(bad, dtype=bool), np.isnan(values))
    if wishes.municipalities:
        found[MUNICIPALITY] = (~sites.in_municipality, nobody)
    if wishes.sectors:
        found[SECTOR] = (sites.has_any_sector & ~sites.has_sector, ~sites.has_any_sector)
    if not wishes.with_taken:
        found[AVAILABILITY] = (sites.is_taken, ~sites.is_availability_known)
    return found


class _Order:
    """The candidates' scores, and everything that is told about them; made once for an answer."""

    def __init__(self, sites: Sites, wishes: Wishes, candidates: Places) -> None:
        self.sites, self.wishes, self.candidates = sites, wishes, candidates
        self.criteria = [BY_NAME[name] for name in wishes.weighed]
        self.weights = np.array([float(one) for one in wishes.weighed.values()])
        self.levels: Levels = topsis.levels(
            _figures(sites, wishes, candidates, self.criteria),
            np.array([one.is_benefit for one in self.criteria], dtype=bool),
        )
        self.shares = topsis.weighing(self.weights, self.levels.tells)
        self.careful, self.hopeful = self.levels.careful, self.levels.hopeful
        self.scores = topsis.closeness(self.careful, self.shares)
        self.best_scores = topsis.closeness(self.hopeful, self.shares)

    def sorted(self, chosen: Places) -> Places:
        """Candidates in the order asked for; what is equal stands real before example, then by name."""
        sites, at = self.sites, self.candidates[chosen]
        keys = {
            "score": -np.round(self.scores[chosen], 9),
            "known": -np.nan_to_num(sites.figures["known"][at]),
            "name": np.zeros(len(chosen)),
        }[self.wishes.sort]
        return chosen[np.lexsort((sites.by_name[at], sites.examples[at], keys))]

    def placed(
        self, chosen: Places, start: int, verdicts: dict[str, tuple[Flags, Flags]]
    ) -> tuple[Placed, ...]:
        """One page of some of the candidates, placed among themselves."""
        shown = self.sorted(chosen)[start : start + PER_PAGE]
        if not len(shown):
            return ()
        within = {int(one): at for at, one in enumerate(chosen)}
        among = np.array([within[int(one)] for one in shown], dtype=np.int64)
        places = topsis.places(self.scores[chosen], among)
        best, worst = rank_ranges(self.careful[chosen], self.shares, among)
        return tuple(
            self._one(int(one), int(places[at]), int(best[at]), int(worst[at]), verdicts)
            for at, one in enumerate(shown)
        )

    def _one(
        self, at: int, place: int, best: int, worst: int, verdicts: dict[str, tuple[Flags, Flags]]
    ) -> Placed:
        row = self.candidates[at]
        return Placed(
            code=str(self.sites.codes[row]), place=place, score=float(self.scores[at]) * 100,
            hopeful=float(self.best_scores[at]) * 100, parts=self._parts(at),
            open_limits=tuple(name for name, (_bad, unknown) in verdicts.items() if unknown[row]),
            best_place=best, worst_place=worst,
        )  # fmt: skip

    def _parts(self, at: int) -> tuple[Part, ...]:
        """What each criterion gives: how much lower the score would be with its worst level, and higher with its best."""
        own = self.careful[at]
        lowered, raised = np.tile(own, (len(own), 1)), np.tile(own, (len(own), 1))
        np.fill_diagonal(lowered, 0.0)
        np.fill_diagonal(raised, 1.0)
        gives = self.scores[at] - topsis.closeness(lowered, self.shares)
        could = topsis.closeness(raised, self.shares) - self.scores[at]
        return tuple(
            Part(one, _known(self.sites.figures[one.name][self.candidates[at]]), _known(self.levels.known[at, column]),
                 float(gives[column]) * 100, float(could[column]) * 100)
            for column, one in enumerate(self.criteria)
        )  # fmt: skip

    def weighings(self) -> tuple[Weighing, ...]:
        """How each criterion weighs."""
        known, examples = ~np.isnan(self.levels.known), self.sites.examples[self.candidates]
        stated, made_up = known[~examples].sum(axis=0), known[examples].sum(axis=0)
        return tuple(
            Weighing(one, int(self.weights[column]), float(self.shares[column]), int(stated[column]),
                     int(made_up[column]), bool(self.levels.tells[column]))
            for column, one in enumerate(self.criteria)
        )  # fmt: skip

    def turnings(self, chosen: Places) -> tuple[Turning, ...]:
        """For each weight, between which values the first of those that fit stays first."""
        if len(chosen) < 2:
            return ()
        usable = self.weights * self.levels.tells
        first = int(np.flatnonzero(chosen == self._first(chosen))[0])
        codes = self.sites.codes[self.candidates[chosen]]
        return turnings(self.careful[chosen], usable, first, self.criteria, codes)

    def _first(self, chosen: Places) -> int:
        at = self.candidates[chosen]
        keys = -np.round(self.scores[chosen], 9)
        return int(chosen[np.lexsort((self.sites.by_name[at], self.sites.examples[at], keys))[0]])


def _figures(sites: Sites, wishes: Wishes, candidates: Places, criteria: list[Criterion]) -> Floats:
    """The candidates' figures; beyond what is enough, more counts no further."""
    columns = []
    for one in criteria:
        values = sites.figures[one.name][candidates]
        if one.name in wishes.enough:
            limit = wishes.enough[one.name]
            values = np.minimum(values, limit) if one.is_benefit else np.maximum(values, limit)
        columns.append(values)
    return np.column_stack(columns) if columns else np.empty((len(candidates), 0))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
