"""The collection standard: every field of a site record, once.

Forms, imports, the public document, the differences a reviewer sees and the gaps a record shows are all made from
this list (strategy 6.2 and 8: standardisation of data collection; field list: records and terms 5.4, its core).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import Availability, OwnerKind, PlanState, Precision, SiteKind, Tenure

TEXT, TRANSLATED, NUMBER, WHOLE, MONEY, FLAG, DAY, CHOICE, LIST, LINK, SHAPE, MANY, ONE = (
    "text", "translated", "number", "whole", "money", "flag", "day", "choice", "list", "link", "shape", "many", "one",
)  # fmt: skip
LAND = (SiteKind.PLOT, SiteKind.BROWNFIELD, SiteKind.BUSINESS_AREA)
BUILT = (SiteKind.PREMISES, SiteKind.BROWNFIELD)
EVERY = tuple(SiteKind)


@dataclass(frozen=True)
class Group:
    """A group of fields that share source, date and verifier."""

    name: str
    label: str | Promise


@dataclass(frozen=True)
class FieldSpec:
    """One field of the standard: where it belongs, what it holds, in what unit, for which kinds of site."""

    name: str
    group: str
    type: str
    label: str | Promise
    unit: str = ""
    kinds: tuple[str, ...] = EVERY
    choices: Any = None
    help: str | Promise = ""
    is_public: bool = True
    required: bool = False
    expected: bool = False
    low: float | None = None
    high: float | None = None
    limit: int = 120


GROUPS = (
    Group("identity", _("Identity")),
    Group("location", _("Location")),
    Group("status", _("Status")),
    Group("size", _("Size")),
    Group("ownership", _("Ownership and terms")),
    Group("planning", pgettext_lazy("field group", "Planning")),
    Group("electricity", _("Electricity")),
    Group("transport", _("Transport")),
    Group("text", _("Description")),
    Group("contact", _("Contact")),
)
GROUP_LABELS = {group.name: group.label for group in GROUPS}


def _f(name: str, group: str, type_: str, label: str | Promise, unit: str = "", **more: Any) -> FieldSpec:
    return FieldSpec(name, group, type_, label, unit, **more)


#: `expected` fields are those whose absence is shown as a gap, in this order: the position first
FIELDS: tuple[FieldSpec, ...] = (
    _f("geometry", "location", SHAPE, _("Position on the map"), expected=True,
       help=_("Draw the area or place a point; or write the coordinates.")),
    _f("place_precision", "location", CHOICE, _("How exactly the place is known"), choices=Precision, required=True),
    _f("name", "identity", TRANSLATED, _("Name"), required=True),
    _f("locality", "location", TEXT, _("Village or district")),
    _f("address", "location", TEXT, _("Address"), limit=200),
    _f("postal_code", "location", TEXT, _("Postal code"), limit=10),
    _f("property_ids", "identity", LIST, _("Property identifiers"), help=_("One on each line, for example 290-401-12-5.")),
    _f("availability", "status", CHOICE, _("Availability"), choices=Availability, required=True),
    _f("available_from", "status", DAY, _("Available from")),
    _f("reserved_until", "status", DAY, _("Reserved until")),
    _f("area_m2", "size", NUMBER, _("Total area"), "m²", kinds=LAND, expected=True, low=0, high=1e9),
    _f("floor_area_m2", "size", NUMBER, _("Floor area"), "m²", kinds=BUILT, expected=True, low=0, high=1e7),
    _f("usable_area_m2", "size", NUMBER, _("Usable area"), "m²", kinds=LAND, low=0, high=1e9),
    _f("is_divisible", "size", FLAG, _("Can be divided")),
    _f("min_parcel_m2", "size", NUMBER, _("Smallest part"), "m²", low=0, high=1e9),
    _f("plot_count", "size", WHOLE, _("Number of plots"), kinds=LAND, low=0, high=10_000),
    _f("clear_height_m", "size", NUMBER, _("Clear height"), "m", kinds=BUILT, low=0, high=200),
    _f("owner_kind", "ownership", CHOICE, _("Owner"), choices=OwnerKind, expected=True),
    _f("owner_name", "ownership", TEXT, _("Owner's name"), limit=200),
    _f("tenure", "ownership", CHOICE, _("Offered"), choices=Tenure, expected=True),
    _f("price_eur_m2", "ownership", MONEY, _("Price per square metre"), "€/m²", kinds=LAND, expected=True, low=0, high=1e6),
    _f("price_eur", "ownership", MONEY, _("Price"), "€", low=0, high=1e10),
    _f("rent_eur_m2_month", "ownership", MONEY, _("Rent"), "€/m²/month", low=0, high=1e5),
    _f("price_note", "ownership", TRANSLATED, _("Terms")),
    _f("plan_state", "planning", CHOICE, _("Planning state"), choices=PlanState, expected=True),
    _f("plan_name", "planning", TEXT, _("Name of the plan"), limit=200),
    _f("plan_use_code", "planning", TEXT, _("Use in the plan"), limit=30, help=_("The marking of the plan, for example T, TY or KTY.")),
    _f("building_right_m2", "planning", NUMBER, _("Building right"), "m²", low=0, high=1e8),
    _f("plan_url", "planning", LINK, _("Plan on the web")),
    _f("plan_note", "planning", TRANSLATED, _("About the plan")),
    _f("free_capacity_mw", "electricity", NUMBER, _("Free electric power"), "MW", expected=True, low=0, high=5000),
    _f("capacity_year", "electricity", WHOLE, _("Power available in"), low=2000, high=2100),
    _f("voltage_kv", "electricity", NUMBER, _("Voltage at the border"), "kV", low=0, high=1000),
    _f("substation_name", "electricity", TEXT, _("Nearest substation")),
    _f("substation_distance_km", "electricity", NUMBER, _("Distance to the substation"), "km", low=0, high=500),
    _f("grid_company", "electricity", TEXT, _("Grid company")),
    _f("connection_lead_months", "electricity", WHOLE, _("Time to connect"), "months", low=0, high=240),
    _f("road_name", "transport", TEXT, _("Nearest main road")),
    _f("road_distance_km", "transport", NUMBER, _("Distance to the main road"), "km", expected=True, low=0, high=500),
    _f("railway_distance_km", "transport", NUMBER, _("Distance to the railway"), "km", low=0, high=1000),
    _f("has_rail_siding", "transport", FLAG, _("Rail siding")),
    _f("airport_distance_km", "transport", NUMBER, _("Distance to the airport"), "km", low=0, high=2000),
    _f("port_name", "transport", TEXT, _("Nearest port")),
    _f("port_distance_km", "transport", NUMBER, _("Distance to the port"), "km", low=0, high=2000),
    _f("transport_note", "transport", TRANSLATED, _("About transport")),
    _f("summary", "text", TRANSLATED, _("In one sentence"), expected=True),
    _f("description", "text", TRANSLATED, _("Description")),
    _f("reason_to_come", "text", TRANSLATED, _("Reason to come here"), expected=True),
    _f("sectors", "text", MANY, _("Suits the sectors")),
    _f("themes", "text", MANY, _("Themes")),
    _f("contact", "contact", ONE, _("Contact person"), expected=True),
    _f("internal_note", "contact", TEXT, _("Internal note"), limit=20000, is_public=False,
       help=_("Seen by the municipality and the council only; never published.")),
)  # fmt: skip

BY_NAME = {spec.name: spec for spec in FIELDS}
EDITABLE_FIELDS = tuple(spec.name for spec in FIELDS if spec.name not in {"sectors", "themes"})
#: the eight figures that a page begins with, for each kind
KEY_FACTS: dict[str, tuple[str, ...]] = {
    SiteKind.PLOT: ("area_m2", "price_eur_m2", "plan_state", "building_right_m2", "free_capacity_mw", "tenure",
                    "road_distance_km", "railway_distance_km"),
    SiteKind.BUSINESS_AREA: ("area_m2", "plot_count", "plan_state", "price_eur_m2", "free_capacity_mw", "tenure",
                             "road_distance_km", "railway_distance_km"),
    SiteKind.PREMISES: ("floor_area_m2", "rent_eur_m2_month", "clear_height_m", "available_from", "free_capacity_mw",
                        "tenure", "road_distance_km", "railway_distance_km"),
    SiteKind.BROWNFIELD: ("area_m2", "floor_area_m2", "plan_state", "owner_kind", "free_capacity_mw", "tenure",
                          "has_rail_siding", "road_distance_km"),
}  # fmt: skip


def fields_of(kind: str, group: str | None = None) -> list[FieldSpec]:
    """The fields that a kind of site has, all or those of one group, in the standard's order."""
    return [spec for spec in FIELDS if kind in spec.kinds and (group is None or spec.group == group)]
