"""What a checked row would be if it were taken in: the record, and its area with a border that is mended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME, MANY, ONE, SITES, TRANSLATED
from vetovoima.common.geo import Box
from vetovoima.common.suspicions import Suspicion, check_shape


def record_of(kind: str, values: Mapping[str, Any], absent: dict[str, str]) -> Site:
    """This will make the record that a row would be, without its related things; nothing is stored."""
    site = Site(kind=kind, profiles=values.get("profiles") or [], absent=absent)
    for name, value in values.items():
        spec = BY_NAME.get(name)
        if spec is not None and spec.type == TRANSLATED:
            site.put(name, {language: text for language, text in value.items() if text})
        elif spec is not None and spec.type not in (MANY, SITES, ONE):
            site.put(name, value)
    return site


def repair_of(cell: Any, box: Box) -> Suspicion | None:
    """This will find the repair of an area whose border crosses itself, as GeoJSON or as text; None when there is none."""
    try:
        geometry = json.loads(cell) if isinstance(cell, str) else cell
        found = check_shape(geometry, box=box)
    except (ValueError, ValidationError):
        return None
    return next((one for one in found if one.code == "self_crossing"), None)
