"""Photographs of a record."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import queries, rules, services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.forms import PhotoForm
from vetovoima.media.services import photo_file

from .records import site_or_404


@door(Kind.SITE, Action.EDIT)
def photo_add(request: DeskRequest, code: str) -> HttpResponse:
    """This will take in a photograph; when it is refused, the other fields keep what was typed."""
    site = site_or_404(request, code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            services.add_photo(
                site=site, content=content, **form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, services.CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("The photograph was added. It is public when the record is published next.")
            )
            return redirect("desk:site", site.code)
    return render(request, "desk/sites/photo_add.html", {"site": site, "form": form, "area_name": "sites"})


@door(Kind.SITE, Action.EDIT)
def photo_edit(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will change what is said of a photograph."""
    site = site_or_404(request, code)
    photo = queries.photo_for(request.user, name)
    if photo is None or photo not in queries.photos(site):
        raise Http404
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    form = PhotoForm(request.POST if request.method == "POST" else None, photo=photo)
    if form.is_valid():
        try:
            services.describe_photo(
                site=site, name=name, **form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, services.CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. It is public when the record is published next."))
            return redirect("desk:site", site.code)
    page = {"site": site, "form": form, "photo": photo, "area_name": "sites"}
    return render(request, "desk/sites/photo_add.html", page)


@door(Kind.SITE, Action.EDIT)
def photo_move(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will move a photograph one place, and come back to it in the row."""
    site = site_or_404(request, code)
    if request.method == "POST":
        earlier = request.POST.get("to") == "earlier"
        try:
            place = services.move_photo(
                site=site, name=name, earlier=earlier, by=request.user, now=timezone.now()
            )
        except services.CannotChange as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _said_of(place))
            return redirect(reverse("desk:site", args=[site.code]) + f"#photo-{name}")
    return redirect("desk:site", site.code)


def _said_of(place: int) -> str:
    if place == 1:
        return _("The photograph is the cover now. It is public when the record is published next.")
    words = _("The photograph is in place %(place)s now. It is public when the record is published next.")
    return words % {"place": place}


@door(Kind.SITE, Action.EDIT)
def photo_remove(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will take a photograph off the record, and off the public side at once."""
    site = site_or_404(request, code)
    if request.method == "POST":
        try:
            services.remove_photo(site=site, name=name, by=request.user, now=timezone.now())
        except services.CannotChange as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("The photograph was removed."))
    return redirect("desk:site", site.code)


@door(Kind.SITE, Action.VIEW)
def photo_serve(request: DeskRequest, code: str, name: str, size: str) -> HttpResponseBase:
    """This will serve a photograph of a record that the person may see."""
    site_or_404(request, code)
    photo = queries.photo_for(request.user, name)
    path = photo_file(photo, size) if photo else None
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/jpeg")
