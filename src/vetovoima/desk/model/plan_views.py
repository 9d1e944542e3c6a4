"""A municipality's development plan, action by action."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.cooperation.keeping import CannotChange
from vetovoima.cooperation.readiness import queries, services
from vetovoima.desk.requests import DeskRequest

from .frame import found_or_404, frame, refuse, town_or_404
from .readiness_forms import ActionForm


def _page(request: DeskRequest, municipality: Any, form: ActionForm, thing: Any, status: int) -> HttpResponse:
    page = {
        **frame(request.user, "municipalities"),
        "municipality": municipality,
        "form": form,
        "thing": thing,
    }
    return render(request, "desk/model/action.html", page, status=status)


@door(Kind.PROFILE, Action.EDIT)
def action_new(request: DeskRequest, town: str) -> HttpResponse:
    """This will add an action, to the item of the checklist from which the person came."""
    municipality = town_or_404(request, town)
    data = request.POST if request.method == "POST" else None
    form = ActionForm(data, item=request.GET.get("item", "")[:60])
    if request.method == "POST" and form.is_valid():
        try:
            services.add_action(
                municipality=municipality, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added to the plan."))
            return redirect("desk:municipality", town)
    return _page(request, municipality, form, None, 200)


@door(Kind.PROFILE, Action.EDIT)
def action_edit(request: DeskRequest, town: str, number: int) -> HttpResponse:
    """This will show an action's form, and save what was sent."""
    municipality = town_or_404(request, town)
    thing = found_or_404(queries.plan_action(request.user, municipality, number))
    form = ActionForm(request.POST if request.method == "POST" else None, thing=thing)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_action(
                action=thing, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except (ValidationError, CannotChange) as error:
            status = refuse(form, error, thing.revision)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:municipality", town)
    return _page(request, municipality, form, thing, status)
