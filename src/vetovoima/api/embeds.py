"""A municipality's offer on its own web pages: a component, a frame, and a fragment without script.

All three read the same published documents as the portal; none sets a cookie. The frame may stand on any site:
what it shows is public, and it holds no form (docs/decisions/0007).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from vetovoima.accounts.doors import public_door
from vetovoima.reference.queries import municipality, region
from vetovoima.syndication.queries import search_sites

from .caching import machine_door, problem
from .parameters import feed_request


def _context(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """What is shown of a municipality, or with "" of the whole region; None for a municipality that is not there."""
    found = municipality(slug) if slug else None
    if slug and found is None:
        return None
    asked = feed_request(request, municipality=slug)
    page = search_sites(asked.language, asked.terms, with_facets=False)
    return {
        "municipality": found,
        "language": asked.language,
        "cards": [row.card for row in page.documents],
        "total": page.total,
        "base": request.build_absolute_uri("/").rstrip("/"),
        "region": region(),
    }


@csrf_exempt
@gzip_page
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_door
@machine_door
def frame(request: HttpRequest, slug: str = "") -> HttpResponse:
    """This will answer a whole page to be shown in a frame: a municipality's offer, or the region's."""
    context = _context(request, slug)
    if context is None:
        return problem(404, "Not found", f"There is no municipality {slug[:30]}.")
    return render(request, "api/embed.html", context)


@csrf_exempt
@gzip_page
@public_door
@machine_door
def fragment(request: HttpRequest, slug: str) -> HttpResponse:
    """This will answer plain HTML that a municipality's server puts into its own page: no script, no style."""
    context = _context(request, slug)
    if context is None:
        return problem(404, "Not found", f"There is no municipality {slug[:30]}.")
    return render(request, "api/fragment.html", context)


@csrf_exempt
@gzip_page
@public_door
@machine_door
def embed_script(request: HttpRequest) -> HttpResponse:
    """This will answer the web component <vetovoima-sites municipality="kuhmo" lang="fi">."""
    path = Path(settings.PACKAGE_DIR) / "static" / "build" / "embed.js"
    if not path.exists():
        return problem(503, "Not built", "The front end is not built. Run make demo once.")
    return HttpResponse(path.read_bytes(), content_type="text/javascript; charset=utf-8")
