"""A position pasted, uploaded, chosen from a file or mended: always put into the inputs, never saved by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.catalogue.registry import BY_NAME
from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.geo import KINDS, parse_geojson
from vetovoima.common.money import figure
from vetovoima.common.shapes import Shape, read_shapes
from vetovoima.common.suspicions import Suspicion, check_shape
from vetovoima.desk.forms import here, write_figure

from .forms import GroupForm, SiteForm, Typed, inputs
from .forms.inputs import Text

WORLD = (-180.0, -180.0, 180.0, 180.0)
MOST_OFFERED = 100
MOST_CHARACTERS = 1_500_000


@dataclass(frozen=True)
class Offered:
    """A shape of a file as it is offered: what the file calls it, how large it is, and the shape itself as text."""

    number: int
    label: str
    note: str
    text: str


def inputs_of(geometry: dict[str, Any]) -> dict[str, Text]:
    """This will write a shape into the inputs of the position, whether it can be saved or not."""
    if geometry["type"] == "Point":
        longitude, latitude = geometry["coordinates"][:2]
        return inputs.shown_place(geometry, latitude, longitude)
    return {
        "latitude": "",
        "longitude": "",
        "geometry": json.dumps(geometry, separators=(",", ":")),
    }


def pasted(text: str) -> dict[str, Text]:
    """This will put pasted coordinates into the inputs. Raises ValidationError."""
    return inputs_of(parse_coordinates(text))


def offered(content: bytes, filename: str) -> list[Offered]:
    """This will list the points and areas of a file, for one to be chosen. Raises ValidationError."""
    found = [one for one in read_shapes(content, filename) if one.kind in KINDS]
    if not found:
        raise ValidationError(_("The file has no point and no area."), code="no_shapes")
    if len(found) > MOST_OFFERED:
        raise ValidationError(
            _("The file has %(count)s shapes: choose the one you need in the file first, or import the file."),
            code="too_many", params={"count": len(found)},
        )  # fmt: skip
    listed = [_offered(one) for one in found]
    if sum(len(one.text) for one in listed) > MOST_CHARACTERS:
        raise ValidationError(_("The shapes of the file are too detailed to list. Simplify them first."))
    return listed


def _offered(shape: Shape) -> Offered:
    said = [str(value) for value in shape.properties.values() if value not in (None, "", -1, 0)]
    label = ", ".join(said[:3])[:120] or _("Shape %(number)s") % {"number": shape.row}
    text = json.dumps(shape.geometry, separators=(",", ":"))
    return Offered(shape.row, label, _size(shape), text)


def _size(shape: Shape) -> str:
    """Its area, or that it is a point; nothing of a shape that cannot be measured: choosing it says what is wrong."""
    assert shape.geometry is not None
    try:
        measured = parse_geojson(shape.geometry, WORLD)
    except ValidationError:
        return ""
    if measured.area_m2 is None:
        return _("point")
    return _("%(area)s ha") % {"area": figure(measured.area_m2 / 10_000, here(), 2)}


def typed_geometry(group: GroupForm) -> dict[str, Any] | None:
    """The shape that the inputs hold, whether it can be saved or not; None when they hold none that can be read."""
    typed = Typed({name: group.text(name) for name in inputs.PLACE})
    try:
        found = inputs.read_place(typed, WORLD, group.site)
        shape = json.loads(found) if isinstance(found, str) else found
    except (ValidationError, ValueError, RecursionError):
        return None
    if not isinstance(shape, dict) or shape.get("type") not in KINDS or "coordinates" not in shape:
        return None
    return shape


def suspicions_of(form: SiteForm) -> list[Suspicion]:
    """What is suspicious about the position as it is typed, measured against the municipality and the stated area."""
    group = form.by_name.get("location")
    shape = typed_geometry(group) if group and any(one.type == "shape" for one in group.specs) else None
    if shape is None:
        return []
    return check_shape(
        shape,
        box=form.lookups.box,
        boundary=form.site.municipality.boundary,
        stated_area_m2=_stated_area(form),
    )


def _stated_area(form: SiteForm) -> float | None:
    """The total area as it is typed, else as it is saved."""
    size = form.by_name.get("size")
    if size is not None and "area_m2" in size.changed:
        try:
            return inputs.read(BY_NAME["area_m2"], Typed(size.all_texts()), form.lookups)
        except ValidationError:
            return None
    return form.site.area_m2


def mended(form: SiteForm, code: str) -> dict[str, dict[str, Text]]:
    """This will return the inputs of a mend by group; nothing when there is nothing to mend any more."""
    for one in suspicions_of(form):
        if one.code == code and one.mended is not None:
            return {"location": inputs_of(one.mended)}
        if one.code == code and one.area_m2 is not None:
            return {"size": {"area_m2": write_figure(one.area_m2, here())}}
    return {}
