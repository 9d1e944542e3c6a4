"""Storing the sites of a data pack: created and published when new, changed where nobody has edited since."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.geo import point
from vetovoima.directory.models import Contact
from vetovoima.reference.loading import LoadReport, plain, remember, stale_fields
from vetovoima.reference.models import Municipality, Sector, Theme
from vetovoima.reference.pack import Pack, Row
from vetovoima.reference.queries import plausible_box

from . import services
from .documents import snapshot
from .enums import Absence, Profile, SiteKind
from .models import Site
from .registry import (
    BY_NAME,
    CHOICE,
    CHOICES,
    DAY,
    FIELDS,
    FLAG,
    GROUPS,
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
from .validators import clean_value

NEEDED = ("key", "municipality", "kind", "name_fi", "place_precision", "availability")


def load_sites(
    pack: Pack,
    report: LoadReport,
    *,
    file: str,
    municipalities: Mapping[str, Municipality],
    sectors: Mapping[str, Sector],
    themes: Mapping[str, Theme],
    contacts: Mapping[str, Contact],
    is_example: bool,
    now: datetime,
    before_publishing: Callable[[Site, datetime], None] | None = None,
) -> list[Site]:
    """This will store a table of sites; returns those that were added, in the order of the file.

    `before_publishing` adds to a new record what is no column of a table, a photograph, so that it is published once.
    """
    rows = pack.table(file, NEEDED, key=("key",))
    known = {"municipality": municipalities, "sectors": sectors, "themes": themes, "contact": contacts}
    parsed = [
        (row.text("key"), row.text("kind"), row.text("municipality"), _values(row, known), row)
        for row in rows
    ]
    pack.check()
    prefix = "example:" if is_example else "pack:"
    added = []
    for key, kind, municipality, values, row in parsed:
        external = prefix + key
        if kind == SiteKind.OPPORTUNITY:
            values["related_sites"] = _related(row, prefix)
            pack.check()
        site = Site.objects.filter(external_key=external).first()
        if site is None:
            site = services.create_site(
                municipality=municipalities[municipality], kind=kind, values=values, by=None, now=now,
                is_example=is_example, external_key=external,
            )  # fmt: skip
            if before_publishing is not None:
                before_publishing(site, now)
            services.publish_site(site=site, by=None, now=now)
            added.append(site)
            report.note("example site" if is_example else "site", "added")
        else:
            _merge(site, values, report, now)
        remember("site", external, _remembered(values))
    return added


def _merge(site: Site, values: dict[str, Any], report: LoadReport, now: datetime) -> None:
    wanted = _remembered(values)
    change, edited = stale_fields("site", site.external_key, snapshot(site), wanted)
    if change:
        was_public = site.published_version > 0 and site.state == "published"
        site = services.edit_site(
            site=site, values={name: values[name] for name in change}, by=None, now=now, revision=None
        )
        if was_public:
            services.publish_site(site=site, by=None, now=now)
    report.note("site", "left alone" if edited else "changed" if change else "same", site.code)


def _remembered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The pack's values in the shape of a snapshot, so that the two can be compared."""
    shaped = dict(values)
    shaped["sectors"] = [one.slug for one in values["sectors"]]
    shaped["themes"] = [one.slug for one in values["themes"]]
    shaped["contact"] = values["contact"].key if values["contact"] else None
    if "related_sites" in values:
        shaped["related_sites"] = sorted(one.code for one in values["related_sites"])
    return plain(shaped)


def _values(row: Row, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    kind = row.choice("kind", SiteKind.values)
    row.known("municipality", known["municipality"], required=True)
    values: dict[str, Any] = {}
    box = plausible_box()
    for spec in FIELDS:
        if spec.type in (MANY, ONE, SITES) or spec.name == "internal_note":
            continue
        if kind not in spec.kinds:
            if _filled(row, spec.name):
                row.refuse(spec.name, f"a record of kind {kind} has no such field")
            continue
        try:
            values[spec.name] = clean_value(spec.name, _raw(row, spec), box)
        except ValidationError as error:
            row.refuse(spec.name, " ".join(error.messages))
    for name in ("sectors", "themes"):
        for slug in row.items(name):
            if slug not in known[name]:
                row.refuse(name, f"{slug!r} is not known")
        found = [known[name][slug] for slug in row.items(name) if slug in known[name]]
        values[name] = sorted(found, key=lambda one: (one.position, one.slug))
    values["contact"] = known["contact"].get(row.known("contact", known["contact"]))
    values["sources"] = services.clean_sources(_sources(row))
    values["profiles"] = _profiles(row)
    values["absent"] = _absences(row, kind)
    return values


def _profiles(row: Row) -> list[str]:
    for name in row.items("profiles"):
        if name not in Profile.values:
            row.refuse("profiles", f"{name!r} is not known")
    return [one for one in Profile.values if one in row.items("profiles")]


def _absences(row: Row, kind: str) -> dict[str, str]:
    """What the row says to have no value: `field:unknown;field:not_studied;field:none`."""
    found = {}
    for item in row.items("absent"):
        name, _colon, why = (part.strip() for part in item.partition(":"))
        if name not in BY_NAME or kind not in BY_NAME[name].kinds or why not in Absence.values:
            row.refuse("absent", f"{item!r} is not field:unknown, field:not_studied or field:none")
        else:
            found[name] = why
    return found


def _related(row: Row, prefix: str) -> list[Site]:
    """The records that an opportunity names by their keys in the same pack."""
    keys = row.items("related_sites")
    found = {
        one.external_key: one for one in Site.objects.filter(external_key__in=[prefix + key for key in keys])
    }
    for key in keys:
        if prefix + key not in found:
            row.refuse("related_sites", f"{key!r} is not a record above this one")
    return [found[prefix + key] for key in keys if prefix + key in found]


def _raw(row: Row, spec: FieldSpec) -> Any:
    name, type_ = spec.name, spec.type
    if type_ == TRANSLATED:
        return dict(row.translated(name))
    if type_ in (NUMBER, MONEY):
        return row.number_or_none(name)
    if type_ == WHOLE:
        return row.whole_or_none(name)
    if type_ == FLAG:
        return row.flag(name)
    if type_ == DAY:
        return row.day_or_none(name)
    if type_ in (LIST, CHOICES):
        return row.items(name)
    if type_ == YEARS:
        return {
            year.strip(): figure.strip()
            for year, _colon, figure in (item.partition(":") for item in row.items(name))
        }
    if type_ == SHAPE:
        return _shape(row)
    assert type_ in (TEXT, LINK, CHOICE)
    return row.text(name)


def _shape(row: Row) -> Any:
    if row.text("geometry"):
        return row.text("geometry")
    latitude, longitude = row.number_or_none("latitude"), row.number_or_none("longitude")
    if latitude is None or longitude is None:
        return None
    return point(latitude, longitude, plausible_box()).geojson


def _sources(row: Row) -> dict[str, Any]:
    """One source for each group: its own columns, else the row's, for groups of which the row knows something."""
    own = row.source()
    found: dict[str, Any] = {"identity": own}
    for group in GROUPS:
        if group.name in {"identity", "contact"}:
            continue
        given = row.source(group.name)
        if given:
            found[group.name] = given
        elif any(_filled(row, spec.name) for spec in FIELDS if spec.group == group.name):
            found[group.name] = own
    return found


def _filled(row: Row, name: str) -> bool:
    columns = (name, *(f"{name}_{language}" for language in LANGUAGES))
    return any(row.text(column) not in ("", "unknown") for column in columns)
