"""The public record as a PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from vetovoima.accounts.doors import public_door
from vetovoima.common.pdf import CannotRender
from vetovoima.syndication.papers import record_pdf
from vetovoima.syndication.queries import published_site

from .caching import machine_door, problem
from .gone import not_public

PDF = "application/pdf"


@csrf_exempt
@public_door
@machine_door
def site_pdf(request: HttpRequest, language: str, code: str) -> HttpResponse:
    """This will answer one record's public document as a tagged PDF."""
    found = published_site(code, language)
    if found is None:
        return not_public(code, language, "pdf")
    try:
        content = record_pdf(found, request.build_absolute_uri(found.body["url"]))
    except CannotRender as error:
        return problem(503, _("No PDF now"), str(error))
    return HttpResponse(
        content,
        content_type=PDF,
        headers={"Content-Disposition": f'inline; filename="{code}-{language}.pdf"'},
    )
