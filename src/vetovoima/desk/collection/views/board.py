"""The status board, and one municipality as a list of what to do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import queries, rules
from vetovoima.desk.collection.shapes import ordered, town_page
from vetovoima.desk.requests import DeskRequest

from .finding import town_or_404


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def board(request: DeskRequest) -> HttpResponse:
    """This will show how collecting stands everywhere; a municipality sees its own as a list of what to do."""
    today = timezone.localdate()
    places = list(queries.visible_municipalities(request.user)[:2])
    if len(places) == 1 and not rules.can_run_rounds(request.user):
        return render(request, "desk/collection/town.html", town_page(request.user, places[0], today))
    rows, heads = ordered(queries.board(request.user, today), request.GET.get("sort", ""))
    shown = {"area_name": "collection", "tab": "board", "rows": rows, "heads": heads, "today": today}
    return render(request, "desk/collection/board.html", shown)


@door(Kind.COLLECTION, Action.VIEW)
def town(request: DeskRequest, town: str) -> HttpResponse:
    """This will show one municipality: what to do, who is in charge, how each duty stands."""
    municipality = town_or_404(request, town)
    page = town_page(request.user, municipality, timezone.localdate())
    return render(request, "desk/collection/town.html", page)
