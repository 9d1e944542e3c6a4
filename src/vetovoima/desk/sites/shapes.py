"""What the pages of a record show: plain shapes, made from queries and rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vetovoima.catalogue import queries, rules
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteKind, SiteState
from vetovoima.catalogue.registry import GROUPS, FieldSpec, fields_of
from vetovoima.pipeline.queries import enquiries_about_site
from vetovoima.reference.queries import region

from .changes import grouped, history_lines
from .forms import ReturnForm, SiteForm
from .values import Shown, Words, lacks

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

MAP_LABELS = {
    "map": _("Map of the record"),
    "point": _("Place a point"),
    "area": _("Draw the area"),
    "clear": _("Clear"),
    "zoomIn": _("Zoom in"),
    "zoomOut": _("Zoom out"),
}


@dataclass(frozen=True)
class Row:
    """A record in the list: how much of what is expected it has, and its first gap."""

    site: Site
    known: int
    expected: int
    first_gap: FieldSpec | None


@dataclass(frozen=True)
class Fact:
    """One field of a record in words."""

    spec: FieldSpec
    shown: Shown
    is_gap: bool


@dataclass(frozen=True)
class FactGroup:
    """A group of fields with their common source."""

    name: str
    label: Any
    facts: list[Fact]
    source: Shown

    @property
    def known(self) -> int:
        """How many of its fields say something."""
        return sum(1 for fact in self.facts if not fact.shown.is_empty)


def _row(site: Site) -> Row:
    expected = sum(1 for spec in fields_of(site.kind) if spec.expected)
    missing = queries.gaps(site)
    return Row(site, expected - len(missing), expected, missing[0] if missing else None)


def list_page(user: Any, page: Page[Site], asked: dict[str, str]) -> dict[str, Any]:
    """The list with its filters."""
    return {
        "area_name": "sites",
        "page": page,
        "rows": [_row(site) for site in page],
        "asked": asked,
        "is_filtered": any(asked.values()),
        "municipalities": queries.creatable_municipalities(user),
        "kinds": SiteKind.choices,
        "states": SiteState.choices,
        "may_create": queries.creatable_municipalities(user).exists(),
    }


def record_page(user: Any, site: Site) -> dict[str, Any]:
    """One record: gaps, values by group, what is public, what waits, and what happened."""
    words = Words()
    may = {
        "edit": rules.can_edit(user, site),
        "submit": rules.can_submit(user, site),
        "publish": rules.can_publish(user, site),
        "withdraw": rules.can_withdraw(user, site),
    }
    return {
        "area_name": "sites",
        "site": site,
        "may": may,
        "missing": queries.gaps(site),
        "groups": _fact_groups(site, words),
        "version": queries.last_version(site),
        "public_address": f"/{(get_language() or 'fi')[:2]}/sites/{site.code}/"
        if site.published_version
        else "",
        "changes": grouped(queries.differences(site), words) if queries.has_unpublished_changes(site) else [],
        "photos": queries.photos(site),
        "history": history_lines(site, words),
        "enquiries": enquiries_about_site(user, site.code)[:5],
    }


def _fact_groups(site: Site, words: Words) -> list[FactGroup]:
    known = snapshot(site)
    missing = {spec.name for spec in queries.gaps(site)}
    found = []
    for group in GROUPS:
        facts = [
            Fact(
                spec,
                Shown() if lacks(known[spec.name]) else words.shown(spec.name, known[spec.name]),
                spec.name in missing,
            )
            for spec in fields_of(site.kind, group.name)
        ]
        if facts:
            found.append(
                FactGroup(group.name, group.label, facts, words.shown("source", site.sources.get(group.name)))
            )
    return found


def edit_page(form: SiteForm) -> dict[str, Any]:
    """The form, and the box in which a position may lie."""
    found = region()
    return {
        "area_name": "sites",
        "site": form.site,
        "form": form,
        "groups": form.groups(),
        "map_bounds": ",".join(str(number) for number in found.map_bounds) if found else "",
        "map_labels": json.dumps({name: str(label) for name, label in MAP_LABELS.items()}),
    }


def review_page(user: Any, site: Site, form: ReturnForm) -> dict[str, Any]:
    """What differs from what was published last."""
    words = Words()
    return {
        "area_name": "sites",
        "site": site,
        "form": form,
        "may_publish": rules.can_publish(user, site),
        "groups": grouped(queries.differences(site), words),
        "version": queries.last_version(site),
        "missing": queries.gaps(site),
        "photos": queries.photos(site),
    }
