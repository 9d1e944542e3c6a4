"""The archives: everything that is public, and each municipality's pages to host. Made by night, handed out as they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.reference.queries import licence as region_licence
from vetovoima.syndication.bundles.queries import bundle, bundle_names, content_of, ready_bundles
from vetovoima.syndication.licences import licence_address

from .caching import OPEN, is_unchanged, json_answer, problem, with_rules
from .doors import own_file_door
from .feeds.envelopes import linked
from .parameters import given_of

if TYPE_CHECKING:
    from vetovoima.syndication.models import Bundle

#: what was withdrawn is taken out at once, so nobody may keep an archive for long without asking
KEPT = "public, max-age=300"
SOON = 60


@own_file_door
def archives(request: HttpRequest) -> HttpResponse:
    """This will list the archives that lie ready, with their size, their check sum and the moment at which they were made."""
    given_of(request, ("lang",))
    licence = region_licence()
    found = [_shape(request, one) for one in ready_bundles()]
    body = {
        "items": found,
        "next": None,
        "total": len(found),
        "licence": licence,
        "licence_url": licence_address(licence),
    }
    response = json_answer(body)
    for name, value in {**OPEN, "Cache-Control": "no-store"}.items():
        response.headers[name] = value
    return response


def _shape(request: HttpRequest, one: Bundle) -> dict[str, object]:
    return {
        "name": one.name,
        "url": request.build_absolute_uri(one.path),
        "is_whole": one.is_whole,
        "records": one.records,
        "size": one.size,
        "sha256": one.sha256,
        "version": one.version,
        "updated_at": localtime(one.made_at).isoformat(timespec="seconds"),
    }


@own_file_door
def archive(request: HttpRequest, slug: str) -> Any:
    """This will hand out an archive; 503 while it is being made anew, 404 for one that there never is."""
    given_of(request, ("lang",))
    found = bundle(slug)
    if found is None:
        return _being_made(slug)
    etag = f'"{found.sha256[:32]}"'
    if is_unchanged(request, etag, found.made_at):
        return _ruled(HttpResponse(status=304), found, etag)
    file = content_of(found)
    if file is None:
        return _being_made(slug)
    response = FileResponse(
        file, as_attachment=True, filename=f"{found.name}.zip", content_type="application/zip"
    )
    response.headers["Content-Length"] = str(found.size)
    return _ruled(response, found, etag)


def _being_made(slug: str) -> HttpResponse:
    if slug not in bundle_names():
        said = _("There is no archive %(name)s. The list of archives is at /export/.") % {"name": slug[:60]}
        return problem(404, _("Not found"), said)
    response = problem(503, _("Not ready"), _("This archive is being made anew. Try again in a few minutes."))
    response.headers["Retry-After"], response.headers["Cache-Control"] = str(SOON), "no-store"
    return response


def _ruled(response: Any, found: Bundle, etag: str) -> Any:
    """What every public answer says, with an archive's own age."""
    with_rules(response, etag, found.made_at)
    response.headers["Cache-Control"] = KEPT
    return linked(response, licence=region_licence())
