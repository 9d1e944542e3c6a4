"""What each column holds: confirmed by a person, then the rows are checked."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.imports import asking, services
from vetovoima.collection.imports.enums import MAPPABLE
from vetovoima.desk.collection.imports.mapping import chosen_in, mapping_page
from vetovoima.desk.requests import DeskRequest

from .finding import import_or_404


@door(Kind.COLLECTION, Action.CREATE)
def columns(request: DeskRequest, number: int) -> HttpResponse:
    """This will show what the columns seem to hold, and take the answer; then the rows are checked."""
    found = import_or_404(request, number)
    if found.state not in MAPPABLE:
        return redirect("desk:import", found.pk)
    show_all = bool(request.GET.get("all"))
    if request.method != "POST":
        return render(request, "desk/collection/imports/columns.html", mapping_page(found, show_all=show_all))
    chosen = chosen_in(request.POST, found)
    try:
        confirmed = services.confirm_columns(
            import_=found,
            chosen=chosen,
            style=request.POST.get("style", ""),
            by=request.user,
            now=timezone.now(),
        )
        asking.ask_check(import_=confirmed, by=request.user, now=timezone.now())
    except ValidationError as error:
        page = mapping_page(found, chosen=chosen, refusal=error, style=request.POST.get("style", ""))
        return render(request, "desk/collection/imports/columns.html", page)
    except services.CannotImport as error:
        messages.warning(request, str(error))
    return redirect("desk:import", found.pk)


@door(Kind.COLLECTION, Action.CREATE)
def read_again(request: DeskRequest, number: int) -> HttpResponse:
    """This will read another sheet, or find the header in another row."""
    found = import_or_404(request, number)
    if request.method != "POST":
        return redirect("desk:import", found.pk)
    text = request.POST.get("header_row", "").strip()
    try:
        services.read_again(
            import_=found, by=request.user, now=timezone.now(), sheet=request.POST.get("sheet", found.sheet),
            header_row=int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None, style=request.POST.get("style", ""),
        )  # fmt: skip
    except (ValidationError, FileNotFoundError, services.CannotImport) as error:
        words = error.messages if isinstance(error, ValidationError) else [str(error)]
        messages.error(request, " ".join(words))
    return redirect("desk:import", found.pk)
