"""Reading a page of this service as a stranger's browser would get it, without leaving the process."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse

#: names itself a program, so that its reading is not counted as visits
AGENT = "vetovoima-self-audit/1"


@dataclass
class PageRead:
    """What an answer was, and what its page holds."""

    url: str
    status: int = 0
    content_type: str = ""
    location: str = ""
    cookies: int = 0
    size: int = 0
    language: str = ""
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    linked_data: list[str] = field(default_factory=list)
    #: forms as (method, has a button that sends, keeps a draft); a button may stand elsewhere and name its form
    forms: list[tuple[str, bool, bool]] = field(default_factory=list)
    required_fields: int = 0
    text: str = ""

    @property
    def path(self) -> str:
        """The address without what stands behind a "?"."""
        return self.url.partition("?")[0]

    @property
    def is_page(self) -> bool:
        """Whether it is a page that people read."""
        return self.status == 200 and self.content_type.startswith("text/html")


@lru_cache(maxsize=1)
def _application() -> WSGIHandler:
    return WSGIHandler()


def read(url: str) -> PageRead:
    """This will ask the application for an address (path and query) and read what comes."""
    response = _application().get_response(WSGIRequest(_environ(url)))
    kind = response.get("Content-Type", "")
    found = PageRead(url, response.status_code, kind, response.get("Location", ""), len(response.cookies))
    if not isinstance(response, HttpResponse):
        return found  # a stream: a file, not a page
    found.size = len(response.content)
    if kind.startswith(("text/", "application/xml", "application/json")):
        found.text = response.content.decode("utf-8", "replace")
    if kind.startswith("text/html"):
        _Reader(found).feed(found.text)
    return found


def _environ(url: str) -> dict[str, Any]:
    public, parts = urlsplit(settings.VETOVOIMA_PUBLIC_URL), urlsplit(url)
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": parts.path, "QUERY_STRING": parts.query,
        "SERVER_NAME": public.hostname or "localhost", "SERVER_PORT": str(public.port or 80),
        "HTTP_HOST": public.netloc, "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": public.scheme,
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "HTTP_USER_AGENT": AGENT, "REMOTE_ADDR": "127.0.0.1",
    }  # fmt: skip


class _Reader(HTMLParser):
    """Picks out of a page what the checks ask for."""

    def __init__(self, page: PageRead) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.form: tuple[str, bool, bool] | None = None
        self.form_id = ""
        self.sent_from_elsewhere: set[str] = set()
        self.named: list[tuple[str, int]] = []
        self.in_linked_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """This will note links, forms and what the head says."""
        at = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.page.language = at.get("lang", "")
        elif tag == "a" and at.get("href"):
            self.page.links.append(at["href"])
        elif tag == "link":
            self._link(at)
        elif tag == "meta" and at.get("content"):
            self.page.meta.setdefault(at.get("property") or at.get("name", ""), at["content"])
        elif tag == "form":
            # a hidden form waits for buttons that stand elsewhere, or for none on this page
            self.form, self.form_id = (
                (at.get("method", "get").lower(), "hidden" in at, "data-draft" in at),
                at.get("id", ""),
            )
        else:
            self._in_form(tag, at)
        if tag == "script" and at.get("type") == "application/ld+json":
            self.in_linked_data = True
            self.page.linked_data.append("")

    def _link(self, at: dict[str, str]) -> None:
        if at.get("rel") == "canonical":
            self.page.canonical = at.get("href", "")
        elif at.get("rel") == "alternate" and at.get("hreflang"):
            self.page.alternates[at["hreflang"]] = at.get("href", "")

    def _in_form(self, tag: str, at: dict[str, str]) -> None:
        kind = at.get("type", "submit" if tag == "button" else "text")
        # a field for search words sends its form by itself with Enter
        if tag in ("button", "input") and kind in ("submit", "image", "search"):
            if at.get("form"):
                self.sent_from_elsewhere.add(at["form"])
            elif self.form is not None:
                self.form = (self.form[0], True, self.form[2])
        if self.form is not None and tag in ("input", "select", "textarea") and "required" in at:
            self.page.required_fields += 1

    def handle_data(self, data: str) -> None:
        """This will keep linked data as it stands."""
        if self.in_linked_data:
            self.page.linked_data[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """This will close what was open."""
        if tag == "form" and self.form is not None:
            self.named.append((self.form_id, len(self.page.forms)))
            self.page.forms.append(self.form)
            self.form = None
        elif tag == "html":
            for name, place in self.named:
                if name in self.sent_from_elsewhere:
                    method, _sends, draft = self.page.forms[place]
                    self.page.forms[place] = (method, True, draft)
        elif tag == "script":
            self.in_linked_data = False


def is_well_formed(linked_data: str) -> bool:
    """Whether a page's linked data can be read, names its vocabulary, and says of everything what it is."""
    try:
        found = json.loads(linked_data)
    except ValueError:
        return False
    things = found if isinstance(found, list) else [found]
    return bool(things) and all(
        isinstance(one, dict)
        and "schema.org" in str(one.get("@context", ""))
        and ("@type" in one or "@graph" in one)
        for one in things
    )
