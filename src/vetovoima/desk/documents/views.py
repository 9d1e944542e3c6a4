"""What every partner who signs in may open: documents of public records, shared with the network."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.queries import described_as_published, shared_files
from vetovoima.desk.requests import DeskRequest
from vetovoima.media.files import content_of, headers_of

PER_PAGE = 50


@door(Kind.DESK, Action.VIEW)
@require_safe
def documents(request: DeskRequest) -> HttpResponse:
    """This will list them by record."""
    page = Paginator(shared_files(request.user), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = described_as_published(page.object_list)
    return render(request, "desk/documents/documents.html", {"area_name": "day", "page": page})


@door(Kind.DESK, Action.VIEW)
@require_safe
def document(request: DeskRequest, name: str) -> HttpResponseBase:
    """This will hand out one of them."""
    found = shared_files(request.user).filter(file__name=name).first()
    path = content_of(found.file) if found else None
    if found is None or path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.file.download_name, content_type=found.file.media_type,
        headers=headers_of(is_public=False),
    )  # fmt: skip
