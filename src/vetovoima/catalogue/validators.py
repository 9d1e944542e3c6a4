"""Checks of values, used by form, load and import alike."""

from __future__ import annotations

import math
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import as_translated
from vetovoima.common.geo import Box, parse_geojson

from .registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FLAG,
    LINK,
    LIST,
    MONEY,
    NUMBER,
    SHAPE,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)

MAX_LINE = 500
MAX_ITEMS = 500


def clean_value(name: str, value: Any, box: Box) -> Any:
    """This will check and tidy one value of the standard; empty is None, "" or [] after the field's type.

    `box` bounds positions (west, south, east, north in degrees). Raises ValidationError in the user's language.
    """
    spec = BY_NAME[name]
    if spec.type == TRANSLATED:
        return as_translated(value)
    if spec.type in (NUMBER, WHOLE, MONEY):
        return _number(spec, value)
    if spec.type == TEXT:
        return _text(value, spec.limit)
    if spec.type == SHAPE:
        return None if value in (None, "") else parse_geojson(value, box).geojson
    if spec.type == CHOICE:
        return _choice(spec, value)
    if spec.type == CHOICES:
        chosen = {_choice(spec, each) for each in value or []}
        return [one for one in _values(spec.choices) if one in chosen]
    if spec.type == YEARS:
        return _years(spec, value)
    if spec.type == LINK:
        return _link(value)
    if spec.type == LIST:
        return _list(value)
    if spec.type == DAY and value is not None and not isinstance(value, date):
        raise ValidationError(_("Give a day, for example 2026-10-12."), code="day")
    if spec.type == FLAG and value not in (True, False, None):
        raise ValidationError(_("Choose yes, no or not known."), code="flag")
    return value


@cache
def _values(choices: Any) -> tuple[str, ...]:
    """The values of a list: Django makes them anew each time, which is felt in imports."""
    return tuple(choices.values)


def _choice(spec: FieldSpec, value: Any) -> str:
    """One of the list. Where the list has no word for not knowing, nothing chosen is nothing said."""
    known = _values(spec.choices)
    if value in (None, "") and "unknown" in known:
        return "unknown"
    if value in (None, "") and not spec.required:
        return ""
    if value not in known:
        raise ValidationError(_("Choose one of the list."), code="choice")
    return str(value)


def _years(spec: FieldSpec, value: Any) -> dict[str, float]:
    """Figures by year, in the order of the years; a year without a figure falls away."""
    if value in (None, "", {}):
        return {}
    if not isinstance(value, dict):
        raise ValidationError(_("Give a figure for each year, for example 2028: 40."), code="years")
    found: dict[str, float] = {}
    for year, figure in sorted(value.items(), key=lambda pair: str(pair[0])):
        if not (str(year).isdigit() and 1990 <= int(year) <= 2100):
            raise ValidationError(_("%(year)s is not a year."), code="years", params={"year": str(year)[:20]})
        number = _number(spec, figure)
        if number is not None:
            found[str(year)] = number
    return found


def _number(spec: FieldSpec, value: Any) -> float | int | None:
    if value in (None, ""):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise ValidationError(_("Give a number."), code="number") from error
    if not math.isfinite(number):
        raise ValidationError(_("Give a number."), code="number")
    if (spec.low is not None and number < spec.low) or (spec.high is not None and number > spec.high):
        raise ValidationError(
            _("Give a number between %(low)s and %(high)s."),
            code="range",
            params={"low": f"{spec.low:g}", "high": f"{spec.high:g}"},
        )
    return int(number) if spec.type == WHOLE else number


def _list(value: Any) -> list[str]:
    if value not in (None, "") and not isinstance(value, (list, tuple)):
        raise ValidationError(_("Give a list."), code="list")
    if len(value or ()) > MAX_ITEMS:
        raise ValidationError(_("At most %(limit)s lines."), code="list", params={"limit": MAX_ITEMS})
    return [_text(item, 200) for item in value or [] if str(item).strip()]


def _text(value: Any, longest: int) -> str:
    text = str(value or "").strip()
    if len(text) > longest:
        raise ValidationError(
            _("The text is too long: at most %(limit)s characters, now %(length)s."),
            code="too_long",
            params={"limit": longest, "length": len(text)},
        )
    if "\x00" in text:
        raise ValidationError(_("The text has a character that cannot be stored."), code="null")
    return text


def _link(value: Any) -> str:
    text = _text(value, MAX_LINE)
    if text:
        URLValidator(
            schemes=["https", "http"],
            message=_("Give a web address, for example https://www.example.org/plan."),
        )(text)
    return text
