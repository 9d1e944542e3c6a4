"""What going back would change, before anybody goes back: undoing one change, restoring a published version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vetovoima.activity.models import Fact

from .documents import Difference, compare, snapshot
from .models import Site, SiteVersion
from .models.sites import EMPTY

#: facts whose changes can be taken back
UNDOABLE = (
    "catalogue.site.edited",
    "catalogue.site.restored",
    "catalogue.site.undone",
    "catalogue.site.imported",
)
#: what stays as it is when a version is restored: photographs and documents are not brought back
NOT_RESTORED = ("kind", "photos", "photo_texts", "files")


@dataclass(frozen=True)
class UndoPreview:
    """What undoing one change would do: the differences, and what somebody changed again since and so stays."""

    fact: Fact
    changes: list[Difference]
    stays: list[Difference]


@dataclass(frozen=True)
class RestorePreview:
    """What a published version said, and what bringing it back would change."""

    version: SiteVersion
    said: list[Difference]
    changes: list[Difference]


#: what is kept for many fields or groups in one place: compared key by key
BY_KEY = ("absent", "originals", "sources")


def undoable_values(fact: Fact, now: dict[str, Any]) -> dict[str, Any]:
    """This will return what each field said before a change, of those that nobody has changed since.

    A value, why there is none and the figure as its source wrote it are one statement: they go back together or not at
    all. Sources go back group by group.
    """
    wanted = _before(fact, now, {name for name in _fields_of(fact) if _still_says(fact, now, name)})
    groups = _keys(fact, "sources")
    mine = {one for one in groups if _part(now, "sources", one) == _side(fact, "sources", one, 1)}
    if mine:
        wanted["sources"] = _merged(fact, now, "sources", mine)
    return wanted


def _before(fact: Fact, now: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """What a change found, of some fields, in the shape of a snapshot; other fields' absences are as they are now."""
    wanted = {name: pair[0] for name, pair in fact.changes.items() if name in names}
    for part in ("absent", "originals"):
        if mine := names & _keys(fact, part):
            wanted[part] = _merged(fact, now, part, mine)
    return wanted


def _fields_of(fact: Fact) -> set[str]:
    plain = {name for name in fact.changes if name not in BY_KEY}
    return plain | _keys(fact, "absent") | _keys(fact, "originals")


def _still_says(fact: Fact, now: dict[str, Any], name: str) -> bool:
    """Whether a field says what the change made it say: value, absence and original, whichever of them it touched.

    A part that it did not touch must not speak against what would come back: a value and an absence exclude each other.
    """
    if name in fact.changes and now.get(name) != fact.changes[name][1]:
        return False
    if any(
        _part(now, part, name) != _side(fact, part, name, 1)
        for part in ("absent", "originals")
        if name in _keys(fact, part)
    ):
        return False
    back = fact.changes[name][0] if name in fact.changes else now.get(name)
    why = _side(fact, "absent", name, 0) if name in _keys(fact, "absent") else _part(now, "absent", name)
    return back in EMPTY or back == "unknown" or not why


def _keys(fact: Fact, part: str) -> set[str]:
    """The keys of a dictionary that a change touched."""
    before, after = (side or {} for side in fact.changes.get(part, ({}, {})))
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _side(fact: Fact, part: str, key: str, side: int) -> Any:
    return (fact.changes[part][side] or {}).get(key)


def _part(values: dict[str, Any], part: str, key: str) -> Any:
    return (values.get(part) or {}).get(key)


def _merged(fact: Fact, now: dict[str, Any], part: str, keys: set[str]) -> dict[str, Any]:
    """A dictionary as it is now, with some keys as a change found them."""
    kept = {key: value for key, value in (now.get(part) or {}).items() if key not in keys}
    back = {key: _side(fact, part, key, 0) for key in keys}
    return kept | {key: value for key, value in back.items() if value is not None}


def restorable_values(version: SiteVersion, now: dict[str, Any]) -> dict[str, Any]:
    """This will return what a version said, of all that restoring brings back."""
    return {name: version.snapshot.get(name) for name in now if name not in NOT_RESTORED}


def preview_undo(site: Site, fact_id: int) -> UndoPreview | None:
    """This will say what undoing a change of a record would do; None when there is no such change."""
    fact = Fact.objects.filter(pk=fact_id, kind="site", code=site.code, type__in=UNDOABLE).first()
    if fact is None:
        return None
    now = snapshot(site)
    wanted = undoable_values(fact, now)
    after = {**now, **wanted}
    whole = {**after, **_before(fact, after, _fields_of(fact))}
    if groups := _keys(fact, "sources"):
        whole["sources"] = _merged(fact, after, "sources", groups)
    return UndoPreview(fact, compare(now, after), compare(after, whole))


def preview_restore(site: Site, number: int) -> RestorePreview | None:
    """This will say what a version of a record said and what restoring it would change; None without such a version."""
    version = SiteVersion.objects.filter(site=site, number=number).select_related("published_by").first()
    if version is None:
        return None
    now = snapshot(site)
    changes = compare(now, {**now, **restorable_values(version, now)})
    return RestorePreview(version, compare({}, version.snapshot), changes)


def versions(site: Site) -> list[SiteVersion]:
    """Every published version of a record, newest first, without what it said."""
    return list(
        SiteVersion.objects.filter(site=site)
        .defer("snapshot")
        .select_related("published_by")
        .order_by("-number")
    )
