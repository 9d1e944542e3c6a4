"""Photographs of published records."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from vetovoima.accounts.doors import public_door
from vetovoima.media.queries import public_photo
from vetovoima.media.services import photo_file

#: what is public today may be withdrawn at any moment; other sites may show it in their pages
KEPT = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}


@public_door
def published_photo(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """This will answer a photograph of something public; others are not found.

    It may be kept for five minutes and no longer, as documents are, so that withdrawing its record withdraws it
    everywhere. Its name never changes its content: asked again with its tag, it is not sent again.
    """
    found = public_photo(name)
    path = photo_file(found, size) if found else None
    if path is None:
        raise Http404
    tag = f'"{name}-{size}"'
    headers = {**KEPT, "ETag": tag}
    if get_conditional_response(request, etag=tag) is not None:
        return HttpResponseNotModified(headers=headers)
    return FileResponse(path.open("rb"), content_type="image/jpeg", headers=headers)
