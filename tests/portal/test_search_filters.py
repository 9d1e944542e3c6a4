"""The filters of the search as people use them: figures as they are written, ranges, distances, an area, without script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.enums import Precision
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.portal.search_form import SearchForm
from vetovoima.portal.wishes import GROUPS, LINE_OF, ORDERS
from vetovoima.reference.models import Place
from vetovoima.syndication.asking import ASKED, BY_NAME, Shape
from vetovoima.syndication.search.terms import SORTS

pytestmark = pytest.mark.django_db


def publish(name: str, *, kind: str = "plot", municipality: str = "kuhmo", **values: Any) -> Site:
    site = catalogue.create_site(
        municipality=make_municipality(municipality), kind=kind, by=None, now=NOW,
        values={"name": Translated(fi=name, en=name, sv=name), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


@pytest.fixture(autouse=True)
def region() -> None:
    make_region(map_bounds=[26, 63, 30, 66], plausible_bounds=[24, 62, 32, 67])


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def point(longitude: float, latitude: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def names(shown: str) -> list[str]:
    """What the list has, in its order."""
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', shown)


def form(query: str, language: str = "en") -> SearchForm:
    found = SearchForm(QueryDict(query), language)
    found.is_valid()
    return found


def test_everything_that_may_be_asked_has_a_line_on_the_page() -> None:
    assert set(LINE_OF) == {one.name for one in ASKED}
    assert {line.group for line in LINE_OF.values()} == set(GROUPS)
    assert set(SORTS) <= set(ORDERS)


@pytest.mark.parametrize(
    ("language", "written", "hectares"),
    [
        ("en", "20", 20), ("fi", "20,5", 20.5), ("en", "20.5", 20.5), ("en", "20 ha", 20), ("fi", "1 000", 1000),
        ("sv", "1 000,5 ha", 1000.5), ("en", "1,000", 1000), ("en", "200 000 m²", 20), ("en", "2 km2", 200),
        ("en", "≥ 20 ha", 20), ("fi", "noin 20 hehtaaria", 20),
    ],
)  # fmt: skip
def test_an_area_is_read_as_people_write_it(language: str, written: str, hectares: float) -> None:
    read = form(QueryDict(mutable=True).urlencode() + f"min_area={written.replace('+', '%2B')}", language)
    assert not read.errors
    assert read.terms().min_area_m2 == pytest.approx(hectares * 10_000)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("min_area=much", "is not a number"),
        ("min_area=5 kV", "cannot be changed to ha"),
        ("min_area=-3", "Give a number from 0 to 1,000,000."),
        ("min_area=nan", "is not a number"),
        ("power_year=2030.5", "Give a whole number from 2000 to 2100."),
        ("min_area=20&max_area=10", "The most is less than the least."),
        ("radius=20", "Choose the place that distance is counted from."),
        ("sort=distance", "Choose the place that distance is counted from."),
        ("near=atlantis", "atlantis"),
        ("area=27,64 28,64", "Draw an area of 3 to 100 corners."),
        ("area=27,64 28,65 28,64 27,65", "crosses itself"),
    ],
)
def test_what_cannot_be_read_is_told_in_words_and_kept_as_it_was_written(
    client: Client, query: str, sentence: str
) -> None:
    publish("Rail plot", area_m2=900_000)
    shown = text(client, f"/en/sites/?{query}", 400)
    assert sentence in shown
    assert "This part of the search was left out; the rest holds." in shown
    assert "Rail plot" in shown
    name, _mark, written = query.partition("=")
    if BY_NAME.get(name) and BY_NAME[name].shape not in (Shape.PLACE,):
        assert f'value="{escape(written.split("&")[0])}"' in shown


def test_ranges_narrow_and_are_said_in_words_that_can_be_taken_away(client: Client) -> None:
    publish("Small", area_m2=50_000)
    publish("Middle", area_m2=250_000)
    publish("Large", area_m2=2_500_000)
    shown = text(client, "/en/sites/?min_area=20&max_area=100 ha")
    assert names(shown) == ["Middle"]
    assert '<a class="chip chip-remove" href="?max_area=100+ha"><span class="visually-hidden">Remove: </span>area at least 20 ha</a>' in shown  # fmt: skip
    assert "area at most 100 ha" in shown


def test_an_area_drawn_or_typed_narrows(client: Client) -> None:
    publish("Inside", geometry=point(27.5, 64.2), place_precision=Precision.EXACT)
    publish("Outside", geometry=point(29.5, 65.2), place_precision=Precision.EXACT)
    shown = text(client, "/en/sites/?area=27,64 28,64 28,64.5 27,64.5")
    assert names(shown) == ["Inside"]
    assert 'value="27,64 28,64 28,64.5 27,64.5"' in shown
    assert "inside the drawn area" in shown


def test_near_a_place_orders_by_distance_and_tells_it(client: Client) -> None:
    make_municipality("kajaani", latitude=64.2, longitude=27.7, name=Translated(fi="Kajaani"))
    publish("Far", geometry=point(29.0, 65.0), place_precision=Precision.EXACT)
    publish("Close", geometry=point(27.72, 64.21), place_precision=Precision.EXACT)
    shown = text(client, "/en/sites/?near=kajaani&sort=distance")
    assert names(shown) == ["Close", "Far"]
    assert re.search(r'· <span class="num">1\.\d km</span>', shown)
    within = text(client, "/en/sites/?near=kajaani&radius=20 km&sort=distance")
    assert names(within) == ["Close"]
    assert '<option value="kajaani" selected>Kajaani</option>' in within
    # without the place there is nothing to count from: the distance and its order go with it
    assert '<a class="chip chip-remove" href="?"><span class="visually-hidden">Remove: </span>near Kajaani</a>' in within  # fmt: skip


def test_the_infrastructure_is_there_in_words_with_distances(client: Client) -> None:
    make_municipality("kajaani", latitude=64.2, longitude=27.7, name=Translated(fi="Kajaani"))
    Place.objects.create(
        slug="the-port", kind="port", name=Translated(en="The Port"), latitude=65.0, longitude=25.4, in_region=False
    )  # fmt: skip
    shown = text(client, "/en/sites/?near=kajaani")
    assert "Distances are counted from Kajaani, as the crow flies." in shown
    assert 'The Port, outside the region <span class="num">142 km</span>' in shown


def test_the_infrastructure_for_the_map_is_open_to_all_and_kept(client: Client) -> None:
    Place.objects.create(slug="p", kind="port", name=Translated(en="The Port"), latitude=65.0, longitude=25.4)
    Place.objects.create(slug="nowhere", kind="port", name=Translated(en="Nowhere"))
    response = client.get("/en/map/places.json")
    assert [(one["kind"], one["name"]) for one in response.json()["places"]] == [("port", "The Port")]
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_several_kinds_are_searched_at_once_each_with_its_number(client: Client) -> None:
    publish("A plot")
    publish("A hall", kind="premises")
    publish("An old mill", kind="brownfield")
    publish("An idea", kind="opportunity")
    shown = text(client, "/en/sites/?kind=plot&kind=premises&sort=name")
    assert names(shown) == ["A hall", "A plot"]
    assert names(text(client, "/en/sites/?kind=plot,premises&sort=name")) == ["A hall", "A plot"]
    assert re.search(
        r'value="opportunity" data-sends> <span>[^<]+</span> <span class="facet-count">1<', shown
    )


def test_when_nothing_fits_the_nearest_figure_is_offered(client: Client) -> None:
    publish("Middle", area_m2=250_000)
    shown = text(client, "/en/sites/?min_area=40")
    assert re.search(
        r'With <em>area at least 25 ha</em> there is: <a href="\?min_area=25(\.0)?">1 site</a>', shown
    )
    assert re.search(r'Without <em>area at least 40 ha</em> there is: <a href="\?">1 site</a>', shown)


def test_a_row_that_fits_by_a_later_year_shows_the_figure_of_that_year(client: Client) -> None:
    publish("Later", free_capacity_mw=40, capacity_by_year={"2030": 60, "2035": 90})
    row = r'<dd>%s <span class="unit">MW</span>%s</dd>'
    asked = text(client, "/en/sites/?min_power=60")
    assert re.search(row % (60, ' <span class="quiet small">in the year 2030</span>'), asked)
    assert re.search(
        row % (90, " <span[^>]+>in the year 2035</span>"), text(client, "/en/sites/?min_power=61")
    )
    assert re.search(row % (40, ""), text(client, "/en/sites/?min_power=30")), "that is there now"


def test_what_does_not_tell_a_figure_is_counted_and_can_be_reached(client: Client) -> None:
    publish("Told", area_m2=250_000)
    publish("Untold")
    shown = text(client, "/en/sites/?min_area=10&kind=plot")
    assert names(shown) == ["Told"]
    assert '1 more does not tell a figure that was asked for. <a href="?kind=plot">' in shown


def test_a_misspelt_word_is_searched_as_it_was_meant_and_says_so(client: Client) -> None:
    publish("Sawmill plot")
    shown = text(client, "/en/sites/?q=sawmil1")
    assert names(shown) == ["Sawmill plot"]
    assert "Nothing has the words “sawmil1”. Searched for <strong>sawmill</strong> instead." in shown


def test_the_parts_of_the_page_come_alone_for_an_answer_in_place(client: Client) -> None:
    publish("Rail plot")
    shown = text(client, "/en/sites/?fragment=parts&kind=plot")
    assert set(re.findall(r'data-part="(\w+)"', shown)) == {
        "heading",
        "problems",
        "filters",
        "kinds",
        "sort",
        "results",
        "around",
    }
    assert "<html" not in shown
    whole = text(client, "/en/sites/?kind=plot")
    assert set(re.findall(r'data-part="(\w+)"', whole)) == {
        "heading",
        "problems",
        "filters",
        "kinds",
        "sort",
        "results",
        "around",
    }
    assert "fragment" not in shown


def test_a_search_asks_the_database_little(client: Client, django_assert_max_num_queries: Any) -> None:
    make_municipality("kajaani")
    publish("Rail plot", area_m2=250_000)
    with django_assert_max_num_queries(25):
        text(client, "/en/sites/?min_area=20&near=kajaani&radius=500&q=plot&sort=distance")
