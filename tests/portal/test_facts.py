"""Facts on the portal: drawn where a text names them, listed with their sources, gone when they must be."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from tests.desk.conftest import signed_in
from tests.desk.reading import words
from tests.factories import NOW, make_municipality, make_organisation, make_person, make_region
from tests.factories.knowledge import SOURCE, make_company, make_fact
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.accounts.services import add_member
from vetovoima.catalogue.knowledge import around, queries, services
from vetovoima.catalogue.models import FactUse
from vetovoima.common.fields import Translated
from vetovoima.portal.drawing import draw_html, draw_plain, draw_text
from vetovoima.portal.models import HomePage, TextPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clear_pages():
    caches["pages"].clear()
    make_region()


def make_page(**values) -> TextPage:
    locale, _made = Locale.objects.get_or_create(language_code="en")
    home = HomePage(title="Home", slug="home-en", locale=locale, live=True)
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first()
    site.root_page = home
    site.save()
    page = TextPage(title="Kuhmo", slug="kuhmo", locale=locale, live=True, **values)
    home.add_child(instance=page)
    return page


def test_a_token_draws_value_unit_and_date():
    make_fact(number=7755.0, as_of="2026-01-31")

    with override("fi"):
        html = draw_html("<p>Kuhmossa on {fact:population-kuhmo}.</p>")
        assert draw_plain("On {fact:population-kuhmo:number}.") == "On 7\u00a0755."

    assert "7\u00a0755 asukasta</span>" in html
    assert (
        'href="/fi/facts/#population-kuhmo" title="Lähde: The wind book"' in html or "The wind book" in html
    )
    assert "31.1.2026" in html
    assert ' aria-label="31.1.2026, The wind book">31.1.2026</a>' in html, "no two links of one name"


def test_plain_texts_are_escaped_and_only_then_filled():
    make_fact()

    assert draw_text("<b>{fact:population-kuhmo:number}").startswith("&lt;b&gt;<span")


def test_a_retired_fact_shows_its_replacement_or_an_honest_word():
    old, new, gone = make_fact("old", number=1.0), make_fact("new", number=2.0), make_fact("gone", number=3.0)
    person = make_person(Role.COORDINATOR)
    services.retire_fact(fact=old, reason="Counted anew", replaced_by=new, by=person, now=NOW)
    services.retire_fact(fact=gone, reason="Nobody counts", by=person, now=NOW)

    with override("en"):
        assert draw_plain("{fact:old:number} {fact:gone} {fact:never}") == (
            "2 (figure no longer kept) (figure no longer kept)"
        )


@pytest.mark.django_db(transaction=True)
def test_a_published_page_follows_a_fact_at_once_although_pages_are_cached(settings, tmp_path):
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = {**settings.CACHES, "pages": backend}
    fact = make_fact(number=7755.0)
    make_page(body="<p>{fact:population-kuhmo}</p>")
    visitor = Client()
    before = words(visitor.get("/en/kuhmo/"))
    assert visitor.get("/en/kuhmo/").headers["X-Page-Cache"] == "hit"

    services.edit_fact(fact=fact, values={"number": 7700.0}, by=None, now=timezone.now())

    after = words(visitor.get("/en/kuhmo/"))
    assert ("7,755 inhabitants" in before, "7,700 inhabitants" in after) == (True, True)


def test_publishing_notes_where_a_fact_is_used_and_taking_down_forgets():
    make_fact()
    page = make_page(body="<p>{fact:population-kuhmo}</p>")
    page.save_revision().publish()
    assert list(FactUse.objects.values_list("fact_code", "title", "language")) == [
        ("population-kuhmo", "Kuhmo", "en")
    ]

    page.unpublish()

    assert FactUse.objects.count() == 0


def test_key_facts_of_a_page_are_drawn_from_the_bank():
    make_fact(number=7755.0)
    make_page(key_facts=[("fact", {"code": "population-kuhmo"})])

    page = words(Client().get("/en/kuhmo/"))

    assert "Population, January 2026" in page
    assert "7,755 inhabitants" in page
    assert "The wind book" in page


def editor() -> Client:
    person = add_member(
        email="editor@example.org", display_name="Eeva Editor", language="en", role=Role.COORDINATOR,
        organisation=make_organisation("the-council", OrganisationKind.COUNCIL), password="editor-editor-editor",
    )  # fmt: skip
    return signed_in(person)


def test_the_content_editor_is_told_of_figures_that_no_fact_backs():
    make_fact(number=7755.0)
    make_fact("old", number=999_000.0, as_of="2015", unit="visitors")
    page = make_page(body="<p>Kuhmo has 7,755 inhabitants, 999,000 visitors and 4,321 lakes.</p>")
    page.save_revision()

    shown = words(editor().get(f"/cms/pages/{page.pk}/edit/"))

    assert "Figures without a current fact" in shown
    assert "999,000 visitors : backed by old" in shown
    assert "4,321 : no fact of the bank says this" in shown
    assert "7,755 inhabitants :" not in shown


def test_saving_a_page_tells_what_is_not_backed():
    page = make_page(body="<p>Kuhmo has 4,321 lakes.</p>")
    browser = editor()
    sent = {
        "title": "Kuhmo", "slug": "kuhmo", "lead": "About 900 million euros.", "body": '{"blocks": [], "entityMap": {}}',
        "key_facts-count": "0", "blocks-count": "0", "sources-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip

    answer = browser.post(f"/cms/pages/{page.pk}/edit/", sent, follow=True)

    assert "no current fact of the bank backs: 900 million euros" in answer.content.decode()


def test_the_list_has_sources_dates_and_the_state(client):
    make_fact("fresh", as_of=str(timezone.localdate().year))
    make_fact("old", as_of="2015", label=Translated(en="Old figure"))

    page = words(client.get("/en/facts/"))

    assert "Old figure" in page
    assert "review is due" in page
    assert "The wind book , 2026" in page


def test_the_list_can_be_narrowed_to_a_municipality_and_taken_away(client):
    make_fact("own", municipality="kuhmo", number=1234.5, unit="ha", label=Translated(en="=Kuhmo's own"))
    make_fact("whole")

    rows = list(
        csv.DictReader(io.StringIO(client.get("/en/facts/facts.csv?area=kuhmo").content.decode("utf-8-sig")))
    )
    given = client.get("/en/facts/facts.json").json()

    assert rows[0]["licence"] == given["licence"] == "CC BY 4.0"
    assert [(row["code"], row["number"], row["name"], row["source"]) for row in rows] == [
        ("own", "1234.5", "'=Kuhmo's own", "The wind book")
    ]
    assert {one["code"]: one["area"] for one in given["facts"]} == {"whole": "windy-isle", "own": "kuhmo"}


def test_permit_paths_say_what_is_not_known(client):
    step = {"name": Translated(en="Building permit"), "legal_basis": Translated(en="Building Act 751/2023")}
    timed = {**step, "name": Translated(en="Plan"), "months_from": 3.0, "months_to": 9.0}
    around.create_path(
        code="hall", values={"name": Translated(en="Hall"), "source": SOURCE, "kinds": ["plot"]},
        steps=[step, timed], by=None, now=NOW,
    )  # fmt: skip

    page = words(client.get("/en/permits/"))

    untold = "Not stated in the sources Who decides, Documents and forms, How to apply"
    assert f"{untold}, Usual time, Cost" in page and f"{untold}, Cost" in page, "one line for each step"
    assert "Usual time 3–9 months" in page
    assert "Concerns: Plot" in page


def test_a_step_links_its_law_and_says_where_its_time_was_read(client):
    step = {
        "name": Translated(en="Kite permit"), "legal_basis": Translated(en="Kite Act 1/2020"), "months_from": 12.0,
        "source": {"title": "Kite Act", "url": "https://law.example/kites"}, "result": Translated(en="Leave to fly"),
        "documents": Translated(en="A drawing of the kite"), "online": Translated(en="Yes, online"),
        "online_url": "https://kites.example/apply", "time_note": Translated(en="As the town says"),
        "practice": {"title": "The town on kites", "url": "https://kites.example/time", "dated": "2026"},
    }  # fmt: skip
    around.create_path(
        code="kites", values={"name": Translated(en="Kites"), "source": SOURCE}, steps=[step], by=None, now=NOW,
    )  # fmt: skip

    answer = client.get("/en/permits/")
    page, html = words(answer), answer.content.decode()

    assert "Usual time at least 12 months As the town says" in page
    assert "What you get Leave to fly" in page
    assert "Documents and forms A drawing of the kite" in page
    assert "1 step; sources state a time for 1 and a cost for 0 of them." in page
    assert "No authority has checked this path yet." in page
    for address in ("https://law.example/kites", "https://kites.example/apply", "https://kites.example/time"):
        assert f'href="{address}"' in html
    assert "/en/enquiry/?permit=kites&amp;requirement=" in html


def test_an_asset_has_an_address_of_its_own(client):
    make_fact("students", number=3500.0, unit="students", label=Translated(en="Students"))
    values = {
        "kind": "school", "name": Translated(en="Kite school"), "source": SOURCE, "facts": ["students"],
        "municipality": make_municipality("kuhmo"),
    }  # fmt: skip
    around.create_asset(code="kite-school", values=values, by=None, now=NOW)

    page = words(client.get("/en/expertise/kite-school/"))

    assert "3,500 students" in page
    assert "Services to investors not stated in the sources" in page
    assert client.get("/en/expertise/nothing/").status_code == 404
    assert "/en/expertise/kite-school/" in client.get("/sitemap-en-1.xml").content.decode()


def test_a_company_is_shown_with_a_consent_in_force_and_with_nothing_less(client):
    today = timezone.localdate()
    consent = {
        "consent_by": "Ada", "consent_on": today, "consent_until": today + timedelta(days=1), "consent_for": ["portal"],
    }  # fmt: skip
    make_company("open", name="Open Ltd", **consent)
    make_company("quiet", name="Quiet Ltd")
    make_company("media", name="Media Ltd", **{**consent, "consent_for": ["media"]})

    page = words(client.get("/en/references/"))

    assert [name in page for name in ("Open Ltd", "Quiet Ltd", "Media Ltd")] == [True, False, False]


@pytest.mark.parametrize("address", ["facts", "permits", "expertise", "references"])
@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_an_empty_region_has_honest_pages(client, address, language):
    assert client.get(f"/{language}/{address}/").status_code == 200


def test_pages_ask_few_questions(client, django_assert_max_num_queries):
    for number in range(30):
        make_fact(f"fact-{number}", number=float(number))

    with django_assert_max_num_queries(20):
        client.get("/en/facts/")
    assert len(queries.public_facts()) == 1
