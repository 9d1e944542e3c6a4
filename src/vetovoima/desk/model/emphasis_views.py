"""A municipality's profile at the desk: its emphasis in versions, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.cooperation import rules
from vetovoima.cooperation.emphasis import presenters, queries, services
from vetovoima.cooperation.emphasis.enums import EmphasisState
from vetovoima.cooperation.keeping import CannotChange
from vetovoima.cooperation.readiness import queries as readiness
from vetovoima.cooperation.readiness.checklist import ITEMS
from vetovoima.desk.requests import DeskRequest

from .emphasis_forms import ApproveForm, EmphasisForm, GatheringForm
from .frame import found_or_404, frame, refuse, refused, town_or_404

if TYPE_CHECKING:
    from vetovoima.cooperation.models import Emphasis
    from vetovoima.reference.models import Municipality


def _of(versions: list[Emphasis], state: str) -> Emphasis | None:
    return next((one for one in versions if one.state == state), None)


def _page(request: DeskRequest, municipality: Municipality) -> dict[str, Any]:
    return {
        **frame(request.user, "municipalities"),
        "municipality": municipality,
        "today": localdate(),
        "may_edit": rules.can_edit_profile(request.user, municipality.pk),
        "may_approve": rules.can_approve(request.user, municipality.pk),
    }


def shown(versions: list[Emphasis], one: Emphasis | None, gatherings: list[Any]) -> dict[str, Any] | None:
    """This will return an emphasis with its weights and grounds, as the pages draw it; None without one."""
    if one is None:
        return None
    weights = list(one.weights.all())
    mine = [(found.kind, found.held_on.year) for found in gatherings if found.emphasis_id == one.pk]
    return {
        "emphasis": one,
        "weights": weights,
        "total": sum(found.weight for found in weights),
        "grounds": presenters.grounds_in_words(queries.grounds_of(mine)),
        "has_ended": one.has_ended(localdate()),
    }


@door(Kind.PROFILE, Action.VIEW)
@require_safe
def profile(request: DeskRequest, town: str) -> HttpResponse:
    """This will show a municipality's emphasis, its grounds, how ready it is, and its plan."""
    municipality = town_or_404(request, town)
    versions = queries.versions(request.user, municipality)
    gatherings = queries.gatherings(request.user, municipality)
    rated = readiness.assessments(request.user, municipality)
    page = {
        **_page(request, municipality),
        "approved": shown(versions, _of(versions, EmphasisState.APPROVED), gatherings),
        "draft": shown(versions, _of(versions, EmphasisState.DRAFT), gatherings),
        "earlier": [one for one in versions if one.state == EmphasisState.REPLACED],
        "gatherings": gatherings,
        "scores": [(one, readiness.score(one)) for one in rated],
        "plan": [(one, one.is_late(localdate())) for one in readiness.plan(request.user, municipality)],
        "items": ITEMS,
        "history": queries.history(municipality)[:20],
    }
    return render(request, "desk/model/profile.html", page)


@door(Kind.PROFILE, Action.VIEW)
@require_safe
def emphasis_version(request: DeskRequest, town: str, number: int) -> HttpResponse:
    """This will show one version of the emphasis: what was replaced stays readable."""
    municipality = town_or_404(request, town)
    one = found_or_404(queries.version(request.user, municipality, number))
    gatherings = queries.gatherings(request.user, municipality)
    page = {
        **_page(request, municipality),
        "shown": shown([one], one, gatherings),
        "gatherings": [found for found in gatherings if found.emphasis_id == one.pk],
    }
    return render(request, "desk/model/emphasis.html", page)


