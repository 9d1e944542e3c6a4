"""Search and record page: the offer as people see it, whatever stands in the address."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_region
from tests.factories.sites import make_site
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db


def publish(
    name: str, *, kind: str = "plot", municipality: str = "kuhmo", is_example: bool = False, **values: Any
) -> Site:
    site = catalogue.create_site(
        municipality=make_municipality(municipality), kind=kind, by=None, now=NOW, is_example=is_example,
        values={"name": Translated(fi=name, en=name), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


@pytest.fixture(autouse=True)
def region() -> None:
    make_region(map_bounds=[26, 63, 30, 66])


def text(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return str(response.content.decode())


def test_examples_are_labelled_and_counted_apart(client: Client) -> None:
    publish("Rail plot")
    publish("Sample plot", is_example=True)
    shown = " ".join(text(client, "/en/sites/").split())
    assert '1 site <span class="quiet small">and 1 example</span>' in shown
    assert shown.count('<span class="badge-example">EXAMPLE</span>') == 1


def test_when_nothing_fits_the_examples_are_told_apart_too(client: Client) -> None:
    publish("Rail plot", area_m2=250_000)
    publish("Sample plot", is_example=True, area_m2=260_000)
    shown = " ".join(text(client, "/en/sites/?min_area=40").split())
    assert re.search(r'<a href="\?min_area=25(\.0)?">1 site and 1 example</a>', shown)
    assert 'there is: <a href="?">1 site and 1 example</a>' in shown


def test_the_title_tells_what_was_found_and_the_heading_what_is_searched(client: Client) -> None:
    for number in range(21):
        publish(f"Mill {number}", kind="opportunity")
    shown = text(client, "/en/sites/?kind=opportunity&page=2")
    assert "<title>21 sites, Page 2 of 2 – Opportunities –" in shown
    assert '<h1 data-part="heading">Opportunities</h1>' in shown
    assert "<title>Sites –" in text(client, "/en/sites/")
    parts = text(client, "/en/sites/?kind=opportunity&fragment=parts")
    assert "<title>21 sites – Opportunities –" in parts


def test_empty_fields_leave_the_address(client: Client) -> None:
    answer = client.get("/en/sites/?q=&min_area=5&max_area=&kind=plot&kind=premises")
    assert (answer.status_code, answer["Location"]) == (302, "/en/sites/?min_area=5&kind=plot&kind=premises")
    assert client.get("/en/sites/?q=")["Location"] == "/en/sites/"
    assert client.get("/en/sites/?q=&fragment=parts").status_code == 200


def test_of_several_words_the_one_that_nothing_has_can_be_dropped(client: Client) -> None:
    publish("Rail plot")
    shown = " ".join(text(client, "/en/sites/?q=rail+zeppelin&kind=plot").split())
    assert 'Without <em>zeppelin</em> there is: <a href="?q=rail&amp;kind=plot">1 site</a>' in shown
    assert "Without <em>rail</em>" not in shown


def test_what_is_chosen_is_shown_as_words_that_can_be_taken_away(client: Client) -> None:
    publish("Rail plot")
    shown = text(client, "/en/sites/?kind=plot&municipality=kuhmo")
    assert '<a class="chip chip-remove" href="?municipality=kuhmo">' in shown
    assert '<a class="chip chip-remove" href="?kind=plot">' in shown


def test_when_nothing_fits_the_page_says_what_to_drop(client: Client) -> None:
    publish("Rail plot")
    shown = " ".join(text(client, "/en/sites/?kind=plot&rail=1").split())
    assert 'Without <em>rail siding</em> there is: <a href="?kind=plot">1 site</a>' in shown


@pytest.mark.parametrize(
    "query",
    [
        "bbox=NaN,1,2,3",
        "bbox=1,2,3",
        "kind=castle",
        "min_area=nan",
        "min_power=-1",
        "page=0",
        "page=x",
        "sort=best",
        "q=" + "a" * 300,
    ],
)
def test_a_wrong_search_is_answered_in_words_and_shows_what_it_can(client: Client, query: str) -> None:
    publish("Rail plot")
    shown = text(client, f"/en/sites/?{query}", 400)
    assert "This part of the search was left out; the rest holds." in shown
    assert "Rail plot" in shown


def test_a_megabyte_of_search_is_refused_in_words(client: Client) -> None:
    assert "The search is too long" in text(client, "/en/sites/?q=" + "a" * 1_000_000, 414)


def test_script_in_a_search_stays_text(client: Client) -> None:
    assert "<script>alert" not in text(client, "/en/sites/?q=%3Cscript%3Ealert(1)%3C/script%3E")


def test_the_map_gets_every_result_but_is_not_narrowed_by_its_own_area(client: Client) -> None:
    publish("Rail plot", municipality="kuhmo")
    publish("Hall", kind="premises", municipality="sotkamo")
    points = json.loads(client.get("/en/sites/points.json?kind=plot&bbox=0,0,1,1").content)["points"]
    assert [point["name"] for point in points] == ["Rail plot"]
    assert points[0]["precision_label"] == "Known to the municipality only"


def test_the_fragment_is_the_list_alone(client: Client) -> None:
    publish("Rail plot")
    shown = text(client, "/en/sites/?fragment=results")
    assert "Rail plot" in shown
    assert "<html" not in shown


def test_a_record_says_how_exactly_its_place_is_known_and_what_is_missing(client: Client) -> None:
    site = publish("Rail <plot>", area_m2=42_000)
    shown = text(client, f"/en/sites/{site.code}/")
    assert "<h1>Rail &lt;plot&gt;</h1>" in shown
    assert '4.2 <span class="unit">ha</span>' in shown
    assert "The place is known to the municipality only" in shown
    assert shown.index("Not known yet") < shown.index("Position on the map", shown.index("Not known yet"))
    assert f'href="/en/enquiry/?site={site.code}"' in shown
    assert client.get(f"/en/sites/{site.code.lower()}/").headers["Location"] == f"/en/sites/{site.code}/"


def test_linked_data_cannot_leave_its_script(client: Client) -> None:
    site = publish("Plot </script><script>alert(1)</script>")
    assert "</script><script>alert" not in text(client, f"/en/sites/{site.code}/")


def test_an_unpublished_record_is_not_there(client: Client) -> None:
    site = make_site("kuhmo", name=Translated(en="Secret"))
    assert "Secret" not in text(client, f"/en/sites/{site.code}/", 404)


def test_every_number_counts_what_is_real_and_tells_the_examples_apart(client: Client) -> None:
    publish("Rail plot", municipality="kuhmo")
    publish("Other plot", municipality="kuhmo")
    publish("Sample plot", municipality="kuhmo", is_example=True)
    publish("Sample hall", kind="premises", municipality="kuhmo", is_example=True)
    shown = " ".join(text(client, "/en/sites/").split())
    apart = r'<span class="facet-examples"><span aria-hidden="true">\+ %d</span><span class="visually-hidden">and %s</span></span>'
    count = rf'<span class="facet-count">%d {apart}</span>'
    assert re.search(r'value="plot" data-sends> <span>Plot</span> ' + count % (2, 1, "1 example"), shown)
    assert re.search(
        r'<label class="pill"><input type="checkbox" name="kind" value="premises" data-sends> <span>Premises</span> '
        + count % (0, 1, "1 example"),
        shown,
    ), "what has examples alone is there to be seen"
    assert re.search(r'name="municipality" value="kuhmo" data-sends> <span>Kuhmo</span>' + count % (2, 2, "2 examples"), shown)  # fmt: skip
    assert re.search(r"<button[^>]*>Show 2 sites and 2 examples</button>", shown)
    assert '2 sites <span class="quiet small">and 2 examples</span>' in shown
    assert shown.count("The numbers count what is real; after a plus sign stand the examples.") == 2


def test_without_examples_nothing_is_said_of_them(client: Client) -> None:
    publish("Rail plot")
    shown = " ".join(text(client, "/en/sites/").split())
    assert "Show 1 site</button>" in shown
    assert "facet-examples" not in shown
    assert "after a plus sign" not in shown
