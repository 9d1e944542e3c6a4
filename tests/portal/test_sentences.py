"""A search as people say it: figures and places become filters, in three languages; what only looks like a figure stays."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.portal.sentences import read_sentence

TOWNS = {"kajaani": "kajaani", "kuhmo": "kuhmo"}
#: language, what was typed, the parameters it means, the words that are left
PAIRS: list[tuple[str, str, dict[str, str], str]] = [
    ("en", "20 ha 60 MW railway", {"min_area": "20", "min_power": "60", "rail_km": "5"}, ""),
    ("fi", "20 ha 60 MW rata", {"min_area": "20", "min_power": "60", "rail_km": "5"}, ""),
    ("sv", "20 ha 60 MW järnväg", {"min_area": "20", "min_power": "60", "rail_km": "5"}, ""),
    ("en", "20 hectares of land with 60 megawatts of power by the railway line",
     {"min_area": "20", "min_power": "60", "rail_km": "5"}, ""),
    ("fi", "20 hehtaarin tontti 60 megawatin liittymällä radan varrella",
     {"min_area": "20", "min_power": "60", "rail_km": "5"}, "tontti"),
    ("sv", "20 hektars tomt vid järnvägen", {"min_area": "20", "rail_km": "5"}, "tomt"),
    ("en", "over 2.5 ha, under 5 km from an airport", {"min_area": "2.5", "airport_km": "5"}, ""),
    ("fi", "yli 2,5 ha, alle 5 km lentokentältä", {"min_area": "2.5", "airport_km": "5"}, ""),
    ("sv", "minst 2,5 ha, högst 5 km till flygplatsen", {"min_area": "2.5", "airport_km": "5"}, ""),
    ("en", "at most 30 ha", {"max_area": "30"}, ""),
    ("fi", "enintään 30 ha", {"max_area": "30"}, ""),
    ("sv", "högst 30 ha", {"max_area": "30"}, ""),
    ("en", "plot of 20-30 ha", {"min_area": "20", "max_area": "30"}, "plot"),
    ("fi", "20–30 ha:n tontti", {"min_area": "20", "max_area": "30"}, "tontti"),
    ("sv", "mellan 20 och 30 ha", {"min_area": "20", "max_area": "30"}, ""),
    ("en", "hall 1,000 m²", {"min_floor": "1000"}, "hall"),
    ("fi", "halli 1 000 m2", {"min_floor": "1000"}, "halli"),
    ("sv", "lokal 1 000 kvm", {"min_floor": "1000"}, "lokal"),
    ("fi", "600 kem2", {"min_floor": "600"}, ""),
    ("fi", "5 000 m² tontti", {"min_area": "0.5"}, "tontti"),
    ("en", "20,000 m²", {"min_area": "2"}, ""),
    ("en", "50 acres", {"min_area": "20.23"}, ""),
    ("en", "110 kV substation within 2 km", {"min_voltage": "110", "substation_km": "2"}, ""),
    ("fi", "110 kV, sähköasemalle 2 km", {"min_voltage": "110", "substation_km": "2"}, ""),
    ("sv", "110 kV och ställverk inom 2 km", {"min_voltage": "110", "substation_km": "2"}, ""),
    ("en", "500 m³ a day of water", {"min_water": "500"}, ""),
    ("fi", "vettä 500 m³/vrk", {"min_water": "500"}, ""),
    ("sv", "vatten 500 m³/dygn", {"min_water": "500"}, ""),
    ("en", "hotel €5 million", {"max_investment": "5000000"}, "hotel"),
    ("fi", "hotelli, yli 5 M€", {"min_investment": "5000000"}, "hotelli"),
    ("sv", "hotell 5 miljoner euro", {"max_investment": "5000000"}, "hotell"),
    ("fi", "tontti alle 10 €/m²", {"max_price": "10"}, "tontti"),
    ("en", "60 MW by 2030", {"min_power": "60", "power_year": "2030"}, ""),
    ("fi", "60 MW vuonna 2030", {"min_power": "60", "power_year": "2030"}, ""),
    ("sv", "60 MW år 2030", {"min_power": "60", "power_year": "2030"}, ""),
    ("fi", "5 ha, 20 km Kajaanista", {"min_area": "5", "near": "kajaani", "radius": "20"}, ""),
    ("fi", "5 ha Kajaani", {"min_area": "5"}, "Kajaani"),
    ("en", "port 150 km, railway 500 m, 5 ha", {"port_km": "150", "rail_km": "0.5", "min_area": "5"}, ""),
    ("fi", "5 ha pistoraide", {"min_area": "5", "rail": "yes"}, ""),
    ("en", "data centre 20 ha 60 MW", {"min_area": "20", "min_power": "60"}, "data centre"),
]  # fmt: skip
#: what has digits and is no figure that a filter takes
WORDS = [
    "railway", "rata", "a plot by the railway", "E10", "3D printing", "2030", "87100 Kajaani", "KAJ-001", "KAI-KAJ-0002",
    "5G", "Otanmäki 2026", "100 MWh", "2 years", "5 €/m²/kk", "100 people", "400/110 kV", "-5 ha", "0 ha", "12.10.2026",
    "08 615 541", "5 km", "20 A", "Vt 22", "M2 tie", "under 5 MW", "“110 kV Vuolijoki”", '"20 ha"', "10 e", "ha", "MW 60",
]  # fmt: skip


@pytest.mark.parametrize(("language", "typed", "values", "left"), PAIRS)
def test_figures_and_places_are_read_as_the_filters_they_mean(
    language: str, typed: str, values: dict[str, str], left: str
) -> None:
    reading = read_sentence(typed, language, TOWNS)
    assert reading is not None
    assert (reading.values, reading.words, reading.unused) == (values, left, ())


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize("typed", WORDS)
def test_what_only_looks_like_a_figure_stays_words(language: str, typed: str) -> None:
    assert read_sentence(typed, language, TOWNS) is None


@pytest.mark.parametrize(
    ("typed", "values", "unused"),
    [
        ("20 ha under 5 MW", {"min_area": "20"}, ("under 5 MW",)),
        ("20 ha 40 ha", {"min_area": "20"}, ("40 ha",)),
        ("20 ha no railway", {"min_area": "20"}, ("no railway",)),
        ("20 ha 5 km", {"min_area": "20"}, ("5 km",)),
    ],
)
def test_what_no_filter_takes_is_said_to_be_left_out(
    typed: str, values: dict[str, str], unused: tuple[str, ...]
) -> None:
    reading = read_sentence(typed, "en")
    assert reading is not None
    assert (reading.values, reading.unused, reading.words) == (values, unused, "")


@pytest.fixture
def region() -> None:
    make_region(map_bounds=[26, 63, 30, 66], plausible_bounds=[24, 62, 32, 67])


def publish(name: str, **values: Any) -> Site:
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi=name, en=name, sv=name), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


def shown(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def names(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', page)


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "place"), [("en", "railway"), ("fi", "rata"), ("sv", "järnväg")])
def test_the_words_become_filters_that_can_be_taken_away(
    region: None, client: Client, language: str, place: str
) -> None:
    publish("Right", area_m2=250_000, free_capacity_mw=80, has_rail_siding=True)
    publish("Small", area_m2=50_000, free_capacity_mw=80, has_rail_siding=True)
    publish("Far", area_m2=250_000, free_capacity_mw=80)
    answer = client.get(f"/{language}/sites/", {"q": f"20 ha 60 MW {place}"})
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query == {
        "min_area": ["20"],
        "min_power": ["60"],
        "rail_km": ["5"],
        "read": [f"20 ha 60 MW {place}"],
    }
    page = shown(client, answer["Location"])
    assert names(page) == ["Right"]
    assert page.count('class="chip chip-remove"') == 3
    quoted = {"en": "“{}”", "fi": "”{}”", "sv": "”{}”"}[language]
    assert quoted.format(f"20 ha 60 MW {place}") in page


@pytest.mark.django_db
def test_the_page_says_how_the_words_were_read_and_searches_for_them_when_asked(
    region: None, client: Client
) -> None:
    publish("Plot of 20 ha", area_m2=190_000)
    page = shown(client, "/en/sites/?q=20+ha+under+5+MW&kind=plot")
    assert "We read “20 ha under 5 MW” as: <strong>area at least 20 ha</strong>." in page
    assert "There is no filter for “under 5 MW”, so it was left out." in page
    plainly = re.search(r'href="(\?[^"]+)">Search just for the words instead', page)
    assert plainly
    assert parse_qs(plainly[1].replace("&amp;", "&").lstrip("?")) == {
        "kind": ["plot"], "q": ["20 ha under 5 MW"], "words": ["only"],
    }  # fmt: skip
    words = shown(client, "/en/sites/?q=20+ha&words=only")
    assert names(words) == ["Plot of 20 ha"]
    assert 'The figures were searched for as words. <a href="?q=20+ha">Read them as filters</a>' in words
    assert '<input type="hidden" name="words" value="only">' in words


@pytest.mark.django_db
def test_what_was_taken_away_is_not_said_any_more_and_a_new_figure_replaces_the_old(
    region: None, client: Client
) -> None:
    publish("Rail plot", area_m2=250_000)
    page = shown(client, "/en/sites/?min_area=20&read=20+ha+60+MW")
    assert "as: <strong>area at least 20 ha</strong>." in page
    assert "We read" not in shown(client, "/en/sites/?min_area=25&read=20+ha+60+MW")
    assert "We read" not in shown(client, "/en/sites/?read=%3Cscript%3E20+ha")
    answer = client.get("/en/sites/?min_area=5&page=2&fragment=parts&q=plot+20+ha")
    assert answer["Location"] == "/en/sites/?min_area=20&fragment=parts&q=plot&read=plot+20+ha"


@pytest.mark.django_db
def test_words_stay_words_at_every_machine_door(region: None, client: Client) -> None:
    publish("Rail plot", area_m2=250_000)
    assert client.get("/api/v1/sites?q=20+ha").json()["total"] == 0
    assert client.get("/api/v1/sites?q=rail").json()["total"] == 1


@pytest.mark.django_db
def test_how_words_were_read_is_no_part_of_the_search_that_goes_on(region: None, client: Client) -> None:
    publish("Rail plot", area_m2=250_000)
    page = shown(client, "/en/sites/?q=20+ha")
    assert '<input type="hidden" form="alert-form" name="search" value="min_area=20">' in page
    assert 'data-points-url="/en/sites/points.json?min_area=20"' in page


@pytest.mark.django_db
def test_reading_words_asks_the_database_little(
    region: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    publish("Rail plot", area_m2=250_000)
    with django_assert_max_num_queries(2):
        client.get("/en/sites/?q=20+ha+60+MW+railway")
    with django_assert_max_num_queries(25):
        client.get("/en/sites/?min_area=20&min_power=60&rail_km=5&read=20+ha+60+MW+railway")
