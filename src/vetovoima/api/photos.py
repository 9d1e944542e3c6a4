"""Photographs of published records."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from vetovoima.accounts.doors import public_door
from vetovoima.media.queries import public_photo
from vetovoima.media.services import photo_file


@public_door
def published_photo(request: HttpRequest, name: str, size: str) -> HttpResponseBase:
    """This will answer a photograph of something public; others are not found. Its name never changes its content."""
    found = public_photo(name)
    path = photo_file(found, size) if found else None
    if path is None:
        raise Http404
    headers = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
    return FileResponse(path.open("rb"), content_type="image/jpeg", headers=headers)
