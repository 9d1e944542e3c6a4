"""The comparison itself: figures on record, figures of the visitor, what is computed, and what nobody knows.

No sum is shown for a place of which a part is unknown, and nothing is called the lowest unless every place has all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from vetovoima.catalogue.knowledge.enums import Exactness, FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.models import KnownFact
from vetovoima.common.daylight import HEIGHTS, hours_above
from vetovoima.common.geo import distance_km

from .asking import OWN, Situation
from .enums import Period, PlaceRole
from .factors import BASES, FACTOR_BY_NAME, FACTORS, FORMULAS, INPUT_BY_NAME, SHOWN, Factor, Formula, Input
from .models import BenchmarkFigure, BenchmarkPlace

#: a day near each solstice; the year changes the length of the day by seconds
SOLSTICES = {"shortest_day": (12, 21), "longest_day": (6, 21)}


@dataclass(frozen=True)
class Place:
    """A place of the comparison; `is_own` when the visitor named it."""

    slug: str
    name: Mapping[str, str]
    is_home: bool = False
    is_own: bool = False
    latitude: float | None = None
    longitude: float | None = None
    note: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One figure of a place. `origin`: record, bank, own (typed by the visitor) or computed."""

    factor: Factor
    value: float
    origin: str
    exactness: str = Exactness.EXACT.value
    period: str = ""
    holds_for: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    fact: str = ""


@dataclass(frozen=True)
class Cell:
    """A formula at a place: its value, or the names of what is missing; `asked` False: an input was not given."""

    value: float | None
    figures: tuple[Figure, ...]
    missing: tuple[Factor, ...]

    @property
    def is_rough(self) -> bool:
        """Whether a figure in it is a bound or a rounding in its source."""
        return any(one.exactness != Exactness.EXACT for one in self.figures)


@dataclass(frozen=True)
class Line:
    """A formula over all places; `open_inputs` are those that the visitor has not given, and then nothing is computed."""

    formula: Formula
    cells: tuple[Cell, ...]
    open_inputs: tuple[Input, ...]
    periods: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every place has a value."""
        return not self.open_inputs and all(cell.value is not None for cell in self.cells)

    @property
    def has_mixed_periods(self) -> bool:
        """Whether the figures of the places are of different times."""
        return len(set(self.periods)) > 1


@dataclass(frozen=True)
class Total:
    """The costs of a year together: the values by place (None where a part is unknown), which lines are in it, and the
    place with the lowest sum: only when every place has all of it, in exact figures of the same time."""

    values: tuple[float | None, ...]
    lines: tuple[Line, ...]
    lowest: Place | None


@dataclass(frozen=True)
class Comparison:
    """The whole answer."""

    situation: Situation
    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    shown: tuple[tuple[Factor, tuple[Figure | None, ...]], ...]
    total: Total | None


def all_places() -> list[BenchmarkPlace]:
    """Every place of the pack, this region first."""
    return sorted(
        BenchmarkPlace.objects.all(), key=lambda one: (one.role != PlaceRole.HOME, one.position, one.slug)
    )


def compare(situation: Situation, stored: Iterable[BenchmarkPlace], today: date) -> Comparison:
    """This will compare this region with the places picked."""
    by_slug = {one.slug: one for one in stored}
    places = _places(situation, by_slug)
    figures = _figures(situation, places, by_slug, today)
    lines = tuple(_line(formula, situation, places, figures) for formula in FORMULAS)
    shown = tuple(
        (FACTOR_BY_NAME[name], tuple(figures.get((place.slug, name)) for place in places)) for name in SHOWN
    )
    return Comparison(situation, places, lines, shown, _total(lines, places))


def _places(situation: Situation, by_slug: Mapping[str, BenchmarkPlace]) -> tuple[Place, ...]:
    homes = [one.slug for one in by_slug.values() if one.role == PlaceRole.HOME]
    chosen = list(dict.fromkeys([*homes, *situation.places]))
    return tuple(_own_place(situation) if slug == OWN else _place(by_slug[slug]) for slug in chosen)


def _own_place(situation: Situation) -> Place:
    return Place(OWN, {"": situation.own_name}, is_own=True)


def _place(one: BenchmarkPlace) -> Place:
    return Place(
        one.slug,
        one.name,
        one.role == PlaceRole.HOME,
        False,
        one.latitude,
        one.longitude,
        one.note,
        one.source,
    )


def _figures(
    situation: Situation, places: tuple[Place, ...], by_slug: Mapping[str, BenchmarkPlace], today: date
) -> dict[tuple[str, str], Figure]:
    """Everything known of the places: on record, computed, and over it what the visitor says."""
    rows = list(
        BenchmarkFigure.objects.filter(place__slug__in=[one.slug for one in places]).select_related("place")
    )
    bank = drawn({row.fact for row in rows if row.fact})
    found = {(row.place.slug, row.factor): one for row in rows if (one := _recorded(row, bank)) is not None}
    for place in places:
        found |= {(place.slug, one.factor.name): one for one in _computed(place, situation, by_slug, today)}
    for (slug, name), value in situation.own.items():
        found[slug, name] = Figure(FACTOR_BY_NAME[name], value, "own")
    return found


def _recorded(row: BenchmarkFigure, bank: Mapping[str, KnownFact]) -> Figure | None:
    factor = FACTOR_BY_NAME.get(row.factor)
    if factor is None:
        return None
    if not row.fact:
        assert row.value is not None
        return Figure(
            factor, row.value, "record", row.qualifier, row.period, row.holds_for, row.note, row.source
        )
    fact = bank.get(row.fact)
    if fact is None or fact.number is None or fact.state == FactState.RETIRED:
        return None
    return Figure(
        factor, fact.number, "bank", fact.exactness, fact.as_of or str(fact.source.get("dated", "")),
        row.holds_for, row.note, fact.source, fact.code,
    )  # fmt: skip


def _computed(
    place: Place, situation: Situation, by_slug: Mapping[str, BenchmarkPlace], today: date
) -> Iterable[Figure]:
    if place.latitude is None or place.longitude is None:
        return
    for name, (month, day) in SOLSTICES.items():
        hours = hours_above(place.latitude, date(today.year, month, day), HEIGHTS["day"])
        yield Figure(FACTOR_BY_NAME[name], hours, "computed")
    goal = by_slug.get(situation.destination)
    if goal is not None and goal.latitude is not None and goal.longitude is not None:
        km = distance_km(place.latitude, place.longitude, goal.latitude, goal.longitude)
        yield Figure(FACTOR_BY_NAME["distance"], km, "computed")


def _terms(formula: Formula, situation: Situation) -> list[str]:
    """The formula's terms, with the figure that the visitor chose where there is a choice."""
    chosen = {
        choices[first]: choices[getattr(situation, name)]
        for name, choices in BASES.items()
        for first in [next(iter(choices))]
    }
    return [chosen.get(term, term) for term in formula.terms]


