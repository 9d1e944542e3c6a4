"""Pages of the content editor, and the plain word where one is missing in a language."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page, Site
from wagtail.views import serve

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import NATIVE, SWITCH, current_language


@public_door
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page in this language; one that exists in other languages only says so and leads there; else 404."""
    homes = _homes()
    here = current_language()
    if homes and here not in homes:
        return _missing(request, homes, path)
    try:
        response: HttpResponse = serve(request, path)
    except Http404:
        return _missing(request, homes, path)
    return response


def _homes() -> dict[str, Page]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
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
