"""Thousands of records at once: all of them or none, and nobody's later change is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOW, make_municipality, make_person
from tests.factories.sites import make_site, with_answers
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.catalogue import bulk, queries, services
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.reference.queries import plausible_box

pytestmark = pytest.mark.django_db


def wanted(number: int, site: Site | None = None, **values: Any) -> bulk.Change:
    given = {
        "name": Translated(fi=f"Tontti {number}"),
        "area_m2": 1000.0 * number,
        "soil_type": "hiekka",
        **values,
    }
    return bulk.Change(site, make_municipality("kuhmo"), "plot", with_answers("plot", given))


def prepared(*changes: bulk.Change, by: Any = None) -> list[bulk.Prepared]:
    return [bulk.prepare(one, by=by, now=NOW, box=plausible_box()) for one in changes]


def loaded(site: Site) -> Site:
    return Site.objects.complete().get(pk=site.pk)


def test_new_and_changed_records_are_written_with_a_fact_each() -> None:
    old = make_site(area_m2=500.0, soil_type="savi")
    stored = bulk.store_many(prepared(wanted(1), wanted(2), wanted(3, loaded(old))), by=None, now=NOW)

    assert [code[-4:] for code in stored.created] == ["0002", "0003"]
    assert stored.changed == [old.code]
    fresh = loaded(old)
    assert (fresh.area_m2, fresh.value("soil_type"), fresh.revision) == (3000.0, "hiekka", old.revision + 1)
    fact = Fact.objects.get(type="catalogue.site.imported", code=old.code)
    assert fact.changes["soil_type"] == ["savi", "hiekka"]
    assert [one.type for one in Fact.objects.filter(code__in=stored.created)] == [
        "catalogue.site.created"
    ] * 2


def test_one_that_somebody_changed_meanwhile_stops_all() -> None:
    old = make_site()
    ready = prepared(wanted(1), wanted(2, loaded(old)))
    services.edit_site(site=old, values={"locality": "Kylä"}, by=None, now=NOW, revision=None)

    with pytest.raises(services.ChangedMeanwhile):
        bulk.store_many(ready, by=None, now=NOW)
    assert Site.objects.count() == 1
    assert loaded(old).area_m2 is None


def test_unchanged_records_are_left_alone() -> None:
    old = make_site(area_m2=1000.0)
    ready = prepared(bulk.Change(loaded(old), old.municipality, "plot", {"area_m2": 1000.0}))

    stored = bulk.store_many(ready, by=None, now=NOW)
    assert (stored.created, stored.changed) == ([], [])
    assert loaded(old).revision == old.revision


def test_only_what_leaves_nothing_mandatory_open_goes_to_review() -> None:
    open_one = bulk.Change(None, make_municipality("kuhmo"), "plot", {"name": Translated(fi="Avoin")})
    stored = bulk.store_many(prepared(wanted(1), open_one), by=None, now=NOW, submit=True)

    assert len(stored.submitted) == 1
    assert list(stored.unanswered.values()) == [["area_m2", "owner_kind", "tenure", "plan_state"]]


def test_an_officer_prepares_only_their_own_municipality() -> None:
    make_site()
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    with pytest.raises(PermissionDenied):
        prepared(wanted(1), by=stranger)
    with pytest.raises(PermissionDenied):
        prepared(wanted(1, Site.objects.complete().get()), by=stranger)


def test_all_errors_of_a_record_come_at_once() -> None:
    make_site()
    with pytest.raises(ValidationError) as caught:
        prepared(wanted(1, area_m2="plenty", clear_height_m=5, plan_state="nowhere"))
    assert set(caught.value.message_dict) == {"area_m2", "plan_state"}


def test_writing_takes_few_statements(django_assert_max_num_queries: Any) -> None:
    make_site()
    ready = prepared(*(wanted(number) for number in range(1, 101)))
    with django_assert_max_num_queries(25):
        bulk.store_many(ready, by=None, now=NOW)
    assert queries.sites_for(make_person(Role.COORDINATOR)).count() == 101
