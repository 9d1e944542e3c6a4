"""The finder's page: its state is its address, its order has reasons, and what is unknown is said."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from tests.factories.sites import make_site
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db
RAIL = "/en/finder/?area_must=20&power_must=60&rail_weight=5&area_weight=1"


def site(name: str, **values: Any) -> Site:
    return make_site(state="published", name=Translated(fi=name, en=name), **values)


def shown(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return " ".join(html.unescape(response.content.decode()).split())


def test_sites_are_put_in_order_with_reasons(client: Client) -> None:
    far = site("Far plot", area_m2=400_000, free_capacity_mw=80, railway_distance_km=30.0)
    near = site("Near plot", area_m2=250_000, free_capacity_mw=80, railway_distance_km=1.0)
    silent = site("Silent plot", area_m2=250_000, railway_distance_km=2.0)
    site("Small plot", area_m2=10_000, free_capacity_mw=80)
    page = shown(client, RAIL)
    assert "2 sites fit" in page
    assert "1 might fit · 1 does not" in page
    assert page.index(near.code) < page.index(far.code) < page.index(silent.code)
    assert "Speaks for it: Distance to the railway 1 km" in page
    assert "Limit not stated: <strong>Free electric power</strong>" in page
    assert 'Area: 1 site · <a href="?power_must=60' in page
    assert "<strong>Distance to the railway</strong> (weight now 5)" in page


def test_the_form_keeps_what_was_typed_and_tells_what_is_wrong(client: Client) -> None:
    site("A plot", area_m2=400_000)
    page = shown(client, "/en/finder/?area_must=much&price_weight=4", 400)
    assert 'value="much"' in page
    assert "“much” is not a number" in page
    assert re.search(r'<option value="4" selected>4: much</option>', page)
    assert "1 site fits" in page, "the rest holds"


def test_without_a_question_the_page_is_a_form_with_suggestions(client: Client) -> None:
    page = shown(client, "/en/finder/")
    assert "Begin with a kind of project" in page
    assert "our suggestion" in page
    assert "site fits" not in page
    link = re.search(r'href="(\?[^"]*preset=data_centre[^"]*)"', page)
    assert link
    assert "How the order came about" in shown(client, f"/en/finder/{link[1]}")


def test_the_requirement_goes_into_the_enquiry(client: Client) -> None:
    one = site("Near plot", area_m2=250_000, free_capacity_mw=80)
    page = shown(client, RAIL)
    handed = re.search(r'name="requirement" value="([^"]*)"', page)
    assert handed
    form = client.get("/en/enquiry/", {"requirement": handed[1], "site": one.code}).content.decode()
    form = html.unescape(form)
    assert "- Area at least 20 ha" in form
    assert f"{one.code} Near plot" in form


def test_pages_of_the_list_lead_on(client: Client) -> None:
    for number in range(12):
        site(f"Plot {number:02}", area_m2=100_000 + number)
    first = shown(client, "/en/finder/?area_weight=1")
    assert 'rel="next" href="?area_weight=1&page=2"' in first
    second = shown(client, "/en/finder/?area_weight=1&page=2")
    assert second.count('scope="row"><a href="/en/sites/') == 2
    assert 'rel="prev" href="?area_weight=1"' in second


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_a_page_asks_the_database_little(
    client: Client, language: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        site(f"Plot {number}", area_m2=100_000 + number, free_capacity_mw=number)
    shown(client, f"/{language}/finder/?area_weight=1")
    with django_assert_max_num_queries(25):
        shown(client, f"/{language}/finder/?area_weight=1&power_weight=3&area_must=5")


def test_an_address_that_nobody_typed_is_refused(client: Client) -> None:
    shown(client, "/en/finder/?q=" + "x" * 5000, 414)


@pytest.mark.parametrize(
    "query",
    ["page=99", "sort=nothing", "kind=castle&kind=plot", "area_weight=%00", "taken=maybe&rail_must=1e300"],
)
def test_a_strange_address_is_answered(client: Client, query: str) -> None:
    site("A plot", area_m2=400_000)
    assert client.get(f"/en/finder/?area_must=1&{query}").status_code in (200, 400)


def test_the_weights_stand_beside_the_list_as_a_form_that_keeps_the_rest(client: Client) -> None:
    site("A plot", area_m2=400_000, railway_distance_km=3.0)
    page = shown(
        client, "/en/finder/?area_must=20&rail_weight=5&kind=plot&kind=brownfield&preset=data_centre"
    )
    form = page[page.index('<form class="finder-weights') :].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form) == [
        ("area_must", "20"), ("kind", "plot"), ("kind", "brownfield"),
    ]  # fmt: skip
    assert re.findall(r'<select[^>]* name="(\w+)"', form) == ["area_weight", "rail_weight", "sort"]
    assert re.findall(r'<option value="(\w*)" selected', form) == ["0", "5", ""]


def test_an_answer_in_place_brings_weights_and_list_and_tells_the_order(client: Client) -> None:
    for number in range(4):
        site(f"Plot {number}", area_m2=100_000, railway_distance_km=1.0 + number)
    parts = shown(client, "/en/finder/?rail_weight=5&fragment=parts")
    assert re.findall(r'data-part="(\w+)"', parts) == ["weights", "results"]
    assert "<main" not in parts
    assert 'data-order="In order: 1. Plot 0, 2. Plot 1, 3. Plot 2"' in parts
    assert "fragment" not in parts


def test_without_a_question_there_is_nothing_to_put_in_place(client: Client) -> None:
    assert "<main" in shown(client, "/en/finder/?fragment=parts")
