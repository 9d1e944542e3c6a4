"""The knowledge as plain values: for the history, for downloads, for machines."""

from __future__ import annotations

import json
from typing import Any, TypedDict

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from vetovoima.catalogue.models import KnownFact

from .writing import written

#: kept by the services themselves; a change of these alone is no news
BESIDE = {"id", "revision", "updated_at"}


def snapshot(thing: models.Model) -> dict[str, Any]:
    """This will return every field as JSON has it; a related thing by its own name."""
    found: dict[str, Any] = {}
    for field in thing._meta.concrete_fields:
        if field.name in BESIDE:
            continue
        value = getattr(thing, field.name)
        found[field.name] = _name_of(value) if field.is_relation else value
    plain: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    return plain


def _name_of(value: Any) -> str | None:
    if value is None:
        return None
    return str(getattr(value, "slug", "") or getattr(value, "code", "") or value.pk)


class FactDocument(TypedDict):
    """A fact as it is given away: value, unit, date and source together."""

    code: str
    topic: str
    area: str
    name: str
    value: str
    number: float | None
    unit: str
    as_of: str
    explanation: str
    source: dict[str, str]
    confidence: str
    method: str
    state: str
    checked_on: str
    licence: str


def fact_document(fact: KnownFact, language: str, region_code: str = "") -> FactDocument:
    """This will return a fact with its value as the language writes it."""
    return {
        "code": fact.code,
        "topic": fact.topic,
        "area": fact.municipality.slug if fact.municipality else region_code,
        "name": fact.label.best(language)[0],
        "value": written(fact, language),
        "number": fact.number,
        "unit": fact.unit,
        "as_of": fact.as_of,
        "explanation": fact.statement.best(language)[0],
        "source": {key: str(fact.source.get(key, "")) for key in ("title", "url", "dated")},
        "confidence": fact.confidence,
        "method": fact.method,
        "state": fact.state,
        "checked_on": fact.checked_on.isoformat() if fact.checked_on else "",
        "licence": fact.licence,
    }
