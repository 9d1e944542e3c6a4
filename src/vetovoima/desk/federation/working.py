"""What is done with a followed source: read now, pause and resume, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, refusal_told
from vetovoima.syndication.federation import queries, services

from .views import followed_or_404

if TYPE_CHECKING:
    from vetovoima.syndication.federation.models import FollowedSource

edit_door = door(Kind.NEIGHBOUR, Action.EDIT)


@edit_door
@require_POST
def neighbour_read(request: DeskRequest, followed: str) -> HttpResponse:
    """This will have the worker read a source at once."""
    found = followed_or_404(request, followed)
    with refusal_told(request, services.CannotChangeFollowed):
        services.refresh_followed(source=found, by=request.user, now=timezone.now())
        messages.success(
            request, _("The source is being read. Open this page again in a moment to see what came.")
        )
    return _page_after(request, found)


def _page_after(request: DeskRequest, source: FollowedSource) -> HttpResponse:
    """The source's page while it is followed; else the list, also when it was somebody else who ended it."""
    if queries.source_for(request.user, source.key) is None:
        return redirect("desk:neighbours")
    return redirect("desk:neighbour", source.key)


@edit_door
@require_POST
def neighbour_pause(request: DeskRequest, followed: str) -> HttpResponse:
    """This will read a source no more until somebody resumes."""
    found = followed_or_404(request, followed)
    with refusal_told(request, services.CannotChangeFollowed):
        services.pause_followed(source=found, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("It is paused. Its records say when they were last seen, and are hidden after seven days."),
        )
    return _page_after(request, found)


@edit_door
@require_POST
def neighbour_resume(request: DeskRequest, followed: str) -> HttpResponse:
    """This will read a source again."""
    found = followed_or_404(request, followed)
    with refusal_told(request, services.CannotChangeFollowed):
        services.resume_followed(source=found, by=request.user, now=timezone.now())
        messages.success(
            request, _("It is followed and being read. Open this page again in a moment to see what came.")
        )
    return _page_after(request, found)


@edit_door
@require_POST
def neighbour_end(request: DeskRequest, followed: str) -> HttpResponse:
    """This will end following; the records go at once."""
    found = followed_or_404(request, followed)
    with refusal_told(request, services.CannotChangeFollowed):
        services.unfollow_source(source=found, by=request.user, now=timezone.now())
        messages.success(request, _("It is not followed any more. Its records were removed."))
    return redirect("desk:neighbours")
