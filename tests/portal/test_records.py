"""What an investor reads of a record: what is known, since when, what is not and why; and the truth about the grid."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.factories import NOW, make_person
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import services, tasks
from vetovoima.catalogue.knowledge import services as bank
from vetovoima.catalogue.models import Site, SiteVersion
from vetovoima.common.fields import Translated
from vetovoima.reference.models import Region
from vetovoima.syndication import services as syndication
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.queries import SearchTerms, published_paths, search_sites

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def codes(**terms: object) -> list[str]:
    return [one.code for one in search_sites("en", SearchTerms(sort="code", **terms)).documents]  # type: ignore[arg-type]


def test_three_ways_of_not_knowing_are_three_sentences(client: Client) -> None:
    site = make_site(
        state="published", water_capacity_m3_d=120.0,
        absent={"free_capacity_mw": "unknown", "sewage_capacity_m3_d": "not_studied", "has_rail_siding": "none"},
    )  # fmt: skip
    shown = page(client, f"/en/sites/{site.code}/")
    for words in ("not known", "not studied", "there is none", "120"):
        assert words in shown
    body = PublishedDocument.objects.get(code=site.code, language="en").body
    facts = {fact["field"]: fact for group in body["groups"] for fact in group["facts"]}
    assert (facts["free_capacity_mw"]["state"], facts["free_capacity_mw"]["value"]) == ("absent", None)
    assert facts["price_eur_m2"]["state"] == "missing"
    assert "soil_type" in facts, "an expected field that nobody told is named as a gap"
    assert "radon_bq_m3" not in facts, "of what nobody expects nothing is said"


def test_what_was_checked_says_when_and_by_whom_but_never_names_the_person(client: Client) -> None:
    source = {"verified_on": "2026-02-12", "verified_by": "Ville Virkamies", "method": "measured"}
    site = make_site(state="published", area_m2=50_000.0, sources={"size": source})
    shown = page(client, f"/en/sites/{site.code}/")
    assert "checked 12 Feb 2026 by Kuhmo" in shown
    assert "measured" in shown
    assert "Virkamies" not in shown
    assert "Virkamies" not in str(PublishedDocument.objects.get(code=site.code, language="fi").body)


def test_old_values_turn_grey_and_are_hidden_by_night(client: Client) -> None:
    site = make_site(
        state="published", free_capacity_mw=40.0, grid_company="Verkko",
        sources={"electricity": {"title": "Verkko", "collected_on": "2025-06-01"}},
    )  # fmt: skip
    assert codes(min_power_mw=40) == [site.code]
    assert "may have changed" not in page(client, f"/en/sites/{site.code}/")

    assert syndication.refresh_aged(date(2026, 6, 1)) == 1
    assert "These facts are from 1 Jun 2025 and may have changed" in page(client, f"/en/sites/{site.code}/")
    assert codes(min_power_mw=40) == [site.code]

    assert syndication.refresh_aged(date(2028, 6, 1)) == 1
    shown = page(client, f"/en/sites/{site.code}/")
    assert "too old to be shown" in shown
    assert "40" not in str(PublishedDocument.objects.get(code=site.code, language="en").body["power"])
    assert codes(min_power_mw=40) == [], "what is hidden is not found either"
    assert syndication.refresh_aged(date(2028, 6, 1)) == 0


def test_what_grows_old_while_being_edited_is_shown_as_it_was_published(client: Client) -> None:
    site = make_site(
        state="published", owner_name="Kunta", price_eur_m2=5.0,
        sources={"ownership": {"title": "Kunta", "collected_on": "2026-01-01"}},
    )  # fmt: skip
    services.edit_site(site=site, values={"price_eur_m2": 9.0}, by=None, now=NOW, revision=None)
    syndication.refresh_aged(date(2027, 2, 1))
    body = PublishedDocument.objects.get(code=site.code, language="en").body
    facts = {fact["field"]: fact for group in body["groups"] for fact in group["facts"]}
    assert (facts["price_eur_m2"]["value"], facts["price_eur_m2"]["freshness"]) == (5.0, "stale")


def test_the_grid_is_searched_by_power_in_a_year_voltage_and_certainty() -> None:
    now = make_site(state="published", free_capacity_mw=30.0, voltage_kv=20.0)
    later = make_site(
        state="published", capacity_by_year={"2027": 10, "2029": 60, "2031": 25}, voltage_kv=110.0, feed_count=2,
        connection_firmness="firm", grid_confirmed_on=date(2026, 1, 1),
    )  # fmt: skip
    assert codes(min_power_mw=25) == [now.code, later.code]
    assert codes(min_power_mw=25, power_year=2027) == [now.code]
    assert codes(min_power_mw=40, power_year=2030) == [later.code]
    assert codes(min_power_mw=40, power_year=2032) == [], "a later, smaller figure holds from its year on"
    for terms in (
        {"min_voltage_kv": 110},
        {"with_redundancy": True},
        {"with_firm_power": True},
        {"with_grid_confirmed": True},
    ):
        assert codes(**terms) == [later.code], terms


def test_an_opportunity_has_an_address_of_its_own_and_names_its_sites(client: Client) -> None:
    site = make_site(state="published")
    hidden = make_site(name=Translated(en="Secret plot"))
    deal = make_site(
        kind="opportunity", state="published", name=Translated(en="Data centre"), related_sites=[site, hidden],
        reason_to_come=Translated(en="Cold air"), return_measure="irr", return_low=8.0, return_high=12.0,
        return_basis=Translated(en="Prices of 2025"), sought=["equity"], opportunity_stage="planning",
    )  # fmt: skip
    shown = page(client, f"/en/opportunities/{deal.code}/")
    assert "Cold air" in shown
    assert "Internal rate of return" in shown
    assert "Prices of 2025" in shown
    assert f"/en/sites/{site.code}/" in shown
    assert "Secret plot" not in shown
    assert hidden.code not in shown
    assert client.get(f"/en/sites/{deal.code}/").headers["Location"] == f"/en/opportunities/{deal.code}/"
    assert client.get("/fi/opportunities/").headers["Location"] == "/fi/sites/?kind=opportunity"
    assert [path for path, _at in published_paths()] == [f"sites/{site.code}/", f"opportunities/{deal.code}/"]


def test_a_record_shows_how_ready_and_complete_it_is_and_what_the_next_step_lacks(client: Client) -> None:
    site = make_site(state="published")
    shown = page(client, f"/en/sites/{site.code}/")
    assert "Readiness: Idea" in shown
    assert "Shovel-ready" in shown
    assert "Missing: Position on the map" in shown
    assert "readiness 0/5" in page(client, "/en/sites/")


def test_the_search_form_takes_the_grid_and_refuses_nonsense_in_words(client: Client) -> None:
    later = make_site(state="published", capacity_by_year={"2029": 60}, voltage_kv=110.0)
    shown = page(client, "/en/sites/?min_power=50&power_year=2030&min_voltage=100")
    assert later.code in shown
    assert "at least 50 MW" in shown
    answer = client.get("/en/sites/?power_year=soon")
    assert answer.status_code == 400
    assert "Power in the year" in answer.content.decode()


def test_a_later_publishing_happens_by_the_worker_in_the_persons_name() -> None:
    coordinator = make_person(Role.COORDINATOR)
    site = make_site(state="submitted")
    at = datetime(2026, 3, 12, 6, 0, tzinfo=UTC)
    services.schedule_publishing(site=site, at=at, by=coordinator, now=NOW)
    tasks.publish_due(NOW)
    assert Site.objects.get().state == "submitted"
    tasks.publish_due(at)
    assert Site.objects.get().state == "published"
    assert SiteVersion.objects.get().published_by == coordinator
    with pytest.raises(services.CannotChange, match="still ahead"):
        services.schedule_publishing(site=make_site(state="submitted"), at=NOW, by=coordinator, now=NOW)


def test_a_text_draws_its_figures_from_the_fact_bank_and_follows_them(client: Client) -> None:
    fact = make_fact("population-kuhmo")
    site = make_site(
        state="published", summary=Translated(en="A town of {fact:population-kuhmo:number} people.")
    )
    assert "A town of 7,755 people." in page(client, f"/en/sites/{site.code}/")
    bank.edit_fact(fact=fact, values={"number": 7601.0}, by=make_person(Role.COORDINATOR), now=NOW)
    assert "A town of 7,601 people." in page(client, f"/en/sites/{site.code}/")


def test_a_site_shows_what_draws_to_the_region_with_its_source_and_what_is_not_known(client: Client) -> None:
    make_fact(code="price-of-power", number=76.0, unit="percent")
    site = make_site(state="published")
    region = Region.objects.get()
    region.pull_facts = {"power": ["price-of-power", "not-in-the-bank"], "carbon": [], "skills": []}
    region.save()
    shown = page(client, f"/en/sites/{site.code}/")
    assert "Electricity and its price" in shown
    assert "76" in shown and "The wind book" in shown
    assert "Carbon intensity of electricity" in shown
    assert "No figure with a source is on record yet." in shown


def test_a_site_shows_the_facts_of_its_municipalitys_people_and_no_others(client: Client) -> None:
    make_fact(municipality="kuhmo", number=7755.0)
    make_fact(
        "unemployment-kuhmo",
        municipality="kuhmo",
        number=11.3,
        unit="percent",
        label=Translated(en="Unemployment rate"),
    )
    make_fact("population-sotkamo", municipality="sotkamo", number=10_111.0)
    make_fact("forest-kuhmo", municipality="kuhmo", topic="bioeconomy", number=4321.0)
    shown = page(client, f"/en/sites/{make_site(state='published').code}/")
    part = shown.partition('id="pull-title"')[2].partition("</section>")[0]
    assert "Expertise and labour" in part
    for words in ("7,755", "Unemployment rate", "11.3", "The wind book", "2026"):
        assert words in part, words
    assert "10,111" not in part
    assert "4,321" not in part


def test_reached_steps_show_their_evidence(client: Client) -> None:
    site = make_site(state="published")
    for document in PublishedDocument.objects.filter(code=site.code):
        document.body["readiness"]["steps"][0]["evidence"] = ["Total area: 5 ha", "Owner <kind>"]
        document.save()
    shown = page(client, f"/en/sites/{site.code}/")
    assert "Evidence: Total area: 5 ha; Owner &lt;kind&gt;" in shown


def test_the_connection_is_told_beside_the_megawatts(client: Client) -> None:
    site = make_site(state="published", queue_state="reserved", connection_lead_months=18)
    part = page(client, f"/en/sites/{site.code}/").partition('id="power-title"')[2].partition("</section>")[0]
    assert "Capacity reserved" in part
    assert "18" in part


def test_the_map_and_the_embed_tell_how_ready_and_complete_each_site_is(client: Client) -> None:
    site = make_site(state="published", area_m2=5_000.0)
    card = PublishedDocument.objects.get(code=site.code, language="en").card
    words = f"readiness 0/5, {card['completeness']} % known"
    assert card["completeness"] > 0
    for address in ("/embed/kuhmo/?lang=en", "/embed/kuhmo/fragment.html?lang=en", "/en/sites/"):
        assert words in page(client, address), address
    assert client.get("/en/sites/points.json").json()["points"][0]["quality"] == words
    feature = client.get("/feeds/sites.geojson?lang=en").json()["features"][0]["properties"]
    assert (feature["readiness"]["level"], feature["completeness"]) == (0, card["completeness"])


def test_the_search_offers_queue_lead_time_and_flexible_connection_with_numbers(client: Client) -> None:
    site = make_site(
        state="published", queue_state="reserved", connection_firmness="flexible", connection_lead_months=12
    )
    shown = page(client, "/en/sites/?queue=reserved&max_lead=12&flexible=only")
    assert site.code in shown
    assert 'name="queue" value="reserved" checked' in shown
    assert "connected within 12 months" in shown
    assert "connection: only flexible" in shown
    shown = page(client, "/en/sites/?queue=free&max_lead=6")
    assert "Nothing fits" in shown
    assert client.get("/en/sites/?flexible=perhaps").status_code == 400
