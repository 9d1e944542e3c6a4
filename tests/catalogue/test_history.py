"""Going back: what it would change is told before, and is then what it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import NOW, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.previews import preview_restore, preview_undo, versions
from vetovoima.catalogue.tasks import publish_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def edit(site: Site, by: User | None, **values: Any) -> Fact:
    services.edit_site(site=site, values=values, by=by, now=NOW, revision=None)
    return Fact.objects.filter(type="catalogue.site.edited").latest("pk")


def fresh(site: Site) -> Site:
    return Site.objects.get(pk=site.pk)


def changed(differences: Any) -> dict[str, tuple[Any, Any]]:
    return {one["field"]: (one["before"], one["after"]) for one in differences}


def test_undoing_does_what_its_preview_said_and_leaves_what_was_changed_again(officer: User) -> None:
    site = make_site(area_m2=10, locality="Kantola", tenure="sale")
    first = edit(site, officer, area_m2=20, locality="Keskusta", tenure="lease")
    edit(fresh(site), officer, locality="Satama")
    preview = preview_undo(fresh(site), first.pk)
    assert preview is not None
    assert changed(preview.changes) == {"area_m2": (20, 10), "tenure": ("lease", "sale")}
    assert changed(preview.stays) == {"locality": ("Satama", "Kantola")}
    undone = services.undo_edit(site=site, fact_id=first.pk, by=officer, now=NOW)
    assert (undone.area_m2, undone.locality, undone.tenure) == (10, "Satama", "sale")


def test_an_undo_can_be_undone(officer: User) -> None:
    site = make_site(area_m2=10)
    services.undo_edit(site=site, fact_id=edit(site, officer, area_m2=20).pk, by=officer, now=NOW)
    undo = Fact.objects.get(type="catalogue.site.undone")
    services.undo_edit(site=site, fact_id=undo.pk, by=officer, now=NOW)
    assert fresh(site).area_m2 == 20


def test_a_reason_why_there_is_no_value_is_undone_too(officer: User) -> None:
    site = make_site(grid_company="Verkko")
    fact = edit(site, officer, absent={"grid_company": "not_studied"})
    preview = preview_undo(fresh(site), fact.pk)
    assert preview is not None
    assert changed(preview.changes) == {"grid_company": ({"absent": "not_studied"}, "Verkko")}
    services.undo_edit(site=site, fact_id=fact.pk, by=officer, now=NOW)
    assert (fresh(site).grid_company, fresh(site).absent.get("grid_company")) == ("Verkko", None)


def test_a_change_of_another_record_is_none_of_this_one(officer: User) -> None:
    other = edit(make_site(), officer, area_m2=20)
    assert preview_undo(make_site(), other.pk) is None


def test_restoring_does_what_its_preview_said_and_brings_the_whole_version_back(officer: User) -> None:
    site = make_site(state="published", area_m2=10, locality="Kantola", profiles=["data_centre"])
    published = snapshot(fresh(site))
    edit(fresh(site), officer, area_m2=20, locality="", internal_note="ours", profiles=[])
    preview = preview_restore(fresh(site), 1)
    assert preview is not None and [one.number for one in versions(site)] == [1]
    assert changed(preview.changes) == {
        "area_m2": (20, 10),
        "locality": (None, "Kantola"),
        "internal_note": ("ours", None),
        "profiles": ([], ["data_centre"]),
    }
    services.restore_version(site=site, number=1, by=officer, now=NOW)
    assert snapshot(fresh(site)) == published
    assert fresh(site).state == SiteState.DRAFT, "what is public stays until it is published again"
    restored = preview_restore(fresh(site), 1)
    assert restored is not None and restored.changes == []


def test_there_is_no_version_that_was_not_published() -> None:
    assert preview_restore(make_site(), 1) is None


def test_a_record_is_published_at_the_time_asked_for_and_not_before() -> None:
    make_region()
    site, coordinator = make_site(state="submitted"), make_person(Role.COORDINATOR)
    at = NOW + timedelta(hours=2)
    services.schedule_publishing(site=site, at=at, by=coordinator, now=NOW)
    publish_due(at - timedelta(seconds=1))
    assert fresh(site).published_version == 0
    publish_due(at)
    publish_due(at + timedelta(minutes=1))
    assert (fresh(site).published_version, fresh(site).publish_at) == (1, None)
    assert queries.history(site)[0].actor == coordinator


def test_a_cancelled_publishing_does_not_happen() -> None:
    make_region()
    site, coordinator = make_site(state="submitted"), make_person(Role.COORDINATOR)
    services.schedule_publishing(site=site, at=NOW + timedelta(hours=2), by=coordinator, now=NOW)
    services.cancel_scheduled(site=site, by=coordinator, now=NOW)
    publish_due(NOW + timedelta(days=1))
    assert (fresh(site).published_version, fresh(site).state) == (0, SiteState.SUBMITTED)


def test_whoever_may_not_publish_any_more_publishes_nothing_later() -> None:
    make_region()
    site, coordinator = make_site(state="submitted"), make_person(Role.COORDINATOR)
    services.schedule_publishing(site=site, at=NOW + timedelta(hours=2), by=coordinator, now=NOW)
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    publish_due(NOW + timedelta(days=1))
    assert (fresh(site).published_version, fresh(site).publish_at) == (0, None)
    assert queries.history(site)[0].type == "catalogue.site.unscheduled"


def test_every_fact_of_a_record_raises_its_revision(officer: User) -> None:
    """The merge of two editors counts on it: the newest facts are what happened since somebody opened the form."""
    site, coordinator = make_site(), make_person(Role.COORDINATOR)
    edit(site, officer, area_m2=1)
    site = services.submit_site(site=fresh(site), by=officer, now=NOW)
    services.schedule_publishing(site=site, at=NOW + timedelta(hours=2), by=coordinator, now=NOW)
    services.cancel_scheduled(site=site, by=coordinator, now=NOW)
    services.return_site(site=site, comment="More.", by=coordinator, now=NOW)
    assert fresh(site).revision == queries.history(site).count()
