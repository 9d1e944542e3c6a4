"""What may be asked of the offer, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vetovoima.catalogue.enums import Firmness
from vetovoima.common.geo import Box, Outline

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument

PAGE = 20
MAX_PAGE = 500
MAX_POINTS = 2000
#: the orders in which results may be asked for; without one it is relevance when words are asked, else the newest first
SORTS = ("relevance", "updated", "name", "area", "power", "readiness", "distance", "code")
#: the wish for a flexible connection, and the firmness that meets it
FLEXIBLE: dict[str, tuple[str, ...]] = {
    "only": (Firmness.FLEXIBLE.value,),
    "also": (Firmness.FLEXIBLE.value, Firmness.BOTH.value),
}


@dataclass(frozen=True)
class SearchTerms:
    """What is asked of the offer; empty asks for everything."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()
    box: Box | None = None
    min_area_m2: float | None = None
    max_area_m2: float | None = None
    min_floor_m2: float | None = None
    max_floor_m2: float | None = None
    min_water_m3_d: float | None = None
    max_price_eur_m2: float | None = None
    min_investment_eur: float | None = None
    max_investment_eur: float | None = None
    #: to the nearest of its kind, in a straight line
    rail_km: float | None = None
    port_km: float | None = None
    airport_km: float | None = None
    substation_km: float | None = None
    #: the slug of a municipality or place; with a radius it narrows, without one it is for the order alone
    near: str = ""
    radius_km: float | None = None
    #: a drawn area
    area: Outline | None = None
    min_power_mw: float | None = None
    power_year: int | None = None
    min_voltage_kv: float | None = None
    queue_states: tuple[str, ...] = ()
    max_lead_months: int | None = None
    #: a key of FLEXIBLE
    flexible: str = ""
    with_redundancy: bool = False
    with_firm_power: bool = False
    with_grid_confirmed: bool = False
    min_readiness: int | None = None
    with_rail: bool = False
    examples: bool = True
    #: one of SORTS, or nothing
    sort: str = ""
    limit: int = PAGE
    offset: int = 0


@dataclass(frozen=True)
class Relaxation:
    """A term that could be dropped, or set less tightly, and how many records there would be then.

    `bound` is the figure that would do, in the unit of the address (`asking.BY_TERM[term].unit`); None drops the term.
    `examples` is how many of the total are made up: they are told apart from what can be had. `word` is the one of several
    words asked for that could be dropped, and `text` the others.
    """

    term: str
    total: int
    bound: float | None = None
    examples: int = 0
    word: str = ""
    text: str = ""


@dataclass(frozen=True)
class SearchPage:
    """One page of results: cards, the total, counts for each facet's values, and what to relax when nothing fits.

    `real_total` leaves the examples out. `unknown_total` counts the real records that fit in everything they say but do not
    say one of the figures asked for.
    """

    documents: list[PublishedDocument]
    total: int
    real_total: int = 0
    unknown_total: int = 0
    #: real records by term and value; switches have the one value "yes", `min_readiness` counts those that reach each step
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    #: the same of examples, which are counted in no figure; empty when there are none
    example_facets: dict[str, dict[str, int]] = field(default_factory=dict)
    next_offset: int | None = None
    #: terms to drop, the most rewarding first; only when nothing fits
    relaxations: list[Relaxation] = field(default_factory=list)
    #: figures to set less tightly, each with the nearest that gives results; only when nothing fits
    nearest: list[Relaxation] = field(default_factory=list)
    #: what was searched for instead, when no record has the words as they were written
    corrected: str = ""
    #: the language in which the words were understood, when it is not the one asked in
    read_in: str = ""
    #: km from `near`, by code, of the records of this page
    distances: dict[str, float] = field(default_factory=dict)
    #: the year from which the records of this page have the power asked for, and how many MW they have then, by code; 0 is now
    powers: dict[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def example_total(self) -> int:
        """How many of all that was found are examples."""
        return self.total - self.real_total
