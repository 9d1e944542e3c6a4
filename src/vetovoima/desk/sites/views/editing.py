"""Editing a record: one form, one service call, and nothing typed is ever lost."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import rules, services
from vetovoima.catalogue.enums import EDITABLE
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.changes import conflict_of
from vetovoima.desk.sites.forms import SiteForm, with_saved
from vetovoima.desk.sites.shapes import edit_page
from vetovoima.desk.sites.values import Words

from .records import site_or_404


@door(Kind.SITE, Action.EDIT)
def site_edit(request: DeskRequest, code: str) -> HttpResponse:
    """This will show the form, and save what was sent."""
    site = site_or_404(request, code)
    if request.method == "POST":
        return _save(request, code)
    if site.state not in EDITABLE:
        messages.warning(
            request, _("The record is being reviewed. It can be edited again when the review is done.")
        )
        return redirect("desk:site", site.code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    return render(request, "desk/sites/edit.html", edit_page(SiteForm(site)))


def _save(request: DeskRequest, code: str) -> HttpResponse:
    site = site_or_404(request, code)
    form = SiteForm(site, with_saved(request.POST, site, request.POST.getlist("theirs")))
    if not form.is_valid():
        return render(request, "desk/sites/edit.html", edit_page(form))
    checked = request.POST.get("checked", "")
    try:
        services.edit_site(
            site=site, values=form.values(checked, request.user), by=request.user, now=timezone.now(),
            revision=form.cleaned_data["revision"],
        )  # fmt: skip
    except services.ChangedMeanwhile:
        return _conflict(request, form, code)
    except (services.CannotChange, ValidationError) as error:
        form.refuse(error)
        return render(request, "desk/sites/edit.html", edit_page(form))
    messages.success(request, _("Saved. The public record is unchanged until this is published."))
    if checked:
        return redirect(reverse("desk:site-edit", args=[code]) + f"#{checked}")
    return redirect("desk:site", code)


def _conflict(request: DeskRequest, form: SiteForm, code: str) -> HttpResponse:
    """Show the other's values beside one's own; sending again saves what is then chosen."""
    fresh = site_or_404(request, code)
    conflict = conflict_of(form, fresh, form.cleaned_data["revision"], Words())
    data = with_saved(form.data, fresh, [])
    data["revision"] = fresh.revision
    return render(
        request,
        "desk/sites/edit.html",
        {**edit_page(SiteForm(fresh, data)), "conflict": conflict},
        status=409,
    )
