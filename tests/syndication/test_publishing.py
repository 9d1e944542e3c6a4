"""Publishing renders documents; the public side reads nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Sector
from vetovoima.syndication import services
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.queries import SearchTerms, public_state, published_site, search_sites

pytestmark = pytest.mark.django_db


def publish(name: str = "Kantolan tontti", **values: Any) -> Site:
    make_region()
    municipality = make_municipality(values.pop("town", "kuhmo"), latitude=64.13, longitude=29.52)
    kind, is_example = values.pop("kind", "plot"), values.pop("is_example", False)
    given = {"name": Translated(fi=name), **values}
    site = catalogue.create_site(
        municipality=municipality, kind=kind, values=given, by=None, now=NOW, is_example=is_example
    )
    return catalogue.publish_site(site=site, by=None, now=NOW)


def found(language: str = "fi", **terms: Any) -> list[str]:
    return [
        one.card["name"]["text"]
        for one in search_sites(language, SearchTerms(sort="name", **terms)).documents
    ]


def test_a_document_in_each_language_that_says_what_it_lacks() -> None:
    site = publish(summary=Translated(fi="Rautatien varressa", en="By the railway"))
    body = published_site(site.code, "sv").body  # type: ignore[union-attr]
    assert body["name"] == {"text": "Kantolan tontti", "language": "fi"}
    assert body["kind"]["label"] != ""
    assert body["language"] == "sv"
    assert body["languages"] == ["fi"]
    assert body["missing_languages"] == ["en", "sv"]
    assert PublishedDocument.objects.count() == 3


def test_the_documents_of_all_languages_are_written_at_once_and_keep_their_rows() -> None:
    site = publish()
    before = set(PublishedDocument.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as asked:
        services.render_site(site, NOW, NOW.date())
    table = PublishedDocument._meta.db_table
    assert (
        len([one for one in asked if f'INTO "{table}"' in one["sql"] or f'UPDATE "{table}"' in one["sql"]])
        == 1
    )
    assert set(PublishedDocument.objects.values_list("pk", flat=True)) == before


def test_an_edit_that_is_not_published_is_not_public() -> None:
    site = publish(area_m2=100)
    catalogue.edit_site(site=site, values={"area_m2": 999}, by=None, now=NOW, revision=None)
    fact = next(one for one in published_site(site.code, "en").body["key_facts"] if one["field"] == "area_m2")  # type: ignore[union-attr]
    assert (fact["value"], fact["display"], fact["unit"]) == (100, "100", "m²")


def test_what_is_withdrawn_is_gone_from_documents_and_search() -> None:
    site = publish()
    assert found(text="tontti") == ["Kantolan tontti"]
    catalogue.withdraw_site(site=site, by=make_person(Role.COORDINATOR), now=NOW)
    assert found(text="tontti") == []
    assert published_site(site.code, "fi") is None


def test_the_internal_note_is_in_no_document() -> None:
    publish(internal_note="only-for-us-7781")
    assert "only-for-us-7781" not in json.dumps(list(PublishedDocument.objects.values("body", "card")))


def test_a_record_without_a_position_says_so_and_takes_the_municipalitys_centre() -> None:
    place = published_site(publish().code, "en").body["place"]  # type: ignore[union-attr]
    assert (place["precision"], place["geometry"]) == ("municipality", None)
    assert (place["latitude"], place["longitude"]) == (64.13, 29.52)


def test_an_unknown_fact_is_unknown_and_names_no_source() -> None:
    site = publish(sources={"size": {"title": "Survey", "dated": "2026-10-12"}})
    facts = {one["field"]: one for one in published_site(site.code, "en").body["key_facts"]}  # type: ignore[union-attr]
    assert facts["area_m2"]["known"] is False
    assert facts["area_m2"]["source"] == ""


def test_publishing_and_its_document_happen_together_or_not_at_all() -> None:
    site = publish(area_m2=1)
    before = public_state()[0]
    catalogue.edit_site(site=site, values={"area_m2": 2}, by=None, now=NOW, revision=None)
    with pytest.raises(RuntimeError), transaction.atomic():
        catalogue.publish_site(site=site, by=None, now=NOW)
        raise RuntimeError
    site.refresh_from_db()
    assert (site.published_version, published_site(site.code, "en").version) == (1, 1)  # type: ignore[union-attr]
    assert public_state()[0] == before


def test_search_by_words_in_any_form_box_kind_and_size() -> None:
    publish(
        "Sahan tontti",
        area_m2=5_000,
        geometry={"type": "Point", "coordinates": [28.0, 64.0]},
        place_precision="exact",
    )
    publish("Varastohalli", kind="premises", town="sotkamo", floor_area_m2=900)
    assert found(text="tontteja") == ["Sahan tontti"]
    assert found(kinds=("premises",)) == ["Varastohalli"]
    assert found(municipalities=("kuhmo",)) == ["Sahan tontti"]
    assert found(box=(27.9, 63.9, 28.1, 64.1)) == ["Sahan tontti"]
    assert found(min_area_m2=6_000) == []
    assert found(text='"; DROP TABLE x; --') == [] and found(text="(((") == ["Sahan tontti", "Varastohalli"]


def test_every_word_asked_for_must_be_there() -> None:
    publish("Sahan tontti")
    assert found(text="saha tontti") == ["Sahan tontti"]
    assert found(text="saha kaivos") == []


def test_facets_count_what_another_choice_would_give() -> None:
    lead = Sector.objects.create(slug="bio", name={"fi": "Biotalous"})
    publish("A", sectors=[lead])
    publish("B", kind="premises")
    page = search_sites("fi", SearchTerms(kinds=("plot",)))
    assert page.total == 1
    assert page.facets["kinds"] == {"plot": 1, "premises": 1}
    assert page.facets["sectors"] == {"bio": 1}


def test_when_nothing_fits_it_says_what_to_leave_out() -> None:
    publish("A", area_m2=100)
    publish("B", area_m2=100)
    page = search_sites("fi", SearchTerms(min_area_m2=10_000, municipalities=("kuhmo",)))
    assert [(one.term, one.total) for one in page.relaxations] == [("min_area_m2", 2)]


def test_examples_can_be_left_out() -> None:
    publish("Real")
    publish("Example", is_example=True)
    assert found(examples=False) == ["Real"]
    assert found() == ["Example", "Real"]
