"""What the offer may be asked besides words, kinds and places: one table for the portal's search, the feeds, the embeds
and the API, so that a wish means the same at every door."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import QueueState
from vetovoima.common.geo import parse_outline
from vetovoima.reference.queries import plausible_box, position_of

from .search.terms import FLEXIBLE

SLUG = re.compile(r"[a-z0-9-]{1,80}")
HECTARE = 10_000


class Shape(StrEnum):
    """What kind of answer a parameter takes."""

    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    #: the slug of a municipality or of a place of the region's infrastructure
    PLACE = "place"
    #: an area that somebody drew: `longitude,latitude longitude,latitude …`
    OUTLINE = "outline"


class Bound(StrEnum):
    """Which end of a range a figure sets: at least so much, or at most."""

    LEAST = "least"
    MOST = "most"


@dataclass(frozen=True)
class Parameter:
    """One thing that may be asked: its name in addresses, its search term, and what it may be.

    `unit` is the unit of the figure in the address; `scale` times the figure is what the term holds (ha become m²).
    """

    name: str
    term: str
    shape: Shape
    about: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    unit: str = ""
    scale: int = 1
    bound: Bound | None = None


YES, NO = ("yes", "1"), ("no", "0")
ASKED = (
    Parameter("min_area", "min_area_m2", Shape.NUMBER, "Area at least, in hectares.", 0, 1_000_000, unit="ha", scale=HECTARE, bound=Bound.LEAST),
    Parameter("max_area", "max_area_m2", Shape.NUMBER, "Area at most, in hectares.", 0, 1_000_000, unit="ha", scale=HECTARE, bound=Bound.MOST),
    Parameter("min_floor", "min_floor_m2", Shape.NUMBER, "Floor area at least, in m².", 0, 10_000_000, unit="m²", bound=Bound.LEAST),
    Parameter("max_floor", "max_floor_m2", Shape.NUMBER, "Floor area at most, in m².", 0, 10_000_000, unit="m²", bound=Bound.MOST),
    Parameter("min_power", "min_power_mw", Shape.NUMBER, "Free electric power at least, in MW.", 0, 100_000, unit="MW", bound=Bound.LEAST),
    Parameter("power_year", "power_year", Shape.WHOLE, "The year in which that power is free; without it, in any year.", 2000, 2100),
    Parameter("min_voltage", "min_voltage_kv", Shape.NUMBER, "Voltage at the border at least, in kV.", 0, 1000, unit="kV", bound=Bound.LEAST),
    Parameter("min_water", "min_water_m3_d", Shape.NUMBER, "Free water capacity at least, in m³ a day.", 0, 10_000_000, unit="m³/d", bound=Bound.LEAST),
    Parameter("max_price", "max_price_eur_m2", Shape.NUMBER, "Price of the land at most, in EUR for a square metre.", 0, 1_000_000, unit="€/m²", bound=Bound.MOST),
    Parameter("min_investment", "min_investment_eur", Shape.NUMBER, "Scale of an opportunity at least, in EUR.", 0, 100_000_000_000, unit="€", bound=Bound.LEAST),
    Parameter("max_investment", "max_investment_eur", Shape.NUMBER, "Scale of an opportunity at most, in EUR.", 0, 100_000_000_000, unit="€", bound=Bound.MOST),
    Parameter("rail_km", "rail_km", Shape.NUMBER, "To the nearest railway at most, in km as the crow flies.", 0, 1000, unit="km", bound=Bound.MOST),
    Parameter("port_km", "port_km", Shape.NUMBER, "To the nearest port at most, in km as the crow flies.", 0, 2000, unit="km", bound=Bound.MOST),
    Parameter("airport_km", "airport_km", Shape.NUMBER, "To the nearest airport at most, in km as the crow flies.", 0, 2000, unit="km", bound=Bound.MOST),
    Parameter("substation_km", "substation_km", Shape.NUMBER, "To the nearest substation at most, in km as the crow flies.", 0, 1000, unit="km", bound=Bound.MOST),
    Parameter("near", "near", Shape.PLACE, "The slug of a municipality or place from which distance is counted; needed for sort=distance."),
    Parameter("radius", "radius_km", Shape.NUMBER, "From that place at most, in km as the crow flies.", 0, 2000, unit="km", bound=Bound.MOST),
    Parameter("area", "area", Shape.OUTLINE, "Inside an area of 3 to 100 corners: longitude,latitude longitude,latitude … in degrees (WGS84)."),
    Parameter("queue", "queue_states", Shape.CHOICES, "Where the site stands in the queue of connections; several divided by commas.", choices=tuple(QueueState.values)),
    Parameter("max_lead", "max_lead_months", Shape.WHOLE, "Months until connected, at most.", 0, 240, unit="months", bound=Bound.MOST),
    Parameter("flexible", "flexible", Shape.CHOICE, "Flexible connection: only (flexible alone), also (flexible, alone or beside firm power).", choices=tuple(FLEXIBLE)),
    Parameter("redundant", "with_redundancy", Shape.FLAG, "Two separate feeds."),
    Parameter("firm", "with_firm_power", Shape.FLAG, "Firm connection."),
    Parameter("grid_confirmed", "with_grid_confirmed", Shape.FLAG, "Confirmed by the grid company."),
    Parameter("min_readiness", "min_readiness", Shape.WHOLE, "Readiness at least, from 0 to 5.", 0, 5, bound=Bound.LEAST),
    Parameter("rail", "with_rail", Shape.FLAG, "Rail siding."),
)  # fmt: skip
BY_NAME = {one.name: one for one in ASKED}
BY_TERM = {one.term: one for one in ASKED}


def terms_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will name what was asked as search terms; zero, no and nothing ask for nothing."""
    return {one.term: _as_term(one, values[one.name]) for one in ASKED if _asks(one, values.get(one.name))}


