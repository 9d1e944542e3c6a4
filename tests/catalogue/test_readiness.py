"""The ladders of readiness: every step is reached by evidence, and by nothing that speaks against it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import NOW, make_organisation
from tests.factories.sites import make_site
from vetovoima.catalogue import quality, services
from vetovoima.catalogue.models import Site
from vetovoima.directory.models import Contact

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
POINT = {"type": "Point", "coordinates": [28.2, 64.2]}
PLACE = {"geometry": POINT, "place_precision": "exact"}
CHECK = {"verified_on": "2026-03-01"}
DONE = date(2025, 6, 1)


def contact() -> Contact:
    return Contact.objects.get_or_create(
        key="x", defaults={"name": "X", "organisation": make_organisation("kuhmo", "municipality")}
    )[0]


LAND: dict[str, Any] = {
    **PLACE, "area_m2": 50_000, "owner_kind": "municipality", "tenure": "sale", "price_eur_m2": 5,
    "availability": "available", "plan_state": "detailed_in_force", "free_capacity_mw": 40, "water_capacity_m3_d": 100,
    "road_distance_km": 1, "geotechnical_state": "full", "contamination_state": "clean", "groundwater_class": "outside",
    "nature_survey_on": DONE, "connection_lead_months": 6, "has_clear_title": True, "has_building_ban": False,
    "grid_confirmed_on": DONE, "sources": {"status": CHECK},
}  # fmt: skip
PREMISES: dict[str, Any] = {
    **PLACE, "floor_area_m2": 900, "owner_kind": "company", "tenure": "lease", "rent_eur_m2_month": 6,
    "availability": "available", "clear_height_m": 6, "condition": "good", "supply_a": 400, "road_distance_km": 1,
    "floor_load_kn_m2": 20, "energy_class": "C", "asbestos_state": "full", "built_year": 1980, "vacant_from": DONE,
    "sources": {"status": CHECK},
}  # fmt: skip
RESOURCE: dict[str, Any] = {
    **PLACE, "material": {"en": "Bark"}, "volume_per_year": 900, "volume_unit": "t", "material_quality": "Dry",
    "material_use_now": "Burnt", "material_price": "5 €/t", "material_seasons": "All year", "availability": "available",
    "sources": {"resource": CHECK},
}  # fmt: skip
OPPORTUNITY: dict[str, Any] = {
    "summary": {"en": "S"}, "reason_to_come": {"en": "R"}, "return_measure": "irr", "return_low": 5, "return_high": 8,
    "return_basis": {"en": "B"}, "promoter": "P", "sought": ["equity"], "scale_low_eur": 5, "opportunity_stage": "ready",
    "planning_status": {"en": "Done"}, "risks": {"en": "Some"}, "decision_time": "0_6", "sources": {"opportunity": CHECK},
}  # fmt: skip
LADDERS = {"plot": LAND, "premises": PREMISES, "resource": RESOURCE, "opportunity": OPPORTUNITY}


def ready(kind: str, **other: Any) -> Site:
    """A record at the top of its ladder, but for what is given: a value, or an absence as `absent`."""
    values = {**LADDERS[kind], **other}
    for name in values.get("absent", {}):
        values.pop(name, None)
    if values.get("geometry") is None:
        values.pop("place_precision", None)
    if kind == "opportunity":
        values.setdefault("related_sites", [make_site()])
    values.setdefault("contact", contact())
    return make_site(kind=kind, **values)


@pytest.mark.parametrize("kind", LADDERS)
def test_good_evidence_reaches_the_top(kind: str) -> None:
    site = ready(kind)
    found = quality.readiness(site, TODAY)
    assert [step.missing for step in found.steps] == [[]] * 5
    assert found.level == quality.readiness_level(site, TODAY) == 5


def absent(name: str, why: str = "none") -> dict[str, Any]:
    return {"absent": {name: why}}


#: kind, the highest step that is reached, and the one thing that speaks against the next
AGAINST = [
    ("plot", 0, absent("geometry")), ("plot", 0, absent("area_m2")), ("plot", 0, {"contact": None}),
    ("plot", 1, absent("owner_kind")), ("plot", 1, absent("tenure")), ("plot", 1, absent("price_eur_m2")),
    ("plot", 1, {"availability": "taken"}), ("plot", 1, {"availability": "unknown"}),
    ("plot", 2, {"plan_state": "none"}), ("plot", 2, absent("plan_state")),
    ("plot", 2, absent("free_capacity_mw", "not_studied")), ("plot", 2, absent("free_capacity_mw", "unknown")),
    ("plot", 2, absent("water_capacity_m3_d", "unknown")), ("plot", 2, absent("road_distance_km")),
    ("plot", 3, {"geotechnical_state": "none"}), ("plot", 3, {"contamination_state": "suspected"}),
    ("plot", 3, absent("contamination_state")), ("plot", 3, absent("groundwater_class")),
    ("plot", 3, absent("nature_survey_on")), ("plot", 3, absent("connection_lead_months")),
    ("plot", 4, {"contamination_state": "confirmed"}), ("plot", 4, {"has_clear_title": False}),
    ("plot", 4, absent("has_clear_title")), ("plot", 4, {"has_building_ban": True}), ("plot", 4, {"has_building_ban": None}),
    ("plot", 4, absent("grid_confirmed_on")), ("plot", 4, absent("free_capacity_mw")), ("plot", 4, {"free_capacity_mw": 0}),
    ("plot", 4, {"geotechnical_state": "partial"}), ("plot", 4, {"plan_state": "detailed_proposal"}),
    ("plot", 4, {"availability": "reserved"}), ("plot", 4, {"sources": {"status": {"collected_on": "2026-03-01"}}}),
    ("plot", 4, {"sources": {"status": {"verified_on": "2019-03-01"}}}),
    ("premises", 0, absent("floor_area_m2")), ("premises", 0, absent("geometry")), ("premises", 1, absent("owner_kind")),
    ("premises", 1, absent("tenure")), ("premises", 1, absent("rent_eur_m2_month")), ("premises", 1, {"availability": "taken"}),
    ("premises", 2, absent("clear_height_m")), ("premises", 2, absent("condition")), ("premises", 2, absent("supply_a")),
    ("premises", 2, absent("road_distance_km")), ("premises", 3, absent("floor_load_kn_m2")),
    ("premises", 3, absent("energy_class", "unknown")), ("premises", 3, {"asbestos_state": "none"}),
    ("premises", 3, absent("asbestos_state", "not_studied")), ("premises", 3, absent("built_year")),
    ("premises", 4, {"condition": "unusable"}), ("premises", 4, {"vacant_from": date(2027, 1, 1)}),
    ("premises", 4, absent("vacant_from")), ("premises", 4, {"availability": "negotiation"}),
    ("resource", 0, absent("material")), ("resource", 1, {"volume_per_year": 0}), ("resource", 1, absent("volume_per_year")),
    ("resource", 1, absent("volume_unit")), ("resource", 2, absent("material_quality")),
    ("resource", 2, absent("material_use_now", "unknown")), ("resource", 3, absent("material_price")),
    ("resource", 3, absent("material_seasons")), ("resource", 4, {"availability": "taken"}), ("resource", 4, {"sources": {}}),
    ("opportunity", 0, absent("summary")), ("opportunity", 0, absent("reason_to_come")), ("opportunity", 1, absent("return_low")),
    ("opportunity", 1, absent("return_basis")), ("opportunity", 2, absent("promoter")), ("opportunity", 2, absent("sought")),
    ("opportunity", 2, absent("scale_low_eur")), ("opportunity", 3, {"opportunity_stage": "prestudy"}),
    ("opportunity", 3, absent("planning_status")), ("opportunity", 3, absent("risks")),
    ("opportunity", 4, {"opportunity_stage": "planning"}), ("opportunity", 4, {"related_sites": []}),
    ("opportunity", 4, absent("decision_time")), ("opportunity", 4, {"sources": {}}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "level", "against"), AGAINST, ids=[f"{one[0]} {one[1]} {one[2]}" for one in AGAINST]
)
def test_what_speaks_against_a_step_does_not_reach_it(kind: str, level: int, against: dict[str, Any]) -> None:
    site = ready(kind, **against)
    found = quality.readiness(site, TODAY)
    assert found.level == quality.readiness_level(site, TODAY) == level
    assert found.steps[level].missing


@pytest.mark.parametrize("name", ["free_capacity_mw", "water_capacity_m3_d"])
def test_that_there_is_no_power_or_water_is_known(name: str) -> None:
    assert quality.readiness(ready("plot", **absent(name)), TODAY).level >= 4


def test_a_survey_that_is_still_ahead_has_not_been_done() -> None:
    site = ready("plot")
    site.put("nature_survey_on", date(2026, 9, 1))
    assert quality.readiness(site, TODAY).level == 3


def test_a_house_from_after_the_ban_needs_no_survey_of_asbestos() -> None:
    assert quality.readiness(ready("premises", built_year=2005, asbestos_state=""), TODAY).level == 5


def test_the_steps_name_the_evidence_with_its_field() -> None:
    steps = quality.readiness(ready("plot"), TODAY).steps
    assert [one.field for one in steps[0].evidence] == ["geometry", "area_m2", "contact"]
    assert [str(one) for one in steps[0].evidence] == ["Position on the map", "Total area", "Contact person"]
    assert steps[4].evidence[-1].day == "2026-03-01"


def test_collecting_is_no_check() -> None:
    site = make_site(sources={"size": {"collected_on": "2026-02-01", "title": "Register"}})
    assert Site.objects.get(pk=site.pk).checked_on is None
    assert quality.last_collected(site) == (date(2026, 2, 1), "Register")
    services.edit_site(
        site=site,
        values={"sources": {"size": {"verified_on": "2026-02-02"}}},
        by=None,
        now=NOW,
        revision=None,
    )
    assert Site.objects.get(pk=site.pk).checked_on == date(2026, 2, 2)
