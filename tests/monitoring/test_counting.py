"""The meter's arithmetic, rule by rule, on rows that never see a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from vetovoima.common.fields import Translated
from vetovoima.monitoring.counting import Rule, Verdict, add_up, judge, progress_of, share_of, totals_of
from vetovoima.monitoring.enums import ALL_SCOPES, CLOSED, PATH, PIPELINE, REALISED, SECURED, Reason, Stage
from vetovoima.monitoring.models import Investment, Target

MILLION = 1_000_000
RULE = Rule("industrial", date(2022, 1, 1), date(2025, 12, 31))
_keys = count(1)


def row(code: str = "mill", **fields) -> Investment:
    """This will make a row that counts as secured unless told otherwise: industrial, decided in 2023, 10 million."""
    given = {
        "scope": "industrial",
        "stage": "decided",
        "decided": "2023-05",
        "amount_eur": 10 * MILLION,
        **fields,
    }
    return Investment(pk=next(_keys), code=code, company="Company", project=Translated(en=code), **given)


def one(*, rule: Rule = RULE, **fields) -> Verdict:
    """This will judge one row alone."""
    return judge([row(**fields)], rule)[0]


def part(whole: Investment, code: str, **fields) -> Investment:
    """This will make a row that lies in another."""
    return row(code, part_of_id=whole.pk, **fields)


def sums(*rows: Investment, rule: Rule = RULE) -> tuple[int, int]:
    """This will return (secured, pipeline) in millions."""
    totals = totals_of(judge(rows, rule), 100 * MILLION)
    return totals.secured.amount // MILLION, totals.pipeline.amount // MILLION


# ------------------------------------------------------------------------------------------------------ rule 1: amounts


def test_a_known_amount_counts_as_it_is():
    verdict = one(amount_eur=900 * MILLION, amount_min_eur=800 * MILLION, amount_max_eur=950 * MILLION)

    assert (verdict.low, verdict.high, verdict.reasons) == (900 * MILLION, 900 * MILLION, ())


def test_of_a_range_the_lower_end_counts_and_the_whole_is_shown():
    verdicts = judge([row(amount_eur=None, amount_min_eur=150, amount_max_eur=200), row(amount_eur=10)], RULE)

    total = totals_of(verdicts, 1000).secured

    assert (total.amount, total.low, total.high, total.is_range) == (160, 160, 210, True)


@pytest.mark.parametrize(("low", "high", "expected"), [(5, None, (5, 5)), (None, 7, (0, 7)), (0, 0, (0, 0))])
def test_a_range_with_one_end(low, high, expected):
    verdict = one(amount_eur=None, amount_min_eur=low, amount_max_eur=high)

    assert (verdict.low, verdict.high) == expected
    assert verdict.counts


def test_an_unknown_amount_does_not_count():
    assert one(amount_eur=None).reasons == (Reason.AMOUNT_UNKNOWN,)


def test_a_grant_is_not_an_amount_of_an_investment():
    verdict = one(amount_eur=None, public_support_eur=1_900_000)

    assert verdict.reasons == (Reason.GRANT_ONLY,)
    assert (verdict.low, verdict.high) == (0, 0)


# ------------------------------------------------------------------------------------------------------- rule 2: stages


def test_every_stage_is_in_exactly_one_group():
    assert sorted([*PIPELINE, *SECURED, *CLOSED]) == sorted(Stage)
    assert set(REALISED) < set(SECURED)
    assert PATH == ("completed", "construction", "decided", "permitted", "planning", "prestudy", "idea")


@pytest.mark.parametrize("stage", SECURED)
def test_decided_built_and_completed_are_secured(stage):
    assert sums(row(stage=stage)) == (10, 0)


@pytest.mark.parametrize("stage", PIPELINE)
def test_what_is_not_decided_could_come_and_is_never_secured(stage):
    assert sums(row(stage=stage, decided="")) == (0, 10)


def test_only_completed_is_realised_and_it_is_a_part_of_secured():
    totals = totals_of(
        judge([row("a", stage="completed"), row("b", stage="construction")], RULE), 100 * MILLION
    )

    assert totals.realised.codes == ("a",)
    assert totals.secured.codes == ("a", "b")
    assert totals.stage("construction").amount == 10 * MILLION
    assert totals.stage("idea").rows == 0


@pytest.mark.parametrize(("stage", "reason"), [("paused", Reason.PAUSED), ("cancelled", Reason.CANCELLED)])
def test_paused_and_cancelled_count_in_neither(stage, reason):
    rows = [row(stage=stage)]

    assert judge(rows, RULE)[0].reasons == (reason,)
    assert sums(*rows) == (0, 0)


# ------------------------------------------------------------------------------------------------------- rule 3: period


@pytest.mark.parametrize("decided", ["2022", "2022-01-01", "2025-12-31", "2025-12", "2025", "2023-05-09"])
def test_a_decision_in_the_period_counts(decided):
    assert one(decided=decided).counts


@pytest.mark.parametrize("decided", ["2021", "2021-12-31", "2026-01-01", "2018-10"])
def test_a_decision_outside_the_period_does_not_count(decided):
    assert one(decided=decided).reasons == (Reason.OUTSIDE_PERIOD,)


def test_the_decision_settles_it_also_when_the_plant_was_completed_in_the_period():
    assert one(stage="completed", decided="2018-10", completed="2023").reasons == (Reason.OUTSIDE_PERIOD,)


def test_completion_stands_in_when_the_decision_is_not_dated():
    assert one(stage="completed", decided="", completed="2024-06").counts
    assert one(stage="completed", decided="", completed="2005").reasons == (Reason.OUTSIDE_PERIOD,)


def test_a_planned_completion_does_not_stand_in():
    assert one(stage="construction", decided="", completed="2025").reasons == (Reason.NO_DATE,)


@pytest.mark.parametrize("stage", SECURED)
def test_without_the_date_it_does_not_count(stage):
    assert one(stage=stage, decided="", completed="").reasons == (Reason.NO_DATE,)


def test_a_date_too_rough_for_the_period_does_not_count():
    rule = Rule("industrial", date(2022, 7, 1), date(2025, 12, 31))

    assert one(decided="2022", rule=rule).reasons == (Reason.DATE_TOO_ROUGH,)
    assert one(decided="2022-06", rule=rule).reasons == (Reason.OUTSIDE_PERIOD,)
    assert one(decided="2022-07", rule=rule).counts


def test_a_plant_that_ran_and_was_closed_stays_where_its_decision_put_it():
    assert one(stage="completed", decided="2022", completed="2023", ended_on="2025").counts


# ----------------------------------------------------------------------------------------------------- rule 4: pipeline


@pytest.mark.parametrize("announced", ["", "1999", "2030"])
def test_the_pipeline_is_shown_whatever_its_dates(announced):
    assert sums(row(stage="permitted", decided="", announced=announced)) == (0, 10)


# -------------------------------------------------------------------------------------------------- rule 5: double count


def test_a_part_does_not_add_to_its_whole():
    whole = row("campus", amount_eur=250 * MILLION)
    building = part(whole, "building", stage="construction", amount_eur=54 * MILLION)

    verdicts = judge([whole, building], RULE)

    assert [verdict.counts for verdict in verdicts] == [True, False]
    assert (verdicts[1].reasons, verdicts[1].inside) == ((Reason.CONTAINED,), "campus")
    assert sums(whole, building) == (250, 0)


def test_the_order_of_the_rows_does_not_matter():
    whole = row("campus")
    building = part(whole, "building")

    assert sums(building, whole) == sums(whole, building) == (10, 0)


@pytest.mark.parametrize(
    "whole_is",
    [
        {"stage": "cancelled"},
        {"amount_eur": None},
        {"shared_with_other_region": True},
        {"scope": "tourism"},
        {"decided": "2010"},
        {"uncounted_reason": Translated(en="An expectation, not a decision.")},
    ],
)
def test_when_the_whole_does_not_count_the_part_stands_for_itself(whole_is):
    whole = row("slope", **{"amount_eur": 250 * MILLION, **whole_is})
    hotel = part(whole, "hotel", amount_eur=5 * MILLION)

    assert sums(whole, hotel) == (5, 0)


def test_a_decided_part_of_an_undecided_whole_is_taken_off_the_whole():
    whole = row(
        "slope", stage="planning", decided="", amount_eur=None, amount_min_eur=250, amount_max_eur=300
    )
    hotel = part(whole, "hotel", amount_eur=None, amount_min_eur=10, amount_max_eur=20)

    of_whole, of_hotel = judge([whole, hotel], RULE)

    assert (of_hotel.counts, of_hotel.group, of_hotel.low) == (True, "secured", 10)
    assert (of_whole.low, of_whole.high, of_whole.taken_off) == (230, 290, ("hotel",))


def test_parts_larger_than_their_whole_leave_nothing_of_it():
    whole = row("slope", stage="idea", decided="", amount_eur=5 * MILLION)
    hotel = part(whole, "hotel", amount_eur=8 * MILLION)

    assert sums(whole, hotel) == (8, 0)


def test_an_undecided_part_of_a_decided_whole_does_not_count():
    whole = row("campus")
    extension = part(whole, "extension", stage="idea", decided="")

    assert sums(whole, extension) == (10, 0)


def test_boxes_in_boxes_count_each_euro_once():
    area = row("area", stage="idea", decided="", amount_eur=100 * MILLION)
    resort = part(area, "resort", stage="planning", decided="", amount_eur=60 * MILLION)
    hotel = part(resort, "hotel", amount_eur=10 * MILLION)
    kitchen = part(hotel, "kitchen", amount_eur=2 * MILLION)

    verdicts = {verdict.investment.code: verdict for verdict in judge([area, resort, hotel, kitchen], RULE)}

    assert sums(area, resort, hotel, kitchen) == (10, 90)
    assert verdicts["resort"].inside == "area"
    assert verdicts["kitchen"].inside == "hotel"


def test_rows_that_contain_each_other_end():
    first, second = row("first"), row("second")
    first.part_of_id, second.part_of_id = second.pk, first.pk

    assert [verdict.reasons for verdict in judge([first, second], RULE)] == [
        (Reason.CONTAINED,),
        (Reason.CONTAINED,),
    ]


# -------------------------------------------------------------------------------------- rules 6 to 8: region, scope, rest


def test_an_amount_shared_with_another_region_does_not_count():
    assert one(shared_with_other_region=True).reasons == (Reason.SHARED_REGION,)


def test_the_narrow_reading_counts_its_scope_alone_and_the_wide_one_counts_all():
    rows = [
        row("mill"),
        row("hall", scope="data_centre"),
        row("farm", scope="energy", stage="planning", decided=""),
    ]

    assert sums(*rows) == (10, 0)
    assert sums(*rows, rule=Rule(ALL_SCOPES, RULE.counted_from, RULE.counted_to)) == (20, 10)
    assert judge(rows, RULE)[1].reasons == (Reason.OTHER_SCOPE,)


def test_intangible_investments_are_counted_apart():
    verdict = one(scope="rdi", rule=Rule(ALL_SCOPES, RULE.counted_from, RULE.counted_to))

    assert verdict.reasons == (Reason.INTANGIBLE,)
    assert one(scope="rdi", rule=Rule("rdi", RULE.counted_from, RULE.counted_to)).counts


def test_examples_never_count():
    assert one(is_example=True).reasons == (Reason.EXAMPLE,)
    assert one(is_example=True, stage="idea").reason == Reason.EXAMPLE


def test_what_the_keeper_left_out_does_not_count():
    assert one(uncounted_reason=Translated(en="Told twice.")).reasons == (Reason.STATED,)


def test_a_row_says_every_reason_the_one_that_settles_it_first():
    verdict = one(stage="cancelled", scope="energy", amount_eur=None, shared_with_other_region=True)

    assert verdict.reasons == (
        Reason.CANCELLED,
        Reason.OTHER_SCOPE,
        Reason.SHARED_REGION,
        Reason.AMOUNT_UNKNOWN,
    )
    assert verdict.group is None


# ------------------------------------------------------------------------------------------------- shares and the target


@pytest.mark.parametrize(
    ("amount", "goal", "share"),
    [(0, 1200, "0.0"), (70, 1200, "5.8"), (1, 1000, "0.1"), (1350, 1200, "112.5"), (5, 0, "0")],
)
def test_the_share_of_the_goal_may_pass_a_hundred(amount, goal, share):
    assert share_of(amount, goal) == Decimal(share)


def test_nothing_adds_up_to_nothing():
    total = add_up("secured", [], 100)

    assert (total.amount, total.rows, total.share, total.is_range) == (0, 0, 0, False)


def target(**fields) -> Target:
    """This will make a target of 100 million by the end of 2025."""
    given = {"amount_eur": 100 * MILLION, "scope": "industrial", "counted_to": date(2025, 12, 31), **fields}
    return Target(code="target", name=Translated(en="Target"), counted_from=date(2022, 1, 1), **given)


def progress(*rows: Investment, today: date = date(2025, 6, 1), leave_largest_out: bool = False):
    """This will make the target's progress of the rows."""
    return progress_of(
        target(), judge(rows, RULE), reading="industrial", today=today, leave_largest_out=leave_largest_out
    )


