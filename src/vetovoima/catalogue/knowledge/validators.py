"""Checks of what the fact bank stores."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from .units import UNITS

#: 2026 · 2026-10 · 2026-10-12 · 2026-H1 · 2026-Q3 · 2015-2021
AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-H[12]|-Q[1-4]|-\d{4})?", re.ASCII)
#: a later year is a slip of the finger
LAST_YEAR = 2999
#: a fact that is looked at more seldom than this is looked at by nobody
LONGEST_REVIEW = 600
_LAST = {"H1": (6, 30), "H2": (12, 31), "Q1": (3, 31), "Q2": (6, 30), "Q3": (9, 30), "Q4": (12, 31)}


def last_day(as_of: str) -> date | None:
    """This will return the last day that a date of any precision may mean; None when there is no date.

    Raises ValueError for what is no date.
    """
    if not as_of:
        return None
    if not AS_OF.fullmatch(as_of):
        raise ValueError(as_of)
    year, _dash, rest = as_of.partition("-")
    if max(int(year), int(rest) if len(rest) == 4 else 0) > LAST_YEAR:
        raise ValueError(as_of)
    if not rest:
        return date(int(year), 12, 31)
    if rest in _LAST:
        return date(int(year), *_LAST[rest])
    if len(rest) == 4:
        return date(int(rest), 12, 31)
    if len(rest) == 5:
        return date.fromisoformat(as_of)
    first = date(int(year), int(rest), 1)
    return date.fromordinal(_months_on(first, 1).toordinal() - 1)


def _months_on(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def review_day(as_of: str, months: int) -> date | None:
    """This will return when a fact of that date should be looked at again; a fact without a date: never dated, so None."""
    found = last_day(as_of)
    return _months_on(found, months) if found else None


def validate_as_of(value: str) -> None:
    """This will refuse what is no day, month, half-year, quarter, year or span of years."""
    try:
        last_day(value)
    except ValueError as error:
        raise ValidationError(
            _("Give a year, a month or a day, for example 2026, 2026-10 or 2026-10-12."), code="as_of"
        ) from error


def validate_review_months(months: int) -> None:
    """This will refuse a time between reviews of less than a month or of half a century."""
    if not 1 <= months <= LONGEST_REVIEW:
        raise ValidationError(
            _("Give the months between reviews: a whole number from 1 to 600."), code="months"
        )


def validate_unit(value: str) -> None:
    """This will refuse a unit that the bank does not know."""
    if value and value not in UNITS:
        raise ValidationError(
            _("The unit %(unit)s is not known. Choose one of the list."), code="unit", params={"unit": value}
        )


def clean_source(given: Mapping[str, Any]) -> dict[str, str]:
    """This will tidy a source; raises ValidationError when it has no title, an address that is none, or no date."""
    found = {key: str(given.get(key) or "").strip() for key in ("title", "url", "dated") if given.get(key)}
    if not found.get("title"):
        raise ValidationError(_("Name the source: a fact without one is not a fact."), code="source")
    if found.get("url"):
        URLValidator(
            schemes=["http", "https"], message=_("Give the source's address in full, with https://.")
        )(found["url"])
    validate_as_of(found.get("dated", ""))
    return found
