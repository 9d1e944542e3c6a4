"""Walking the site from its home page, link by link, in each language."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings

from vetovoima.monitoring.audit.registry import Run
from vetovoima.portal.languages import SWITCH
from vetovoima.syndication.queries import published_paths

from .reading import PageRead, read

DEEPEST = 3
#: records look alike: so many of them are read in each language, of the others only the way to them is noted
MOST_RECORDS = 12
MOST_PAGES = 300
#: links that answer only those who sign in, or files that the web server keeps
NOT_FOLLOWED = ("/desk/", "/accounts/", "/cms/", "/static/", "/answer/")
#: what a page narrows a list by when it links to it
NARROWED = {"page", "kind", "municipality", "sector"}


@dataclass
class Walk:
    """What was found on the way: pages read, how many clicks each address is away, and who names it first."""

    pages: dict[str, PageRead] = field(default_factory=dict)
    clicks: dict[str, int] = field(default_factory=dict)
    named_by: dict[str, str] = field(default_factory=dict)

    def content_pages(self) -> list[PageRead]:
        """The pages that were read, in order of their addresses; lists' further pages left out."""
        return [one for url, one in sorted(self.pages.items()) if one.is_page and "?" not in url]

    def records(self) -> list[PageRead]:
        """The pages of records that were read."""
        known = set(record_paths())
        return [one for one in self.content_pages() if one.path in known]


def walked(run: Run) -> Walk:
    """This will walk the site once in a run."""
    return run.once("walk", walk)


def record_paths() -> list[str]:
    """The address of every public record in every language."""
    return [f"/{language}/{path}" for path, _changed in published_paths() for language in SWITCH]


def walk() -> Walk:
    """This will read the site, three clicks deep from each language's home page."""
    found, records = Walk(), set(record_paths())
    for language in SWITCH:
        _walk_language(found, language, records)
    return found


def _walk_language(found: Walk, language: str, records: set[str]) -> None:
    home, left = f"/{language}/", MOST_RECORDS
    found.clicks[home] = 0
    ahead, read_here = deque([home]), 0
    while ahead and read_here < MOST_PAGES:
        url = ahead.popleft()
        if url in records:
            left -= 1
            if left < 0:
                continue
        page = found.pages[url] = read(url)
        read_here += 1
        if page.location:
            # whoever is sent on clicks once, so where it leads is as near as the address itself, and comes next
            if (onward := _own_address(page.location, url)).startswith(home) and onward not in found.clicks:
                found.clicks[onward] = found.clicks[url]
                ahead.appendleft(onward)
            continue
        for link in internal_links(page) if page.is_page else ():
            found.named_by.setdefault(link, url)
            # each language is walked from its own home: a switch of language brings nobody nearer
            if link not in found.clicks and link.startswith(home):
                found.clicks[link] = found.clicks[url] + 1
                if found.clicks[link] <= DEEPEST and _is_followed(link, url):
                    ahead.append(link)


def internal_links(page: PageRead) -> list[str]:
    """The addresses of ours that a page links to, as path and query, each once and in order."""
    found = (_own_address(link, page.url) for link in page.links)
    return list(dict.fromkeys(filter(None, found)))


def _own_address(link: str, page: str) -> str:
    """A link of a page as path and query; empty when it leads to somebody else."""
    host = urlsplit(settings.VETOVOIMA_PUBLIC_URL).netloc
    parts = urlsplit(urljoin(f"//{host}{page}", link))
    if parts.netloc != host or parts.scheme not in ("", "http", "https"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _is_followed(link: str, page: str) -> bool:
    """Whether the walk goes on there: pages, the further pages of a list, and a list that a page has narrowed (all sites of a
    municipality). Lists that lists have narrowed are without number, and each of them is shorter than what it came from."""
    parts, is_list = urlsplit(link), urlsplit(page).path == urlsplit(link).path
    asked = {name for name, _value in parse_qsl(parts.query, keep_blank_values=True)}
    return parts.path.endswith("/") and (asked <= {"page"} if is_list else asked <= NARROWED)


def broken_links(found: Walk) -> list[str]:
    """The addresses that pages name and that answer with an error; each is asked once, records are known to be there."""
    known = {url for url, page in found.pages.items() if page.status < 400} | set(record_paths())
    broken = [url for url, page in found.pages.items() if page.status >= 400]
    for link in sorted(found.named_by):
        path = link.partition("?")[0]
        # a record's file in another format is there when the record is
        is_known = link in known or link in found.pages or f"{path.rpartition('.')[0]}/" in known
        is_asked = not urlsplit(link).query and not path.startswith(NOT_FOLLOWED)
        if is_asked and not is_known and read(link).status >= 400:
            broken.append(link)
    return broken
