"""What going back would change, before anybody goes back: undoing one change, restoring a published version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vetovoima.activity.models import Fact

from .documents import Difference, compare, snapshot
from .models import Site, SiteVersion

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


def undoable_values(fact: Fact, now: dict[str, Any]) -> dict[str, Any]:
    """This will return what each field said before a change, of those that nobody has changed since."""
    return {name: old for name, (old, new) in fact.changes.items() if now.get(name) == new}


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
    left = {name: old for name, (old, _new) in fact.changes.items() if name not in wanted}
    return UndoPreview(fact, compare(now, {**now, **wanted}), compare(now, {**now, **left}))


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
