"""The position of a record: pasted, from a file, or mended. It goes into the form; saving is for the person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import drafts, rules, services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites import places
from vetovoima.desk.sites.forms import Lookups, SiteForm, Typed

from .editing import keep_typed
from .records import site_or_404

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site


@door(Kind.SITE, Action.EDIT)
def site_place(request: DeskRequest, code: str) -> HttpResponse:
    """This will put a pasted, uploaded, chosen or mended position into the form, unsaved."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site-edit", code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    keep_typed(request, site)
    try:
        if file := request.FILES.get("shape_file"):
            return _uploaded(request, site, file)
        found = _found(request, site)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _back(site)
    for group, typed in found.items():
        _put(request, site, group, typed)
    if not found:
        messages.warning(
            request, _("There was nothing to put in its place. Paste coordinates or choose a file.")
        )
    return _back(site, "size" if "size" in found else "location")


def _found(request: DeskRequest, site: Site) -> dict[str, Any]:
    """What the buttons mean: a mend, a shape chosen from a file, or pasted text."""
    if code := request.POST.get("mend"):
        form = SiteForm(site, Lookups(request.user, site), Typed.of_request(request.POST))
        return places.mended(form, code)
    if chosen := request.POST.get("shape"):
        return {"location": places.inputs_of(_loaded(chosen))}
    text = request.POST.get("paste", "")
    return {"location": places.pasted(text)} if text.strip() else {}


def _loaded(text: str) -> dict[str, Any]:
    """A shape that we wrote into the page, come back; it is checked again when it is saved."""
    try:
        shape = json.loads(text)
        found: dict[str, Any] = {"type": shape["type"], "coordinates": shape["coordinates"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError(_("The shape cannot be read. Choose the file again.")) from error
    if found["type"] == "Point" and not all(isinstance(one, (int, float)) for one in found["coordinates"]):
        raise ValidationError(_("The shape cannot be read. Choose the file again."))
    return found


def _uploaded(request: DeskRequest, site: Site, file: Any) -> HttpResponse:
    """One shape goes straight into the form; of several one is chosen first."""
    if file.size > settings.VETOVOIMA_MAX_UPLOAD_BYTES:
        raise ValidationError(_("The file is too large: at most 10 MB."), code="too_large")
    shapes = places.offered(file.read(), file.name or "")
    if len(shapes) == 1:
        _put(request, site, "location", places.inputs_of(json.loads(shapes[0].text)))
        return _back(site)
    page = {"site": site, "shapes": shapes, "filename": file.name, "area_name": "sites"}
    return render(request, "desk/sites/choose_shape.html", page)


def _put(request: DeskRequest, site: Site, group: str, typed: dict[str, Any]) -> None:
    """Add to what the person has already typed into the group."""
    kept = {one.group: one for one in drafts.drafts_of(request.user, site)}
    data = {**(kept[group].data if group in kept else {}), **typed}
    try:
        drafts.keep_draft(
            site=site, group=group, data=data, revision=kept[group].revision if group in kept else site.revision,
            by=request.user, now=timezone.now(),
        )  # fmt: skip
    except services.CannotChange as error:
        messages.error(request, str(error))


def _back(site: Site, group: str = "location") -> HttpResponse:
    return redirect(reverse("desk:site-edit", args=[site.code]) + f"?continue=1#{group}")
