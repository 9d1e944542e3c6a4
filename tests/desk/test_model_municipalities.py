"""The municipalities' profiles at the desk: emphasis, grounds, self-assessment, plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.desk.reading import form, words
from tests.factories import make_municipality
from vetovoima.common.fields import Translated
from vetovoima.cooperation.models import Assessment, Emphasis, Gathering, PlanAction
from vetovoima.cooperation.readiness.checklist import ITEMS
from vetovoima.reference.models import Sector

pytestmark = pytest.mark.django_db
KUHMO = "/desk/model/municipalities/kuhmo/"


@pytest.fixture
def wood():
    return Sector.objects.create(slug="wood", name=Translated(en="Wood"))


def write_draft(client, wood, weight="100"):
    sent = form(client.get(f"{KUHMO}emphasis/"), "")
    sent.update({"vision_en": "Wood all year", f"sector_{wood.pk}": weight})
    return client.post(f"{KUHMO}emphasis/", sent, follow=True)


def approve(client, **values):
    sent = form(client.get(f"{KUHMO}emphasis/approve/"), "")
    given = {"body": "Municipal council", "day": "2026-02-02", "document": "Minutes § 7", **values}
    sent.update(given)
    return client.post(f"{KUHMO}emphasis/approve/", sent, follow=True)


def test_a_municipality_writes_its_emphasis_and_notes_the_approval(town, wood):
    assert "Not approved yet" in words(town.get(KUHMO))

    page = words(write_draft(town, wood))
    assert "Draft of version 1" in page
    page = words(approve(town))

    assert "Approved by Municipal council on 2 Feb 2026" in page.replace(" ", " ")
    assert "Wood 100 %" in page
    assert Emphasis.objects.get().state == "approved"


def test_weights_that_do_not_add_up_are_told_and_nothing_typed_is_lost(town, wood):
    page = words(write_draft(town, wood, "70"))
    assert "add up to 70 per cent" in page

    refused = approve(town)

    assert "add up to 70 per cent, not to 100" in words(refused)
    assert form(refused, "")["body"] == "Municipal council"
    assert Emphasis.objects.get().state == "draft"


def test_a_new_version_begins_from_the_approved_one_which_stays_readable(town, wood):
    write_draft(town, wood)
    approve(town)

    sent = form(town.get(f"{KUHMO}emphasis/"), "")
    assert (sent["vision_en"], sent[f"sector_{wood.pk}"]) == ("Wood all year", "100")
    sent["vision_en"] = "Wood and snow"
    town.post(f"{KUHMO}emphasis/", sent)
    approve(town, body="New council")

    assert "Wood and snow" in words(town.get(KUHMO))
    old = words(town.get(f"{KUHMO}emphasis/1/"))
    assert ("Wood all year" in old, "Municipal council" in old) == (True, True)


def test_the_second_writer_keeps_what_was_typed(town, council, wood):
    write_draft(town, wood)
    mine = form(town.get(f"{KUHMO}emphasis/"), "")
    theirs = form(council.get(f"{KUHMO}emphasis/"), "")
    theirs["vision_en"] = "Theirs"
    council.post(f"{KUHMO}emphasis/", theirs)
    mine["vision_en"] = "Mine"

    answer = town.post(f"{KUHMO}emphasis/", mine)

    assert answer.status_code == 409
    assert "Somebody else saved this" in words(answer)
    town.post(f"{KUHMO}emphasis/", form(answer, ""))
    assert Emphasis.objects.get().vision == {"en": "Mine"}


def test_an_interview_is_noted_with_its_summary(town, wood):
    write_draft(town, wood)
    sent = form(town.get(f"{KUHMO}gatherings/new/"), "")
    sent.update(
        {
            "kind": "interview",
            "held_on": "2022-05-03",
            "asked_by": "The council",
            "asked": "A sawmill",
            "summary": "Saws.",
        }
    )

    page = words(town.post(f"{KUHMO}gatherings/new/", sent, follow=True))

    assert ("A sawmill" in page, "Saws." in page, "1 interview (2022)" in page) == (True, True, True)
    one = Gathering.objects.get()
    town.post(f"{KUHMO}gatherings/{one.pk}/remove/")
    assert Gathering.objects.count() == 0


def test_others_do_not_find_the_profile(town, wood):
    make_municipality("paltamo")

    for part in ("", "emphasis/", "gatherings/new/", "readiness/", "plan/new/"):
        assert town.get(f"/desk/model/municipalities/paltamo/{part}").status_code == 404, part


def test_the_assessment_is_saved_in_parts_and_finished_when_whole(town):
    sent = form(town.get(f"{KUHMO}readiness/"), "")
    sent.update({"level_steward": "2", "evidence_steward": "Both are named.", "finish": "yes"})

    page = words(town.post(f"{KUHMO}readiness/", sent, follow=True))
    assert "Saved, but not finished" in page
    again = form(town.get(f"{KUHMO}readiness/"), "")
    assert (again["level_steward"], again["evidence_steward"]) == ("2", "Both are named.")
    again.update({f"level_{code}": "1" for code in ITEMS if code != "steward"})
    again["finish"] = "yes"
    town.post(f"{KUHMO}readiness/", again)

    assert Assessment.objects.get().finished_on == localdate()
    assert "Both are named." in words(town.get(f"{KUHMO}readiness/"))


def test_what_the_system_sees_stands_beside_the_level(town):
    page = words(town.get(f"{KUHMO}readiness/"))

    assert "the system sees level 0 nobody is named" in page
    assert "The system has nothing to measure here yet." in page


def test_an_action_is_added_and_dropped_with_a_reason(town):
    sent = form(town.get(f"{KUHMO}plan/new/?item=visits"), "")
    assert sent["item"] == "visits"
    sent.update(
        {"action": "Make a programme", "responsible": "Olli", "due_on": str(localdate() + timedelta(days=9))}
    )
    town.post(f"{KUHMO}plan/new/", sent)
    one = PlanAction.objects.get()

    sent = form(town.get(f"{KUHMO}plan/{one.pk}/"), "")
    sent["state"] = "dropped"
    refused = town.post(f"{KUHMO}plan/{one.pk}/", sent)
    assert "Say why it is dropped." in words(refused)
    sent["reason"] = "The neighbour does it"
    page = words(town.post(f"{KUHMO}plan/{one.pk}/", sent, follow=True))

    assert "Dropped The neighbour does it" in page


def test_the_coordinator_sees_all_and_an_officer_the_own(council, town, wood):
    make_municipality("paltamo")
    write_draft(town, wood)
    approve(town)

    table = words(council.get("/desk/model/municipalities/"))
    assert ("Kuhmo" in table, "Paltamo" in table, "Wood 100 %" in table) == (True, True, True)
    own = words(town.get("/desk/model/municipalities/"))
    assert ("Kuhmo" in own, "Paltamo" in own) == (True, False)
