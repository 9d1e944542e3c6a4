"""What a site may be judged by: one typed table for the form, the order, the reasons and the requirement's text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Direction(StrEnum):
    """Which way is better."""

    BENEFIT = "benefit"
    COST = "cost"


class Family(StrEnum):
    """Where a criterion stands in the form."""

    SIZE = "size"
    NETWORKS = "networks"
    PLACE = "place"
    TERMS = "terms"


FAMILY_LABELS = {
    Family.SIZE: _("Land and floor"),
    Family.NETWORKS: _("Electricity and water"),
    Family.PLACE: _("Distances"),
    Family.TERMS: _("Price and readiness"),
}
#: the criterion that is read by year
POWER = "power"
MAX_WEIGHT = 5


@dataclass(frozen=True)
class Criterion:
    """One thing to judge by: its name in addresses, the column of the search that holds it (`per` of the
    column's units make one of `unit`), which way is better, and the largest number that makes sense."""

    name: str
    family: Family
    label: str | Promise
    unit: str
    direction: Direction
    column: str
    high: float
    per: float = 1.0
    decimals: int = 1

    @property
    def is_benefit(self) -> bool:
        """Whether more is better."""
        return self.direction == Direction.BENEFIT


BENEFIT, COST = Direction.BENEFIT, Direction.COST
CRITERIA = (
    Criterion("area", Family.SIZE, _("Area"), "ha", BENEFIT, "area_m2", 100_000, per=10_000),
    Criterion("floor", Family.SIZE, _("Floor area"), "m²", BENEFIT, "floor_area_m2", 10_000_000, decimals=0),
    Criterion(POWER, Family.NETWORKS, _("Free electric power"), "MW", BENEFIT, "power_mw", 5_000),
    Criterion("voltage", Family.NETWORKS, _("Voltage at the border"), "kV", BENEFIT, "voltage_kv", 1_000),
    Criterion("lead", Family.NETWORKS, _("Time to connect"), "months", COST, "lead_months", 240, decimals=0),
    Criterion("water", Family.NETWORKS, _("Free water capacity"), "m³/d", BENEFIT, "water_m3_d", 10_000_000, decimals=0),
    Criterion("substation", Family.PLACE, _("Distance to a substation"), "km", COST, "substation_km", 500),
    Criterion("rail", Family.PLACE, _("Distance to the railway"), "km", COST, "rail_km", 1_000),
    Criterion("port", Family.PLACE, _("Distance to a port"), "km", COST, "port_km", 2_000, decimals=0),
    Criterion("airport", Family.PLACE, _("Distance to an airport"), "km", COST, "airport_km", 2_000, decimals=0),
    Criterion("price", Family.TERMS, _("Price per square metre"), "€/m²", COST, "price_eur_m2", 1_000_000, decimals=2),
    Criterion("readiness", Family.TERMS, _("Readiness"), "/ 5", BENEFIT, "readiness", 5, decimals=0),
    Criterion("known", Family.TERMS, _("How much is known about the site"), "%", BENEFIT, "completeness", 100, decimals=0),
)  # fmt: skip
BY_NAME = {one.name: one for one in CRITERIA}
