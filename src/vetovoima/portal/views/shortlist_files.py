"""A shortlist to take along: one PDF with a sheet for each record, and a workbook."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.pdf import CannotRender
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.limits import FILES, PAPERS, seconds_to_wait, too_often
from vetovoima.syndication.papers import shortlist_pdf, shortlist_workbook
from vetovoima.syndication.shortlists import read_codes, shortlist

from .shortlist import sites_query

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public_door
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The list as a tagged PDF; an empty one leads to the page of the list."""
    bodies = _bodies(request)
    if not bodies:
        return redirect("portal-shortlist")
    if seconds_to_wait(request, PAPERS):
        return _no_pdf(request, "", status=429)
    address = absolute(f"{reverse('portal-shortlist')}?{sites_query([body['code'] for body in bodies])}")
    try:
        content = shortlist_pdf(bodies, current_language(), absolute(""), address)
    except CannotRender as error:
        return _no_pdf(request, str(error), status=503)
    return _file(content, "application/pdf", "pdf", "inline")


@public_door
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The list as a workbook: its records, and every fact with its source."""
    bodies = _bodies(request)
    if not bodies:
        return redirect("portal-shortlist")
    if wait := seconds_to_wait(request, FILES):
        return too_often(request, wait)
    return _file(shortlist_workbook(bodies, current_language()), XLSX, "xlsx", "attachment")


def _bodies(request: HttpRequest) -> list[dict[str, Any]]:
    found = shortlist(read_codes(request.GET.getlist("sites")), current_language(), whole=True)
    return [one.body for one in found.documents]


def _no_pdf(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    query = sites_query(read_codes(request.GET.getlist("sites")))
    response = render(request, "portal/shortlist_no_pdf.html", {"why": why, "query": query}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _file(content: bytes, content_type: str, ending: str, disposition: str) -> HttpResponse:
    name = f"shortlist-{current_language()}.{ending}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'{disposition}; filename="{name}"'},
    )