@door(Kind.PROFILE, Action.EDIT)
def emphasis_edit(request: DeskRequest, town: str) -> HttpResponse:
    """This will show the form of the draft, begun from the approved emphasis where there is one, and save it."""
    municipality = town_or_404(request, town)
    versions = queries.versions(request.user, municipality)
    draft, approved = _of(versions, EmphasisState.DRAFT), _of(versions, EmphasisState.APPROVED)
    begun_from = None if approved is None or approved.is_example else approved
    form = EmphasisForm(
        request.POST if request.method == "POST" else None, draft=draft, begun_from=begun_from
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.save_emphasis(
                municipality=municipality, by=request.user, now=timezone.now(), **form.values()
            )
        except (ValidationError, CannotChange) as error:
            status = refuse(form, error, draft.revision if draft else 0)
        else:
            messages.success(request, _("Draft saved. The public page shows it once it is approved."))
            return redirect("desk:municipality", town)
    page = {**_page(request, municipality), "form": form, "draft": draft}
    return render(request, "desk/model/emphasis_edit.html", page, status=status)


@door(Kind.PROFILE, Action.PUBLISH)
def emphasis_approve(request: DeskRequest, town: str) -> HttpResponse:
    """This will note by whom and when the draft was approved."""
    municipality = town_or_404(request, town)
    versions = queries.versions(request.user, municipality)
    draft = _of(versions, EmphasisState.DRAFT)
    if draft is None:
        messages.error(request, _("There is no draft to approve. Write one first."))
        return redirect("desk:municipality", town)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.approve_emphasis(
                emphasis=draft, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Approved. The portal shows it now."))
            return redirect("desk:municipality", town)
    found = shown(versions, draft, queries.gatherings(request.user, municipality))
    return render(
        request,
        "desk/model/emphasis_approve.html",
        {**_page(request, municipality), "form": form, "shown": found},
    )


@door(Kind.PROFILE, Action.EDIT)
@require_POST
def emphasis_drop(request: DeskRequest, town: str) -> HttpResponse:
    """This will throw the draft away."""
    municipality = town_or_404(request, town)
    draft = _of(queries.versions(request.user, municipality), EmphasisState.DRAFT)
    if draft is not None:
        try:
            services.drop_emphasis(emphasis=draft, by=request.user, now=timezone.now())
        except CannotChange as error:
            refused(request, error)
        else:
            messages.success(request, _("The draft was thrown away."))
    return redirect("desk:municipality", town)


# ------------------------------------------------------------------------------------------------ what it rests on


def _gathering_page(
    request: DeskRequest, municipality: Municipality, form: Any, thing: Any, status: int
) -> HttpResponse:
    page = {**_page(request, municipality), "form": form, "thing": thing}
    return render(request, "desk/model/gathering.html", page, status=status)


@door(Kind.PROFILE, Action.EDIT)
def gathering_new(request: DeskRequest, town: str) -> HttpResponse:
    """This will note an interview, a survey, a workshop or a document."""
    municipality = town_or_404(request, town)
    versions = queries.versions(request.user, municipality)
    form = GatheringForm(request.POST if request.method == "POST" else None, versions=versions)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_gathering(
                municipality=municipality, values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted."))
            return redirect("desk:municipality", town)
    return _gathering_page(request, municipality, form, None, 200)


@door(Kind.PROFILE, Action.EDIT)
def gathering_edit(request: DeskRequest, town: str, number: int) -> HttpResponse:
    """This will show such a record's form, and save what was sent."""
    municipality = town_or_404(request, town)
    thing = found_or_404(queries.gathering(request.user, municipality, number))
    versions = queries.versions(request.user, municipality)
    form = GatheringForm(request.POST if request.method == "POST" else None, thing=thing, versions=versions)
    status = 200
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            services.edit_gathering(
                gathering=thing, values=form.values(), by=request.user, now=timezone.now(), revision=revision
            )
        except (ValidationError, CannotChange) as error:
            status = refuse(form, error, thing.revision)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:municipality", town)
    return _gathering_page(request, municipality, form, thing, status)


@door(Kind.PROFILE, Action.EDIT)
@require_POST
def gathering_remove(request: DeskRequest, town: str, number: int) -> HttpResponse:
    """This will remove what was noted by mistake."""
    municipality = town_or_404(request, town)
    thing = found_or_404(queries.gathering(request.user, municipality, number))
    try:
        services.remove_gathering(gathering=thing, by=request.user, now=timezone.now())
    except CannotChange as error:
        refused(request, error)
    else:
        messages.success(request, _("Removed."))
    return redirect("desk:municipality", town)
