"""The finder over published records: who fits, who might, who does not, in what order and why."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict

from tests.factories.sites import make_site
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication.finder import words
from vetovoima.syndication.finder.asking import Address, Asked, Wishes, address, read
from vetovoima.syndication.finder.criteria import CRITERIA
from vetovoima.syndication.finder.presets import PRESETS
from vetovoima.syndication.finder.ranking import find
from vetovoima.syndication.search.columns import BY_COLUMN

pytestmark = pytest.mark.django_db


def site(name: str, **values: Any) -> Site:
    return make_site(state="published", name=Translated(fi=name, en=name), **values)


def asked(query: str, language: str = "en") -> Asked:
    return read(QueryDict(query), language, ["kuhmo", "sotkamo"], ["mining"])


def test_every_criterion_is_a_figure_of_the_search() -> None:
    assert {one.column for one in CRITERIA} <= BY_COLUMN.keys()


def test_nobody_fails_by_saying_nothing() -> None:
    fits = site("Fits", area_m2=300_000, free_capacity_mw=80)
    fails = site("Fails", area_m2=300_000, free_capacity_mw=10)
    silent = site("Silent", area_m2=300_000)
    found = find("en", asked("area_must=20&power_must=60").wishes)
    assert [one.code for one in found.fitting] == [fits.code]
    assert [(one.code, one.open_limits) for one in found.maybe] == [(silent.code, ("power",))]
    assert found.failing == (("power", 1),)
    assert fails.code not in {one.code for one in (*found.fitting, *found.maybe)}


def test_who_nearly_fits_is_told_when_few_do() -> None:
    near = site("Near", area_m2=184_000, free_capacity_mw=80)
    site("Far", area_m2=50_000, free_capacity_mw=80)
    site("Neither", area_m2=190_000, free_capacity_mw=50)
    found = find("en", asked("area_must=20&power_must=60").wishes)
    assert not found.fitting
    assert found.near_misses[0].code == near.code
    assert len(found.near_misses) == 2, "who misses two limits is not near"
    first = found.near_misses[0]
    assert (
        words.miss_words(first.criterion, first.value, first.limit, "en") == "Area 18.4 ha, asked for 20 ha"
    )


def test_power_is_that_of_the_year_asked_for() -> None:
    later = site("Later", capacity_by_year={"2027": 20.0, "2030": 90.0})
    assert [one.code for one in find("en", asked("power_must=60&power_year=2030").wishes).fitting] == [
        later.code
    ]
    soon = find("en", asked("power_must=60&power_year=2028").wishes)
    assert (soon.fitting, soon.failing) == ((), (("power", 1),))
    before = find("en", asked("power_must=60&power_year=2026").wishes)
    assert [one.open_limits for one in before.maybe] == [("power",)], "2026 is not told"


def test_sites_stand_by_what_weighs_and_say_why() -> None:
    near = site("Near", area_m2=100_000, railway_distance_km=1.0)
    far = site("Far", area_m2=400_000, railway_distance_km=30.0)
    found = find("en", asked("rail_weight=5&area_weight=1").wishes)
    assert [(one.code, one.place) for one in found.fitting] == [(near.code, 1), (far.code, 2)]
    told = words.reason_words(found.fitting[0].parts, "en")
    assert (told["lifts"], told["holds"]) == (
        "Distance to the railway 1\u00a0km",
        "Area 10\u00a0ha",
    )
    other = find("en", asked("rail_weight=1&area_weight=5").wishes)
    assert other.fitting[0].code == far.code
    turning = {one.criterion.name: one for one in found.turnings}
    assert turning["area"].above == pytest.approx(5, abs=0.01)
    assert turning["area"].above_code == far.code
    assert turning["rail"].below == pytest.approx(1, abs=0.01)


def test_more_than_enough_counts_no_further() -> None:
    huge = site("Huge", area_m2=9_000_000, price_eur_m2=5)
    right = site("Right", area_m2=250_000, price_eur_m2=4)
    without = find("en", asked("area_weight=5&price_weight=1").wishes)
    assert without.fitting[0].code == huge.code
    enough = find("en", asked("area_weight=5&price_weight=1&area_enough=20").wishes)
    assert enough.fitting[0].code == right.code
    assert [one.tells for one in enough.weighings] == [False, True], "all have enough"


def test_the_score_tells_what_it_would_be_if_the_unknown_were_the_best() -> None:
    site("Full", area_m2=200_000, price_eur_m2=4)
    open_one = site("Open", area_m2=100_000)
    site("Small", area_m2=50_000, price_eur_m2=9)
    found = {one.code: one for one in find("en", asked("area_weight=1&price_weight=1").wishes).fitting}
    assert found[open_one.code].score < found[open_one.code].hopeful
    assert [part.criterion.name for part in found[open_one.code].missing] == ["price"]
    assert found[open_one.code].parts[1].could_give > 0
    assert found[open_one.code].best_place <= found[open_one.code].place <= found[open_one.code].worst_place


def test_what_cannot_be_had_is_left_out_until_asked_for() -> None:
    taken = site("Taken", area_m2=100_000, availability="taken")
    unsure = site("Unsure", area_m2=100_000, availability="unknown")
    found = find("en", asked("area_must=1").wishes)
    assert (found.fitting, found.failing) == ((), (("availability", 1),))
    assert [one.code for one in found.maybe] == [unsure.code]
    every = find("en", asked("area_must=1&taken=yes").wishes)
    assert {one.code for one in every.fitting} == {taken.code, unsure.code}


def test_a_site_without_a_sector_might_suit_any() -> None:
    site("None", area_m2=1)
    found = find("en", asked("sector=mining").wishes)
    assert [one.open_limits for one in found.maybe] == [("sector",)]


def test_places_and_kinds_are_limits() -> None:
    here = site("Here", area_m2=1)
    site("There", area_m2=1, municipality="sotkamo")
    site("Hall", kind="premises", floor_area_m2=500)
    found = find("en", asked("municipality=kuhmo&kind=plot").wishes)
    assert [one.code for one in found.fitting] == [here.code]
    assert found.failing == (("municipality", 1),)


def test_nothing_asked_orders_nothing() -> None:
    assert not asked("").wishes.asks
    assert not asked("page=2&sort=name").wishes.asks


def test_what_cannot_be_read_is_told_and_the_rest_holds() -> None:
    found = asked("area_must=twenty&power_must=60&voltage_must=-1&rail_weight=9&kind=castle")
    assert found.wishes.musts == {"power": 60.0}
    assert set(found.problems) == {"area_must", "voltage_must", "rail_weight", "kind"}


def test_numbers_are_read_as_the_language_writes_them() -> None:
    assert asked("water_must=1 234,5", "fi").wishes.musts == {"water": 1234.5}
    assert asked("water_must=1,234.5", "en").wishes.musts == {"water": 1234.5}


def test_an_address_gives_back_the_same_wishes() -> None:
    wishes = Wishes(
        musts={"area": 20.0, "rail": 0.125}, enough={"area": 40.5}, weights={"rail": 5, "power": 0},
        kinds=("plot", "brownfield"), municipalities=("kuhmo",), sectors=("mining",), power_year=2029,
        with_taken=True, preset="tourism", sort="name",
    )  # fmt: skip
    again = asked(address(wishes)).wishes
    assert again == wishes
    assert read(Address(address(wishes)), "fi", ["kuhmo"], ["mining"]).wishes == wishes


@pytest.mark.parametrize("preset", PRESETS, ids=lambda one: one.name)
def test_a_preset_is_an_address_that_ranks(preset: Any) -> None:
    assert asked(address(preset.wishes)).wishes.weights == dict(preset.weights)
    assert not preset.wishes.musts, "a limit is for the investor to set"


def test_the_requirement_is_written_as_a_message_in_the_visitors_language() -> None:
    one = site("Kantola", area_m2=300_000)
    text = "area_must=20&power_must=60&power_year=2028&rail_weight=5&municipality=kuhmo"
    fields = words.enquiry_fields(text, "en", [one.code.lower()])
    assert fields["size"] == "Area at least 20 ha, Free electric power at least 60 MW in 2028"
    assert (fields["municipality"], fields["site"], fields["sector"]) == ("kuhmo", one.code, "")
    for part in (
        "- Area at least 20 ha",
        "Distance to the railway: 5",
        "Kuhmo",
        f"- {one.code} Kantola",
        "/en/finder/?",
    ):
        assert part in fields["message"]
    assert len(fields["message"]) < 5000


@pytest.mark.parametrize("text", ["", "&" * 500, "area_must=x", "a=%00&kind=%ff", "x" * 9000])
def test_a_requirement_that_says_nothing_fills_nothing(text: str) -> None:
    assert words.enquiry_fields(text, "en") == {}
