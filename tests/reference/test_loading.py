"""Loading the region's own tables from a made-up pack, and refusing a broken one whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regions.packs import MADE_UP, change_cells, copy_of, load_facts, set_cell
from vetovoima.common.fields import Translated
from vetovoima.reference import queries
from vetovoima.reference.models import Claim, Municipality, Region, Sector
from vetovoima.reference.pack import BrokenPack

pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder with a copy of the made-up pack that the test may break."""
    return copy_of("tuulisaari", tmp_path)


def refusals(packs: Path) -> list[str]:
    """This will load a broken pack and return why it is refused."""
    with pytest.raises(BrokenPack) as refused:
        load_facts(packs, "tuulisaari")
    return str(refused.value).splitlines()


def test_the_region_is_as_its_pack_says():
    load_facts(MADE_UP, "tuulisaari")

    region = queries.region()
    assert region is not None
    assert (region.code, region.code_prefix, region.name["en"]) == ("tuulisaari", "TUU", "Windy Island")
    assert queries.plausible_box() == (19.5, 59.5, 20.5, 60.5)
    assert queries.promised_working_days() == 5
    assert [one.slug for one in queries.municipalities()] == ["itaranta", "lansiranta"]
    assert [one.slug for one in queries.lead_sectors()] == ["kites"]
    assert region.tokens["light"]["ink"] == "#102030"


def test_the_second_load_changes_nothing():
    first = load_facts(MADE_UP, "tuulisaari")
    second = load_facts(MADE_UP, "tuulisaari")

    assert first.total("added") == second.total("same") == 22
    assert (second.total("added"), second.total("changed"), second.left_alone) == (0, 0, [])


def test_an_edited_name_stays_and_a_changed_area_is_taken(packs):
    load_facts(packs, "tuulisaari")
    Municipality.objects.filter(slug="itaranta").update(name=Translated(fi="Itärannan kaupunki"))
    set_cell(packs / "tuulisaari/municipalities.csv", "itaranta", "land_area_km2", "101.25")

    report = load_facts(packs, "tuulisaari")

    found = Municipality.objects.get(slug="itaranta")
    assert (found.name, found.land_area_km2) == (Translated(fi="Itärannan kaupunki"), 101.25)
    assert report.left_alone == ["municipality itaranta"]


@pytest.mark.parametrize(
    ("file", "key", "column", "value", "reason"),
    [
        ("municipalities", "itaranta", "latitude", "NaN", "'NaN' is not a number"),
        ("municipalities", "itaranta", "latitude", "", "is empty"),
        ("municipalities", "itaranta", "lau_code", "", "is empty"),
        ("municipalities", "itaranta", "confidence", "sure", "must be high, medium or low"),
        ("sectors", "kites", "parent", "toys", "'toys' is not known"),
        ("organisations", "tuulisaaren-liitto", "municipality", "pohjoisranta", "'pohjoisranta' is not known"),
        ("responsibilities", "1-1", "actor", "nobody", "'nobody' is not known"),
        ("investments", "kite-works", "municipalities", "itaranta;oulu", "'oulu' is not known"),
        ("investments", "kite-works", "amount_eur", "4 million", "'4 million' is not a whole number"),
        ("investments", "kite-works", "amount_eur", "-1", "An amount cannot be negative."),
        ("investments", "kite-works", "stage", "done", "'done' is not one of idea, prestudy, planning, permitted, "
         "decided, construction, completed, paused, cancelled"),
        ("investments", "kite-works", "decided", "June 2024", "'June 2024' is not a day, month or year like 2026-10-12"),
        ("targets", "kites-2030", "counted_to", "2020-01-01", "the counting period ends before it begins"),
        ("observations", "wind", "value", "NaN", "NaN is not a number."),
    ],
)  # fmt: skip
def test_a_broken_cell_is_refused_with_its_place(packs, file, key, column, value, reason):
    set_cell(packs / f"tuulisaari/{file}.csv", key, column, value)

    assert f"{file}.csv, row 2, column {column}: {reason}" in refusals(packs)


def test_every_broken_cell_of_a_table_is_named(packs):
    def spoil(row: dict[str, str]) -> None:
        row["latitude"] = "north"

    change_cells(packs / "tuulisaari/municipalities.csv", spoil)

    assert refusals(packs) == [
        "municipalities.csv, row 2, column latitude: 'north' is not a number",
        "municipalities.csv, row 3, column latitude: 'north' is not a number",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[1, 2]", "region.json: must be an object"),
        ('{"code": "tuulisaari"}', "region.json, column name: is missing"),
        ('{"code": ', "region.json, row 1, column character 10: is not JSON: Expecting value"),
    ],
)
def test_a_broken_region_is_refused(packs, content, reason):
    (packs / "tuulisaari/region.json").write_text(content, encoding="utf-8")

    assert reason in refusals(packs)
    assert Region.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "value"), [("latitude", '"north"'), ("name", '"Windy"'), ("map_bounds", "[1, 2, 3]")]
)
def test_a_region_with_a_value_of_the_wrong_kind_is_refused(packs, column, value):
    path = packs / "tuulisaari/region.json"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = [f'  "{column}": {value},' if line.startswith(f'  "{column}":') else line for line in lines]
    path.write_text("\n".join(changed), encoding="utf-8")

    assert [line for line in refusals(packs) if f"column {column}:" in line] != []


