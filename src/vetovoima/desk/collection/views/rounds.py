"""Rounds: the list, one, planning it, its questions, opening and closing it, its questions on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.rounds import queries, rules, services
from vetovoima.collection.rounds.enums import RoundKind, RoundState
from vetovoima.desk.collection.forms import QuestionsForm, RoundForm
from vetovoima.desk.collection.shapes import questions_shown, round_lines, round_page
from vetovoima.desk.requests import DeskRequest
from vetovoima.reference.queries import municipalities

from .finding import round_or_404

AREA = {"area_name": "collection", "tab": "rounds"}


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def round_list(request: DeskRequest) -> HttpResponse:
    """This will list the rounds that a person may see, the newest first."""
    may_run = rules.can_run_rounds(request.user)
    own = {} if may_run else queries.own_tasks(request.user)
    lines = round_lines(queries.rounds_for(request.user), timezone.now(), own)
    shown = {**AREA, "lines": lines, "may_run": may_run}
    return render(request, "desk/collection/rounds.html", shown)


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def round_detail(request: DeskRequest, round: str) -> HttpResponse:
    """This will show one round; a municipality goes on to its own part of it."""
    found = round_or_404(request, round)
    tasks = list(queries.tasks_of(request.user, found)[:2])
    if len(tasks) == 1 and not rules.can_run_rounds(request.user):
        return redirect("desk:round-task", round, tasks[0].municipality.slug)
    return render(request, "desk/collection/round.html", round_page(request.user, found, timezone.now()))


@door(Kind.COLLECTION, Action.EDIT)
def round_new(request: DeskRequest) -> HttpResponse:
    """This will plan a round, and go on to its questions where it needs some."""
    form = RoundForm(municipalities(), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_round(by=request.user, now=timezone.now(), **form.values())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Planned. Nobody is told before the round opens."))
            return redirect(
                "desk:round-questions" if made.kind == RoundKind.ANNUAL else "desk:round", made.code
            )
    return render(request, "desk/collection/round_form.html", {**AREA, "form": form})


@door(Kind.COLLECTION, Action.EDIT)
def round_edit(request: DeskRequest, round: str) -> HttpResponse:
    """This will change a round; a later last day opens a closed one again."""
    found = round_or_404(request, round)
    asked = [task.municipality.slug for task in queries.tasks_of(request.user, found)]
    form = RoundForm(municipalities(), found, asked, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"opens_on": found.opens_on, **form.values()}
        try:
            services.edit_round(
                round=found,
                by=request.user,
                now=timezone.now(),
                revision=form.cleaned_data["revision"],
                **values,
            )
        except (services.CannotChangeRound, ValidationError) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:round", round)
    return render(request, "desk/collection/round_form.html", {**AREA, "form": form, "round": found})


@door(Kind.COLLECTION, Action.EDIT)
def round_questions(request: DeskRequest, round: str) -> HttpResponse:
    """This will change the questions of a planned round; "more" saves and offers more empty ones."""
    found = round_or_404(request, round)
    if found.state != RoundState.PLANNED:
        messages.warning(request, _("The round is open: people are answering these questions already."))
        return redirect("desk:round", round)
    form = QuestionsForm(found.questions.all(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_questions(round=found, questions=form.values(), by=request.user, now=timezone.now())
        except (services.CannotChangeRound, ValidationError) as error:
            form.refuse(error)
        else:
            messages.success(request, _("The questions are saved."))
            return redirect("desk:round-questions" if "more" in request.POST else "desk:round", round)
    return render(request, "desk/collection/questions.html", {**AREA, "form": form, "round": found})


def _step(
    service: Callable[..., Any], done: Any, goal: str = ""
) -> Callable[[DeskRequest, str], HttpResponse]:
    """This will make the view of one step in a round's life: a button without a form."""

    def act(request: DeskRequest, round: str) -> HttpResponse:
        found = round_or_404(request, round)
        if request.method != "POST":
            return redirect("desk:round", round)
        try:
            service(round=found, by=request.user, now=timezone.now())
        except services.CannotChangeRound as error:
            messages.error(request, str(error))
            return redirect("desk:round", round)
        messages.success(request, done)
        return redirect(goal) if goal else redirect("desk:round", round)

    return act


round_open = door(Kind.COLLECTION, Action.EDIT)(
    _step(services.open_round, gettext_lazy("Opened. The stewards get a mail."))
)
round_close = door(Kind.COLLECTION, Action.EDIT)(
    _step(services.close_round, gettext_lazy("Closed. What comes late is taken for a week."))
)
round_remove = door(Kind.COLLECTION, Action.EDIT)(
    _step(services.drop_round, gettext_lazy("The planned round was removed."), "desk:rounds")
)


@door(Kind.COLLECTION, Action.VIEW)
@require_safe
def round_print(request: DeskRequest, round: str) -> HttpResponse:
    """This will show the questions as a page to print and take along."""
    found = round_or_404(request, round)
    shown = {**AREA, "round": found, "questions": questions_shown(found)}
    return render(request, "desk/collection/print.html", shown)
