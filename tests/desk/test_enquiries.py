"""Enquiries at the desk: the path, who sees what, and refusals that keep the text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk.conftest import signed_in
from tests.desk.reading import form, words
from tests.factories import make_enquiry, make_organisation, make_person
from vetovoima.accounts.enums import OrganisationKind, Role, Sharing
from vetovoima.accounts.models import User
from vetovoima.pipeline.models import Enquiry
from vetovoima.pipeline.services import record_answer


def step(client: Client, enquiry: Enquiry, verb: str, **typed: object) -> object:
    """This will open the page and send one of its forms."""
    address = f"/desk/enquiries/{enquiry.reference}/"
    sent = form(client.get(address), f"/{verb}/")
    for name, value in typed.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return client.post(
        f"{address}{verb}/", sent.urlencode(), content_type="application/x-www-form-urlencoded", follow=True
    )


def test_the_path_from_new_to_closed(council: Client, coordinator: User, officer: User) -> None:
    enquiry = make_enquiry(now=timezone.now() - timedelta(hours=1))
    assert "You screen this enquiry now." in words(step(council, enquiry, "screen", note="Looks real"))
    assigned = step(council, enquiry, "assign", owner=str(coordinator.pk), deputy=str(officer.pk))
    assert "Owner Kaisa Coordinator, deputy Olli Officer" in words(assigned)
    answered = step(council, enquiry, "answer", text="Three sites fit.")
    assert "First answer" in words(answered)
    assert "(in time)" in words(answered)
    closed = words(step(council, enquiry, "close", reason="satisfied"))
    assert "Closed. It can be reopened." in closed
    assert "Three sites fit." in closed
    enquiry.refresh_from_db()
    assert enquiry.state == "closed"


def test_a_shared_enquiry_is_seen_by_the_named_organisation_alone(council: Client, town: Client) -> None:
    enquiry = make_enquiry()
    kuhmo = make_organisation("kuhmo", OrganisationKind.MUNICIPALITY)
    other = signed_in(make_person(Role.MUNICIPALITY_OFFICER, "sotkamo"))
    address = f"/desk/enquiries/{enquiry.reference}/"
    assert town.get(address).status_code == 404

    page = step(council, enquiry, "share", level="parties", parties=[str(kuhmo.pk)])
    assert "Seen by: the coordinators of the council, Kuhmo." in words(page)
    seen = town.get(address)
    assert enquiry.message in words(seen)
    assert "Confidential Seen by" in words(seen)
    assert b"/answer/" not in seen.content
    assert other.get(address).status_code == 404


def test_sharing_with_nobody_named_is_refused(council: Client) -> None:
    enquiry = make_enquiry()
    page = step(council, enquiry, "share", level="parties")
    assert "Choose the organisations with which the enquiry is shared." in words(page)


def test_a_sealed_enquiry_names_those_who_see_it(council: Client, coordinator: User) -> None:
    enquiry = make_enquiry()
    assert "Sealed. Seen only by: Kaisa Coordinator." in words(step(council, enquiry, "seal"))
    colleague = signed_in(make_person(Role.COORDINATOR))
    assert colleague.get(f"/desk/enquiries/{enquiry.reference}/").status_code == 404


def test_a_refused_answer_keeps_the_text(council: Client) -> None:
    enquiry = make_enquiry()
    page = step(council, enquiry, "answer", text="A long answer.", answered_at="2000-01-01T10:00")
    assert "The answer must have been given after the enquiry came" in words(page)
    assert form(page, "/answer/")["text"] == "A long answer."
    enquiry.refresh_from_db()
    assert enquiry.first_answered_at is None


def test_two_people_at_once_are_told_and_the_second_try_goes_through(
    council: Client, coordinator: User
) -> None:
    enquiry = make_enquiry()
    Enquiry.objects.filter(pk=enquiry.pk).update(revision=7)
    address = f"/desk/enquiries/{enquiry.reference}/answer/"
    page = council.post(address, {"text": "My answer.", "kind": "answer", "revision": "1"})
    assert "Somebody else changed this enquiry while you had it open." in words(page)
    again = form(page, "/answer/")
    assert (again["text"], again["revision"]) == ("My answer.", "7")
    council.post(address, again.dict())
    enquiry.refresh_from_db()
    assert enquiry.state == "answered"


def test_what_is_held_is_seen_by_those_who_screen(council: Client, town: Client) -> None:
    held = make_enquiry(spam_reasons=("links",), sharing=Sharing.NETWORK)
    assert held.reference in words(council.get("/desk/enquiries/?part=held"))
    assert "Many links" in words(council.get(f"/desk/enquiries/{held.reference}/"))
    assert held.reference not in words(town.get("/desk/enquiries/?part=held"))
    assert town.get(f"/desk/enquiries/{held.reference}/").status_code == 404
    assert "Released." in words(step(council, held, "release"))


def test_the_list_says_what_is_late_in_words(council: Client) -> None:
    now = timezone.now()
    late = make_enquiry(first_answer_due_at=now - timedelta(days=1))
    soon = make_enquiry(first_answer_due_at=now + timedelta(hours=3, minutes=5))
    page = words(council.get("/desk/enquiries/"))
    assert page.index(late.reference) < page.index(soon.reference)
    assert "late since" in page
    assert "in 3 h" in page


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.COMPANY, Role.ADMIN])
def test_others_do_not_come_in(db: None, role: str) -> None:
    enquiry = make_enquiry()
    client = signed_in(make_person(role))
    assert client.get("/desk/enquiries/").status_code == 403
    assert client.get(f"/desk/enquiries/{enquiry.reference}/").status_code == 403


def test_script_in_an_enquiry_stays_text(council: Client) -> None:
    enquiry = make_enquiry(message="<script>alert(1)</script>", person_name="<b>Ada</b>")
    page = council.get(f"/desk/enquiries/{enquiry.reference}/")
    assert b"<script>alert" not in page.content
    assert "<script>alert(1)</script>" in words(page) or "alert(1)" in words(page)


def test_those_who_screen_see_how_the_promise_is_kept(
    council: Client, town: Client, coordinator: User
) -> None:
    assert "First answers within" not in words(council.get("/desk/enquiries/"))
    enquiry = make_enquiry(now=timezone.now() - timedelta(hours=1))
    make_enquiry(now=timezone.now() - timedelta(days=30))
    record_answer(enquiry=enquiry, text="Yes.", by=coordinator, now=timezone.now())

    shown = words(council.get("/desk/enquiries/"))

    assert "First answers within 2 working days: 1 of 1. Late and unanswered now: 1." in shown
    assert "First answers within" not in words(town.get("/desk/enquiries/"))
    assert "First answers within" not in words(
        council.get("/desk/enquiries/", headers={"hx-request": "true"})
    )
