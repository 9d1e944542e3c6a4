"""Words and figures that every document of this app uses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from vetovoima.common.fields import Translated
from vetovoima.common.money import figure, million_euros
from vetovoima.monitoring.counting import Verdict, amount_range, date_that_counts
from vetovoima.monitoring.enums import (
    ALL_SCOPES,
    Direction,
    Group,
    ObservationKind,
    Qualifier,
    Reason,
    Scope,
    Stage,
)
from vetovoima.monitoring.models import Investment

NO_BREAK = "\u00a0"


class Label(TypedDict):
    """A value and its word in the document's language."""

    value: str
    label: str


class Text(TypedDict):
    """A text and the language it is in."""

    text: str
    language: str


def text_of(value: Translated | dict[str, str], language: str) -> Text:
    text, found = Translated(value).best(language)
    return {"text": text, "language": found}


def label_of(choice: Stage | Scope | Group | Reason | Direction | Qualifier | ObservationKind) -> Label:
    return {"value": choice.value, "label": str(choice.label)}


def reading_label(reading: str, language: str) -> Label:
    """This will name a reading: one scope, or all investments."""
    with override(language):
        if reading == ALL_SCOPES:
            return {"value": reading, "label": gettext("All investments")}
        return label_of(Scope(reading))


def day_text(value: Any) -> str:
    return date_format(value, "SHORT_DAY")


def per_cent(value: Decimal, language: str) -> str:
    """This will write a share: 5.8% in English, 5,8 % in Finnish and Swedish."""
    return f"{figure(value, language, 1)}{'' if language == 'en' else NO_BREAK}%"


def amount_text(low: int, high: int, language: str) -> str:
    """This will write an amount or a range in millions of euros."""
    with override(language):
        if high <= low:
            return million_euros(low, language)
        return gettext("%(low)s to %(high)s") % {
            "low": million_euros(low, language),
            "high": million_euros(high, language),
        }


def amount_of(investment: Investment, language: str) -> str:
    known = amount_range(investment)
    return amount_text(*known, language) if known else gettext("not known")


def detail_of(verdict: Verdict) -> str:
    """What the reason rests on in this row, in the active language; empty when the reason says it all."""
    row = verdict.investment
    if verdict.reason == Reason.CONTAINED:
        return gettext("Part of the row %(code)s.") % {"code": verdict.inside}
    if verdict.reason in (Reason.OUTSIDE_PERIOD, Reason.DATE_TOO_ROUGH):
        if row.decided:
            return gettext("Decided %(date)s.") % {"date": row.decided}
        return gettext("Completed %(date)s; the decision is not dated.") % {"date": date_that_counts(row)}
    if verdict.reason == Reason.OTHER_SCOPE:
        return gettext("Scope: %(scope)s.") % {"scope": Scope(row.scope).label}
    return ""
