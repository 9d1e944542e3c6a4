"""The menu: made of the pages that stand in menus, and of the portal's own doors (search, facts, permits).

A page stands in the menu when the content editor says so ("Show in menus"). The region's pack may say in which group a
page stands (`menu` of its tokens, by path); what it does not name stands in the first group, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from vetovoima.reference import queries as reference

from .own_views import OWN_VIEWS

#: lists that are groups of their own, by the address of the list
LISTS = ("sectors", "municipalities", "news", "events")
#: pages that stand first in a group when the pack says nothing
USUAL: Mapping[str, tuple[str, ...]] = {"why": ("region",), "services": ("services",)}
LABELS: Mapping[str, str | Promise] = {
    "why": _("Why here"), "sectors": _("Sectors"), "sites": _("Sites"), "services": _("Services"),
    "municipalities": _("Municipalities"), "news": _("News"),
}  # fmt: skip
#: home is the second step of the page tree, what stands under it the third
TOP, BELOW = 3, 4


@dataclass(frozen=True)
class Link:
    """One line of the menu."""

    url: str
    title: str | Promise
    is_current: bool = False


@dataclass
class Group:
    """One part of the menu: its name and its lines; a single line is a plain link."""

    key: str
    title: str | Promise
    links: list[Link] = field(default_factory=list)

    @property
    def is_current(self) -> bool:
        """Whether the page that is shown belongs to this part."""
        return any(link.is_current for link in self.links)


def menu(language: str, path: str, tokens: Mapping[str, Any] | None = None) -> list[Group]:
    """This will return the menu in a language, with the address `path` marked; groups without a line are left out."""
    pages = _pages(language)
    by_place = _places(pages, tokens)
    groups = []
    for key, label in LABELS.items():
        found = [(_address(language, one["way"]), one["title"]) for one in by_place.get(key, [])]
        found += list(_doors(key))
        links = [Link(url, title, is_current=path == url) for url, title in found]
        if links and not any(link.is_current for link in links):
            links = [Link(one.url, one.title, is_current=path.startswith(one.url)) for one in links]
        if links:
            groups.append(Group(key, label, links))
    return groups


def _address(language: str, way: str) -> str:
    return f"/{language}/{way}"


def _pages(language: str) -> list[dict[str, Any]]:
    """Live pages under the home page of a language in the order of the tree, with their way from it."""
    leading = reference.lead_sectors().prefetch_related(None).filter(slug=OuterRef("slug"))
    rows = (
        Page.objects.live().filter(locale__language_code=language, depth__in=(TOP, BELOW), view_restrictions=None)
        .annotate(leads=Exists(leading)).order_by("path")
        .values("title", "slug", "url_path", "depth", "show_in_menus", "leads")
    )  # fmt: skip
    return [{**row, "way": row["url_path"].lstrip("/").partition("/")[2]} for row in rows]


def _doors(key: str) -> Iterable[tuple[str, str | Promise]]:
    for name, view in OWN_VIEWS.items():
        if view.group == key and (view.is_there is None or view.is_there()):
            yield reverse(f"portal-{name}"), view.in_menu or view.title


def _places(pages: list[dict[str, Any]], tokens: Mapping[str, Any] | None) -> dict[str, list[dict[str, Any]]]:
    """Which pages stand in which group: lists with what is under them, then what the pack names, then the rest."""
    given = (tokens or {}).get("menu")
    named = {**USUAL, **(given if isinstance(given, dict) else {})}
    group_of = {slug: key for key, slugs in named.items() if key in LABELS for slug in slugs}
    place: dict[str, list[dict[str, Any]]] = {}
    for one in pages:
        first = one["way"].partition("/")[0]
        if first in LISTS:
            if _is_listed(one, first):
                place.setdefault("news" if first == "events" else first, []).append(one)
        elif one["depth"] == TOP and (one["show_in_menus"] or first in group_of):
            place.setdefault(group_of.get(first, "why"), []).append(one)
    for key, slugs in named.items():
        order = {slug: n for n, slug in enumerate(slugs)}
        place.get(key, []).sort(key=lambda one: order.get(one["slug"], len(order)))
    return place


def _is_listed(one: dict[str, Any], first: str) -> bool:
    """Lists stand with what an investor looks for: lead sectors and municipalities, not every piece of news."""
    if one["depth"] == TOP or one["show_in_menus"]:
        return True
    return first == "municipalities" or (first == "sectors" and one["leads"])
