"""The method of the finder: as a field library computes it, and true to what anybody would expect of an order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from vetovoima.syndication.finder import topsis
from vetovoima.syndication.finder.sensitivity import rank_ranges
from vetovoima.syndication.finder.topsis import Flags, Floats

COLUMNS = 4
tables = st.integers(2, 12).flatmap(
    lambda rows: arrays(np.float64, (rows, COLUMNS), elements=st.integers(0, 60).map(float))
)
weights = arrays(np.float64, COLUMNS, elements=st.integers(1, 5).map(float))
directions = arrays(np.bool_, COLUMNS)
#: how long a case takes says nothing about the method
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def scores(figures: Floats, weighed: Floats, is_benefit: Flags) -> Floats:
    level = topsis.levels(figures, is_benefit)
    return topsis.closeness(level.careful, topsis.weighing(weighed, level.tells))


# The library advises to leave out who is worse in everything; an investor wants to see them too.
@pytest.mark.filterwarnings("ignore:Alternatives with indices:UserWarning")
@calm
@given(figures=tables, weighed=weights, is_benefit=directions)
def test_scores_are_those_of_the_field_library(figures: Floats, weighed: Floats, is_benefit: Flags) -> None:
    from pymcdm import methods

    # The library knows no column in which all are alike; ours leaves it out, which is tried below.
    assume(bool((figures.max(axis=0) > figures.min(axis=0)).all()))
    theirs = methods.TOPSIS()(figures, weighed / weighed.sum(), np.where(is_benefit, 1, -1))
    np.testing.assert_allclose(scores(figures, weighed, is_benefit), theirs, atol=1e-9)


@calm
@given(figures=tables, weighed=weights, is_benefit=directions, column=st.integers(0, COLUMNS - 1))
def test_the_unit_in_which_a_figure_is_told_changes_nothing(
    figures: Floats, weighed: Floats, is_benefit: Flags, column: int
) -> None:
    told = figures.copy()
    told[:, column] = told[:, column] * 10_000 + 32
    np.testing.assert_allclose(
        scores(figures, weighed, is_benefit), scores(told, weighed, is_benefit), atol=1e-9
    )


@calm
@given(figures=tables, weighed=weights, is_benefit=directions)
def test_who_is_worse_in_everything_never_stands_above(
    figures: Floats, weighed: Floats, is_benefit: Flags
) -> None:
    found = scores(figures, weighed, is_benefit)
    better = np.where(is_benefit, figures, -figures)
    for one in range(len(figures)):
        for other in range(len(figures)):
            if (better[one] <= better[other]).all():
                assert found[one] <= found[other] + 1e-9


@calm
@given(figures=tables, weighed=weights, is_benefit=directions, unknown=st.data())
def test_what_is_not_known_is_the_worst_now_and_never_lowers_the_hope(
    figures: Floats, weighed: Floats, is_benefit: Flags, unknown: st.DataObject
) -> None:
    hidden = unknown.draw(arrays(np.bool_, figures.shape))
    level = topsis.levels(np.where(hidden, np.nan, figures), is_benefit)
    shares = topsis.weighing(weighed, level.tells)
    careful, hopeful = topsis.closeness(level.careful, shares), topsis.closeness(level.hopeful, shares)
    assert (careful <= hopeful + 1e-9).all()
    assert ((careful >= 0) & (hopeful <= 1)).all()
    whole = ~hidden.any(axis=1)
    np.testing.assert_allclose(careful[whole], hopeful[whole])


def test_what_all_have_alike_orders_nobody() -> None:
    figures = np.array([[10.0, 1.0], [20.0, 1.0]])
    level = topsis.levels(figures, np.array([True, True]))
    assert level.tells.tolist() == [True, False]
    assert topsis.weighing(np.array([1.0, 5.0]), level.tells).tolist() == [1.0, 0.0]


def test_a_lone_candidate_and_an_empty_list_have_no_worse_place() -> None:
    alone = topsis.levels(np.array([[10.0]]), np.array([True]))
    assert topsis.closeness(alone.careful, topsis.weighing(np.array([3.0]), alone.tells)).tolist() == [1.0]
    nobody = topsis.levels(np.empty((0, 2)), np.array([True, False]))
    assert topsis.closeness(nobody.careful, np.array([0.0, 0.0])).tolist() == []


def test_equals_share_the_better_place() -> None:
    assert topsis.places(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]


def test_the_turning_point_is_where_the_first_place_changes_hands() -> None:
    # One is best at the first thing, the other at the second: with equal weights beyond, the first falls behind.
    level = np.array([[1.0, 0.0], [0.0, 1.0]])
    way = topsis.Reweighing(level, np.array([3.0, 2.0]))
    below, above = topsis.turning_points(way, 0, 0, 10.0)
    assert below == pytest.approx(2.0, abs=1e-3)
    assert above is None
    below, above = topsis.turning_points(way, 1, 0, 10.0)
    assert below is None
    assert above == pytest.approx(3.0, abs=1e-3)


@calm
@given(
    figures=tables,
    weighed=weights,
    is_benefit=directions,
    column=st.integers(0, COLUMNS - 1),
    new=st.floats(0, 10),
)
def test_a_changed_weight_gives_the_scores_of_that_weight(
    figures: Floats, weighed: Floats, is_benefit: Flags, column: int, new: float
) -> None:
    level = topsis.levels(figures, is_benefit).careful
    changed = weighed.copy()
    changed[column] = new
    quick = topsis.Reweighing(level, weighed).scores(column, new)
    np.testing.assert_allclose(quick, topsis.closeness(level, changed), atol=1e-6)


@calm
@given(
    scores=arrays(np.float64, st.integers(1, 50), elements=st.integers(0, 9).map(float)),
    step=st.integers(1, 3),
)
def test_places_counted_are_places_sorted(scores: Floats, step: int) -> None:
    some = np.arange(0, len(scores), step)[:20]
    assert topsis.places(scores, some).tolist() == topsis.places(scores)[some].tolist()


@calm
@given(figures=tables, weighed=weights, is_benefit=directions)
def test_a_place_lies_within_its_range(figures: Floats, weighed: Floats, is_benefit: Flags) -> None:
    level = topsis.levels(figures, is_benefit)
    shares = topsis.weighing(weighed, level.tells)
    now = topsis.places(topsis.closeness(level.careful, shares))
    best, worst = rank_ranges(level.careful, shares, np.arange(len(figures)))
    assert ((best <= now) & (now <= worst)).all()
