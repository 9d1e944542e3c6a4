"""What an entry of the search holds: the names of its values, and for which kinds of record each figure makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vetovoima.catalogue.registry import BY_NAME


class Limit(StrEnum):
    """Which end of a range a term sets."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True)
class Number:
    """A figure that records state. `field` is the fact of the document that it is, and tells which kinds have it; a
    figure without a field is computed, and every kind may have it."""

    name: str
    field: str = ""

    def concerns(self, kind: str) -> bool:
        """Whether records of a kind could state it at all; one that could not is not counted as silent."""
        spec = BY_NAME.get(self.field)
        return spec is None or not spec.kinds or kind in spec.kinds


#: the text columns with few values, each a facet
CATEGORIES = ("kind", "municipality", "availability", "precision", "queue_state", "firmness")
#: the columns of which a record may have several values
TAGS = ("sectors", "themes")
FLAGS = ("has_rail", "has_redundancy", "is_firm", "is_grid_confirmed", "is_example")
NUMBERS = (
    Number("latitude"), Number("longitude"), Number("updated"), Number("readiness"), Number("completeness"),
    Number("area_m2", "area_m2"), Number("floor_area_m2", "floor_area_m2"), Number("voltage_kv", "voltage_kv"),
    Number("lead_months", "connection_lead_months"), Number("water_m3_d", "water_capacity_m3_d"),
    Number("price_eur_m2", "price_eur_m2"), Number("scale_low_eur", "scale_low_eur"), Number("scale_high_eur", "scale_low_eur"),
    Number("power_mw", "free_capacity_mw"), Number("rail_km"), Number("port_km"), Number("airport_km"), Number("substation_km"),
)  # fmt: skip
BY_COLUMN = {one.name: one for one in NUMBERS}


@dataclass(frozen=True)
class Bounded:
    """A term that bounds a figure."""

    term: str
    column: str
    limit: Limit


BOUNDED = (
    Bounded("min_area_m2", "area_m2", Limit.LEAST), Bounded("max_area_m2", "area_m2", Limit.MOST),
    Bounded("min_floor_m2", "floor_area_m2", Limit.LEAST), Bounded("max_floor_m2", "floor_area_m2", Limit.MOST),
    Bounded("min_power_mw", "power_mw", Limit.LEAST), Bounded("min_voltage_kv", "voltage_kv", Limit.LEAST),
    Bounded("min_water_m3_d", "water_m3_d", Limit.LEAST), Bounded("max_price_eur_m2", "price_eur_m2", Limit.MOST),
    # An opportunity is told as a range: it is big enough by its upper end and small enough by its lower one.
    Bounded("min_investment_eur", "scale_high_eur", Limit.LEAST), Bounded("max_investment_eur", "scale_low_eur", Limit.MOST),
    Bounded("rail_km", "rail_km", Limit.MOST), Bounded("port_km", "port_km", Limit.MOST),
    Bounded("airport_km", "airport_km", Limit.MOST), Bounded("substation_km", "substation_km", Limit.MOST),
    Bounded("max_lead_months", "lead_months", Limit.MOST), Bounded("min_readiness", "readiness", Limit.LEAST),
)  # fmt: skip
#: terms that name values of a column, any of which will do
CHOSEN: Mapping[str, str] = {
    "kinds": "kind",
    "municipalities": "municipality",
    "availabilities": "availability",
    "queue_states": "queue_state",
}
TAGGED: Mapping[str, str] = {"sectors": "sectors", "themes": "themes"}
SWITCHES: Mapping[str, str] = {
    "with_rail": "has_rail",
    "with_redundancy": "has_redundancy",
    "with_firm_power": "is_firm",
    "with_grid_confirmed": "is_grid_confirmed",
}
READINESS_STEPS = range(6)
