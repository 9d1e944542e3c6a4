"""Public documents of published records."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.media.files import content_of, headers_of
from vetovoima.media.queries import public_file


@public_door
@require_safe
def published_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """This will hand out a document that anybody may have, as a download; others are not found."""
    found = public_file(name)
    path = content_of(found) if found else None
    if found is None or path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.download_name, content_type=found.media_type,
        headers=headers_of(is_public=True),
    )  # fmt: skip
