"""One row of a file against the standard: what is read, and what is said of what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vetovoima.collection.standard.checking import flat
from vetovoima.collection.standard.layout import columns_for
from vetovoima.collection.standard.validation import Finding, Known, RowCheck, RowChecker, check_row
from vetovoima.common.tables import CellError


def check(cells: dict[str, Any], kind: str = "plot", **more: Any) -> RowCheck:
    return check_row({"name@fi": "Paja", **cells}, kind=kind, **more)


def value(name: str, cell: Any, **more: Any) -> Any:
    found = check({name: cell}, **more)
    assert found.errors == []
    return found.values[name]


def error(name: str, cell: Any, **more: Any) -> Finding:
    found = check({name: cell}, **more)
    assert len(found.errors) == 1
    assert name not in found.values
    return found.errors[0]


@pytest.mark.parametrize(
    ("name", "cell", "wanted"),
    [
        ("area_m2", "12 500", 12500), ("area_m2", 12500, 12500), ("area_m2", "12 500 m²", 12500), ("area_m2", "", None),
        ("area_m2", "–", None), ("area_m2", None, None), ("plot_count", "15", 15), ("plot_count", 15.0, 15),
        ("is_divisible", "Kyllä", True), ("is_divisible", "no", False), ("is_divisible", "x", True), ("is_divisible", "", None),
        ("available_from", "12.10.2026", date(2026, 10, 12)), ("available_from", date(2026, 10, 12), date(2026, 10, 12)),
        ("availability", "Available", "available"), ("availability", "vapaa", "available"), ("availability", "RESERVED", "reserved"),
        ("tenure", "For sale or lease", "both"), ("plan_state", "none", "none"), ("owner_kind", "Not known", "unknown"), ("owner_kind", "", "unknown"),
        ("property_ids", "290-401-12-5; 290-401-12-6", ["290-401-12-5", "290-401-12-6"]), ("property_ids", "a;b\nc", ["a;b", "c"]),
        ("postal_code", 88900, "88900"), ("postal_code", 88900.0, "88900"), ("locality", "  Kantola ", "Kantola"),
        ("plan_url", "https://example.org/x", "https://example.org/x"), ("price_eur_m2", "5,50 €", 5.5), ("price_eur_m2", "5,50 €/m2", 5.5),
        ("price_eur", "1,2 M€", 1_200_000), ("capacity_by_year", "2027: 40; 2028: 60,5", {"2027": 40, "2028": 60.5}),
        ("uses", "Logistics; manufacturing", ["manufacturing", "logistics"]),
        ("geometry", "64.2238, 27.7332", {"type": "Point", "coordinates": [27.7332, 64.2238]}),
    ],
)  # fmt: skip
def test_a_cell_becomes_a_value(name: str, cell: Any, wanted: Any) -> None:
    assert value(name, cell) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted", "original"),
    [
        ("12,5 acres", 50585.70528, "12,5 acres"), ("3 ha", 30_000, "3 ha"), ("1000 sq ft", 92.90304, "1000 sq ft"),
        ("12 500 m2", 12500, ""), ("n. 2 ha", 20_000, "n. 2 ha"),
    ],
)  # fmt: skip
def test_units_are_converted_and_the_original_is_kept(cell: str, wanted: float, original: str) -> None:
    found = check({"area_m2": cell})
    assert found.values["area_m2"] == pytest.approx(wanted)
    assert found.originals.get("area_m2", "") == original


def test_a_unit_in_the_header_holds_for_the_whole_column() -> None:
    checker = RowChecker(kind="plot", units={"area_m2": "ha", "free_capacity_mw": "kW"})
    found = checker.check({"name@fi": "x", "area_m2": 12.5, "free_capacity_mw": "500"})
    assert (found.values["area_m2"], found.values["free_capacity_mw"]) == (125_000, 0.5)
    assert found.originals == {"area_m2": "12.5 ha", "free_capacity_mw": "500 kW"}
    assert checker.check({"name@fi": "x", "area_m2": "3 acres"}).originals == {"area_m2": "3 acres"}


@pytest.mark.parametrize(
    ("name", "cell", "message", "mend"),
    [
        ("area_m2", "iso", "“iso” is not a number", "in m², or with its unit"),
        ("area_m2", "5-10 ha", "“5-10 ha” is not a number", "in m²"),
        ("area_m2", "5 MW", "MW cannot be changed to m²", "in m²"),
        ("area_m2", -5, "between 0 and", "the field is in m²"),
        ("area_m2", "1e999", "not a number", "in m²"),
        ("plot_count", "2,5", "whole number", "without words"),
        ("is_divisible", "ehkä", "neither yes nor no", "yes or no"),
        ("available_from", "huomenna", "“huomenna” is not a day", "2026-10-12"),
        ("availability", "ehkä", "“ehkä” is not one of the choices", "Available, Reserved"),
        ("plan_url", "ei tietoa täällä", "web address", ""),
        ("capacity_by_year", "40 MW", "a figure for each year", "2028: 40"),
        ("geometry", "27.7, 64.2", "swapped", "latitude and longitude"),
        ("area_m2", CellError("#REF!"), "the error #REF!", "the formula"),
        ("clear_height_m", 5, "does not have this field", "Leave the cell empty"),
        ("source.size.dated", "joskus", "is not a day", "2026-10-12"),
        ("source.size.method", "arvattu", "not one of the choices", "measured"),
        ("source.size.confidence", "ehkä", "not one of the choices", "high"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_mend(name: str, cell: Any, message: str, mend: str) -> None:
    found = error(name, cell)
    assert found.field == name
    assert message in found.message
    assert mend in found.mend
    assert "%(" not in found.message + found.mend


@pytest.mark.parametrize(
    ("name", "cell", "absence"),
    [
        ("free_capacity_mw", "ei tiedossa", "unknown"), ("free_capacity_mw", "not studied", "not_studied"), ("free_capacity_mw", "finns inte", "none"),
        ("free_capacity_mw", "[none]", "none"), ("grid_company", "Not known", "unknown"), ("is_divisible", "ei selvitetty", "not_studied"),
        ("owner_kind", "[not known]", "unknown"), ("available_from", "?", "unknown"), ("price_note@fi", "ei tiedossa", "unknown"),
    ],
)  # fmt: skip
def test_an_absence_is_not_an_empty_cell(name: str, cell: str, absence: str) -> None:
    found = check({name: cell})
    assert found.errors == []
    assert found.absent == {name.partition("@")[0]: absence}
    assert name.partition("@")[0] not in found.values


def test_a_choice_of_the_same_word_is_a_choice() -> None:
    found = check({"owner_kind": "not known", "plan_state": "none"})
    assert (found.values["owner_kind"], found.values["plan_state"], found.absent) == ("unknown", "none", {})


def test_texts_are_read_by_language() -> None:
    found = check(
        {"summary@fi": " Hyvä ", "summary@sv": None, "description": "In the file's own"}, language="sv"
    )
    assert found.values["summary"] == {"fi": "Hyvä", "sv": ""}
    assert found.values["description"] == {"sv": "In the file's own"}


def test_sources_are_read_by_group_and_for_all_groups() -> None:
    found = check({
        "area_m2": 5, "grid_company": "ei tiedossa", "price_eur": None,
        "source.*.title": "Kunnan rekisteri", "source.*.dated": "1.9.2026", "source.size.title": "Mittaus", "source.size.method": "Measured",
    })  # fmt: skip
    assert found.values["sources"] == {
        "identity": {"title": "Kunnan rekisteri", "dated": "2026-09-01"},
        "size": {"title": "Mittaus", "dated": "2026-09-01", "method": "measured"},
        "electricity": {"title": "Kunnan rekisteri", "dated": "2026-09-01"},
    }


def test_a_row_says_which_record_it_is() -> None:
    known = Known(municipalities={"sotkamo": "sotkamo"})
    cells = {
        "name@fi": "x",
        "code": " kai-sot-0001 ",
        "kind": "Business area",
        "municipality": "SOTKAMO",
        "profiles": "Mining; tourism",
    }
    found = RowChecker(known=known).check(cells)
    assert found.identity == {"code": "KAI-SOT-0001", "kind": "business_area", "municipality": "sotkamo"}
    assert found.values["profiles"] == ["mining", "tourism"]
    assert found.errors == []


def test_what_nobody_knows_is_refused() -> None:
    known = Known(municipalities={"sotkamo": "sotkamo"}, sectors={"mining": "mining"})
    cells = {
        "name@fi": "x",
        "kind": "castle",
        "municipality": "Atlantis",
        "profiles": "magic",
        "sectors": "mining; gold",
    }
    found = RowChecker(known=known, kind="plot").check(cells)
    assert [one.field for one in found.errors] == ["kind", "municipality", "profiles", "sectors"]
    assert "sotkamo" in found.errors[1].mend
    assert "brownfield" in found.errors[0].mend


def test_a_new_record_needs_a_name_and_a_known_place_its_position() -> None:
    found = check_row({"name@fi": None, "place_precision": "exact"}, kind="plot")
    assert [one.field for one in found.errors] == ["name@fi", "geometry"]
    assert check_row({"name@fi": None}, kind="plot", require=False).errors == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = check({"area_m2": "x", "plot_count": "y", "availability": "z", "locality": "fine"})
    assert [one.field for one in found.errors] == ["area_m2", "plot_count", "availability"]
    assert found.values["locality"] == "fine"


def test_what_a_cell_cannot_hold_stays_as_it_is() -> None:
    assert "geometry" not in check({"geometry": "[…]"}).values


def test_a_column_that_the_standard_does_not_have_is_left_alone() -> None:
    assert check({"foo": "bar", "area_m2@fi": 5, "source.foo.title": "x"}).values == {"name": {"fi": "Paja"}}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(st.sampled_from([one.name for one in columns_for()]), ANYTHING, max_size=8),
    st.sampled_from(["plot", "opportunity", ""]),
)
def test_nothing_in_a_cell_breaks_the_checker(cells: dict[str, Any], kind: str) -> None:
    found = check_row(cells, kind=kind)
    assert all(one.message and one.field for one in found.errors)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["name", "sources", "absent", "kind", "area_m2", "geometry", "contact", "sectors", "x"]
        ),
        ANYTHING,
        max_size=6,
    )
)
def test_nothing_in_a_record_breaks_the_checker(record: dict[str, Any]) -> None:
    assert all(one.message for one in check_row(flat(record), kind="plot").errors)


def test_a_range_that_ends_before_it_begins_and_a_check_in_the_future_are_found() -> None:
    cells = {"name": "A", "return_low": "20", "return_high": "5", "source.size.verified_on": "2035-01-01"}
    found = check_row(cells, kind="opportunity", language="en")
    wrong = {one.field: one.message for one in found.errors}
    assert "smaller than “Expected return, from”, 20" in wrong["return_high"]
    assert "still ahead" in wrong["source.size.verified_on"]
