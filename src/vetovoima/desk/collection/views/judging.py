"""The coordinator's side of a round: accepting, returning, the day of the visit, the summary for the board."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import answers
from vetovoima.collection.rounds.summary import summary
from vetovoima.collection.rounds.summary_workbook import write_summary
from vetovoima.desk.collection.forms import ReturnForm, VisitForm
from vetovoima.desk.collection.shapes import summary_page
from vetovoima.desk.forms import here
from vetovoima.desk.requests import DeskRequest

from .answering import XLSX, page
from .finding import round_or_404, task_or_404


def _revision(request: DeskRequest) -> int | None:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else None


@door(Kind.COLLECTION, Action.EDIT)
def task_accept(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will accept an answer, unless it changed since the coordinator opened it."""
    found = task_or_404(request, round, town)
    if request.method == "POST":
        try:
            answers.accept_answer(
                task=found, by=request.user, now=timezone.now(), revision=_revision(request)
            )
        except answers.CannotJudge as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Accepted."))
            return redirect("desk:round", round)
    return redirect("desk:round-task", round, town)


@door(Kind.COLLECTION, Action.EDIT)
def task_return(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will give an answer back with a comment."""
    found = task_or_404(request, round, town)
    if request.method != "POST":
        return redirect("desk:round-task", round, town)
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            answers.return_answer(
                task=found,
                by=request.user,
                now=timezone.now(),
                revision=_revision(request),
                **form.cleaned_data,
            )
        except answers.CannotJudge as error:
            form.refuse(error)
        else:
            messages.success(request, _("Returned with your comment. The steward gets a mail."))
            return redirect("desk:round", round)
    return page(request, found, return_form=form)


@door(Kind.COLLECTION, Action.EDIT)
def task_visit(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will note the day on which the council visits the municipality."""
    found = task_or_404(request, round, town)
    form = VisitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answers.set_visit_day(task=found, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
    elif request.method == "POST":
        return page(request, found, visit_form=form)
    return redirect("desk:round-task", round, town)


@door(Kind.COLLECTION, Action.EDIT)
@require_safe
def round_summary(request: DeskRequest, round: str) -> HttpResponse:
    """This will sum the answers of a round up for the board."""
    found = summary(request.user, round_or_404(request, round))
    return render(request, "desk/collection/summary.html", summary_page(found))


@door(Kind.COLLECTION, Action.EDIT)
@require_safe
def round_summary_workbook(request: DeskRequest, round: str) -> HttpResponse:
    """This will give the same summary as a workbook."""
    found = summary(request.user, round_or_404(request, round))
    response = HttpResponse(write_summary(found, here()), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.round.code}-summary.xlsx"'
    return response
