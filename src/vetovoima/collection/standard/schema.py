"""The standard as JSON Schema 2020-12: one record of the offer, in the shape of `catalogue.documents.snapshot`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vetovoima.catalogue.enums import Absence, Method, Profile, SiteKind
from vetovoima.catalogue.registry import (
    CHOICE,
    CHOICES,
    DAY,
    FIELDS,
    FLAG,
    GROUP_LABELS,
    GROUPS,
    LINK,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    SHAPE,
    SITES,
    STANDARD_VERSION,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)
from vetovoima.common.fields import LANGUAGES, MAX_TEXT

from .layout import PART_LABELS
from .validation import CONFIDENCES, DAY_PARTS
from .workbook import LICENCE_URL

TITLE = _("Record of the investment offer")
DESCRIPTION = _(
    "The collection standard for plots, premises, brownfields, business areas, resource sites and investment opportunities."
)
DRAFT = "https://json-schema.org/draft/2020-12/schema"
#: what a record shows beside the standard: pictures and files are added at the desk, not collected by it
SET_BY_SERVICE = ("photos", "photo_texts", "files")
Schema = dict[str, Any]


def in_languages(text: Any) -> dict[str, str]:
    """This will give a text in every language of the product."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found


def _titled(schema: Schema, title: Any, help: Any = "") -> Schema:
    words = in_languages(title)
    found = {"title": words["en"], **schema, "x-title": words}
    if help:
        sentences = in_languages(help)
        found |= {"description": sentences["en"], "x-description": sentences}
    return found


def _choice(choices: Any, *, empty: bool) -> Schema:
    options = [_titled({"const": value}, label) for value, label in choices.choices]
    return {"oneOf": [*options, {"const": "", "title": "not said"}] if empty else options}


def _figure(spec: FieldSpec) -> Schema:
    found: Schema = {"type": ["integer" if spec.type == WHOLE else "number", "null"]}
    if spec.low is not None:
        found["minimum"] = spec.low
    if spec.high is not None:
        found["maximum"] = spec.high
    return found


def _years(spec: FieldSpec) -> Schema:
    figure = _figure(spec)
    return {
        "type": "object",
        "propertyNames": {"pattern": "^(19[9]\\d|20\\d\\d|2100)$"},
        "additionalProperties": {**figure, "type": "number"},
    }


def _texts(_spec: FieldSpec) -> Schema:
    one = {"type": "string", "maxLength": MAX_TEXT}
    return {"type": "object", "properties": dict.fromkeys(LANGUAGES, one), "additionalProperties": False}


def _strings(_spec: FieldSpec) -> Schema:
    return {"type": "array", "items": {"type": "string"}}


def _position(_spec: FieldSpec) -> Schema:
    return {
        "oneOf": [
            {"type": "null"},
            {
                "type": "object",
                "required": ["type", "coordinates"],
                "properties": {
                    "type": {"enum": ["Point", "Polygon", "MultiPolygon"]},
                    "coordinates": {"type": "array"},
                },
                "description": "GeoJSON geometry in WGS84, longitude before latitude",
            },
        ]
    }


TYPES: dict[str, Callable[[FieldSpec], Schema]] = {
    TEXT: lambda spec: {"type": "string", "maxLength": spec.limit},
    TRANSLATED: _texts, NUMBER: _figure, WHOLE: _figure, MONEY: _figure, YEARS: _years, SHAPE: _position,
    FLAG: lambda _spec: {"type": ["boolean", "null"]},
    DAY: lambda _spec: {"type": ["string", "null"], "format": "date"},
    LINK: lambda _spec: {"type": "string", "maxLength": 500},
    CHOICE: lambda spec: _choice(spec.choices, empty=not spec.required and "unknown" not in spec.choices.values),
    CHOICES: lambda spec: {"type": "array", "uniqueItems": True, "items": _choice(spec.choices, empty=False)},
    LIST: _strings, MANY: _strings, SITES: _strings,
    ONE: lambda _spec: {"type": ["string", "null"], "description": "key of a named contact person"},
}  # fmt: skip


def _field(spec: FieldSpec) -> Schema:
    found = _titled(TYPES[spec.type](spec), spec.label, spec.help)
    found |= {"x-group": spec.group, "x-kinds": list(map(str, spec.kinds)), "x-public": spec.is_public}
    if spec.unit:
        found["x-unit"] = spec.unit
    if spec.profiles:
        found["x-profiles"] = list(map(str, spec.profiles))
    if spec.mandatory:
        found["x-mandatory-for"] = list(map(str, spec.mandatory))
    return found


def _source() -> Schema:
    parts: Schema = {}
    for part, label in PART_LABELS.items():
        parts[part] = _titled({"type": "string", "maxLength": 500}, label)
        if part in DAY_PARTS:
            parts[part]["description"] = "a day, 2026-10-12, or a year or month where no more is known"
    parts["method"] = _titled(_choice(Method, empty=False), PART_LABELS["method"])
    confidences = [_titled({"const": value}, label) for value, label in CONFIDENCES.items()]
    parts["confidence"] = _titled({"oneOf": confidences}, PART_LABELS["confidence"])
    return {"type": "object", "properties": parts, "additionalProperties": False}


def _beside() -> Schema:
    """What a record says beside its fields: which it is, absences, originals, sources."""
    names = {"enum": [spec.name for spec in FIELDS]}
    return {
        "code": _titled({"type": "string", "maxLength": 30}, _("Code of the record")),
        "municipality": _titled({"type": "string"}, _("Municipality")),
        "kind": _titled(_choice(SiteKind, empty=False), _("Kind")),
        "profiles": _titled({"type": "array", "items": _choice(Profile, empty=False)}, _("Profiles")),
        "absent": _titled(
            {"type": "object", "propertyNames": names, "additionalProperties": _choice(Absence, empty=False)},
            _("Why a field has no value"),
        ),
        "originals": _titled(
            {"type": "object", "propertyNames": names, "additionalProperties": {"type": "string"}},
            _("Figures as their sources wrote them, where they were converted"),
        ),
        "sources": _titled(
            {
                "type": "object",
                "properties": {
                    group.name: {"$ref": "#/$defs/source", **_titled({}, group.label)} for group in GROUPS
                },
                "additionalProperties": False,
            },
            _("Where the values of each group come from"),
        ),
        **{name: {"title": "set by the service", "readOnly": True} for name in SET_BY_SERVICE},
    }


def _of_kind(kind: str) -> Schema:
    """What holds for one kind: the fields it does not have, and those it must have."""
    foreign = {spec.name: False for spec in FIELDS if kind not in spec.kinds}
    required = [spec.name for spec in FIELDS if spec.required and kind in spec.kinds]
    return {
        "if": {"properties": {"kind": {"const": str(kind)}}, "required": ["kind"]},
        "then": {"properties": foreign, "required": required},
    }


@lru_cache(maxsize=1)
def site_schema() -> Schema:
    """This will make the schema of a record, of every kind and profile, with titles in the three languages."""
    return {
        "$schema": DRAFT,
        "$id": f"urn:vetovoima:collection-standard:{STANDARD_VERSION}",
        **_titled({"type": "object"}, TITLE, DESCRIPTION),
        "x-version": STANDARD_VERSION,
        "x-licence": LICENCE_URL,
        "x-groups": {name: in_languages(label) for name, label in GROUP_LABELS.items()},
        "required": ["kind"],
        "properties": {**_beside(), **{spec.name: _field(spec) for spec in FIELDS}},
        "additionalProperties": False,
        "allOf": [_of_kind(kind) for kind in SiteKind.values],
        "$defs": {"source": _source()},
    }
