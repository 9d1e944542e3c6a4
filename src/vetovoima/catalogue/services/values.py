"""Checking and setting what a record says: values, absences, sources, what follows from the shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Absence, Method, Precision, Profile, SiteKind
from vetovoima.catalogue.measuring import measure
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.models.sites import from_json
from vetovoima.catalogue.registry import (
    BY_NAME,
    EDITABLE_FIELDS,
    GROUP_LABELS,
    MANY,
    PHOTOS_ASKED,
    PLACES,
    SITES,
    expected_of,
    fields_of,
)
from vetovoima.catalogue.validators import clean_value, disordered, validate_sources
from vetovoima.common.geo import Box
from vetovoima.reference.queries import plausible_box

SOURCE_PARTS = (
    "title",
    "url",
    "dated",
    "collected_on",
    "method",
    "confidence",
    "verified_by",
    "verified_on",
    "licence",
)
#: how too few photographs are named among the fields that are unsaid
PHOTOS = "photos"
RELATED = tuple(spec.name for spec in BY_NAME.values() if spec.type in (MANY, SITES))


def apply_values(site: Site, values: Mapping[str, Any], box: Box | None = None) -> None:
    """This will check and set every given value of a record, and what follows from them; nothing is saved.

    `values` holds fields of the standard, and may hold `sources`, `absent`, `originals` and `profiles`. A value ends an
    absence, an absence removes the value. Raises ValidationError with all errors by field.
    """
    around = box or plausible_box()
    errors: dict[str, list[Any]] = {}
    if "profiles" in values:
        site.profiles = clean_profiles(values["profiles"])
    for name in EDITABLE_FIELDS:
        if name not in values or site.kind not in BY_NAME[name].kinds:
            continue
        try:
            _set(site, name, values[name], around)
        except ValidationError as error:
            errors[name] = [error]
    if "sources" in values:
        try:
            validate_sources(values["sources"], site.sources)
        except ValidationError as error:
            errors["sources"] = [error]
        site.sources = clean_sources(values["sources"])
    if "originals" in values:
        site.originals = {
            name: str(text)[:200] for name, text in values["originals"].items() if name in BY_NAME and text
        }
    _set_absences(site, values, errors)
    _require(site, errors)
    for name, wrong in disordered(site.kind, site.value, values).items():
        errors.setdefault(name, [wrong])
    if errors:
        raise ValidationError(errors)
    measure(site, around)


def _set(site: Site, name: str, value: Any, box: Box) -> None:
    if name == "contact":
        site.contact = value
        return
    site.put(name, clean_value(name, value, box))
    if site.is_known(name):
        site.absent.pop(name, None)
    site.originals.pop(name, None)


def _set_absences(site: Site, values: Mapping[str, Any], errors: dict[str, list[Any]]) -> None:
    """An absence is kept for a field of the record that may lack a value; "" takes it back."""
    for name, why in (values.get("absent") or {}).items():
        spec = BY_NAME.get(name)
        if spec is None or site.kind not in spec.kinds:
            continue
        if not why:
            site.absent.pop(name, None)
        elif why not in Absence.values:
            errors.setdefault(name, []).append(ValidationError(_("Choose not known, not studied or none.")))
        elif spec.required:
            errors.setdefault(name, []).append(ValidationError(_("This must have a value.")))
        elif values.get(name) and site.is_known(name):
            errors.setdefault(name, []).append(
                ValidationError(_("Give a value, or say why there is none; not both."))
            )
        else:
            _clear(site, name)
            site.absent[name] = str(why)


def _clear(site: Site, name: str) -> None:
    """The field's empty value: an absence stands instead of a value."""
    spec = BY_NAME[name]
    if spec.type in (MANY, SITES):
        return
    has_word = spec.choices is not None and "unknown" in getattr(spec.choices, "values", ())
    site.put(name, "unknown" if has_word else from_json(spec, None))


def _require(site: Site, errors: dict[str, list[Any]]) -> None:
    if not site.name:
        errors.setdefault("name", [ValidationError(_("Give a name in at least one language."))])
    if site.place_precision != Precision.MUNICIPALITY and not site.geometry and "geometry" not in errors:
        errors["geometry"] = [
            ValidationError(_("Place the record on the map, or say that only the municipality is known."))
        ]


def clean_profiles(given: Any) -> list[str]:
    """This will keep the known profiles, in their order."""
    return [one for one in Profile.values if one in (given or ())]


def clean_sources(sources: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """This will keep the known parts of each group's source, as short text; an unknown method falls away."""
    kept = {
        group: {part: str(given[part])[:500] for part in SOURCE_PARTS if given.get(part)}
        for group, given in sources.items()
        if group in GROUP_LABELS and isinstance(given, Mapping)
    }
    for given in kept.values():
        if given.get("method") not in (None, *Method.values):
            del given["method"]
    return {group: given for group, given in kept.items() if given}


def relate(site: Site, values: Mapping[str, Any]) -> None:
    """This will store the related things that are given: sectors, themes, and the sites of an opportunity."""
    for name in RELATED:
        if name in values and site.kind in BY_NAME[name].kinds:
            getattr(site, name).set(values[name])


def without_at_publishing(site: Site) -> list[str]:
    """The fields that are asked of every record before it is public, and that this one leaves unsaid, by name; `photos`
    for too few photographs (docs/decisions/0017). Whoever submits it says that they know; the reviewer sees the list."""
    found = [
        spec.name
        for spec in fields_of(site.kind, profiles=site.profiles)
        if site.kind in spec.asked and not site.is_answered(spec.name)
    ]
    if site.kind in PLACES and len(site.photo_rows()) < PHOTOS_ASKED:
        found.append(PHOTOS)
    return found


def missing_to_submit(site: Site) -> list[str]:
    """The required and mandatory fields that a record still leaves unanswered, by name.

    A mandatory field is answered by a value or by saying that it is not known, not studied or that there is none;
    of an opportunity's reason to come and return only a value will do (strategy 6.3).
    """
    found = []
    for spec in expected_of(site.kind, site.profiles):
        if spec.name == "availability":
            continue
        needs_value = spec.required or (site.kind == SiteKind.OPPORTUNITY and site.kind in spec.mandatory)
        if (needs_value and not site.is_known(spec.name)) or (
            spec.is_mandatory(site.kind, site.profiles) and not site.is_answered(spec.name)
        ):
            found.append(spec.name)
    return found
