"""Stewards: named, handed over, away, never nobody. Duties: kept by facts."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tests.collection.rounds_world import ANNUAL, Town, at, hand_in, make_coordinator, make_round
from tests.factories import make_municipality
from tests.factories.sites import make_site
from vetovoima.catalogue import services as catalogue
from vetovoima.collection.models import Duty, Stewardship
from vetovoima.collection.rounds import duties, queries, stewards
from vetovoima.collection.rounds.days import months_later
from vetovoima.common.fields import Translated

pytestmark = pytest.mark.django_db


def test_a_post_is_handed_over_but_never_left_empty() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    for steward, deputy in ((None, kuhmo.deputy), (kuhmo.steward, None), (None, None)):
        with pytest.raises(stewards.CannotNameSteward, match="always has a steward"):
            stewards.name_steward(
                municipality=kuhmo.municipality, steward=steward, deputy=deputy, by=kuhmo.steward, now=at(2)
            )
    with pytest.raises(ProtectedError):
        kuhmo.steward.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Stewardship.objects.filter(pk=post.pk).update(steward=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stewardship.objects.filter(pk=post.pk).update(deputy=kuhmo.steward)

    stewards.set_absence(
        stewardship=post, away_from=date(2026, 3, 1), away_until=date(2026, 3, 9), by=None, now=at(1)
    )
    post = stewards.name_steward(
        municipality=kuhmo.municipality,
        steward=kuhmo.deputy,
        deputy=kuhmo.steward,
        by=kuhmo.steward,
        now=at(2),
    )
    assert (post.steward, post.deputy, post.away_from) == (kuhmo.deputy, kuhmo.steward, None)


def test_only_people_of_the_town_keep_its_data_and_the_council_stands_in_for_one_person() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo", people=1), Town("paltamo")
    name = {"municipality": kuhmo.municipality, "by": coordinator, "now": at(2)}
    with pytest.raises(stewards.CannotNameSteward, match="Paltamo 1 is not a business officer"):
        stewards.name_steward(steward=paltamo.steward, deputy=kuhmo.steward, **name)
    with pytest.raises(stewards.CannotNameSteward, match="neither of this municipality"):
        stewards.name_steward(steward=kuhmo.steward, deputy=paltamo.steward, **name)
    with pytest.raises(stewards.CannotNameSteward, match="cannot stand in for themselves"):
        stewards.name_steward(steward=kuhmo.steward, deputy=kuhmo.steward, **name)
    post = stewards.name_steward(steward=kuhmo.steward, deputy=coordinator, **name)
    assert (post.steward, post.deputy) == (kuhmo.steward, coordinator)


def test_another_town_may_name_nobody_here() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    post = kuhmo.name_them()
    with pytest.raises(PermissionDenied):
        stewards.name_steward(
            municipality=kuhmo.municipality,
            steward=kuhmo.deputy,
            deputy=kuhmo.steward,
            by=paltamo.steward,
            now=at(2),
        )
    with pytest.raises(PermissionDenied):
        stewards.set_absence(stewardship=post, away_from=None, away_until=None, by=paltamo.steward, now=at(2))
    with pytest.raises(PermissionDenied):
        stewards.set_coach_mail(stewardship=post, is_wanted=False, by=paltamo.steward, now=at(2))


def test_two_who_name_at_once_the_second_is_told() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    both = {"municipality": kuhmo.municipality, "steward": kuhmo.deputy, "deputy": kuhmo.steward, "by": None}
    stewards.name_steward(**both, now=at(2), revision=post.revision)
    with pytest.raises(stewards.StewardsChangedMeanwhile):
        stewards.name_steward(**both, now=at(2), revision=post.revision)


def test_an_absence_has_both_days_in_order() -> None:
    post = Town("kuhmo").name_them()
    for first, last in ((date(2026, 3, 9), None), (date(2026, 3, 9), date(2026, 3, 8))):
        with pytest.raises(stewards.CannotSetAbsence):
            stewards.set_absence(stewardship=post, away_from=first, away_until=last, by=None, now=at(1))


def test_empty_posts_are_filled_by_the_first_officer() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo", people=1)
    make_municipality("sotkamo")
    filled = stewards.fill_empty_posts(at(2))
    assert [(one.municipality.slug, one.steward, one.deputy) for one in filled] == [
        ("kuhmo", kuhmo.people[0], kuhmo.people[1]), ("paltamo", paltamo.steward, coordinator),
    ]  # fmt: skip
    assert stewards.fill_empty_posts(at(3)) == []


def duty(measure: str, **values: object) -> Duty:
    """This will make a duty."""
    return Duty.objects.create(
        code=f"duty-{measure}-{Duty.objects.count()}", title=Translated(en=measure), measure=measure, **values
    )


def standing(town: Town, today: date = date(2026, 3, 10)) -> dict[str, tuple[str, date | None]]:
    """{measure: (state, due)} of a town."""
    row = queries.rows_for([town.municipality], today)[0]
    return {one.duty.measure: (str(one.state), one.due_on) for one in row.duties}


def test_duties_are_kept_by_facts() -> None:
    for one in ("steward", "verified", "complete", "published", "annual", "outlook", "hand"):
        duty(one, threshold=101 if one == "complete" else None)
    kuhmo = Town("kuhmo")
    assert standing(kuhmo) == {
        "steward": ("overdue", None), "verified": ("nothing", None), "complete": ("nothing", None),
        "published": ("soon", None), "annual": ("nothing", None), "outlook": ("nothing", None), "hand": ("soon", None),
    }  # fmt: skip

    kuhmo.name_them()
    hand_in(make_round(kuhmo), kuhmo, ANNUAL, now=at(5))
    make_site("kuhmo", state="published", area_m2=5000.0)  # on 10 March
    found = standing(kuhmo)
    assert (found["steward"], found["annual"]) == (("kept", None), ("kept", date(2027, 3, 5)))
    assert found["published"] == ("kept", date(2027, 3, 10))
    assert found["verified"][0] == "overdue"  # nobody has said when it was checked
    assert found["complete"] == ("overdue", None)


def test_the_duty_to_check_follows_the_days_of_checking() -> None:
    duty("verified", groups=["size"], rhythm_months=6)
    kuhmo, site = Town("kuhmo"), make_site("kuhmo", state="published", area_m2=5000.0)
    for day, expected in (
        ("2026-03-01", ("kept", date(2026, 9, 1))),
        ("2025-10-01", ("soon", date(2026, 4, 1))),
        ("2025-08-31", ("overdue", date(2026, 2, 28))),
    ):
        site = catalogue.edit_site(
            site=site, values={"sources": {"size": {"verified_on": day}}}, by=None, now=at(10), revision=None
        )
        assert standing(kuhmo)["verified"] == expected
    row = queries.rows_for([kuhmo.municipality], date(2026, 3, 10))[0]
    assert [one.code for one in row.duties[0].sites] == [site.code]


def test_by_hand_only_what_no_fact_tells() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    by_hand, computed = duty("hand", rhythm_months=6), duty("verified")
    done = {"municipality": kuhmo.municipality, "done_on": date(2026, 3, 1), "note": "", "now": at(10)}
    duties.mark_done(duty=by_hand, by=kuhmo.steward, **done)
    assert standing(kuhmo)["hand"] == ("kept", date(2026, 9, 1))
    with pytest.raises(duties.CannotMark):
        duties.mark_done(duty=computed, by=kuhmo.steward, **done)
    with pytest.raises(PermissionDenied):
        duties.mark_done(duty=by_hand, by=paltamo.steward, **done)
    with pytest.raises(ValidationError):
        duties.mark_done(duty=by_hand, by=kuhmo.steward, **{**done, "done_on": date(2026, 4, 1)})


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 31), 12, date(2026, 12, 31)),
        (date(2026, 1, 15), 11, date(2026, 12, 15)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


def test_the_boards_numbers() -> None:
    coordinator, kuhmo, paltamo = make_coordinator(), Town("kuhmo"), Town("paltamo")
    duty("steward")
    kuhmo.name_them()
    first = make_site("kuhmo", state="published", area_m2=5000.0)
    second = make_site("kuhmo", area_m2=100.0)
    catalogue.edit_site(
        site=first,
        values={"sources": {"size": {"verified_on": "2026-03-01"}}},
        by=None,
        now=at(10),
        revision=None,
    )
    make_round(kuhmo)
    from vetovoima.catalogue.models import Site
    from vetovoima.catalogue.queries import gaps

    rows = {row.municipality.slug: row for row in queries.board(coordinator, date(2026, 3, 10))}
    row = rows["kuhmo"]
    stored = [Site.objects.get(pk=one.pk) for one in (first, second)]
    assert row.completeness == sum(one.completeness for one in stored) / 2
    assert row.gaps == sum(len(gaps(one)) for one in stored)
    held = duties.held_freshness(Site.objects.get(pk=first.pk), date(2026, 3, 10))
    assert "size" in held
    assert row.freshness == round(100 / len(held), 1)
    assert (row.records, row.unanswered, row.worst_duty) == (2, 1, "kept")
    empty = rows["paltamo"]
    assert (empty.records, empty.completeness, empty.freshness, empty.worst_duty) == (
        0,
        None,
        None,
        "overdue",
    )
    assert [one.municipality.slug for one in queries.board(paltamo.steward, date(2026, 3, 10))] == ["paltamo"]
