"""The history of a record: everything that happened, what a version said, and what going back would change."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.previews import preview_restore, preview_undo
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.reviews import history_page, undo_page, version_page

from .records import site_or_404


@door(Kind.SITE, Action.VIEW)
def site_history(request: DeskRequest, code: str) -> HttpResponse:
    """This will show everything that happened to a record. Who did it is seen by its municipality and the council alone."""
    site = site_or_404(request, code)
    return render(
        request, "desk/sites/history.html", history_page(request.user, site, request.GET.get("page"))
    )


@door(Kind.SITE, Action.VIEW)
def site_change(request: DeskRequest, code: str, id: int) -> HttpResponse:
    """This will show what undoing one change would do, before it is done."""
    site = site_or_404(request, code)
    preview = preview_undo(site, id)
    if preview is None:
        raise Http404
    return render(request, "desk/sites/change.html", undo_page(request.user, site, preview))


@door(Kind.SITE, Action.VIEW)
def site_version(request: DeskRequest, code: str, id: int) -> HttpResponse:
    """This will show what a published version said, and what restoring it would change."""
    site = site_or_404(request, code)
    preview = preview_restore(site, id)
    if preview is None:
        raise Http404
    return render(request, "desk/sites/version.html", version_page(request.user, site, preview))
