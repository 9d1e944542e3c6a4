"""The internal shapes of a record: its snapshot, and differences between two."""

from __future__ import annotations

import json
from typing import Any, TypedDict

from django.core.serializers.json import DjangoJSONEncoder

from .models import Site
from .registry import FIELDS, MANY, ONE

EXTRA = ("kind", "sources")


class Difference(TypedDict):
    """One field that differs: its name and the values before and after, in JSON values."""

    field: str
    group: str
    before: Any
    after: Any


def snapshot(site: Site) -> dict[str, Any]:
    """This will return every field of the standard in JSON values; related things by slug or key."""
    values: dict[str, Any] = {name: getattr(site, name) for name in EXTRA}
    for spec in FIELDS:
        if spec.type == MANY:
            values[spec.name] = [one.slug for one in getattr(site, spec.name).all()]
        elif spec.type == ONE:
            values[spec.name] = site.contact.key if site.contact else None
        else:
            values[spec.name] = getattr(site, spec.name)
    values["photos"] = [entry.photo.name for entry in site.photos.select_related("photo")] if site.pk else []
    loaded: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return loaded


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """This will list the fields that differ, in the standard's order; sources group by group at the end."""
    found: list[Difference] = [
        {
            "field": spec.name,
            "group": spec.group,
            "before": before.get(spec.name),
            "after": after.get(spec.name),
        }
        for spec in FIELDS
        if before.get(spec.name) != after.get(spec.name)
    ]
    if before.get("photos", []) != after.get("photos", []):
        found.append(
            {
                "field": "photos",
                "group": "text",
                "before": before.get("photos", []),
                "after": after.get("photos", []),
            }
        )
    old, new = before.get("sources") or {}, after.get("sources") or {}
    for group in sorted({*old, *new}):
        if old.get(group) != new.get(group):
            found.append(
                {"field": "source", "group": group, "before": old.get(group), "after": new.get(group)}
            )
    return found
