"""Indicators and their figures, for page and machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.utils.translation import gettext, override

from vetovoima.common.fields import Translated
from vetovoima.common.money import figure
from vetovoima.monitoring.enums import Direction, ObservationKind, Qualifier
from vetovoima.monitoring.models import Indicator, Observation

from .words import Label, Text, label_of, text_of


class ObservationDocument(TypedDict):
    """One figure as one source gives it."""

    area: str
    area_name: Text
    period: str
    value: str
    display: str
    qualifier: Label
    kind: Label
    is_canonical: bool
    reason: Text
    note: str
    source: dict[str, Any]


class IndicatorDocument(TypedDict):
    """An indicator with its figures (vetovoima.indicator/1); `conflicts` are figures on which sources disagree."""

    schema: str
    code: str
    name: Text
    languages: list[str]
    definition: Text
    unit: str
    unit_label: Text
    direction: Label
    latest: list[ObservationDocument]
    observations: list[ObservationDocument]
    conflicts: list[list[ObservationDocument]]
    source: dict[str, Any]


def value_text(value: Decimal, qualifier: str, language: str) -> str:
    """This will write a figure as exactly as its source gives it: 2,094; about 20; at least 410; more than 11."""
    text = figure(value, language, 4)
    with override(language):
        return {
            Qualifier.ABOUT: gettext("about %(figure)s"),
            Qualifier.AT_LEAST: gettext("at least %(figure)s"),
            Qualifier.MORE_THAN: gettext("more than %(figure)s"),
        }.get(Qualifier(qualifier), "%(figure)s") % {"figure": text}


def observation_document(
    one: Observation, areas: Mapping[str, Translated], language: str
) -> ObservationDocument:
    """This will make the public shape of one figure; `areas` names the areas (`queries.area_names`)."""
    with override(language):
        return {
            "area": one.area,
            "area_name": text_of(areas.get(one.area, Translated()), language),
            "period": one.period,
            "value": f"{one.value.normalize():f}",
            "display": value_text(one.value, one.qualifier, language),
            "qualifier": label_of(Qualifier(one.qualifier)),
            "kind": label_of(ObservationKind(one.kind)),
            "is_canonical": one.is_canonical,
            "reason": text_of(one.canonical_reason, language),
            "note": one.note,
            "source": one.source,
        }


def indicator_document(
    indicator: Indicator, observations: Iterable[Observation], areas: Mapping[str, Translated], language: str
) -> IndicatorDocument:
    """This will make the public shape of an indicator from its figures in the order of `queries.observations`."""
    shown = [observation_document(one, areas, language) for one in observations]
    latest: dict[str, ObservationDocument] = {}
    same: dict[tuple[str, str, str], list[ObservationDocument]] = {}
    for one in shown:
        same.setdefault((one["area"], one["period"], one["kind"]["value"]), []).append(one)
        if one["is_canonical"] and one["kind"]["value"] == ObservationKind.OBSERVED:
            latest[one["area"]] = one
    with override(language):
        direction = label_of(Direction(indicator.direction))
    return {
        "schema": "vetovoima.indicator/1",
        "code": indicator.code,
        "name": text_of(indicator.name, language),
        "languages": list(indicator.name.languages),
        "definition": text_of(indicator.definition, language),
        "unit": indicator.unit,
        "unit_label": text_of(indicator.unit_label, language),
        "direction": direction,
        "latest": [latest[area] for area in sorted(latest)],
        "observations": shown,
        "conflicts": [group for group in same.values() if len({one["value"] for one in group}) > 1],
        "source": indicator.source,
    }
