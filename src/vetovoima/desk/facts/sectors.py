"""Sheets of the sectors at the desk: the strength map, one sheet, its forms, its review, its homework."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vetovoima.accounts.doors import door, signed_in_door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.sectors import queries, rules, services
from vetovoima.catalogue.sectors.keeping import CannotChangeSheet, SheetChangedMeanwhile
from vetovoima.catalogue.sectors.mapping import strength_map
from vetovoima.catalogue.sectors.parts import PARTS
from vetovoima.common.digits import whole_number
from vetovoima.desk.requests import DeskRequest
from vetovoima.reference.queries import sector as sector_of

from .sectors_forms import ExpertForm, PartForm, ReturnForm, ScoreForm, SheetForm
from .sectors_shapes import conflict_of, form_page, map_page, sheet_page, takes_review


def _sheet_or_404(request: DeskRequest, slug: str) -> Any:
    found = queries.sheet_for(request.user, slug)
    if found is None:
        raise Http404
    return found


def _writable(request: DeskRequest, slug: str) -> Any:
    sheet = _sheet_or_404(request, slug)
    if not rules.can_edit(request.user):
        raise PermissionDenied
    return sheet


@door(Kind.FACTS, Action.VIEW)
@require_safe
def sector_map(request: DeskRequest) -> HttpResponse:
    """This will show every sector with its strengths, its niches and its homework."""
    return render(request, "desk/facts/sectors.html", map_page(request.user))


@signed_in_door
@require_safe
def sector_sheet(request: DeskRequest, slug: str) -> HttpResponse:
    """This will show one sheet, to whoever sees the fact bank and to the expert who is named to review it."""
    sheet = _sheet_or_404(request, slug)
    return _shown(request, sheet)


def _shown(request: DeskRequest, sheet: Any, status: int = 200, **forms: Any) -> HttpResponse:
    page = {
        **sheet_page(request.user, sheet),
        "ask": ExpertForm(
            initial={
                "name": sheet.reviewer_name,
                "role": sheet.reviewer_role,
                "organisation": sheet.reviewer_organisation,
                "email": sheet.reviewer.email if sheet.reviewer else "",
            }
        ),
        "give_back": ReturnForm(),
        **forms,
    }
    return render(request, "desk/facts/sector.html", page, status=status)


@door(Kind.FACTS, Action.CREATE)
@require_POST
def sector_begin(request: DeskRequest, slug: str) -> HttpResponse:
    """This will begin the sheet of a sector that has none."""
    sector = sector_of(slug)
    if sector is None:
        raise Http404
    try:
        services.create_sheet(sector=sector, by=request.user, now=timezone.now())
    except CannotChangeSheet as error:
        messages.error(request, str(error))
        return redirect("desk:sectors")
    return redirect("desk:sector-edit", slug)


@door(Kind.FACTS, Action.EDIT)
def sector_edit(request: DeskRequest, slug: str) -> HttpResponse:
    """This will show the form of the sheet itself, and save what was sent."""
    sheet = _writable(request, slug)
    form = SheetForm(request.POST if request.method == "POST" else None, sheet)
    page = {**form_page(sheet, form, _("Summary and key figures")), "warning": takes_review(sheet)}
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_sheet(
                sheet=sheet, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except SheetChangedMeanwhile:
            return _conflict(request, slug, SheetForm, page)
        except (ValidationError, CannotChangeSheet) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:sector", slug)
    return render(request, "desk/facts/sector_edit.html", page)


@door(Kind.FACTS, Action.EDIT)
def sector_part(request: DeskRequest, slug: str, part: str) -> HttpResponse:
    """This will show the rows of one part, and save what was sent."""
    sheet = _writable(request, slug)
    if part not in PARTS:
        raise Http404
    form = PartForm(request.POST if request.method == "POST" else None, sheet, part)
    page = form_page(sheet, form, str(PARTS[part].label))
    page["warning"] = takes_review(sheet) if PARTS[part].is_reviewed else ""
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_part(
                sheet=sheet, part=part, rows=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except SheetChangedMeanwhile:
            return _conflict(request, slug, PartForm, page, part)
        except (ValidationError, CannotChangeSheet) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:sector", slug)
    return render(request, "desk/facts/sector_edit.html", page)


def _conflict(request: DeskRequest, slug: str, form: Any, page: dict[str, Any], *part: str) -> HttpResponse:
    """Show what others saved meanwhile above one's own text; sending again saves one's own."""
    fresh = _sheet_or_404(request, slug)
    data = request.POST.copy()
    opened = int(data.get("revision") or 0)
    data["revision"] = str(fresh.revision)
    page |= {"form": form(data, fresh, *part), "conflict": conflict_of(fresh, opened)}
    return render(request, "desk/facts/sector_edit.html", page, status=409)


@door(Kind.FACTS, Action.EDIT)
def sector_scores(request: DeskRequest, slug: str) -> HttpResponse:
    """This will let a person judge how well each strength answers each pull."""
    sheet = _writable(request, slug)
    form = ScoreForm(request.POST if request.method == "POST" else None, strength_map(sheet))
    if request.method == "POST" and form.is_valid():
        try:
            services.judge_strengths(sheet=sheet, scores=form.scores(), by=request.user, now=timezone.now())
        except CannotChangeSheet as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. Each judgement carries your name and the day."))
            return redirect("desk:sector", slug)
    page = form_page(sheet, form, _("Judge the strengths"))
    return render(request, "desk/facts/sector_scores.html", page)


@door(Kind.FACTS, Action.EDIT)
@require_POST
def sector_ask(request: DeskRequest, slug: str) -> HttpResponse:
    """This will send the sheet to an expert."""
    sheet = _writable(request, slug)
    form = ExpertForm(request.POST)
    if form.is_valid():
        try:
            services.ask_review(sheet=sheet, expert=form.expert(), by=request.user, now=timezone.now())
        except CannotChangeSheet as error:
            form.refuse(error)
        else:
            messages.success(request, _("The sheet is with the expert now."))
            return redirect("desk:sector", slug)
    return _shown(request, sheet, 422, ask=form)


@signed_in_door
@require_POST
def sector_review(request: DeskRequest, slug: str) -> HttpResponse:
    """This will note that the expert has reviewed what they read; the portal shows it from then on."""
    sheet = _sheet_or_404(request, slug)
    sent = whole_number(request.POST.get("revision", ""))
    revision = -1 if sent is None else sent
    try:
        services.review_sheet(sheet=sheet, by=request.user, now=timezone.now(), revision=revision)
    except SheetChangedMeanwhile:
        messages.error(
            request,
            _("The sheet was changed while you read it. Read it again, then say that it is reviewed."),
        )
    except CannotChangeSheet as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Reviewed. The portal shows it now."))
    return redirect("desk:sector", slug)


@signed_in_door
@require_POST
def sector_return(request: DeskRequest, slug: str) -> HttpResponse:
    """This will give the sheet back with what the expert asks for."""
    sheet = _sheet_or_404(request, slug)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            services.return_sheet(
                sheet=sheet, comment=form.cleaned_data["comment"], by=request.user, now=timezone.now()
            )
        except CannotChangeSheet as error:
            form.refuse(error)
        else:
            messages.success(request, _("Returned to its writers."))
            return redirect("desk:sector", slug)
    return _shown(request, sheet, 422, give_back=form)


@door(Kind.FACTS, Action.EDIT)
@require_POST
def sector_homework(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """This will tick an item of the homework off, or open it again."""
    sheet = _writable(request, slug)
    item = next((one for one in sheet.homework.all() if one.pk == number), None)
    if item is None:
        raise Http404
    try:
        services.mark_homework(
            item=item, is_done="open" not in request.POST, proof=request.POST.get("proof", ""), by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except CannotChangeSheet as error:
        messages.error(request, str(error))
    return redirect("desk:sector", slug)
