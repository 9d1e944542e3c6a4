"""The internal shapes of a record: its snapshot, and differences between two."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from .models.sites import EMPTY, Site
from .registry import FIELDS, MANY, ONE, SITES, fields_of

#: what a record says beside the fields of the standard
EXTRA = ("kind", "profiles", "sources", "absent", "originals")


#: what is compared beside the fields, with its group
OTHERS = (("photos", "media"), ("photo_texts", "media"), ("files", "media"), ("profiles", "identity"))
#: what is said of a photograph and of a document, and is reviewed with the record
PHOTO_TEXTS = ("alt", "credit", "licence", "taken_on")
FILE_TEXTS = ("kind", "title", "description", "author", "licence", "languages", "dated", "sharing")


def _told_of(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


#: most values are one of these: asked first, because imports take snapshots of thousands of records
PLAIN = frozenset({str, float, int, bool})


def _plain(type_: str, value: Any) -> Any:
    """Related things by slug, code or key; everything else as it is."""
    if type_ == MANY:
        return [one.slug for one in value]
    if type_ == SITES:
        return sorted(one.code for one in value)
    return (value.key if value else None) if type_ == ONE else value


class Difference(TypedDict):
    """One field that differs: its name and the values before and after, in JSON values."""

    field: str
    group: str
    before: Any
    after: Any


def snapshot(site: Site) -> dict[str, Any]:
    """This will return every field of the standard in JSON values; related things by slug or key."""
    values: dict[str, Any] = {name: getattr(site, name) for name in EXTRA}
    for spec in fields_of(site.kind):
        values[spec.name] = _plain(spec.type, site.value(spec.name))
    values["photos"] = [entry.photo.name for entry in site.photo_rows()]
    values["photo_texts"] = {
        entry.photo.name: _told_of(entry.photo, PHOTO_TEXTS) for entry in site.photo_rows()
    }
    values["files"] = [
        {"name": entry.file.name, "group": entry.group, **_told_of(entry.file, FILE_TEXTS)}
        for entry in site.file_rows()
    ]
    return {name: _copied(value) for name, value in values.items()}


def _copied(value: Any) -> Any:
    """A value in JSON's own types, and a copy: what is changed in the record later is not changed here."""
    if value is None or type(value) in PLAIN:
        return value
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_copied(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """This will list what differs, in the standard's order: a value, or why there is none; then photographs, profiles
    and sources, the last group by group. Nothing at all and an empty value are the same."""
    found: list[Difference] = []
    for spec in FIELDS:
        old, new = _said(before, spec.name), _said(after, spec.name)
        if old != new:
            found.append({"field": spec.name, "group": spec.group, "before": old, "after": new})
    for name, group in OTHERS:
        old, new = before.get(name) or [], after.get(name) or []
        if name == "photo_texts":
            old, new = _of_the_same(before.get(name) or {}, after.get(name) or {})
        if old != new:
            found.append({"field": name, "group": group, "before": old, "after": new})
    olds, news = before.get("sources") or {}, after.get("sources") or {}
    for group in sorted({*olds, *news}):
        if olds.get(group) != news.get(group):
            found.append(
                {"field": "source", "group": group, "before": olds.get(group), "after": news.get(group)}
            )
    return found


def _of_the_same(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was said otherwise of photographs that stand in both: a new one is told by the photographs themselves."""
    both = [name for name in before if name in after and before[name] != after[name]]
    return {name: before[name] for name in both}, {name: after[name] for name in both}


def _said(values: dict[str, Any], name: str) -> Any:
    """A value, else {"absent": why} when somebody said why there is none, else None."""
    value = values.get(name)
    why = (values.get("absent") or {}).get(name)
    if why:
        return {"absent": why}
    return None if value in EMPTY else value
