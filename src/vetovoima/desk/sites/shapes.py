"""What the pages of a record show: plain shapes, made from queries and rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue import queries, rules
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteKind, SiteState
from vetovoima.catalogue.listing import LACKS, ORDERS
from vetovoima.catalogue.quality import completeness, readiness
from vetovoima.catalogue.registry import GROUPS, FieldSpec, fields_of
from vetovoima.pipeline.queries import enquiries_about_site

from .changes import grouped, history_lines
from .pages import next_step
from .values import Shown, Words, lacks

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


@dataclass(frozen=True)
class Row:
    """A record in the list with its first gap."""

    site: Site
    first_gap: FieldSpec | None


@dataclass(frozen=True)
class Fact:
    """One field of a record in words."""

    spec: FieldSpec
    shown: Shown
    is_gap: bool
    is_public: bool = True


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

    @property
    def told(self) -> list[Fact]:
        """What is worth reading: what is known, and what is missing though it is expected."""
        return [fact for fact in self.facts if not fact.shown.is_empty or fact.is_gap]


def _row(site: Site) -> Row:
    missing = queries.gaps(site)
    return Row(site, missing[0] if missing else None)


def list_page(user: Any, page: Page[Site], asked: dict[str, str]) -> dict[str, Any]:
    """The list with its filters and its order."""
    return {
        "area_name": "sites",
        "page": page,
        "rows": [_row(site) for site in page],
        "asked": asked,
        "is_filtered": any(text for name, text in asked.items() if name != "order"),
        "lacks": LACKS.items(),
        "orders": order_links(asked.get("order", "")),
        "bulk_actions": bulk_actions(user),
        "municipalities": queries.creatable_municipalities(user),
        "kinds": SiteKind.choices,
        "states": SiteState.choices,
        "may_create": queries.creatable_municipalities(user).exists(),
    }


def order_links(order: str) -> dict[str, tuple[str, str]]:
    """For each column that orders the list: what its heading asks for next, and how it is ordered now."""
    found = {}
    for column, first in (
        ("completeness", "-"),
        ("readiness", "-"),
        ("changed", "-"),
        ("checked", ""),
        ("code", ""),
    ):
        other = "" if first else "-"
        asked = f"{other}{column}" if order == f"{first}{column}" else f"{first}{column}"
        now = {column: "ascending", f"-{column}": "descending"}.get(order, "none")
        found[column] = (asked if asked in ORDERS else column, now)
    return found


def bulk_actions(user: Any) -> list[tuple[str, Any]]:
    """What a person may do to many records at once."""
    wanted = [
        ("set", _("Set a field"), Action.EDIT),
        ("check", _("Checked today by me"), Action.EDIT),
        ("submit", _("Send for review"), Action.SUBMIT),
        ("publish", _("Publish"), Action.PUBLISH),
        ("withdraw", _("Withdraw"), Action.WITHDRAW),
    ]
    found = [(name, label) for name, label, action in wanted if may(user, Kind.SITE, action)]
    return (
        [*found, ("package", _("Make an offer package"))] if may(user, Kind.PACKAGE, Action.CREATE) else found
    )


def record_page(user: Any, site: Site) -> dict[str, Any]:
    """One record: gaps, values by group, what is public, what waits, and what happened."""
    words = Words()
    quality, ready = completeness(site), readiness(site)
    rights = {
        "edit": rules.can_edit(user, site),
        "submit": rules.can_submit(user, site),
        "publish": rules.can_publish(user, site),
        "withdraw": rules.can_withdraw(user, site),
    }
    return {
        "area_name": "sites",
        "site": site,
        "may": rights,
        "quality": quality,
        "gaps": sorted(quality.missing, key=lambda one: one.spec.name != "geometry"),
        "ready": ready,
        "next_step": next_step(ready),
        "groups": _fact_groups(site, words),
        "version": queries.last_version(site),
        "public_address": f"/{(get_language() or 'fi')[:2]}/sites/{site.code}/"
        if site.published_version
        else "",
        "changes": grouped(queries.differences(site), words) if queries.has_unpublished_changes(site) else [],
        "photos": queries.photos(site),
        "files": queries.site_files(site),
        "history": history_lines(site, words, limit=10),
        "enquiries": enquiries_about_site(user, site.code)[:5],
    }


def _fact_groups(site: Site, words: Words) -> list[FactGroup]:
    known = snapshot(site)
    missing = {spec.name for spec in queries.gaps(site)}
    found = []
    for group in GROUPS:
        facts = [
            Fact(spec, _shown(site, spec, known, words), spec.name in missing, spec.is_public_in(site))
            for spec in fields_of(site.kind, group.name, site.profiles)
        ]
        if facts:
            found.append(
                FactGroup(group.name, group.label, facts, words.shown("source", site.sources.get(group.name)))
            )
    return found


def _shown(site: Site, spec: FieldSpec, known: dict[str, Any], words: Words) -> Shown:
    """A value, or why there is none; nothing when nobody said either."""
    if why := site.absent.get(spec.name):
        return words.shown(spec.name, {"absent": why})
    value = known.get(spec.name)
    return Shown() if lacks(value) else words.shown(spec.name, value)
