"""The public record as a PDF, and what the machine doors say of a record that is no longer public."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services
from vetovoima.common import pdf
from vetovoima.common.fields import Translated
from vetovoima.syndication.papers import public

pytestmark = pytest.mark.django_db
ENDINGS = ("json", "geojson", "pdf")


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_a_record_is_handed_out_as_a_tagged_pdf(client, language):
    site = make_site(state="published")

    answer = client.get(f"/{language}/sites/{site.code}.pdf")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="{site.code}-{language}.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as found:
        assert (str(found.Root.Lang), "/StructTreeRoot" in found.Root) == (language, True)
        assert site.code in str(found.docinfo["/Title"])


def test_it_is_asked_for_again_for_the_price_of_a_mark(client, monkeypatch, settings):
    settings.CACHES = {
        **settings.CACHES,
        "drawings": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    }
    site = make_site(state="published")
    first = client.get(f"/en/sites/{site.code}.pdf")
    monkeypatch.setattr(public, "_set", lambda *given: pytest.fail("it was set again"))

    again = client.get(f"/en/sites/{site.code}.pdf", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    make_site("paltamo", state="published")  # the public side moves, this record does not
    assert client.get(f"/en/sites/{site.code}.pdf").content == first.content


def test_a_new_version_is_a_new_document(client):
    site = make_site(state="published")
    first = client.get(f"/en/sites/{site.code}.pdf").content
    site = services.edit_site(
        site=site, values={"name": Translated(en="Another name")}, by=None, now=NOW, revision=None
    )
    assert client.get(f"/en/sites/{site.code}.pdf").content == first
    services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)

    with pikepdf.open(io.BytesIO(client.get(f"/en/sites/{site.code}.pdf").content)) as found:
        assert str(found.docinfo["/Title"]).startswith("Another name")


def test_the_page_links_to_it(client):
    site = make_site(state="published")

    assert f'href="/en/sites/{site.code}.pdf"' in client.get(f"/en/sites/{site.code}/").content.decode()


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_withdrawn_record_is_gone_as_its_page_is(client, ending):
    site = make_site(state="published")
    assert client.get(f"/en/sites/{site.code}.{ending}").status_code == 200
    services.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW)

    answer = client.get(f"/en/sites/{site.code}.{ending}")

    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert client.get(f"/en/sites/{site.code}/").status_code == 410
    assert client.get(f"/en/sites/TUU-999-0001.{ending}").status_code == 404
    draft = make_site()
    assert client.get(f"/en/sites/{draft.code}.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_leads_on_where_something_took_its_place(client, ending):
    site, other = make_site(state="published"), make_site(state="published")
    services.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW, redirect_code=other.code)

    answer = client.get(f"/en/sites/{site.code}.{ending}")

    assert (answer.status_code, answer["Location"]) == (301, f"/en/sites/{other.code}.{ending}")


def test_a_pdf_that_fails_is_a_problem_and_not_an_error(client, monkeypatch):
    site = make_site(state="published")

    def fail(*given):
        raise pdf.CannotRender("time")

    monkeypatch.setattr(public, "_set", fail)

    answer = client.get(f"/en/sites/{site.code}.pdf")

    assert (answer.status_code, answer.json()["status"]) == (503, 503)
