"""Pictures of pages: the sizes that the content editor has made of them. What an editor puts there is public."""

from __future__ import annotations

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door

FOLDER = "images"
KINDS = {
    "webp": "image/webp", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif",
    "avif": "image/avif",
}  # fmt: skip


@public_door
@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """This will answer one size of one picture; its name changes with its content, so that it may be kept long."""
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None or "/" in name or name.startswith("."):
        raise Http404
    try:
        file = default_storage.open(f"{FOLDER}/{name}")
    except (OSError, ValueError, SuspiciousFileOperation) as error:  # no file, or no name of one
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=2592000"
    return response
