"""Enquiries: the list, one, and every step of its path. Confidential: each page says who can see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest, is_fragment
from vetovoima.pipeline import queries
from vetovoima.pipeline.enums import Verb
from vetovoima.pipeline.registry import RIGHT_FOR
from vetovoima.pipeline.services import CannotChangeEnquiry

from .shapes import by_deadline, enquiry_page, promise_kept, tabs
from .steps import STEPS

if TYPE_CHECKING:
    from vetovoima.pipeline.models import Enquiry

PER_PAGE = 50
View = Callable[[DeskRequest, str], HttpResponse]


def _enquiry_or_404(request: DeskRequest, reference: str) -> Enquiry:
    try:
        return queries.enquiry_for(request.user, reference)
    except queries.NoSuchEnquiry as error:
        raise Http404 from error


@door(Kind.ENQUIRY, Action.VIEW)
@require_safe
def enquiry_list(request: DeskRequest) -> HttpResponse:
    """This will list what a person sees: open ones by their deadline, or those ended or held."""
    parts = {tab.name: tab for tab in tabs(request.user)}
    chosen = parts.get(request.GET.get("part", ""), parts["open"])
    text = request.GET.get("text", "")[:200]
    found = by_deadline(queries.enquiries_for(request.user, states=chosen.states, text=text))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = {"area_name": "enquiries", "tabs": parts.values(), "chosen": chosen, "page": page, "text": text}
    if is_fragment(request):
        return render(request, "desk/enquiries/_table.html", shown)
    return render(request, "desk/enquiries/list.html", {**shown, "promise": promise_kept(request.user)})


@door(Kind.ENQUIRY, Action.VIEW)
def enquiry_detail(request: DeskRequest, reference: str) -> HttpResponse:
    """This will show one enquiry with its timeline and what can be done next."""
    return render(
        request, "desk/enquiries/detail.html", enquiry_page(request.user, _enquiry_or_404(request, reference))
    )


def _view_of(verb: Verb) -> View:
    """This will make the view of one verb: read its form, call its service, say what happened.

    A refusal shows the page again with everything typed, and with the revision as it is now.
    """
    step = STEPS[verb]

    @door(Kind.ENQUIRY, RIGHT_FOR[verb])
    def act(request: DeskRequest, reference: str) -> HttpResponse:
        enquiry = _enquiry_or_404(request, reference)
        if request.method != "POST":
            return redirect("desk:enquiry", reference)
        form = step.form(enquiry, request.POST, prefix=verb.value)
        if form.is_valid():
            try:
                step.service(enquiry=enquiry, by=request.user, now=timezone.now(), **form.values())
            except (CannotChangeEnquiry, ValidationError) as error:
                form.refuse(error)
            else:
                messages.success(request, step.done)
                return redirect("desk:enquiry", reference)
        fresh = _enquiry_or_404(request, reference)
        return render(request, "desk/enquiries/detail.html", enquiry_page(request.user, fresh, {verb: form}))

    act.__name__ = act.__qualname__ = verb.value
    return act


release = _view_of(Verb.RELEASE)
mark_as_spam = _view_of(Verb.MARK_AS_SPAM)
start_screening = _view_of(Verb.START_SCREENING)
assign = _view_of(Verb.ASSIGN)
share = _view_of(Verb.SHARE)
seal = _view_of(Verb.SEAL)
record_answer = _view_of(Verb.RECORD_ANSWER)
add_note = _view_of(Verb.ADD_NOTE)
close = _view_of(Verb.CLOSE)
reject = _view_of(Verb.REJECT)
reopen = _view_of(Verb.REOPEN)
