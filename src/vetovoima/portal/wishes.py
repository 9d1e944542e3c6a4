"""How the table of what may be asked (`syndication.asking`) stands on the search page: groups, lines and words.

A parameter of that table is shown when it has a line here; nothing else has to be told about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vetovoima.catalogue.enums import QueueState
from vetovoima.catalogue.registry import BY_NAME as FIELD_SPECS
from vetovoima.common.money import euros, figure, million_euros
from vetovoima.syndication.asking import BY_NAME, Parameter
from vetovoima.syndication.documents import unit_label

Words = str | Promise
MILLION = 1_000_000


@dataclass(frozen=True)
class Line:
    """One line of the filters: its label, and for each of its parameters how it is said when it is chosen.

    A line of two figures is a range, the least first.
    """

    group: str
    label: Words
    words: Mapping[str, Words]
    hint: Words = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the line, in their order."""
        return tuple(self.words)


GROUPS: Mapping[str, Words] = {
    "size": gettext_lazy("Size and readiness"),
    "supply": gettext_lazy("Electricity and water"),
    "ways": gettext_lazy("Distances"),
    "place": gettext_lazy("Near a place, inside an area"),
    "money": gettext_lazy("Price and investment"),
}
LINES = (
    Line("size", gettext_lazy("Area"), {"min_area": gettext_lazy("area at least %(value)s"), "max_area": gettext_lazy("area at most %(value)s")}),
    Line("size", gettext_lazy("Floor area"), {"min_floor": gettext_lazy("floor area at least %(value)s"), "max_floor": gettext_lazy("floor area at most %(value)s")}),
    Line("size", gettext_lazy("Readiness at least"), {"min_readiness": gettext_lazy("readiness at least %(value)s")}, gettext_lazy("From 0 to 5.")),
    Line("supply", gettext_lazy("Electric power at least"), {"min_power": gettext_lazy("at least %(value)s of electric power")}),
    Line("supply", gettext_lazy("Power in the year"), {"power_year": gettext_lazy("in the year %(value)s")}),
    Line("supply", gettext_lazy("Voltage at least"), {"min_voltage": gettext_lazy("voltage at least %(value)s")}),
    Line("supply", gettext_lazy("Connected within"), {"max_lead": gettext_lazy("connected within %(value)s")}),
    Line("supply", gettext_lazy("Flexible connection"), {"flexible": gettext_lazy("connection: %(value)s")}),
    Line("supply", gettext_lazy("Two separate feeds"), {"redundant": gettext_lazy("two separate feeds")}),
    Line("supply", gettext_lazy("Firm connection"), {"firm": gettext_lazy("firm connection")}),
    Line("supply", gettext_lazy("Confirmed by the grid company"), {"grid_confirmed": gettext_lazy("confirmed by the grid company")}),
    Line("supply", gettext_lazy("Connection queue"), {"queue": gettext_lazy("connection queue: %(value)s")}),
    Line("supply", gettext_lazy("Water at least"), {"min_water": gettext_lazy("water at least %(value)s")}),
    Line("ways", gettext_lazy("Rail siding"), {"rail": gettext_lazy("rail siding")}),
    Line("ways", gettext_lazy("Railway within"), {"rail_km": gettext_lazy("railway within %(value)s")}),
    Line("ways", gettext_lazy("Port within"), {"port_km": gettext_lazy("port within %(value)s")}),
    Line("ways", gettext_lazy("Airport within"), {"airport_km": gettext_lazy("airport within %(value)s")}),
    Line("ways", gettext_lazy("Substation within"), {"substation_km": gettext_lazy("substation within %(value)s")}),
    Line("place", gettext_lazy("Near"), {"near": gettext_lazy("near %(value)s")}),
    Line("place", gettext_lazy("Distance at most"), {"radius": gettext_lazy("at most %(value)s from there")}),
    Line("place", gettext_lazy("Corners of an area"), {"area": gettext_lazy("inside the drawn area")}, gettext_lazy("Longitude and latitude in degrees, a space between corners: 27.6,64.1 28.0,64.1 27.8,64.4. Drawing on the map fills this.")),
    Line("money", gettext_lazy("Price of the land at most"), {"max_price": gettext_lazy("land at most %(value)s")}),
    Line("money", gettext_lazy("Scale of an investment opportunity"), {"min_investment": gettext_lazy("investment at least %(value)s"), "max_investment": gettext_lazy("investment at most %(value)s")}),
)  # fmt: skip
LINE_OF = {name: line for line in LINES for name in line.names}
FLEXIBLE: Mapping[str, Words] = {
    "only": gettext_lazy("only flexible"),
    "also": gettext_lazy("also flexible: alone or beside firm power"),
}
#: the words of values to choose from
CHOICES: Mapping[str, Mapping[str, Words]] = {"queue": dict(QueueState.choices), "flexible": FLEXIBLE}
#: the figure of a record that a wish looks at: a list shows it when it was asked for
FIELDS = {
    "min_power": "free_capacity_mw", "min_area": "area_m2", "max_area": "area_m2", "min_floor": "floor_area_m2",
    "max_floor": "floor_area_m2", "max_price": "price_eur_m2", "min_voltage": "voltage_kv", "min_investment": "scale_low_eur",
    "max_investment": "scale_low_eur",
}  # fmt: skip
#: the orders of a list, as the search knows them
ORDERS: Mapping[str, Words] = {
    "relevance": gettext_lazy("best match first"),
    "updated": gettext_lazy("newest first"),
    "distance": gettext_lazy("nearest first"),
    "area": gettext_lazy("largest first"),
    "power": gettext_lazy("most electric power first"),
    "readiness": gettext_lazy("readiest first"),
    "price": gettext_lazy("lowest price first"),
    "name": pgettext_lazy("order of a list", "name"),
    "code": pgettext_lazy("order of a list", "code"),
}


