"""The weekly coach: the right three gaps, with their reasons, in three languages."""

from __future__ import annotations

from datetime import date

import pytest

from tests.collection.rounds_world import Town, at, letters
from tests.factories.sites import make_site
from vetovoima.catalogue import quality
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.reasons import REASONS, reason_for
from vetovoima.catalogue.registry import BY_NAME, GROUPS
from vetovoima.collection.models import Stewardship
from vetovoima.collection.rounds import stewards
from vetovoima.collection.rounds.coach import STEP_POINTS, best_gaps, coached_sites, send_coach_mails

pytestmark = pytest.mark.django_db
MONDAY = at(16, 7)


def test_the_three_are_those_worth_most_over_all_records() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    make_site("kuhmo", state="published", area_m2=5000.0)
    make_site("kuhmo", kind="premises")
    gaps = best_gaps(coached_sites(post), date(2026, 3, 16))
    assert len(gaps) == 3

    every = []
    for site in coached_sites(post):
        step = next(one for one in quality.readiness(site, date(2026, 3, 16)).steps if not one.is_met)
        for one in quality.completeness(site).missing:
            alone = step.missing == [str(one.spec.label)]
            every.append(one.points + (STEP_POINTS if alone else 0))
    assert [gap.worth for gap in gaps] == sorted(every, reverse=True)[:3]


def test_a_field_that_alone_unlocks_the_next_step_goes_first() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    site = make_site("kuhmo", state="published", area_m2=5000.0)
    step = next(one for one in quality.readiness(site, date(2026, 3, 16)).steps if not one.is_met)
    gaps = best_gaps(coached_sites(post), date(2026, 3, 16), limit=100)
    named = {str(gap.spec.label): gap for gap in gaps if gap.unlocks or gap.needed_for}
    assert set(named) <= set(step.missing)
    assert named
    for gap in named.values():
        assert (gap.unlocks is not None) == (len(step.missing) == 1)
        level, name = gap.unlocks or gap.needed_for or (0, "")
        assert (level, name) == (step.level, step.label)
    worths = [gap.worth for gap in gaps]
    assert worths == sorted(worths, reverse=True)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "sijoittajalle arvokkaimmat"),
        ("en", "worth most to an investor"),
        ("sv", "mest värt för en investerare"),
    ],
)
def test_the_mail_names_each_gap_with_its_link_in_the_readers_language(language: str, words: str) -> None:
    kuhmo = Town("kuhmo", language=language)
    post = kuhmo.name_them()
    site = make_site("kuhmo", area_m2=5000.0)
    assert send_coach_mails(MONDAY) == 1
    letter = letters("coach")[0]
    assert (letter.to, letter.language) == ("kuhmo1@town.example", language)
    assert words in letter.body
    for gap in best_gaps(coached_sites(post), date(2026, 3, 16)):
        assert f"/desk/sites/{site.code}/edit/#{gap.spec.group}" in letter.body
    assert letter.body.count("/edit/#") == 3


def test_once_a_week_and_not_to_whom_it_says_nothing() -> None:
    kuhmo, paltamo = Town("kuhmo"), Town("paltamo")
    kuhmo.name_them()
    paltamo.name_them()
    make_site("kuhmo", area_m2=5000.0)
    make_site("paltamo", area_m2=5000.0)
    Site.objects.filter(municipality=paltamo.municipality).update(is_example=True)
    assert send_coach_mails(MONDAY) == 1
    send_coach_mails(at(18))
    assert [one.to for one in letters("coach")] == ["kuhmo1@town.example"]
    send_coach_mails(at(23, 7))
    assert len(letters("coach")) == 2


def test_it_can_be_switched_off_and_follows_the_absence() -> None:
    kuhmo = Town("kuhmo")
    post = kuhmo.name_them()
    make_site("kuhmo", area_m2=5000.0)
    stewards.set_coach_mail(stewardship=post, is_wanted=False, by=kuhmo.steward, now=at(2))
    assert send_coach_mails(MONDAY) == 0
    stewards.set_coach_mail(stewardship=post, is_wanted=True, by=kuhmo.steward, now=at(2))
    post = Stewardship.objects.get()
    stewards.set_absence(
        stewardship=post, away_from=date(2026, 3, 16), away_until=date(2026, 3, 20), by=None, now=at(10)
    )
    assert send_coach_mails(MONDAY) == 1
    assert [one.to for one in letters("coach")] == ["kuhmo2@town.example"]
    assert "because Kuhmo 1, the steward" in letters("coach")[0].body


def test_a_withdrawn_record_is_not_coached() -> None:
    kuhmo = Town("kuhmo")
    kuhmo.name_them()
    site = make_site("kuhmo", state="published", area_m2=5000.0)
    Site.objects.filter(pk=site.pk).update(state="withdrawn")
    assert send_coach_mails(MONDAY) == 0


def test_a_field_that_a_step_wants_by_its_value_or_a_document_is_known_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Town("kuhmo")
    today = date(2026, 3, 16)
    site = make_site("kuhmo", state="published")
    steps = quality.readiness(site, today).steps
    wanted = {"plan_state": 3, "geotechnical_state": 4}  # by its value; by its value or a document
    for name, level in wanted.items():
        step = next(one for one in steps if one.level == level)
        assert name in step.lacks
        assert str(BY_NAME[name].label) not in step.missing
        # as if the steps below were climbed
        monkeypatch.setattr(
            quality, "readiness", lambda *_given, step=step: quality.Readiness(0, step.name, [step])
        )
        gap = next(one for one in best_gaps([site], today, limit=200) if one.spec.name == name)
        assert (gap.needed_for or gap.unlocks) == (level, step.label)
        assert any(f"readiness {level}, {step.label}" in reason for reason in gap.reasons("en"))


def test_why_is_the_reason_of_the_field_or_of_its_group() -> None:
    given = quality._rules("completeness")["why"]
    assert set(given["groups"]) == {one.name for one in GROUPS}
    assert set(given["fields"]) <= set(BY_NAME)
    assert {*given["groups"].values(), *given["fields"].values()} <= set(REASONS)
    assert set(REASONS) <= {*given["groups"].values(), *given["fields"].values(), "any"}
    said = {
        name: reason_for(BY_NAME[name], given)
        for name in ("free_capacity_mw", "feed_count", "road_distance_km")
    }
    assert said["free_capacity_mw"].startswith("Energy-intensive industry asks this first")
    assert len(set(said.values())) == 3
