"""Figures typed with their unit, and the page of columns where days can be read in two ways."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.collection.imports import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Client:
    make_region()
    return signed_in(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", language="fi"))


@pytest.mark.parametrize(
    ("typed", "area", "original"),
    [
        ("12 ha", 120_000, "12 ha"),
        ("2,5 hehtaaria", 25_000, "2,5 hehtaaria"),
        ("1 234,5", 1234.5, ""),
        ("500 m2", 500, ""),
    ],
)
def test_a_figure_may_be_typed_with_its_unit(town: Client, typed: str, area: float, original: str) -> None:
    site = make_site("kuhmo", originals={"price_eur_m2": "1 €/a"})
    address = f"/desk/sites/{site.code}/edit/"
    sent = form(town.get(address), "").dict() | {"area_m2": typed, "absent_area_m2": ""}
    assert town.post(address, sent).status_code == 302
    site.refresh_from_db()
    assert site.area_m2 == area
    assert site.originals == {"price_eur_m2": "1 €/a"} | ({"area_m2": original} if original else {})


@pytest.mark.parametrize("typed", ["1.234", "1.234 ha", "12 kg", "12 kr"])
def test_what_can_be_read_in_two_ways_or_not_at_all_is_asked_about(town: Client, typed: str) -> None:
    site = make_site("kuhmo", area_m2=7)
    address = f"/desk/sites/{site.code}/edit/"
    sent = form(town.get(address), "").dict() | {"area_m2": typed, "absent_area_m2": ""}
    answer = town.post(address, sent)
    site.refresh_from_db()
    assert (answer.status_code, site.area_m2) == (200, 7)
    assert typed in answer.content.decode()


def test_the_order_of_days_is_chosen_in_the_column(town: Client) -> None:
    content = b"Site name,Available from\nA,10/12/2026\n"
    started = services.start_import(
        content=content,
        filename="a.csv",
        kind="plot",
        municipality=make_municipality("kuhmo"),
        by=None,
        now=NOW,
    )
    address = f"/desk/collection/imports/{started.pk}/columns/"
    page = town.get(address)
    assert started.columns[1]["note"] in words(page)
    town.post(address, form(page, "").dict() | {"unit_1": "m/d/y"})
    assert started.rows.get().changes["available_from"][1] == "2026-10-12"
