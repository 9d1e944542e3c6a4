"""Addresses for browsers and machines: the language's door, colours, outlines, robots, site map, security contact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.icon import icon
from vetovoima.portal.brand import brand_css, still_colours
from vetovoima.portal.languages import visitor_language
from vetovoima.portal.navigation import menu
from vetovoima.portal.sitemap import part, parts
from vetovoima.reference import queries as reference

DAY = 24 * 60 * 60
XML = "application/xml; charset=utf-8"


@public_door
@require_safe
def to_language(request: HttpRequest) -> HttpResponse:
    """To the visitor's language: by the browser's own wish, else English."""
    response = HttpResponseRedirect(f"/{visitor_language(request)}/")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept-Language"
    return response


@public_door
@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """The region's colours and fonts; its address carries their version, so it may be kept."""
    region = reference.region()
    response = HttpResponse(
        brand_css(region.tokens if region else None), content_type="text/css; charset=utf-8"
    )
    response.headers["Cache-Control"] = f"public, max-age={30 * DAY if request.GET.get('v') else 300}"
    return response


@public_door
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The region's mark, for whoever asks for it by the name that all sites have."""
    region = reference.region()
    colours = still_colours(region.tokens if region else None)
    headers = {"Cache-Control": f"public, max-age={DAY}"}
    return HttpResponse(icon(**colours), content_type="image/x-icon", headers=headers)


@public_door
@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    """The municipalities' outlines as GeoJSON; 204 when the operator has loaded none."""
    found: dict[str, Any] = reference.boundaries()
    headers = {"Cache-Control": f"public, max-age={DAY}", "Access-Control-Allow-Origin": "*"}
    if not found["features"]:
        return HttpResponse(status=204, headers={**headers, "Cache-Control": "public, max-age=300"})
    return JsonResponse(found, content_type="application/geo+json", headers=headers)


@public_door
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages are open to all; a demonstration is not to be found by search engines."""
    closed = ["/"] if settings.VETOVOIMA_DEMO else ["/desk/", "/cms/", "/accounts/", "/*?*bbox="]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        f"Sitemap: {settings.VETOVOIMA_PUBLIC_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_door
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The files of the site map, one or more for each language."""
    return render(request, "portal/sitemap_index.xml", {"parts": parts()}, content_type=XML)


@public_door
@require_safe
def sitemap_part(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """Every public page and record of a language, each with its addresses in the others."""
    found = part(language, int(number))
    if not found:
        raise Http404
    return render(request, "portal/sitemap.xml", {"entries": found}, content_type=XML)


@public_door
@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What the service is and where its data stand, for language models that read for somebody."""
    region = reference.region()
    with override("en"):
        groups = menu("en", "", region.tokens if region else None)
        return render(
            request, "portal/llms.txt", {"groups": groups}, content_type="text/plain; charset=utf-8"
        )


@public_door
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116); it expires a year on, as the standard asks."""
    expires = (timezone.now() + timedelta(days=365)).strftime("%Y-%m-%dT00:00:00Z")
    base = settings.VETOVOIMA_PUBLIC_URL
    lines = [
        f"Contact: {base}/en/enquiry/",
        f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}",
        f"Expires: {expires}",
        "Preferred-Languages: fi, en, sv",
        f"Canonical: {base}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
