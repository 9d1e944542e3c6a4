"""The fact bank at the desk: list, one fact, its form, its review, its retirement."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.knowledge import queries, rules, services
from vetovoima.catalogue.knowledge.keeping import CannotChange, ChangedMeanwhile
from vetovoima.desk.requests import DeskRequest, is_fragment

from .forms import FactForm, RetireForm
from .shapes import conflict_of, fact_page, frame, list_page, may_create

PER_PAGE = 50
ASKED = ("text", "topic", "state", "area")


def fact_or_404(request: DeskRequest, slug: str) -> Any:
    """This will return a fact that the person may see; hidden and absent look the same."""
    found = queries.find_facts(request.user).filter(code=slug).first()
    if found is None:
        raise Http404
    return found


@door(Kind.FACTS, Action.VIEW)
@require_safe
def fact_list(request: DeskRequest) -> HttpResponse:
    """This will list the facts that fit; htmx gets the table alone."""
    asked = {name: request.GET.get(name, "")[:200] for name in ASKED}
    page = Paginator(queries.find_facts(request.user, **asked), PER_PAGE).get_page(request.GET.get("page"))
    template = "desk/facts/_table.html" if is_fragment(request) else "desk/facts/list.html"
    return render(request, template, list_page(request.user, page, asked))


@door(Kind.FACTS, Action.VIEW)
@require_safe
def fact_detail(request: DeskRequest, slug: str) -> HttpResponse:
    """This will show one fact, where it is used and what happened to it."""
    fact = fact_or_404(request, slug)
    return render(request, "desk/facts/fact.html", fact_page(request.user, fact, RetireForm()))


@door(Kind.FACTS, Action.CREATE)
def fact_new(request: DeskRequest) -> HttpResponse:
    """This will add a fact."""
    if not may_create(request.user):
        raise PermissionDenied
    form = FactForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            fact = services.create_fact(
                code=form.cleaned_data["code"], values=form.values(), by=request.user, now=timezone.now()
            )
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added. Pages can name it as {fact:%(code)s}.") % {"code": fact.code})
            return redirect("desk:fact", fact.code)
    shown = {**frame("facts"), "form": form, "heading": _("Add a fact"), "back": "desk:facts"}
    return render(request, "desk/facts/edit.html", shown)


@door(Kind.FACTS, Action.EDIT)
def fact_edit(request: DeskRequest, slug: str) -> HttpResponse:
    """This will show the form of a fact, and save what was sent."""
    fact = fact_or_404(request, slug)
    if not rules.can_edit(request.user, fact):
        raise PermissionDenied
    form = FactForm(request.user, request.POST if request.method == "POST" else None, fact)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_fact(
                fact=fact, values=form.values(), by=request.user, now=timezone.now(),
                revision=form.cleaned_data["revision"],
            )  # fmt: skip
        except ChangedMeanwhile:
            return _conflict(request, slug)
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved. Every page that names the fact shows the new value now."))
            return redirect("desk:fact", fact.code)
    return render(request, "desk/facts/edit.html", _edit_page(form, fact))


def _edit_page(form: FactForm, fact: Any) -> dict[str, Any]:
    heading = _("Edit %(code)s") % {"code": fact.code}
    return {**frame("facts"), "form": form, "thing": fact, "heading": heading, "back": "desk:facts"}


def _conflict(request: DeskRequest, slug: str) -> HttpResponse:
    """Show what others saved meanwhile above one's own text; sending again saves one's own."""
    fresh = fact_or_404(request, slug)
    data = request.POST.copy()
    opened = int(data.get("revision") or 0)
    data["revision"] = str(fresh.revision)
    shown = _edit_page(FactForm(request.user, data, fresh), fresh)
    shown["conflict"] = conflict_of(services.KIND, fresh, opened)
    return render(request, "desk/facts/edit.html", shown, status=409)


@door(Kind.FACTS, Action.EDIT)
def fact_confirm(request: DeskRequest, slug: str) -> HttpResponse:
    """This will note that the fact is still true."""
    fact = fact_or_404(request, slug)
    if request.method == "POST":
        try:
            services.confirm_fact(fact=fact, by=request.user, now=timezone.now())
        except CannotChange as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Noted: still true, checked today."))
    return redirect("desk:fact", fact.code)


@door(Kind.FACTS, Action.EDIT)
def fact_retire(request: DeskRequest, slug: str) -> HttpResponse:
    """This will take a fact out of use, with its reason and what replaces it."""
    fact = fact_or_404(request, slug)
    if request.method != "POST":
        return redirect("desk:fact", fact.code)
    form = RetireForm(request.POST)
    if form.is_valid():
        try:
            services.retire_fact(fact=fact, by=request.user, now=timezone.now(), **form.cleaned_data)
        except CannotChange as error:
            form.refuse(error)
        else:
            messages.success(
                request, _("Retired. Pages that name it show what replaces it, or say that it is gone.")
            )
            return redirect("desk:fact", fact.code)
    return render(request, "desk/facts/fact.html", fact_page(request.user, fact, form))
