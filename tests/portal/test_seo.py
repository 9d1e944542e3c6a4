"""What search engines and those who share a link get: one address, its languages, title, description and picture."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_municipality, make_organisation, make_region
from tests.factories.sites import make_site
from tests.portal.test_pages import load
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact
from vetovoima.portal import sitemap
from vetovoima.portal.models import TextPage
from vetovoima.portal.navigation import menu

pytestmark = pytest.mark.django_db
HOME = {
    "path": "/",
    "type": "home",
    "title": {"fi": "Tuulisaari", "en": "Windy Isle"},
    "lead": {"en": "Much wind here."},
}
TEXT = {
    "path": "/privacy/",
    "type": "text",
    "title": {"fi": "Tietosuoja"},
    "body": {"fi": "<p>Ei evästeitä.</p>"},
}
ENERGY = {
    "path": "/energy/",
    "type": "text",
    "title": {"fi": "Energia", "en": "Energy"},
    "body": {"en": "<p>Wind.</p>"},
}
LINK = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"')
META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')


@pytest.fixture
def pages(tmp_path: Path) -> None:
    make_region()
    make_municipality("kuhmo", name=Translated(fi="Kuhmo", en="Kuhmo"))
    load(tmp_path, HOME, TEXT, ENERGY)


def html(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_a_page_names_each_language_it_has_and_where_others_are_led(client: Client, pages: None) -> None:
    links = dict(LINK.findall(html(client, "/en/energy/")))
    assert set(links) == {"fi", "en", "x-default"}
    assert links["x-default"] == links["en"]
    only_finnish = dict(LINK.findall(html(client, "/fi/privacy/")))
    assert set(only_finnish) == {"fi", "x-default"}
    assert only_finnish["x-default"].endswith("/fi/privacy/")


def test_a_narrowed_search_has_the_address_of_the_whole_one(client: Client, pages: None) -> None:
    found = re.search(r'<link rel="canonical" href="([^"]+)"', html(client, "/en/sites/?q=wind&page=2"))
    assert found
    assert found[1].endswith("/en/sites/")


@pytest.mark.parametrize(
    "path", ["/en/", "/en/energy/", "/en/sites/", "/fi/municipalities/kuhmo/", "/en/facts/"]
)
def test_every_page_can_be_shared(client: Client, pages: None, path: str) -> None:
    marks = dict(META.findall(html(client, path)))
    for name in ("description", "og:title", "og:description", "og:url", "og:image:alt", "og:site_name"):
        assert marks.get(name), f"{path} has no {name}"
    assert (marks["og:image:width"], marks["og:image:height"]) == ("1200", "630")
    assert marks["twitter:card"] == "summary_large_image"
    address = "/social/" + marks["og:image"].split("/social/")[1]
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "immutable" in answer["Cache-Control"]


def test_a_page_says_its_own_words_when_shared(client: Client, pages: None) -> None:
    assert dict(META.findall(html(client, "/en/")))["og:description"] == "Much wind here."


def test_a_record_is_shared_with_its_own_picture(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(state="published")
    marks = dict(META.findall(html(client, f"/en/sites/{site.code}/")))
    assert f"/social/site/{site.code}.en.png?v=" in marks["og:image"]


def addresses(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.findall(r"<loc>([^<]+)</loc>", answer.content.decode())


def test_the_site_map_has_a_file_for_each_language_that_lists_what_is_there(
    client: Client, pages: None
) -> None:
    site = make_site(state="published")
    files = addresses(client, "/sitemap.xml")
    assert [re.sub(r".*/", "", one) for one in files] == [
        "sitemap-fi-1.xml",
        "sitemap-en-1.xml",
        "sitemap-sv-1.xml",
    ]
    finnish, english = (addresses(client, f"/sitemap-{code}-1.xml") for code in ("fi", "en"))
    assert any(one.endswith("/fi/privacy/") for one in finnish)
    assert not any(one.endswith("/privacy/") for one in english)
    assert any(one.endswith(f"/en/sites/{site.code}/") for one in english)
    assert all("/fi/" in one for one in finnish)
    assert client.get("/sitemap-en-2.xml").status_code == 404


def test_a_long_site_map_is_cut_into_files_that_leave_nothing_out(
    client: Client, pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = set(addresses(client, "/sitemap-en-1.xml"))
    monkeypatch.setattr(sitemap, "MOST", 4)
    files = [one for one in addresses(client, "/sitemap.xml") if "-en-" in one]
    assert len(files) > 2
    assert {one for file in files for one in addresses(client, "/" + file.rsplit("/", 1)[1])} == whole


def test_every_address_of_the_site_map_answers(client: Client, pages: None) -> None:
    for address in addresses(client, "/sitemap-en-1.xml"):
        path = "/en/" + address.split("/en/", 1)[1]
        assert client.get(path).status_code == 200, path


def titles(language: str, path: str = "", tokens: dict[str, Any] | None = None) -> dict[str, list[str]]:
    return {group.key: [str(link.title) for link in group.links] for group in menu(language, path, tokens)}


def test_a_page_stands_in_the_menu_when_its_editor_says_so(client: Client, pages: None) -> None:
    assert "Energy" not in titles("en").get("why", [])
    page = TextPage.objects.get(slug="energy", locale__language_code="en")
    page.show_in_menus = True
    page.save()
    assert "Energy" in titles("en")["why"]
    assert "Energia" not in titles("fi").get("why", []), "each language has its own tick"
    assert "Energy" in titles("en", tokens={"menu": {"services": ["energy"]}})["services"]
    page.unpublish()
    assert "Energy" not in titles("en").get("why", [])


def test_the_menu_leads_to_every_municipality_and_marks_where_one_is(client: Client, pages: None) -> None:
    groups = {group.key: group for group in menu("en", "/en/municipalities/kuhmo/")}
    current = [link.url for link in groups["municipalities"].links if link.is_current]
    assert current == ["/en/municipalities/kuhmo/"]
    assert groups["municipalities"].is_current
    assert not groups["sites"].is_current


def test_a_record_marks_the_sites_in_the_menu(client: Client, pages: None) -> None:
    groups = {group.key: group for group in menu("en", "/en/sites/KAI-KUH-0001/")}
    assert [link.url for link in groups["sites"].links if link.is_current] == ["/en/sites/"]


def test_who_answers_stands_on_every_page(client: Client, tmp_path: Path) -> None:
    council = make_organisation("council", name=Translated(en="Council"))
    Contact.objects.create(
        key="c", organisation=council, name="Anna Aalto", phone="+358 40 1", email="anna@c.example"
    )
    make_region(council_slug="council")
    load(tmp_path, HOME)
    for path in ("/en/", "/en/sites/", "/en/facts/", "/en/enquiry/"):
        page = html(client, path)
        assert all(words in page for words in ("Anna Aalto", "tel:+358401", "mailto:anna@c.example")), path
        assert page.count('class="call ') == (0 if "enquiry" in path else 1), path
    missing = client.get("/en/not-here/")
    assert missing.status_code == 404
    assert 'name="q"' in missing.content.decode()


def test_a_call_knows_what_the_page_is_about(client: Client, pages: None) -> None:
    assert "/en/enquiry/?municipality=kuhmo" in html(client, "/en/municipalities/kuhmo/")


def test_the_pages_of_the_editor_ask_little_of_the_database(
    client: Client, pages: None, django_assert_max_num_queries: Any
) -> None:
    client.get("/en/energy/")
    for path in ("/en/", "/en/energy/", "/en/municipalities/kuhmo/"):
        with django_assert_max_num_queries(25):
            client.get(path)


def test_language_models_are_told_where_the_data_stand(client: Client, pages: None) -> None:
    answer = client.get("/llms.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "/en/municipalities/kuhmo/" in answer.content.decode()
