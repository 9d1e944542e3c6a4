"""What the pages of the form show: its sections, the index beside it, what is unsaved and what was just saved."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue.enums import Profile
from vetovoima.catalogue.quality import Completeness, Readiness, completeness, freshness, readiness
from vetovoima.catalogue.registry import BY_NAME, GROUP_LABELS, PHOTOS_ASKED, fields_of
from vetovoima.catalogue.services import without_at_publishing
from vetovoima.common.digits import whole_number
from vetovoima.common.shapes import ACCEPTED

from .drawing import Section, section
from .forms import SiteForm
from .places import suspicions_of
from .profiles import changed_profiles

if TYPE_CHECKING:
    from vetovoima.activity.models import Fact
    from vetovoima.catalogue.models import Site, SiteDraft
    from vetovoima.desk.requests import DeskRequest

    from .changes import Conflict

MAP_LABELS = {
    "map": _("Map of the record"),
    "point": _("Place a point"),
    "area": _("Draw the area"),
    "clear": _("Clear"),
    "zoomIn": _("Zoom in"),
    "zoomOut": _("Zoom out"),
}


@dataclass(frozen=True)
class Entry:
    """A group in the index beside the form: how complete it is, and whether it holds unsaved text or errors."""

    name: str
    label: Any
    percent: int | None
    is_unsaved: bool
    has_errors: bool


def _index(form: SiteForm, quality: Completeness, unsaved: set[str]) -> list[Entry]:
    """Every group of the record, whichever of them the form holds."""
    percents = {one.group: one.percent for one in quality.groups}
    wrong = {group.name for group in form.groups if group.errors}
    names = list(dict.fromkeys(spec.group for spec in fields_of(form.site.kind, profiles=form.site.profiles)))
    names.sort(key=list(GROUP_LABELS).index)
    return [
        Entry(name, GROUP_LABELS[name], percents.get(name), name in unsaved, name in wrong) for name in names
    ]


def published_without(site: Site) -> list[tuple[str, Any]]:
    """What is asked of every record before it is public and this one does not say: names and words."""
    return [
        (
            name,
            BY_NAME[name].label
            if name in BY_NAME
            else _("Photographs, at least %(count)s") % {"count": PHOTOS_ASKED},
        )
        for name in without_at_publishing(site)
    ]


def next_step(ready: Readiness) -> Any:
    """The first step of the ladder that is not reached yet; None at the top."""
    return next((step for step in ready.steps if not step.is_met), None)


def _common(form: SiteForm, quality: Completeness, unsaved: set[str]) -> dict[str, Any]:
    ready = readiness(form.site)
    return {
        "area_name": "sites",
        "site": form.site,
        "region": form.lookups.region,
        "form": form,
        "quality": quality,
        "ready": ready,
        "next_step": next_step(ready),
        "index": _index(form, quality, unsaved),
    }


def edit_page(
    request: DeskRequest, form: SiteForm, *, kept: list[SiteDraft] | None = None, is_continued: bool = False,
    opened: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The whole form. `kept` is unsaved text, shown in the form when `is_continued`; `opened` the group to begin with."""
    quality = completeness(form.site)
    waiting = kept or []
    unsaved = {draft.group for draft in waiting} if is_continued else set()
    labels = [GROUP_LABELS.get(draft.group, draft.group) for draft in waiting]
    ticked = changed_profiles(form.typed)
    chosen = form.site.profiles if ticked is None else ticked
    first = next((group.name for group in form.groups if group.errors), opened or "")
    return {
        **_common(form, quality, unsaved),
        **_map(form),
        "sections": _sections(form, quality, unsaved),
        "opened": first or (form.groups[0].name if form.groups else ""),
        "profiles": [(one.value, one.label, one.value in chosen) for one in Profile],
        "has_profiles": form.site.kind != "opportunity",
        "kept_at": max((draft.at for draft in waiting), default=None),
        "kept_in": labels,
        "is_continued": is_continued,
        "saved_fact": whole_number(request.GET.get("saved", ""), 18) or "",
    }


def _sections(form: SiteForm, quality: Completeness, unsaved: set[str]) -> list[Section]:
    ages = freshness(form.site, localdate())
    suspicions = suspicions_of(form)
    return [
        section(
            group, quality, ages, is_draft=group.name in unsaved,
            suspicions=suspicions if group.name == "location" else None,
        )
        for group in form.groups
    ]  # fmt: skip


def group_page(
    request: DeskRequest, form: SiteForm, group: str, *, change: Fact | None = None, conflict: Conflict | None = None
) -> dict[str, Any]:  # fmt: skip
    """One group with what changes beside it: the index, the revision, and what was just saved."""
    quality = completeness(form.site)
    return {
        **_common(form, quality, set()),
        **_map(form),
        "section": _sections(form.alone(group), quality, set())[0],
        "opened": group,
        "change": change,
        "conflict": conflict,
        "saved_group": GROUP_LABELS[group],
    }


def _map(form: SiteForm) -> dict[str, Any]:
    """What the map and the file field of the position need."""
    return {
        "map_bounds": form.lookups.map_bounds,
        "map_labels": json.dumps({name: str(label) for name, label in MAP_LABELS.items()}),
        "accepted": ACCEPTED,
    }
