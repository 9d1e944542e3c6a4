"""What is compared: the situation somebody describes, the figures of a place, and the formulas that join them, as data."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import Period


@dataclass(frozen=True)
class Input:
    """One number of the visitor's situation; `assumed` stands until another is typed, and is shown as an assumption."""

    name: str
    label: str | Promise
    symbol: str
    unit: str
    high: float
    assumed: float | None = None


@dataclass(frozen=True)
class Factor:
    """One figure of a place: what it is, in what unit, between what bounds. `computed`: from the position alone."""

    name: str
    label: str | Promise
    symbol: str
    unit: str
    about: str | Promise = ""
    low: float = 0.0
    high: float = 1e9
    decimals: int = 2
    computed: bool = False


@dataclass(frozen=True)
class Formula:
    """A product of inputs and factors, times `scale`; `expression` says it in words. `is_cost` None: neither good nor bad."""

    name: str
    label: str | Promise
    expression: str | Promise
    terms: tuple[str, ...]
    unit: str
    period: Period
    is_cost: bool | None
    scale: float = 1.0
    decimals: int = 0


INPUTS = (
    Input("load", _("Electric load"), "L", "MW", 5_000),
    Input("hours", _("Full-load hours a year"), "h", "h", 8_784, 8_000),
    Input("staff", _("People employed"), "n", "", 100_000),
    Input("work_hours", _("Paid hours of one person a year"), "t", "h", 3_000, 1_700),
    Input("land", _("Land"), "A", "ha", 100_000),
    Input("tonnes", _("Freight a year"), "m", "t", 1e8),
    Input("freight_price", _("Price of freight"), "f", "€/t·km", 100),
    Input("investment", _("Eligible investment"), "I", "€", 1e11),
)
FACTORS = (
    Factor("power_price", _("Electricity on the wholesale market, average of a year"), "p", "€/MWh",
           _("Energy alone: without transmission, taxes and the seller's margin."), low=-500, high=5_000),
    Factor("company_power_price", _("Electricity as companies pay it"), "p", "€/MWh",
           _("Consumers other than households that use 500 to 2,000 MWh a year, with transmission and the taxes that are not paid back. A large user pays less."), low=-500, high=5_000),
    Factor("labour_cost", _("Labour cost of an hour"), "w", "€/h",
           _("Wages and the employer's other costs, average of the whole economy."), high=1_000),
    Factor("land_price", _("Price of industrial land"), "a", "€/m²", high=100_000),
    Factor("cooling_hours", _("Hours of free cooling a year"), "c", "h",
           _("Hours in which outside air cools without machines."), high=8_784, decimals=0),
    Factor("mean_temperature", _("Mean temperature of the year"), "T", "°C", low=-30, high=40, decimals=1),
    Factor("aid_small", _("Highest investment aid, small enterprise"), "s", "%", high=100, decimals=0),
    Factor("aid_medium", _("Highest investment aid, medium-sized enterprise"), "s", "%", high=100, decimals=0),
    Factor("aid_large", _("Highest investment aid, large enterprise"), "s", "%", high=100, decimals=0),
    Factor("unemployment", _("Unemployment rate"), "u", "%",
           _("How many people look for work beside those who have it."), high=100, decimals=1),
    Factor("distance", pgettext_lazy("benchmark", "Distance to where the goods go"), "d", "km",
           _("Along the earth's surface in a straight line; roads, rails and sea lanes are longer."), high=20_100, decimals=0, computed=True),
    Factor("shortest_day", _("Shortest day of the year"), "", "h", _("From sunrise to sunset, computed from the latitude."), high=24, decimals=1, computed=True),
    Factor("longest_day", _("Longest day of the year"), "", "h", _("From sunrise to sunset, computed from the latitude."), high=24, decimals=1, computed=True),
)  # fmt: skip
FORMULAS = (
    Formula("electricity", _("Electricity"), _("load (MW) × hours a year × price (€/MWh)"),
            ("load", "hours", "power_price"), "€", Period.YEAR, True),
    Formula("wages", _("Labour"), _("people × paid hours a year × labour cost (€/h)"),
            ("staff", "work_hours", "labour_cost"), "€", Period.YEAR, True),
    Formula("freight", _("Freight"), _("tonnes a year × distance (km) × price of freight (€/t·km)"),
            ("tonnes", "distance", "freight_price"), "€", Period.YEAR, True),
    Formula("land", _("Land"), _("hectares × 10,000 × price of land (€/m²)"),
            ("land", "land_price"), "€", Period.ONCE, True, scale=10_000),
    Formula("cooling", _("Share of the year with free cooling"), _("hours of free cooling ÷ 8,760"),
            ("cooling_hours",), "%", Period.STATE, None, scale=100 / 8_760),
    Formula("aid", _("Investment aid at most"), _("eligible investment × highest aid (%) ÷ 100"),
            ("investment", "aid_large"), "€", Period.ONCE, False, scale=0.01),
)  # fmt: skip
#: figures that are shown as they are, without a formula
SHOWN = ("mean_temperature", "unemployment", "distance", "shortest_day", "longest_day")
#: which figure stands in a formula, by the visitor's choice: choice in the address → factor
BASES = {
    "basis": {"wholesale": "power_price", "company": "company_power_price"},
    "size": {"large": "aid_large", "medium": "aid_medium", "small": "aid_small"},
}
BASIS_LABELS = {
    "wholesale": _("wholesale price"),
    "company": _("price as companies pay it"),
    "large": _("large enterprise"),
    "medium": _("medium-sized enterprise"),
    "small": _("small enterprise"),
}
INPUT_BY_NAME = {one.name: one for one in INPUTS}
FACTOR_BY_NAME = {one.name: one for one in FACTORS}
