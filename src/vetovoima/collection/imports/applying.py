"""From staged rows to prepared records and back: the JSON of a row's changes as values that the catalogue takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import BY_NAME, DAY, MANY, ONE, SITES
from vetovoima.directory.models import Contact
from vetovoima.reference.models import Sector, Theme

from .precedence import SOURCE

BEFORE, AFTER = 0, 1
Pairs = Mapping[str, list[Any]]


class Related:
    """The rows behind slugs, keys and codes; each is read once for a whole import."""

    def __init__(self) -> None:
        self._sectors = {one.slug: one for one in Sector.objects.all()}
        self._themes = {one.slug: one for one in Theme.objects.all()}
        self._contacts = {one.key: one for one in Contact.objects.select_related("organisation")}

    def rows(self, name: str, keys: Iterable[str]) -> list[Any]:
        """The rows of a field of related things, those that are still there."""
        if BY_NAME[name].type == SITES:
            return list(Site.objects.filter(code__in=list(keys)).order_by("code"))
        known: Mapping[str, Any] = self._sectors if name == "sectors" else self._themes
        return [known[key] for key in keys if key in known]

    def contact(self, key: str | None) -> Contact | None:
        """The contact behind a key."""
        return self._contacts.get(key) if key else None


def values_of(
    site: Site | None, changes: Pairs, side: int, originals: Mapping[str, str], related: Related
) -> dict[str, Any]:
    """This will return what `catalogue.services` is to set: one side of each pair of `changes`.

    `originals` are the figures as they were written, of those fields of `changes` that have one.
    """
    values: dict[str, Any] = {}
    absent: dict[str, str] = {}
    sources = dict(site.sources) if site else {}
    kept = dict(site.originals) if site else {}
    for name, pair in changes.items():
        wanted = pair[side]
        if name.startswith(SOURCE):
            sources[name.removeprefix(SOURCE)] = wanted or {}
        elif name == "profiles":
            values[name] = wanted or []
        else:
            kept.pop(name, None)
            _put(values, absent, name, wanted, related)
    if any(name.startswith(SOURCE) for name in changes):
        values["sources"] = sources
    values["absent"] = absent
    values["originals"] = kept | {name: originals[name] for name in changes if originals.get(name)}
    return values


def _put(values: dict[str, Any], absent: dict[str, str], name: str, wanted: Any, related: Related) -> None:
    type_ = BY_NAME[name].type
    is_absence = isinstance(wanted, dict) and "absent" in wanted
    absent[name] = wanted["absent"] if is_absence else ""
    if is_absence and type_ not in (MANY, SITES):
        return
    plain = None if is_absence else wanted
    if type_ in (MANY, SITES):
        values[name] = related.rows(name, plain or [])
    elif type_ == ONE:
        values[name] = related.contact(plain)
    elif type_ == DAY:
        values[name] = date.fromisoformat(plain) if plain else None
    else:
        values[name] = plain
