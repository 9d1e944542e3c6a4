"""The board of pages that show the offer, one page, registering and changing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import may, reach
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.visits.shapes import hint
from vetovoima.syndication.channels import queries, rules, services
from vetovoima.syndication.channels.enums import GRACE, PageState
from vetovoima.syndication.channels.lines import lines_for

from . import shapes
from .forms import ChannelForm

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.channels.models import ChannelPage

AREA = {"area_name": "sites"}
PER_PAGE = 50


def page_or_404(request: DeskRequest, key: str) -> ChannelPage:
    """This will return a page that the person may see; absent and hidden are the same 404."""
    found = queries.page_for(request.user, key)
    if found is None:
        raise Http404
    return found


@door(Kind.CHANNEL, Action.VIEW)
@require_safe
def channel_board(request: DeskRequest) -> HttpResponse:
    """This will show how the pages stand that a person may see: in all, by municipality, one by one."""
    pages, today = list(queries.pages_for(request.user)), timezone.localdate()
    asked, place = request.GET.get("state", ""), request.GET.get("place", "")
    state = asked if asked in PageState.values else ""
    sheet = Paginator(shapes.narrowed(pages, state, place), PER_PAGE).get_page(request.GET.get("page"))
    known = _places_of(request, pages)
    shown: dict[str, Any] = {
        **AREA, "page": sheet, "lines": shapes.lines(list(sheet), today), "has_pages": bool(pages),
        "counts": [(one.value, one.label, queries.counts_of(pages)[one]) for one in shapes.WORST_FIRST],
        "places": shapes.places(pages, known), "state": state, "place": place, "states": PageState.choices,
        "trend": shapes.trend(pages, today), "hint": hint(), "sees_all": len(known) > 1,
        "may_create": may(request.user, Kind.CHANNEL, Action.CREATE),
    }  # fmt: skip
    return render(request, "desk/channels/board.html", shown)


def _places_of(request: DeskRequest, pages: list[ChannelPage]) -> list[Municipality | None]:
    """The places of the board: those for which a person may register pages, and whatever else has some."""
    places = queries.creatable_places(request.user)
    if reach(request.user, Kind.CHANNEL, Action.VIEW) < Reach.ALL:
        return [one for one in places if one is not None]
    seen = {one.pk if one else None for one in places}
    return [*places, *{one.municipality for one in pages if one.municipality_id not in seen}]


@door(Kind.CHANNEL, Action.CREATE)
def channel_new(request: DeskRequest) -> HttpResponse:
    """This will register a page."""
    places = queries.creatable_places(request.user)
    form = ChannelForm(places, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_page(
                municipality=form.chosen_place, values=form.values(), by=request.user, now=timezone.now()
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Registered. It is being visited for the first time."))
            return redirect("desk:channel", made.key)
    return render(request, "desk/channels/form.html", {**AREA, "form": form})


@door(Kind.CHANNEL, Action.EDIT)
def channel_edit(request: DeskRequest, channel: str) -> HttpResponse:
    """This will change what is said of a page."""
    found = page_or_404(request, channel)
    form = ChannelForm((), request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_page(
                page=found, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except (ValidationError, services.CannotChangeChannel) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:channel", found.key)
    return render(request, "desk/channels/form.html", {**AREA, "form": form, "channel": found})


@door(Kind.CHANNEL, Action.VIEW)
@require_safe
def channel_detail(request: DeskRequest, channel: str) -> HttpResponse:
    """This will show one page: how it stands and why, what came from it, how it stood before."""
    found, today = page_or_404(request, channel), timezone.localdate()
    shown = {
        **AREA, "channel": found, "line": shapes.lines([found], today)[0], "expected": queries.current_version(found),
        "place": shapes.place_name(found.municipality), "look": shapes.last_look(found),
        "filters": shapes.filters(found), "lines": "\n".join(lines_for(found)), "grace": int(GRACE[found.way].total_seconds() // 3600),
        "months": shapes.months(found, today), "hint": hint(), "events": queries.events_of(found)[:50],
        "history": queries.history(found)[:20], "may_edit": rules.can_edit(request.user, found.municipality_id),
    }  # fmt: skip
    return render(request, "desk/channels/channel.html", shown)
