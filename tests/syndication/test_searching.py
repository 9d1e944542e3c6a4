"""What is hidden is hidden for good, and the truth about the grid is asked for the same way at every door."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import NOW, make_person
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue.knowledge import services as bank
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication import services as syndication
from vetovoima.syndication.asking import ASKED, read_text, terms_of
from vetovoima.syndication.queries import SearchTerms, search_sites

pytestmark = pytest.mark.django_db
LATER = date(2030, 1, 1)


def codes(**terms: Any) -> list[str]:
    return [one.code for one in search_sites("en", SearchTerms(sort="code", **terms)).documents]


def test_a_confirmed_fact_does_not_bring_back_what_was_hidden_as_too_old() -> None:
    fact = make_fact("population-kuhmo")
    site = make_site(
        state="published", free_capacity_mw=37.5, grid_company="Isoverkko",
        summary=Translated(en="A town of {fact:population-kuhmo:number} people."),
        sources={"electricity": {"title": "Verkko", "verified_on": "2026-01-01"}},
    )  # fmt: skip
    assert codes(text="Isoverkko") == codes(min_power_mw=30) == [site.code]
    syndication.refresh_aged(LATER)
    assert codes(text="Isoverkko") == codes(min_power_mw=30) == []

    later = NOW.replace(year=LATER.year)
    bank.edit_fact(fact=fact, values={"number": 7601.0}, by=make_person(Role.COORDINATOR), now=later)
    body = search_sites("en", SearchTerms()).documents[0].body
    assert "7,601" in body["summary"]["text"], "it was rendered again"
    assert codes(text="Isoverkko") == codes(min_power_mw=30) == []
    assert "Isoverkko" not in json.dumps(body)

    syndication.render_users_of("population-kuhmo", LATER)
    assert codes(text="Isoverkko") == []


def test_nothing_is_found_by_what_is_hidden_as_too_old() -> None:
    make_site(
        kind="brownfield", state="published", has_rail_siding=True, area_m2=90_000.0, floor_area_m2=4_000.0,
        sources={"transport": {"verified_on": "2015-01-01"}, "size": {"verified_on": "2005-01-01"}},
    )  # fmt: skip
    document = search_sites("en", SearchTerms()).documents[0]
    facts = {fact["field"]: fact for group in document.body["groups"] for fact in group["facts"]}
    assert facts["has_rail_siding"]["state"] == "expired"
    assert codes(with_rail=True) == []
    found = [] if facts["area_m2"]["state"] == "expired" else [document.code]
    assert codes(min_area_m2=80_000.0) == codes(min_floor_m2=3_000.0) == found
    fresh = make_site(
        state="published", has_rail_siding=True, sources={"transport": {"verified_on": "2026-01-01"}}
    )
    assert codes(with_rail=True) == [fresh.code]


def grid() -> tuple[Site, Site, Site]:
    """Three sites: free at once and firm; reserved, flexible within a year; restricted, both, within five years."""
    return (
        make_site(state="published", queue_state="free", connection_firmness="firm", connection_lead_months=0),
        make_site(state="published", queue_state="reserved", connection_firmness="flexible", connection_lead_months=12),
        make_site(state="published", queue_state="restricted", connection_firmness="both", connection_lead_months=60),
    )  # fmt: skip


def test_queue_lead_time_and_flexible_connection_are_searched_and_counted() -> None:
    now, soon, late = grid()
    unknown = make_site(state="published")
    assert codes(queue_states=("free", "reserved")) == [now.code, soon.code]
    assert codes(max_lead_months=12) == [now.code, soon.code], "of whom nothing is known is not among them"
    assert codes(max_lead_months=0) == [now.code]
    assert codes(flexible="only") == [soon.code]
    assert codes(flexible="also") == [soon.code, late.code]
    assert unknown.code in codes()
    page = search_sites("en", SearchTerms(queue_states=("free",), flexible="also"))
    assert page.total == 0
    assert page.facets["queue_states"] == {"reserved": 1, "restricted": 1}, "its own choice left out"
    assert page.facets["flexible"] == {}
    assert {one.term for one in page.relaxations} == {"queue_states", "flexible"}
    assert search_sites("en", SearchTerms()).facets["flexible"] == {"only": 1, "also": 2}


def test_what_is_known_too_long_ago_of_the_queue_is_not_found() -> None:
    make_site(
        state="published", queue_state="free", connection_firmness="flexible", connection_lead_months=3,
        sources={"electricity": {"verified_on": "2015-01-01"}},
    )  # fmt: skip
    assert codes(queue_states=("free",)) == codes(max_lead_months=12) == codes(flexible="only") == []


DOORS = (
    ("min_power=20", 1), ("min_power=20&power_year=2030", 1), ("min_power=20&power_year=2027", 0), ("min_voltage=100", 1),
    ("queue=reserved", 1), ("queue=free", 0), ("max_lead=12", 1), ("max_lead=11", 0), ("flexible=only", 1), ("redundant=1", 1),
    ("firm=1", 0), ("grid_confirmed=1", 1), ("rail=1", 1), ("min_readiness=5", 0),
)  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), DOORS)
def test_every_door_understands_the_same_wishes(client: Client, query: str, expected: int) -> None:
    site = make_site(
        state="published", capacity_by_year={"2029": 25}, voltage_kv=110.0, queue_state="reserved", connection_lead_months=12,
        connection_firmness="flexible", feed_count=2, grid_confirmed_on=date(2026, 1, 1), has_rail_siding=True,
    )  # fmt: skip
    for door in ("/feeds/sites.json?lang=en&", "/api/v1/sites?", "/feeds/sites.geojson?lang=en&"):
        answer = client.get(f"{door}{query}")
        assert answer.status_code == 200, (door, answer.content)
        assert answer.json()["total"] == expected, door
    for door in ("/en/sites/?", "/embed/kuhmo/fragment.html?lang=en&"):
        answer = client.get(f"{door}{query}")
        assert answer.status_code == 200, door
        assert (f'data-code="{site.code}"' in answer.content.decode()) is bool(expected), door


@pytest.mark.parametrize(
    "query",
    ["min_power=much", "min_power=-1", "min_voltage=nan", "power_year=1.5", "queue=long", "max_lead=999", "flexible=maybe", "firm=x"],
)  # fmt: skip
def test_a_wrong_wish_is_named(client: Client, query: str) -> None:
    make_site(state="published")
    answer = client.get(f"/feeds/sites.json?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.json()["detail"]
    assert client.get(f"/api/v1/sites?{query}").status_code in (400, 422)


def test_the_table_of_wishes_fits_the_terms() -> None:
    assert {one.term for one in ASKED} <= set(SearchTerms.__dataclass_fields__)
    asked = {"min_power": 0, "max_lead": 0, "queue": ["free"], "rail": False, "flexible": ""}
    assert terms_of(asked) == {"max_lead_months": 0, "queue_states": ("free",)}
    assert read_text("queue", "free, reserved") == ["free", "reserved"]
    assert read_text("rail", "no") is False
    with pytest.raises(ValidationError, match="from 0 to 240"):
        read_text("max_lead", "1e9")


def test_the_page_about_the_api_names_every_wish(client: Client) -> None:
    shown = client.get("/api/v1/docs").content.decode().partition('id="feeds"')[2].partition("</section>")[0]
    assert "/feeds/sites.geojson" in shown
    assert [one.name for one in ASKED if f"<code>{one.name}</code>" not in shown] == []
