"""Checks of values, used by form, load and import alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import as_translated
from vetovoima.common.geo import Box, parse_geojson
from vetovoima.common.notation import as_written

from .registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FLAG,
    GROUP_LABELS,
    LINK,
    LIST,
    MONEY,
    NUMBER,
    PAIRS,
    SHAPE,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)

#: days of a source on which somebody did something
DONE_PARTS = ("collected_on", "verified_on")
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
    return _day(spec, value) if spec.type == DAY else _flag(spec, value)


def _day(spec: FieldSpec, value: Any) -> Any:
    if value is not None and not isinstance(value, date):
        raise ValidationError(_("Give a day, for example 2026-10-12."), code="day")
    if spec.is_past and value is not None:
        validate_done(value)
    return value


def _flag(spec: FieldSpec, value: Any) -> Any:
    if spec.type == FLAG and value not in (True, False, None):
        raise ValidationError(_("Choose yes, no or not known."), code="flag")
    return value


def validate_done(day: date) -> None:
    """This will refuse a day that is still ahead, of something that has been done; raises ValidationError."""
    if day > localdate():
        raise ValidationError(
            _("The day is still ahead. Give the day on which it was done, today at the latest."), code="ahead"
        )


def validate_sources(sources: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """This will refuse a check or a collecting that is said to be in the future, and an address that is none of the web;
    what was there before is not judged again. Raises ValidationError."""
    for group, given in sources.items():
        if group not in GROUP_LABELS or not isinstance(given, Mapping) or given == before.get(group):
            continue
        if (url := str(given.get("url") or "")) and url != (before.get(group) or {}).get("url"):
            clean_source_url(url)
        for part in DONE_PARTS:
            try:
                validate_done(date.fromisoformat(str(given.get(part) or "")[:10]))
            except ValueError:
                continue  # no day, or none that anything is counted from
            except ValidationError as error:
                raise ValidationError(
                    _("%(group)s: %(sentence)s"), code="ahead",
                    params={"group": GROUP_LABELS[group], "sentence": error.messages[0]},
                ) from error  # fmt: skip


def disordered(kind: str, value: Callable[[str], Any], touched: Container[str]) -> dict[str, ValidationError]:
    """This will say by field where a range ends before it begins: `value` gives what a field holds, `touched` are the
    fields of which one of a pair must be to be judged."""
    found = {}
    for low, high in PAIRS:
        if (
            (low not in touched and high not in touched)
            or kind not in BY_NAME[low].kinds
            or kind not in BY_NAME[high].kinds
        ):
            continue
        first, last = value(low), value(high)
        if first is not None and last is not None and first > last:
            found[high] = ValidationError(
                _("This is smaller than “%(field)s”, %(number)s. Change one of the two."), code="pair",
                params={"field": BY_NAME[low].label, "number": as_written(first, 6)},
            )  # fmt: skip
    return found


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
        if not (str(year).isascii() and str(year).isdigit() and 1990 <= int(year) <= 2100):
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
            params=_range(spec),
        )
    return int(number) if spec.type == WHOLE else number


def _range(spec: FieldSpec) -> dict[str, Any]:
    """The bounds as the reader's language writes numbers."""
    return {
        name: "" if bound is None else as_written(bound, 6)
        for name, bound in (("low", spec.low), ("high", spec.high))
    }


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


_is_web_address = URLValidator(
    schemes=["https", "http"], message=_("Give a web address, for example https://www.example.org/plan.")
)


def _link(value: Any) -> str:
    text = _text(value, MAX_LINE)
    if text:
        _is_web_address(text)
    return text


@lru_cache(maxsize=4096)
def clean_source_url(text: str) -> str:
    """This will check the address of a source, which becomes a link on public pages; raises ValidationError. Remembered,
    because a thousand rows of an import name the same few sources."""
    _is_web_address(text)
    return text
