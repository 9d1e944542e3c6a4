"""The search as an investor meets it: words, codes, mistakes, ranges, places, orders, counts, and what to loosen."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests.factories import NOW, make_municipality, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Place
from vetovoima.syndication import services as syndication
from vetovoima.syndication.asking import read_text, terms_of
from vetovoima.syndication.models import PublishedDocument, SearchEntry
from vetovoima.syndication.queries import Relaxation, SearchPage, SearchTerms, all_points, search_sites
from vetovoima.syndication.search.entries import put_entry

pytestmark = pytest.mark.django_db


def site(name: str, **given: Any) -> Any:
    values = {"name": Translated(fi=name, en=given.pop("en", name)), **given}
    return catalogue.publish_site(site=make_site(**values), by=None, now=NOW)


def at(latitude: float, longitude: float) -> dict[str, Any]:
    """A place that is known exactly."""
    return {"geometry": {"type": "Point", "coordinates": [longitude, latitude]}, "place_precision": "exact"}


def ask(language: str = "fi", **terms: Any) -> SearchPage:
    return search_sites(language, SearchTerms(**terms))


def names(language: str = "fi", **terms: Any) -> list[str]:
    return [one.name for one in ask(language, **terms).documents]


def test_a_code_is_found_whole_in_part_and_without_its_dashes() -> None:
    one = site("Sahanranta")
    site("Muu")
    whole = one.code
    parts = whole.split("-")
    for asked in (
        whole,
        whole.lower(),
        whole.replace("-", ""),
        "-".join(parts[1:]),
        parts[-1],
        "".join(parts[:2])[:5],
    ):
        assert one.name.text("fi") in names(text=asked), asked
    assert names(text=whole) == names(text=parts[-1]) == ["Sahanranta"]


def test_a_name_comes_before_a_mention() -> None:
    site("Varastohalli", summary=Translated(fi="Vieressä on kaivos."))
    site("Kaivoksen alue", updated_at=NOW.replace(year=2020))
    assert names(text="kaivos") == ["Kaivoksen alue", "Varastohalli"]


def test_a_word_that_is_written_wrong_is_put_right_and_said_so() -> None:
    site("Hukkalämpö")
    page = ask(text="hukkalämpo")
    assert ([one.name for one in page.documents], page.corrected) == (["Hukkalämpö"], "hukkalämpö")
    assert ask(text="hukkalämpö").corrected == ""
    assert (ask(text="qwertyuiop").total, ask(text="qwertyuiop").corrected) == (0, "")


def test_what_other_terms_leave_out_is_not_taken_for_a_mistake() -> None:
    site("Kaivos", area_m2=10_000.0)
    page = ask(text="kaivos", min_area_m2=20_000.0)
    assert (page.total, page.corrected) == (0, "")


def test_words_of_another_language_are_understood() -> None:
    site("Kaivoksen alue", en="Area of the mines")
    page = ask("fi", text="mine")
    assert ([one.name for one in page.documents], page.read_in) == (["Kaivoksen alue"], "en")
    assert ask("fi", text="kaivos").read_in == ""


def test_another_word_for_the_same_thing_finds_it() -> None:
    site("Konesali")
    assert names(text="datakeskus") == ["Konesali"]


def test_the_unknown_fits_no_bound_and_is_counted() -> None:
    site("Suuri", area_m2=250_000.0)
    site("Pieni", area_m2=50_000.0)
    site("Vaiti")
    silent = ask(min_area_m2=200_000.0)
    assert [one.name for one in silent.documents] == ["Suuri"]
    assert silent.unknown_total == 1
    assert names(max_area_m2=100_000.0) == ["Pieni"]
    assert ask().unknown_total == 0


def test_who_could_not_state_a_figure_is_not_counted_as_silent() -> None:
    site("Tontti")
    site("Hanke", kind="opportunity", scale_low_eur=2e6, scale_high_eur=5e6)
    site("Hiljainen hanke", kind="opportunity")
    page = ask(min_investment_eur=3e6)
    assert ([one.name for one in page.documents], page.unknown_total) == (["Hanke"], 1)
    assert names(max_investment_eur=1e6) == []
    assert names(max_investment_eur=2e6) == ["Hanke"]


def test_water_price_and_floor_are_bounds_too() -> None:
    site("Vesitontti", water_capacity_m3_d=800.0, price_eur_m2=4.0)
    site("Halli", kind="premises", floor_area_m2=3_000.0)
    assert names(min_water_m3_d=500.0) == names(max_price_eur_m2=4.0) == ["Vesitontti"]
    assert names(max_price_eur_m2=3.9) == []
    assert names(min_floor_m2=3_000.0) == names(max_floor_m2=3_000.0) == ["Halli"]


def test_the_way_to_the_railway_is_computed_or_told_whichever_is_shorter() -> None:
    Place.objects.create(
        slug="rail-x",
        kind="railway_station",
        name={"fi": "Asema"},
        latitude=64.2,
        longitude=28.0,
        precision="exact",
    )
    site("Lähellä", **at(64.21, 28.0))
    site("Kaukana", **at(64.9, 28.0))
    site("Raiteella", **at(64.9, 29.0), has_rail_siding=True)
    assert sorted(names(rail_km=5.0)) == ["Lähellä", "Raiteella"]
    body = PublishedDocument.objects.get(name="Lähellä", language="fi").body
    assert body["place"]["distances"] == [{"to": "rail", "name": "Asema", "km": 1.1, "approximate": False}]


def test_a_radius_a_drawn_area_and_the_order_by_distance() -> None:
    Place.objects.create(
        slug="rail-x", kind="railway_station", name={"fi": "Asema"}, latitude=64.2, longitude=28.0
    )
    for name, latitude in (("Kolmas", 65.0), ("Eka", 64.3), ("Toka", 64.5)):
        site(name, **at(latitude, 28.0))
    page = ask(near="rail-x", sort="distance")
    assert [one.name for one in page.documents] == ["Eka", "Toka", "Kolmas"]
    assert list(page.distances.values()) == pytest.approx([11.1, 33.4, 89.2], abs=0.3)
    assert names(near="rail-x", radius_km=40.0, sort="name") == ["Eka", "Toka"]
    assert names(area=read_text("area", "27.5,64.4 28.5,64.4 28.0,64.8")) == ["Toka"]


@pytest.mark.parametrize(
    "area", ["27,64 28,64", "27,64 28,nan 28,65", "1,1 2,2 3,1", "27,64 28,65 28,64 27,65", "27 64,28 65", "27,64 " * 200],
)  # fmt: skip
def test_an_area_that_is_none_is_refused_in_words(area: str) -> None:
    with pytest.raises(ValidationError):
        read_text("area", area)


def test_a_place_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValidationError, match="atlantis"):
        read_text("near", "atlantis")
    assert terms_of({"min_area": 2.5, "max_price": 0, "rail_km": 0, "min_water": 0}) == {
        "min_area_m2": 25_000.0, "max_price_eur_m2": 0, "rail_km": 0,
    }  # fmt: skip


def test_the_nearest_figure_that_gives_results_is_proposed() -> None:
    for area in (153_000.0, 151_000.0, 20_000.0):
        site(f"Ala {area:g}", area_m2=area)
    page = ask(min_area_m2=200_000.0)
    assert page.nearest == [Relaxation("min_area_m2", 2, 15.0)], "in hectares, as it is asked"
    assert page.relaxations == [Relaxation("min_area_m2", 3)]
    assert names(min_area_m2=150_000.0, sort="area") == ["Ala 153000", "Ala 151000"]


def test_every_choice_is_counted_also_switches_and_steps() -> None:
    site("A", has_rail_siding=True)
    site("B", kind="premises")
    page = ask(kinds=("plot",))
    assert page.facets["with_rail"] == {"yes": 1}
    assert page.facets["kinds"] == {"plot": 1, "premises": 1}
    assert page.facets["min_readiness"]["0"] == 1
    assert page.facets["municipalities"] == {"kuhmo": 1}


def test_power_is_asked_for_a_year_and_ordered_by() -> None:
    site("Myöhemmin", capacity_by_year={"2027": 10, "2030": 90})
    site("Nyt", capacity_by_year={"2026": 40})
    site("Vaiti")
    assert names(sort="power") == ["Myöhemmin", "Nyt", "Vaiti"]
    assert names(sort="power", power_year=2028)[:2] == ["Nyt", "Myöhemmin"]
    assert names(min_power_mw=30.0, power_year=2028) == ["Nyt"]
    assert ask(min_power_mw=30.0).unknown_total == 1


def test_names_are_in_the_order_of_their_language() -> None:
    for name in ("Öljy", "Ämpäri", "Åbo", "Zeta", "Ahti"):
        site(name)
    assert names("fi", sort="name") == ["Ahti", "Zeta", "Åbo", "Ämpäri", "Öljy"]
    assert names("en", sort="name") == ["Åbo", "Ahti", "Ämpäri", "Öljy", "Zeta"]


def test_what_is_edited_withdrawn_or_rolled_back_is_seen_at_once() -> None:
    one, other = site("Yksi", area_m2=10.0), site("Kaksi", area_m2=20.0)
    assert names(sort="name") == ["Kaksi", "Yksi"]
    try:
        with transaction.atomic():
            site("Kolme")
            assert names(sort="name") == ["Kaksi", "Kolme", "Yksi"]
            raise RuntimeError
    except RuntimeError:
        pass
    assert names(sort="name") == ["Kaksi", "Yksi"]
    catalogue.withdraw_site(site=other, by=make_person(Role.COORDINATOR), now=NOW)
    assert names() == ["Yksi"] == [point["name"] for point in all_points("fi", SearchTerms())]
    assert SearchEntry.objects.count() == 1
    assert names(text="kaksi") == []
    syndication.refresh_site(one.code, date(2026, 11, 22))
    assert names(text="yksi") == ["Yksi"]


def test_records_published_before_the_search_kept_entries_are_found_after_migrating() -> None:
    from vetovoima.syndication.receivers import index_what_has_no_entry

    site("Vanha kaivos", area_m2=50_000.0)
    SearchEntry.objects.all().delete()
    assert names() == []
    index_what_has_no_entry()
    assert names(text="kaivos", min_area_m2=50_000.0) == ["Vanha kaivos"]


def test_a_further_kind_of_record_joins_by_its_documents_alone() -> None:
    site("Tontti")
    row = PublishedDocument.objects.get(language="fi")
    name = {"text": "Jatkaja konepajalle", "language": "fi"}
    document = {
        **row.body,
        "code": "KAI-KUH-T001",
        "kind": {"value": "transfer", "label": "Yritys"},
        "name": name,
    }
    PublishedDocument.objects.create(
        code="KAI-KUH-T001", language="fi", version=1, kind="transfer", municipality_slug="kuhmo",
        name=name["text"], sort_name="", published_at=NOW, updated_at=NOW, card={}, body=document,
    )  # fmt: skip
    put_entry({"fi": document})  # type: ignore[dict-item]
    syndication.touch_public(offer=True)
    page = ask(text="konepaja", kinds=("transfer",))
    assert [one.code for one in page.documents] == ["KAI-KUH-T001"]
    assert ask().facets["kinds"] == {"plot": 1, "transfer": 1}
    assert all_points("fi", SearchTerms(kinds=("transfer",)))[0]["url"] == "/fi/sites/KAI-KUH-T001/"


def test_a_search_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    site("Kaivos")
    names()
    with django_assert_max_num_queries(5):
        ask(text="kaivos tontti", kinds=("plot",), min_area_m2=1.0, near="kuhmo", radius_km=100.0)


def test_real_records_and_examples_are_counted_apart_at_every_facet() -> None:
    site("Tontti", area_m2=50_000.0)
    example = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW, is_example=True,
        values={"name": Translated(fi="Malli"), "area_m2": 50_000.0},
    )  # fmt: skip
    catalogue.publish_site(site=example, by=None, now=NOW)
    page = ask(kinds=("plot",), min_area_m2=10_000.0)
    assert page.facets["kinds"] == page.example_facets["kinds"] == {"plot": 1}
    assert page.facets["municipalities"] == page.example_facets["municipalities"]
    assert (page.real_total, page.example_total) == (1, 1)
    assert ask(examples=False).example_facets == {}
