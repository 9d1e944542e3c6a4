"""The search of pages beside that of sites: every form of a word, the reader's language, nothing that is not public."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from tests.factories import NOW, make_municipality, make_region
from tests.factories.knowledge import make_fact
from tests.portal.packs import HOME, load
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.portal.page_search import Hits, find_pages, index
from vetovoima.portal.page_search.index import Found
from vetovoima.portal.tasks import take_words_apart
from vetovoima.syndication.services import touch_public

pytestmark = pytest.mark.django_db
TAXES = {
    "path": "/taxes/", "type": "section", "title": {"fi": "Verot ja tuet", "en": "Taxes and aid", "sv": "Skatter och stöd"},
    "lead": {"fi": "Kuka päättää.", "en": "Who decides.", "sv": "Vem som beslutar."},
    "body": {"fi": "<p>Kiinteistöistä maksetaan.</p>", "en": "<p>Real estate<br>pays.</p>", "sv": "<p>Fastigheter betalar.</p>"},
}  # fmt: skip
QUESTIONS = {
    "path": "/questions/", "type": "text", "title": {"en": "Questions and answers"},
    "blocks": [{"type": "questions", "items": [
        {"question": {"en": "What does electricity cost?"}, "answer": {"en": "<p>It follows the spot market.</p>"}},
    ]}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def pages(tmp_path: Path) -> None:
    make_region(map_bounds=[26, 63, 30, 66])
    make_municipality("kuhmo", name=Translated(fi="Kuhmo", en="Kuhmo", sv="Kuhmo"))
    titles = {**HOME["title"], "sv": "Vindön"}  # type: ignore[dict-item]
    load(tmp_path, {**HOME, "title": titles}, TAXES, QUESTIONS)
    touch_public()


def titles(text: str, language: str = "en") -> list[str]:
    return [one.title for one in find_pages(text, language).hits]


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("en", ["tax", "taxes", "Taxes", "aid tax", "estate"], "Taxes and aid"),
        ("fi", ["vero", "verot", "veroja", "verojen", "tuki", "kiinteistö"], "Verot ja tuet"),
        ("sv", ["skatt", "skatter", "skatten", "skatterna", "fastighet"], "Skatter och stöd"),
    ],
)
def test_a_page_is_found_by_any_form_of_its_words(language: str, words: list[str], title: str) -> None:
    for word in words:
        assert titles(word, language) == [title], word


def test_every_word_must_be_there_and_a_page_of_another_language_is_not_shown() -> None:
    assert titles("taxes railway") == []
    assert titles("verot") == []
    assert titles("") == []
    assert titles("the taxes and the aid") == ["Taxes and aid"], "small words ask for nothing"


def test_questions_are_found_by_themselves_with_the_page_they_stand_on() -> None:
    (found,) = find_pages("cost of electricity", "en").hits
    assert (found.kind, found.title, found.url, found.summary) == (
        Found.QUESTION, "What does electricity cost?", "/en/questions/", "Questions and answers",
    )  # fmt: skip
    assert titles("spot market") == ["What does electricity cost?"]


def test_facts_are_found_by_name_with_their_value_and_day_in_their_own_language() -> None:
    make_fact("population-kuhmo", label=Translated(en="Population of Kuhmo"), number=7755.0, as_of="2026-01")
    touch_public()
    found = next(one for one in find_pages("population", "en").hits if one.kind == Found.FACT)
    assert (found.title, found.url) == ("Population of Kuhmo", "/en/facts/#population-kuhmo")
    assert found.summary == "7,755 inhabitants (January 2026)"
    assert find_pages("population", "fi").hits == ()


def test_of_equal_facts_the_regions_and_the_newest_come_first() -> None:
    for code, day, town in (
        ("a-local", "2026-01", "kuhmo"),
        ("b-old", "2000", ""),
        ("c-new", "2025-12-31", ""),
    ):
        make_fact(code, label=Translated(en="Population"), as_of=day, municipality=town)
    touch_public()
    found = [one.url.partition("#")[2] for one in find_pages("population", "en").hits]
    assert found == ["c-new", "b-old", "a-local"]


def test_a_compound_that_nothing_has_whole_is_looked_for_in_its_parts() -> None:
    make_fact("tax-rate", label=Translated(fi="Kiinteistöveroprosentti Kuhmossa"))
    make_fact("wage", label=Translated(fi="Palkka Kuhmossa"))
    touch_public()
    assert titles("veroprosentti", "fi") == ["Kiinteistöveroprosentti Kuhmossa"]
    assert titles("palkkaprosentti", "fi") == []


def test_what_is_not_public_is_never_found() -> None:
    page = Page.objects.get(title="Taxes and aid").specific
    assert titles("taxes") == ["Taxes and aid"]
    closed = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert titles("taxes") == [], "closed since it was read, without a sign of it"
    closed.delete()
    assert titles("taxes") == ["Taxes and aid"]
    page.unpublish()
    assert titles("taxes") == []
    page.title = "Levies and aid"
    page.save_revision()
    assert titles("levies") == [], "a draft"
    page.get_latest_revision().publish()
    assert titles("levies") == ["Levies and aid"]


def test_the_likeliest_comes_first_and_facts_do_not_crowd_out_pages() -> None:
    for number in range(8):
        make_fact(f"tax-{number}", label=Translated(en=f"Tax of place {number}"))
    touch_public()
    found = find_pages("tax", "en")
    assert found.total == 9
    assert found.hits[0].title == "Taxes and aid"
    assert len(found.first(5)) == 5
    assert [one.kind for one in found.first(5)].count(Found.FACT) == 4, "where there is room"
    assert Hits().first(5) == []


def test_the_search_shows_pages_beside_sites_and_leads_to_all_of_them(client: Client) -> None:
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi="Verotontti", en="Tax-free plot")},
    )  # fmt: skip
    catalogue.publish_site(site=site, by=None, now=NOW)
    for number in range(8):
        make_fact(f"tax-{number}", label=Translated(en=f"Tax of place {number}"))
    touch_public()
    page = shown(client, "/en/sites/?q=tax")
    assert '<a href="#pages">9 pages and facts of this portal have these words too</a>' in page
    part = page[page.index('id="pages"') :]
    assert len(re.findall(r"<h3><a ", part[: part.index("</section>")])) == 5
    assert '<a href="/en/search/?q=tax">All 9 pages and facts with these words</a>' in part
    assert "Search the sites and pages" in shown(client, "/en/facts/")
    assert 'id="pages"' not in shown(client, "/en/sites/")
    assert "Taxes and aid" in shown(client, "/en/sites/?q=taxes&min_area=500"), "also where no site fits"


def test_all_pages_stand_on_a_page_of_their_own(client: Client) -> None:
    page = shown(client, "/en/search/?q=taxes")
    assert "1 page or fact" in page
    assert '<a href="/en/taxes/">Taxes and aid</a>' in page
    assert 'href="/en/sites/?q=taxes">Search the sites for the same words' in page
    assert '<meta name="robots" content="noindex,follow">' in page
    nothing = shown(client, "/en/search/?q=%3Cb%3Ezeppelin")
    assert "No page of this language has all of these words." in nothing
    assert "<b>zeppelin" not in nothing
    assert "found-title" not in shown(client, "/en/search/")
    assert client.get("/en/search/?q=" + "a" * 5000).status_code == 200


def test_searching_pages_asks_the_database_little(client: Client, django_assert_max_num_queries: Any) -> None:
    make_fact("tax", label=Translated(en="Tax of Kuhmo"))
    touch_public()
    with django_assert_max_num_queries(25):
        assert "Tax of Kuhmo" in shown(client, "/en/sites/?q=tax")
    with django_assert_max_num_queries(4):
        titles("taxes")


def test_the_worker_takes_the_words_apart_before_somebody_waits_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caches["drawings"].clear()
    monkeypatch.setattr(index, "_kept", {})
    take_words_apart(NOW)
    assert any("tax" in words.in_title for words in caches["drawings"].get("page-words:1:en").values())
