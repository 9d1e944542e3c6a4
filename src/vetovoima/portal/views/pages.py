"""Pages of the content editor, and the plain word where one is missing in a language."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import NATIVE, SWITCH, current_language

#: a longer path than any page has
MOST_STEPS = 8


@public_door
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page in this language; one that exists in other languages only says so and leads there; else 404."""
    homes = _homes(request)
    here = current_language()
    if homes and here not in homes:
        return _missing(request, homes, path)
    if here in homes:
        _find(request, homes[here], path)
    try:
        response: HttpResponse = serve(request, path)
    except Http404:
        return _moved(request) or _missing(request, homes, path)
    return response


def _find(request: HttpRequest, home: Page, path: str) -> None:
    """This will find the page of a path with one question and keep it where Wagtail looks for it; Wagtail's own way asks
    twice for each step of the path."""
    steps = [step for step in path.split("/") if step]
    ways = list(accumulate(steps, lambda above, slug: f"{above}{slug}/", initial=home.url_path))[1:]
    if len(steps) > MOST_STEPS:
        return
    found = {one.url_path: one for one in Page.objects.filter(url_path__in=ways)} if ways else {}
    page = home
    for way in ways:
        if way not in found or not found[way].is_descendant_of(page):
            return
        found[way]._cached_parent_obj = page
        page = found[way]
    if page.live:
        request._wagtail_route_for_request = RouteResult(page.specific)  # type: ignore[attr-defined]


def _moved(request: HttpRequest) -> HttpResponse | None:
    """Where a page that was here has gone for good. One that was only taken down leads on after all else was tried."""
    found = get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
    if found is None or not found.is_permanent or not found.link:
        return None
    return HttpResponsePermanentRedirect(found.link)


def _homes(request: HttpRequest) -> dict[str, Page]:
    site = Site.find_for_request(request)
    if site is None:
        return {}
    homes = site.root_page.get_translations(inclusive=True).live().select_related("locale")
    return {home.locale.language_code: home for home in homes}


def _missing(request: HttpRequest, homes: dict[str, Page], path: str) -> HttpResponse:
    """The honest word: this page is not written in this language; here it is in another. 404 when it is nowhere."""
    found: list[dict[str, Any]] = []
    for code in SWITCH:
        if code in homes:
            other = Page.objects.live().public().filter(url_path=homes[code].url_path + path).first()
            if other is not None:
                found.append(
                    {"code": code, "name": NATIVE[code], "title": other.title, "url": f"/{code}/{path}"}
                )
    if not found:
        raise Http404
    missing = [code for code in SWITCH if code not in {one["code"] for one in found}]
    context = {"others": found, "missing_languages": missing, "here": NATIVE[current_language()]}
    return render(request, "portal/missing_language.html", context)
