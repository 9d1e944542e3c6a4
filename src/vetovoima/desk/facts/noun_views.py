"""Policies, expertise, reference companies and permit paths at the desk: one set of views for the four nouns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.knowledge import around, rules
from vetovoima.catalogue.knowledge.keeping import CannotChange, ChangedMeanwhile
from vetovoima.desk.requests import DeskRequest

from .forms import KnowledgeForm
from .noun_forms import PathForm
from .nouns import NOUNS, Noun
from .shapes import conflict_of, consent_of, frame, history_lines, may_create, noun_rows


def _thing_or_404(request: DeskRequest, noun: Noun, slug: str) -> Any:
    found = noun.all().visible_to(request.user).filter(code=slug).first()
    if found is None:
        raise Http404
    return found


@door(Kind.FACTS, Action.VIEW)
@require_safe
def noun_list(request: DeskRequest, noun: str) -> HttpResponse:
    """This will list one noun with the state of each."""
    shown = NOUNS[noun]
    page = {
        **frame(noun),
        "noun": shown,
        "rows": noun_rows(shown, request.user),
        "new_url": f"desk:facts-{noun}-new",
        "edit_url": f"desk:facts-{noun}-edit",
        "may_create": may_create(request.user),
    }
    return render(request, "desk/facts/nouns.html", page)


@door(Kind.FACTS, Action.CREATE)
def noun_new(request: DeskRequest, noun: str) -> HttpResponse:
    """This will add one."""
    kind = NOUNS[noun]
    form = kind.form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            kind.create(code=form.cleaned_data["code"], by=request.user, now=timezone.now(), **_sent(form))
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Added."))
            return redirect(f"desk:facts-{noun}")
    heading = _("Add a %(what)s") % {"what": kind.one}
    return render(request, "desk/facts/edit.html", {**_page(noun, form), "heading": heading})


@door(Kind.FACTS, Action.EDIT)
def noun_edit(request: DeskRequest, noun: str, slug: str) -> HttpResponse:
    """This will show the form of one with its history, and save what was sent."""
    kind = NOUNS[noun]
    thing = _thing_or_404(request, kind, slug)
    if not rules.can_edit(request.user, thing):
        raise PermissionDenied
    form = kind.form(request.user, request.POST if request.method == "POST" else None, thing)
    if request.method == "POST" and form.is_valid():
        try:
            kind.edit(
                by=request.user, now=timezone.now(), revision=form.cleaned_data["revision"],
                **{kind.argument: thing}, **_sent(form),
            )  # fmt: skip
        except ChangedMeanwhile:
            return _conflict(request, kind, slug)
        except (ValidationError, CannotChange) as error:
            form.refuse(error)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"desk:facts-{noun}")
    return render(request, "desk/facts/edit.html", _edit_page(kind, form, thing))


def _sent(form: KnowledgeForm) -> dict[str, Any]:
    steps = {"steps": form.step_values()} if isinstance(form, PathForm) else {}
    return {"values": form.values(), **steps}


def _page(noun: str, form: KnowledgeForm) -> dict[str, Any]:
    return {**frame(noun), "form": form, "noun": NOUNS[noun], "back": f"desk:facts-{noun}"}


def _edit_page(kind: Noun, form: KnowledgeForm, thing: Any) -> dict[str, Any]:
    page = {
        **_page(kind.name, form),
        "thing": thing,
        "heading": _("Edit %(code)s") % {"code": thing.code},
        "history": history_lines(kind.kind, thing),
    }
    if kind.name == "references":
        page["consent"] = consent_of(thing, timezone.localdate())
        page["may_withdraw"] = bool(thing.consent_by) and not thing.consent_withdrawn_on
    return page


def _conflict(request: DeskRequest, kind: Noun, slug: str) -> HttpResponse:
    """Show what others saved meanwhile above one's own text; sending again saves one's own."""
    fresh = _thing_or_404(request, kind, slug)
    data = request.POST.copy()
    opened = int(data.get("revision") or 0)
    data["revision"] = str(fresh.revision)
    page = _edit_page(kind, kind.form(request.user, data, fresh), fresh)
    page["conflict"] = conflict_of(kind.kind, fresh, opened)
    return render(request, "desk/facts/edit.html", page, status=409)


@door(Kind.FACTS, Action.EDIT)
def consent_withdraw(request: DeskRequest, slug: str) -> HttpResponse:
    """This will take a company off the public pages at once, because it asked for it."""
    company = _thing_or_404(request, NOUNS["references"], slug)
    if not rules.can_edit(request.user, company):
        raise PermissionDenied
    if request.method == "POST":
        try:
            around.withdraw_consent(company=company, by=request.user, now=timezone.now())
        except CannotChange as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The consent is withdrawn. The company is no longer shown anywhere."))
    return redirect("desk:facts-references-edit", company.code)
