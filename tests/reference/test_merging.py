"""`merge_row`: loading again changes nothing, takes what the pack changed, and leaves a person's edits alone."""

from __future__ import annotations

import pytest

from vetovoima.common.fields import Translated
from vetovoima.reference.loading import LoadReport, merge_row
from vetovoima.reference.models import LoadedRow, Sector

pytestmark = pytest.mark.django_db
FIRST = {"name": Translated(en="Kites"), "position": 1}


def load(**values) -> LoadReport:
    """This will load one sector and return the report."""
    report = LoadReport()
    merge_row(Sector, report, kind="sector", code="kites", key={"slug": "kites"}, values={**FIRST, **values})
    return report


def outcomes(report: LoadReport) -> dict[str, int]:
    """This will return what happened to the sector."""
    return dict(report.counts["sector"])


def sector() -> Sector:
    """This will read the sector anew."""
    return Sector.objects.get(slug="kites")


def test_a_new_row_is_added():
    assert outcomes(load()) == {"added": 1}
    assert (sector().name, sector().position) == (Translated(en="Kites"), 1)


def test_the_same_row_again_changes_nothing():
    load()

    assert outcomes(load()) == {"same": 1}
    assert (Sector.objects.count(), LoadedRow.objects.count()) == (1, 1)


def test_what_the_pack_changed_is_taken():
    load()

    assert outcomes(load(position=7)) == {"changed": 1}
    assert sector().position == 7
    assert outcomes(load(position=7)) == {"same": 1}


def test_what_a_person_edited_is_left_alone_and_named():
    load()
    Sector.objects.update(position=3)

    report = load()

    assert outcomes(report) == {"left alone": 1}
    assert report.left_alone == ["sector kites"]
    assert sector().position == 3


def test_an_edit_outlives_changes_of_the_pack():
    load()
    Sector.objects.update(position=3)

    load(position=7)
    load(position=8)

    assert sector().position == 3


def test_beside_an_edit_the_other_fields_follow_the_pack():
    load()
    Sector.objects.update(position=3)

    load(name=Translated(en="Great kites"))

    assert (sector().position, sector().name) == (3, Translated(en="Great kites"))


def test_an_edit_that_the_pack_catches_up_with_is_no_edit_any_more():
    load()
    Sector.objects.update(position=7)

    assert outcomes(load(position=7)) == {"same": 1}
    assert outcomes(load(position=9)) == {"changed": 1}


def test_a_field_that_the_loader_learns_later_is_filled():
    load()

    assert outcomes(load(nace_codes=["30.99"])) == {"changed": 1}
    assert sector().nace_codes == ["30.99"]


def test_what_a_person_made_under_the_same_name_is_left_alone():
    Sector.objects.create(slug="kites", name=Translated(en="My own kites"), position=1)

    report = load()

    assert report.left_alone == ["sector kites"]
    assert sector().name == Translated(en="My own kites")
    assert outcomes(load(name=Translated(en="Great kites"))) == {"left alone": 1}
    assert sector().name == Translated(en="My own kites")


def test_a_relation_is_compared_by_its_key():
    other = Sector.objects.create(slug="wind", name=Translated(en="Wind"))
    load(parent=other)

    assert outcomes(load(parent=other)) == {"same": 1}
    assert outcomes(load(parent=None)) == {"changed": 1}


def test_the_report_adds_up_over_kinds():
    report = LoadReport()
    for kind, outcome in [("sector", "added"), ("place", "added"), ("place", "same")]:
        report.note(kind, outcome)

    assert (report.total("added"), report.total("same"), report.total("changed")) == (2, 1, 0)
