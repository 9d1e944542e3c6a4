"""The value comparison: open formulas, every number with its source, and nothing claimed that is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from vetovoima.common.fields import Translated
from vetovoima.monitoring.benchmarks import documents
from vetovoima.monitoring.benchmarks.asking import Asked, Situation, address, read
from vetovoima.monitoring.benchmarks.comparing import Comparison, Line, all_places, compare
from vetovoima.monitoring.benchmarks.factors import BASES, FACTOR_BY_NAME, FORMULAS, INPUT_BY_NAME, SHOWN
from vetovoima.monitoring.benchmarks.loading import load_benchmarks
from vetovoima.monitoring.benchmarks.models import BenchmarkFigure, BenchmarkPlace
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, Pack

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def make_place(slug: str, role: str = "peer", **values: Any) -> BenchmarkPlace:
    return BenchmarkPlace.objects.create(slug=slug, role=role, name=Translated(en=slug.title()), **values)


def figure(place: BenchmarkPlace, factor: str, value: float, period: str = "2024", **values: Any) -> None:
    BenchmarkFigure.objects.create(
        place=place, factor=factor, value=value, period=period, source={"title": "Somebody"}, **values
    )


@pytest.fixture
def home() -> BenchmarkPlace:
    place = make_place("home", "home", latitude=64.2238, longitude=27.7332)
    figure(place, "power_price", 40.0)
    figure(place, "labour_cost", 30.0)
    return place


@pytest.fixture
def peer() -> BenchmarkPlace:
    place = make_place("peer", latitude=53.35, longitude=-6.25)
    figure(place, "power_price", 100.0)
    return place


def compared(situation: Situation) -> Comparison:
    return compare(situation, all_places(), TODAY)


def line(comparison: Comparison, name: str) -> Line:
    return next(one for one in comparison.lines if one.formula.name == name)


PROJECT = Situation(places=("peer",), inputs={"load": 10.0, "staff": 100.0})


def test_every_formula_is_a_product_of_what_is_there() -> None:
    names = INPUT_BY_NAME.keys() | FACTOR_BY_NAME.keys()
    assert {term for one in FORMULAS for term in one.terms} | set(SHOWN) <= names
    assert {factor for choices in BASES.values() for factor in choices.values()} <= FACTOR_BY_NAME.keys()


def test_electricity_is_load_times_hours_times_price(home: BenchmarkPlace, peer: BenchmarkPlace) -> None:
    found = line(compared(PROJECT), "electricity")
    assert [cell.value for cell in found.cells] == [10 * 8_000 * 40.0, 10 * 8_000 * 100.0]
    assert found.is_complete
    hours = replace(PROJECT, inputs={**PROJECT.inputs, "hours": 1_000.0})
    assert line(compared(hours), "electricity").cells[0].value == 10 * 1_000 * 40.0


def test_what_is_not_on_record_is_said_and_no_place_is_called_the_lowest(
    home: BenchmarkPlace, peer: BenchmarkPlace
) -> None:
    comparison = compared(PROJECT)
    wages = line(comparison, "wages")
    assert wages.cells[0].value == 100 * 1_700 * 30.0
    assert wages.cells[1].value is None
    assert [one.name for one in wages.cells[1].missing] == ["labour_cost"]
    assert comparison.total is not None
    assert (comparison.total.values[1], comparison.total.lowest) == (None, None)


def test_the_visitors_own_figure_fills_the_gap_and_is_not_stored(
    home: BenchmarkPlace, peer: BenchmarkPlace
) -> None:
    comparison = compared(replace(PROJECT, own={("peer", "labour_cost"): 20.0}))
    assert line(comparison, "wages").cells[1].figures[0].origin == "own"
    assert comparison.total is not None
    assert comparison.total.values == (3_200_000 + 5_100_000, 8_000_000 + 3_400_000)
    assert comparison.total.lowest is not None
    assert comparison.total.lowest.slug == "home"
    assert BenchmarkFigure.objects.count() == 3


def test_an_input_that_was_not_given_computes_nothing(home: BenchmarkPlace) -> None:
    found = line(compared(Situation()), "electricity")
    assert [one.name for one in found.open_inputs] == ["load"]
    assert found.cells[0].value is None
    assert found.cells[0].figures[0].value == 40.0, "the figure itself is shown"
    assert compared(Situation()).total is None


def test_distance_and_daylight_are_computed_from_the_position(
    home: BenchmarkPlace, peer: BenchmarkPlace
) -> None:
    situation = Situation(
        places=("peer",), destination="peer", inputs={"tonnes": 1_000.0, "freight_price": 0.1}
    )
    comparison = compared(situation)
    freight = line(comparison, "freight")
    # by the haversine formula on a sphere: 2,262 km from Kajaani to Dublin
    assert freight.cells[0].figures[0].value == pytest.approx(2_262, rel=0.01)
    assert freight.cells[0].value == pytest.approx(freight.cells[0].figures[0].value * 100)
    assert freight.cells[1].value == 0
    days = {factor.name: figures for factor, figures in comparison.shown}
    shortest, longest = days["shortest_day"][0], days["longest_day"][0]
    assert shortest and longest
    assert shortest.value == pytest.approx(4.1, abs=0.3)
    assert longest.value == pytest.approx(20.9, abs=0.4)


def test_figures_of_different_times_are_told_as_such(home: BenchmarkPlace) -> None:
    figure(make_place("peer"), "labour_cost", 45.0, "2019")
    found = line(compared(PROJECT), "wages")
    assert found.has_mixed_periods
    assert not line(compared(PROJECT), "electricity").has_mixed_periods


def test_a_bound_stays_a_bound(home: BenchmarkPlace) -> None:
    figure(make_place("peer"), "power_price", 50.0, qualifier="at_most")
    assert [cell.is_rough for cell in line(compared(PROJECT), "electricity").cells] == [False, True]


def test_the_figure_that_the_visitor_chose_stands_in_the_formula(home: BenchmarkPlace) -> None:
    figure(home, "company_power_price", 90.0)
    figure(home, "aid_small", 40.0)
    situation = Situation(
        inputs={"load": 1.0, "hours": 1.0, "investment": 1e6}, basis="company", size="small"
    )
    comparison = compared(situation)
    assert line(comparison, "electricity").cells[0].value == 90.0
    assert line(comparison, "aid").cells[0].value == 400_000


def asked(query: str, language: str = "en") -> Asked:
    return read(QueryDict(query), language, ["home", "peer"], ["peer"])


def test_an_address_gives_back_the_same_situation() -> None:
    situation = Situation(
        places=("peer", "own"), inputs={"load": 10.5}, own={("own", "land_price"): 3.0}, basis="company",
        size="medium", destination="peer", own_name="Ruoska & co",
    )  # fmt: skip
    assert asked(address(situation)).situation == situation


def test_what_cannot_be_read_is_told() -> None:
    found = asked("load=much&hours=9999&peer.land_price=-2&place=peer&place=moon")
    assert set(found.problems) == {"load", "hours", "peer.land_price"}
    assert found.situation.places == ("peer",)


def test_the_document_tells_where_every_number_comes_from(home: BenchmarkPlace, peer: BenchmarkPlace) -> None:
    rows = documents.rows(compared(PROJECT), "en")
    figures = [one for one in rows if one["kind"] == "figure" and one["value"] is not None]
    assert figures
    assert all(one["source"] or one["origin"] in ("computed", "own") for one in figures)
    assert [one["missing"] for one in rows if one["name"] == "Labour" and one["place"] == "Peer"] == [
        "Labour cost of an hour"
    ]


FIGURES = "place,factor,value,fact,qualifier,period,source\n"


def pack(tmp_path: Path, figures: str, places: str = "home,home,Home,64.2,27.7\n") -> Pack:
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    (folder / "places.csv").write_text("slug,role,name_en,latitude,longitude\n" + places)
    (folder / "figures.csv").write_text(FIGURES + figures)
    return Pack(tmp_path)


def test_a_pack_is_stored_and_can_be_loaded_again(tmp_path: Path) -> None:
    given = pack(tmp_path, "home,power_price,40,,at_most,2024,Somebody\nhome,land_price,,plots,,,\n")
    for _time in range(2):
        load_benchmarks(given, LoadReport(), {"plots"})
    assert BenchmarkFigure.objects.count() == 2
    assert BenchmarkFigure.objects.get(factor="power_price").qualifier == "at_most"


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ("home,power_price,40,,,2024,\n", "is empty"),
        ("home,power_price,40,,,,Somebody\n", "is empty"),
        ("home,power_price,,,,2024,Somebody\n", "give either a value or the code"),
        ("home,power_price,40,plots,,2024,Somebody\n", "give either a value or the code"),
        ("home,land_price,,nothing,,,\n", "is not known"),
        ("moon,power_price,40,,,2024,Somebody\n", "is not known"),
        ("home,luck,40,,,2024,Somebody\n", "is not known"),
        ("home,distance,40,,,2024,Somebody\n", "is computed"),
        ("home,aid_large,140,,,2024,Somebody\n", "is not between"),
        ("home,power_price,40,,,soon,Somebody\n", "is not a period"),
    ],
)
def test_a_figure_without_a_source_or_out_of_bounds_refuses_the_pack(
    tmp_path: Path, figures: str, reason: str
) -> None:
    with pytest.raises(BrokenPack, match=reason):
        load_benchmarks(pack(tmp_path, figures), LoadReport(), {"plots"})
    assert not BenchmarkPlace.objects.exists()


def test_half_a_position_refuses_the_pack(tmp_path: Path) -> None:
    with pytest.raises(BrokenPack, match="needs both"):
        load_benchmarks(pack(tmp_path, "", "home,home,Home,64.2,\n"), LoadReport(), set())


def test_every_figure_of_the_real_pack_has_a_source_a_period_and_an_address() -> None:
    real = Pack(Path(__file__).resolve().parents[2] / "regions" / "kainuu")
    rows = real.table("benchmarks/figures.csv")
    codes = {row.text("code") for row in real.table("facts.csv")}
    load_benchmarks(real, LoadReport(), codes)
    for row in rows:
        assert row.text("fact") or (
            row.text("source") and row.text("source_url").startswith("http") and row.text("period")
        )
    assert next(one.slug for one in all_places()) == "kainuu"
