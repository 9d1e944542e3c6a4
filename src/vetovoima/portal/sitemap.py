"""What the site map lists: pages and records, each with its languages."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime
from wagtail.models import Page, Site

from vetovoima.catalogue.knowledge.queries import assets
from vetovoima.syndication.queries import published_paths

from .languages import SWITCH, absolute

PLAIN = ("sites/", "facts/", "permits/", "expertise/", "references/", "progress/", "enquiry/")


def _entry(path: str, languages: Any, changed: Any = None) -> dict[str, Any]:
    links = {language: absolute(f"/{language}/{path}") for language in SWITCH if language in languages}
    return {"links": links, "changed": localtime(changed).date().isoformat() if changed else ""}


def entries() -> list[dict[str, Any]]:
    """This will return every public address with its languages and last change: pages, lists, records."""
    found = [_entry(path, SWITCH) for path in PLAIN]
    found += _pages()
    found += [_entry(f"expertise/{one.code}/", SWITCH, one.updated_at) for one in assets()]
    found += [_entry(path, SWITCH, changed) for path, changed in published_paths()]
    return found


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
