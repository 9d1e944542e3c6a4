"""A municipality's yearly self-assessment, with what the system sees beside it."""

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
from vetovoima.collection.rounds.queries import rows_for
from vetovoima.collection.rounds.rules import may_still_answer
from vetovoima.cooperation import rules
from vetovoima.cooperation.keeping import CannotChange
from vetovoima.cooperation.readiness import queries, services
from vetovoima.cooperation.readiness.measures import Observed
from vetovoima.desk.requests import DeskRequest

from .frame import found_or_404, frame, refuse, refused, town_or_404
from .readiness_forms import AssessmentForm

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality


def observed(municipality: Municipality) -> Observed:
    """This will gather what stands in collecting: who keeps the data, and how many duties are kept."""
    row = rows_for([municipality], localdate())[0]
    kept = row.stewardship
    asked = [one for one in row.duties if str(one.state) != "nothing"]
    return Observed(
        has_steward=kept is not None and may_still_answer(kept.steward, municipality.pk),
        has_deputy=kept is not None and may_still_answer(kept.deputy, municipality.pk),
        duties=len(asked),
        overdue=row.overdue,
    )


def _page(request: DeskRequest, municipality: Municipality, year: int) -> dict[str, Any]:
    user = request.user
    given = queries.assessment(user, municipality, year)
    all_years = queries.assessments(user, municipality)
    before = next((one for one in all_years if one.year < year), None)
    is_now = year == localdate().year
    seen = queries.measured(user, municipality, observed(municipality), localdate()) if is_now else {}
    score, earlier = queries.score(given), queries.score(before)
    return {
        **frame(user, "municipalities"),
        "municipality": municipality,
        "year": year,
        "given": given,
        "before": before,
        "years": sorted({one.year for one in all_years} | {localdate().year}, reverse=True),
        "groups": queries.lines(given, before, seen),
        "is_now": is_now,
        "score": score,
        "change": None if score is None or earlier is None else score - earlier,
        "may_edit": rules.can_edit_profile(user, municipality.pk),
    }


@door(Kind.PROFILE, Action.VIEW)
@require_safe
def readiness_year(request: DeskRequest, town: str, number: int) -> HttpResponse:
    """This will show the assessment of a year."""
    municipality = town_or_404(request, town)
    page = _page(request, municipality, number)
    found_or_404(page["given"] or (page["is_now"] or None))
    return render(request, "desk/model/readiness.html", page)


@door(Kind.PROFILE, Action.VIEW)
def readiness(request: DeskRequest, town: str) -> HttpResponse:
    """This will show this year's assessment: its form while it is open, the result once it is finished."""
    municipality = town_or_404(request, town)
    page = _page(request, municipality, localdate().year)
    is_open = page["given"] is None or page["given"].finished_on is None
    if not (page["may_edit"] and is_open):
        if request.method == "POST":
            messages.error(request, _("The assessment of this year is finished. Reopen it to change it."))
        return render(request, "desk/model/readiness.html", page)
    form = AssessmentForm(request.POST if request.method == "POST" else None, thing=page["given"])
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, municipality, form)
        except (ValidationError, CannotChange) as error:
            status = refuse(form, error, page["given"].revision if page["given"] else 0)
    page |= {"form": form, "sections": form.sections(page["groups"])}
    return render(request, "desk/model/assessment.html", page, status=status)


def _saved(request: DeskRequest, municipality: Municipality, form: AssessmentForm) -> HttpResponse:
    """Save, and close it when that was asked for; what cannot be closed yet is saved all the same."""
    now = timezone.now()
    found = services.save_assessment(
        municipality=municipality, year=localdate().year, answers=form.answers(), by=request.user, now=now,
        revision=form.cleaned_data["revision"],
    )  # fmt: skip
    if not request.POST.get("finish"):
        messages.success(request, _("Saved. Go on whenever you like."))
        return redirect("desk:readiness", municipality.slug)
    try:
        services.finish_assessment(assessment=found, by=request.user, now=now)
    except CannotChange as error:
        messages.warning(request, _("Saved, but not finished: %(why)s") % {"why": error})
        return redirect("desk:readiness", municipality.slug)
    messages.success(request, _("The self-assessment of this year is finished."))
    return redirect("desk:municipality", municipality.slug)


@door(Kind.PROFILE, Action.EDIT)
@require_POST
def readiness_reopen(request: DeskRequest, town: str) -> HttpResponse:
    """This will open this year's assessment again."""
    municipality = town_or_404(request, town)
    found = found_or_404(queries.assessment(request.user, municipality, localdate().year))
    try:
        services.reopen_assessment(assessment=found, by=request.user, now=timezone.now())
    except CannotChange as error:
        refused(request, error)
    return redirect("desk:readiness", town)
