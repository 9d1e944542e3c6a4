"""A shortlist to take along: one tagged PDF with a sheet for each record, and a workbook."""

from __future__ import annotations

import io

import openpyxl
import pikepdf
import pytest
from django.core.cache import cache

from tests.factories.sites import make_site
from vetovoima.common import pdf
from vetovoima.common.fields import Translated
from vetovoima.portal.views import export, shortlist_files
from vetovoima.syndication.papers import shortlist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    """Limits are counted in a cache that outlives a test."""
    cache.clear()


def tags(tree, found=None):
    """The kinds of all elements of a PDF's structure."""
    found = [] if found is None else found
    if isinstance(tree, pikepdf.Array):
        for one in tree:
            tags(one, found)
    elif isinstance(tree, pikepdf.Dictionary):
        if "/S" in tree:
            found.append((str(tree.S), str(tree.get("/Alt", ""))))
        if "/K" in tree:
            tags(tree.K, found)
    return found


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_list_is_one_tagged_document(client, language):
    codes = [
        make_site(
            state="published", name=Translated(en=f"Plot {n}", fi=f"Tontti {n}"), area_m2=10_000 * n
        ).code
        for n in (1, 2, 3)
    ]

    answer = client.get(f"/{language}/shortlist.pdf?sites={','.join(codes)}")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as found:
        assert (str(found.Root.Lang), bool(found.Root.MarkInfo.Marked)) == (language, True)
        assert "3" in str(found.docinfo["/Title"])
        with found.open_metadata() as said:
            assert (said["pdfuaid:part"], said["pdfaid:part"]) == ("1", "2")
        kinds = tags(found.Root.StructTreeRoot.K)
        assert {"/H1", "/H2", "/Table", "/TH", "/Figure", "/Link"} <= {kind for kind, _alt in kinds}
        assert all(alt for kind, alt in kinds if kind == "/Figure")
        assert len(found.pages) >= 4
        assert len(found.open_outline().root) >= 4


def test_the_same_list_is_set_once(client, monkeypatch, settings):
    settings.CACHES = {
        **settings.CACHES,
        "drawings": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    codes = ",".join(make_site(state="published").code for _time in range(2))
    first = client.get(f"/en/shortlist.pdf?sites={codes}")
    monkeypatch.setattr(shortlist, "_set", lambda *given: pytest.fail("it was set again"))

    assert client.get(f"/en/shortlist.pdf?sites={codes}").content == first.content


def test_no_pdf_is_said_in_words(client, monkeypatch):
    site = make_site(state="published")

    def fail(*given):
        raise pdf.CannotRender("time")

    monkeypatch.setattr(shortlist, "_set", fail)

    answer = client.get(f"/en/shortlist.pdf?sites={site.code}")

    assert answer.status_code == 503
    assert f"/en/shortlist/?sites={site.code}" in answer.content.decode()


def test_one_network_cannot_have_papers_set_without_end(client, monkeypatch):
    site = make_site(state="published")
    monkeypatch.setattr(shortlist, "_set", lambda *given: b"%PDF-1.7")

    answers = [client.get(f"/en/shortlist.pdf?sites={site.code}&n={n}").status_code for n in range(61)]

    assert (answers.count(200), answers[-1]) == (60, 429)


def test_one_network_cannot_have_workbooks_made_without_end(client, monkeypatch):
    site = make_site(state="published")
    for views in (shortlist_files, export):
        monkeypatch.setattr(views, "FILES", ("file", 2))
    addresses = (f"shortlist.xlsx?sites={site.code}", "sites/export.csv", "sites/export.xlsx")

    answers = [client.get(f"/en/{address}") for address in addresses]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert "no-store" in answers[2]["Cache-Control"]
    assert "Try again in an hour." in answers[2].content.decode()
    assert client.get(f"/en/{addresses[0]}").status_code == 429


def test_an_empty_list_leads_to_its_page(client):
    make_site()
    for ending in ("pdf", "xlsx"):
        assert client.get(f"/en/shortlist.{ending}")["Location"] == "/en/shortlist/"


def test_the_workbook_has_records_and_facts_with_sources(client):
    site = make_site(state="published", name=Translated(en="=1+1"), area_m2=20_000)

    answer = client.get(f"/en/shortlist.xlsx?sites={site.code}")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    records, facts = book.worksheets
    assert [cell.value for cell in records[2]][:2] == [site.code, "=1+1"]
    assert records["B2"].data_type == "s"
    numbers = {row[2].value: row[4].value for row in facts.iter_rows(min_row=2)}
    assert numbers["Total area"] == 20_000
