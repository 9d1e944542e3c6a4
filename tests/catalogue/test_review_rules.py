"""What goes public: only what was reviewed, and only after somebody said what it lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.bulk import Change, prepare, store_many
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.previews import preview_undo
from vetovoima.catalogue.registry import BY_NAME, FIELDS, PAIRS
from vetovoima.catalogue.tasks import publish_due
from vetovoima.reference.queries import plausible_box

pytestmark = pytest.mark.django_db
AT = NOW + timedelta(hours=2)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


@pytest.fixture
def coordinator() -> User:
    make_region()
    return make_person(Role.COORDINATOR)


def fresh(site: Site) -> Site:
    return Site.objects.complete().get(pk=site.pk)


def edit(site: Site, by: User | None = None, **values: Any) -> Fact:
    services.edit_site(site=site, values=values, by=by, now=NOW, revision=None)
    return Fact.objects.filter(type="catalogue.site.edited").latest("pk")


def scheduled(officer: User, coordinator: User) -> Site:
    site = make_site(state="published", locality="Reviewed")
    edit(site, officer, locality="Also reviewed")
    services.submit_site(site=site, by=officer, now=NOW)
    return services.schedule_publishing(site=site, at=AT, by=coordinator, now=NOW)


def store_by_system(site: Site, **values: Any) -> None:
    found = fresh(site)
    change = Change(found, found.municipality, found.kind, values)
    store_many([prepare(change, by=None, now=NOW, box=plausible_box())], by=None, now=NOW)


def hand_in_and_wait(site: Site, officer: User) -> Site:
    """The municipality writes something else and submits it; then the old moment comes."""
    edit(fresh(site), officer, locality="UNREVIEWED")
    services.submit_site(site=site, by=officer, now=LATER)
    publish_due(LATER + timedelta(minutes=1))
    return fresh(site)


@pytest.mark.parametrize(
    "leave",
    [
        lambda site, by: services.withdraw_site(site=site, by=by, now=NOW),
        lambda site, by: services.return_site(site=site, comment="No", by=by, now=NOW),
        lambda site, by: store_by_system(site, locality="Undone"),
        lambda site, by: edit(fresh(site), None, locality="Undone"),
    ],
    ids=["withdrawn", "returned", "import undone", "changed by the system"],
)
def test_no_step_out_of_review_leaves_a_schedule_behind(officer: User, coordinator: User, leave: Any) -> None:
    site = scheduled(officer, coordinator)
    versions = site.latest_version
    leave(site, coordinator)
    assert (fresh(site).publish_at, fresh(site).publish_by, fresh(site).publish_revision) == (None, None, 0)
    after = hand_in_and_wait(site, officer)
    assert (after.state, after.latest_version) == ("submitted", versions), (
        "unreviewed text went public by itself"
    )


def test_only_the_revision_that_was_reviewed_is_published_by_itself(officer: User, coordinator: User) -> None:
    site = scheduled(officer, coordinator)
    Site.objects.filter(pk=site.pk).update(revision=site.revision + 1, locality="UNREVIEWED")
    publish_due(AT)
    after = fresh(site)
    assert (after.state, after.publish_at, after.latest_version) == ("submitted", None, 1)
    assert queries.history(site)[0].type == "catalogue.site.unscheduled"


def test_what_was_reviewed_is_published_at_its_time(officer: User, coordinator: User) -> None:
    site = scheduled(officer, coordinator)
    publish_due(AT)
    assert (fresh(site).state, fresh(site).latest_version) == ("published", 2)


def test_every_fact_names_the_revision_it_led_to(officer: User, coordinator: User) -> None:
    site = scheduled(officer, coordinator)
    services.return_site(site=site, comment="No", by=coordinator, now=NOW)
    store_by_system(site, locality="Imported")
    told = [fact.data.get("revision") for fact in queries.history(site)]
    assert told == sorted(told, reverse=True)
    assert told[0] == fresh(site).revision


# Undoing one field


def test_undoing_an_absence_brings_the_value_back_when_another_absence_was_set_since(officer: User) -> None:
    site = make_site(free_capacity_mw=40.0)
    first = edit(site, officer, absent={"free_capacity_mw": "unknown"})
    edit(fresh(site), officer, absent={"water_capacity_m3_d": "not_studied"})
    preview = preview_undo(fresh(site), first.pk)
    assert preview is not None and preview.stays == []
    assert [(one["field"], one["after"]) for one in preview.changes] == [("free_capacity_mw", 40.0)]
    undone = services.undo_edit(site=site, fact_id=first.pk, by=officer, now=NOW)
    assert undone.free_capacity_mw == 40.0
    assert "free_capacity_mw" not in undone.absent
    assert undone.absent["water_capacity_m3_d"] == "not_studied"


def test_undoing_a_value_brings_its_absence_back(officer: User) -> None:
    site = make_site(absent={"free_capacity_mw": "not_studied"})
    change = edit(site, officer, free_capacity_mw=12.0)
    edit(fresh(site), officer, absent={"water_capacity_m3_d": "none"})
    undone = services.undo_edit(site=site, fact_id=change.pk, by=officer, now=NOW)
    assert (undone.free_capacity_mw, undone.absent["free_capacity_mw"]) == (None, "not_studied")
    assert undone.absent["water_capacity_m3_d"] == "none"


@pytest.mark.parametrize(
    ("start", "change", "since"),
    [
        ({"free_capacity_mw": 40.0}, {"absent": {"free_capacity_mw": "unknown"}}, {"free_capacity_mw": 30.0}),
        ({"absent": {"free_capacity_mw": "not_studied"}}, {"free_capacity_mw": 12.0}, {"free_capacity_mw": 15.0}),
        ({"absent": {"free_capacity_mw": "unknown"}}, {"absent": {"free_capacity_mw": ""}}, {"free_capacity_mw": 5.0}),
        ({"free_capacity_mw": 12.0}, {"free_capacity_mw": None}, {"absent": {"free_capacity_mw": "none"}}),
    ],
    ids=["a new value", "another value", "a value after an absence was taken back", "an absence after a value was removed"],
)  # fmt: skip
def test_what_somebody_said_of_the_field_since_stays(
    officer: User, start: Any, change: Any, since: Any
) -> None:
    site = make_site(**start)
    first = edit(site, officer, locality="Other", **change)
    edit(fresh(site), officer, **since)
    before = fresh(site)
    undone = services.undo_edit(site=site, fact_id=first.pk, by=officer, now=NOW)
    assert undone.locality == ""
    assert undone.free_capacity_mw == before.free_capacity_mw
    assert undone.absent.get("free_capacity_mw") == before.absent.get("free_capacity_mw")


def test_undoing_a_check_leaves_the_other_groups_checks(officer: User) -> None:
    site = make_site(sources={"water": {"verified_on": "2026-01-01"}})
    change = edit(site, officer, sources={"water": {"verified_on": "2026-02-02"}})
    edit(fresh(site), officer, sources={**fresh(site).sources, "size": {"verified_on": "2026-02-03"}})
    undone = services.undo_edit(site=site, fact_id=change.pk, by=officer, now=NOW)
    assert undone.sources == {"water": {"verified_on": "2026-01-01"}, "size": {"verified_on": "2026-02-03"}}


# Values that cannot be


@pytest.mark.parametrize("part", ["verified_on", "collected_on"])
def test_nobody_checked_or_collected_anything_in_the_future(part: str) -> None:
    site = make_site()
    ahead = (localdate() + timedelta(days=1)).isoformat()
    with pytest.raises(ValidationError, match="still ahead"):
        edit(site, sources={"size": {part: ahead}})
    edit(site, sources={"size": {part: localdate().isoformat()}})
    assert fresh(site).sources["size"][part] == localdate().isoformat()


@pytest.mark.parametrize("name", [spec.name for spec in FIELDS if spec.is_past])
def test_what_has_been_done_was_not_done_in_the_future(name: str) -> None:
    with pytest.raises(ValidationError, match="still ahead"):
        edit(make_site(), **{name: localdate() + timedelta(days=1)})


@pytest.mark.parametrize(("low", "high"), PAIRS)
def test_a_range_does_not_end_before_it_begins(low: str, high: str) -> None:
    kind = next(one for one in BY_NAME[low].kinds if one in BY_NAME[high].kinds)
    site = make_site(kind=kind, **{low: 5, high: 20})
    with pytest.raises(ValidationError, match="smaller than") as refused:
        edit(site, **{low: 21})
    assert list(refused.value.error_dict) == [high]
    edit(site, **{low: 20})


def test_a_range_from_before_the_rule_is_refused_at_submission_and_does_not_block_other_edits() -> None:
    site = make_site(kind="opportunity", reason_to_come={"en": "Why"}, return_measure="irr", return_low=5, return_high=8,
                     return_basis={"en": "How"}, sought=["equity"], opportunity_stage="planning")  # fmt: skip
    site.put("return_low", 20)
    site.save()
    edit(site, locality="Elsewhere")
    with pytest.raises(services.CannotChange, match="Expected return, to: This is smaller"):
        services.submit_site(site=site, by=None, now=NOW)


# What a record is published without


def test_what_a_record_lacks_is_confirmed_before_it_is_submitted(officer: User) -> None:
    site = make_site()
    lacks = services.without_at_publishing(site)
    assert {"geometry", "contact", "photos", "plan_use_code", "property_ids", "available_from", "next_review_on",
            "reason_to_come"} == set(lacks)  # fmt: skip
    with pytest.raises(services.NotConfirmed):
        services.submit_site(site=site, by=officer, now=NOW, confirmed=lacks[1:])
    services.submit_site(site=site, by=officer, now=NOW, confirmed=lacks)
    assert queries.history(site)[0].data["without"] == lacks


def test_what_was_said_to_be_unknown_is_not_asked_again() -> None:
    site = make_site(
        absent={"plan_use_code": "unknown"}, available_from=date(2026, 5, 1), next_review_on=date(2027, 1, 1)
    )
    assert not {"plan_use_code", "available_from", "next_review_on"} & set(
        services.without_at_publishing(site)
    )


def test_an_availability_that_is_not_known_is_confirmed_and_not_refused() -> None:
    site = make_site(availability="unknown")
    assert "availability" in services.without_at_publishing(site)
    assert services.submit_site(site=site, by=None, now=NOW).state == "submitted"


def test_an_import_that_submits_takes_the_gaps_as_said() -> None:
    make_region()
    kuhmo = make_municipality("kuhmo")
    values = {
        "name": {"en": "Plot"},
        "area_m2": 900,
        "absent": dict.fromkeys(("owner_kind", "tenure", "plan_state"), "unknown"),
    }
    wanted = Change(None, kuhmo, "plot", values)
    stored = store_many(
        [prepare(wanted, by=None, now=NOW, box=plausible_box())], by=None, now=NOW, submit=True
    )
    assert stored.submitted == stored.created
