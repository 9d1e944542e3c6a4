"""Where a row is: from one cell or from two, in degrees or metres, right way round or swapped; or a whole shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.geo import Box, parse_geojson
from vetovoima.reference.models import Municipality

from .cells import text_of
from .words import absence_in, says_nothing

PAIRS = (("latitude", "longitude"), ("north", "east"))


def place_in(cells: Mapping[str, Any], box: Box) -> tuple[dict[str, Any] | None, list[ValidationError]]:
    """This will find a row's place among its cells: (GeoJSON, notes on what was put right).

    Raises ValidationError when the place cannot be read, or only half of it is given.
    """
    given = {name: cell for name, cell in cells.items() if not says_nothing(cell) and not absence_in(cell)}
    if "geometry" in given:
        return _shape(given["geometry"], box)
    if "coordinates" in given:
        return _checked(_parsed(text_of(given["coordinates"])), box)
    for first, second in PAIRS:
        if first in given and second in given:
            return _checked(_pair(given[first], given[second]), box)
        if first in given or second in given:
            raise ValidationError(
                _("Only one of the two coordinates is given. Give both, or neither."), code="half_place"
            )
    return None, []


def _parsed(text: str) -> dict[str, Any]:
    """Pasted coordinates; a cell has no lines, so its refusal names none."""
    try:
        return parse_coordinates(text)
    except ValidationError as error:
        if error.code not in ("system", "unreadable"):
            raise
        raise ValidationError(
            _("“%(text)s” cannot be read as coordinates. Write degrees (64.2238, 27.7332) or ETRS-TM35FIN metres"
              " (N 7123456 E 534567)."),
            code="unreadable",
            params={"text": text[:60]},
        ) from error  # fmt: skip


def _pair(first: Any, second: Any) -> dict[str, Any]:
    """Numbers go in as they are; texts are read as people write coordinates."""
    if _is_number(first) and _is_number(second):
        return _parsed(f"{first!r} {second!r}")
    texts = (text_of(first), text_of(second))
    if any(mark in text for text in texts for mark in "°NEPI"):
        return _parsed(" ".join(texts))
    return _parsed(" ".join(text.replace("\u00a0", "").replace(" ", "") for text in texts))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _shape(cell: Any, box: Box) -> tuple[dict[str, Any] | None, list[ValidationError]]:
    if isinstance(cell, dict):
        return _checked(cell, box)
    text = str(cell).strip()
    if not text.startswith("{"):
        return _checked(_parsed(text), box)
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed") from error
    return _checked(loaded, box)


def _checked(geometry: dict[str, Any], box: Box) -> tuple[dict[str, Any], list[ValidationError]]:
    try:
        return parse_geojson(geometry, box).geojson, []
    except ValidationError as error:
        if error.code != "swapped":
            raise
    turned = {**geometry, "coordinates": _turned(geometry["coordinates"])}
    note = ValidationError(
        _("Latitude and longitude were the wrong way round. They have been swapped."), code="swapped"
    )
    return parse_geojson(turned, box).geojson, [note]


def _turned(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [coordinates[1], coordinates[0]]
    return [_turned(part) for part in coordinates]


class Borders:
    """The municipalities' boundaries, each read and prepared once."""

    def __init__(self, municipalities: Mapping[int, Municipality]) -> None:
        self._municipalities = municipalities
        self._shapes: dict[int, Any] = {}

    def note_outside(self, geometry: dict[str, Any], municipality_id: int) -> ValidationError | None:
        """A warning when a place lies outside its municipality; None when it does not, or no boundary is known."""
        if municipality_id not in self._shapes:
            found = self._municipalities.get(municipality_id)
            border = shape(found.boundary) if found and found.boundary else None
            if border is not None:
                shapely.prepare(border)
            self._shapes[municipality_id] = border
        border = self._shapes[municipality_id]
        if border is None or border.intersects(shape(geometry)):
            return None
        return ValidationError(
            _("The place lies outside %(municipality)s. Check the coordinates."),
            code="outside_municipality",
            params={"municipality": str(self._municipalities[municipality_id].name)},
        )
