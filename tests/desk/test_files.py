"""Documents at the desk: added, described, closed, removed; who gets them and how."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from tests.media import papers
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.models import Site
from vetovoima.media.models import StoredFile

TYPED = {
    "kind": "ground",
    "title_en": "Soil report",
    "sharing": "public",
    "licence": "CC BY 4.0",
    "languages": ["fi"],
}


def paper(content: bytes | None = None, name: str = "Soil report 2024.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, papers.pdf() if content is None else content, "application/pdf")


def add(browser: Client, site: Site, **values: Any) -> Any:
    return browser.post(f"/desk/sites/{site.code}/files/", {**TYPED, "file": paper(), **values}, follow=True)


def publish(site: Site) -> None:
    site.refresh_from_db()
    services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)


def test_a_document_is_added_and_handed_out_as_a_download(town: Client) -> None:
    site = make_site()
    page = words(add(town, site))
    assert "The document was added." in page
    assert "Soil report" in page and "opens when the record is published" in page
    assert "Not scanned for viruses" in page
    file = StoredFile.objects.get()
    answer = town.get(f"/desk/sites/{site.code}/files/{file.name}/")
    assert b"".join(answer.streaming_content) == papers.pdf()
    assert {name: answer.headers[name] for name in (
        "Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control",
    )} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Soil report 2024.pdf"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }  # fmt: skip


@pytest.mark.parametrize("name", papers.REFUSED)
def test_what_is_refused_says_why_and_keeps_the_rest(town: Client, name: str) -> None:
    filename, content, sentence = papers.REFUSED[name]
    site = make_site()
    page = add(town, site, file=SimpleUploadedFile(filename, content), description_en="What it shows")
    assert page.status_code == 200
    expected = "The submitted file is empty" if not content else sentence
    assert expected in words(page)
    kept = form(page, "")
    assert (kept["title_en"], kept["kind"], kept["licence"]) == ("Soil report", "ground", "CC BY 4.0")
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"file": ""}, "File: Choose a file."),
        ({"title_en": ""}, "Give the document a title in at least one language."),
        ({"kind": "floor_plan"}, "Say what the drawing or picture shows"),
        ({"licence": ""}, "Choose on what terms the document may be used"),
        ({"licence": "own"}, "Another licence: Write the licence"),
        ({"kind": ""}, "Kind of document: This field is required."),
        ({"dated": "soon"}, "Dated: Give a day"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    town: Client, values: dict[str, str], sentence: str
) -> None:
    assert sentence in words(add(town, make_site(), **values))


def test_a_document_for_the_town_alone_needs_no_licence(town: Client) -> None:
    assert "The document was added." in words(add(town, make_site(), sharing="owner", licence=""))


def test_a_document_that_is_too_large_is_refused_before_it_is_read(town: Client, settings: Any) -> None:
    settings.VETOVOIMA_MAX_FILE_BYTES = 1024 * 1024
    page = add(town, make_site(), file=paper(papers.pdf(extra=b"x" * 1024 * 1024)))
    assert "The file is too large: at most 1 MB." in words(page)


def test_who_may_not_see_the_record_gets_nothing_of_its_documents(town: Client) -> None:
    site = make_site()
    add(town, site)
    file = StoredFile.objects.get()
    stranger = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    other = make_site("sotkamo")
    for part in ("", "edit/", "remove/", "scan/"):
        assert stranger.get(f"/desk/sites/{site.code}/files/{file.name}/{part}").status_code == 404
        assert stranger.post(f"/desk/sites/{site.code}/files/{file.name}/{part}").status_code == 404
        assert stranger.get(f"/desk/sites/{other.code}/files/{file.name}/").status_code == 404
    assert Client().get(f"/media/files/{file.name}/").status_code == 404
    assert StoredFile.objects.exists()


def test_anybody_gets_a_public_document_while_its_record_is_public(town: Client) -> None:
    site = make_site()
    add(town, site)
    file = StoredFile.objects.get()
    publish(site)
    answer = Client().get(f"/media/files/{file.name}/")
    assert (answer.status_code, answer.headers["Content-Disposition"]) == (
        200, 'attachment; filename="Soil report 2024.pdf"',
    )  # fmt: skip
    assert b"".join(answer.streaming_content) == papers.pdf()
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    town.post(f"/desk/sites/{site.code}/withdraw/")
    assert Client().get(f"/media/files/{file.name}/").status_code == 404


def test_partners_get_what_is_shared_with_them_and_the_public_does_not(town: Client) -> None:
    site = make_site()
    add(town, site, sharing="network")
    file = StoredFile.objects.get()
    partner = signed_in(make_person(Role.CLUSTER_LEAD))
    address = f"/desk/documents/{file.name}/"
    assert partner.get(address).status_code == 404
    publish(site)
    assert "1 document of a public record" in words(partner.get("/desk/"))
    assert "Soil report" in words(partner.get("/desk/documents/"))
    assert b"".join(partner.get(address).streaming_content) == papers.pdf()
    assert Client().get(f"/media/files/{file.name}/").status_code == 404
    assert Client().get(address).status_code == 302


def test_closing_a_document_closes_it_at_once(town: Client) -> None:
    site = make_site()
    add(town, site)
    file = StoredFile.objects.get()
    publish(site)
    opened = town.get(f"/desk/sites/{site.code}/files/{file.name}/edit/")
    typed = form(opened, "")
    assert (typed["title_en"], typed["sharing"], typed["group"]) == ("Soil report", "public", "ground")
    typed["sharing"] = "owner"
    page = town.post(f"/desk/sites/{site.code}/files/{file.name}/edit/", typed, follow=True)
    assert "Whoever was shut out is so at once" in words(page)
    assert Client().get(f"/media/files/{file.name}/").status_code == 404


def test_removing_asks_first(town: Client) -> None:
    site = make_site()
    add(town, site)
    address = f"/desk/sites/{site.code}/files/{StoredFile.objects.get().name}/remove/"
    assert "cannot be brought back" in words(town.get(address))
    assert StoredFile.objects.exists()
    assert "The document was removed." in words(town.post(address, follow=True))
    assert queries.site_files(site) == []


def test_a_document_that_waits_for_the_scanner_is_shown_but_not_given_out(town: Client) -> None:
    site = make_site()
    add(town, site)
    StoredFile.objects.update(scan="waiting")
    file = StoredFile.objects.get()
    assert "Being scanned for viruses" in words(town.get(f"/desk/sites/{site.code}/"))
    assert town.get(f"/desk/sites/{site.code}/files/{file.name}/").status_code == 404
    StoredFile.objects.update(scan="infected")
    assert "A virus was found in this document" in words(town.get(f"/desk/sites/{site.code}/"))


def test_what_cannot_be_scanned_can_be_sent_again(town: Client, settings: Any) -> None:
    site = make_site()
    add(town, site)
    StoredFile.objects.update(scan="failed")
    address = f"/desk/sites/{site.code}/files/{StoredFile.objects.get().name}/scan/"
    assert "There is nothing to scan again." in words(town.post(address, follow=True))
    settings.VETOVOIMA_VIRUS_SCANNER = "clamd://127.0.0.1:1"
    assert "The document is being scanned again." in words(town.post(address, follow=True))
    assert StoredFile.objects.get().scan == "waiting"


def test_the_reviewer_sees_to_whom_a_document_is_going_to_be_open(town: Client, council: Client) -> None:
    site = make_site()
    add(town, site, author="Ground Ltd", dated="2024-05-02")
    site.refresh_from_db()
    services.submit_site(site=site, by=None, now=NOW)
    page = words(council.get(f"/desk/sites/{site.code}/review/"))
    assert (
        "en: Soil report · Geotechnical report · Ground · Ground Ltd · CC BY 4.0 · fi · 2024-05-02 · Public"
        in page
    )
