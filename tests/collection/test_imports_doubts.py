"""Imports of real files: what is asked about instead of being guessed, and what a person does about it."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports import services
from vetovoima.collection.imports.messages import said_in
from vetovoima.collection.models import Import, ImportRow

from .test_imports import begin, commit, only_row, said

pytestmark = pytest.mark.django_db

BORDER = {
    "type": "Polygon",
    "coordinates": [[[28.0, 64.0], [28.105, 64.0], [28.105, 64.2], [28.0, 64.2], [28.0, 64.0]]],
}
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[28.1, 64.1], [28.11, 64.1], [28.11, 64.11], [28.1, 64.11], [28.1, 64.1]]],
}
BOW = {
    "type": "Polygon",
    "coordinates": [[[28.05, 64.1], [28.06, 64.11], [28.06, 64.1], [28.05, 64.11], [28.05, 64.1]]],
}


@pytest.fixture
def officer(db: None) -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def rows(import_: Import) -> list[ImportRow]:
    return list(import_.rows.order_by("number"))


def cell(value: Any) -> str:
    return '"' + json.dumps(value).replace('"', '""') + '"'


def notes(import_: Import) -> str:
    return " ".join(column["note"] for column in import_.columns if "note" in column)


def chosen(import_: Import, **by_header: dict[str, str]) -> list[dict[str, str]]:
    """What the page of columns would send: as guessed, but for some columns."""
    return [
        {"field": one["field"], "unit": one["unit"], "rule": one["rule"]} | by_header.get(one["header"], {})
        for one in import_.columns
    ]


def check_again(import_: Import, by: User, style: str = "", **by_header: dict[str, str]) -> Import:
    told = services.confirm_columns(
        import_=import_, chosen=chosen(import_, **by_header), style=style or import_.style, by=by, now=NOW
    )
    return services.check_import(told, now=NOW)


# -- keys --------------------------------------------------------------------------------------------------------------


def test_a_row_with_another_key_never_changes_a_record_of_the_same_name(officer: User) -> None:
    commit(begin("tunnus;nimi;kiinteistötunnus;osoite\nA1;Tontti;290-1-2-3;Tie 1\n", officer), officer)
    checked = begin("tunnus;nimi;kiinteistötunnus;osoite\nA2;Tontti;290-1-2-3;Tie 9\n", officer)
    row = only_row(checked)
    assert (row.state, row.site) == ("new", None)
    assert f"Perhaps the same as {Site.objects.get().code}" in said(row)


def test_two_keys_with_one_name_in_one_file_are_two_records(officer: User) -> None:
    file = "tunnus;nimi;osoite\nA1;Tontti;Tie 1\nA2;Tontti;Tie 9\n"
    commit(begin(file, officer), officer)
    assert sorted(Site.objects.values_list("external_key", "address")) == [("A1", "Tie 1"), ("A2", "Tie 9")]
    assert begin(file, officer).counts["same"] == 2


def test_two_keys_do_not_fight_for_a_record_without_one(officer: User) -> None:
    make_site("kuhmo", name={"fi": "Tontti"})
    first, second = rows(begin("tunnus;nimi;osoite\nA1;Tontti;Tie 1\nA2;Tontti;Tie 9\n", officer))
    assert (first.state, second.state) == ("changed", "new")
    assert "Perhaps the same" in said(second)


# -- doing again -------------------------------------------------------------------------------------------------------


def test_doing_again_stops_at_the_preview_and_names_what_was_edited(officer: User) -> None:
    site = make_site("kuhmo", locality="Vanha", address="Katu 1")
    done = commit(begin(f"Koodi;Kylä;Osoite\n{site.code};Uusi;Katu 2\n", officer), officer)
    later = NOW + timedelta(hours=1)
    site.refresh_from_db()
    catalogue.edit_site(site=site, values={"locality": "Käsin"}, by=officer, now=later, revision=None)
    undone = services.undo_import(import_=done, by=officer, now=later)
    again = services.redo_import(import_=undone, by=officer, now=later)
    site.refresh_from_db()
    assert (again.state, site.locality, site.address) == ("ready", "Käsin", "Katu 1")
    assert "Somebody has edited this since: " in said(only_row(again))
    commit(again, officer)
    site.refresh_from_db()
    assert (site.locality, site.address) == ("Uusi", "Katu 2")


# -- units -------------------------------------------------------------------------------------------------------------


def test_a_swedish_mile_is_ten_kilometres(officer: User) -> None:
    row = only_row(begin("Namn;Avstånd till järnväg (mil)\nTomt;2\n", officer))
    assert row.changes["railway_distance_km"][1] == 20


@pytest.mark.parametrize(
    "header", ["Avstånd till järnväg (penikulma)", "Areal (tunnland)", "Pinta-ala (tynnyrinala)"]
)
def test_a_unit_that_is_not_known_leaves_the_column_to_a_person(officer: User, header: str) -> None:
    checked = begin(f"Namn;{header}\nTomt;2\n", officer)
    assert checked.columns[1]["field"] == ""
    assert header.partition("(")[2].rstrip(")") in notes(checked)
    assert "is not known here" in notes(checked)
    field = "railway_distance_km" if "järnväg" in header else "area_m2"
    decided = check_again(
        checked, officer, **{header: {"field": field, "unit": "ha" if field == "area_m2" else "km"}}
    )
    assert not notes(decided)
    assert field in only_row(decided).changes


@pytest.mark.parametrize("header", ["Pinta-ala (m²)", "Pinta-ala m2 (arvio)"])
def test_words_beside_a_figure_s_name_are_no_units(officer: User, header: str) -> None:
    assert not notes(begin(f"Nimi;{header}\nA;500\n", officer))


def test_a_column_of_units_beside_the_figures_is_used(officer: User) -> None:
    found = rows(begin("Nimi;Ala;Yksikkö\nA;12,5;ha\nB;5000;m2\nC;3;ac\nD;2 ha;m2\n", officer))
    assert [row.changes["area_m2"][1] for row in found] == [
        125_000,
        5000,
        pytest.approx(12_140.5692672),
        20_000,
    ]
    assert found[0].values["originals"]["area_m2"] == "12,5 ha"


def test_numbers_of_a_workbook_take_the_unit_beside_them(officer: User) -> None:
    book = openpyxl.Workbook()
    for line in (["Nimi", "Ala", "Yksikkö"], ["A", 1.234, "ha"], ["B", 5000, "m2"]):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    found = rows(begin(file.getvalue(), officer, name="a.xlsx"))
    assert [row.changes["area_m2"][1] for row in found] == [12_340, 5000]


def test_a_column_that_is_not_all_units_is_left_alone(officer: User) -> None:
    checked = begin("Nimi;Ala;Yksikkö\nA;500;m2\nB;5000;kysy kunnasta\n", officer)
    assert "unit_from" not in checked.columns[1]
    assert [row.changes["area_m2"][1] for row in rows(checked)] == [500, 5000]


def test_a_plot_of_thousands_of_hectares_raises_a_doubt(officer: User) -> None:
    large, fine = rows(begin("Nimi;Pinta-ala (ha)\nA;5000\nB;50\n", officer))
    assert "5,000 ha is very much" in said(large)
    assert not said(fine)
    assert not said(only_row(begin("Nimi;Pinta-ala (ha)\nA;4000\n", officer, kind="business_area")))


@pytest.mark.parametrize("text", ["10 kr/m²", "10 kr", "10 SEK", "10 $"])
def test_another_currency_is_told_as_one(officer: User, text: str) -> None:
    row = only_row(begin(f"Namn;Pris\nT;{text}\n", officer))
    assert f"“{text[3:]}” is not a unit or a currency that is known here." in said(row)


def test_words_beside_a_figure_are_told_as_no_number(officer: User) -> None:
    assert "is not a number" in said(only_row(begin("Nimi;Pinta-ala\nA;12 kpl tontteja\n", officer)))


def test_the_examples_and_bounds_of_a_refusal_are_written_as_each_language_writes_numbers(
    officer: User,
) -> None:
    row = only_row(begin("Nimi;Pinta-ala (m²);Hinta\nA;-5;paljon\n", officer))
    by_language = {
        language: " ".join(said_in(one, language) for one in row.messages) for language in ("fi", "sv", "en")
    }
    assert "0–1 000 000 000" in by_language["fi"].replace("\u00a0", " ")
    assert "1,000,000,000" in by_language["en"]
    for language in ("fi", "sv"):
        assert "e+" not in by_language[language]
        assert "1234.5" not in by_language[language]
        assert "1 234,5" in by_language[language].replace("\u00a0", " ")


# -- days --------------------------------------------------------------------------------------------------------------

BOTH = "Site name,Acres,Available from\nA,12.5,10/12/2026\nB,3,13/10/2026\nC,1,10/15/2026\n"


def days(import_: Import) -> list[str]:
    return [row.changes["available_from"][1] for row in rows(import_)]


def test_a_column_that_proves_both_orders_says_so_and_lets_a_person_choose(officer: User) -> None:
    checked = begin(BOTH, officer)
    assert "Some days are written day first and some month first." in notes(checked)
    assert days(checked) == ["2026-12-10", "2026-10-13", "2026-10-15"]
    first, second, third = (said(row) for row in rows(checked))
    assert ("is read as 2026-12-10" in first, second, "can only be 2026-10-15" in third) == (True, "", True)

    again = check_again(checked, officer, **{"Available from": {"unit": "m/d/y"}})
    assert (days(again)[0], notes(again)) == ("2026-10-12", "")
    assert "can only be 2026-10-13" in said(rows(again)[1])


def test_a_column_that_proves_nothing_says_so_until_a_style_is_chosen(officer: User) -> None:
    checked = begin("Site name,Acres,Available from\nA,12.5,10/12/2026\n", officer)
    assert "Nothing shows whether the day or the month comes first." in notes(checked)
    assert days(checked) == ["2026-12-10"]
    again = check_again(checked, officer, style="us")
    assert (days(again), notes(again), said(only_row(again))) == (["2026-10-12"], "", "")


def test_a_column_that_proves_one_order_is_read_so_without_a_question(officer: User) -> None:
    checked = begin('Name,Price,Available from\nA,"1.234,5",10/25/2026\nB,,3/4/2026\n', officer)
    assert (days(checked), notes(checked)) == (["2026-10-25", "2026-03-04"], "")


# -- places ------------------------------------------------------------------------------------------------------------


def test_an_area_over_the_border_or_of_another_size_is_asked_about(officer: User) -> None:
    town = make_municipality("kuhmo")
    town.boundary = BORDER
    town.save()
    file = f"name,geometry,area (ha)\nHalf,{cell(SQUARE)},1\n"
    row = only_row(begin(file, officer, municipality=town))
    assert (row.state, [one["code"] for one in row.messages]) == ("new", ["outside_municipality", "area"])
    assert "50 % of the area is outside" in said(row)
    assert "54.30 ha, the stated total area 1.00 ha" in said(row)


def test_a_stated_area_is_held_against_the_area_that_is_drawn_already(officer: User) -> None:
    site = make_site("kuhmo", geometry=SQUARE, place_precision="exact")
    row = only_row(begin(f"code,area (ha)\n{site.code},1\n", officer))
    assert [one["code"] for one in row.messages] == ["area"]


def test_the_repair_of_a_crossing_border_is_offered_and_taken(officer: User) -> None:
    checked = begin(f"name,geometry\nBow,{cell(BOW)}\n", officer)
    row = only_row(checked)
    assert row.state == "error"
    assert "The repair keeps what it encloses: 2 parts" in said(row)
    mended = services.mend_row(
        import_=checked, number=row.number, cells={"repair": "yes"}, by=officer, now=NOW
    )
    assert mended is not None
    assert (mended.state, mended.changes["geometry"][1]["type"]) == ("new", "MultiPolygon")


def test_northings_and_eastings_that_were_swapped_are_told(officer: User) -> None:
    right, swapped = rows(begin("nimi;N;E\nA;7110000;560000\nB;560000;7110000\n", officer))
    assert right.changes["geometry"] == swapped.changes["geometry"]
    assert ("swapped" in said(right), "swapped" in said(swapped)) == (False, True)


# -- sources -----------------------------------------------------------------------------------------------------------

SOURCE = "tunnus;nimi;pinta-ala\nA1;Yksi;50000\nA2;Kaksi;20000\nA3;Kolme;30000\n"