# ------------------------------------------------------------------------------------------------ claims: side by side

CLAIMS = "tuulisaari/claims.csv"


def claims() -> list[tuple[str, bool, str]]:
    """This will return the stored claims: (value, canonical, source), the canonical one first."""
    return [(one.value, one.is_canonical, one.source["title"]) for one in Claim.objects.all()]


def test_claims_stand_side_by_side_the_canonical_one_first():
    load_facts(MADE_UP, "tuulisaari")

    (found,) = queries.disagreements("investment:kite-works")
    assert [(one["value"], one["canonical"], one["reason"].get("en")) for one in found["claims"]] == [
        ("4000000", True, "The company's own figure"),
        ("5000000", False, "Rounded"),
    ]


def test_two_sources_that_say_the_same_both_stay(packs):
    with (packs / CLAIMS).open("a", encoding="utf-8") as file:
        file.write("investment:kite-works,amount_eur,4000000,EUR,no,,Repeats the company,,Radio,,2024,low\n")

    load_facts(packs, "tuulisaari")
    again = load_facts(packs, "tuulisaari")

    assert again.counts["claim"] == {"same": 3}
    assert sorted(claims()) == [
        ("4000000", False, "Radio"),
        ("4000000", True, "Company"),
        ("5000000", False, "Newspaper"),
    ]


def test_a_canonical_value_that_the_pack_corrects_is_taken(packs):
    load_facts(packs, "tuulisaari")

    def correct(row: dict[str, str]) -> None:
        row["value"] = row["value"].replace("4000000", "4200000")

    change_cells(packs / CLAIMS, correct)
    report = load_facts(packs, "tuulisaari")

    assert report.counts["claim"] == {"removed": 1, "added": 1, "same": 1}
    assert claims() == [("4200000", True, "Company"), ("5000000", False, "Newspaper")]


def test_the_pack_may_choose_another_canonical_claim(packs):
    load_facts(packs, "tuulisaari")

    def swap(row: dict[str, str]) -> None:
        row["is_canonical"] = {"yes": "no", "no": "yes"}[row["is_canonical"]]

    change_cells(packs / CLAIMS, swap)
    load_facts(packs, "tuulisaari")

    assert claims() == [("5000000", True, "Newspaper"), ("4000000", False, "Company")]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_exactly_one_claim_must_be_canonical(packs, answer):
    def choose(row: dict[str, str]) -> None:
        row["is_canonical"] = answer

    change_cells(packs / CLAIMS, choose)

    assert refusals(packs) == [
        f"claims.csv, row {row}, column is_canonical: exactly one claim on a field must be the canonical one"
        for row in (2, 3)
    ]


def test_a_sector_may_come_before_its_parent(packs):
    with (packs / "tuulisaari/sectors.csv").open("a", encoding="utf-8") as file:
        file.write("string,rope,Naru,String,Snöre,,,,no,,,,3,Made up,,2026,high\n")
        file.write("rope,kites,Köysi,Rope,Rep,,,,no,,,,2,Made up,,2026,high\n")

    load_facts(packs, "tuulisaari")

    assert Sector.objects.get(slug="string").parent.slug == "rope"


def test_sectors_that_contain_each_other_are_refused(packs):
    with (packs / "tuulisaari/sectors.csv").open("a", encoding="utf-8") as file:
        file.write("string,rope,Naru,String,Snöre,,,,no,,,,3,Made up,,2026,high\n")
        file.write("rope,string,Köysi,Rope,Rep,,,,no,,,,2,Made up,,2026,high\n")

    assert refusals(packs) == [
        "sectors.csv, row 3, column parent: the row lies in itself",
        "sectors.csv, row 4, column parent: the row lies in itself",
    ]


def test_a_claim_that_a_person_touched_is_not_removed(packs):
    load_facts(packs, "tuulisaari")
    Claim.objects.filter(value="5000000").update(unit="euro")
    path = packs / CLAIMS
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")

    report = load_facts(packs, "tuulisaari")

    assert report.left_alone == ["claim investment:kite-works:amount_eur:5000000:Newspaper"]
    assert [value for value, _canonical, _source in claims()] == ["4000000", "5000000"]


def test_claims_with_long_names_do_not_become_one(packs):
    with (packs / CLAIMS).open("a", encoding="utf-8") as file:
        for source in ("x" * 200, "x" * 199 + "y"):
            file.write(f"investment:kite-works,amount_eur,4000000,EUR,no,,,,{source},,2024,low\n")

    load_facts(packs, "tuulisaari")

    assert load_facts(packs, "tuulisaari").counts["claim"] == {"same": 4}
