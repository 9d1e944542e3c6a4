"""Pages from the pack: loaded once, never over a person's edit, honest about the languages they have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_municipality, make_region
from vetovoima.common.fields import Translated
from vetovoima.portal.loading import load_pages
from vetovoima.portal.models import HomePage, MunicipalityPage, TextPage
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, Pack

pytestmark = pytest.mark.django_db
HOME = {
    "path": "/", "type": "home", "title": {"fi": "Tuulisaari", "en": "Windy Isle"}, "lead": {"en": "Wind."},
    "body": {"en": "<p>Much wind.</p>"}, "sources": [{"title": "The wind book", "url": "https://wind.example/", "date": "2026"}],
}  # fmt: skip
TEXT = {
    "path": "/privacy/",
    "type": "text",
    "title": {"fi": "Tietosuoja"},
    "body": {"fi": "<p>Ei evästeitä.</p>"},
}


def pack(folder: Path, *pages: dict[str, Any]) -> Pack:
    (folder / "content" / "pages").mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        (folder / "content" / "pages" / f"{number}.json").write_text(json.dumps(page), encoding="utf-8")
    return Pack(folder)


def load(folder: Path, *pages: dict[str, Any]) -> LoadReport:
    report = LoadReport()
    load_pages(pack(folder, *pages), report)
    return report


@pytest.fixture(autouse=True)
def region() -> None:
    make_region()
    make_municipality("kuhmo", name=Translated(fi="Kuhmo", en="Kuhmo"))


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    first = load(tmp_path, HOME, TEXT).counts["page"]
    again = load(tmp_path, HOME, TEXT).counts["page"]
    assert (again["same"], again["added"], again["changed"]) == (first["added"], 0, 0)


def test_translations_are_linked_and_an_absent_language_is_not_made_up(tmp_path: Path) -> None:
    load(tmp_path, HOME)
    homes = HomePage.objects.all()
    assert {home.locale.language_code for home in homes} == {"fi", "en"}
    assert len({home.translation_key for home in homes}) == 1


def test_a_page_that_a_person_edited_is_left_alone_and_the_rest_follows_the_pack(tmp_path: Path) -> None:
    load(tmp_path, HOME)
    edited = HomePage.objects.get(locale__language_code="en")
    edited.lead = "Our own words."
    edited.save()
    report = load(tmp_path, {**HOME, "lead": {"en": "New wind."}, "body": {"en": "<p>More wind.</p>"}})
    edited.refresh_from_db()
    assert (edited.lead, edited.body) == ("Our own words.", "<p>More wind.</p>")
    assert report.left_alone == ["page en:/"]


def test_every_municipality_has_a_page_although_the_pack_has_no_text(tmp_path: Path) -> None:
    load(tmp_path, HOME)
    page = MunicipalityPage.objects.get(locale__language_code="en")
    assert (page.title, page.subject, page.body) == ("Kuhmo", "kuhmo", "")
    assert page.url_path.endswith("/municipalities/kuhmo/")


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"path": "privacy"}, "path"),
        ({"type": "poem"}, "type"),
        ({"title": {}}, "title"),
        ({"type": "news", "date": "soon"}, "date"),
    ],
)
def test_a_broken_page_is_refused_by_file_and_column(
    tmp_path: Path, change: dict[str, Any], column: str
) -> None:
    with pytest.raises(BrokenPack) as refused:
        load(tmp_path, {**TEXT, **change})
    assert [(problem.file, problem.column) for problem in refused.value.problems] == [
        ("content/pages/0.json", column)
    ]
    assert TextPage.objects.count() == 0


def test_a_page_missing_in_a_language_says_so_and_leads_to_the_other(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, TEXT)
    missing = client.get("/en/privacy/")
    assert missing.status_code == 200
    assert 'href="/fi/privacy/" lang="fi"' in missing.content.decode()
    assert client.get("/en/nowhere/").status_code == 404
    present = client.get("/fi/privacy/").content.decode()
    assert "Ei evästeitä." in present
    assert "(missing)" in present
    assert 'hreflang="en" href' not in present


def test_home_links_its_languages_and_shows_its_sources(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME)
    shown = client.get("/en/").content.decode()
    assert '<link rel="alternate" hreflang="fi" href="http://127.0.0.1:8000/fi/">' in shown
    assert '<a href="https://wind.example/" rel="external">The wind book</a>, 2026' in shown
    assert not client.get("/en/").cookies


@pytest.mark.parametrize(
    ("asked", "language"), [("sv-FI,sv;q=0.9", "sv"), ("de,en;q=0.5", "en"), ("", "en"), ("fi", "fi")]
)
def test_the_root_leads_to_the_visitors_language(client: Client, asked: str, language: str) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")


def test_the_site_map_lists_pages_in_the_languages_they_have(tmp_path: Path, client: Client) -> None:
    load(tmp_path, HOME, TEXT)
    assert "<loc>http://127.0.0.1:8000/fi/privacy/</loc>" in client.get("/sitemap-fi-1.xml").content.decode()
    assert "/en/privacy/" not in client.get("/sitemap-en-1.xml").content.decode()


def test_security_contact_and_robots_answer_in_plain_text(client: Client) -> None:
    assert client.get("/.well-known/security.txt").content.startswith(
        b"Contact: http://127.0.0.1:8000/en/enquiry/"
    )
    assert b"Disallow: /desk/" in client.get("/robots.txt").content
