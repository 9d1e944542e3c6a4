"""Neighbours: the list, one with its readings, following and changing one with a trial before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest
from vetovoima.syndication.federation import queries, rules, services
from vetovoima.syndication.federation.trying import Trial, try_followed

from .forms import NeighbourForm
from .shapes import chosen_words, run_line, source_lines, trial_shape

if TYPE_CHECKING:
    from vetovoima.syndication.federation.models import FollowedSource

AREA = {"area_name": "collection", "tab": "neighbours"}
SHOWN_RUNS, SHOWN_FACTS = 30, 30


def followed_or_404(request: DeskRequest, key: str) -> FollowedSource:
    """This will return a source that the person may see; absent and hidden are the same 404."""
    found = queries.source_for(request.user, key)
    if found is None:
        raise Http404
    return found


@door(Kind.NEIGHBOUR, Action.VIEW)
@require_safe
def neighbours(request: DeskRequest) -> HttpResponse:
    """This will list what is followed, each with its state."""
    shown = {
        **AREA,
        "lines": source_lines(queries.statuses_for(request.user)),
        "may_follow": rules.can_follow(request.user),
    }
    return render(request, "desk/federation/list.html", shown)


@door(Kind.NEIGHBOUR, Action.CREATE)
def neighbour_new(request: DeskRequest) -> HttpResponse:
    """This will describe a source, try it as often as wanted, and follow it."""
    form = NeighbourForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    if "try" in request.POST:
        return _tried(request, form)
    try:
        made = services.follow_source(values=form.values(), by=request.user, now=timezone.now())
    except ValidationError as error:
        form.refuse(error)
        return _form_page(request, form)
    messages.success(
        request, _("It is followed and being read. Open this page again in a moment to see what came.")
    )
    return redirect("desk:neighbour", made.key)


@door(Kind.NEIGHBOUR, Action.EDIT)
def neighbour_edit(request: DeskRequest, followed: str) -> HttpResponse:
    """This will change what is followed, trying it as often as wanted."""
    found = followed_or_404(request, followed)
    form = NeighbourForm(request.POST if request.method == "POST" else None, found)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, found)
    if "try" in request.POST:
        return _tried(request, form, found)
    try:
        services.edit_followed(
            source=found, values=form.values(), by=request.user, now=timezone.now(),
            revision=form.cleaned_data.get("revision") or 0,
        )  # fmt: skip
    except (ValidationError, services.CannotChangeFollowed) as error:
        form.refuse(error)
        return _form_page(request, form, found)
    messages.success(request, _("Saved."))
    return redirect("desk:neighbour", found.key)


def _tried(request: DeskRequest, form: NeighbourForm, source: FollowedSource | None = None) -> HttpResponse:
    trial: Trial | None = None
    try:
        trial = try_followed(form.values())
    except ValidationError as error:
        form.refuse(error)
    return _form_page(request, form, source, trial)


def _form_page(
    request: DeskRequest,
    form: NeighbourForm,
    source: FollowedSource | None = None,
    trial: Trial | None = None,
) -> HttpResponse:
    shown = {**AREA, "form": form, "source": source, "tried": trial_shape(trial)}
    return render(request, "desk/federation/form.html", shown)


@door(Kind.NEIGHBOUR, Action.VIEW)
@require_safe
def neighbour(request: DeskRequest, followed: str) -> HttpResponse:
    """This will show a source: its state, what is taken of it, its readings, what was done with it."""
    found = followed_or_404(request, followed)
    lines = [run_line(one) for one in queries.runs_of(found)[:SHOWN_RUNS]]
    shown = {
        **AREA,
        "source": found,
        "lines": lines,
        "last": lines[0] if lines else None,
        "count": queries.record_count(found),
        "chosen": chosen_words(found),
        "history": queries.history(found)[:SHOWN_FACTS],
        "may_edit": rules.can_edit(request.user),
    }
    return render(request, "desk/federation/neighbour.html", shown)
