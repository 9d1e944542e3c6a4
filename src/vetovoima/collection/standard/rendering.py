"""From a record to the cells of a row, in the words of a language; the way back is `cells` and `validation`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import override

from vetovoima.catalogue.enums import Method, Profile, SiteKind
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import (
    CHOICE,
    CHOICES,
    FLAG,
    LIST,
    MANY,
    ONE,
    SHAPE,
    SITES,
    TRANSLATED,
    YEARS,
    FieldSpec,
)
from vetovoima.common.notation import unambiguous

from . import words
from .cells import joined
from .layout import Column
from .validation import CONFIDENCES, DAY_PARTS

CellValue = str | float | int | date | None
#: the most that a spreadsheet's cell may hold
LONGEST_CELL = 32_000
COMMA = ("fi", "sv")


def cell_of(site: Site, place: Column, language: str) -> CellValue:
    """This will give what a column says of a record; None when it says nothing."""
    if place.part:
        return _source(site, place, language)
    spec = place.spec
    if spec is None:
        return _key(site, place.name, language)
    if site.kind not in spec.kinds:
        return None
    if spec.name in site.absent and not site.is_known(spec.name):
        return (
            words.absence_word(site.absent[spec.name], language, spec.name)
            if place.language in ("", language)
            else None
        )
    value = site.value(spec.name)
    if spec.type == TRANSLATED:
        return value.text(place.language) or None
    if value in (None, "", [], {}):
        return None
    writer = WRITERS.get(spec.type)
    found: CellValue = writer(spec, value, language) if writer else value
    return found


def _key(site: Site, name: str, language: str) -> CellValue:
    with override(language):
        if name == "kind":
            return str(SiteKind(site.kind).label)
        if name == "profiles":
            return joined(str(Profile(one).label) for one in site.profiles) or None
    return site.code if name == "code" else str(site.municipality.name.best(language)[0])


def _source(site: Site, place: Column, language: str) -> CellValue:
    value = (site.sources.get(place.group) or {}).get(place.part)
    if not value:
        return None
    with override(language):
        if place.part == "method" and value in Method.values:
            return str(Method(value).label)
        if place.part == "confidence" and value in CONFIDENCES:
            return str(CONFIDENCES[value])
    if place.part in DAY_PARTS:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return str(value)
    return str(value)


def _years(_spec: FieldSpec, value: Any, language: str) -> str:
    mark = "," if language in COMMA else "."
    return "; ".join(f"{year}: {unambiguous(figure, mark)}" for year, figure in sorted(value.items()))


def _shape(_spec: FieldSpec, value: Any, _language: str) -> str:
    if value.get("type") == "Point":
        longitude, latitude = value["coordinates"][:2]
        return f"{latitude}, {longitude}"
    text = json.dumps(value, separators=(",", ":"))
    return text if len(text) <= LONGEST_CELL else words.KEPT


def _many(spec: FieldSpec, value: Any, language: str) -> str:
    if spec.type == SITES:
        return joined(sorted(one.code for one in value))
    return joined(one.slug for one in value)


WRITERS: dict[str, Callable[[FieldSpec, Any, str], CellValue]] = {
    FLAG: lambda _spec, value, language: words.flag_word(value, language),
    CHOICE: lambda spec, value, language: words.choice_word(spec.name, value, language),
    CHOICES: lambda spec, value, language: joined(words.choice_word(spec.name, one, language) for one in value),
    LIST: lambda _spec, value, _language: joined(value),
    ONE: lambda _spec, value, _language: value.key,
    YEARS: _years, SHAPE: _shape, MANY: _many, SITES: _many,
}  # fmt: skip
