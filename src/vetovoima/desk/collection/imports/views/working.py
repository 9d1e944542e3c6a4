"""Taking in, stopping, undoing, doing again: one call each, and the page says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.imports import asking, services
from vetovoima.desk.requests import DeskRequest

from .finding import import_or_404


def _do(request: DeskRequest, number: int, work: Callable[..., Any], **more: Any) -> HttpResponse:
    found = import_or_404(request, number)
    if request.method == "POST":
        try:
            work(import_=found, by=request.user, now=timezone.now(), **more)
        except services.CannotImport as error:
            messages.warning(request, str(error))
    return redirect("desk:import", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
def commit(request: DeskRequest, number: int) -> HttpResponse:
    """This will take the new and changed rows in, and send them for review when that was ticked."""
    return _do(request, number, asking.ask_commit, submit=bool(request.POST.get("submit")))


@door(Kind.COLLECTION, Action.CREATE)
def cancel(request: DeskRequest, number: int) -> HttpResponse:
    """This will stop an import, at once or at its next step."""
    return _do(request, number, services.cancel_import)


@door(Kind.COLLECTION, Action.CREATE)
def undo(request: DeskRequest, number: int) -> HttpResponse:
    """This will take an import back."""
    return _do(request, number, asking.ask_undo)


@door(Kind.COLLECTION, Action.CREATE)
def redo(request: DeskRequest, number: int) -> HttpResponse:
    """This will take an undone import in again."""
    return _do(request, number, asking.ask_redo)


@door(Kind.COLLECTION, Action.CREATE)
def tell(request: DeskRequest, number: int) -> HttpResponse:
    """This will note that the person wants a mail when the work has ended, so that they can leave."""
    found = import_or_404(request, number)
    if request.method == "POST" and asking.tell_me(import_=found, by=request.user):
        messages.success(request, _("You get a mail when it has ended. You can leave this page."))
    return redirect("desk:import", found.pk)
