"""What a document says field by field: value, words, unit, age and source."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vetovoima.catalogue.enums import Absence, Method, ReturnMeasure
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.tokens import codes_in, replace_tokens
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import EXPIRED, Freshness
from vetovoima.catalogue.queries import gaps
from vetovoima.catalogue.registry import (
    CHOICE,
    CHOICES,
    DAY,
    FLAG,
    GROUPS,
    LIST,
    SHAPE,
    SITES,
    TRANSLATED,
    YEARS,
    FieldSpec,
    fields_of,
)  # fmt: skip
from vetovoima.common.fields import Translated
from vetovoima.common.money import figure

#: fields that have a place of their own in the document, and are not repeated among the facts
ELSEWHERE = {"geometry", "place_precision", "name", "summary", "description", "reason_to_come", "availability",
             "sectors", "themes", "contact", "internal_note", "related_sites"}  # fmt: skip
#: years are written without a thousands separator
YEAR_FIELDS = ("capacity_year", "power_price_year", "built_year", "renovated_year")


class Text(TypedDict):
    """A text and the language it is in (which may not be the document's)."""

    text: str
    language: str


class FactShape(TypedDict):
    """One figure or word: raw value, how the language writes it, unit, and where it comes from.

    `state`: known, absent (somebody said that it is not known, not studied or that there is none), expired (told so
    long ago that the rule of its group hides it) or missing. `freshness`: fresh, stale, expired or undated.
    """

    field: str
    group: str
    label: str
    value: Any
    display: str
    unit: str
    known: bool
    state: str
    absence: str
    freshness: str
    original: str
    source: str
    source_url: str
    dated: str
    checked_by: str
    checked_on: str
    confidence: str
    method: str


def text_of(value: Translated, language: str) -> Text:
    """A text in the language asked for, or else in the one it has; what it takes from the fact bank is drawn in."""
    text, found = value.best(language)
    return {"text": with_facts(text, found), "language": found}


def with_facts(text: str, language: str) -> str:
    """This will write the bank's value in the place of each token; a value that is gone is told to be gone."""
    codes = codes_in(text)
    if not codes:
        return text
    shown = drawn(codes)

    def write(code: str, number_only: bool) -> str:
        fact = shown.get(code)
        if fact is None or fact.state == FactState.RETIRED:
            return _("(figure no longer kept)")
        return written(fact, language, number_only=number_only)

    return replace_tokens(text, write)


def _day(value: Any) -> str:
    return date_format(value, "SHORT_DAY") if isinstance(value, date) else str(value)


def display(spec: FieldSpec, value: Any, language: str) -> str:
    """This will write a value as the language does, without its unit; {"absent": why} as why there is none.

    The language must be active.
    """
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict) and "absent" in value:
        return str(Absence(value["absent"]).label)
    if spec.type == CHOICE:
        return str(spec.choices(value).label)
    if spec.type == FLAG:
        return _("yes") if value else _("no")
    if spec.type == DAY:
        return _day(value)
    if spec.type == LIST:
        return ", ".join(value)
    if spec.type == CHOICES:
        return ", ".join(str(spec.choices(one).label) for one in value)
    if spec.type == YEARS:
        return ", ".join(f"{year}: {figure(number, language, 2)}" for year, number in value.items())
    if spec.type == TRANSLATED:
        return with_facts(*Translated(value).best(language))
    if isinstance(value, (int, float)):
        return str(value) if spec.name in YEAR_FIELDS else figure(value, language, 2)
    return str(value)


def unit_of(site: Site, spec: FieldSpec) -> str:
    """The unit of a record's value: a return is in per cent, or in years when it is told as payback time."""
    if spec.name in ("return_low", "return_high"):
        return _("years") if site.value("return_measure") == ReturnMeasure.PAYBACK else "%"
    return unit_label(spec.unit)


