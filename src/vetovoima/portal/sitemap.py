"""What the site map lists: pages and records, each with its languages; a file for each language, more when it is long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from wagtail.models import Page, Site

from vetovoima.catalogue.knowledge.queries import assets
from vetovoima.syndication.queries import published_paths

from .languages import SWITCH, absolute
from .own_views import OWN_VIEWS

#: the standard allows 50,000 addresses in a file; fewer are quicker to make and to read
MOST = 10_000


def _entry(path: str, languages: Iterable[str], changed: Any = None) -> dict[str, Any]:
    there = set(languages)
    links = {language: absolute(f"/{language}/{path}") for language in SWITCH if language in there}
    return {
        "links": links,
        "default": links.get("en") or next(iter(links.values()), ""),
        "changed": localtime(changed).date().isoformat() if changed else "",
    }


def entries() -> list[dict[str, Any]]:
    """This will return every public address with its languages and last change: pages, lists, records."""
    found = [_entry(f"{name}/", SWITCH) for name, view in OWN_VIEWS.items() if view.is_listed]
    found += _pages()
    found += [_entry(f"expertise/{one.code}/", SWITCH, one.updated_at) for one in assets()]
    found += [_entry(path, SWITCH, changed) for path, changed in published_paths()]
    return found


def parts() -> list[dict[str, str]]:
    """This will return the files of the site map: their addresses, and when something in them changed last."""
    found = []
    everything = entries()
    for language in SWITCH:
        of_language = [one for one in everything if language in one["links"]]
        for number, start in enumerate(range(0, len(of_language), MOST), start=1):
            changes = [one["changed"] for one in of_language[start : start + MOST]]
            address = absolute(f"/sitemap-{language}-{number}.xml")
            found.append({"address": address, "changed": max(changes, default="")})
    return found


def part(language: str, number: int) -> list[dict[str, Any]]:
    """This will return what one file lists, with its own address as `here`; nothing when there is no such file."""
    of_language = [one for one in entries() if language in one["links"]]
    chosen = of_language[(number - 1) * MOST : number * MOST]
    return [{**one, "here": one["links"][language]} for one in chosen]


def _pages() -> list[dict[str, Any]]:
    """Live pages by their path under the home page, which is the same in every language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return []
    homes = {
        home.url_path: home.locale.language_code
        for home in site.root_page.get_translations(inclusive=True).select_related("locale")
    }
    by_path: dict[str, dict[str, Any]] = {}
    for url_path, changed in (
        Page.objects.live().public().order_by("url_path").values_list("url_path", "last_published_at")
    ):
        for home, language in homes.items():
            if url_path.startswith(home):
                by_path.setdefault(url_path.removeprefix(home), {})[language] = changed
    return [
        _entry(path, languages, max(filter(None, languages.values()), default=None))
        for path, languages in by_path.items()
    ]
