"""Storing the sites of a data pack: created and published when new, changed where nobody has edited since."""

from __future__ import annotations

from collections.abc import Mapping
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
from .enums import SiteKind
from .models import Site
from .registry import (
    CHOICE,
    DAY,
    FIELDS,
    FLAG,
    GROUPS,
    LINK,
    LIST,
    MONEY,
    NUMBER,
    SHAPE,
    TEXT,
    TRANSLATED,
    WHOLE,
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
) -> list[Site]:
    """This will store a table of sites; returns those that were added, in the order of the file."""
    rows = pack.table(file, NEEDED, key=("key",))
    known = {"municipality": municipalities, "sectors": sectors, "themes": themes, "contact": contacts}
    parsed = [
        (row.text("key"), row.text("kind"), row.text("municipality"), _values(row, known)) for row in rows
    ]
    pack.check()
    added = []
    for key, kind, municipality, values in parsed:
        external = ("example:" if is_example else "pack:") + key
        site = Site.objects.filter(external_key=external).first()
        if site is None:
            site = services.create_site(
                municipality=municipalities[municipality], kind=kind, values=values, by=None, now=now,
                is_example=is_example, external_key=external,
            )  # fmt: skip
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
    return plain(shaped)


def _values(row: Row, known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    row.choice("kind", SiteKind.values)
    row.known("municipality", known["municipality"], required=True)
    values: dict[str, Any] = {}
    box = plausible_box()
    for spec in FIELDS:
        if spec.name in {"sectors", "themes", "contact", "internal_note"}:
            continue
        try:
            values[spec.name] = clean_value(spec.name, _raw(row, spec.name, spec.type, spec.choices), box)
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
    return values


def _raw(row: Row, name: str, type_: str, choices: Any) -> Any:
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
    if type_ == LIST:
        return row.items(name)
    if type_ == SHAPE:
        return _shape(row)
    if type_ == CHOICE:
        return row.text(name) or "unknown"
    assert type_ in (TEXT, LINK)
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
