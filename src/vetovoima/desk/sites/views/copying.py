"""Copying from another record of one's own reach: choose it, choose groups, and the form holds them unsaved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import drafts, rules, services
from vetovoima.catalogue.listing import list_sites
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.copying import copied, copyable
from vetovoima.desk.sites.forms import groups_of

from .records import site_or_404

SHOWN = 30


@door(Kind.SITE, Action.EDIT)
def site_copy(request: DeskRequest, code: str) -> HttpResponse:
    """This will offer records to copy from, then their groups beside one's own; sent, they are in the form, unsaved."""
    site = site_or_404(request, code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    page: dict[str, Any] = {"area_name": "sites", "site": site, "text": request.GET.get("text", "")[:200]}
    chosen = request.POST.get("from") or request.GET.get("from", "")
    if not chosen:
        found = list_sites(request.user, text=page["text"]).exclude(pk=site.pk)
        return render(request, "desk/sites/copy.html", {**page, "others": found[:SHOWN]})
    other = site_or_404(request, chosen)
    if request.method != "POST":
        return render(
            request, "desk/sites/copy.html", {**page, "other": other, "groups": copyable(site, other)}
        )
    wanted = [group for group in groups_of(site) if group in request.POST.getlist("groups")]
    if not wanted:
        messages.warning(request, _("Choose at least one group to copy."))
        return redirect(reverse("desk:site-copy", args=[code]) + f"?from={other.code}")
    for group in wanted:
        if data := copied(site, other, group):
            try:
                drafts.keep_draft(
                    site=site, group=group, data=data, revision=site.revision, by=request.user, now=timezone.now()
                )  # fmt: skip
            except services.CannotChange as error:
                messages.warning(request, str(error))
    return redirect(reverse("desk:site-edit", args=[code]) + f"?continue=1#{wanted[0]}")
