"""Counting page views where every one of them passes: outside the page cache (docs/decisions/0020)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from vetovoima.common.fields import LANGUAGES
from vetovoima.monitoring.visits.counting import counts
from vetovoima.monitoring.visits.enums import Origin, What
from vetovoima.monitoring.visits.pages import counted_page, page_before
from vetovoima.monitoring.visits.partners import known_sources
from vetovoima.monitoring.visits.sources import CARRIER, Source, first_source, is_machine

Answer = Callable[[HttpRequest], HttpResponse]
PUBLIC = tuple(f"/{language}/" for language in LANGUAGES)
_OURS = ("utm_", f"{CARRIER}=")
ENTRY, VIEW = (What.ENTRY, What.VIEW), (What.VIEW,)


class VisitsMiddleware:
    """Counts page views by day, page, language and kind of source; keeps nothing of the visitor.

    It takes `via` and `utm_…` out of the address before anybody further in sees it, so that a campaign's link is answered
    from the cache like any other. What it found stands in `request.visit` for the enquiry form, and in the answer's
    Server-Timing header, from which the page's script hands it on to the next page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """This will answer as usual, and count."""
        if not request.path.startswith(PUBLIC):
            return self.get_response(request)
        meta = request.META
        query = meta.get("QUERY_STRING", "")
        ours = query if any(mark in query for mark in _OURS) else ""
        if ours:
            meta["QUERY_STRING"] = _without_ours(query)
        if request.method != "GET" or not _is_a_person_reading(meta):
            return self.get_response(request)
        source, is_entry, before = _whence(ours, meta.get("HTTP_REFERER", ""), known_sources().turn)
        request.visit = (source, before)  # type: ignore[attr-defined]
        response = self.get_response(request)
        _count(request.path, response, source, is_entry)
        return response


def _without_ours(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        [(name, value) for name, value in pairs if name != CARRIER and not name.startswith("utm_")]
    )


# What is asked for every page is remembered for a while: most readers come from few places to few pages.
@lru_cache(maxsize=4096)
def _whence(query: str, referrer: str, _turn: int) -> tuple[Source, bool, str]:
    known = known_sources()
    return (*first_source(query, referrer, known), page_before(referrer, known.host))


@lru_cache(maxsize=2)
def _today(_minute: int) -> date:
    return localdate()


def _is_a_person_reading(meta: Mapping[str, Any]) -> bool:
    """A browser that opens a page for somebody who neither works here nor wishes not to be counted.

    Read from the request's plain names: its headers and cookies would be taken apart for a page that needs neither.
    """
    return (
        settings.SESSION_COOKIE_NAME not in meta.get("HTTP_COOKIE", "")
        and meta.get("HTTP_SEC_FETCH_DEST", "document") == "document"
        and "prefetch" not in meta.get("HTTP_SEC_PURPOSE", "")
        and "HTTP_HX_REQUEST" not in meta
        and meta.get("HTTP_DNT") != "1"
        and meta.get("HTTP_SEC_GPC") != "1"
        and not is_machine(meta.get("HTTP_USER_AGENT", ""))
    )


def _count(path: str, response: HttpResponse, source: Source, is_entry: bool) -> None:
    if response.status_code not in (200, 304):
        return
    control = response.get("Cache-Control", "")
    page = counted_page(path, is_personal="no-store" in control or "private" in control)
    if page is None:
        return
    counts.add(_today(int(time.time()) // 60), page[1], page[0], source, *(ENTRY if is_entry else VIEW))
    if source.origin != Origin.INSIDE:
        response.headers["Server-Timing"] = f'{CARRIER};desc="{source.carried()}"'
