"""Where a row is: from one cell or from two, in degrees or metres, right way round or swapped; or a whole shape."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape

from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.geo import Box, parse_geojson
from vetovoima.common.notation import read_number
from vetovoima.common.suspicions import Suspicion, check_shape
from vetovoima.reference.models import Municipality

from .cells import text_of
from .words import absence_in, says_nothing

#: no place of the country is so far east in metres, and none so little north
LEAST_NORTH = 2_000_000
PAIRS = (("latitude", "longitude"), ("north", "east"))


def place_in(
    cells: Mapping[str, Any], box: Box, *, repair: bool = False
) -> tuple[dict[str, Any] | None, list[ValidationError]]:
    """This will find a row's place among its cells: (GeoJSON, notes on what was put right).

    `repair` takes the repair of an area whose border crosses itself, as a person asked. Raises ValidationError when the place cannot be read, or only half of it is given.
    """
    given = {name: cell for name, cell in cells.items() if not says_nothing(cell) and not absence_in(cell)}
    if "geometry" in given:
        return _shape(given["geometry"], box, repair)
    if "coordinates" in given:
        return _checked(_parsed(text_of(given["coordinates"])), box)
    for first, second in PAIRS:
        if first in given and second in given:
            found, notes = _checked(_pair(given[first], given[second]), box)
            return found, [*notes, *_turned_metres(given, first, second)]
        if first in given or second in given:
            raise ValidationError(
                _("Only one of the two coordinates is given. Give both, or neither."), code="half_place"
            )
    return None, []


def _turned_metres(given: Mapping[str, Any], first: str, second: str) -> list[ValidationError]:
    """What is said when the metres under "north" are those of an easting: they are read the right way round."""
    if (first, second) != PAIRS[1]:
        return []
    try:
        north, east = (read_number(given[name], "fi") for name in (first, second))
    except ValidationError:
        return []
    if not east > LEAST_NORTH > north:
        return []
    note = _("North and east were the wrong way round. They have been swapped.")
    return [ValidationError(note, code="swapped")]


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


def _shape(cell: Any, box: Box, repair: bool) -> tuple[dict[str, Any] | None, list[ValidationError]]:
    if isinstance(cell, dict):
        return _checked(cell, box, repair)
    text = str(cell).strip()
    if not text.startswith("{"):
        return _checked(_parsed(text), box)
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise ValidationError(_("The shape is not valid GeoJSON."), code="malformed") from error
    return _checked(loaded, box, repair)


def _checked(
    geometry: dict[str, Any], box: Box, repair: bool = False
) -> tuple[dict[str, Any], list[ValidationError]]:
    try:
        return parse_geojson(geometry, box).geojson, []
    except ValidationError as error:
        if error.code == "self_crossing":
            return _repaired(geometry, box, repair)
        if error.code != "swapped":
            raise
    turned = {**geometry, "coordinates": _turned(geometry["coordinates"])}
    note = ValidationError(
        _("Latitude and longitude were the wrong way round. They have been swapped."), code="swapped"
    )
    return parse_geojson(turned, box).geojson, [note]


def _repaired(
    geometry: dict[str, Any], box: Box, repair: bool
) -> tuple[dict[str, Any], list[ValidationError]]:
    """The repair of a border that crosses itself, with what it did; it is offered first, as nobody's border is changed
    unasked. Raises ValidationError."""
    found = next((one for one in check_shape(geometry, box=box) if one.mended), None)
    if found is None or found.mended is None:
        return parse_geojson(geometry, box).geojson, []
    offer = _asked(found)
    if not repair:
        raise offer
    return found.mended, [offer]


def _asked(found: Suspicion) -> ValidationError:
    """What is suspicious about a shape, as a message of a row."""
    return ValidationError(cast("str", found.message), code=found.code, params=found.params or None)


def _turned(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], (int, float)):
        return [coordinates[1], coordinates[0]]
    return [_turned(part) for part in coordinates]


class Borders:
    """The municipalities' boundaries, each read and prepared once."""

    def __init__(self, municipalities: Mapping[int, Municipality]) -> None:
        self._municipalities = municipalities
        self._shapes: dict[int, Any] = {}

    def doubts(
        self, geometry: dict[str, Any], municipality_id: int, stated_area_m2: float | None
    ) -> list[ValidationError]:
        """What the form would ask about a place: that it lies outside its municipality, wholly or in part, and that an
        area is not as large as it is stated to be."""
        if outside := self.note_outside(geometry, municipality_id):
            return [outside]
        if geometry["type"] == "Point":
            return []
        border = self._shapes[municipality_id]
        is_within = border is None or border.covers(shape(geometry))
        boundary = None if is_within else self._municipalities[municipality_id].boundary
        found = check_shape(geometry, boundary=boundary, stated_area_m2=stated_area_m2)
        return [_asked(one) for one in found]

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
