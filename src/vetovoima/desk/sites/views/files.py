"""Documents of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import queries, rules, services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.forms import FileForm
from vetovoima.media.files import check_size, content_of, headers_of

from .records import site_or_404

if TYPE_CHECKING:
    from vetovoima.catalogue.models import SiteFile


def _entry_or_404(request: DeskRequest, code: str, name: str) -> SiteFile:
    found = queries.file_of(request.user, code, name)
    if found is None:
        raise Http404
    return found


@door(Kind.SITE, Action.EDIT)
def file_add(request: DeskRequest, code: str) -> HttpResponse:
    """This will take in a document; when it is refused, the other fields keep what was typed."""
    site = site_or_404(request, code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    form = FileForm(site, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            check_size(given.size)
            services.add_file(
                site=site, content=given.read(), filename=given.name, group=form.cleaned_data["group"],
                values=form.values(), by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.refuse(error if hasattr(error, "error_dict") else ValidationError({"file": error}))
        except services.CannotChange as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("The document was added. It is opened when the record is published next.")
            )
            return redirect("desk:site", site.code)
    return render(request, "desk/sites/file_add.html", {"site": site, "form": form, "area_name": "sites"})


@door(Kind.SITE, Action.EDIT)
def file_edit(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will change what is said of a document and who may open it."""
    entry = _entry_or_404(request, code, name)
    if not rules.can_edit(request.user, entry.site):
        raise PermissionDenied
    form = FileForm(entry.site, request.POST if request.method == "POST" else None, entry=entry)
    if form.is_valid():
        try:
            services.describe_file(
                site=entry.site, name=name, group=form.cleaned_data["group"], values=form.values(), by=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except (ValidationError, services.CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                _(
                    "Saved. Whoever was shut out is so at once; others get it when the record is published next."
                ),
            )
            return redirect("desk:site", code)
    page = {"site": entry.site, "entry": entry, "form": form, "area_name": "sites"}
    return render(request, "desk/sites/file_add.html", page)


@door(Kind.SITE, Action.EDIT)
def file_remove(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will ask first, because a document cannot be brought back; then remove it everywhere."""
    entry = _entry_or_404(request, code, name)
    if not rules.can_edit(request.user, entry.site):
        raise PermissionDenied
    if request.method != "POST":
        page = {"site": entry.site, "entry": entry, "area_name": "sites"}
        return render(request, "desk/sites/file_remove.html", page)
    try:
        services.remove_file(site=entry.site, name=name, by=request.user, now=timezone.now())
    except services.CannotChange as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The document was removed."))
    return redirect("desk:site", code)


@door(Kind.SITE, Action.EDIT)
def file_rescan(request: DeskRequest, code: str, name: str) -> HttpResponse:
    """This will ask the virus scanner once more about a document that it could not scan."""
    entry = _entry_or_404(request, code, name)
    if request.method == "POST":
        try:
            services.rescan_file(site=entry.site, name=name, by=request.user, now=timezone.now())
        except services.CannotChange as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("The document is being scanned again."))
    return redirect("desk:site", code)


@door(Kind.SITE, Action.VIEW)
def file_serve(request: DeskRequest, code: str, name: str) -> HttpResponseBase:
    """This will hand out a document of a record that the person may see, unless the virus scanner holds it back."""
    file = _entry_or_404(request, code, name).file
    path = content_of(file)
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=file.download_name, content_type=file.media_type,
        headers=headers_of(is_public=False),
    )  # fmt: skip
