"""Blocks of pages: read from the pack, drawn from the records, honest about languages, consent and what is unknown."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import localdate

from tests.desk.reading import words
from tests.factories import NOW, make_municipality, make_region
from tests.factories.knowledge import make_fact
from tests.portal.packs import HOME, load
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.portal.gathering import Gathered
from vetovoima.portal.models import SectionPage
from vetovoima.portal.models.blocks import PageBlocks
from vetovoima.portal.uses import codes_of
from vetovoima.reference.models import Municipality
from vetovoima.reference.pack import BrokenPack

pytestmark = pytest.mark.django_db
ALL = {"fi": "Suomeksi", "en": "In English", "sv": "På svenska"}
HTML = {code: f"<p>{text} {{fact:population-kuhmo}}</p>" for code, text in ALL.items()}


def section(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "path": "/energy/", "type": "section", "title": {"fi": "Energia", "en": "Energy"}, "blocks": list(blocks), **more,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def region() -> None:
    whole = make_region()
    make_municipality("kuhmo", name=Translated(fi="Kuhmo", en="Kuhmo"))
    make_fact(number=7755.0, as_of="2026-01-31")
    indicator = Indicator.objects.create(
        code="population", name=Translated(fi="Väkiluku", en="Population"), unit="persons",
        unit_label=Translated(fi="henkilöä", en="persons"),
    )  # fmt: skip
    for year, value in ((2000, 11500), (2010, 9600), (2022, 8000)):
        Observation.objects.create(
            indicator=indicator, area=whole.code, period=str(year), value=value, origin="The wind book",
            source={"title": "The wind book", "url": "https://wind.example/", "dated": "2023"},
        )  # fmt: skip


def shown(tmp_path: Path, *blocks: dict[str, Any]) -> str:
    load(tmp_path, HOME, section(*blocks))
    answer = Client().get("/en/energy/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_text_draws_its_facts_and_links_in_the_pages_language(tmp_path: Path) -> None:
    text = {"fi": "<p>Ks.</p>", "en": '<p>{fact:population-kuhmo} <a href="/sites/?q=x">sites</a></p>'}
    page = shown(tmp_path, {"type": "text", "html": text})
    assert "7,755 inhabitants" in page
    assert 'href="/en/sites/?q=x"' in page


def test_a_text_in_another_language_says_so_and_carries_its_language(tmp_path: Path) -> None:
    page = shown(tmp_path, {"type": "text", "html": {**HTML, "en": "<p>Suomea</p>"}, "source_language": "fi"})
    assert '<div class="prose" lang="fi">' in page
    assert "(suomeksi)" in page


def test_a_chart_says_its_finding_and_has_table_source_and_files(tmp_path: Path) -> None:
    page = shown(tmp_path, {"type": "chart", "indicator": "population"})
    assert "fell by 30% from 2000 to 2022" in page
    assert 'class="chart-wide"><svg' in page
    assert "var(--chart-1)" in page
    assert "11,500" in page
    assert 'href="/charts/population.csv?lang=en"' in page
    assert "The wind book" in page
    drawing = page.split('class="chart-drawing"')[1].split("</figure>")[0]
    assert " style=" not in drawing


def test_steps_say_what_is_not_known_rather_than_leaving_it_out(tmp_path: Path) -> None:
    step = {"title": ALL, "who": ALL, "law": ALL, "law_url": "https://law.example/", "unknown": ["time"]}
    page = shown(tmp_path, {"type": "steps", "steps": [step]})
    assert '<dt>Not stated in the sources</dt><dd><span class="unknown">Usual time</span>' in page
    assert 'href="https://law.example/"' in page
    assert "<dt>Cost</dt>" not in page


def test_a_comparison_has_a_source_for_every_row(tmp_path: Path) -> None:
    row = {"label": ALL, "cells": [ALL, {}], "source": {"title": "The wind book", "date": "2026-10"}}
    block = {"type": "comparison", "title": ALL, "columns": [ALL, {"fi": "B", "en": "B"}], "rows": [row]}
    page = shown(tmp_path, block)
    assert "The wind book, October 2026" in words_of(page)
    assert "not known" in page


def words_of(page: str) -> str:
    from django.http import HttpResponse

    return words(HttpResponse(page))


def test_questions_open_and_are_told_to_search_engines(tmp_path: Path) -> None:
    asked = {
        "question": {"fi": "Kuka?", "en": "Who?"},
        "answer": {"fi": "<p>Me.</p>", "en": "<p>We, {fact:population-kuhmo:number}.</p>"},
    }
    page = shown(tmp_path, {"type": "questions", "items": [asked]})
    known = [
        json.loads(part.split("</script>")[0])
        for part in page.split('<script type="application/ld+json">')[1:]
    ]
    faq = next(one for one in known if one.get("@type") == "FAQPage")
    assert faq["mainEntity"][0]["acceptedAnswer"]["text"] == "We, 7,755."
    assert "<details" in page


def quote(**more: Any) -> dict[str, Any]:
    return {
        "type": "quote", "text": ALL, "name": "Aino", "role": ALL, "organisation": "Aino Oy", "consent_on": "2026-01-01",
        **more,
    }  # fmt: skip


def test_a_quotation_without_a_consent_that_holds_is_refused_and_never_shown(tmp_path: Path) -> None:
    past = (localdate() - timedelta(days=1)).isoformat()
    with pytest.raises(BrokenPack, match="consent does not hold"):
        load(tmp_path, HOME, section(quote(consent_until=past)))
    with pytest.raises(BrokenPack, match="consent_on: is missing"):
        load(tmp_path, HOME, section(quote(consent_on=None)))
    assert "Aino Oy" in shown(tmp_path, quote())
    page = SectionPage.objects.get(locale__language_code="en")
    page.blocks[0].value["consent_until"] = localdate() - timedelta(days=1)
    page.save()
    assert "Aino Oy" not in Client().get("/en/energy/").content.decode()


def test_the_content_editor_refuses_a_quotation_without_consent() -> None:
    block = PageBlocks().child_blocks["quote"]
    raw = {"text": "Good.", "name": "Aino", "role": "CEO", "organisation": "Aino Oy", "consent_on": None}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(raw))
    raw["consent_on"] = (localdate() + timedelta(days=2)).isoformat()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(raw))
    raw["consent_on"] = localdate().isoformat()
    assert block.clean(block.to_python(raw))["name"] == "Aino"


def test_a_contact_that_nobody_published_leads_to_the_enquiry(tmp_path: Path) -> None:
    page = shown(tmp_path, {"type": "contact", "municipality": "kuhmo"})
    assert "No contact person has been published yet." in page
    assert "/en/enquiry/?municipality=kuhmo" in page


def publish(name: str, availability: str, day: int) -> None:
    site = catalogue.create_site(
        municipality=Municipality.objects.get(slug="kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi=name, en=name), "availability": availability},
    )  # fmt: skip
    catalogue.publish_site(site=site, by=None, now=NOW + timedelta(days=day))


def test_what_is_taken_comes_last_and_may_be_left_out(tmp_path: Path) -> None:
    publish("Old free plot", "available", 1)
    publish("New taken plot", "taken", 2)

    def names(**value: Any) -> list[str]:
        found = Gathered(None, "en").sites_of(value)
        return [card["name"]["text"] for card in found["cards"]]

    assert names() == ["Old free plot", "New taken plot"]
    assert names(count=1) == ["Old free plot"]
    assert names(availabilities=["taken"]) == ["New taken plot"]
    page = shown(tmp_path, {"type": "sites", "availabilities": ["available"]})
    assert "Old free plot" in page and "New taken plot" not in page


def test_a_day_in_a_finding_is_written_as_the_language_does(tmp_path: Path) -> None:
    first = Observation.objects.first()
    Observation.objects.create(
        indicator=first.indicator, area=first.area, period="2024-09-30", value=7000, origin="The wind book", source=first.source
    )  # fmt: skip
    page = shown(tmp_path, {"type": "chart", "indicator": "population"})
    assert "from 2000 to 30 Sep 2024" in words_of(page)


def test_sites_and_map_have_their_text(tmp_path: Path) -> None:
    page = shown(
        tmp_path,
        {"type": "sites", "municipalities": ["kuhmo"]},
        {"type": "map", "title": ALL, "kinds": ["plot"]},
    )
    assert "Nothing is published here just now." in page
    assert "data-points" in page


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"type": "poem"}, "type must be one of"),
        ({"type": "text", "html": {"fi": "<p>x</p>"}}, "html: has no en"),
        ({"type": "text", "html": {"fi": "<p>x</p>", "en": "<script>x</script>"}}, "may not have <script>"),
        ({"type": "text", "html": {"fi": "<p>x</p>", "en": '<a href="javascript:x">x</a>'}}, "may not have <a href>"),
        ({"type": "fact", "code": "nothing"}, "is none of the pack's facts"),
        ({"type": "chart", "indicator": "nothing"}, "is none of the pack's indicators"),
        ({"type": "action", "label": ALL, "url": "energy"}, "must begin with https"),
        ({"type": "action", "label": ALL, "url": "/x/", "colour": "red"}, "colour: is not known here"),
    ],
)  # fmt: skip
def test_a_broken_block_refuses_the_pack_with_its_place(
    tmp_path: Path, block: dict[str, Any], said: str
) -> None:
    with pytest.raises(BrokenPack) as refused:
        load(tmp_path, HOME, section(block))
    assert {one.column for one in refused.value.problems} == {"blocks"}
    assert said in str(refused.value)
    assert not SectionPage.objects.exists()


def test_a_block_for_one_language_stands_in_that_one_only(tmp_path: Path) -> None:
    load(tmp_path, HOME, section({"type": "text", "html": {"fi": "<p>Vain</p>"}, "languages": ["fi"]}))
    assert [len(page.blocks) for page in SectionPage.objects.order_by("locale__language_code")] == [0, 1]


def test_a_second_load_of_blocks_changes_nothing_and_an_edit_is_left_alone(tmp_path: Path) -> None:
    entry = section(
        {"type": "text", "html": HTML}, {"type": "facts", "codes": ["population-kuhmo"]},
        {"type": "steps", "steps": [{"title": ALL}]}, quote(),
        {"type": "links", "items": [{"label": ALL, "url": "/sites/"}]}, review_on="2027-05-01", key_facts=["population-kuhmo"],
    )  # fmt: skip
    load(tmp_path, HOME, entry)
    again = load(tmp_path, HOME, entry).counts["page"]
    assert (again["changed"], again["added"], again["left alone"]) == (0, 0, 0)
    page = SectionPage.objects.get(locale__language_code="en")
    page.blocks[0].value["html"].source = "<p>Ours.</p>"
    page.save()
    report = load(tmp_path, HOME, {**entry, "blocks": entry["blocks"][:1]})
    assert report.left_alone == ["page en:/energy/"]


def test_facts_of_blocks_are_known_to_be_used(tmp_path: Path) -> None:
    load(
        tmp_path,
        HOME,
        section(
            {"type": "notice", "kind": "unknown", "html": HTML}, {"type": "fact", "code": "population-kuhmo"}
        ),
    )
    page = SectionPage.objects.get(locale__language_code="en")
    assert codes_of(page) == ["population-kuhmo", "population-kuhmo"]


def test_children_are_listed_and_a_page_with_every_block_stays_within_its_questions(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    blocks = [
        {"type": "text", "html": HTML}, {"type": "notice", "kind": "unknown", "html": HTML},
        {"type": "fact", "code": "population-kuhmo"}, {"type": "facts", "codes": ["population-kuhmo"]},
        {"type": "chart", "indicator": "population"}, {"type": "chart", "indicator": "population", "areas": ["kuhmo"]},
        {"type": "sites"}, {"type": "map", "title": ALL}, {"type": "contact", "municipality": "kuhmo"}, quote(),
        {"type": "steps", "steps": [{"title": ALL, "text": HTML}]},
    ]  # fmt: skip
    child = {"path": "/energy/grid/", "type": "section", "title": {"fi": "Verkko", "en": "Grid"}}
    load(tmp_path, HOME, section(*blocks), child)
    client = Client()
    client.get("/en/energy/")
    with django_assert_max_num_queries(25):
        page = client.get("/en/energy/").content.decode()
    assert '<a href="/en/energy/grid/">Grid</a>' in page
    assert '<a href="/en/energy/">Energy</a>' in client.get("/en/energy/grid/").content.decode()


@pytest.mark.parametrize(
    "name", ["nothing.png", "%00.png", f"{'a' * 300}.png", "..%2fsecret.png", ".hidden.png", "page.html"]
)
def test_a_picture_that_cannot_be_is_not_found(client, name):
    assert client.get(f"/media/images/{name}").status_code == 404
