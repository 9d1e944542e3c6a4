"""The history of a record at the desk: everything that happened, and going back with open eyes."""

from __future__ import annotations

from django.test import Client

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site


def edited(officer: User) -> tuple[Site, Fact]:
    site = make_site(state="published", area_m2=20000, locality="Kantola")
    services.edit_site(
        site=site, values={"area_m2": 32000, "locality": "Keskusta"}, by=officer, now=NOW, revision=None
    )
    return site, Fact.objects.get(type="catalogue.site.edited")


def test_the_history_tells_who_did_what_to_those_of_the_record_alone(town: Client, officer: User) -> None:
    site, _fact = edited(officer)
    page = words(town.get(f"/desk/sites/{site.code}/history/"))
    assert "Edited 2 fields, Olli Officer" in page
    assert "Total area Old: 20,000 m² New: 32,000 m²" in page
    assert "Version 1 public now" in page
    stranger = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    partner = signed_in(make_person(Role.CLUSTER_LEAD))
    for part in ("history/", f"history/{_fact.pk}/", "versions/1/"):
        assert stranger.get(f"/desk/sites/{site.code}/{part}").status_code == 404
        assert partner.get(f"/desk/sites/{site.code}/{part}").status_code == 403


def test_undoing_shows_first_what_it_would_change(town: Client, officer: User) -> None:
    site, fact = edited(officer)
    services.edit_site(site=site, values={"locality": "Satama"}, by=officer, now=NOW, revision=None)
    opened = town.get(f"/desk/sites/{site.code}/history/{fact.pk}/")
    page = words(opened)
    assert "Total area Old: 32,000 m² New: 20,000 m²" in page
    assert "somebody changed it again since" in page and "Satama" in page
    sent = town.post(f"/desk/sites/{site.code}/undo/{fact.pk}/", form(opened, "undo"), follow=True)
    assert "Undone." in words(sent)
    site.refresh_from_db()
    assert (site.area_m2, site.locality) == (20000, "Satama")
    again = words(town.get(f"/desk/sites/{site.code}/history/{fact.pk}/"))
    assert "Nothing would change" in again


def test_a_version_shows_what_it_said_and_what_restoring_would_change(town: Client, officer: User) -> None:
    site, _fact = edited(officer)
    opened = town.get(f"/desk/sites/{site.code}/versions/1/")
    page = words(opened)
    assert "Total area Old: 32,000 m² New: 20,000 m²" in page.split("What it said")[0]
    assert "Village or district Kantola" in page.split("What it said")[1]
    town.post(f"/desk/sites/{site.code}/restore/1/", form(opened, "restore"))
    site.refresh_from_db()
    assert (site.area_m2, site.locality) == (20000, "Kantola")
    assert "the working copy says the same" in words(town.get(f"/desk/sites/{site.code}/versions/1/"))


def test_while_a_record_is_reviewed_nothing_can_be_undone(town: Client, officer: User) -> None:
    site, fact = edited(officer)
    site.refresh_from_db()
    services.submit_site(site=site, by=officer, now=NOW)
    page = town.get(f"/desk/sites/{site.code}/history/{fact.pk}/")
    assert "cannot be edited now" in words(page) and "/undo/" not in page.content.decode()
    assert "nothing can be restored" in words(town.get(f"/desk/sites/{site.code}/versions/1/"))


def test_what_never_happened_is_not_found(town: Client) -> None:
    site = make_site()
    assert town.get(f"/desk/sites/{site.code}/history/999999/").status_code == 404
    assert town.get(f"/desk/sites/{site.code}/versions/1/").status_code == 404


def test_a_long_history_is_read_page_by_page(town: Client, officer: User) -> None:
    site = make_site()
    for area in range(1, 60):
        services.edit_site(site=site, values={"area_m2": area}, by=officer, now=NOW, revision=None)
    first = town.get(f"/desk/sites/{site.code}/history/")
    assert "Page 1 of 2" in words(first)
    assert words(town.get(f"/desk/sites/{site.code}/history/?page=2")).count("Edited") == 9
