"""Municipal boundaries: never in the repository, loaded from a GeoJSON file or address that the operator gives.

The default address is Statistics Finland's WFS (CC BY 4.0); the join is the three-digit municipality code.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from vetovoima.common.geo import parse_geojson
from vetovoima.common.http import fetch

from .models import Municipality

CODE_PROPERTIES = ("kunta", "code", "natcode", "lau_code", "LAU_ID")


class CannotLoadBoundaries(Exception):
    """The file or address holds no usable boundaries; the text says why."""


def read_boundaries(where: str) -> dict[str, Any]:
    """This will read a GeoJSON FeatureCollection from a file or an https address.

    Raises CannotLoadBoundaries, and CannotFetch for an address that cannot be read.
    """
    content = fetch(where) if where.startswith("https://") else _file(where)
    try:
        data: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise CannotLoadBoundaries(f"{where} is not GeoJSON") from error
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise CannotLoadBoundaries(f"{where} is not a GeoJSON FeatureCollection")
    return data


def _file(where: str) -> bytes:
    try:
        return Path(where).read_bytes()
    except OSError as error:
        raise CannotLoadBoundaries(f"{where} cannot be read: {error.strerror}") from error


@transaction.atomic
def store_boundaries(data: dict[str, Any], where: str) -> list[str]:
    """This will store the boundary of each municipality of the region that the collection has; returns their slugs.

    Raises CannotLoadBoundaries when it has none of them, or a shape that is not valid.
    """
    credit = str((data.get("metadata") or {}).get("attribution") or where)[:300]
    by_code = {one.lau_code: one for one in Municipality.objects.all()}
    stored = []
    for feature in data.get("features", []):
        properties = feature.get("properties") or {}
        code = next((str(properties[name]).zfill(3) for name in CODE_PROPERTIES if properties.get(name)), "")
        if code not in by_code:
            continue
        try:
            measured = parse_geojson(feature.get("geometry") or {})
        except ValidationError as error:
            raise CannotLoadBoundaries(f"Municipality {code}: {' '.join(error.messages)}") from error
        municipality = by_code[code]
        municipality.boundary, municipality.boundary_credit = measured.geojson, credit
        municipality.save(update_fields=["boundary", "boundary_credit"])
        stored.append(municipality.slug)
    if not stored:
        raise CannotLoadBoundaries(
            f"{where} has none of the region's municipalities ({', '.join(sorted(by_code))})"
        )
    return sorted(stored)
