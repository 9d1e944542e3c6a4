"""The preview: one row with all its differences, cells mended in place, rows left out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.imports import queries, services
from vetovoima.desk.collection.imports.shapes import row_page
from vetovoima.desk.requests import DeskRequest

from .finding import import_or_404

CELL = "cell_"
FILTERS = ("state", "field", "said", "page")


@door(Kind.COLLECTION, Action.CREATE)
@require_safe
def row_detail(request: DeskRequest, number: int, row: int) -> HttpResponse:
    """This will show one row: every cell, what it means, and every difference from the record."""
    found = import_or_404(request, number)
    kept = queries.row_of(found, row)
    if kept is None:
        raise Http404
    return render(request, "desk/collection/imports/row.html", row_page(found, kept))


@door(Kind.COLLECTION, Action.CREATE)
def row_mend(request: DeskRequest, number: int, row: int) -> HttpResponse:
    """This will put what was typed into cells of a row and check the row again."""
    found = import_or_404(request, number)
    if request.method != "POST":
        return redirect("desk:import-row", found.pk, row)
    cells = {
        name.removeprefix(CELL): str(text) for name, text in request.POST.items() if name.startswith(CELL)
    }
    try:
        kept = services.mend_row(import_=found, number=row, cells=cells, by=request.user, now=timezone.now())
    except services.CannotImport as error:
        messages.warning(request, str(error))
        return redirect("desk:import", found.pk)
    if kept is None:
        raise Http404
    return redirect(f"{_back(request, number)}#row-{row}")


def _back(request: DeskRequest, number: int) -> str:
    """The rows, filtered and paged as they were; only known parameters go back into an address."""
    asked = QueryDict(request.POST.get("back", ""))
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    return (
        f"{reverse('desk:import', args=[number])}?{urlencode(kept)}"
        if kept
        else reverse("desk:import", args=[number])
    )


@door(Kind.COLLECTION, Action.CREATE)
def skip(request: DeskRequest, number: int) -> HttpResponse:
    """This will leave the chosen rows out, or take them back in."""
    found = import_or_404(request, number)
    if request.method != "POST":
        return redirect("desk:import", found.pk)
    numbers = [
        int(text)
        for text in request.POST.getlist("rows")
        if text.isascii() and text.isdigit() and len(text) < 10
    ][:1000]
    try:
        services.skip_rows(
            import_=found, numbers=numbers, skip=request.POST.get("do") != "take", by=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except services.CannotImport as error:
        messages.warning(request, str(error))
    return redirect(_back(request, number))
