"""A record written for the French standard fits the types that its Table Schema asks for."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from tests.factories.sites import make_site
from vetovoima.catalogue.registry import BY_NAME, STANDARD_VERSION
from vetovoima.collection.standard.from_cnig import from_cnig
from vetovoima.collection.standard.mapping import HOW, cnig, to_cnig
from vetovoima.collection.standard.validation import check_row

pytestmark = pytest.mark.django_db
AREA = {
    "type": "Polygon",
    "coordinates": [[[29.50, 64.10], [29.52, 64.10], [29.52, 64.12], [29.50, 64.12], [29.50, 64.10]]],
}
FULL = {
    "tenure": "sale", "geometry": AREA, "place_precision": "exact", "area_m2": 372_000.0, "usable_area_m2": 353_000.0, "plot_count": 15,
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


def test_a_plot_is_said_to_be_for_sale_only_when_somebody_sells_it() -> None:
    told = {
        tenure: to_cnig(make_site(kind="plot", availability="available", tenure=tenure), "terrain-eco")
        for tenure in ("sale", "both", "lease", "unknown", "")
    }
    assert {tenure: row["terr_stade_comm"] for tenure, row in told.items()} == {
        "sale": "en vente", "both": "en vente", "lease": "", "unknown": "", "": "",
    }  # fmt: skip
    assert {row["terr_etat_occup"] for row in told.values()} == {"vacant"}


MADE_UP = {
    "terr_id": "99001_TERRAIN-ECO_00001", "site_id": "99001_SITE-ECO_00001", "terr_refcad": "99001000ZO0030", "terr_surf_brute": "9.9",
    "terr_utile": "oui", "terr_identif_date": "2026-01-10", "terr_actu_date": "2026-02-20", "terr_maitrise_fonc": "structure intercommunale",
    "terr_stade_amngt": "viabilisé et aménagé", "terr_stade_comm": "en vente", "terr_etat_occup": "vacant", "terr_usage": "prairie",
    "terr_geomsurf": json.dumps({"type": "Polygon", "coordinates": [[[656589.7, 6425785.3], [656655.0, 6425866.3], [656663.5, 6425874.4], [656589.7, 6425785.3]]]}),
    "terr_cle_en_main": "oui", "terr_m2_prix": "5.35",
}  # fmt: skip


def test_a_row_of_theirs_becomes_a_record_and_goes_back_as_it_came() -> None:
    cells = from_cnig(MADE_UP, "terrain-eco")
    assert cells["external_key"] == "99001_TERRAIN-ECO_00001"
    assert "code" not in cells and "geometry" not in cells and "owner_kind" not in cells
    read = check_row({**cells, "name@en": "Made-up plot"}, kind="plot", style="en")
    assert [one for one in read.errors if one.field != "name"] == []
    assert {group["dated"] for group in read.values["sources"].values()} == {"2026-02-20"}
    site = make_site(kind="plot", **{name: value for name, value in read.values.items() if name != "name"})
    back = to_cnig(site, "terrain-eco")
    same = (
        "site_id",
        "terr_surf_brute",
        "terr_stade_amngt",
        "terr_stade_comm",
        "terr_etat_occup",
        "terr_m2_prix",
    )
    assert {name: back[name] for name in same} == {name: MADE_UP[name] for name in same}


def test_our_own_row_comes_back_as_it_was_written() -> None:
    row = to_cnig(make_site(kind="business_area", **FULL), "site-eco")
    cells = from_cnig(row, "site-eco")
    assert (cells["code"], cells["municipality"], cells["gas_kind"]) == (row["site_id"], "Kuhmo", "[none]")
    read = check_row(cells, kind="business_area", style="en")
    assert read.errors == []
    given = {name: value for name, value in read.values.items() if name not in ("name", "sources")}
    again = to_cnig(make_site(kind="business_area", **{**given, "absent": read.absent}), "site-eco")
    differing = {name for name in row if row[name] != again[name]}
    # An identifier is new; a network that is there, of whatever size, cannot be put back as a figure.
    assert differing == {"site_id", "reseau_electrique"}


def test_what_their_word_does_not_settle_stays_empty() -> None:
    cells = from_cnig({"site_nom": "Zone", "site_etat": "existant", "site_vocadomi": "entrepôts"}, "site-eco")
    assert cells == {"kind": "business_area", "name@en": "Zone"}
    point = from_cnig({"site_nom": "Zone", "site_geompoint": "3.9815, 49.2527"}, "site-eco")
    assert (point["geometry"], point["place_precision"]) == ("49.2527, 3.9815", "exact")
