"""A record that leans on another: it says of the other what is public of it, and nothing once that is withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.activity.outbox import work_through
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.queries import published_leaning_on
from vetovoima.common.fields import Translated
from vetovoima.syndication.queries import published_names, published_site

pytestmark = pytest.mark.django_db
SECRET = "Project X of a company that nobody may know"


def publish(name: str, town: str = "kuhmo", **values: Any) -> Site:
    make_region()
    municipality = make_municipality(town, latitude=64.13, longitude=29.52)
    kind = values.pop("kind", "plot")
    given = {"name": Translated(en=name), **values}
    site = catalogue.create_site(municipality=municipality, kind=kind, values=given, by=None, now=NOW)
    return catalogue.publish_site(site=site, by=None, now=NOW)


def rename(site: Site, name: str) -> Site:
    fresh = Site.objects.get(pk=site.pk)
    return catalogue.edit_site(
        site=fresh, values={"name": Translated(en=name)}, by=None, now=NOW, revision=None
    )


def related(site: Site) -> list[str]:
    return [one["name"]["text"] for one in published_site(site.code, "en").body["related"]]  # type: ignore[union-attr]


def test_a_name_that_is_not_published_is_in_no_document_of_another_record() -> None:
    leaned_on = publish("Plot A", "sotkamo")
    rename(leaned_on, SECRET)
    leaning = publish("Opportunity B", kind="opportunity", related_sites=[leaned_on])
    assert related(leaning) == ["Plot A"]
    for address in (
        f"/en/opportunities/{leaning.code}/",
        f"/en/sites/{leaning.code}.json",
        f"/api/v1/opportunities/{leaning.code}",
        "/en/opportunities/",
    ):
        assert SECRET not in Client().get(address, follow=True).content.decode()


def test_publishing_and_withdrawing_reach_the_records_that_lean_on_it() -> None:
    leaned_on = publish("Plot A", "sotkamo")
    leaning = publish("Opportunity B", kind="opportunity", related_sites=[leaned_on])
    # what is being edited meanwhile counts neither way
    catalogue.edit_site(
        site=Site.objects.get(pk=leaning.pk),
        values={"related_sites": [], "name": Translated(en=SECRET)},
        by=None,
        now=NOW,
        revision=None,
    )
    assert published_leaning_on(leaned_on.code) == [leaning.code]
    catalogue.publish_site(site=rename(leaned_on, "Plot A, new name"), by=None, now=NOW)
    work_through("test")
    assert related(leaning) == ["Plot A, new name"]
    council = make_person(Role.COORDINATOR)
    catalogue.withdraw_site(site=Site.objects.get(pk=leaned_on.pk), by=council, now=NOW)
    assert related(leaning) == []
    assert SECRET not in Client().get(f"/en/opportunities/{leaning.code}/").content.decode()


def test_a_record_published_later_appears_where_it_is_leaned_on() -> None:
    make_region()
    municipality = make_municipality("sotkamo", latitude=64.13, longitude=29.52)
    draft = catalogue.create_site(
        municipality=municipality, kind="plot", values={"name": Translated(en="Plot A")}, by=None, now=NOW
    )
    leaning = publish("Opportunity B", kind="opportunity", related_sites=[draft])
    assert related(leaning) == []
    catalogue.publish_site(site=draft, by=None, now=NOW)
    work_through("test")
    assert related(leaning) == ["Plot A"]


def test_the_names_of_records_by_language_as_they_are_public() -> None:
    site = publish("Plot A")
    rename(site, SECRET)
    assert published_names([site.code, "SAA-1-1"]) == {site.code: {"en": "Plot A"}}


def test_a_neighbour_chooses_it_by_its_public_name_alone() -> None:
    leaned_on = publish("Plot A", "sotkamo")
    rename(leaned_on, SECRET)
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    leaning = publish("Opportunity B", kind="opportunity", related_sites=[leaned_on])
    desk = Client()
    desk.force_login(officer)
    page = desk.get(f"/desk/sites/{leaning.code}/edit/").content.decode()
    assert SECRET not in page
    assert f"{leaned_on.code} Plot A" in page
