"""What an editor is told after saving: links that lead nowhere, and what a page lacks. Nothing is refused for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page, Site

from vetovoima.syndication.queries import published_site

from .languages import SWITCH
from .uses import texts_of

HREF = re.compile(r'href="([^"]+)"')
PAGE_LINK = re.compile(r'<a[^>]*\blinktype="page"[^>]*>')
PAGE_ID = re.compile(r'\bid="(\d+)"')
#: names of our own addresses under which a page of the content editor, or a record, may be missing
PAGES, RECORDS = "portal-page", ("portal-site", "portal-opportunity")


def dead_links(page: Any) -> list[str]:
    """This will return the addresses of the portal that a page links and that lead nowhere, each once."""
    with override(page.locale.language_code):  # addresses are resolved in the language that is active
        return list(dict.fromkeys(one for one in _inside(page) if not _leads_somewhere(one)))


def _inside(page: Any) -> Iterator[str]:
    for text in texts_of(page):
        yield from (one for one in HREF.findall(text) if one.startswith("/"))
        for tag in PAGE_LINK.findall(text):
            found = PAGE_ID.search(tag)
            yield f"page:{found[1] if found else ''}"
    for block in getattr(page, "blocks", None) or ():
        if block.block_type == "action":
            yield from _own(block.value.get("url"), page)
        elif block.block_type == "links":
            for one in block.value["items"]:
                yield from _own(one.get("url"), page)


def _own(url: str | None, page: Any) -> Iterator[str]:
    if url and url.startswith("/"):
        first = url.split("/", 2)[1]
        yield url if first in SWITCH else f"/{page.locale.language_code}{url}"


def _leads_somewhere(address: str) -> bool:
    if address.startswith("page:"):
        return Page.objects.live().filter(pk=address[5:] or 0).exists()
    path = address.split("#")[0].split("?")[0]
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.url_name == PAGES:
        return _is_page(path)
    if found.url_name in RECORDS:
        return published_site(found.kwargs["code"], path.split("/", 2)[1]) is not None
    return True


def _is_page(path: str) -> bool:
    language, _slash, rest = path.lstrip("/").partition("/")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    home = site.root_page.get_translations(inclusive=True).filter(locale__language_code=language).first()
    return home is not None and Page.objects.live().filter(url_path=home.url_path + rest).exists()


def findings(page: Any) -> list[str]:
    """This will return what an editor should look at, as sentences."""
    found = []
    dead = dead_links(page)
    if dead:
        shown = ", ".join(
            _("a page that is not public") if one.startswith("page:") else one for one in dead[:5]
        )
        found.append(_("Links that lead nowhere: %(links)s.") % {"links": shown})
    if page.lead == "" and page.depth > 2:
        found.append(_("The page has no lead: search engines and lists show its title alone."))
    if page.awaits_translation:
        found.append(_("The page is still marked as not translated. It cannot be published before."))
    return found
