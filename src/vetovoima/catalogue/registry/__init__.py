"""The collection standard: every field of a record of the offer, once.

Forms, imports, the published schema, the public document, the differences a reviewer sees, completeness and the gaps a
record shows are all made from this list (strategy 6.2 and 8: standardisation of data collection; field list: records
and terms 5.4 and 5.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vetovoima.catalogue.enums import SiteKind

from . import land, networks, uses
from .spec import (
    BUILT,
    CHOICE,
    CHOICES,
    DAY,
    EVERY,
    FIGURES,
    FLAG,
    LAND,
    LINK,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    OPPORTUNITIES,
    PLACES,
    RESOURCES,
    SHAPE,
    SITE_KINDS,
    SITES,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
    Group,
)

__all__ = [
    "BUILT", "BY_NAME", "CHOICE", "CHOICES", "DAY", "EDITABLE_FIELDS", "EVERY", "FIELDS", "FIGURES", "FLAG", "GROUPS",
    "GROUP_LABELS", "KEY_FACTS", "LAND", "LINK", "LIST", "MANY", "MONEY", "NUMBER", "ONE", "OPPORTUNITIES", "PAIRS", "PHOTOS_ASKED", "PLACES",
    "RESOURCES", "SHAPE", "SITES", "SITE_KINDS", "STANDARD_VERSION", "TEXT", "TRANSLATED", "WHOLE", "YEARS",
    "FieldSpec", "Group", "expected_of", "fields_of",
]  # fmt: skip

#: moves with every change of a field's meaning; additions move the second part (docs/user/collection-standard.md)
STANDARD_VERSION = "1.0"

GROUPS = (
    Group("identity", _("Identity")),
    Group("location", _("Location")),
    Group("status", _("Status")),
    Group("opportunity", _("The opportunity")),
    Group("resource", _("The resource")),
    Group("size", _("Size")),
    Group("ownership", _("Ownership and terms")),
    Group("planning", pgettext_lazy("field group", "Planning")),
    Group("permits", _("Permits and assessments")),
    Group("ground", _("Ground")),
    Group("electricity", _("Electricity")),
    Group("water", _("Water and waste water")),
    Group("heat", _("Heat, gas and cooling")),
    Group("telecom", _("Data connections")),
    Group("transport", _("Transport")),
    Group("buildings", _("Buildings")),
    Group("brownfield", _("Brownfield")),
    Group("data_centre", _("Data centre")),
    Group("wind_energy", _("Wind and energy")),
    Group("forest", _("Forest")),
    Group("mining", _("Mining")),
    Group("tourism", _("Tourism")),
    Group("labour", _("Labour around")),
    Group("economics", _("Taxes and aid")),
    Group("text", _("Description and suitability")),
    Group("media", _("Pictures and plans")),
    Group("contact", _("Contact")),
)
GROUP_LABELS = {group.name: group.label for group in GROUPS}

FIELDS: tuple[FieldSpec, ...] = (
    *land.IDENTITY, *land.STATUS, *uses.OPPORTUNITY, *uses.RESOURCE, *land.SIZE, *land.OWNERSHIP, *land.PLANNING,
    *land.PERMITS, *land.GROUND, *networks.ELECTRICITY, *networks.WATER, *networks.HEAT, *networks.TELECOM,
    *networks.TRANSPORT, *uses.BUILDINGS, *uses.BROWNFIELD, *uses.PROFILES, *uses.LABOUR, *uses.ECONOMICS, *uses.TEXTS,
    *uses.CONTACT,
)  # fmt: skip

BY_NAME = {spec.name: spec for spec in FIELDS}
#: fields that are set one by one; relations are set after the record is stored
EDITABLE_FIELDS = tuple(spec.name for spec in FIELDS if spec.type not in {MANY, SITES})
#: (low, high): the first is never larger than the second
PAIRS = (
    ("return_low", "return_high"),
    ("scale_low_eur", "scale_high_eur"),
    ("min_unit_m2", "max_unit_m2"),
    ("min_parcel_m2", "area_m2"),
)
#: photographs asked of a place before it is public (records and terms 5.4, group 21)
PHOTOS_ASKED = 3
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
    SiteKind.RESOURCE: ("material", "volume_per_year", "volume_unit", "is_side_stream", "material_quality",
                        "material_use_now", "road_distance_km", "railway_distance_km"),
    SiteKind.OPPORTUNITY: ("scale_low_eur", "scale_high_eur", "return_measure", "return_low", "return_high", "sought",
                           "opportunity_stage", "decision_time"),
}  # fmt: skip


def fields_of(
    kind: str, group: str | None = None, profiles: Iterable[str] | None = None
) -> tuple[FieldSpec, ...]:
    """The fields that a kind of record has, all or those of one group, in the standard's order.

    `profiles` None means those of every profile; a collection means only those of the profiles in it.
    """
    return _fields_of(kind, group, None if profiles is None else tuple(profiles))


@cache
def _fields_of(kind: str, group: str | None, profiles: tuple[str, ...] | None) -> tuple[FieldSpec, ...]:
    return tuple(
        spec for spec in FIELDS if spec.belongs_to(kind, profiles) and (group is None or spec.group == group)
    )


@cache
def _expected_of(kind: str, profiles: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    return tuple(
        spec for spec in _fields_of(kind, None, profiles) if spec.required or spec.is_expected(kind, profiles)
    )


def expected_of(kind: str, profiles: Iterable[str]) -> tuple[FieldSpec, ...]:
    """The fields whose absence is a gap in a record of this kind and profiles: the required and the expected ones."""
    return _expected_of(kind, tuple(profiles))
