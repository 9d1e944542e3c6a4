"""Periods and amounts as sources write them: what they mean, and whether they can be right.

A source often knows only the year or the month of a decision. The text keeps exactly what it knows ("2018-10"), and
`span` says which days that may mean; a stored year beside it would be the same fact a second time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: more than the yearly product of Finland: a slip of the keyboard, not an investment
MAX_EUROS = 1_000_000_000_000
VALUE_DECIMALS = 4
MAX_VALUE = Decimal(10) ** 15

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_PART = re.compile(r"(\d{4})-(?:H([12])|Q([1-4]))")
_YEARS = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True, order=True)
class Span:
    """The days that a text may mean, from the first to the last."""

    first: date
    last: date

    def within(self, start: date | None, end: date | None) -> bool:
        """Whether all of it lies between the two days; None is open."""
        return (start is None or start <= self.first) and (end is None or self.last <= end)

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether any of it lies between the two days; None is open."""
        return (start is None or start <= self.last) and (end is None or self.first <= end)


def span(text: str) -> Span | None:
    """This will return the days that 2024, 2024-06, 2024-06-30, 2024-H1, 2024-Q2 or 2015-2021 means, or None.

    None for an empty text. Raises ValidationError for any other text.
    """
    if not text:
        return None
    try:
        return _parsed(text)
    except ValueError as error:
        raise ValidationError(
            _("%(text)s is not a period like 2024, 2024-06, 2024-06-30, 2024-H1, 2024-Q2 or 2015-2021."),
            code="not_a_period",
            params={"text": text},
        ) from error


def _parsed(text: str) -> Span:
    if found := _YEARS.fullmatch(text):
        first, last = int(found[1]), int(found[2])
        if last < first:
            raise ValueError(text)
        return Span(date(first, 1, 1), date(last, 12, 31))
    if found := _PART.fullmatch(text):
        length = 6 if found[2] else 3
        last_month = int(found[2] or found[3]) * length
        return _months(int(found[1]), last_month - length + 1, last_month)
    if not (found := _DAY.fullmatch(text)):
        raise ValueError(text)
    year = int(found[1])
    if found[3]:
        day = date(year, int(found[2]), int(found[3]))
        return Span(day, day)
    if found[2]:
        return _months(year, int(found[2]), int(found[2]))
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> Span:
    return Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def validate_period(text: str) -> None:
    """This will refuse what `span` cannot read; raises ValidationError."""
    span(text)


def validate_day(text: str) -> None:
    """This will refuse what is not a year, a month or a day; raises ValidationError."""
    if text and not _DAY.fullmatch(text):
        raise ValidationError(
            _("%(text)s is not a day, month or year like 2026-10-12."),
            code="not_a_day",
            params={"text": text},
        )
    span(text)


def validate_euros(amount: int | None) -> None:
    """This will refuse an amount that cannot be an investment of a region; raises ValidationError."""
    if amount is None:
        return
    if amount < 0:
        raise ValidationError(_("An amount cannot be negative."), code="negative")
    if amount > MAX_EUROS:
        raise ValidationError(_("The amount is larger than any investment can be."), code="too_large")


def validate_range(low: int | None, high: int | None) -> None:
    """This will refuse a range that ends below its beginning; raises ValidationError."""
    if low is not None and high is not None and low > high:
        raise ValidationError(_("The lowest value is higher than the highest."), code="range")


def exact_value(text: str) -> Decimal:
    """This will return a figure exactly, with the stored number of decimals.

    Raises ValidationError for what is not a finite number, is too large, or has more than four decimals.
    """
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValidationError(
            _("%(text)s is not a number."), code="not_a_number", params={"text": text}
        ) from error
    if not value.is_finite() or abs(value) >= MAX_VALUE:
        raise ValidationError(_("%(text)s is not a number."), code="not_a_number", params={"text": text})
    stored = value.quantize(Decimal(1).scaleb(-VALUE_DECIMALS))
    if stored != value:
        raise ValidationError(
            _("%(text)s has more than four decimals."), code="decimals", params={"text": text}
        )
    return stored
