"""The page that a person sees first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.accounts.rules import may
from vetovoima.catalogue.queries import shared_files
from vetovoima.desk.requests import DeskRequest

from .work import meter, own_gaps, waiting


@door(Kind.DESK, Action.VIEW)
@require_safe
def my_day(request: DeskRequest) -> HttpResponse:
    """This will show what waits for the person, until when and for whom."""
    now = timezone.now()
    shown = {
        "area_name": "day",
        "now": now,
        "items": waiting(request.user, now),
        "gaps": own_gaps(request.user),
        "progress": meter(),
        "sees_portal": may(request.user, Kind.PORTAL, Action.VIEW),
        "shared_documents": shared_files(request.user).count(),
    }
    return render(request, "desk/day/day.html", shown)
