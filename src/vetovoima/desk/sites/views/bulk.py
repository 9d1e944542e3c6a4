"""One change to many records: choose, look at what would change, do it, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import many
from vetovoima.catalogue.listing import chosen_sites
from vetovoima.common.digits import whole_number
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.sites.bulk import Bulk
from vetovoima.desk.sites.shapes import bulk_actions

if TYPE_CHECKING:
    from vetovoima.catalogue.many import Outcome


@door(Kind.SITE, Action.EDIT)
def bulk_prepare(request: DeskRequest) -> HttpResponse:
    """This will ask what is still to be chosen, and show what would change; nothing is changed."""
    if request.method != "POST":
        return redirect("desk:sites")
    bulk = _bulk(request)
    if bulk is None or not bulk.sites:
        messages.warning(request, _("Choose at least one record in the list first."))
        return redirect("desk:sites")
    if bulk.action == "package":
        codes = ",".join(site.code for site in bulk.sites)
        return redirect(f"{reverse('desk:package-new')}?sites={codes}")
    page = {
        "area_name": "sites",
        "bulk": bulk,
        "lines": None,
        "label": dict(bulk_actions(request.user))[bulk.action],
    }
    if bulk.is_ready:
        try:
            page["lines"] = bulk.preview()
        except ValidationError as error:
            page["errors"] = error.messages
    return render(request, "desk/sites/bulk.html", page)


@door(Kind.SITE, Action.EDIT)
def bulk_apply(request: DeskRequest) -> HttpResponse:
    """This will change every chosen record, and say of each what became of it."""
    if request.method != "POST":
        return redirect("desk:sites")
    bulk = _bulk(request)
    if bulk is None or not bulk.is_ready or bulk.action == "package":
        return bulk_prepare(request)
    try:
        outcome = _done(bulk)
    except ValidationError:
        return bulk_prepare(request)
    page = {
        "area_name": "sites", "bulk": bulk, "outcome": outcome, "can_undo": bulk.action in {"set", "check"},
        "sites": {site.code: site for site in bulk.sites}, "label": dict(bulk_actions(request.user))[bulk.action],
    }  # fmt: skip
    return render(request, "desk/sites/bulk_done.html", page)


def _bulk(request: DeskRequest) -> Bulk | None:
    """What is wanted, None when that is nothing; raises PermissionDenied for what the person may do to no record."""
    bulk = Bulk(request.user, request.POST)
    if not bulk.action:
        return None
    if bulk.action not in dict(bulk_actions(request.user)):
        raise PermissionDenied
    return bulk


def _done(bulk: Bulk) -> Outcome:
    now, by, sites = timezone.now(), bulk.user, bulk.sites
    if bulk.action == "submit":
        return many.submit_many(sites=sites, by=by, now=now)
    if bulk.action == "publish":
        return many.publish_many(sites=sites, by=by, now=now)
    if bulk.action == "withdraw":
        return many.withdraw_many(sites=sites, by=by, now=now)
    return many.edit_many(sites=sites, values=bulk.values(), by=by, now=now, checked=bulk.group)


@door(Kind.SITE, Action.EDIT)
def bulk_undo(request: DeskRequest) -> HttpResponse:
    """This will take back what was just done to many records."""
    if request.method != "POST":
        return redirect("desk:sites")
    pairs = [one.partition(":") for one in request.POST.getlist("undo")]
    facts = {code: number for code, _colon, text in pairs if (number := whole_number(text, 18)) is not None}
    outcome = many.undo_many(
        facts=facts, sites=chosen_sites(request.user, list(facts)), by=request.user, now=timezone.now()
    )
    count = len(outcome.changed)
    if count:
        messages.success(
            request,
            ngettext("Undone in %(count)s record.", "Undone in %(count)s records.", count) % {"count": count},
        )
    for code, reason in outcome.refused.items():
        messages.warning(request, f"{code}: {reason}")
    return redirect("desk:sites")
