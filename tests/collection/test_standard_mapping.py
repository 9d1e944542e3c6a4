"""A record written for the French standard fits the types that its Table Schema asks for."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from tests.factories.sites import make_site
from vetovoima.catalogue.registry import BY_NAME, STANDARD_VERSION
from vetovoima.collection.standard.mapping import HOW, cnig, to_cnig

pytestmark = pytest.mark.django_db
AREA = {
    "type": "Polygon",
    "coordinates": [[[29.50, 64.10], [29.52, 64.10], [29.52, 64.12], [29.50, 64.12], [29.50, 64.10]]],
}
FULL = {
    "geometry": AREA, "place_precision": "exact", "area_m2": 372_000.0, "usable_area_m2": 353_000.0, "plot_count": 15,
    "uses": ["logistics", "manufacturing"], "owner_kind": "municipality", "part_of": "KAI-KUH-0009",
    "has_rail_siding": False, "has_fibre_at_border": True, "airport_distance_km": 46.5, "port_name": "Raahe", "grid_company": "Example Grid",
    "site_plan_url": "https://example.org/plan", "absent": {"gas_kind": "none", "gas_mw": "none"},
}  # fmt: skip
RULES = {
    (table, rule["theirs"]): rule for table, found in cnig()["tables"].items() for rule in found["fields"]
}


def fits(value: str, rule: dict[str, Any]) -> bool:
    """Whether a value is of the type, format, choice and pattern that their schema asks for."""
    if rule.get("enum") and value not in rule["enum"]:
        return False
    if rule.get("pattern") and not re.fullmatch(rule["pattern"], value):
        return False
    if rule["type"] == "number":
        return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    if rule["type"] == "date":
        return len(value) == 4 if rule.get("format") == "%Y" else bool(date.fromisoformat(value))
    if rule["type"] == "geojson":
        return json.loads(value)["type"] in ("Polygon", "MultiPolygon")
    if rule["type"] == "geopoint":
        longitude, latitude = map(float, value.split(","))
        return -180 <= longitude <= 180 and -90 <= latitude <= 90
    return rule["type"] == "string"


@pytest.mark.parametrize(
    ("table", "kind"), [("site-eco", "business_area"), ("site-eco", "brownfield"), ("terrain-eco", "plot")]
)
def test_an_exported_record_fits_their_schema(table: str, kind: str) -> None:
    row = to_cnig(make_site(kind=kind, **FULL), table)
    assert list(row) == [name for found, name in RULES if found == table]
    assert [name for name, value in row.items() if value and not fits(value, RULES[table, name])] == []
    missing = [
        name
        for name, value in row.items()
        if not value and RULES[table, name].get("required") and RULES[table, name]["ours"]
    ]
    assert missing == ([] if table == "site-eco" else ["terr_stade_amngt", "terr_usage"])


def test_values_are_changed_as_the_mapping_says() -> None:
    row = to_cnig(make_site(kind="business_area", **FULL), "site-eco")
    assert (row["site_surf_brute"], row["site_uf_nbre"], row["site_vocadomi"]) == ("37.2", "15", "industrie")
    assert (row["site_voca_industrielle"], row["site_voca_touristique"]) == ("oui", "non")
    assert (row["reseau_fret_ferroviaire"], row["reseau_fibre_optique"]) == ("non", "oui")
    assert (row["reseau_gaz"], row["reseau_electrique"], row["reseau_eau_potable"]) == ("non", "oui", "")
    assert row["site_geompoint"] == "29.51, 64.11"


def test_an_empty_record_says_nothing_false() -> None:
    row = to_cnig(make_site(kind="business_area"), "site-eco")
    assert {name for name, value in row.items() if value in ("oui", "non")} == set()


def test_the_mapping_names_only_fields_that_there_are() -> None:
    ours = [rule["ours"] for rule in RULES.values() if rule["ours"]]
    names = {name for one in ours for name in ([one] if isinstance(one, str) else one)}
    assert names - set(BY_NAME) == {"code", "kind", "municipality", "created_at", "updated_at"}
    assert {rule["how"] for rule in RULES.values()} - {"none", "is_there"} <= set(HOW)
    assert set(cnig()["how"]) == set(HOW) | {"none", "is_there"}
    assert cnig()["from"]["version"] == STANDARD_VERSION


def test_every_value_of_a_table_is_a_choice_of_ours() -> None:
    for rule in RULES.values():
        if rule["how"] == "table" and rule["ours"] != "kind":
            assert set(rule["table"]) <= set(BY_NAME[rule["ours"]].choices.values)
