"""Error pages: what happened, what was kept, what to do; in the page's language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers


def _page(request: HttpRequest, status: int) -> HttpResponse:
    response = render(request, f"{status}.html", status=status)
    add_never_cache_headers(response)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will answer 404 with ways on: the search, the municipalities, the enquiry."""
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will answer 403: the address is there, the right is not."""
    return _page(request, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """This will answer 500 without the database, the region or a context processor, any of which may be the cause."""
    response = HttpResponse(render_to_string("500.html"), status=500)
    add_never_cache_headers(response)
    return response