def _line(
    formula: Formula,
    situation: Situation,
    places: tuple[Place, ...],
    figures: Mapping[tuple[str, str], Figure],
) -> Line:
    terms = _terms(formula, situation)
    inputs = [INPUT_BY_NAME[name] for name in terms if name in INPUT_BY_NAME]
    open_inputs = tuple(one for one in inputs if situation.value_of(one) is None)
    start = formula.scale
    for one in inputs:
        start *= situation.value_of(one) or 0.0
    factors = [FACTOR_BY_NAME[name] for name in terms if name in FACTOR_BY_NAME]
    cells = tuple(_cell(start, factors, place, figures, bool(open_inputs)) for place in places)
    periods = tuple(one.period for cell in cells for one in cell.figures if one.period)
    return Line(formula, cells, open_inputs, periods)


def _cell(
    start: float,
    factors: list[Factor],
    place: Place,
    figures: Mapping[tuple[str, str], Figure],
    is_open: bool,
) -> Cell:
    found = [figures.get((place.slug, one.name)) for one in factors]
    missing = tuple(one for one, figure in zip(factors, found, strict=True) if figure is None)
    known = tuple(one for one in found if one is not None)
    value: float | None = None
    if not missing and not is_open:
        value = start
        for one in known:
            value *= one.value
    return Cell(value, known, missing)


def _total(lines: tuple[Line, ...], places: tuple[Place, ...]) -> Total | None:
    """The yearly costs that were asked for, together; None when fewer than two of them were."""
    yearly = tuple(
        one
        for one in lines
        if one.formula.period == Period.YEAR and one.formula.is_cost and not one.open_inputs
    )
    if len(yearly) < 2:
        return None
    values = tuple(_sum([line.cells[at].value for line in yearly]) for at in range(len(places)))
    known = [value for value in values if value is not None]
    is_sure = not any(line.has_mixed_periods or any(cell.is_rough for cell in line.cells) for line in yearly)
    is_whole = len(known) == len(values) and len(known) > 1 and is_sure
    lowest = places[values.index(min(known))] if is_whole and known.count(min(known)) == 1 else None
    return Total(values, yearly, lowest)


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def figure_table(
    comparison_places: tuple[Place, ...], situation: Situation, stored: Iterable[BenchmarkPlace], today: date
) -> list[tuple[Factor, list[Figure | None]]]:
    """Every factor with what is known of it at each place: for the form in which the visitor adds figures."""
    found = _figures(situation, comparison_places, {one.slug: one for one in stored}, today)
    return [
        (one, [found.get((place.slug, one.name)) for place in comparison_places])
        for one in FACTORS
        if not one.computed
    ]
