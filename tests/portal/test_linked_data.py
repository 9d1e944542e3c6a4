"""Linked data: what search engines read is valid, and says no more than the page."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_municipality, make_organisation, make_region
from tests.factories.sites import make_site
from tests.portal.schema_org import linked_data, problems
from tests.portal.test_pages import load
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact

pytestmark = pytest.mark.django_db
HOME = {
    "path": "/",
    "type": "home",
    "title": {"fi": "Tuulisaari", "en": "Windy Isle"},
    "lead": {"en": "Wind."},
}
NEWS = {"path": "/news/", "type": "news_index", "title": {"en": "News"}}
PIECE = {"path": "/news/kite/", "type": "news", "title": {"en": "A </script> kite"}, "date": "2026-10-12"}


def of_type(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in found if one["@type"] == name)


def read(client: Client, path: str) -> list[dict[str, Any]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    found = linked_data(answer.content.decode())
    assert found, f"{path} has no linked data"
    assert [problem for one in found for problem in problems(one)] == [], path
    return found


@pytest.fixture
def pages(tmp_path: Path) -> None:
    council = make_organisation(
        "council", name=Translated(en="Council", fi="Liitto"), website="https://council.example/"
    )
    Contact.objects.create(
        key="c", organisation=council, name="Anna Aalto", phone="+358 1", email="anna@council.example"
    )
    make_region(council_slug="council")
    make_municipality("kuhmo", name=Translated(en="Kuhmo"))
    load(tmp_path, HOME, NEWS, PIECE)


def test_the_home_page_says_who_is_behind_the_site_and_how_to_search(client: Client, pages: None) -> None:
    site = of_type(read(client, "/en/"), "WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/en/sites/?q={search_term_string}")
    assert site["publisher"]["contactPoint"]["telephone"] == "+358 1"


def test_a_made_up_contact_is_not_told_to_machines(client: Client, pages: None) -> None:
    Contact.objects.update(is_example=True)
    assert "contactPoint" not in json.dumps(
        {key: value for key, value in of_type(read(client, "/en/"), "WebSite").items() if key == "telephone"}
    )
    assert "telephone" not in of_type(read(client, "/en/"), "WebSite")["publisher"].get("contactPoint", {})


def test_news_has_its_day_and_its_way_and_cannot_end_the_script(client: Client, pages: None) -> None:
    found = read(client, "/en/news/kite/")
    assert of_type(found, "NewsArticle")["datePublished"] == "2026-10-12"
    way = of_type(found, "BreadcrumbList")["itemListElement"]
    assert [one["name"] for one in way][1:] == ["News", "A </script> kite"]
    assert [one["position"] for one in way] == [1, 2, 3]
    assert way[1]["item"].endswith("/en/news/")


def test_a_municipality_is_a_place_in_the_region(client: Client, pages: None) -> None:
    found = of_type(read(client, "/en/municipalities/kuhmo/"), "AdministrativeArea")
    assert (found["name"], found["containedInPlace"]["@type"]) == ("Kuhmo", "AdministrativeArea")


def test_a_site_is_a_listing_with_its_price_when_that_is_public(client: Client) -> None:
    site = make_site(state="published", price_eur_m2=4.5)
    listing = of_type(read(client, f"/en/sites/{site.code}/"), "RealEstateListing")
    assert listing["offers"]["priceSpecification"] == {
        "@type": "UnitPriceSpecification", "price": 4.5, "priceCurrency": "EUR", "unitCode": "MTK",
    }  # fmt: skip
    unpriced = make_site(state="published")
    other = of_type(read(client, f"/en/sites/{unpriced.code}/"), "RealEstateListing")
    assert "priceSpecification" not in other.get("offers", {})


@pytest.mark.parametrize(
    "path", ["/en/sites/", "/fi/facts/", "/sv/permits/", "/en/progress/", "/en/enquiry/"]
)
def test_every_list_says_where_it_stands(client: Client, pages: None, path: str) -> None:
    assert of_type(read(client, path), "BreadcrumbList")


def test_the_fact_bank_is_a_dataset_with_its_files(client: Client, pages: None) -> None:
    found = of_type(read(client, "/en/facts/"), "Dataset")
    assert {one["encodingFormat"] for one in found["distribution"]} == {"text/csv", "application/json"}
    for one in found["distribution"]:
        assert (
            client.get(
                one["contentUrl"].removeprefix("http://localhost:8000").split("testserver")[-1]
            ).status_code
            == 200
        )


LISTING = {
    "@context": "https://schema.org", "@type": "RealEstateListing", "name": "Plot", "url": "https://x.example/",
    "datePosted": "2026-01-01", "about": {"@type": "Place", "name": "Plot"},
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"@context": "https://other.example"},
        {"@type": "Plot"},
        {"datePosted": "yesterday"},
        {"url": "/en/"},
        {"colour": "red"},
        {"offers": {"@type": "Place", "name": "Plot"}},
        {"about": []},
        {"name": ""},
        {"inLanguage": "de"},
        {"offers": {"@type": "Offer", "availability": "InStock"}},
    ],
)
def test_the_check_itself_refuses_what_is_wrong(change: dict[str, Any]) -> None:
    assert problems(LISTING) == []
    assert problems({**copy.deepcopy(LISTING), **change})
