"""What somebody types and what becomes a link: of the web, or not at all."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.test import Client

from tests.factories import NOW
from tests.factories.sites import make_site
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME, EDITABLE_FIELDS, LINK
from vetovoima.collection.standard.checking import check_records

pytestmark = pytest.mark.django_db
HOSTILE = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "ftp://a.example/",
)


def edit(site: Site, **values: object) -> Site:
    return services.edit_site(site=site, values=values, by=None, now=NOW, revision=None)


@pytest.mark.parametrize("url", HOSTILE)
def test_the_address_of_a_source_is_one_of_the_web(url: str) -> None:
    site = make_site()
    with pytest.raises(ValidationError) as refused:
        edit(site, sources={"location": {"title": "T", "url": url}})
    assert "Give a web address" in str(refused.value)
    report = check_records(
        [{"kind": "plot", "name": {"en": "A"}, "sources": {"location": {"title": "T", "url": url}}}],
        kind="plot",
        language="en",
    )
    assert "Give a web address" in str(report.rows)


@pytest.mark.parametrize("url", HOSTILE)
def test_every_field_that_becomes_a_link_is_one_of_the_web(url: str) -> None:
    links = [BY_NAME[name] for name in EDITABLE_FIELDS if BY_NAME[name].type == LINK]
    assert len(links) > 4
    for spec in links:
        with pytest.raises(ValidationError):
            edit(make_site(kind=spec.kinds[0]), **{spec.name: url})


def test_a_source_that_was_stored_otherwise_does_not_stand_in_the_way_and_is_no_link() -> None:
    site = make_site()
    stored = {"location": {"title": "Kept title", "url": "javascript:alert(1)", "dated": "2026"}}
    Site.objects.filter(pk=site.pk).update(sources=stored)
    site = edit(Site.objects.get(pk=site.pk), address="Kantolankatu 1", sources=stored)
    services.publish_site(site=services.submit_site(site=site, by=None, now=NOW), by=None, now=NOW)
    page = Client().get(f"/en/sites/{site.code}/").content.decode()
    assert "Kept title" in page
    assert "javascript:" not in page


def test_addresses_are_drawn_as_links_when_they_lead_to_the_web() -> None:
    template = engines["django"].from_string(
        "{% load vetovoima %}{% include 'components/source.html' %}|{{ source.url|web_address }}|"
    )
    assert 'href="https://a.example/?b=c"' in template.render(
        {"source": {"title": "T", "url": "https://a.example/?b=c"}}
    )
    for url in (*HOSTILE, "//a.example", "httpx:alert(1)", None):
        shown = template.render({"source": {"title": "T", "url": url}})
        assert "href" not in shown
        assert shown.endswith("||")