def unit_of(one: Parameter) -> str:
    """The unit of a parameter in the page's language."""
    return unit_label(one.unit)


def written(one: Parameter, value: Any, language: str) -> str:
    """A figure as the language writes it, with its unit."""
    if one.unit == "€":
        return (million_euros if value >= MILLION else euros)(value, language)
    if one.name == "power_year":
        return str(value)
    return f"{figure(value, language, 2)} {unit_of(one)}".strip()


def said(name: str, value: Any, language: str, places: Mapping[str, str]) -> str:
    """A chosen value in words: "area at least 20 ha"."""
    shown = value
    if name in CHOICES:
        shown = CHOICES[name].get(str(value), value)
    elif name == "near":
        shown = places.get(str(value), value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        shown = written(BY_NAME[name], value, language)
    return str(LINE_OF[name].words[name]) % {"value": shown}


def with_power(
    facts: list[dict[str, Any]], met: tuple[int, float] | None, language: str
) -> list[dict[str, Any]]:
    """This will put the free power (year, MW) by which a record fits into the place of the one that it tells first, with
    its year: who asked for 60 MW would else read 40 of a site that has 60 in five years."""
    name, one = FIELDS["min_power"], BY_NAME["min_power"]
    told = next((fact for fact in facts if fact["field"] == name and fact["known"]), None)
    if met is None or not met[0] or (told and told["value"] == met[1]):
        return facts
    year, value = met
    fact = {
        "field": name, "label": str(FIELD_SPECS[name].label), "value": value, "known": True, "unit": unit_of(one),
        "display": figure(value, language, 2), "when": said("power_year", year, language, {}),
    }  # fmt: skip
    return [*(other for other in facts if other["field"] != name), fact]


def least(one: Parameter) -> str:
    """What a figure of a range is: its lower or its upper end."""
    return _("at most") if one.bound == "most" else _("at least")
