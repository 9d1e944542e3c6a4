"""Example enquiries of a data pack."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.messaging.models import Mail
from vetovoima.pipeline import queries
from vetovoima.pipeline.loading import load_example_enquiries
from vetovoima.pipeline.models import Enquiry
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, Pack

HEADER = "key,received_days_ago,language,name,email,company,municipality,message,area_m2,state,answer\n"
STATES = ("new", "screening", "assigned", "answered", "closed", "rejected", "held")
ROWS = "".join(
    f"e{number},{days},en,Example {number},e{number}@asker.example,Example Ltd,marshland,[Example] {number},1000,{state},Yes\n"
    for number, (state, days) in enumerate(zip(STATES, (0, 1, 2, 9, 30, 12, 3), strict=True))
)


def pack(folder, rows: str) -> Pack:
    (folder / "examples").mkdir()
    (folder / "examples/enquiries.csv").write_text(HEADER + rows, encoding="utf-8")
    return Pack(folder)


@pytest.fixture
def places(db):
    make_region()
    make_person(Role.COORDINATOR, email="coordinator@vetovoima.example")
    make_person(Role.MUNICIPALITY_OFFICER, "marshland", email="marshland@vetovoima.example")
    return {"marshland": make_municipality("marshland")}


def test_examples_reach_their_states_by_the_services(tmp_path, places):
    report = LoadReport()

    added = load_example_enquiries(pack(tmp_path, ROWS), report, places, {}, NOW)

    found = {one.submission_key: one for one in Enquiry.objects.all()}
    assert {key.removeprefix("example:"): one.state for key, one in found.items()} == {
        f"e{number}": state for number, state in enumerate(STATES)
    }
    assert len(added) == len(found) == 7
    assert all(one.is_example for one in found.values())
    assert all(
        one.first_answered_at < one.first_answer_due_at for one in found.values() if one.first_answered_at
    )
    assert {one.owner.email for one in found.values() if one.owner} == {"coordinator@vetovoima.example"}
    assert {one.deputy.email for one in found.values() if one.deputy} == {"marshland@vetovoima.example"}
    assert found["example:e2"].parties.get().slug == "marshland"
    assert Mail.objects.count() == 0
    assert report.counts["example enquiry"] == {"added": 7}


def test_examples_are_numbered_as_they_came(tmp_path, places):
    load_example_enquiries(pack(tmp_path, ROWS), LoadReport(), places, {}, NOW)

    by_reference = Enquiry.objects.order_by("reference").values_list("received_at", flat=True)
    assert list(by_reference) == sorted(by_reference)


def test_loading_again_changes_nothing(tmp_path, places):
    once = pack(tmp_path, ROWS)
    load_example_enquiries(once, LoadReport(), places, {}, NOW)
    before = list(Enquiry.objects.order_by("pk").values())
    report = LoadReport()

    load_example_enquiries(once, report, places, {}, NOW + timedelta(days=3))

    assert list(Enquiry.objects.order_by("pk").values()) == before
    assert report.counts["example enquiry"] == {"same": 7}


def test_examples_are_never_counted(tmp_path, places):
    load_example_enquiries(pack(tmp_path, ROWS), LoadReport(), places, {}, NOW)

    times = queries.first_answer_times(NOW + timedelta(days=60))
    assert (times.answered, times.overdue) == (0, 0)


def test_a_broken_table_is_refused_by_file_row_and_column(tmp_path, places):
    rows = "e1,1,en,Example,not-an-address,Example Ltd,nowhere,[Example],-4,asleep,\n"

    with pytest.raises(BrokenPack) as refused:
        load_example_enquiries(pack(tmp_path, rows), LoadReport(), places, {}, NOW)

    places_named = {(one.file, one.row, one.column) for one in refused.value.problems}
    assert places_named >= {
        ("examples/enquiries.csv", 2, column) for column in ("municipality", "state", "email", "area_m2")
    }
    assert Enquiry.objects.count() == 0


def test_without_people_an_example_stops_where_it_needs_them(tmp_path, db):
    make_region()
    rows = "e1,9,en,Example,e1@asker.example,Example Ltd,,[Example],,answered,Yes\n"

    load_example_enquiries(pack(tmp_path, rows), LoadReport(), {}, {}, NOW)

    assert Enquiry.objects.get().state == "screening"
