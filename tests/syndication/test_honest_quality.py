"""What the public side says of checks, of evidence and of owners: no more than is known, and nobody's name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories.sites import make_site
from vetovoima.catalogue.enums import OwnerKind
from vetovoima.catalogue.models import Site

pytestmark = pytest.mark.django_db
OWNER = "Maija Maanomistaja"


def document(site: Site, language: str = "en") -> dict[str, Any]:
    return Client().get(f"/{language}/sites/{site.code}.json").json()  # type: ignore[no-any-return]


def test_collecting_is_not_told_as_a_check_by_the_municipality() -> None:
    site = make_site(state="published", sources={"size": {"collected_on": "2026-02-01", "title": "Register"}})
    assert document(site)["checked"] == {"collected_on": "2026-02-01", "source": "Register"}
    page = Client().get(f"/en/sites/{site.code}/").content.decode()
    assert "checked 1 Feb" not in page
    assert "collected 1 Feb 2026 from Register" in page


def test_a_check_is_told_with_its_day_and_municipality() -> None:
    site = make_site(
        state="published", sources={"size": {"verified_on": "2026-02-01", "collected_on": "2026-03-01"}}
    )
    assert document(site)["checked"]["on"] == "2026-02-01"
    assert document(site)["checked"]["by"]


@pytest.mark.parametrize("kind", OwnerKind.values)
def test_the_name_of_an_owner_is_public_only_of_an_organisation(kind: str) -> None:
    said = {"absent": {"owner_kind": "unknown"}} if kind == "unknown" else {"owner_kind": kind}
    site = make_site(state="published", owner_name=OWNER, price_eur_m2=5.0, **said)
    is_public = kind in ("municipality", "state", "company")
    client = Client()
    addresses = [f"/{one}/sites/{site.code}{end}" for one in ("fi", "en", "sv") for end in ("/", ".json")]
    addresses += ["/feeds/sites.json?lang=en", "/feeds/sites.geojson?lang=en"]
    shown = [OWNER in client.get(address).content.decode() for address in addresses]
    assert shown == [is_public] * 6 + [False] * 2
    found = client.get("/feeds/sites.json", {"lang": "en", "q": "Maanomistaja"}).json()["items"]
    assert bool(found) == is_public


def test_the_ladder_tells_the_values_that_reached_a_step() -> None:
    site = make_site(
        state="published", owner_kind="municipality", tenure="sale", price_eur_m2=5.0, area_m2=52_000.0
    )
    steps = document(site)["readiness"]["steps"]
    assert "Total area: 52,000 m²" in steps[0]["evidence"]
    assert steps[1]["evidence"] == [
        "Owner: Municipality", "Offered: For sale", "Price per square metre: 5 €/m²", "Availability: Available",
    ]  # fmt: skip


def test_evidence_that_is_too_old_to_be_shown_is_named_without_its_value() -> None:
    site = make_site(
        state="published",
        price_eur_m2=91.77,
        tenure="sale",
        sources={"ownership": {"verified_on": "2015-01-01"}},
    )
    steps = document(site)["readiness"]["steps"]
    assert "Price per square metre" in steps[1]["evidence"]
    assert "91" not in "".join(steps[1]["evidence"])
