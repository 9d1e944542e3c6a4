"""Periods and amounts as sources write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from vetovoima.monitoring.validators import (
    MAX_EUROS,
    Span,
    exact_value,
    span,
    validate_day,
    validate_euros,
    validate_period,
    validate_range,
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-06-30", date(2024, 6, 30), date(2024, 6, 30)),
        ("2019-H1", date(2019, 1, 1), date(2019, 6, 30)),
        ("2019-H2", date(2019, 7, 1), date(2019, 12, 31)),
        ("2020-Q1", date(2020, 1, 1), date(2020, 3, 31)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("2015-2021", date(2015, 1, 1), date(2021, 12, 31)),
    ],
)
def test_a_period_is_the_days_that_it_may_mean(text, first, last):
    assert span(text) == Span(first, last)


def test_no_period_is_no_days():
    assert span("") is None


@pytest.mark.parametrize(
    "text", ["2024-13", "2024-02-30", "2021-2015", "2024-Q5", "2024-H3", "0000", "next year", "2024-1"]
)
def test_what_is_no_period_is_refused_in_words(text):
    with pytest.raises(ValidationError, match="is not a period like 2024"):
        validate_period(text)


def test_a_day_is_not_a_range_of_years():
    validate_day("2024-06")
    validate_day("")
    for text in ("2015-2021", "2024-H1"):
        with pytest.raises(ValidationError, match="is not a day, month or year"):
            validate_day(text)


@pytest.mark.parametrize(
    ("start", "end", "within", "overlaps"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), True, True),
        (date(2024, 2, 1), None, False, True),
        (None, date(2024, 11, 30), False, True),
        (None, None, True, True),
        (date(2025, 1, 1), None, False, False),
        (None, date(2023, 12, 31), False, False),
    ],
)
def test_a_year_within_and_across_limits(start, end, within, overlaps):
    year = Span(date(2024, 1, 1), date(2024, 12, 31))

    assert (year.within(start, end), year.overlaps(start, end)) == (within, overlaps)


def test_amounts_that_can_be_and_cannot_be():
    for amount in (None, 0, 1, MAX_EUROS):
        validate_euros(amount)
    with pytest.raises(ValidationError, match="cannot be negative"):
        validate_euros(-1)
    with pytest.raises(ValidationError, match="larger than any investment"):
        validate_euros(MAX_EUROS + 1)


def test_a_range_ends_where_it_begins_or_above():
    validate_range(1, 1)
    validate_range(None, 1)
    validate_range(2, None)
    with pytest.raises(ValidationError, match="lowest value is higher"):
        validate_range(2, 1)


@pytest.mark.parametrize(
    ("text", "value"), [("2094", "2094.0000"), ("508.5", "508.5000"), ("-8.5", "-8.5000"), ("0", "0.0000")]
)
def test_a_figure_keeps_its_exact_value(text, value):
    assert exact_value(text) == Decimal(value)
    assert str(exact_value(text)) == value


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-inf", "1e15", "ten", "", "1,5", "1.23456", "1e400"])
def test_what_is_no_figure_is_refused(text):
    with pytest.raises(ValidationError):
        exact_value(text)
