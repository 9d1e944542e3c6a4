"""Between a value of the standard and the inputs of a page: what each kind of field shows, and how it is read back.

Inputs are plain texts by name, so that what somebody typed can be kept, compared and shown again exactly as it was.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.queries import sites_for
from vetovoima.catalogue.registry import (
    CHOICES,
    DAY,
    FIGURES,
    FLAG,
    LIST,
    MANY,
    ONE,
    SHAPE,
    SITES,
    TRANSLATED,
    WHOLE,
    YEARS,
    FieldSpec,
)
from vetovoima.collection.standard.cells import Reading
from vetovoima.collection.standard.cells import figure as read_with_unit
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.geo import Box, point, validate_position
from vetovoima.common.units import split_unit, unit_of
from vetovoima.desk.forms import here, parse_degrees, parse_figure, refuse_ambiguous, write_figure
from vetovoima.directory.queries import contacts_of_municipality
from vetovoima.reference.queries import plausible_box, region, sectors, themes
from vetovoima.syndication.queries import published_names

IN_LANGUAGE = {"fi": _("in Finnish"), "en": _("in English"), "sv": _("in Swedish")}
YES_NO = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
FLAGS = {"": None, "yes": True, "no": False}
FLAG_TEXTS = {None: "", True: "yes", False: "no"}
PLACE_LABELS: dict[str, Any] = {
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "geometry": _("Area as GeoJSON"),
}
PLACE = tuple(PLACE_LABELS)
#: fields whose inputs are several texts under one name
SEVERAL = (MANY, CHOICES, SITES)
DATED = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FINNISH_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
YEAR_LINE = re.compile(r"\s*(\d{4})\s*[:=;\t ]\s*(.+?)\s*")

Text = str | list[str]


class Typed:
    """What was typed, by the names of inputs; a name that was not sent is not there at all."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = {name: _plain(text) for name, text in texts.items()}

    @classmethod
    def of_request(cls, data: Any) -> Typed:
        """What a page sent; several texts under one name stay together."""
        return cls({name: data.getlist(name) for name in data})

    def __contains__(self, name: str) -> bool:
        return name in self.texts

    def text(self, name: str) -> str:
        """The one text of an input, "" when it was not sent."""
        found = self.texts.get(name, "")
        return (found[-1] if found else "") if isinstance(found, list) else found

    def many(self, name: str) -> list[str]:
        """Every text of an input."""
        found = self.texts.get(name, [])
        return [one for one in ([found] if isinstance(found, str) else found) if one]

    def over(self, other: Mapping[str, Text]) -> Typed:
        """This with some inputs replaced."""
        return Typed({**self.texts, **other})


def _plain(text: Text) -> Text:
    """Browsers send line breaks as two characters; unchanged text must stay unchanged."""
    if isinstance(text, list):
        return [one.replace("\r\n", "\n") for one in text]
    return text.replace("\r\n", "\n")


