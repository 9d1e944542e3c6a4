"""Values of the collection standard as JSON: what a payload may hold, read from the registry, so that a new field of the
standard appears here by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Absence
from vetovoima.catalogue.queries import published_sites, sites_for
from vetovoima.catalogue.registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FIELDS,
    FLAG,
    GROUP_LABELS,
    LINK,
    LIST,
    MANY,
    MONEY,
    NUMBER,
    ONE,
    SHAPE,
    SITES,
    TEXT,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)
from vetovoima.collection.standard.schema import site_schema
from vetovoima.common.fields import LANGUAGES
from vetovoima.directory.queries import contacts_of_municipality
from vetovoima.reference.queries import sectors, themes

from .problems import field_error, invalid

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

#: what a value of each type of field is in JSON, and the sentence for one that is not
TYPES: dict[str, tuple[tuple[type, ...], Any]] = {
    TEXT: ((str,), _("Give a text.")),
    LINK: ((str,), _("Give a text.")),
    CHOICE: ((str,), _("Choose one of the list.")),
    TRANSLATED: ((dict,), _("Give the text by language, for example {\"fi\": …, \"en\": …}.")),
    NUMBER: ((int, float), _("Give a number.")),
    MONEY: ((int, float), _("Give a number.")),
    WHOLE: ((int, float), _("Give a whole number.")),
    FLAG: ((bool,), _("Give true or false.")),
    DAY: ((str,), _("Give a day, for example 2026-10-12.")),
    LIST: ((list,), _("Give a list.")),
    CHOICES: ((list,), _("Give a list.")),
    MANY: ((list,), _("Give a list.")),
    SITES: ((list,), _("Give a list.")),
    YEARS: ((dict,), _("Give a figure for each year, for example 2028: 40.")),
    SHAPE: ((dict,), _("Give a point or an area as GeoJSON in WGS84.")),
    ONE: ((str,), _("Give a text.")),
}  # fmt: skip


class ValueReader:
    """Reads the values of one payload for a record of a kind in a municipality, with every error by field."""

    def __init__(self, user: Any, kind: str, municipality_id: int, site: Site | None = None) -> None:
        self.user, self.kind, self.municipality_id, self.site = user, kind, municipality_id, site

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """This will return what the services take; raises Problem with every wrong field."""
        return self._each("/values", given, self._value)

    def check_names(self, place: str, given: Mapping[str, Any]) -> None:
        """This will refuse names that are no fields of the record; raises Problem with every one of them."""
        self._each(place, given, lambda _spec, _value: None)

    def _each(
        self, place: str, given: Mapping[str, Any], read: Callable[[FieldSpec, Any], Any]
    ) -> dict[str, Any]:
        found, errors = {}, []
        for name, value in given.items():
            try:
                found[name] = read(self._spec(name), value)
            except ValidationError as error:
                errors.append(field_error(f"{place}/{name[:60]}", " ".join(error.messages), error.code or ""))
        if errors:
            raise invalid(errors)
        return found

    def _spec(self, name: str) -> FieldSpec:
        spec = BY_NAME.get(name)
        if spec is None:
            near = get_close_matches(name, BY_NAME, 1)
            if near:
                raise ValidationError(
                    _("The standard has no such field. Is it %(name)s?"), "unknown_field", {"name": near[0]}
                )
            raise ValidationError(_("The standard has no such field."), "unknown_field")
        if self.kind not in spec.kinds:
            raise ValidationError(_("Records of this kind have no such field."), "unknown_field")
        return spec

    def _value(self, spec: FieldSpec, value: Any) -> Any:
        if value is None:
            return [] if spec.type in (MANY, SITES) else None
        types, sentence = TYPES[spec.type]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise ValidationError(sentence, "type")
        if spec.type == WHOLE and float(str(value)) % 1:
            raise ValidationError(sentence, "type")
        if isinstance(value, list) and not all(isinstance(one, str) for one in value):
            raise ValidationError(_("Give a list of texts."), "type")
        reader = self._readers.get(spec.type)
        return reader(self, spec, value) if reader else value

    def _translated(self, spec: FieldSpec, value: dict[str, Any]) -> Any:
        if unknown := sorted(set(value) - set(LANGUAGES)):
            sentence = _("%(language)s is none of the languages fi, en, sv.")
            raise ValidationError(sentence, "language", {"language": unknown[0][:20]})
        return value

    def _day(self, spec: FieldSpec, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValidationError(TYPES[DAY][1], "day") from error

    def _things(self, spec: FieldSpec, value: list[str]) -> list[Any]:
        things: Any = {"sectors": sectors, "themes": themes}[spec.name]()
        return self._all(value, {one.slug: one for one in things})

    def _sites(self, spec: FieldSpec, value: list[str]) -> list[Any]:
        seen = {one.code: one for one in published_sites().filter(code__in=value)}
        seen |= {one.code: one for one in sites_for(self.user).filter(code__in=value)}
        return self._all(value, seen)

    @staticmethod
    def _all(wanted: list[str], known: Mapping[str, Any]) -> list[Any]:
        if unknown := [one for one in wanted if one not in known]:
            raise ValidationError(_("%(name)s is not known."), "unknown", {"name": ", ".join(unknown)[:200]})
        return [known[one] for one in wanted]

    def _contact(self, spec: FieldSpec, value: str) -> Any:
        known = {one.key: one for one in contacts_of_municipality(self.municipality_id)}
        if self.site is not None and self.site.contact is not None:
            known.setdefault(self.site.contact.key, self.site.contact)
        return self._all([value], known)[0] if value else None

    _readers: dict[str, Callable[[ValueReader, FieldSpec, Any], Any]] = {
        TRANSLATED: _translated, DAY: _day, MANY: _things, SITES: _sites, ONE: _contact,
    }  # fmt: skip


def check_groups(given: Mapping[str, Any]) -> None:
    """This will refuse sources of groups that the standard does not have; raises ValidationError."""
    if unknown := sorted(set(given) - set(GROUP_LABELS)):
        sentence = ValidationError(
            _("The standard has no group %(name)s."), "unknown", {"name": unknown[0][:60]}
        )
        raise ValidationError({"sources": [sentence]})


def values_schema() -> dict[str, Any]:
    """This will describe the values of a record: each field as the published standard does, or null to empty it."""
    described = site_schema()["properties"]
    return {
        "title": "Values",
        "type": "object",
        "additionalProperties": False,
        "description": "Values by field of the collection standard (/schema/site.json); null empties a field.",
        "properties": {
            spec.name: {"anyOf": [_in_english(described[spec.name]), {"type": "null"}]} for spec in FIELDS
        },
    }


def _in_english(schema: Any) -> Any:
    """A schema without its words in the other languages, which the published standard has."""
    if isinstance(schema, dict):
        return {
            name: _in_english(part)
            for name, part in schema.items()
            if name not in ("x-title", "x-description")
        }
    return [_in_english(part) for part in schema] if isinstance(schema, list) else schema


ABSENCES = tuple(Absence.values)
