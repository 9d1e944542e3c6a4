"""Naming the steward and the deputy, their absence, the weekly mail, and what is ticked off by hand."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import duties, queries, rules, stewards
from vetovoima.desk.collection.forms import AbsenceForm, DutyForm, StewardForm
from vetovoima.desk.requests import DeskRequest

from .finding import town_or_404


@door(Kind.COLLECTION, Action.ANSWER)
def steward(request: DeskRequest, town: str) -> HttpResponse:
    """This will show and change who keeps a municipality's data; it can be handed over, never emptied."""
    municipality = town_or_404(request, town)
    if not rules.can_name_steward(request.user, municipality.pk):
        raise PermissionDenied
    present = queries.stewardship_of(municipality)
    form = StewardForm(
        stewards.own_people(municipality),
        stewards.possible_deputies(municipality),
        present,
        request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            stewards.name_steward(
                municipality=municipality, by=request.user, now=timezone.now(), **form.values()
            )
        except stewards.CannotNameSteward as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. From now on they are asked."))
            return redirect("desk:collection-town", town)
    shown = {
        "area_name": "collection",
        "tab": "board",
        "form": form,
        "municipality": municipality,
        "present": present,
    }
    absence = {"away_from": present.away_from, "away_until": present.away_until} if present else {}
    return render(request, "desk/collection/steward.html", {**shown, "absence": AbsenceForm(initial=absence)})


@door(Kind.COLLECTION, Action.ANSWER)
def absence(request: DeskRequest, town: str) -> HttpResponse:
    """This will note when the steward is away; the deputy is then asked."""
    municipality = town_or_404(request, town)
    present = queries.stewardship_of(municipality)
    if request.method != "POST" or present is None:
        return redirect("desk:collection-steward", town)
    form = AbsenceForm(request.POST)
    if form.is_valid():
        try:
            stewards.set_absence(
                stewardship=present, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except stewards.CannotSetAbsence as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. While the steward is away the deputy is asked."))
            return redirect("desk:collection-town", town)
    named = StewardForm(stewards.own_people(municipality), stewards.possible_deputies(municipality), present)
    shown = {"area_name": "collection", "tab": "board", "form": named, "absence": form, "present": present}
    return render(request, "desk/collection/steward.html", {**shown, "municipality": municipality})


@door(Kind.COLLECTION, Action.ANSWER)
def coach_mail(request: DeskRequest, town: str) -> HttpResponse:
    """This will switch the weekly mail on or off."""
    present = queries.stewardship_of(town_or_404(request, town))
    if request.method == "POST" and present is not None:
        is_wanted = request.POST.get("wanted") == "yes"
        stewards.set_coach_mail(stewardship=present, is_wanted=is_wanted, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("The weekly mail is switched on.") if is_wanted else _("The weekly mail is switched off."),
        )
    return redirect("desk:collection-town", town)


@door(Kind.COLLECTION, Action.ANSWER)
def duty_done(request: DeskRequest, town: str, duty: str) -> HttpResponse:
    """This will note that a duty was done, where the records cannot tell."""
    municipality = town_or_404(request, town)
    try:
        found = queries.duty(duty)
    except queries.NoSuchRound as error:
        raise Http404 from error
    form = DutyForm(
        request.POST if request.method == "POST" else None, initial={"done_on": timezone.localdate()}
    )
    if form.is_valid():
        try:
            duties.mark_done(
                duty=found,
                municipality=municipality,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except (duties.CannotMark, ValidationError) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:collection-town", town)
    shown = {
        "area_name": "collection",
        "tab": "board",
        "form": form,
        "municipality": municipality,
        "duty": found,
    }
    return render(request, "desk/collection/duty.html", shown)
