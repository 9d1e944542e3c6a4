"""Many rows in few statements: the same in the database as Django's own way, each with its key."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import NOW, make_region
from tests.factories.sites import make_site
from vetovoima.activity.models import Fact
from vetovoima.catalogue.bulk import WRITTEN
from vetovoima.catalogue.models import Site
from vetovoima.common import inserting
from vetovoima.common.inserting import insert_many

pytestmark = pytest.mark.django_db


def facts(count: int) -> list[Fact]:
    told: list[Any] = [{}, {"a": 1}, {"a": True, "ä": [None, "%s"]}]
    return [
        Fact(type="t", at=NOW, kind="k", code=f"c{one}", changes={}, data=told[one % 3])
        for one in range(count)
    ]


def rows(model: Any) -> list[dict[str, Any]]:
    return [{**one, "id": 0} for one in model.objects.order_by("pk").values()]


def test_what_is_written_is_what_bulk_create_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    Fact.objects.bulk_create(facts(7))
    wanted = rows(Fact)
    Fact.objects.all().delete()
    monkeypatch.setattr(inserting, "MOST_VALUES", 25)  # two rows in a statement
    made = facts(7)
    insert_many(made)
    assert rows(Fact) == wanted
    assert [Fact.objects.get(pk=one.pk).code for one in made] == [one.code for one in made]
    assert not any(one._state.adding for one in made)


def test_rows_that_are_there_are_written_anew_in_the_named_columns_alone() -> None:
    make_region()
    first, second = make_site("kuhmo"), make_site("kuhmo")
    first.locality, first.absent, first.code = "Keskusta", {"area_m2": "unknown"}, "NOT-WRITTEN"
    insert_many([first], or_update=WRITTEN)
    kept = Site.objects.get(pk=first.pk)
    assert (kept.locality, kept.absent) == ("Keskusta", {"area_m2": "unknown"})
    assert kept.code != "NOT-WRITTEN"
    assert (Site.objects.count(), Site.objects.get(pk=second.pk).locality) == (2, second.locality)


def test_nothing_is_written_of_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        insert_many([])
