"""The self-assessment of a municipality, what the system sees beside it, and the development plan."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_municipality, make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue import quality
from vetovoima.common.fields import LANGUAGES
from vetovoima.cooperation.keeping import CannotChange
from vetovoima.cooperation.models import Assessment, PlanAction
from vetovoima.cooperation.readiness import queries, services
from vetovoima.cooperation.readiness.checklist import GROUPS, ITEMS
from vetovoima.cooperation.readiness.measures import MEASURES, Observed

TODAY = NOW.date()
NOBODY = Observed(has_steward=False, has_deputy=False, duties=0, overdue=0)


@pytest.fixture
def kuhmo(db):
    make_region()
    return make_municipality("kuhmo")


@pytest.fixture
def officer(kuhmo):
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def assess(municipality, levels, *, year=2026, by=None, **values):
    answers = {code: {"level": level, "evidence": f"because {code}"} for code, level in levels.items()}
    return services.save_assessment(
        municipality=municipality, year=year, answers=answers, by=by, now=NOW, **values
    )


def test_the_checklist_is_whole_in_each_language():
    assert 15 <= len(ITEMS) <= 20
    assert len(ITEMS) == sum(len(group.items) for group in GROUPS)
    for item in ITEMS.values():
        assert {text.languages for text in (item.title, *item.levels)} == {LANGUAGES}, item.code
        assert len({text["fi"] for text in item.levels}) == 4, item.code
    assert {item.measure.name for item in ITEMS.values() if item.measure} == set(MEASURES)


def test_the_score_counts_every_item_and_an_empty_one_gives_no_point(kuhmo):
    whole = assess(kuhmo, dict.fromkeys(ITEMS, 3), year=2025)
    half = assess(kuhmo, dict.fromkeys(list(ITEMS)[:1], 3))

    assert (queries.score(whole), queries.score(half), queries.score(None)) == (
        100,
        round(100 / len(ITEMS)),
        None,
    )


def test_it_is_finished_when_each_item_has_a_level_and_then_it_stays(kuhmo):
    found = assess(kuhmo, {"steward": 2})
    with pytest.raises(CannotChange, match="no level yet"):
        services.finish_assessment(assessment=found, by=None, now=NOW)

    found = services.finish_assessment(assessment=assess(kuhmo, dict.fromkeys(ITEMS, 1)), by=None, now=NOW)

    assert found.finished_on == TODAY
    with pytest.raises(CannotChange, match="finished"):
        assess(kuhmo, {"steward": 3})


def test_this_years_is_reopened_and_an_earlier_years_is_not(kuhmo):
    council = make_person(Role.COORDINATOR)
    for year in (2025, 2026):
        services.finish_assessment(
            assessment=assess(kuhmo, dict.fromkeys(ITEMS, 1), year=year), by=None, now=NOW
        )

    services.reopen_assessment(assessment=Assessment.objects.get(year=2026), by=council, now=NOW)

    assert Assessment.objects.get(year=2026).finished_on is None
    with pytest.raises(CannotChange):
        services.reopen_assessment(assessment=Assessment.objects.get(year=2025), by=council, now=NOW)


@pytest.mark.parametrize("answers", [{"nonsense": {"level": 1}}, {"steward": {"level": 4}}])
def test_what_the_checklist_does_not_have_is_refused(kuhmo, answers):
    with pytest.raises(ValidationError):
        services.save_assessment(municipality=kuhmo, year=2026, answers=answers, by=None, now=NOW)


def test_others_neither_write_nor_see_it(kuhmo):
    assess(kuhmo, {"steward": 1})
    stranger = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")

    with pytest.raises(CannotChange):
        assess(kuhmo, {"steward": 2}, by=stranger)
    assert queries.assessments(stranger, kuhmo) == []
    assert [one.municipality.slug for one in queries.standings(stranger, TODAY)] == ["paltamo"]
    assert queries.standings(make_person(Role.BOARD_MEMBER), TODAY) == []


def test_lines_show_the_change_since_last_year(kuhmo, officer):
    before = assess(kuhmo, {"steward": 1}, year=2025)
    now = assess(kuhmo, {"steward": 3})

    line = queries.lines(now, before, {})[0].lines[0]

    assert (line.item.code, line.level, line.before, line.change, line.evidence) == (
        "steward", 3, 1, 2, "because steward",
    )  # fmt: skip


def test_the_system_measures_what_it_can_see(kuhmo, officer):
    sites = [make_site(municipality="kuhmo"), make_site(municipality="kuhmo")]
    kept = Observed(has_steward=True, has_deputy=True, duties=4, overdue=1)

    seen = queries.measured(officer, kuhmo, kept, TODAY)

    ready = sum(quality.readiness_level(site, TODAY) >= 3 for site in sites)
    assert seen["steward"].level == 2
    assert (seen["duties"].level, seen["duties"].words) == (1, "3 of 4 duties are kept")
    assert seen["records-ready"].words == f"{ready} of 2 records are at readiness 3 or above"
    assert seen["emphasis"].level == 0
    middle = round(median(quality.completeness(site).percent for site in sites))
    assert seen["completeness"].words == f"median completeness {middle} %"
    assert "working-time" not in seen


def test_without_records_there_is_nothing_to_measure_and_that_is_no_zero(kuhmo, officer):
    example = make_site(municipality="kuhmo")
    type(example).objects.filter(pk=example.pk).update(is_example=True)

    seen = queries.measured(officer, kuhmo, NOBODY, TODAY)

    assert {
        code: seen[code] for code in ("records-ready", "completeness", "freshness", "duties")
    } == dict.fromkeys(("records-ready", "completeness", "freshness", "duties"))
    assert seen["steward"].level == 0


def act(municipality, **values):
    given = {
        "item": "visits", "action": "Make a programme", "responsible": "Olli", "due_on": TODAY - timedelta(days=1),
        **values,
    }  # fmt: skip
    return services.add_action(municipality=municipality, values=given, by=None, now=NOW)


def test_an_action_is_late_until_it_is_done(kuhmo, officer):
    action = act(kuhmo)
    assert action.is_late(TODAY)

    done = services.edit_action(action=action, values={"state": "done"}, by=officer, now=NOW)

    assert (done.is_late(TODAY), done.closed_on) == (False, TODAY)
    again = services.edit_action(action=done, values={"state": "open"}, by=officer, now=NOW)
    assert again.closed_on is None


def test_what_is_dropped_says_why(kuhmo, officer):
    action = act(kuhmo)

    with pytest.raises(ValidationError) as refused:
        services.edit_action(action=action, values={"state": "dropped"}, by=officer, now=NOW)
    assert list(refused.value.message_dict) == ["reason"]
    services.edit_action(
        action=action, values={"state": "dropped", "reason": "Done with the neighbour"}, by=officer, now=NOW
    )
    assert PlanAction.objects.get().reason == "Done with the neighbour"


def test_an_action_improves_an_item_of_the_checklist(kuhmo):
    with pytest.raises(ValidationError):
        act(kuhmo, item="nonsense")


def test_the_coordinator_sees_where_each_municipality_stands(kuhmo):
    make_municipality("paltamo")
    assess(kuhmo, dict.fromkeys(ITEMS, 1), year=2025)
    assess(kuhmo, dict.fromkeys(ITEMS, 2))
    act(kuhmo)
    act(kuhmo, state="done", due_on=date(2026, 12, 1))

    rows = {one.municipality.slug: one for one in queries.standings(make_person(Role.COORDINATOR), TODAY)}

    found = rows["kuhmo"]
    assert (found.score, found.change, found.live, found.late, found.done) == (67, 34, 1, 1, 1)
    assert (rows["paltamo"].score, rows["paltamo"].approved, rows["paltamo"].live) == (None, None, 0)
