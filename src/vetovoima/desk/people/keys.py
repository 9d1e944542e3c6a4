"""Everybody's API keys, for those who answer for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts import queries, services
from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.accounts.scopes import SCOPES
from vetovoima.desk.requests import DeskRequest


@door(Kind.KEYS, Action.VIEW)
@require_safe
def people_keys(request: DeskRequest) -> HttpResponse:
    """This will list every key with its owner, what it may be used for and when it was last used."""
    shown = {
        "area_name": "people",
        "keys": queries.keys_for(request.user),
        "scopes": SCOPES,
        "now": timezone.now(),
        "may_revoke": may(request.user, Kind.KEYS, Action.EDIT),
    }
    return render(request, "desk/people/keys.html", shown)


@door(Kind.KEYS, Action.EDIT)
@require_POST
def revoke_key(request: DeskRequest, prefix: str) -> HttpResponse:
    """This will end somebody's key."""
    found = queries.keys_for(request.user).filter(prefix=prefix).first()
    if found is None:
        raise Http404
    services.revoke_key(key=found, by=request.user, now=timezone.now())
    messages.success(request, _("The key is revoked. Whatever used it is refused from now on."))
    return redirect("desk:people-keys")
