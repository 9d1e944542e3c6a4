"""What is done with a registered page: a visit on wish, taking it off the board."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, refusal_told
from vetovoima.syndication.channels import services

from .views import page_or_404

edit_door = door(Kind.CHANNEL, Action.EDIT)


@edit_door
@require_POST
def channel_visit(request: DeskRequest, channel: str) -> HttpResponse:
    """This will have a page looked at now; pressed twice it is looked at once."""
    found = page_or_404(request, channel)
    with refusal_told(request, services.CannotChangeChannel):
        services.visit_page(page=found, by=request.user, now=timezone.now())
        messages.success(
            request, _("The visit is on its way. Open this page again in a moment to see what it found.")
        )
        return redirect("desk:channel", found.key)
    return redirect("desk:channels")


@edit_door
@require_POST
def channel_remove(request: DeskRequest, channel: str) -> HttpResponse:
    """This will take a page off the board; the embed on it goes on working."""
    found = page_or_404(request, channel)
    with refusal_told(request, services.CannotChangeChannel):
        services.remove_page(page=found, by=request.user, now=timezone.now())
        messages.success(request, _("Taken off the board. The embed on the page goes on working."))
    return redirect("desk:channels")
