"""Going back: one change of a record undone, a published version restored."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import services
from vetovoima.desk.requests import DeskRequest

from .records import site_or_404


@door(Kind.SITE, Action.EDIT)
def site_undo(request: DeskRequest, code: str, id: int) -> HttpResponse:
    """This will take one change back, field by field, where nobody changed the field since."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site", code)
    try:
        services.undo_edit(site=site, fact_id=id, by=request.user, now=timezone.now())
    except services.CannotChange as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Undone. The history shows both changes."))
    return redirect("desk:site-edit" if request.POST.get("to") == "edit" else "desk:site", code)


@door(Kind.SITE, Action.EDIT)
def site_restore(request: DeskRequest, code: str, id: int) -> HttpResponse:
    """This will make the working copy say what a published version said."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site", code)
    try:
        services.restore_version(site=site, number=id, by=request.user, now=timezone.now())
    except services.CannotChange as error:
        messages.warning(request, str(error))
    else:
        messages.success(
            request,
            _("The working copy says again what version %(number)s said. Nothing public has changed.")
            % {"number": id},
        )
    return redirect("desk:site", code)
