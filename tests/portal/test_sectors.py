"""A sector's page: its facts always, its sheet only while an expert's review is in force."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.desk.reading import words
from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sectors import ROWS, fresh, make_sector, make_sheet, make_wind
from vetovoima.accounts.enums import Role
from vetovoima.catalogue.knowledge.services import retire_fact
from vetovoima.catalogue.models import KnownFact
from vetovoima.catalogue.sectors import services
from vetovoima.catalogue.services import create_site, publish_site
from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.portal.models import HomePage, SectorIndexPage, SectorPage

pytestmark = pytest.mark.django_db
EXPERT = services.Expert("Eva Expert", "professor of kites", "Kite School")
PAGE = "/en/sectors/kites/"


@pytest.fixture(autouse=True)
def sector_page():
    caches["pages"].clear()
    make_region()
    locale, _made = Locale.objects.get_or_create(language_code="en")
    home = Page.get_first_root_node().add_child(
        instance=HomePage(title="Home", slug="home-en", locale=locale, live=True)
    )
    site = Site.objects.filter(is_default_site=True).first()
    site.root_page = home
    site.save()
    index = home.add_child(
        instance=SectorIndexPage(title="Sectors", slug="sectors", locale=locale, live=True)
    )
    index.add_child(
        instance=SectorPage(title="Kites", slug="kites", subject="kites", locale=locale, live=True)
    )


def reviewed(now=None):
    now = now or timezone.now()
    by = make_person(Role.COORDINATOR)
    sheet = make_sheet()
    services.ask_review(sheet=sheet, expert=EXPERT, by=by, now=now)
    return services.review_sheet(sheet=sheet, by=by, now=now), by


def test_a_draft_shows_the_public_facts_and_nothing_of_the_sheet():
    make_sheet()

    page = words(Client().get(PAGE))

    assert "Figures of the sector" in page and "The wind book" in page
    for hidden in ("Steady wind", "Racing kites", "How windy is it?", "Kites need", "Eva Expert"):
        assert hidden not in page


def test_examples_are_told_apart_from_the_sites_and_the_list_leads_to_the_search():
    kites = make_sector()
    for is_example in (False, True, True):
        site = create_site(
            municipality=make_municipality("kuhmo"), kind="plot", is_example=is_example, by=None, now=NOW,
            values={"name": Translated(en="Hill"), "sectors": [kites]},
        )  # fmt: skip
        publish_site(site=site, by=None, now=NOW)

    page = " ".join(Client().get(PAGE).content.decode().split())

    assert "1 site for this sector <span" in page and ">and 2 examples</span>" in page
    assert '<a class="button button-secondary" href="/en/sites/?sector=kites">' in page


def test_a_reviewed_sheet_shows_strengths_niches_and_answers_with_their_sources():
    reviewed()

    page = words(Client().get(PAGE))

    for shown in (
        "Kites need 8.5",
        "Steady wind",
        "Mean wind: 8.5",
        "The kite fair",
        "Racing kites",
        "The board",
    ):
        assert shown in page
    assert "Reviewed by Eva Expert (professor of kites, Kite School)" in page
    assert "How windy is it?" in page and "It blows 8.5" in page
    for hidden in ("Paper kites", "Who sells string?", "Find a string seller"):
        assert hidden not in page


def test_questions_are_linked_data_with_the_figures_drawn():
    reviewed()

    html = Client().get(PAGE).content.decode()

    found = [json.loads(one) for one in re.findall(r"ld\+json\">(.*?)</script>", html, re.S)]
    faq = next(one for one in found if one["@type"] == "FAQPage")
    assert [one["acceptedAnswer"]["text"] for one in faq["mainEntity"]] == ["It blows 8.5."]


def test_an_example_review_says_so_and_is_no_linked_data():
    services.review_as_example(sheet=make_sheet(), expert=EXPERT, now=timezone.now())

    answer = Client().get(PAGE)

    assert "The review is an example" in words(answer)
    assert "Eva Expert" not in words(answer)
    assert "FAQPage" not in answer.content.decode()


def test_an_expired_review_leaves_the_page():
    reviewed(timezone.now() - timedelta(days=400))

    assert "Steady wind" not in words(Client().get(PAGE))


def test_old_facts_are_told_and_are_no_linked_data():
    make_wind(as_of="2020")
    reviewed()

    answer = Client().get(PAGE)

    assert "The review of these figures is due: Mean wind" in words(answer)
    assert "FAQPage" not in answer.content.decode()


def test_years_stand_in_a_table_where_the_bank_follows_an_indicator():
    indicator = Indicator.objects.create(code="wind", name={"en": "Wind"}, unit="number")
    for year, value in (("2020", 7), ("2021", 8)):
        Observation.objects.create(
            indicator=indicator, area="windy-isle", period=year, value=value, source={"title": f"Book {year}"}
        )
    make_wind()
    KnownFact.objects.update(indicator="wind")
    make_sheet()

    page = words(Client().get(PAGE))

    assert "Wind, year by year" in page and "Book 2020" in page and "Book 2021" in page


@pytest.mark.django_db(transaction=True)
def test_cached_pages_follow_the_review_the_edit_and_the_fact(settings, tmp_path):
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "pages": backend}
    visitor = Client()
    sheet, by = reviewed()
    assert "Steady wind" in words(visitor.get(PAGE))
    assert visitor.get(PAGE).headers["X-Page-Cache"] == "hit"

    retire_fact(fact=KnownFact.objects.get(), reason="Nobody measures", by=by, now=timezone.now())
    assert "Mean wind: 8.5" not in words(visitor.get(PAGE))
    rows = ROWS["strengths"][1:]
    services.edit_part(sheet=fresh(sheet), part="strengths", rows=rows, by=by, now=timezone.now())
    assert "Friendly people" not in words(visitor.get(PAGE))