UNITS_WITH_WORDS = {
    "months": gettext_lazy("months"),
    "weeks": gettext_lazy("weeks"),
    "years": gettext_lazy("years"),
    "€/m²/month": gettext_lazy("€/m²/month"),
    "€/m²/year": gettext_lazy("€/m²/year"),
    "h/year": gettext_lazy("h/year"),
    "m³/year": gettext_lazy("m³/year"),
}


def unit_label(unit: str) -> str:
    """This will write a unit in the active language: those that have words in them differ between languages."""
    return str(UNITS_WITH_WORDS.get(unit, unit))


def fact_of(site: Site, spec: FieldSpec, language: str, age: Freshness) -> FactShape:
    """One field as a fact: its value, how old it is, where it comes from; or why there is none."""
    value = site.value(spec.name)
    source = site.sources.get(spec.group, {})
    why = site.absent.get(spec.name, "")
    is_old = age.state == EXPIRED and site.is_known(spec.name)
    known = site.is_known(spec.name) and not is_old
    state = "known" if known else "expired" if is_old else "absent" if why else "missing"
    return {
        "field": spec.name,
        "group": spec.group,
        "label": str(spec.label),
        "value": (value.isoformat() if isinstance(value, date) else value) if known else None,
        "display": display(spec, value, language) if known else "",
        "unit": unit_of(site, spec) if known else "",
        "known": known,
        "state": state,
        "absence": str(Absence(why).label) if state == "absent" else "",
        "freshness": age.state if known or is_old else "",
        "original": site.originals.get(spec.name, "") if known else "",
        "source": source.get("title", "") if known else "",
        "source_url": source.get("url", "") if known else "",
        "dated": source.get("dated", "") if known else "",
        "checked_by": checked_by(site, source, language) if known else "",
        "checked_on": source.get("verified_on", "") if known else "",
        "confidence": source.get("confidence", "") if known else "",
        "method": source.get("method", "") if known else "",
    }


def checked_by(site: Site, source: dict[str, str], language: str) -> str:
    """Who answers for a check in public: the organisation, never the name of a person who works there."""
    if not source.get("verified_on"):
        return ""
    return source.get("verified_org") or site.municipality.name.best(language)[0]


def groups_of(site: Site, language: str, ages: dict[str, Freshness]) -> list[dict[str, Any]]:
    """Every group of which something is known or expected; of the rest of its fields nothing is said."""
    missing = {spec.name for spec in gaps(site)}
    found = []
    for group in GROUPS:
        specs = [
            spec
            for spec in fields_of(site.kind, group.name, site.profiles)
            if spec.is_public_in(site) and spec.name not in ELSEWHERE and spec.type not in (SHAPE, SITES)
        ]
        specs = [spec for spec in specs if site.is_answered(spec.name) or spec.name in missing]
        if specs:
            source = site.sources.get(group.name, {})
            found.append(
                {
                    "group": group.name,
                    "label": str(group.label),
                    "facts": [fact_of(site, spec, language, ages[group.name]) for spec in specs],
                    "source": _public_source(site, source, language),
                    "age": _age(site, ages[group.name], source, language),
                }
            )
    return found


def _public_source(site: Site, source: dict[str, str], language: str) -> dict[str, str]:
    shown = {part: text for part, text in source.items() if part not in ("verified_by", "verified_org")}
    if by := checked_by(site, source, language):
        shown["verified_by"] = by
    return shown


def _age(site: Site, age: Freshness, source: dict[str, str], language: str) -> dict[str, str]:
    """How old a group's values are, and how they were found, with its words."""
    method = source.get("method", "")
    return {
        "state": age.state,
        "checked_on": age.checked_on.isoformat() if age.checked_on else "",
        "checked_by": checked_by(site, source, language),
        "stale_on": age.stale_on.isoformat() if age.stale_on else "",
        "hidden_on": age.hidden_on.isoformat() if age.hidden_on else "",
        "method": str(Method(method).label) if method in Method.values else "",
    }
