"""The life of a record: edited by its municipality, reviewed and published by the coordinator."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import with_answers
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue import queries, services
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.messaging.models import Mail

pytestmark = pytest.mark.django_db
PLACE = {"type": "Point", "coordinates": [28.2, 64.2]}


@pytest.fixture
def officer() -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


@pytest.fixture
def coordinator() -> User:
    return make_person(Role.COORDINATOR)


def draft(by: User | None, **values: Any) -> Site:
    given = {
        "name": Translated(fi="Kantolan tontti", en="Kantola plot"),
        "availability": "available",
        **values,
    }
    return services.create_site(
        municipality=make_municipality("kuhmo"),
        kind="plot",
        values=with_answers("plot", given),
        by=by,
        now=NOW,
    )


def published(officer: User, coordinator: User, **values: Any) -> Site:
    site = services.submit_site(site=draft(officer, **values), by=officer, now=NOW)
    return services.publish_site(site=site, by=coordinator, now=NOW)


def test_codes_are_given_once_and_in_order(officer: User) -> None:
    codes = [draft(officer).code for _ in range(3)]
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003"]
    assert codes[0].startswith("TUU-")


def test_the_whole_way_to_the_public(officer: User, coordinator: User) -> None:
    site = published(officer, coordinator, area_m2=32_000)
    assert (site.state, site.published_version) == (SiteState.PUBLISHED, 1)
    assert [fact.type for fact in queries.history(site)] == [
        "catalogue.site.published", "catalogue.site.submitted", "catalogue.site.created",
    ]  # fmt: skip


def test_an_edit_of_a_public_record_stays_inside_until_it_is_published(
    officer: User, coordinator: User
) -> None:
    site = published(officer, coordinator, area_m2=32_000)
    edited = services.edit_site(
        site=site, values={"area_m2": 35_000}, by=officer, now=NOW, revision=site.revision
    )
    assert (edited.state, edited.published_version) == (SiteState.DRAFT, 1)
    assert queries.differences(edited) == [
        {"field": "area_m2", "group": "size", "before": 32_000.0, "after": 35_000.0}
    ]
    fact = Fact.objects.get(type="catalogue.site.edited")
    assert fact.changes == {"area_m2": [32_000.0, 35_000.0]}


def test_saving_without_a_change_records_nothing(officer: User, coordinator: User) -> None:
    site = published(officer, coordinator, area_m2=32_000)
    services.edit_site(site=site, values={"area_m2": 32_000}, by=officer, now=NOW, revision=site.revision)
    assert Site.objects.get().state == SiteState.PUBLISHED
    assert not Fact.objects.filter(type="catalogue.site.edited").exists()


def test_the_second_of_two_editors_is_told(officer: User) -> None:
    site = draft(officer)
    services.edit_site(site=site, values={"area_m2": 1}, by=officer, now=NOW, revision=site.revision)
    with pytest.raises(services.ChangedMeanwhile):
        services.edit_site(site=site, values={"area_m2": 2}, by=officer, now=NOW, revision=site.revision)
    assert Site.objects.get().area_m2 == 1


def test_a_record_under_review_rests(officer: User, coordinator: User) -> None:
    site = services.submit_site(site=draft(officer), by=officer, now=NOW)
    with pytest.raises(services.CannotChange, match="being reviewed"):
        services.edit_site(site=site, values={"area_m2": 1}, by=officer, now=NOW, revision=None)


def test_a_return_needs_words_and_gives_them_to_the_municipality(officer: User, coordinator: User) -> None:
    site = services.submit_site(site=draft(officer), by=officer, now=NOW)
    with pytest.raises(services.CannotChange):
        services.return_site(site=site, comment="  ", by=coordinator, now=NOW)
    returned = services.return_site(site=site, comment="Add the plan.", by=coordinator, now=NOW)
    assert (returned.state, returned.review_comment) == (SiteState.DRAFT, "Add the plan.")
    assert [waiting.why for waiting in queries.waiting_for(officer)] == ["returned"]


def test_only_the_coordinator_publishes(officer: User) -> None:
    site = services.submit_site(site=draft(officer), by=officer, now=NOW)
    with pytest.raises(PermissionDenied):
        services.publish_site(site=site, by=officer, now=NOW)


def test_another_municipality_may_not_touch_it(officer: User) -> None:
    site = draft(officer)
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    for change in (
        lambda: services.edit_site(site=site, values={"area_m2": 1}, by=stranger, now=NOW, revision=None),
        lambda: services.submit_site(site=site, by=stranger, now=NOW),
        lambda: draft(stranger),
    ):
        with pytest.raises(PermissionDenied):
            change()
    with pytest.raises(queries.NoSuchSite):
        queries.site_for(stranger, site.code)


def test_a_withdrawn_record_may_come_back_with_the_next_version(officer: User, coordinator: User) -> None:
    site = services.withdraw_site(site=published(officer, coordinator), by=officer, now=NOW)
    assert (site.state, site.published_version) == (SiteState.WITHDRAWN, 0)
    site = services.submit_site(site=site, by=officer, now=NOW)
    assert services.publish_site(site=site, by=coordinator, now=NOW).published_version == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"area_m2": -1}, "area_m2"),
        ({"area_m2": float("nan")}, "area_m2"),
        ({"price_eur_m2": "dear"}, "price_eur_m2"),
        ({"geometry": {"type": "Point", "coordinates": [64.2, 28.2]}}, "geometry"),
        ({"availability": "perhaps"}, "availability"),
        ({"plan_url": "javascript:alert(1)"}, "plan_url"),
        ({"description": {"fi": "x" * 1_000_000}}, "description"),
        ({"locality": "x" * 500}, "locality"),
        ({"name": {}}, "name"),
        ({"place_precision": "exact"}, "geometry"),
    ],
)
def test_a_wrong_value_is_refused_by_its_field(officer: User, values: dict[str, Any], field: str) -> None:
    site = draft(officer)
    with pytest.raises(ValidationError) as caught:
        services.edit_site(site=site, values=values, by=officer, now=NOW, revision=None)
    assert set(caught.value.message_dict) == {field}
    assert Site.objects.get().revision == site.revision


def test_centre_box_and_area_follow_from_the_shape(officer: User) -> None:
    ring = [[28.0, 64.0], [28.01, 64.0], [28.01, 64.01], [28.0, 64.01], [28.0, 64.0]]
    site = draft(officer, geometry={"type": "Polygon", "coordinates": [ring]}, place_precision="exact")
    assert (site.west, site.south, site.east, site.north) == (28.0, 64.0, 28.01, 64.01)
    assert site.geometry_area_m2 == pytest.approx(488 * 1115, rel=0.01)
    cleared = services.edit_site(
        site=site,
        values={"geometry": None, "place_precision": "municipality"},
        by=officer,
        now=NOW,
        revision=None,
    )
    assert (cleared.latitude, cleared.geometry_area_m2) == (None, None)


def test_the_missing_position_is_the_first_gap(officer: User) -> None:
    assert [spec.name for spec in queries.gaps(draft(officer))][:2] == ["geometry", "area_m2"]
    placed = draft(officer, geometry=PLACE, place_precision="settlement", area_m2=3)
    assert "geometry" not in [spec.name for spec in queries.gaps(placed)]


def test_the_database_itself_refuses_a_place_without_a_position(officer: User) -> None:
    site = draft(officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(place_precision="exact")


@pytest.mark.django_db(transaction=True)
def test_twenty_new_records_at_once_get_twenty_codes() -> None:
    make_region()
    municipality = make_municipality("kuhmo")
    failures: list[Exception] = []

    def create() -> None:
        try:
            services.create_site(
                municipality=municipality, kind="plot", values={"name": Translated(fi="x")}, by=None, now=NOW
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shows it
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=create) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(Site.objects.values_list("code", flat=True))) == 20


def test_each_step_is_told_by_mail_to_those_who_wait_for_it(officer: User, coordinator: User) -> None:
    site = services.submit_site(site=draft(officer), by=officer, now=NOW)
    services.return_site(site=site, comment="Add the plan.", by=coordinator, now=NOW)
    services.submit_site(site=site, by=officer, now=NOW)
    services.publish_site(site=site, by=coordinator, now=NOW)
    sent = list(Mail.objects.order_by("pk").values_list("template", "to"))
    assert sent == [
        ("site_submitted", coordinator.email),
        ("site_returned", officer.email),
        ("site_submitted", coordinator.email),
        ("site_published", officer.email),
    ]
    assert "Add the plan." in Mail.objects.get(template="site_returned").body
