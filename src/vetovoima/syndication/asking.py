"""What the offer may be asked besides words, kinds and places: one table for the portal's search, the feeds, the embeds
and the API, so that a wish means the same at every door."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.catalogue.enums import QueueState

from .queries import FLEXIBLE


class Shape(StrEnum):
    """What kind of answer a parameter takes."""

    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"


@dataclass(frozen=True)
class Parameter:
    """One thing that may be asked: its name in addresses, its search term, and what it may be."""

    name: str
    term: str
    shape: Shape
    about: str
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()


YES, NO = ("yes", "1"), ("no", "0")
ASKED = (
    Parameter("min_power", "min_power_mw", Shape.NUMBER, "Free electric power at least, in MW.", 0, 100_000),
    Parameter("power_year", "power_year", Shape.WHOLE, "The year in which that power is free; without it, in any year.", 2000, 2100),
    Parameter("min_voltage", "min_voltage_kv", Shape.NUMBER, "Voltage at the border at least, in kV.", 0, 1000),
    Parameter("queue", "queue_states", Shape.CHOICES, "Where the site stands in the queue of connections; several divided by commas.", choices=tuple(QueueState.values)),
    Parameter("max_lead", "max_lead_months", Shape.WHOLE, "Months until connected, at most.", 0, 240),
    Parameter("flexible", "flexible", Shape.CHOICE, "Flexible connection: only (flexible alone), also (flexible, alone or beside firm power).", choices=tuple(FLEXIBLE)),
    Parameter("redundant", "with_redundancy", Shape.FLAG, "Two separate feeds."),
    Parameter("firm", "with_firm_power", Shape.FLAG, "Firm connection."),
    Parameter("grid_confirmed", "with_grid_confirmed", Shape.FLAG, "Confirmed by the grid company."),
    Parameter("min_readiness", "min_readiness", Shape.WHOLE, "Readiness at least, from 0 to 5.", 0, 5),
    Parameter("rail", "with_rail", Shape.FLAG, "Rail siding."),
)  # fmt: skip
BY_NAME = {one.name: one for one in ASKED}


def terms_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """This will name what was asked as search terms; zero, no and nothing ask for nothing."""
    return {
        one.term: tuple(values[one.name]) if one.shape == Shape.CHOICES else values[one.name]
        for one in ASKED
        if _asks(one, values.get(one.name))
    }


def _asks(one: Parameter, value: Any) -> bool:
    # Connected in zero months is a wish; at least zero megawatts is none.
    return value is not None and (bool(value) or one.name == "max_lead")


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
    return _figure(one, text)


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