class Lookups:
    """What the inputs of one page are chosen from, looked up once."""

    def __init__(self, user: Any, site: Any = None) -> None:
        self.user, self.site = user, site

    @cached_property
    def region(self) -> Any:
        """The region of this deployment, or None."""
        return region()

    @cached_property
    def box(self) -> Box:
        """Where a position may lie."""
        return plausible_box(self.region)

    @cached_property
    def map_bounds(self) -> str:
        """What the map shows to begin with: west, south, east, north."""
        return ",".join(str(number) for number in self.region.map_bounds) if self.region else ""

    @cached_property
    def things(self) -> dict[str, dict[str, Any]]:
        """Sectors and themes by slug."""
        return {
            "sectors": {one.slug: one for one in sectors()},
            "themes": {one.slug: one for one in themes()},
        }

    @cached_property
    def contacts(self) -> dict[str, Any]:
        """The contacts of the record's municipality by key, and the one that it has."""
        if self.site is None:
            return {}
        known = {one.key: one for one in contacts_of_municipality(self.site.municipality_id)}
        if self.site.contact:
            known.setdefault(self.site.contact.key, self.site.contact)
        return known

    @cached_property
    def sites(self) -> dict[str, Any]:
        """The records that an opportunity may lean on, by code: those the person sees, and those it has."""
        found = {one.code: one for one in sites_for(self.user)[:500] if one.kind != "opportunity"}
        for one in self.site.value("related_sites") if self.site else ():
            found.setdefault(one.code, one)
        return found

    @cached_property
    def site_names(self) -> dict[str, Translated]:
        """What those records are called: by their working copies where the person sees these, else as published."""
        seen = {one.code for one in sites_for(self.user).filter(code__in=list(self.sites))}
        public = published_names(self.sites.keys() - seen)
        own = {code: one.name for code, one in self.sites.items() if code in seen}
        return {code: own.get(code) or public.get(code, Translated()) for code in self.sites}

    def choices(self, spec: FieldSpec) -> list[tuple[str, str]]:
        """What a field offers to choose, with words."""
        if spec.type == MANY:
            return [(slug, one.name.best(here())[0]) for slug, one in self.things[spec.name].items()]
        if spec.type == ONE:
            return [("", str(_("nobody yet"))), *((key, one.name) for key, one in self.contacts.items())]
        if spec.type == SITES:
            return [
                (code, f"{code} {name.best(here())[0]}".strip()) for code, name in self.site_names.items()
            ]
        if spec.type == FLAG:
            return [(value, str(label)) for value, label in YES_NO]
        return [(value, str(label)) for value, label in spec.choices.choices]


def names_of(spec: FieldSpec) -> tuple[str, ...]:
    """The inputs of a field."""
    if spec.type == TRANSLATED:
        return tuple(f"{spec.name}_{language}" for language in LANGUAGES)
    return PLACE if spec.type == SHAPE else (spec.name,)


def shown(site: Any, spec: FieldSpec) -> dict[str, Text]:
    """This will return what the inputs of a field show of a record."""
    value = site.value(spec.name)
    if spec.type == TRANSLATED:
        return {f"{spec.name}_{language}": value.get(language, "") for language in LANGUAGES}
    if spec.type == SHAPE:
        return shown_place(value, site.latitude, site.longitude)
    return {spec.name: _written(spec, value)}


def shown_place(geometry: Any, latitude: float | None, longitude: float | None) -> dict[str, Text]:
    """The inputs of a position: degrees as maps write them, and the area as text."""
    is_area = (geometry or {}).get("type", "Point") != "Point"
    return {
        "latitude": write_figure(latitude, "en"),
        "longitude": write_figure(longitude, "en"),
        "geometry": json.dumps(geometry, separators=(",", ":")) if is_area else "",
    }


def _written(spec: FieldSpec, value: Any) -> Text:
    if spec.type in FIGURES:
        return write_figure(value, here())
    if spec.type == FLAG:
        return FLAG_TEXTS[value]
    if spec.type == LIST:
        return "\n".join(value or [])
    if spec.type == CHOICES:
        return list(value or [])
    if spec.type == YEARS:
        return "\n".join(f"{year}: {write_figure(figure, here())}" for year, figure in (value or {}).items())
    if spec.type == MANY:
        return [one.slug for one in value]
    if spec.type == SITES:
        return sorted(one.code for one in value)
    if spec.type == ONE:
        return value.key if value else ""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def read(spec: FieldSpec, typed: Typed, lookups: Lookups, site: Any = None) -> Any:
    """This will read the inputs of a field as the value that the service takes. Raises ValidationError; one that
    names an input (`{name: message}`) belongs to it alone."""
    if spec.type == TRANSLATED:
        return {language: typed.text(f"{spec.name}_{language}") for language in LANGUAGES}
    if spec.type == SHAPE:
        return read_place(typed, lookups.box, site)
    if spec.type in SEVERAL:
        return _read_many(spec, typed.many(spec.name), lookups)
    text = typed.text(spec.name)
    if spec.type in FIGURES:
        return read_figure(spec, text)[0]
    if spec.type == DAY:
        return read_day(text)
    if spec.type == FLAG:
        return FLAGS.get(text)
    if spec.type == LIST:
        return [line.strip() for line in text.splitlines() if line.strip()]
    if spec.type == YEARS:
        return read_years(text)
    if spec.type == ONE:
        return lookups.contacts.get(text)
    return text