def test_progress_with_and_without_the_largest_project():
    rows = [row("giant", stage="permitted", decided="", amount_eur=900 * MILLION), row("mill"), row("saw")]

    whole, without = progress(*rows), progress(*rows, leave_largest_out=True)

    assert whole.largest is not None
    assert whole.largest.investment.code == "giant"
    assert whole.totals == whole.with_largest
    assert (whole.totals.pipeline.amount, whole.totals.secured.amount) == (900 * MILLION, 20 * MILLION)
    assert without.totals == whole.without_largest
    assert (without.totals.pipeline.amount, without.totals.secured.amount) == (0, 20 * MILLION)


def test_of_equally_large_projects_the_first_by_code_is_named():
    assert progress(row("saw"), row("mill")).largest.investment.code == "mill"


def test_without_rows_there_is_no_largest():
    found = progress()

    assert (found.largest, found.totals.secured.amount, found.uncounted) == (None, 0, ())


def test_a_row_that_does_not_count_is_never_the_largest():
    assert progress(row("shared", amount_eur=10**9, shared_with_other_region=True)).largest is None


@pytest.mark.parametrize(
    ("today", "left", "passed"),
    [
        (date(2025, 12, 30), 1, 0),
        (date(2025, 12, 31), 0, 0),
        (date(2026, 1, 1), 0, 1),
        (date(2026, 11, 22), 0, 326),
    ],
)
def test_days_to_and_since_the_deadline(today, left, passed):
    found = progress(today=today)

    assert (found.days_left, found.days_passed) == (left, passed)


def test_rows_that_do_not_count_are_listed_with_their_reasons():
    found = progress(row("mill"), row("gone", stage="cancelled"))

    assert [(verdict.investment.code, verdict.reason) for verdict in found.uncounted] == [
        ("gone", Reason.CANCELLED)
    ]


def test_what_each_scope_brings_adds_up_to_the_whole():
    rows = [
        row("mill"),
        row("hall", scope="data_centre"),
        row("farm", scope="energy", stage="idea", decided=""),
    ]

    totals = totals_of(judge(rows, Rule(ALL_SCOPES, RULE.counted_from, RULE.counted_to)), 100 * MILLION)

    assert [scope.scope for scope in totals.scopes] == ["industrial", "data_centre", "energy"]
    assert sum(scope.secured.amount for scope in totals.scopes) == totals.secured.amount == 20 * MILLION
    assert sum(scope.pipeline.amount for scope in totals.scopes) == totals.pipeline.amount == 10 * MILLION
