"""The way to review at the desk: what a record is published without, other people's changes, and the moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import NOW, make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue import services
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports import services as imports
from vetovoima.desk.sites.forms import ScheduleForm

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def test_one_tick_confirms_what_is_missing_and_the_reviewer_reads_it(town: Client, council: Client) -> None:
    site = make_site()
    address = f"/desk/sites/{site.code}/submit/"
    asked = town.post(address)
    page = words(asked)
    assert "Publish without these?" in page
    assert "Contact person" in page and "Photographs, at least 3" in page
    site.refresh_from_db()
    assert site.state == "draft"
    names = ",".join(services.without_at_publishing(site))
    assert f'value="{names}"' in asked.content.decode()
    town.post(address, {"without": names})
    site.refresh_from_db()
    assert site.state == "submitted"
    assert "Published without these" in words(council.get(f"/desk/sites/{site.code}/review/"))


def test_a_list_that_grew_is_asked_again(town: Client) -> None:
    site = make_site()
    page = words(town.post(f"/desk/sites/{site.code}/submit/", {"without": "contact,photos"}))
    assert "The list has changed" in page
    site.refresh_from_db()
    assert site.state == "draft"


def test_an_import_that_submitted_is_not_reverted_by_a_form_opened_before(
    town: Client, officer: User, coordinator: User
) -> None:
    other = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo"))
    site = make_site(locality="Old", area_m2=1000.0)
    address = f"/desk/sites/{site.code}/edit/"
    opened = form(other.get(address), "")
    found = imports.start_import(
        content=f"code,locality,area_m2\n{site.code},New,5000\n".encode(), filename="a.csv", kind="plot",
        municipality=site.municipality, by=officer, now=NOW,
    )  # fmt: skip
    found = imports.check_import(found, now=NOW)
    imports.commit_import(import_=found, by=officer, now=NOW, submit=True)
    site.refresh_from_db()
    assert (site.state, site.locality) == ("submitted", "New")
    services.return_site(site=site, comment="Once more", by=coordinator, now=NOW)
    opened["address"] = "Street 1"
    other.post(address, opened.urlencode(), content_type=FORM)
    saved = Site.objects.get(pk=site.pk)
    assert (saved.locality, saved.area_m2, saved.address) == ("New", 5000, "Street 1")


@pytest.mark.parametrize(
    "text", ["25.11.2026 14.30", "25.11.2026 14:30", "2026-11-25T14:30", "25.11.2026 klo 14.30"]
)
def test_a_moment_is_read_as_people_write_it(text: str) -> None:
    typed = ScheduleForm({"at": text})
    assert typed.is_valid(), typed.errors
    assert typed.cleaned_data["at"] == datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2027-03-28T03:30", "2026-10-25T03:30"])
def test_the_hour_of_the_clocks_is_refused_in_our_words(text: str) -> None:
    typed = ScheduleForm({"at": text})
    assert typed.errors["at"] == [
        "The clocks are moved in that hour, so the moment is not certain. Choose another hour."
    ]


def test_a_check_in_the_future_is_refused_beside_its_input(town: Client) -> None:
    site = make_site()
    address = f"/desk/sites/{site.code}/edit/"
    sent = form(town.get(address), "")
    sent["source_size_verified_on"] = "2035-01-01"
    page = words(town.post(address, sent.urlencode(), content_type=FORM))
    assert "The day is still ahead. Give the day on which it was done, today at the latest." in page


def test_a_return_that_ends_before_it_begins_is_refused_beside_its_input(town: Client) -> None:
    site = make_site(kind="opportunity")
    address = f"/desk/sites/{site.code}/edit/"
    sent = form(town.get(address), "")
    sent["return_low"], sent["return_high"] = "20", "5"
    page = words(town.post(address, sent.urlencode(), content_type=FORM))
    assert "This is smaller than “Expected return, from”, 20." in page
    site.refresh_from_db()
    assert site.value("return_low") is None


def test_the_name_of_an_owner_who_is_a_person_is_marked_as_not_public(town: Client) -> None:
    site = make_site(owner_kind="private", owner_name="Maija Maanomistaja")
    page = words(town.get(f"/desk/sites/{site.code}/"))
    assert "Maija Maanomistaja Not public" in page