def _read_many(spec: FieldSpec, chosen: Iterable[str], lookups: Lookups) -> list[Any]:
    if spec.type == CHOICES:
        return list(chosen)
    known = lookups.sites if spec.type == SITES else lookups.things[spec.name]
    return [known[one] for one in chosen if one in known]


def read_figure(spec: FieldSpec, text: str) -> tuple[float | None, str]:
    """This will read a figure, with or without its unit ("12 ha"), as an import reads it: (the figure in the field's
    unit, as it was typed when it was converted). Raises ValidationError."""
    figure, unit = split_unit(text)
    if not unit or not unit_of(unit) or not spec.unit:
        number = parse_figure(text, here())
        if spec.type == WHOLE and number is not None and number != int(number):
            raise ValidationError(_("Give a whole number."), code="whole")
        return number, ""
    refuse_ambiguous(figure, here())
    return read_with_unit(spec, text.strip(), Reading(here()))


def read_day(text: str) -> date | None:
    """This will read 2026-10-12 or 12.10.2026. Raises ValidationError."""
    plain = _turned(text.strip())
    if not plain:
        return None
    try:
        found = parse_date(plain)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("Give a day, for example 2026-10-12."), code="day")
    return found


def _turned(text: str) -> str:
    if found := FINNISH_DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return f"{year}-{month:02d}-{day:02d}"
    return text


def read_dated(text: str) -> str:
    """This will read the date of a source: a year, a month or a day. Raises ValidationError."""
    plain = _turned(text.strip())
    if plain and not DATED.fullmatch(plain):
        raise ValidationError(_("Give a year, a month or a day: 2026, 2026-10 or 2026-10-12."), code="dated")
    return plain


def read_years(text: str) -> dict[str, float]:
    """This will read one year on each line: 2028: 40. Raises ValidationError that names the line."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        matched = YEAR_LINE.fullmatch(line)
        number = parse_figure(matched.group(2), here()) if matched else None
        if matched is None or number is None:
            raise ValidationError(
                _('Write the year, a colon and the figure, for example 2028: 40. This line says "%(line)s".'),
                code="years",
                params={"line": line.strip()[:40]},
            )
        found[matched.group(1)] = number
    return found


def read_place(typed: Typed, box: Box, site: Any = None) -> Any:
    """This will read a position: new coordinates make a point, else the area counts. Raises ValidationError."""
    latitude, longitude = _coordinate(typed, "latitude"), _coordinate(typed, "longitude")
    area = typed.text("geometry").strip()
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise ValidationError({missing: _("Give both latitude and longitude, or neither.")})
    if latitude is None or longitude is None:
        return area or None
    if area and not _coordinates_count(typed, site):
        return area
    return point(latitude, longitude, box).geojson


def _coordinates_count(typed: Typed, site: Any) -> bool:
    """Typed anew while the area was left as it was: what a person wrote last is meant."""
    if site is None:
        return False
    was = shown_place(site.geometry, site.latitude, site.longitude)
    area_is_old = typed.text("geometry").split() == str(was["geometry"]).split()
    return area_is_old and any(typed.text(name) != was[name] for name in ("latitude", "longitude"))


def _coordinate(typed: Typed, name: str) -> float | None:
    """Degrees with a point or a comma; what is no number is refused as every position is."""
    try:
        return parse_degrees(typed.text(name))
    except ValidationError:
        try:
            validate_position(math.nan, math.nan)
        except ValidationError as error:
            raise ValidationError({name: error}) from error
        raise
