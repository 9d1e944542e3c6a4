"""The contact log at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import make_person
from vetovoima.accounts.enums import Role
from vetovoima.cooperation.models import CompanyContact

pytestmark = pytest.mark.django_db
LOG = "/desk/model/contacts/"


def note(client, **values):
    sent = form(client.get(f"{LOG}new/"), "")
    sent.update({"company_name": "Kites Ltd", "subject": "A larger hall", "notes": "A secret plot", **values})
    return client.post(f"{LOG}new/", sent, follow=True)


def test_a_contact_is_noted_with_todays_day_and_ones_own_name(town):
    page = words(note(town, business_id="FI01120389"))

    one = CompanyContact.objects.get()
    assert (one.happened_on, one.our_people, one.business_id) == (localdate(), "Olli Officer", "0112038-9")
    assert ("Kites Ltd" in page, "A secret plot" in page) == (True, True)


def test_a_wrong_business_id_is_told_at_its_field_and_nothing_typed_is_lost(town):
    refused = note(town, business_id="0112038-8")

    assert "has a slip" in words(refused)
    assert form(refused, "")["notes"] == "A secret plot"
    assert CompanyContact.objects.count() == 0


def test_the_coordinator_and_other_municipalities_see_the_shared_summary_alone(town, council):
    note(town)
    one = CompanyContact.objects.get()
    neighbour = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "paltamo"))
    assert council.get(f"{LOG}{one.code}/").status_code == 403
    assert neighbour.get(f"{LOG}{one.code}/").status_code == 404
    assert council.get(f"{LOG}export.csv").status_code == 403
    for client in (council, neighbour):
        assert "Kites" not in words(client.get(LOG))

    town.post(f"{LOG}{one.code}/share/", {"summary": "A firm looks for a hall."})

    for client in (council, neighbour):
        page = words(client.get(LOG))
        assert ("A firm looks for a hall." in page, "Kites" in page, "secret" in page) == (True, False, False)
    town.post(f"{LOG}{one.code}/stop-sharing/")
    assert "A firm looks" not in words(council.get(LOG))


def test_a_board_member_has_no_tab_and_no_page(client, db):
    member = signed_in(make_person(Role.BOARD_MEMBER))

    assert member.get(LOG).status_code == 403
    assert "Company contacts" not in words(member.get("/desk/model/"))


def test_a_follow_up_waits_on_my_day_until_it_is_done(town, council):
    note(town, follow_up_on=str(localdate() + timedelta(days=2)))
    one = CompanyContact.objects.get()
    day = words(town.get("/desk/"))
    assert ("Come back to a company" in day, "Kites Ltd" in day) == (True, True)
    assert "Kites" not in words(council.get("/desk/"))

    page = words(town.post(f"{LOG}{one.code}/follow-up/", {"outcome": "They buy."}, follow=True))

    assert "They buy." in page
    assert "Come back to a company" not in words(town.get("/desk/"))


def test_the_own_log_is_downloaded(town):
    note(town)

    answer = town.get(f"{LOG}export.csv")

    text = answer.content.decode("utf-8-sig")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [line.split(";")[1] for line in text.splitlines()] == ["Company", "Kites Ltd"]


def test_a_contact_is_edited_and_removed(town):
    note(town)
    one = CompanyContact.objects.get()
    sent = form(town.get(f"{LOG}{one.code}/edit/"), "")
    sent["subject"] = "Two halls"
    assert "Two halls" in words(town.post(f"{LOG}{one.code}/edit/", sent, follow=True))

    town.post(f"{LOG}{one.code}/remove/")

    assert CompanyContact.objects.count() == 0
