"""The public record as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vetovoima.common.pdf import CannotRender
from vetovoima.syndication.papers import record_pdf

from .caching import problem
from .doors import record_door

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument

PDF = "application/pdf"


@record_door("pdf")
def site_pdf(request: HttpRequest, found: PublishedDocument) -> HttpResponse:
    """This will answer one record's public document as a tagged PDF."""
    try:
        content = record_pdf(found, request.build_absolute_uri(found.body["url"]))
    except CannotRender as error:
        return problem(503, _("No PDF now"), str(error))
    return HttpResponse(
        content,
        content_type=PDF,
        headers={"Content-Disposition": f'inline; filename="{found.code}-{found.language}.pdf"'},
    )