def _as_term(one: Parameter, value: Any) -> Any:
    if one.shape == Shape.CHOICES:
        return tuple(value)
    return value * one.scale if one.scale != 1 else value


def _asks(one: Parameter, value: Any) -> bool:
    # Connected in zero months is a wish; at least zero megawatts is none.
    return value is not None and value != "" and (bool(value) or one.bound == Bound.MOST)


def read_text(name: str, text: str) -> Any:
    """This will read a parameter as it stands in an address; raises ValidationError with what it may be."""
    one = BY_NAME[name]
    if one.shape == Shape.FLAG:
        return _flag(one, text)
    if not text:
        return None
    if one.shape == Shape.CHOICE:
        return _chosen(one, text)
    if one.shape == Shape.CHOICES:
        return [_chosen(one, part.strip()) for part in text.split(",")]
    if one.shape == Shape.PLACE:
        return _place(text)
    if one.shape == Shape.OUTLINE:
        return parse_outline(text, plausible_box())
    return _figure(one, text)


def _place(text: str) -> str:
    if not SLUG.fullmatch(text) or position_of(text) is None:
        raise ValidationError(
            _("The place %(name)s is not known, or nobody knows where it is. Choose one of the list."),
            code="place", params={"name": text[:60]},
        )  # fmt: skip
    return text


def _flag(one: Parameter, text: str) -> bool:
    if text not in (*YES, *NO, ""):
        raise ValidationError(
            _("The parameter %(name)s must be yes or no."), code="flag", params={"name": one.name}
        )
    return text in YES


def _chosen(one: Parameter, text: str) -> str:
    if text not in one.choices:
        raise ValidationError(
            _("The parameter %(name)s must be one of %(names)s."), code="choice",
            params={"name": one.name, "names": ", ".join(one.choices)},
        )  # fmt: skip
    return text


def _figure(one: Parameter, text: str) -> float | int:
    try:
        number = float(text) if text.isascii() and len(text) <= 20 else math.nan
    except ValueError:
        number = math.nan
    if one.shape == Shape.WHOLE and one.low <= number <= one.high and number == int(number):
        return int(number)
    if one.shape == Shape.NUMBER and one.low <= number <= one.high:
        return number
    sentence = (
        _("The parameter %(name)s must be a whole number from %(low)s to %(high)s.")
        if one.shape == Shape.WHOLE
        else _("The parameter %(name)s must be a number from %(low)s to %(high)s.")
    )
    raise ValidationError(
        sentence, code="figure", params={"name": one.name, "low": one.low, "high": one.high}
    )
