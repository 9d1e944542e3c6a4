"""Copying from another record: its values go into the form as unsaved text, marked with where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vetovoima.catalogue.registry import GROUP_LABELS, SHAPE, fields_of

from .changes import Change
from .forms import groups_of, inputs, may_be_absent, sources
from .forms.inputs import Text
from .values import Words

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

#: what belongs to one record alone
OWN = {"name", "property_ids", "building_ids", "external_ids", "internal_note", "related_sites"}
CHECKED = ("verified_by", "verified_on")


@dataclass(frozen=True)
class CopyGroup:
    """A group that can be copied: what the other record says in it, beside what this one says."""

    name: str
    label: Any
    rows: list[Change]


def copyable(site: Site, other: Site) -> list[CopyGroup]:
    """This will list, group by group, what the other record knows and this one has otherwise."""
    words = Words()
    found = [
        CopyGroup(group, GROUP_LABELS[group], _rows(site, other, group, words)) for group in groups_of(site)
    ]
    return [one for one in found if one.rows]


def _specs(site: Site, other: Site, group: str) -> list[Any]:
    theirs = {spec.name for spec in fields_of(other.kind, group)}
    return [
        spec
        for spec in fields_of(site.kind, group, site.profiles)
        if spec.name in theirs and spec.name not in OWN and spec.type != SHAPE
    ]


def _rows(site: Site, other: Site, group: str, words: Words) -> list[Change]:
    rows = []
    for spec in _specs(site, other, group):
        if other.is_answered(spec.name) and inputs.shown(site, spec) != inputs.shown(other, spec):
            rows.append(Change(spec.name, spec.label, _said(site, spec, words), _said(other, spec, words)))
    return rows


def _said(site: Site, spec: Any, words: Words) -> Any:
    if why := site.absent.get(spec.name):
        return words.shown(spec.name, {"absent": why})
    value = site.value(spec.name)
    if spec.type in inputs.SEVERAL:
        value = inputs.shown(site, spec)[spec.name]
    elif spec.type == "one":
        value = value.key if value else None
    return words.shown(spec.name, value.isoformat() if hasattr(value, "isoformat") else value)


def copied(site: Site, other: Site, group: str) -> dict[str, Text]:
    """This will return the inputs of one group as the other record has them. Who checked it is not copied: nobody has
    checked it here."""
    found: dict[str, Text] = {}
    for spec in _specs(site, other, group):
        if not other.is_answered(spec.name):
            continue
        found.update(inputs.shown(other, spec))
        if may_be_absent(spec):
            found[f"absent_{spec.name}"] = other.absent.get(spec.name, "")
    if not found:
        return {}
    return {**found, **_source(other, group)}


def _source(other: Site, group: str) -> dict[str, Text]:
    known = other.sources.get(group, {})
    marked = _("Copied from %(code)s") % {"code": other.code}
    title = f"{marked}: {known['title']}" if known.get("title") else marked
    parts = {**known, "title": title[:500]}
    return {
        sources.name_of(group, part): str(parts.get(part, "")) if part not in CHECKED else ""
        for part in sources.PARTS
    }
