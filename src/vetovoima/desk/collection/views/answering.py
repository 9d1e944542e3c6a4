"""Answering: the form with its drafts, the workbook, last time's answer, handing in and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import answers, queries
from vetovoima.collection.rounds.workbook import write_form
from vetovoima.desk.collection.answer_form import AnswerForm
from vetovoima.desk.collection.answering import Outcome, hand_in, read_upload, save
from vetovoima.desk.collection.forms import LinkForm, ReturnForm, UploadForm, VisitForm
from vetovoima.desk.collection.shapes import task_page
from vetovoima.desk.forms import here
from vetovoima.desk.requests import DeskRequest

from .finding import task_or_404

if TYPE_CHECKING:
    from vetovoima.collection.models.rounds import RoundTask

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(request: DeskRequest, task: RoundTask, *, status: int = 200, **more: Any) -> HttpResponse:
    """This will render a task with its forms; those given stand in place of the empty ones."""
    forms = {"form": AnswerForm(task), "upload": UploadForm(), "link_form": LinkForm(), "return_form": ReturnForm(),
             "visit_form": VisitForm(initial={"meets_on": task.meets_on})}  # fmt: skip
    shown = task_page(request.user, task, timezone.now(), **{**forms, **more})
    return render(request, "desk/collection/task.html", shown, status=status)


@door(Kind.COLLECTION, Action.VIEW)
def task(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will show a municipality's part of a round, save what is typed, and hand it in."""
    found = task_or_404(request, round, town)
    if request.method != "POST":
        return page(request, found)
    writer = answers.Writer(request.user, page=request.POST.get("page", ""))
    outcome = (
        hand_in(found, request.POST, writer)
        if "hand_in" in request.POST
        else save(found, request.POST, writer)
    )
    if outcome.is_done:
        messages.success(request, _said(outcome))
        return redirect("desk:round-task", round, town)
    fresh = task_or_404(request, round, town)
    return page(request, fresh, status=outcome.status, form=outcome.form, differences=outcome.differences)


def _said(outcome: Outcome) -> str:
    if outcome.is_handed_in:
        return _("Handed in. The council reads it and accepts it or asks you to complete it.")
    return _("Saved as a draft. It is not handed in yet.")


@door(Kind.COLLECTION, Action.ANSWER)
def task_save(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will keep what is typed while it is typed, and say so beside the form."""
    found = task_or_404(request, round, town)
    if request.method != "POST":
        return redirect("desk:round-task", round, town)
    outcome = save(found, request.POST, answers.Writer(request.user, page=request.POST.get("page", "")))
    return render(request, "desk/collection/_saved.html", outcome.fragment)


@door(Kind.COLLECTION, Action.VIEW)
def task_workbook(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will give the form as a workbook, with what is written already."""
    found = task_or_404(request, round, town)
    response = HttpResponse(write_form(found, here()), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.round.code}-{town}.xlsx"'
    return response


@door(Kind.COLLECTION, Action.ANSWER)
def task_upload(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will read a filled-in workbook into the draft; the person looks at it before handing in."""
    found = task_or_404(request, round, town)
    if request.method != "POST":
        return redirect("desk:round-task", round, town)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid() and read_upload(found, form, answers.Writer(request.user)):
        messages.success(request, _("The workbook was read. Look through it below, then hand it in."))
        return redirect("desk:round-task", round, town)
    return page(request, task_or_404(request, round, town), upload=form)


@door(Kind.COLLECTION, Action.ANSWER)
def task_copy(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will begin with what was answered last time."""
    found = task_or_404(request, round, town)
    earlier = queries.earlier_answer(found)
    if request.method == "POST" and earlier is not None:
        try:
            answers.copy_previous(
                task=found, earlier=earlier, writer=answers.Writer(request.user), now=timezone.now()
            )
        except answers.CannotAnswer as error:
            messages.warning(request, str(error))
        else:
            messages.success(
                request, _("Copied from the last round. Change what has changed, then hand it in.")
            )
    return redirect("desk:round-task", round, town)


@door(Kind.COLLECTION, Action.ANSWER)
def task_back(request: DeskRequest, round: str, town: str) -> HttpResponse:
    """This will take a handed-in answer back for a change."""
    found = task_or_404(request, round, town)
    if request.method == "POST":
        try:
            answers.take_back(task=found, writer=answers.Writer(request.user), now=timezone.now())
        except answers.CannotAnswer as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _("Taken back. Hand it in again when it is ready."))
    return redirect("desk:round-task", round, town)
