"""Unsaved text: kept while somebody types, with what is wrong so far; discarded when they say so."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import drafts, rules, services
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.forms import Lookups, SiteForm, Typed, groups_of
from vetovoima.desk.sites.places import suspicions_of

from .records import site_or_404


@door(Kind.SITE, Action.EDIT)
def group_draft(request: DeskRequest, code: str, group: str) -> HttpResponse:
    """This will keep the unsaved text of one group, and answer what is wrong with it by input."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site-edit", code)
    if group not in groups_of(site):
        raise Http404
    form = SiteForm(site, Lookups(request.user, site), Typed.of_request(request.POST), group)
    typed = form.by_name[group]
    try:
        kept = drafts.keep_draft(
            site=site, group=group, data=typed.changed, revision=form.revision, by=request.user, now=timezone.now()
        )  # fmt: skip
    except (services.CannotChange, PermissionDenied) as error:
        return JsonResponse({"kept": str(error) or _("Not kept: the record is being reviewed.")}, status=409)
    form.is_valid()
    answer = {
        "kept": _("Kept unsaved at %(time)s") % {"time": f"{timezone.localtime(kept.at):%H:%M}"}
        if kept
        else "",
        "errors": {name: " ".join(str(one) for one in found) for name, found in typed.errors.items()},
    }
    if group == "location":
        page = {"suspicions": suspicions_of(form), "site": site}
        answer["suspicions"] = render_to_string("desk/sites/_suspicions.html", page, request)
    return JsonResponse(answer)


@door(Kind.SITE, Action.EDIT)
def drafts_discard(request: DeskRequest, code: str) -> HttpResponse:
    """This will forget what the person left unsaved in a record."""
    site = site_or_404(request, code)
    if request.method != "POST":
        return redirect("desk:site-edit", code)
    if not rules.can_edit(request.user, site):
        raise PermissionDenied
    drafts.discard_drafts(site=site, by=request.user)
    messages.success(request, _("The unsaved text was discarded. The record is as it was saved."))
    return redirect("desk:site-edit", code)
